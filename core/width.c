/* SPDX-License-Identifier: MIT */
/* How many columns a text takes (Unicode UAX #11 and the emoji sequences of UTS #51). */
#include "core/layout_private.h"

#include <utf8proc.h>

enum {
    SOFT_HYPHEN = 0xAD,
    ZERO_WIDTH_JOINER = 0x200D,
    KEYCAP = 0x20E3,
    EMOJI_STYLE = 0xFE0F,
    LIGHT_SKIN = 0x1F3FB,
    DARK_SKIN = 0x1F3FF
};

/* Characters that are narrow text, but wide where the emoji style is asked for. */
static bool may_be_emoji(uint32_t c)
{
    return c == '#' || c == '*' || (c >= '0' && c <= '9') || c == 0xA9 || c == 0xAE ||
           (c >= 0x203C && c <= 0x21AA) || (c >= 0x2300 && c <= 0x2BFF) || c == 0x3030 ||
           c == 0x303D || c >= 0x1F000;
}

static bool is_emoji(uint32_t c, size_t width)
{
    return width == 2 && (c >= 0x1F000 || (c >= 0x231A && c <= 0x2BFF));
}

/* The characters of most texts: Latin, Greek and Cyrillic letters and punctuation. */
static bool is_narrow(uint32_t c)
{
    return (c > SOFT_HYPHEN && c < 0x300) || (c >= 0xA0 && c < SOFT_HYPHEN) ||
           (c >= 0x391 && c < 0x483) || (c >= 0x2010 && c < 0x2028);
}

static size_t single_width(uint32_t c)
{
    int width;

    if (c < 0x7F)
        return c >= ' ';
    if (is_narrow(c))
        return 1;
    if (c == SOFT_HYPHEN)
        return 0;
    if (utf8proc_category((utf8proc_int32_t)c) == UTF8PROC_CATEGORY_MC)
        return 1;
    width = utf8proc_charwidth((utf8proc_int32_t)c);
    return width > 0 ? (size_t)width : 0;
}

/* Whether a byte can begin what changes the character before it: U+200D, U+20E3, U+FE0F, skin
 * colours. */
static bool may_modify(char byte)
{
    return byte == '\xE2' || byte == '\xEF' || byte == '\xF0';
}

size_t nc_character_width(nc_bytes text, size_t *at)
{
    uint32_t c = nc_utf8_next(text, at);
    size_t width = single_width(c);

    while (*at < text.len && may_modify(text.ptr[*at])) {
        size_t ahead = *at;
        uint32_t next = nc_utf8_next(text, &ahead);

        if (next == EMOJI_STYLE && may_be_emoji(c))
            width = 2;
        else if (next == ZERO_WIDTH_JOINER && is_emoji(c, width) && ahead < text.len)
            nc_utf8_next(text, &ahead);
        else if (!(next >= LIGHT_SKIN && next <= DARK_SKIN && is_emoji(c, width)) &&
                 !(next == KEYCAP && width == 2))
            break;
        *at = ahead;
    }
    return width;
}

size_t nc_text_width(nc_bytes text)
{
    size_t width = 0;

    for (size_t at = 0; at < text.len;) {
        unsigned char c = (unsigned char)text.ptr[at];
        if (c >= ' ' && c < 0x7F &&
            (at + 1 == text.len || !((unsigned char)text.ptr[at + 1] & 0x80))) {
            width++;
            at++;
        } else {
            width += nc_character_width(text, &at);
        }
    }
    return width;
}
