/* SPDX-License-Identifier: MIT */
/* Whether the first paragraph is a headline. Wrong in doubt costs more than missing one: a
 * sentence taken for a headline would be missed in the body. */
#include "plugins/text/text.h"

enum { LONGEST_HEADLINE = 160, LONGEST_SLUG = 100, LINES_AHEAD = 12 };

static size_t count_characters(nc_bytes text)
{
    size_t count = 0;

    for (size_t i = 0; i < text.len; i++)
        count += (text.ptr[i] & 0xC0) != 0x80;
    return count;
}

static bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (unsigned char)c >= 0x80;
}

static bool is_lower(char c)
{
    return c >= 'a' && c <= 'z';
}

static bool begins(nc_bytes text, const char *start)
{
    size_t len = strlen(start);

    return text.len >= len && memcmp(text.ptr, start, len) == 0;
}

/* Whether the last word is an abbreviation such as U.S., so that its point ends no sentence. */
static bool ends_abbreviated(nc_bytes text)
{
    size_t n = text.len;

    return n >= 4 && text.ptr[n - 1] == '.' && text.ptr[n - 3] == '.' &&
           is_letter(text.ptr[n - 2]) && is_letter(text.ptr[n - 4]);
}

static bool ends_with(nc_bytes text, const char *end)
{
    size_t len = strlen(end);

    return text.len >= len && memcmp(text.ptr + text.len - len, end, len) == 0;
}

static bool ends_like_prose(nc_bytes text)
{
    static const char *const closing[] = { "\"", ")", "\u201d", "\u00bb", NULL };
    static const char *const stops[] = { ".", ",", ";", ":", "\u3002", "\u0964", "\u06d4", NULL };

    for (size_t i = 0; closing[i]; i++)
        if (ends_with(text, closing[i]) && text.len > strlen(closing[i]))
            text.len -= strlen(closing[i]);
    if (ends_with(text, "...") || ends_abbreviated(text))
        return false;
    for (size_t i = 0; stops[i]; i++)
        if (ends_with(text, stops[i]))
            return true;
    return false;
}

/* "Monday, 4 March 2024" and the like: a date line, in the languages whose names begin alike. */
static bool is_date(nc_bytes text)
{
    static const char names[] =
        "JanFebMarAprMayMaiJunJulAugSepOctOktNovDecDezMonTueWedThuFriSatSun";
    size_t words = 1, n = text.len;
    bool named = text.ptr[0] >= '0' && text.ptr[0] <= '9';

    for (size_t i = 0; i < n; i++)
        words += text.ptr[i] == ' ';
    for (size_t i = 0; i + 3 < sizeof(names); i += 3)
        named = named || (n > 3 && memcmp(text.ptr, names + i, 3) == 0);
    for (size_t i = 1; i <= 4 && named; i++)
        named = n > 4 && text.ptr[n - i] >= '0' && text.ptr[n - i] <= '9';
    return named && words <= 5;
}

bool text_is_slug(nc_bytes text)
{
    static const char *const notices[] = {
        "FOR IMMEDIATE RELEASE", "PRESS RELEASE",         "EMBARGO", "NOT FOR ", "URGENT",
        "Press release",         "For immediate release", NULL
    };
    size_t dashes = 0, capitals = 0, blanks = 0;

    if (text.len > LONGEST_SLUG)
        return false;
    for (size_t i = 0; notices[i]; i++)
        if (begins(text, notices[i]) && text.len <= strlen(notices[i]) + 40)
            return true;
    for (size_t i = 0; i < text.len; i++) {
        dashes += text.ptr[i] == '-' || text.ptr[i] == '/';
        capitals += text.ptr[i] >= 'A' && text.ptr[i] <= 'Z';
        blanks += text.ptr[i] == ' ';
    }
    /* BC-EU--Summit,2nd Ld-Writethru and UKRAINE-CRISIS/TALKS (UPDATE 2): words tied by dashes,
     * capitals first */
    return capitals > 1 && dashes >= 2 && blanks <= dashes + 1 && text.ptr[0] >= 'A' &&
           text.ptr[0] <= 'Z' &&
           (memmem(text.ptr, text.len, "--", 2) || memchr(text.ptr, '/', text.len));
}

/* Whether prose stands somewhere in the next lines. */
static bool prose_follows(const text_reader *r, nc_bytes rest, size_t headline_characters)
{
    line next;

    for (size_t i = 0; i < LINES_AHEAD && text_next_line(r, &rest, &next); i++)
        if (next.text.len &&
            (ends_like_prose(next.text) || next.characters > headline_characters + 40))
            return true;
    return false;
}

bool text_is_headline(const text_reader *r, nc_bytes text, nc_bytes rest)
{
    size_t characters = text.len <= LONGEST_HEADLINE * 4 ? count_characters(text) : SIZE_MAX;
    bool letters = false;

    if (characters > LONGEST_HEADLINE || characters < 3 || ends_like_prose(text))
        return false;
    for (size_t i = 0; i < text.len; i++)
        letters = letters || is_letter(text.ptr[i]);
    if (!letters || (is_lower(text.ptr[0]) && is_lower(text.ptr[1])))
        return false;
    if (begins(text, "By ") || begins(text, "BY ") || begins(text, "http") || is_date(text) ||
        text_is_slug(text))
        return false;
    return prose_follows(r, rest, characters);
}
