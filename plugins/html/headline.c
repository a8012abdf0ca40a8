/* SPDX-License-Identifier: MIT */
/* The headline of a page: what the structured data call it, or the h1 that agrees most with the
 * page's title. */
#include "plugins/html/article.h"

enum { MOST_WORDS = 64, MOST_HEADLINE = 400 };

typedef struct word_list {
    nc_bytes words[MOST_WORDS];
    size_t count;
} word_list;

/* ---------------------------------------------------------------- words */

static bool is_word_byte(char c)
{
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
           (unsigned char)c >= 0x80;
}

/* General punctuation (U+2000 to U+206F) parts words as ASCII punctuation does. */
static size_t punctuation_at(nc_bytes text, size_t at)
{
    return at + 2 < text.len && (unsigned char)text.ptr[at] == 0xE2 &&
                   ((unsigned char)text.ptr[at + 1] == 0x80 ||
                    (unsigned char)text.ptr[at + 1] == 0x81)
               ? 3
               : 0;
}

static void split_words(word_list *list, nc_bytes text)
{
    size_t start = 0;

    list->count = 0;
    for (size_t at = 0; at <= text.len && list->count < MOST_WORDS;) {
        size_t mark = punctuation_at(text, at);

        if (at < text.len && !mark && is_word_byte(text.ptr[at])) {
            at++;
            continue;
        }
        if (at > start)
            list->words[list->count++] = (nc_bytes){ text.ptr + start, at - start };
        at += mark ? mark : 1;
        start = at;
    }
}

static size_t common_words(const word_list *a, const word_list *b)
{
    size_t common = 0;

    for (size_t i = 0; i < a->count; i++)
        for (size_t j = 0; j < b->count; j++)
            if (html_same_ignoring_case(a->words[i], b->words[j])) {
                common++;
                break;
            }
    return common;
}

bool html_same_words(nc_bytes a, nc_bytes b)
{
    word_list left, right;

    split_words(&left, a);
    split_words(&right, b);
    if (!left.count || !right.count)
        return false;
    return common_words(&left, &right) * 10 >=
           (left.count > right.count ? left.count : right.count) * 9;
}

/* ---------------------------------------------------------------- JSON-LD */

static int hex_digit(char c)
{
    return c >= '0' && c <= '9'   ? c - '0'
           : c >= 'a' && c <= 'f' ? c - 'a' + 10
           : c >= 'A' && c <= 'F' ? c - 'A' + 10
                                  : -1;
}

/* The character of "\uXXXX" at `text`, surrogates and all else becoming a blank. */
static uint32_t unicode_escape(nc_bytes text)
{
    uint32_t value = 0;

    for (size_t i = 2; i < 6; i++) {
        int digit = i < text.len ? hex_digit(text.ptr[i]) : -1;

        if (digit < 0)
            return ' ';
        value = value * 16 + (uint32_t)digit;
    }
    return value < 32 || (value >= 0xD800 && value < 0xE000) ? ' ' : value;
}

/* The JSON string that begins behind its quote. */
static nc_bytes json_string(html_reader *reader, nc_bytes text)
{
    char *out = nc_alloc(reader->job, MOST_HEADLINE + 4);
    size_t len = 0;

    for (size_t i = 0; out && i < text.len && text.ptr[i] != '"' && len < MOST_HEADLINE; i++) {
        if (text.ptr[i] != '\\' || i + 1 >= text.len) {
            out[len++] = text.ptr[i];
        } else if (text.ptr[i + 1] == 'u') {
            len += nc_utf8_put(out + len, unicode_escape((nc_bytes){ text.ptr + i, text.len - i }));
            i += 5;
        } else {
            char c = text.ptr[++i];

            out[len++] = strchr("bfnrt", c) ? ' ' : c;
        }
    }
    return (nc_bytes){ out ? out : "", nc_utf8_valid((nc_bytes){ out ? out : "", len }) };
}

static nc_bytes find(nc_bytes text, const char *needle)
{
    size_t len = strlen(needle);
    const char *found = text.len >= len ? memmem(text.ptr, text.len, needle, len) : NULL;

    return found ? (nc_bytes){ found + len, text.len - (size_t)(found + len - text.ptr) }
                 : (nc_bytes){ NULL, 0 };
}

static nc_bytes json_headline(html_reader *reader, nc_bytes script)
{
    nc_bytes at = script;

    while ((at = find(at, "\"headline\"")).ptr) {
        nc_bytes value = html_trimmed(at);

        if (!value.len || value.ptr[0] != ':')
            continue;
        value = html_trimmed((nc_bytes){ value.ptr + 1, value.len - 1 });
        if (value.len && value.ptr[0] == '"')
            return html_trimmed(json_string(reader, (nc_bytes){ value.ptr + 1, value.len - 1 }));
    }
    return (nc_bytes){ NULL, 0 };
}

/* ---------------------------------------------------------------- references that were escaped
 * twice */

