/* SPDX-License-Identifier: MIT */
/* Lines, and where paragraphs end. Two ways of writing are told apart by a survey of the
 * beginning: one line a paragraph, or lines broken by hand at some width with blank lines or
 * indented first lines between paragraphs. */
#include "plugins/text/text.h"

enum {
    SURVEYED = 256 * 1024,
    LONG_LINE = 100,      /* characters; few break lines by hand beyond */
    WIDEST = 160,         /* nobody does */
    RAGGED = 16,          /* by how much the ends of broken lines differ */
    NARROWEST_WIDTH = 50, /* characters; below, the longest line says nothing of a width */
    TAB = 8
};

static bool is_blank(char c)
{
    return c == ' ' || (c >= '\t' && c <= '\r');
}

static size_t count_characters(nc_bytes text)
{
    size_t count = 0;

    for (size_t i = 0; i < text.len; i++)
        count += (text.ptr[i] & 0xC0) != 0x80;
    return count;
}

/* The length of a wide or no-break space, which some use to indent; 0: there is none. */
static size_t wide_space(nc_bytes text)
{
    if (text.len >= 3 && memcmp(text.ptr, "\u3000", 3) == 0)
        return 3;
    return text.len >= 2 && memcmp(text.ptr, "\u00a0", 2) == 0 ? 2 : 0;
}

static nc_bytes skip_indent(nc_bytes text, line *next)
{
    size_t wide;

    for (;;) {
        if (text.len && is_blank(text.ptr[0])) {
            next->new_page = next->new_page || text.ptr[0] == '\f';
            next->indent += text.ptr[0] == '\t' ? TAB - next->indent % TAB : 1;
            wide = 1;
        } else {
            wide = wide_space(text);
            next->indent += wide == 3 ? 2 : wide != 0;
        }
        if (!wide)
            return text;
        text = (nc_bytes){ text.ptr + wide, text.len - wide };
    }
}

bool text_next_line(const text_reader *r, nc_bytes *rest, line *next)
{
    const char *end;
    nc_bytes text = *rest;

    if (!rest->len)
        return false;
    *next = (line){ .indent = 0 };
    end = memchr(text.ptr, r->line_end, text.len);
    if (end) {
        text.len = (size_t)(end - text.ptr);
        *rest = (nc_bytes){ end + 1, rest->len - text.len - 1 };
    } else {
        *rest = (nc_bytes){ text.ptr + text.len, 0 };
    }
    while (text.len && is_blank(text.ptr[text.len - 1]))
        text.len--;
    next->text = skip_indent(text, next);
    next->characters = next->indent + count_characters(next->text);
    return true;
}

/* The width at which lines were broken by hand, if it is an unusual one: many of the lines end
 * close to the longest. */
static size_t unusual_width(const size_t lengths[WIDEST + 1], size_t longest)
{
    size_t lines = 0, near = 0;

    for (size_t i = 1; i <= WIDEST; i++) {
        lines += lengths[i];
        near += i + RAGGED > longest ? lengths[i] : 0;
    }
    return longest <= WIDEST && lines >= 5 && near * 3 >= lines ? longest : 0;
}

void text_survey(text_reader *r)
{
    nc_bytes rest = r->all;
    size_t characters = 0, in_long_lines = 0, longest = 0, lengths[WIDEST + 1] = { 0 };
    line next;

    if (rest.len > SURVEYED)
        rest.len = SURVEYED;
    r->line_end =
        !memchr(rest.ptr, '\n', rest.len) && memchr(rest.ptr, '\r', rest.len) ? '\r' : '\n';
    while (text_next_line(r, &rest, &next)) {
        characters += next.characters;
        if (next.characters > longest)
            longest = next.characters;
        if (next.characters <= WIDEST && next.text.len)
            lengths[next.characters]++;
        if (next.characters > LONG_LINE)
            in_long_lines += next.characters;
        else if (next.characters > r->width)
            r->width = next.characters;
    }
    r->longest = LONG_LINE;
    if (in_long_lines > characters / 2) {
        r->width = unusual_width(lengths, longest);
        r->long_lines = r->width == 0;
        r->longest = r->width ? r->width : LONG_LINE;
    }
    if (r->width < NARROWEST_WIDTH)
        r->width = 0;
}

static size_t first_word_length(nc_bytes text)
{
    size_t length = 0;

    while (length < text.len && length < LONG_LINE && !is_blank(text.ptr[length]))
        length++;
    return count_characters((nc_bytes){ text.ptr, length });
}

static bool ends_sentence(nc_bytes text)
{
    size_t len = text.len;

    while (len &&
           (text.ptr[len - 1] == '"' || text.ptr[len - 1] == '\'' || text.ptr[len - 1] == ')'))
        len--;
    if (len >= 3 && memcmp(text.ptr + len - 3, "\u201d", 3) == 0)
        len -= 3;
    return len && strchr(".!?:", text.ptr[len - 1]);
}

/* A dash begins what the next person says. */
static bool begins_speech(nc_bytes text)
{
    static const nc_bytes dashes[] = { NC_LITERAL_INIT("\u2014 "), NC_LITERAL_INIT("\u2013 "),
                                       NC_LITERAL_INIT("- ") };

    for (size_t i = 0; i < sizeof(dashes) / sizeof(*dashes); i++)
        if (text.len > dashes[i].len && memcmp(text.ptr, dashes[i].ptr, dashes[i].len) == 0)
            return true;
    return false;
}

static bool is_lower(char c)
{
    return c >= 'a' && c <= 'z';
}

static bool all_capitals(nc_bytes text)
{
    for (size_t i = 0; i < text.len; i++)
        if (is_lower(text.ptr[i]) || (unsigned char)text.ptr[i] >= 0x80)
            return false;
    return true;
}

bool text_paragraph_ends(const text_reader *r, const line *before, const line *after)
{
    size_t with_word = before->characters + 1 + first_word_length(after->text);

    if (r->long_lines || after->new_page || before->characters > r->longest ||
        after->characters > r->longest || after->indent >= before->indent + 2)
        return true;
    if (begins_speech(after->text) && ends_sentence(before->text))
        return true;
    /* The next word had room and was not put there: the line was ended on purpose. */
    if (!r->width || with_word > r->width || is_lower(after->text.ptr[0]))
        return false;
    if (before->characters < r->width / 2)
        return !all_capitals(before->text) || !all_capitals(after->text);
    return ends_sentence(before->text) && with_word < r->width - r->width / 8;
}

char text_underline(const line *title, const line *below)
{
    char c = below->text.len >= 3 ? below->text.ptr[0] : '\0';

    if ((c != '=' && c != '-') || title->text.len == 0 || title->characters > LONG_LINE)
        return '\0';
    for (size_t i = 1; i < below->text.len; i++)
        if (below->text.ptr[i] != c)
            return '\0';
    return below->text.len * 2 >= title->characters && below->text.len <= title->characters + 8
               ? c
               : '\0';
}

nc_bytes text_paragraph(text_reader *r, nc_bytes text, line last)
{
    nc_bytes rest = r->rest, behind;
    line next, below;

    while (text_next_line(r, &rest, &next) && next.text.len &&
           !text_paragraph_ends(r, &last, &next)) {
        behind = rest;
        if (r->options->headings && text_next_line(r, &behind, &below) &&
            text_underline(&next, &below))
            break;
        if (r->options->lists && text_list_begins(r, &next, rest))
            break;
        text.len = (size_t)(next.text.ptr + next.text.len - text.ptr);
        r->rest = rest;
        last = next;
    }
    return text;
}
