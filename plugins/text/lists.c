/* SPDX-License-Identifier: MIT */
/* Lists: lines that begin with a bullet or with rising numbers. One such line alone makes no
 * list, unless its bullet is a character that has no other use. */
#include "plugins/text/text.h"

enum { DEEPEST = 8 };

typedef struct marker {
    int64_t number; /* -1: a bullet */
    nc_list_delim delimiter;
    nc_bytes bullet;
    nc_bytes content; /* the line behind the marker */
    size_t indent;
} marker;

/* Dashes are left out: they begin speech in many languages. */
static const nc_bytes bullets[] = {
    NC_LITERAL_INIT("-"),      NC_LITERAL_INIT("*"),      NC_LITERAL_INIT("\u2022"),
    NC_LITERAL_INIT("\u00b7"), NC_LITERAL_INIT("\u25e6"), NC_LITERAL_INIT("\u25aa"),
    NC_LITERAL_INIT("\u25cf"), NC_LITERAL_INIT("\u25a0"), NC_LITERAL_INIT("\u2023"),
    NC_LITERAL_INIT("\u27a2"),
};
enum { AMBIGUOUS = 2 }; /* the first of them are common otherwise */

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* The content behind `length` bytes of marker: a blank, and then something that is no further
 * mark. */
static bool find_content(nc_bytes text, size_t length, nc_bytes *content)
{
    size_t at = length;

    while (at < text.len && (text.ptr[at] == ' ' || text.ptr[at] == '\t'))
        at++;
    if (at == length || at == text.len)
        return false;
    *content = (nc_bytes){ text.ptr + at, text.len - at };
    return !strchr("*-=_+", content->ptr[0]) || (content->len > 1 && is_digit(content->ptr[1]));
}

static bool find_bullet(nc_bytes text, marker *m)
{
    for (size_t i = 0; i < sizeof(bullets) / sizeof(*bullets); i++)
        if (text.len > bullets[i].len && memcmp(text.ptr, bullets[i].ptr, bullets[i].len) == 0) {
            m->number = -1;
            m->bullet = bullets[i];
            return find_content(text, bullets[i].len, &m->content);
        }
    return false;
}

/* 12. 12) (12): years have four digits. */
static bool find_number(nc_bytes text, marker *m)
{
    size_t first = text.len && text.ptr[0] == '(', at = first;

    m->number = 0;
    while (at < text.len && at - first < 4 && is_digit(text.ptr[at]))
        m->number = m->number * 10 + (text.ptr[at++] - '0');
    if (at == first || at - first > 3 || at == text.len ||
        (text.ptr[at] != ')' && (first || text.ptr[at] != '.')))
        return false;
    m->delimiter = first ? NC_TWO_PARENS : text.ptr[at] == '.' ? NC_PERIOD : NC_ONE_PAREN;
    return find_content(text, at + 1, &m->content);
}

static bool find_marker(const line *l, marker *m)
{
    *m = (marker){ .indent = l->indent };
    return find_bullet(l->text, m) || find_number(l->text, m);
}

/* Whether `next` goes on where `m` was. */
static bool follows(const marker *m, const marker *next)
{
    if (m->number < 0)
        return next->number < 0 && nc_same(m->bullet, next->bullet);
    return next->number == m->number + 1 && next->delimiter == m->delimiter;
}

/* Whether `next`, not blank, goes on with the paragraph of an item that ends with `last`. */
static bool continues(const text_reader *r, const line *last, const line *next, size_t indent)
{
    marker m;

    if (find_marker(next, &m))
        return false;
    return next->indent > indent ? !r->long_lines : !text_paragraph_ends(r, last, next);
}

bool text_list_begins(const text_reader *r, const line *first, nc_bytes rest)
{
    marker m, other;
    line last = *first, next;
    bool found;

    if (!find_marker(first, &m))
        return false;
    if (m.number < 0 && !nc_same(m.bullet, bullets[0]) &&
        !nc_same(m.bullet, bullets[AMBIGUOUS - 1]))
        return true;
    while ((found = text_next_line(r, &rest, &next)) && next.text.len &&
           continues(r, &last, &next, m.indent))
        last = next;
    while (found &&
           (!next.text.len || (next.indent >= m.indent + 2 && !find_marker(&next, &other))))
        found = text_next_line(r, &rest, &next);
    return found && find_marker(&next, &other) && follows(&m, &other) &&
           other.indent <= m.indent + 1;
}

