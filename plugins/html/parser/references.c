/* SPDX-License-Identifier: MIT */
/* Character references: HTML, 13.2.5.72 to 13.2.5.80. */
#include "plugins/html/parser/parser.h"

typedef struct reference {
    char name[32];
    uint32_t first, second;
    bool legacy; /* counts without a semicolon */
} reference;

static const reference references[] = {
#define HTML_REFERENCE(name, first, second, legacy) { name, first, second, legacy },
#include "plugins/html/parser/references.def"
#undef HTML_REFERENCE
};

enum { REFERENCES = sizeof(references) / sizeof(references[0]), LONGEST_LEGACY = 6 };

/* 13.2.5.80: what windows-1252 has at the places of C1 controls. */
static const uint16_t c1_controls[32] = {
    0x20AC, 0,      0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160,
    0x2039, 0x0152, 0,      0x017D, 0,      0,      0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
    0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0,      0x017E, 0x0178,
};

static bool is_alphanumeric(char c)
{
    return (c >= '0' && c <= '9') || ((c | 32) >= 'a' && (c | 32) <= 'z');
}

static const reference *find_reference(nc_bytes name)
{
    size_t low = 0, high = REFERENCES;

    while (low < high) {
        size_t middle = low + (high - low) / 2;
        int order = strncmp(references[middle].name, name.ptr, name.len);

        if (order == 0 && !references[middle].name[name.len])
            return &references[middle];
        if (order < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return NULL;
}

/* Text that is being put together. */
typedef struct resolved {
    char *to;
    size_t length;
} resolved;

static void put(resolved *out, nc_bytes bytes)
{
    memcpy(out->to + out->length, bytes.ptr, bytes.len);
    out->length += bytes.len;
}

static void put_character(resolved *out, uint32_t character)
{
    out->length += nc_utf8_put(out->to + out->length, character);
}

/* The character that a number stands for: 13.2.5.80. */
static uint32_t numbered(uint32_t number)
{
    if (number == 0 || number > 0x10FFFF || (number >= 0xD800 && number <= 0xDFFF))
        return 0xFFFD;
    if (number >= 0x80 && number < 0xA0 && c1_controls[number - 0x80])
        return c1_controls[number - 0x80];
    return number;
}

static int digit(char c, uint32_t base)
{
    int value = c >= '0' && c <= '9'                               ? c - '0'
                : (c | 32) >= 'a' && (c | 32) <= 'f' && base == 16 ? (c | 32) - 'a' + 10
                                                                   : -1;

    return value;
}

/* A number behind "&#" at raw.ptr[at]; returns where it ends, or 0 if it is none. */
static size_t put_numbered(resolved *out, nc_bytes raw, size_t at)
{
    uint32_t base = at < raw.len && (raw.ptr[at] | 32) == 'x' ? 16 : 10, number = 0;
    size_t start = at += base == 16;

    for (; at < raw.len && digit(raw.ptr[at], base) >= 0; at++)
        if (number <= 0x10FFFF)
            number = number * base + (uint32_t)digit(raw.ptr[at], base);
    if (at == start)
        return 0;
    put_character(out, numbered(number));
    return at + (at < raw.len && raw.ptr[at] == ';');
}

/* A name behind '&' at raw.ptr[at]; returns where it ends, or 0 if it is none. */
static size_t put_named(resolved *out, nc_bytes raw, size_t at, bool in_attribute)
{
    size_t length = 0;
    const reference *found = NULL;

    while (at + length < raw.len && length < 32 && is_alphanumeric(raw.ptr[at + length]))
        length++;
    if (length < 32 && at + length < raw.len && raw.ptr[at + length] == ';')
        found = find_reference((nc_bytes){ raw.ptr + at, length });
    if (found) {
        length++;
    } else {
        if (length > LONGEST_LEGACY)
            length = LONGEST_LEGACY;
        for (; length > 1; length--) {
            found = find_reference((nc_bytes){ raw.ptr + at, length });
            if (found && found->legacy)
                break;
            found = NULL;
        }
        if (found && in_attribute && at + length < raw.len &&
            (raw.ptr[at + length] == '=' || is_alphanumeric(raw.ptr[at + length])))
            found = NULL; /* "?a=1&copy=2" is an address: 13.2.5.73 */
    }
    if (!found)
        return 0;
    put_character(out, found->first);
    if (found->second)
        put_character(out, found->second);
    return at + length;
}

static size_t put_reference(resolved *out, nc_bytes raw, size_t at, bool in_attribute)
{
    size_t end = at + 1 < raw.len && raw.ptr[at + 1] == '#'
                     ? put_numbered(out, raw, at + 2)
                     : put_named(out, raw, at + 1, in_attribute);

    if (!end)
        put(out, NC_LITERAL("&"));
    return end ? end : at + 1;
}

nc_bytes parser_resolve(html_parser *parser, nc_bytes raw, bool in_attribute, bool with_references)
{
    size_t plain = 0, nuls = 0;
    resolved out;

    for (size_t i = 0; i < raw.len; i++)
        nuls += raw.ptr[i] == 0;
    /* the longest growth is that of "&nGt;", five bytes that become six */
    out = (resolved){ nc_alloc(parser->job, raw.len + raw.len / 4 + 2 * nuls + 8), 0 };
    if (!out.to)
        return (nc_bytes){ "", 0 };
    for (size_t at = 0; at < raw.len;) {
        char c = raw.ptr[at];

        if (c != '\r' && c != 0 && !(c == '&' && with_references)) {
            at++;
            continue;
        }
        put(&out, (nc_bytes){ raw.ptr + plain, at - plain });
        if (c == '&') {
            at = put_reference(&out, raw, at, in_attribute);
        } else if (c == 0) {
            /* in data NUL stays: the tree builder knows whether to drop it */
            put(&out, parser->content == HTML_DATA && !in_attribute ? (nc_bytes){ "", 1 }
                                                                    : NC_LITERAL("\xEF\xBF\xBD"));
            at++;
        } else {
            put(&out, NC_LITERAL("\n"));
            at += at + 1 < raw.len && raw.ptr[at + 1] == '\n' ? 2 : 1;
        }
        plain = at;
    }
    put(&out, (nc_bytes){ raw.ptr + plain, raw.len - plain });
    return (nc_bytes){ out.to, out.length };
}
