/* SPDX-License-Identifier: MIT */
/* Link targets as they stand in documents, made into URIs (RFC 3986). */
#include "core/uri.h"

/* Where the parts of a target lie that have rules of their own. */
typedef struct shape {
    size_t authority, authority_end; /* the same: there is none */
    size_t user_end;                 /* its last @, or its begin */
    size_t fragment;                 /* the first # */
} shape;

static bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool is_hex(char c)
{
    return is_digit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}

/* The length of the scheme with its colon, 0: there is none. */
static size_t scheme_length(nc_bytes url)
{
    size_t at = 0;

    if (!url.len || !is_letter(*url.ptr))
        return 0;
    while (at < url.len &&
           (is_letter(url.ptr[at]) || is_digit(url.ptr[at]) || strchr("+-.", url.ptr[at])))
        at++;
    return at < url.len && url.ptr[at] == ':' ? at + 1 : 0;
}

static size_t find_any(nc_bytes url, size_t at, const char *characters)
{
    while (at < url.len && !strchr(characters, url.ptr[at]))
        at++;
    return at;
}

static shape shape_of(nc_bytes url)
{
    size_t at = scheme_length(url);
    shape s = { .fragment = find_any(url, 0, "#") };

    if (url.len - at < 2 || url.ptr[at] != '/' || url.ptr[at + 1] != '/')
        return s;
    s.authority = s.user_end = at + 2;
    s.authority_end = find_any(url, s.authority, "/?#");
    for (size_t i = s.authority; i < s.authority_end; i++)
        if (url.ptr[i] == '@')
            s.user_end = i;
    return s;
}

static bool is_port(nc_bytes url, size_t at, size_t end)
{
    if (at == end || end - at > 5)
        return false;
    while (at < end && is_digit(url.ptr[at]))
        at++;
    return at == end;
}

/* Whether the character at `at` may stand there as it is. */
static bool may_stand(nc_bytes url, const shape *s, size_t at)
{
    unsigned char c = (unsigned char)url.ptr[at];
    bool inside = at >= s->authority && at < s->authority_end;

    if (c <= ' ' || c == 0x7f || strchr("<>\"{}|\\^`", c))
        return false;
    switch (c) {
    case '%': return at + 2 < url.len && is_hex(url.ptr[at + 1]) && is_hex(url.ptr[at + 2]);
    case '#': return at == s->fragment;
    case '@': return !inside || at == s->user_end;
    case ':':
        return !inside || at < s->user_end || url.ptr[s->authority] == '[' ||
               is_port(url, at + 1, s->authority_end);
    default: return true;
    }
}

/* A colon in the first segment would make it a scheme. */
static bool needs_dot(nc_bytes url)
{
    size_t end = find_any(url, 0, "/?#");

    return !scheme_length(url) && memchr(url.ptr, ':', end);
}

nc_bytes nc_uri(nc_job *job, nc_bytes url)
{
    static const char hex[] = "0123456789ABCDEF";
    size_t len = 0;
    shape s;
    char *out;

    while (url.len && (unsigned char)*url.ptr <= ' ') {
        url.ptr++;
        url.len--;
    }
    while (url.len && (unsigned char)url.ptr[url.len - 1] <= ' ')
        url.len--;
    out = nc_alloc(job, url.len * 3 + 3);
    if (!out || !url.len)
        return (nc_bytes){ NULL, 0 };
    s = shape_of(url);
    if (needs_dot(url)) {
        out[len++] = '.';
        out[len++] = '/';
    }
    for (size_t i = 0; i < url.len; i++) {
        unsigned char c = (unsigned char)url.ptr[i];

        if (may_stand(url, &s, i)) {
            out[len++] = (char)c;
        } else {
            out[len++] = '%';
            out[len++] = hex[c >> 4];
            out[len++] = hex[c & 15];
        }
    }
    return (nc_bytes){ out, len };
}