/* The lists that are open, outermost first. */
typedef struct level {
    nc_node *list, *item;
    marker last;
} level;

static void open_level(text_reader *r, nc_node *parent, level *l, const marker *m)
{
    l->list = nc_append(r->job, parent,
                        nc_node_new(r->job, m->number < 0 ? NC_BULLET_LIST : NC_ORDERED_LIST));
    if (l->list && m->number >= 0)
        l->list->list = (nc_list_attributes){ m->number, NC_DECIMAL, (int32_t)m->delimiter };
}

/* Read the text of an item whose first line is `first`. */
static void read_item(text_reader *r, level *l, const line *first, const marker *m, bool loose)
{
    nc_bytes text = m->content, rest = r->rest;
    line last = *first, next;
    nc_node *block;

    while (text_next_line(r, &rest, &next) && next.text.len &&
           continues(r, &last, &next, m->indent)) {
        text.len = (size_t)(next.text.ptr + next.text.len - text.ptr);
        r->rest = rest;
        last = next;
    }
    nc_at(r->job, (size_t)(text.ptr - r->all.ptr));
    l->item = nc_append(r->job, l->list, nc_node_new(r->job, NC_ITEM));
    block = nc_append(r->job, l->item, nc_node_new(r->job, loose ? NC_PARA : NC_PLAIN));
    nc_text(r->job, block, text);
    l->last = *m;
}

/* The next line that is not blank, if there is one. */
static bool next_filled(const text_reader *r, nc_bytes *rest, line *next, bool *gap)
{
    *gap = false;
    while (text_next_line(r, rest, next)) {
        if (next->text.len)
            return true;
        *gap = true;
    }
    return false;
}

/* Further paragraphs of an item: behind blank lines, and indented more than its marker. */
static void read_more_of_item(text_reader *r, level *l)
{
    nc_bytes rest = r->rest;
    line next;
    marker m;
    bool gap;

    while (next_filled(r, &rest, &next, &gap) && gap && !find_marker(&next, &m) &&
           next.indent >= l->last.indent + 2) {
        nc_node *block = nc_append(r->job, l->item, nc_node_new(r->job, NC_PARA));

        r->rest = rest;
        nc_text(r->job, block, text_paragraph(r, next.text, next));
        rest = r->rest;
    }
}

/* Find the level to which an item belongs, opening one for deeper indentation. False if it
 * begins something else. */
static bool find_level(text_reader *r, level levels[DEEPEST], size_t *depth, const marker *m)
{
    while (*depth > 1 && m->indent + 1 < levels[*depth - 1].last.indent)
        --*depth;
    if (m->indent >= levels[*depth - 1].last.indent + 2 && *depth < DEEPEST) {
        open_level(r, levels[*depth - 1].item, &levels[*depth], m);
        ++*depth;
        return true;
    }
    return follows(&levels[*depth - 1].last, m);
}

static bool is_loose(const text_reader *r, const line *first)
{
    nc_bytes rest = r->rest;
    line last = *first, next;

    while (text_next_line(r, &rest, &next) && next.text.len &&
           continues(r, &last, &next, first->indent))
        last = next;
    return rest.len && !next.text.len;
}

void text_read_list(text_reader *r, nc_node *parent, const line *first)
{
    level levels[DEEPEST] = { 0 };
    size_t depth = 1;
    nc_bytes rest;
    line current = *first;
    marker m;
    bool gap, loose = is_loose(r, first);

    if (!find_marker(first, &m))
        return;
    open_level(r, parent, &levels[0], &m);
    do {
        read_item(r, &levels[depth - 1], &current, &m, loose);
        read_more_of_item(r, &levels[depth - 1]);
        rest = r->rest;
        if (!next_filled(r, &rest, &current, &gap) || !find_marker(&current, &m) ||
            !find_level(r, levels, &depth, &m))
            return;
        r->rest = rest;
    } while (!nc_job_status(r->job));
}
