/* SPDX-License-Identifier: MIT */
/* Reading HTML: text in which marks mean something, where an extension says so: TeX math between
 * dollars or backslashed brackets, and the typewriter's quotes, dashes and dots. Marks count within
 * one text of the page. */
#include "plugins/html/read.h"

enum { MOST_QUOTES = 16 };

typedef enum closing_mark {
    DOLLAR,
    DOLLARS,
    PARENTHESIS,
    BRACKET,
    DOUBLE_PARENTHESIS,
    DOUBLE_BRACKET,
    CLOSING_MARKS
} closing_mark;

static const char *const closing_marks[CLOSING_MARKS] = {
    "$", "$$", "\\)", "\\]", "\\\\)", "\\\\]"
};

typedef struct marked_text {
    html_reader *reader;
    nc_bytes text;
    size_t at, plain;                /* `plain`: where the text begins that is not yet added */
    size_t last_double, last_single; /* the last places that could close a quotation */
    bool absent[CLOSING_MARKS];      /* no such mark follows */
    size_t quotes;                   /* open ones */
    char open[MOST_QUOTES];
} marked_text;

static char byte_at(const marked_text *m, size_t at)
{
    return at < m->text.len ? m->text.ptr[at] : '\0';
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool is_word(char c)
{
    return is_digit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
           (unsigned char)c >= 0x80;
}

/* Add the text up to here; what follows `count` bytes of marks is plain again. */
static void flush(marked_text *m, size_t count)
{
    nc_bytes before = { m->text.ptr + m->plain, m->at - m->plain };

    if (before.len)
        nc_text(m->reader->job, html_inlines(m->reader), before);
    m->at += count;
    m->plain = m->at;
}

static void replace(marked_text *m, size_t count, nc_bytes by)
{
    flush(m, count);
    nc_text(m->reader->job, html_inlines(m->reader), by);
}

/* ---------------------------------------------------------------- math */

static bool take_math(marked_text *m, size_t opening, closing_mark mark, nc_math_type type)
{
    const char *closing = closing_marks[mark];
    size_t start = m->at + opening, len = strlen(closing);
    bool possible = start < m->text.len && !m->absent[mark];
    const char *end =
        possible ? memmem(m->text.ptr + start, m->text.len - start, closing, len) : NULL;
    size_t stop = end ? (size_t)(end - m->text.ptr) : 0;
    bool dollar = type == NC_INLINE_MATH && opening == 1;

    m->absent[mark] = !end;
    if (!end || stop == start)
        return false;
    if (dollar && (html_is_space(m->text.ptr[start]) || html_is_space(m->text.ptr[stop - 1]) ||
                   is_digit(byte_at(m, stop + 1))))
        return false;
    flush(m, stop + len - m->at);
    html_add_math(m->reader, type, (nc_bytes){ m->text.ptr + start, stop - start });
    return true;
}

static bool take_backslashed(marked_text *m, const char *prefix)
{
    size_t len = strlen(prefix);
    char bracket = byte_at(m, m->at + len);

    if (m->text.len - m->at < len || memcmp(m->text.ptr + m->at, prefix, len) != 0 ||
        (bracket != '(' && bracket != '['))
        return false;
    return take_math(m, len + 1, (closing_mark)(len * 2 + (bracket == '[')),
                     bracket == '(' ? NC_INLINE_MATH : NC_DISPLAY_MATH);
}

static bool math_here(marked_text *m)
{
    const html_options *options = m->reader->options;
    char c = m->text.ptr[m->at];

    if (c == '$' && options->tex_math_dollars)
        return byte_at(m, m->at + 1) == '$' ? take_math(m, 2, DOLLARS, NC_DISPLAY_MATH)
                                            : take_math(m, 1, DOLLAR, NC_INLINE_MATH);
    if (c != '\\')
        return false;
    return (options->tex_math_double_backslash && take_backslashed(m, "\\\\")) ||
           (options->tex_math_single_backslash && take_backslashed(m, "\\"));
}

/* ---------------------------------------------------------------- quotes, dashes, dots */

static bool may_open(const marked_text *m)
{
    char before = m->at ? m->text.ptr[m->at - 1] : ' ', after = byte_at(m, m->at + 1);

    return (html_is_space(before) || (m->quotes && m->plain == m->at)) && after &&
           !html_is_space(after);
}

static bool may_close(const marked_text *m, size_t at)
{
    return at && !html_is_space(m->text.ptr[at - 1]) && !is_word(byte_at(m, at + 1));
}

static void open_quote(marked_text *m, char c)
{
    html_frame *frame;

    flush(m, 1);
    frame = html_open_inline(m->reader, NULL, NC_QUOTED);
    if (frame->node)
        frame->node->number = c == '"' ? NC_DOUBLE_QUOTE : NC_SINGLE_QUOTE;
    m->open[m->quotes++] = c;
}

static bool quote_here(marked_text *m)
{
    char c = m->text.ptr[m->at];
    size_t last = c == '"' ? m->last_double : m->last_single;

    if (c != '"' && c != '\'')
        return false;
    if (m->quotes && m->open[m->quotes - 1] == c && may_close(m, m->at)) {
        flush(m, 1);
        html_pop(m->reader);
        m->quotes--;
    } else if (may_open(m) && m->quotes < MOST_QUOTES && last > m->at &&
               !is_digit(byte_at(m, m->at + 1))) {
        open_quote(m, c);
    } else if (c == '"' && may_open(m)) {
        replace(m, 1, NC_LITERAL("\xE2\x80\x9C"));
    } else {
        replace(m, 1, c == '"' ? NC_LITERAL("\xE2\x80\x9D") : NC_LITERAL("\xE2\x80\x99"));
    }
    return true;
}

static bool follows(const marked_text *m, const char *marks)
{
    size_t len = strlen(marks);

    return m->text.len - m->at >= len && memcmp(m->text.ptr + m->at, marks, len) == 0;
}

static bool smart_here(marked_text *m)
{
    if (!m->reader->options->smart)
        return false;
    if (follows(m, "---"))
        replace(m, 3, NC_LITERAL("\xE2\x80\x94"));
    else if (follows(m, "--"))
        replace(m, 2, NC_LITERAL("\xE2\x80\x93"));
    else if (follows(m, "..."))
        replace(m, 3, NC_LITERAL("\xE2\x80\xA6"));
    else
        return quote_here(m);
    return true;
}

/* ---------------------------------------------------------------- the text */

static void find_closers(marked_text *m)
{
    for (size_t at = 0; at < m->text.len; at++) {
        if (m->text.ptr[at] == '"' && may_close(m, at))
            m->last_double = at;
        else if (m->text.ptr[at] == '\'' && may_close(m, at))
            m->last_single = at;
    }
}

void html_add_marked_text(html_reader *reader, nc_bytes text)
{
    marked_text m = { .reader = reader, .text = text };

    if (reader->options->smart)
        find_closers(&m);
    while (m.at < text.len)
        if (!math_here(&m) && !smart_here(&m))
            m.at++;
    flush(&m, 0);
    while (m.quotes--)
        html_pop(reader);
}
