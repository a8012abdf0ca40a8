/* SPDX-License-Identifier: MIT */
/* Finding where text ends, sixteen bytes at a time, and resolving what is in it. */
#include "plugins/html/parser/parser.h"

#ifdef __SSE2__
#include <emmintrin.h>
#endif

bool parser_is_space(char c)
{
    return c == ' ' || c == '\n' || c == '\t' || c == '\r' || c == '\f';
}

static bool is_special(char c)
{
    return c == '&' || c == '\r' || c == 0;
}

size_t parser_scan_to(const html_parser *parser, size_t at, char stop, bool *special)
{
    const char *text = parser->in.ptr;
    size_t end = parser->in.len;

#ifdef __SSE2__
    const __m128i stops = _mm_set1_epi8(stop), ampersands = _mm_set1_epi8('&'),
                  returns = _mm_set1_epi8('\r'), nuls = _mm_setzero_si128();

    for (; end - at >= 16; at += 16) {
        __m128i block = _mm_loadu_si128((const __m128i *)(const void *)(text + at));
        unsigned found = (unsigned)_mm_movemask_epi8(_mm_cmpeq_epi8(block, stops));
        unsigned specials = (unsigned)_mm_movemask_epi8(_mm_or_si128(
            _mm_or_si128(_mm_cmpeq_epi8(block, ampersands), _mm_cmpeq_epi8(block, returns)),
            _mm_cmpeq_epi8(block, nuls)));

        if (found) {
            unsigned before = (found & (0 - found)) - 1;

            *special |= (specials & before) != 0;
            return at + (size_t)__builtin_ctz(found);
        }
        *special |= specials != 0;
    }
#endif
    for (; at < end && text[at] != stop; at++)
        *special |= is_special(text[at]);
    return at;
}

nc_bytes parser_lower(html_parser *parser, nc_bytes name)
{
    size_t extra = 0, i = 0, length = 0;
    char *copy;

    while (i < name.len && !(name.ptr[i] >= 'A' && name.ptr[i] <= 'Z') && name.ptr[i])
        i++;
    if (i == name.len)
        return name;
    for (i = 0; i < name.len; i++)
        extra += name.ptr[i] ? 0 : 2;
    copy = nc_alloc(parser->job, name.len + extra + 1);
    if (!copy)
        return name;
    for (i = 0; i < name.len; i++) {
        char c = name.ptr[i];

        if (!c) {
            memcpy(copy + length, "\xEF\xBF\xBD", 3);
            length += 3;
        } else {
            copy[length++] = (char)(c >= 'A' && c <= 'Z' ? c + 32 : c);
        }
    }
    return (nc_bytes){ copy, length };
}
