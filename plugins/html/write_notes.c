/* SPDX-License-Identifier: MIT */
/* Notes: a number in the text, and the text of all notes at the end. */
#include "plugins/html/write_rules.h"

static bool note_add(html_writer *w, const nc_node *note)
{
    if (w->note_count == w->note_capacity) {
        size_t capacity = w->note_capacity ? w->note_capacity * 2 : 16;
        const nc_node **notes = nc_alloc(w->job, capacity * sizeof *notes);
        if (!notes)
            return false;
        if (w->note_count)
            memcpy(notes, w->notes, w->note_count * sizeof *notes);
        w->notes = notes;
        w->note_capacity = capacity;
    }
    w->notes[w->note_count++] = note;
    return true;
}

static void put_numbered(html_writer *w, const char *name, const char *before, size_t number)
{
    html_gap(w);
    nc_put(w->buf, nc_string(name));
    HTML_PUT(w, "=\"");
    nc_put(w->buf, nc_string(before));
    nc_put_int(w->buf, (int64_t)number);
    HTML_PUT(w, "\"");
}

static void put_call(html_writer *w, size_t number)
{
    HTML_PUT(w, "<a");
    put_numbered(w, "href", "#fn", number);
    html_attribute(w, "class", NC_LITERAL("footnote-ref"));
    put_numbered(w, "id", "fnref", number);
    html_attribute(w, "role", NC_LITERAL("doc-noteref"));
    HTML_PUT(w, "><sup>");
    nc_put_int(w->buf, (int64_t)number);
    HTML_PUT(w, "</sup></a>");
}

static void put_backlink(html_writer *w)
{
    HTML_PUT(w, "<a");
    put_numbered(w, "href", "#fnref", w->note_number);
    html_attribute(w, "class", NC_LITERAL("footnote-back"));
    html_attribute(w, "role", NC_LITERAL("doc-backlink"));
    HTML_PUT(w, ">\xe2\x86\xa9\xef\xb8\x8e</a>");
}

void html_backlink(html_writer *w, const nc_node *node)
{
    if (w->note && w->note->last == node)
        put_backlink(w);
}

/* A note met on the way is kept for the end; there it is the root of a walk of its own. */
bool html_note_open(nc_out *out, const nc_node *node)
{
    html_writer *w = html_writer_of(out);

    if (node == w->note) {
        HTML_PUT(w, "<li");
        put_numbered(w, "id", "fn", w->note_number);
        HTML_PUT(w, ">");
        w->fresh = true;
        return true;
    }
    if (w->bare)
        nc_warn(w->job, node, NC_WARN_INLINE, "a note in the metadata was left out");
    else if (!w->toc && note_add(w, node))
        put_call(w, w->note_count);
    return false;
}

void html_note_close(nc_out *out, const nc_node *node)
{
    html_writer *w = html_writer_of(out);

    if (node != w->note)
        return;
    if (node->last && !(nc_bit(node->last) & (NC_BIT(PARA) | NC_BIT(PLAIN)))) {
        html_newline(w);
        put_backlink(w);
    }
    HTML_PUT(w, "</li>");
    html_newline(w);
}

void html_notes(html_writer *w)
{
    if (!w->note_count)
        return;
    if (!w->fresh)
        html_newline(w);
    HTML_PUT(w, "<section");
    html_attribute(w, "id", NC_LITERAL("footnotes"));
    html_attribute(w, "class", NC_LITERAL("footnotes footnotes-end-of-document"));
    html_attribute(w, "role", NC_LITERAL("doc-endnotes"));
    HTML_PUT(w, ">");
    html_newline(w);
    HTML_PUT(w, "<hr />");
    html_newline(w);
    HTML_PUT(w, "<ol>");
    html_newline(w);
    /* Notes in notes lengthen the list while it is written. */
    for (size_t i = 0; i < w->note_count && nc_job_status(w->job) == NC_OK; i++) {
        w->note = w->notes[i];
        w->note_number = i + 1;
        html_render(w, w->note);
    }
    w->note = NULL;
    HTML_PUT(w, "</ol>");
    html_newline(w);
    HTML_PUT(w, "</section>");
}
