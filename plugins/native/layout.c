/* SPDX-License-Identifier: MIT */
/* The layout of pandoc's native: see layout.h. */
#include "plugins/native/layout.h"

enum { WIDEST = 4096 };

void layout_open(layout *out, nc_job *job, nc_buf *buf, size_t width)
{
    if (width > WIDEST)
        width = WIDEST;
    *out = (layout){ .job = job, .buf = buf, .width = width, .line = buf->len };
    out->ribbon = (width * 10 + 6) / 12; /* the width by 1.2, rounded */
}

static size_t column(const layout *out)
{
    return out->buf->len - out->line;
}

/* Room for one more item in an array that grows. */
static bool reserve(nc_job *job, void *array, size_t count, size_t *capacity, size_t size)
{
    void **items = array, *room;

    if (count < *capacity)
        return true;
    room = nc_alloc(job, (*capacity * 2 + 64) * size);
    if (!room)
        return false;
    if (count)
        memcpy(room, *items, count * size);
    *items = room;
    *capacity = *capacity * 2 + 64;
    return true;
}

static void add_mark(layout *out, layout_mark mark)
{
    if (reserve(out->job, &out->marks, out->mark_count, &out->mark_capacity, sizeof(mark)))
        out->marks[out->mark_count++] = mark;
}

void layout_begin(layout *out)
{
    if (!reserve(out->job, &out->groups, out->group_count, &out->group_capacity,
                 sizeof(layout_group)))
        return;
    out->groups[out->group_count] = (layout_group){ .column = column(out) };
    add_mark(out, (layout_mark){ .at = out->buf->len,
                                 .group = out->group_count,
                                 .column = column(out),
                                 .is_begin = true });
    out->group_count++;
}

void layout_end(layout *out)
{
    if (out->group_count)
        out->group_count--;
}

static void new_line(layout *out, size_t indent)
{
    nc_put_char(out->buf, '\n');
    out->line = out->buf->len;
    out->indent = indent;
    if (nc_buf_reserve(out->buf, indent)) {
        memset(out->buf->ptr + out->buf->len, ' ', indent);
        out->buf->len += indent;
    }
}

/* Keep the marks behind `first`, which stand on the line that has just begun: `from` is now
 * `to`. */
static void keep_marks(layout *out, size_t first, size_t from, size_t to, size_t old_line)
{
    size_t kept = 0;

    for (size_t i = first; i < out->mark_count; i++) {
        layout_mark mark = out->marks[i];

        mark.at = mark.at - from + to;
        if (mark.is_begin) {
            mark.column = mark.column - (from - old_line) + (to - out->line);
            if (mark.group < out->group_count && !out->groups[mark.group].vertical)
                out->groups[mark.group].column = mark.column;
        } else {
            mark.begin -= first;
        }
        out->marks[kept++] = mark;
    }
    out->mark_count = kept;
}

/* End the lines of a group at its breaks on the current line. */
static void break_group(layout *out, size_t begin)
{
    size_t base = out->marks[begin].column, first, last = 0, old_line = out->line, from = 0;
    char tail[WIDEST + 16];
    size_t start = 0, length;

    for (first = begin + 1; first < out->mark_count; first++)
        if (!out->marks[first].is_begin && out->marks[first].begin == begin)
            break;
    if (first == out->mark_count)
        return;
    start = out->marks[first].at;
    length = out->buf->len - start;
    if (length > sizeof(tail))
        return;
    memcpy(tail, out->buf->ptr + start, length);
    out->buf->len = start;
    for (size_t i = first; i < out->mark_count; i++) {
        const layout_mark *mark = &out->marks[i];
        size_t next = from;

        if (mark->is_begin || mark->begin != begin)
            continue;
        next = mark->at - start;
        nc_put(out->buf, (nc_bytes){ tail + from, next - from });
        new_line(out, base + mark->column);
        from = next + 1;
        last = i;
    }
    nc_put(out->buf, (nc_bytes){ tail + from, length - from });
    keep_marks(out, last + 1, start + from, out->line + out->indent, old_line);
}

/* Decide for new lines in the outermost undecided group. False if there is none. */
static bool break_outermost(layout *out)
{
    for (size_t i = 0; i < out->mark_count; i++) {
        layout_mark *mark = &out->marks[i];

        if (!mark->is_begin || mark->decided)
            continue;
        mark->decided = true;
        if (mark->group < out->group_count && out->groups[mark->group].column == mark->column)
            out->groups[mark->group].vertical = true;
        break_group(out, i);
        return true;
    }
    return false;
}

void layout_room(layout *out, size_t size)
{
    while (!nc_job_status(out->job) &&
           (column(out) - out->indent + size > out->ribbon || column(out) + size > out->width))
        if (!break_outermost(out))
            return;
}

void layout_text(layout *out, nc_bytes text)
{
    layout_room(out, text.len);
    nc_put(out->buf, text);
}

void layout_break(layout *out, size_t indent)
{
    const layout_group *group;
    size_t begin = out->mark_count;

    if (!out->group_count)
        return;
    group = &out->groups[out->group_count - 1];
    if (group->vertical) {
        out->mark_count = 0;
        new_line(out, group->column + indent);
        return;
    }
    while (begin > 0 &&
           !(out->marks[begin - 1].is_begin && out->marks[begin - 1].group == out->group_count - 1))
        begin--;
    if (begin > 0)
        add_mark(out, (layout_mark){ .at = out->buf->len, .column = indent, .begin = begin - 1 });
    nc_put_char(out->buf, ' ');
}
