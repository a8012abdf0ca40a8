/* SPDX-License-Identifier: MIT */
/* Reading JSON: a pull tokenizer. */
#include "core/json.h"

void nc_json_open(nc_json *json, nc_job *job, nc_bytes in, size_t depth)
{
    *json =
        (nc_json){ .job = job, .start = in.ptr, .at = in.ptr, .token = in.ptr, .maximum = depth };
    json->end = in.len ? in.ptr + in.len : in.ptr;
}

nc_json_token nc_json_error(nc_json *json, nc_status code, const char *message)
{
    if (!json->error) {
        json->error = message;
        json->code = code;
    }
    return NC_JSON_ERROR;
}

static nc_json_token wrong(nc_json *json, const char *message)
{
    json->token = json->at;
    return nc_json_error(json, NC_EINPUT, message);
}

/* ---------------------------------------------------------------- white space */

static bool is_space(char c)
{
    return c == ' ' || c == '\n' || c == '\r' || c == '\t';
}

/* Behind a comment of JavaScript at json->at, which has a slash; false if there is none. */
static bool skip_comment(nc_json *json)
{
    size_t left = (size_t)(json->end - json->at);
    const char *close;

    if (left < 2 || (json->at[1] != '/' && json->at[1] != '*'))
        return false;
    if (json->at[1] == '/') {
        close = memchr(json->at, '\n', left);
        json->at = close ? close + 1 : json->end;
    } else {
        close = memmem(json->at + 2, left - 2, "*/", 2);
        json->at = close ? close + 2 : json->end;
    }
    return true;
}

/* Behind a mark that hides scripts from old browsers; false if there is none. */
static bool skip_wrapper(nc_json *json)
{
    static const nc_bytes marks[] = { NC_LITERAL_INIT("<!--"), NC_LITERAL_INIT("-->"),
                                      NC_LITERAL_INIT("<![CDATA["), NC_LITERAL_INIT("\ufeff") };
    size_t left = (size_t)(json->end - json->at);

    for (size_t i = 0; i < sizeof(marks) / sizeof(*marks) && !json->depth; i++)
        if (left >= marks[i].len && memcmp(json->at, marks[i].ptr, marks[i].len) == 0) {
            json->at += marks[i].len;
            return true;
        }
    return false;
}

static char skip_slowly(nc_json *json)
{
    for (;;) {
        while (json->at < json->end && is_space(*json->at))
            json->at++;
        if (json->at == json->end)
            return '\0';
        if (!json->lenient || (*json->at == '/' ? !skip_comment(json) : !skip_wrapper(json)))
            return *json->at;
    }
}

/* Move to the next character that is not white space and return it, '\0' at the end. */
static inline char skip_space(nc_json *json)
{
    if (json->at < json->end && (unsigned char)*json->at > ' ' && !json->lenient)
        return *json->at;
    return skip_slowly(json);
}

/* ---------------------------------------------------------------- strings */

/* The value of four hexadecimal digits, or -1. */
static int32_t hex4(const char *at, const char *end)
{
    int32_t value = 0;

    if (end - at < 4)
        return -1;
    for (int i = 0; i < 4; i++) {
        char c = at[i];
        int32_t digit = c >= '0' && c <= '9'   ? c - '0'
                        : c >= 'a' && c <= 'f' ? c - 'a' + 10
                        : c >= 'A' && c <= 'F' ? c - 'A' + 10
                                               : -1;
        if (digit < 0)
            return -1;
        value = value * 16 + digit;
    }
    return value;
}

/* Decode \uXXXX, at the first digit, with the low surrogate behind a high one. */
static bool decode_unicode(const char **from, const char *end, char **to)
{
    const char *at = *from;
    int32_t low, value = hex4(at, end);
    uint32_t character = (uint32_t)value;

    if (value < 0)
        return false;
    at += 4;
    if (value >= 0xD800 && value < 0xE000) {
        character = 0xFFFD;
        if (value < 0xDC00 && end - at >= 6 && at[0] == '\\' && at[1] == 'u') {
            low = hex4(at + 2, end);
            if (low >= 0xDC00 && low < 0xE000) {
                character = 0x10000 + (((uint32_t)value - 0xD800) << 10) + ((uint32_t)low - 0xDC00);
                at += 6;
            }
        }
    }
    *to += nc_utf8_put(*to, character);
    *from = at;
    return true;
}

