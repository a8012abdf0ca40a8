/* SPDX-License-Identifier: MIT */
/* UTF-8 as RFC 3629 has it: no surrogates, no overlong forms, nothing above U+10FFFF. */
#include "core/plugin.h"

/* Length of the valid sequence at `s` (first byte >= 0x80), 0 if there is none. RFC 3629, section
 * 4. */
static size_t sequence_length(const unsigned char *s, size_t left)
{
    unsigned char low = 0x80, high = 0xBF;
    size_t length = s[0] >= 0xF0 ? 4 : s[0] >= 0xE0 ? 3 : 2;

    if (s[0] < 0xC2 || s[0] > 0xF4 || left < length)
        return 0;
    if (s[0] == 0xE0)
        low = 0xA0;
    else if (s[0] == 0xED)
        high = 0x9F;
    else if (s[0] == 0xF0)
        low = 0x90;
    else if (s[0] == 0xF4)
        high = 0x8F;
    if (s[1] < low || s[1] > high)
        return 0;
    for (size_t i = 2; i < length; i++)
        if ((s[i] & 0xC0) != 0x80)
            return 0;
    return length;
}

size_t nc_utf8_valid(nc_bytes bytes)
{
    const unsigned char *s = (const unsigned char *)bytes.ptr;
    size_t at = 0;

    while (at < bytes.len) {
        uint64_t word;
        size_t length = 1;

        if (s[at] < 0x80) {
            while (bytes.len - at >= sizeof(word)) {
                memcpy(&word, s + at, sizeof(word));
                if (word & UINT64_C(0x8080808080808080))
                    break;
                at += sizeof(word);
            }
            if (at == bytes.len)
                break;
        }
        if (s[at] >= 0x80)
            length = sequence_length(s + at, bytes.len - at);
        if (length == 0)
            break;
        at += length;
    }
    return at;
}

uint32_t nc_utf8_next(nc_bytes text, size_t *at)
{
    const unsigned char *s = (const unsigned char *)text.ptr + *at;
    size_t length = s[0] < 0x80 ? 1 : s[0] < 0xE0 ? 2 : s[0] < 0xF0 ? 3 : 4;
    uint32_t character = length == 1 ? s[0] : s[0] & (0x7Fu >> length);

    if (length > text.len - *at)
        length = text.len - *at;
    for (size_t i = 1; i < length; i++)
        character = character << 6 | (s[i] & 0x3F);
    *at += length;
    return character;
}

size_t nc_utf8_put(char out[4], uint32_t c)
{
    size_t length = c < 0x80 ? 1 : c < 0x800 ? 2 : c < 0x10000 ? 3 : 4;

    if (length == 1) {
        out[0] = (char)c;
        return 1;
    }
    for (size_t i = length - 1; i > 0; i--, c >>= 6)
        out[i] = (char)(0x80 | (c & 0x3F));
    out[0] = (char)((0xF0u << (4 - length)) | c);
    return length;
}
