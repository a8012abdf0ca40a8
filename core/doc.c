/* SPDX-License-Identifier: MIT */
/* Docs: recorded calls of the printer, to be measured, and printed once or often. */
#include "core/layout_private.h"

/* The prefix that `step` begins or ends. */
static nc_bytes match_prefix(nc_layout *layout, nc_doc_step step, nc_bytes text)
{
    nc_list *prefixes = &layout->recording->prefixes;

    if (step == NC_DOC_PREFIX) {
        nc_bytes *on = nc_list_push(layout->job, prefixes, sizeof(*on));
        if (on)
            *on = text;
    } else if (prefixes->count) {
        text = ((nc_bytes *)prefixes->items)[--prefixes->count];
    }
    return text;
}

bool nc_layout_take(nc_layout *layout, nc_doc_step step, nc_bytes text, size_t count)
{
    nc_doc_op *op;

    if (!layout || layout->job->status)
        return true;
    if (!layout->recording)
        return false;
    op = nc_list_push(layout->job, &layout->recording->ops, sizeof(*op));
    if (step == NC_DOC_PREFIX || step == NC_DOC_PREFIX_END)
        text = match_prefix(layout, step, text);
    if (op)
        *op = (nc_doc_op){ text, step, count < UINT32_MAX ? (uint32_t)count : UINT32_MAX };
    return true;
}

void nc_layout_record(nc_layout *layout)
{
    nc_doc *doc;

    if (!layout || !(doc = nc_alloc(layout->job, sizeof(*doc))))
        return;
    doc->outer = layout->recording;
    doc->ops = (nc_list){ doc->first, 0, sizeof(doc->first) / sizeof(*doc->first) };
    layout->recording = doc;
}

const nc_doc *nc_layout_recorded(nc_layout *layout)
{
    nc_doc *doc = layout ? layout->recording : NULL;

    if (doc) {
        layout->recording = doc->outer;
        doc->outer = NULL;
    }
    return doc;
}

static void play_op(nc_layout *layout, const nc_doc_op *op)
{
    switch (op->step) {
    case NC_DOC_TEXT: nc_layout_text(layout, op->text); break;
    case NC_DOC_RUN: nc_layout_run(layout, op->text); break;
    case NC_DOC_SPACE: nc_layout_space(layout); break;
    case NC_DOC_BREAKS: nc_layout_blank_lines(layout, op->count - 1); break;
    case NC_DOC_CHOMP: nc_layout_chomp(layout); break;
    case NC_DOC_PREFIX: nc_layout_prefix(layout, op->text); break;
    case NC_DOC_PREFIX_END: nc_layout_prefix_end(layout); break;
    case NC_DOC_KEEP: nc_layout_keep(layout); break;
    case NC_DOC_KEEP_END: nc_layout_keep_end(layout); break;
    }
}

void nc_layout_play(nc_layout *layout, const nc_doc *doc)
{
    if (!layout || !doc)
        return;
    for (size_t i = 0; i < doc->ops.count; i++)
        play_op(layout, (const nc_doc_op *)doc->ops.items + i);
}

bool nc_doc_empty(const nc_doc *doc)
{
    const nc_doc_op *ops = doc ? doc->ops.items : NULL;

    for (size_t i = 0; doc && i < doc->ops.count; i++)
        if ((ops[i].step == NC_DOC_TEXT || ops[i].step == NC_DOC_RUN) && ops[i].text.len)
            return false;
    return true;
}

/* ------------------------------------------------------------ measuring */

/* Natural and least width are measured in one pass: two columns, two maxima. */
typedef struct measure {
    size_t prefix;        /* columns of the prefixes that are on */
    size_t column, chunk; /* behind the prefix: since the line, since the last place to break */
    size_t keeps;
    nc_extent most;
} measure;

static void end_chunk(measure *m)
{
    if (m->chunk && m->prefix + m->chunk > m->most.least)
        m->most.least = m->prefix + m->chunk;
    m->chunk = 0;
}

static void end_line(measure *m)
{
    end_chunk(m);
    if (m->column && m->prefix + m->column > m->most.natural)
        m->most.natural = m->prefix + m->column;
    m->column = 0;
}

/* Spaces count even where the printer drops them: so pandoc measures. */
static void measure_space(measure *m)
{
    m->column++;
    if (m->keeps)
        m->chunk++;
    else
        end_chunk(m);
}

static void measure_piece(measure *m, nc_bytes piece)
{
    size_t width = nc_text_width(piece);

    m->column += width;
    m->chunk += width;
}

static void measure_text(measure *m, nc_bytes text)
{
    while (text.len) {
        const char *stop = memchr(text.ptr, '\n', text.len);
        size_t length = stop ? (size_t)(stop - text.ptr) : text.len;

        if (length)
            measure_piece(m, (nc_bytes){ text.ptr, length });
        if (!stop)
            return;
        end_line(m);
        text = (nc_bytes){ stop + 1, text.len - length - 1 };
    }
}