/* Decode one escape, at the character behind the backslash. */
static bool decode_escape(const char **from, const char *end, char **to)
{
    static const char letters[] = "\"\\/bfnrt", values[] = "\"\\/\b\f\n\r\t";
    char c = *(*from)++;
    const char *letter = c ? strchr(letters, c) : NULL;

    if (letter) {
        *(*to)++ = values[letter - letters];
        return true;
    }
    return c == 'u' && decode_unicode(from, end, to);
}

static bool scratch_grow(nc_json *json, size_t need)
{
    size_t size = json->scratch_size ? json->scratch_size : 256;

    if (need <= json->scratch_size)
        return true;
    while (size < need)
        size = size <= SIZE_MAX / 2 ? size * 2 : need;
    json->scratch = nc_alloc(json->job, size);
    json->scratch_size = json->scratch ? size : 0;
    return json->scratch != NULL;
}

/* Decode json->text, what stands between the quotes. It never gets longer. */
static bool decode(nc_json *json)
{
    const char *from = json->text.ptr, *end = from + json->text.len;
    char *to;

    if (!scratch_grow(json, json->text.len))
        return nc_json_error(json, NC_EMEM, "out of memory") != NC_JSON_ERROR;
    to = json->scratch;
    while (from < end) {
        size_t plain = nc_json_plain(from, (size_t)(end - from));

        memcpy(to, from, plain);
        from += plain;
        to += plain;
        if (from == end)
            break;
        if (*from != '\\') { /* a control character, let through by lenient */
            *to++ = *from++;
            continue;
        }
        from++;
        if (json->lenient && !memchr("\"\\/bfnrtu", *from, 9)) {
            *to++ = *from++;
            continue;
        }
        if (!decode_escape(&from, end, &to)) {
            json->at = from;
            return wrong(json, "an escape that JSON does not have") != NC_JSON_ERROR;
        }
    }
    json->text = (nc_bytes){ json->scratch, (size_t)(to - json->scratch) };
    json->decoded = true;
    return true;
}

/* Read the string whose opening quote is at json->at. */
static bool read_string(nc_json *json)
{
    const char *first = ++json->at;
    bool escaped = false;

    json->decoded = false;
    for (;;) {
        json->at += nc_json_plain(json->at, (size_t)(json->end - json->at));
        if (json->at == json->end)
            return wrong(json, "a string without end") != NC_JSON_ERROR;
        if (*json->at == '"')
            break;
        if (*json->at == '\\') {
            escaped = true;
            json->at += json->end - json->at > 1 ? 2 : 1;
        } else if (json->lenient) {
            json->at++;
        } else {
            return wrong(json, "a control character in a string") != NC_JSON_ERROR;
        }
    }
    json->text = (nc_bytes){ first, (size_t)(json->at - first) };
    json->at++;
    return !escaped || json->skim || decode(json);
}

/* ---------------------------------------------------------------- numbers and words */

static size_t digits(nc_json *json)
{
    const char *first = json->at;

    while (json->at < json->end && *json->at >= '0' && *json->at <= '9')
        json->at++;
    return (size_t)(json->at - first);
}

static bool take(nc_json *json, char c)
{
    if (json->at == json->end || *json->at != c)
        return false;
    json->at++;
    return true;
}

static nc_json_token read_number(nc_json *json)
{
    const char *first = json->at;
    bool zero;
    size_t whole;

    take(json, '-');
    zero = json->at < json->end && *json->at == '0';
    whole = digits(json);
    if (whole == 0 || (zero && whole > 1 && !json->lenient))
        return wrong(json, "a number that JSON does not have");
    if (take(json, '.') && digits(json) == 0)
        return wrong(json, "a number without digits behind its point");
    if (take(json, 'e') || take(json, 'E')) {
        if (!take(json, '-'))
            take(json, '+');
        if (digits(json) == 0)
            return wrong(json, "a number without digits in its exponent");
    }
    json->text = (nc_bytes){ first, (size_t)(json->at - first) };
    return NC_JSON_NUMBER;
}

static nc_json_token read_word(nc_json *json, nc_bytes word, nc_json_token token)
{
    if ((size_t)(json->end - json->at) < word.len || memcmp(json->at, word.ptr, word.len) != 0)
        return wrong(json, "text that is no JSON");
    json->at += word.len;
    return token;
}

/* ---------------------------------------------------------------- structure */

