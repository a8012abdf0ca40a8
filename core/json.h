/* SPDX-License-Identifier: MIT */
/* JSON, read token by token and written piece by piece: for pandoc's trees, JSON-LD, logs and Lua.
 *
 *     nc_json json;
 *     nc_json_open(&json, job, in, limits->depth);
 *     while ((token = nc_json_next(&json)) > NC_JSON_ERROR) …
 *
 * `lenient` allows what is found in pages: trailing commas, comments, control characters and needless escapes in
 * strings, <!-- or CDATA around it all, and anything behind the end.
 *
 * Text must be valid UTF-8. Nothing here recurses, and reading is one pass. */
#ifndef NEWSCONV_JSON_H
#define NEWSCONV_JSON_H

#include "core/plugin.h"

typedef enum nc_json_token {
    NC_JSON_END,   /* of the text */
    NC_JSON_ERROR, /* see nc_json.error */
    NC_JSON_OBJECT,
    NC_JSON_OBJECT_END,
    NC_JSON_ARRAY,
    NC_JSON_ARRAY_END,
    NC_JSON_KEY, /* the next token begins its value */
    NC_JSON_STRING,
    NC_JSON_NUMBER,
    NC_JSON_TRUE,
    NC_JSON_FALSE,
    NC_JSON_NULL
} nc_json_token;

/* What may come next. */
typedef enum nc_json_want {
    NC_JSON_WANT_VALUE,  /* at the top, or behind a colon */
    NC_JSON_WANT_FIRST,  /* behind an opening bracket */
    NC_JSON_WANT_COMMA,  /* behind a value in an object or array */
    NC_JSON_WANT_NOTHING /* behind the one value at the top */
} nc_json_want;

typedef struct nc_json {
    nc_job *job;
    const char *start, *at, *end;
    const char *token; /* where the last token begins */
    nc_bytes text;     /* of the last KEY, STRING or NUMBER, until the next token (nc_json_keep) */
    const char *error; /* what is wrong at `token`; NULL: nothing */
    nc_status code;    /* of the error */
    bool decoded;      /* `text` lies in `scratch`, else in the input */
    bool lenient;      /* read JSON as pages have it */
    bool skim;         /* do not decode strings: `text` is as it stands */
    nc_json_want want;
    char *levels; /* the open brackets, outermost first */
    size_t depth, capacity, maximum;
    char *scratch; /* the last decoded string */
    size_t scratch_size;
} nc_json;

#pragma GCC visibility push(default)

/* Begin reading `in`, in which brackets may nest `depth` deep. */
void nc_json_open(nc_json *json, nc_job *job, nc_bytes in, size_t depth);

/* The next token. Escapes are decoded; a lone surrogate becomes U+FFFD. An error stays. */
nc_json_token nc_json_next(nc_json *json);

/* json->text for as long as the job lives (and the input, where it has no escapes). */
nc_bytes nc_json_keep(const nc_json *json);

/* Pass over what belongs to `token`, the one read last: up to the closing bracket, or the value of a key. */
nc_json_token nc_json_skip(nc_json *json, nc_json_token token);

/* Record an error found by the caller at the last token, and return NC_JSON_ERROR. The first one stays. */
nc_json_token nc_json_error(nc_json *json, nc_status code, const char *message);

/* The last NUMBER. False if it is not an integer of 64 bits (1.0 and 1e2 are), or is out of the range of a double. */
bool nc_json_int(const nc_json *json, int64_t *number);
bool nc_json_double(const nc_json *json, double *number);

/* Write a string with its quotes. What must be escaped, and how, is as pandoc does it. */
void nc_json_put_string(nc_buf *buf, nc_bytes text);

/* Write a number of any size and precision, given as JSON spells it, as pandoc shows those of metadata: an integer
 * of 64 bits in full, all else as Haskell shows it. */
void nc_json_put_number(nc_buf *buf, nc_bytes number);

/* Write a number so that it reads back as the same one, as Haskell shows it: 0.5, 1.0e-2, 1.0e7. */
void nc_json_put_double(nc_buf *buf, double number);

/* How many bytes from `at` on stand for themselves in a string: neither quote, backslash nor control character. */
size_t nc_json_plain(const char *at, size_t length);

#pragma GCC visibility pop

/* Read the next element of an array in one step, with its string in json->text, if it is spelt exactly as `before`, a
 * string without escapes, `after`; otherwise nothing happens. For elements that are common enough to be looked for:
 * nc_json_match(&json, NC_LITERAL("{\"t\":"), NC_LITERAL("}")). The literals must balance. */
static inline bool nc_json_match(nc_json *json, nc_bytes before, nc_bytes after)
{
    const char *at = json->at, *first;

    if (json->want == NC_JSON_WANT_COMMA && at < json->end && *at == ',')
        at++;
    else if (json->want != NC_JSON_WANT_FIRST)
        return false;
    if ((size_t)(json->end - at) < before.len + 1 || memcmp(at, before.ptr, before.len) != 0 ||
        at[before.len] != '"')
        return false;
    first = at + before.len + 1;
    at = first + nc_json_plain(first, (size_t)(json->end - first));
    if ((size_t)(json->end - at) < after.len + 1 || *at != '"' ||
        memcmp(at + 1, after.ptr, after.len) != 0)
        return false;
    json->token = first;
    json->text = (nc_bytes){ first, (size_t)(at - first) };
    json->decoded = false;
    json->at = at + 1 + after.len;
    json->want = NC_JSON_WANT_COMMA;
    return true;
}

#endif