static uint32_t reference_value(nc_bytes name)
{
    static const struct {
        const char *name;
        uint32_t value;
    } named[] = { { "amp", '&' }, { "quot", '"' }, { "apos", '\'' },
                  { "lt", '<' },  { "gt", '>' },   { "nbsp", ' ' } };
    uint32_t value = 0, base = 10;

    for (size_t i = 0; i < sizeof named / sizeof *named; i++)
        if (nc_is(name, named[i].name))
            return named[i].value;
    if (name.len < 2 || name.ptr[0] != '#')
        return 0;
    base = name.ptr[1] == 'x' || name.ptr[1] == 'X' ? 16 : 10;
    for (size_t i = base == 16 ? 2 : 1; i < name.len; i++) {
        int digit = hex_digit(name.ptr[i]);

        if (digit < 0 || (uint32_t)digit >= base || value > 0x10FFFF)
            return 0;
        value = value * base + (uint32_t)digit;
    }
    return value < 32 || value > 0x10FFFF || (value >= 0xD800 && value < 0xE000) ? 0 : value;
}

static nc_bytes unescaped(html_reader *reader, nc_bytes text)
{
    char *out =
        text.len && memchr(text.ptr, '&', text.len) ? nc_alloc(reader->job, text.len + 4) : NULL;
    size_t len = 0;

    if (!out)
        return text;
    for (size_t i = 0; i < text.len; i++) {
        const char *end = text.ptr[i] == '&' ? memchr(text.ptr + i, ';', text.len - i) : NULL;
        nc_bytes name = { text.ptr + i + 1, end ? (size_t)(end - text.ptr) - i - 1 : 0 };
        uint32_t value = end && name.len < 9 ? reference_value(name) : 0;

        if (value) {
            len += nc_utf8_put(out + len, value);
            i += name.len + 1;
        } else {
            out[len++] = text.ptr[i];
        }
    }
    return (nc_bytes){ out, len };
}

/* ---------------------------------------------------------------- candidates */

typedef struct candidates {
    nc_bytes json, og, title, site;
    nc_bytes heading; /* the h1 that agrees most with the titles */
    double agreement;
} candidates;

static double agreement(nc_bytes heading, nc_bytes title)
{
    word_list words, others;

    split_words(&words, heading);
    split_words(&others, title);
    if (!words.count || !others.count)
        return 0;
    return (double)common_words(&words, &others) * 2 / (double)(words.count + others.count);
}

static void weigh_heading(candidates *all, nc_bytes heading)
{
    double by_title = agreement(heading, all->title), by_og = agreement(heading, all->og);
    double best = by_title > by_og ? by_title : by_og;

    if (heading.len < MOST_HEADLINE && !html_same_words(heading, all->site) &&
        best > all->agreement) {
        all->agreement = best;
        all->heading = heading;
    }
}

static void collect(html_reader *reader, candidates *all)
{
    const nc_fact *fact;

    for (size_t i = 0; (fact = nc_fact_at(reader->job, i)); i++) {
        if (nc_is(nc_string(fact->syntax), "title") && !all->title.len)
            all->title = fact->value;
        else if (nc_is(fact->name, "og:title") && !all->og.len)
            all->og = unescaped(reader, fact->value);
        else if (nc_is(fact->name, "og:site_name") && !all->site.len)
            all->site = fact->value;
        else if (nc_is(nc_string(fact->syntax), "json-ld") && !all->json.len)
            all->json = unescaped(reader, json_headline(reader, fact->value));
    }
    for (size_t i = 0; (fact = nc_fact_at(reader->job, i)); i++)
        if (nc_is(nc_string(fact->syntax), "heading"))
            weigh_heading(all, fact->value);
}

/* A title without the site's name behind its last separator. */
static nc_bytes without_site(nc_bytes title, nc_bytes site)
{
    static const char *const separators[] = {
        " | ",  " - ",  " \xE2\x80\x93 ", " \xE2\x80\x94 ", " \xC2\xB7 ", " \xE2\x80\xA2 ",
        " :: ", " // ", " \xC2\xBB "
    };
    size_t cut = title.len;

    for (size_t i = 0; i < sizeof separators / sizeof *separators; i++) {
        nc_bytes rest = title;

        while ((rest = find(rest, separators[i])).ptr) {
            size_t at = (size_t)(rest.ptr - title.ptr) - strlen(separators[i]);
            bool named = site.len && agreement(rest, site) > 0.5;

            if (at * 3 > title.len && (named || rest.len < 32) && at < cut)
                cut = at;
        }
    }
    return html_trimmed((nc_bytes){ title.ptr, cut });
}

nc_bytes html_headline(html_reader *reader)
{
    candidates all = { .agreement = 0 };

    collect(reader, &all);
    if (all.json.len > 8)
        return all.json;
    if (all.heading.len && all.agreement > 0.5)
        return all.heading;
    if (all.og.len)
        return without_site(all.og, all.site);
    return all.title.len ? without_site(all.title, all.site) : all.heading;
}