static nc_json_token open_level(nc_json *json, char bracket)
{
    if (json->depth == json->maximum)
        return nc_json_error(json, NC_ELIMIT, "nested deeper than the limit");
    if (json->depth == json->capacity) {
        size_t capacity = json->capacity ? json->capacity * 2 : 64;
        char *levels = nc_alloc(json->job, capacity);

        if (!levels)
            return nc_json_error(json, NC_EMEM, "out of memory");
        if (json->depth)
            memcpy(levels, json->levels, json->depth);
        json->levels = levels;
        json->capacity = capacity;
    }
    json->levels[json->depth++] = bracket;
    json->at++;
    json->want = NC_JSON_WANT_FIRST;
    return bracket == '{' ? NC_JSON_OBJECT : NC_JSON_ARRAY;
}

static nc_json_token after_value(nc_json *json, nc_json_token token)
{
    json->want = json->depth ? NC_JSON_WANT_COMMA : NC_JSON_WANT_NOTHING;
    return token;
}

static nc_json_token close_level(nc_json *json, char bracket)
{
    char open = bracket == '}' ? '{' : '[';

    if (json->want == NC_JSON_WANT_VALUE)
        return wrong(json, "a bracket where a value should be");
    if (!json->depth || json->levels[json->depth - 1] != open)
        return wrong(json, "a closing bracket that does not match");
    json->depth--;
    json->at++;
    return after_value(json, bracket == '}' ? NC_JSON_OBJECT_END : NC_JSON_ARRAY_END);
}

static nc_json_token read_key(nc_json *json, char c)
{
    if (c != '"')
        return wrong(json, c ? "a key should begin here, with a quote"
                             : "the text ends within an object");
    if (!read_string(json))
        return NC_JSON_ERROR;
    if (skip_space(json) != ':')
        return wrong(json, "a colon should follow the key");
    json->at++;
    json->want = NC_JSON_WANT_VALUE;
    return NC_JSON_KEY;
}

static nc_json_token read_value(nc_json *json, char c)
{
    switch (c) {
    case '{':
    case '[': return open_level(json, c);
    case '"': return after_value(json, read_string(json) ? NC_JSON_STRING : NC_JSON_ERROR);
    case 't': return after_value(json, read_word(json, NC_LITERAL("true"), NC_JSON_TRUE));
    case 'f': return after_value(json, read_word(json, NC_LITERAL("false"), NC_JSON_FALSE));
    case 'n': return after_value(json, read_word(json, NC_LITERAL("null"), NC_JSON_NULL));
    case '\0':
        if (json->at == json->end)
            return wrong(json, json->start == json->end ? "the text is empty"
                                                        : "the text ends too early");
        break;
    default: break;
    }
    if (c == '-' || (c >= '0' && c <= '9'))
        return after_value(json, read_number(json));
    return wrong(json, "text that is no JSON");
}

/* Behind a value: take the comma. Returns the next character, or sets an error. */
static char pass_comma(nc_json *json, char c)
{
    if (c == ',') {
        json->at++;
        c = skip_space(json);
        if ((c == ']' || c == '}') && !json->lenient)
            wrong(json, "a comma before a closing bracket");
    } else if (c != ']' && c != '}') {
        wrong(json, c ? "a comma or a closing bracket should be here" : "the text ends too early");
    }
    return c;
}

nc_json_token nc_json_next(nc_json *json)
{
    char c;

    if (json->error)
        return NC_JSON_ERROR;
    c = skip_space(json);
    if (json->want == NC_JSON_WANT_COMMA) {
        c = pass_comma(json, c);
        if (json->error)
            return NC_JSON_ERROR;
    }
    json->token = json->at;
    if (json->want == NC_JSON_WANT_NOTHING)
        return json->at == json->end || json->lenient
                   ? NC_JSON_END
                   : wrong(json, "text behind the end of the JSON");
    if (c == ']' || c == '}')
        return close_level(json, c);
    if (json->want != NC_JSON_WANT_VALUE && json->depth && json->levels[json->depth - 1] == '{')
        return read_key(json, c);
    return read_value(json, c);
}

nc_json_token nc_json_skip(nc_json *json, nc_json_token token)
{
    bool skim = json->skim;

    json->skim = true;
    if (token == NC_JSON_KEY)
        token = nc_json_next(json);
    if (token == NC_JSON_OBJECT || token == NC_JSON_ARRAY) {
        size_t outside = json->depth - 1;

        while (json->depth > outside && token != NC_JSON_ERROR)
            token = nc_json_next(json);
    }
    json->skim = skim;
    return token;
}

nc_bytes nc_json_keep(const nc_json *json)
{
    return json->decoded ? nc_copy(json->job, json->text) : json->text;
}
