/* SPDX-License-Identifier: MIT */
/* Addresses: RFC 3986. */
#include "plugins/html/attributes.h"

typedef struct reference {
    nc_bytes scheme, authority, path, query, fragment; /* ptr NULL: not there */
} reference;

static bool is_alpha(char c)
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

static nc_bytes slice(nc_bytes text, size_t from, size_t to)
{
    return (nc_bytes){ text.ptr + from, to - from };
}

static size_t span_until(nc_bytes text, size_t at, const char *stops)
{
    while (at < text.len && (!text.ptr[at] || !strchr(stops, text.ptr[at])))
        at++;
    return at;
}

static size_t scheme_length(nc_bytes url)
{
    size_t at = 0;

    if (!url.len || !is_alpha(url.ptr[0]))
        return 0;
    while (at < url.len &&
           (is_alpha(url.ptr[at]) || is_digit(url.ptr[at]) || strchr("+-.", url.ptr[at])))
        at++;
    return at < url.len && url.ptr[at] == ':' ? at : 0;
}

static reference split(nc_bytes url)
{
    reference parts = { { NULL, 0 }, { NULL, 0 }, { NULL, 0 }, { NULL, 0 }, { NULL, 0 } };
    size_t at = scheme_length(url), end;

    if (at) {
        parts.scheme = slice(url, 0, at);
        at++;
    }
    if (url.len - at >= 2 && url.ptr[at] == '/' && url.ptr[at + 1] == '/') {
        end = span_until(url, at + 2, "/?#");
        parts.authority = slice(url, at + 2, end);
        at = end;
    }
    end = span_until(url, at, "?#");
    parts.path = slice(url, at, end);
    at = end;
    if (at < url.len && url.ptr[at] == '?') {
        end = span_until(url, at, "#");
        parts.query = slice(url, at + 1, end);
        at = end;
    }
    if (at < url.len)
        parts.fragment = slice(url, at + 1, url.len);
    return parts;
}

/* Whether all characters may stand in a URI reference. */
static bool is_reference(nc_bytes url)
{
    for (size_t i = 0; i < url.len; i++) {
        char c = url.ptr[i];

        if (c == '%' && !(i + 2 < url.len && is_hex(url.ptr[i + 1]) && is_hex(url.ptr[i + 2])))
            return false;
        if (!is_alpha(c) && !is_digit(c) && (!c || !strchr("-._~:/?#@!$&'()*+,;=%", c)))
            return false;
    }
    return true;
}

/* Write a path without its dot segments (RFC 3986, 5.2.4); `len` bytes of `out` are its start so
 * far. */
static size_t add_segments(char *out, size_t len, nc_bytes path)
{
    size_t at = 0;

    while (at < path.len) {
        size_t end = span_until(path, at, "/");
        nc_bytes segment = slice(path, at, end);
        bool last = end == path.len, up = nc_is(segment, "..");

        if (up) {
            while (len > 1 && out[len - 2] != '/')
                len--;
            if (len > 1)
                len--;
        } else if (!nc_is(segment, ".")) {
            memcpy(out + len, segment.ptr, segment.len);
            len += segment.len;
            if (!last)
                out[len++] = '/';
        }
        at = end + 1;
    }
    return len;
}

/* The path of `relative` seen from `base`. */
static nc_bytes merged_path(nc_job *job, const reference *base, const reference *relative)
{
    size_t directory = base->path.len;
    char *out = nc_alloc(job, base->path.len + relative->path.len + 2);
    size_t len = 1;

    if (!out)
        return (nc_bytes){ "", 0 };
    out[0] = '/';
    if (relative->path.len && relative->path.ptr[0] == '/')
        return (nc_bytes){ out,
                           add_segments(out, len, slice(relative->path, 1, relative->path.len)) };
    while (directory && base->path.ptr[directory - 1] != '/')
        directory--;
    if (directory > 1)
        len = add_segments(out, len, slice(base->path, 1, directory));
    return (nc_bytes){ out, add_segments(out, len, relative->path) };
}

static nc_bytes assemble(nc_job *job, const reference *parts)
{
    return nc_print(job, "%.*s%s%s%.*s%.*s%s%.*s%s%.*s", (int)parts->scheme.len, parts->scheme.ptr,
                    parts->scheme.ptr ? ":" : "", parts->authority.ptr ? "//" : "",
                    (int)parts->authority.len, parts->authority.ptr ? parts->authority.ptr : "",
                    (int)parts->path.len, parts->path.ptr, parts->query.ptr ? "?" : "",
                    (int)parts->query.len, parts->query.ptr ? parts->query.ptr : "",
                    parts->fragment.ptr ? "#" : "", (int)parts->fragment.len,
                    parts->fragment.ptr ? parts->fragment.ptr : "");
}

static nc_bytes resolve(nc_job *job, nc_bytes base_url, nc_bytes url)
{
    reference base = split(base_url), parts = split(url);

    if (parts.scheme.ptr || !base.scheme.ptr || !is_reference(url) || !is_reference(base_url) ||
        url.len > INT32_MAX || base_url.len > INT32_MAX)
        return url;
    parts.scheme = base.scheme;
    if (!parts.authority.ptr) {
        parts.authority = base.authority;
        if (!parts.path.len) {
            parts.path = base.path;
            if (!parts.query.ptr)
                parts.query = base.query;
        } else {
            parts.path = merged_path(job, &base, &parts);
        }
    }
    return assemble(job, &parts);
}

static bool is_unicode_space(uint32_t c)
{
    return c == ' ' || (c >= 9 && c <= 13) || c == 0xA0 || c == 0x1680 ||
           (c >= 0x2000 && c <= 0x200A) || c == 0x202F || c == 0x205F || c == 0x3000;
}

static bool must_escape(uint32_t c)
{
    return is_unicode_space(c) || (c && c < 128 && strchr("<>|\"{}[]^`", (int)c));
}

static nc_bytes escaped(nc_job *job, nc_bytes url)
{
    static const char hex[] = "0123456789ABCDEF";
    char *out = NULL;
    size_t len = 0;

    for (size_t at = 0, next; at < url.len; at = next) {
        uint32_t c;

        next = at;
        c = nc_utf8_next(url, &next);
        if (!out && !must_escape(c))
            continue;
        if (!out) {
            out = url.len < SIZE_MAX / 3 ? nc_alloc(job, url.len * 3) : NULL;
            if (!out)
                return url;
            memcpy(out, url.ptr, at);
            len = at;
        }
        for (size_t i = at; i < next; i++) {
            unsigned char byte = (unsigned char)url.ptr[i];

            if (must_escape(c)) {
                out[len++] = '%';
                out[len++] = hex[byte >> 4];
                out[len++] = hex[byte & 15];
            } else {
                out[len++] = url.ptr[i];
            }
        }
    }
    return out ? (nc_bytes){ out, len } : url;
}

nc_bytes html_url(nc_job *job, nc_bytes base, nc_bytes url)
{
    return escaped(job, base.len ? resolve(job, base, url) : url);
}