static void measure_run(measure *m, nc_bytes run, bool keep_breaks)
{
    size_t from = 0;

    for (size_t at = 0; at <= run.len; at++) {
        if (at < run.len && run.ptr[at] != ' ' && run.ptr[at] != '\n')
            continue;
        if (at > from)
            measure_piece(m, (nc_bytes){ run.ptr + from, at - from });
        from = at + 1;
        if (at < run.len && run.ptr[at] == '\n' && keep_breaks)
            end_line(m);
        else if (at < run.len)
            measure_space(m);
    }
}

/* A prefix that begins in the middle of a line opens the next one; what stands there is taken to be
 * as wide (hang). */
static void measure_prefix(measure *m, nc_bytes prefix, bool on)
{
    size_t width = nc_text_width(prefix);

    if (!on)
        end_line(m);
    if (on && m->column) {
        if (m->prefix + m->column > m->most.natural)
            m->most.natural = m->prefix + m->column;
        m->column = m->column > width ? m->column - width : 0;
        m->chunk = m->chunk > width ? m->chunk - width : 0;
    }
    m->prefix = on ? m->prefix + width : m->prefix - width;
}

nc_extent nc_doc_measure(const nc_doc *doc)
{
    measure m = { 0 };

    for (size_t i = 0; doc && i < doc->ops.count; i++) {
        const nc_doc_op *ops = doc->ops.items, *op = ops + i;

        switch (op->step) {
        case NC_DOC_TEXT: measure_text(&m, op->text); break;
        case NC_DOC_RUN: measure_run(&m, op->text, op->count); break;
        case NC_DOC_SPACE: measure_space(&m); break;
        case NC_DOC_BREAKS: end_line(&m); break;
        case NC_DOC_CHOMP: break;
        case NC_DOC_PREFIX: measure_prefix(&m, op->text, true); break;
        case NC_DOC_PREFIX_END: measure_prefix(&m, op->text, false); break;
        case NC_DOC_KEEP: m.keeps++; break;
        case NC_DOC_KEEP_END: m.keeps--; break;
        }
    }
    end_line(&m);
    return m.most;
}

/* ------------------------------------------------------------ lines */

/* A line with no place to break is cut so that its last pieces are full. */
static void cut_line(nc_job *job, nc_list *lines, nc_bytes text, size_t columns, size_t width)
{
    size_t piece = width && columns > width ? columns % width : columns;

    if (piece == 0)
        piece = width;
    for (size_t at = 0, from = 0; from < text.len || from == 0;) {
        nc_line *line = nc_list_push(job, lines, sizeof(*line));
        size_t used = 0;

        if (!line)
            return;
        while (at < text.len) {
            size_t next = at, more = nc_character_width(text, &next);
            if (used && used + more > piece && columns > width)
                break;
            used += more;
            at = next;
        }
        *line = (nc_line){ { text.ptr + from, at - from }, used };
        from = at;
        piece = width;
        if (from == 0)
            return;
    }
}

static size_t count_lines(nc_bytes text)
{
    size_t count = 0;

    for (size_t i = 0; i < text.len; i++)
        count += text.ptr[i] == '\n';
    return count;
}

static void split_lines(nc_job *job, nc_list *lines, nc_bytes text, size_t width)
{
    lines->capacity = count_lines(text);
    lines->items = nc_alloc(job, lines->capacity * sizeof(nc_line));
    if (!lines->items)
        lines->capacity = 0;
    while (text.len) {
        const char *stop = memchr(text.ptr, '\n', text.len);
        size_t length = stop ? (size_t)(stop - text.ptr) : text.len;
        nc_bytes line = { text.ptr, length };

        cut_line(job, lines, line, nc_text_width(line), width);
        length += stop != NULL;
        text = (nc_bytes){ text.ptr + length, text.len - length };
    }
}

nc_lines nc_layout_lines(nc_layout *layout, const nc_doc *doc, size_t width)
{
    nc_list lines = { 0 };
    nc_layout *printer;
    nc_buf buf;

    if (!layout || !doc || layout->job->status)
        return (nc_lines){ 0 };
    if (!layout->lines_printer)
        layout->lines_printer = nc_layout_new(layout->job, NULL, width, layout->keep_breaks);
    printer = layout->lines_printer;
    if (!printer)
        return (nc_lines){ 0 };
    nc_buf_open(&buf, layout->job);
    printer->buf = &buf;
    nc_layout_reset(printer, width);
    nc_layout_play(printer, doc);
    nc_layout_finish(printer);
    printer->buf = NULL;
    split_lines(layout->job, &lines, nc_copy(layout->job, (nc_bytes){ buf.ptr, buf.len }), width);
    nc_buf_close(&buf);
    return (nc_lines){ lines.items, lines.count };
}
