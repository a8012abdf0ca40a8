/* SPDX-License-Identifier: MIT */
/* Footnotes and comments: written into parts of their own as the walk comes by. Word has neither
 * inside another. */
#include "docx.h"

/* Turn to another part, with nothing inherited but language and direction. */
static void turn_aside(docx *d, part_id id, style_id style)
{
    text_format text = { .bits = d->now.text.bits & RIGHT_TO_LEFT, .lang = d->now.text.lang };

    docx_run_close(d);
    docx_context_push(d);
    d->now.text = text;
    d->now.paragraph = &d->styles[style];
    d->now.alignment = NC_ALIGN_DEFAULT;
    d->now.list_level = -1;
    d->now.in_link = false;
    d->now.opened = true;
    d->body.has_block = d->has_block;
    d->body.after_table = d->after_table;
    d->has_block = d->after_table = false;
    d->part = &d->parts[id];
    d->xml = &d->part->xml;
    d->aside = true;
}

static void turn_back(docx *d)
{
    docx_run_close(d);
    if (!d->has_block || d->after_table)
        docx_put_empty_paragraph(d);
    d->part = &d->parts[PART_DOCUMENT];
    d->xml = &d->part->xml;
    d->has_block = d->body.has_block;
    d->after_table = d->body.after_table;
    d->aside = d->note_pending = false;
    docx_context_pop(d);
}

static void put_style(docx *d, style_id style)
{
    NC_PUT(d->xml, "<w:r><w:rPr><w:rStyle w:val=\"");
    nc_put(d->xml, d->styles[style].id);
    NC_PUT(d->xml, "\"/></w:rPr>");
}

void docx_put_note_number(docx *d)
{
    d->note_pending = false;
    put_style(d, d->part == &d->parts[PART_COMMENTS] ? STYLE_COMMENT_REFERENCE
                                                     : STYLE_FOOTNOTE_REFERENCE);
    if (d->part == &d->parts[PART_COMMENTS]) {
        NC_PUT(d->xml, "<w:annotationRef/></w:r>");
        return;
    }
    NC_PUT(d->xml, "<w:footnoteRef/></w:r>");
    docx_put_text(d, NC_LITERAL(" "));
}

/* The text of a note that has no part to go to, in brackets. */
static void put_in_brackets(docx *d, const nc_node *node)
{
    docx_put_text(d, NC_LITERAL(" ["));
    for (const nc_node *block = node->first; block; block = block->next) {
        if (block->previous)
            docx_put_text(d, NC_LITERAL(" "));
        docx_put_text(d, nc_stringify(d->job, block));
    }
    docx_put_text(d, NC_LITERAL("]"));
}

bool docx_open_note(nc_out *out, const nc_node *node)
{
    docx *d = docx_of(out);

    if (d->aside) {
        nc_warn(d->job, node, NC_WARN_LOSS, "a note inside a note stands in brackets");
        docx_context_push(d);
        put_in_brackets(d, node);
        return false;
    }
    docx_run_close(d);
    d->footnote_count++;
    put_style(d, STYLE_FOOTNOTE_REFERENCE);
    NC_PUT(d->xml, "<w:footnoteReference w:id=\"");
    nc_put_int(d->xml, d->footnote_count);
    NC_PUT(d->xml, "\"/></w:r>");
    turn_aside(d, PART_FOOTNOTES, STYLE_FOOTNOTE_TEXT);
    NC_PUT(d->xml, "<w:footnote w:id=\"");
    nc_put_int(d->xml, d->footnote_count);
    NC_PUT(d->xml, "\">");
    d->note_pending = true;
    if (!(nc_bit(node->first) & (NC_BIT(PLAIN) | NC_BIT(PARA)))) {
        docx_begin_paragraph(d, NULL);
        docx_end_paragraph(d);
    }
    return true;
}

void docx_close_note(nc_out *out, const nc_node *node)
{
    docx *d = docx_of(out);

    (void)node;
    if (!d->now.opened) {
        docx_context_pop(d);
        return;
    }
    turn_back(d);
    NC_PUT(&d->parts[PART_FOOTNOTES].xml, "</w:footnote>");
}

/* ------------------------------------------------------------ comments, which pandoc's docx
 * reader makes of spans */

static nc_bytes comment_id(const nc_node *span)
{
    nc_bytes id = nc_attr_value(span->attr, "id");

    return id.len ? id : span->attr->id;
}

static void put_range(docx *d, const char *element, int64_t number)
{
    NC_PUT(d->xml, "<w:");
    nc_put(d->xml, nc_string(element));
    NC_PUT(d->xml, " w:id=\"");
    nc_put_int(d->xml, number);
    NC_PUT(d->xml, "\"/>");
}

static bool end_comment(docx *d, const nc_node *span)
{
    map_entry *entry = docx_map_find(&d->comments, comment_id(span));

    if (!entry || entry->number < 0 || d->aside)
        return true;
    docx_run_close(d);
    put_range(d, "commentRangeEnd", entry->number);
    put_style(d, STYLE_COMMENT_REFERENCE);
    put_range(d, "commentReference", entry->number);
    NC_PUT(d->xml, "</w:r>");
    entry->number = -1;
    return true;
}

static void put_comment_start(docx *d, const nc_node *span, int64_t number)
{
    nc_bytes author = nc_attr_value(span->attr, "author"), date = nc_attr_value(span->attr, "date");
    nc_bytes initials = nc_attr_value(span->attr, "initials");

    NC_PUT(d->xml, "<w:comment w:id=\"");
    nc_put_int(d->xml, number);
    NC_PUT(d->xml, "\" w:author=\"");
    docx_put_escaped(d, d->xml, author.len ? author : NC_LITERAL("unknown"));
    if (docx_is_date(date)) {
        NC_PUT(d->xml, "\" w:date=\"");
        nc_put(d->xml, date);
    }
    if (initials.len) {
        NC_PUT(d->xml, "\" w:initials=\"");
        docx_put_escaped(d, d->xml, initials);
    }
    NC_PUT(d->xml, "\">");
}

/* The content of the starting span is the comment; what it speaks of ends at the ending span. */
bool docx_open_comment(docx *d, const nc_node *span)
{
    nc_bytes id = comment_id(span);
    map_entry *entry;
    int64_t number;

    docx_context_push(d);
    if (nc_attr_has_class(span->attr, "comment-end"))
        return end_comment(d, span);
    if (d->aside || docx_map_find(&d->comments, id)) {
        nc_warn(d->job, span, NC_WARN_INLINE,
                "a comment inside a note, or whose id is taken, is left out");
        return false;
    }
    entry = docx_map_add(d->job, &d->comments, id);
    if (!entry)
        return false;
    entry->number = number = d->comment_count++;
    docx_run_close(d);
    put_range(d, "commentRangeStart", number);
    docx_context_pop(d);
    turn_aside(d, PART_COMMENTS, STYLE_COMMENT_TEXT);
    put_comment_start(d, span, number);
    d->note_pending = true;
    docx_begin_paragraph(d, NULL);
    return true;
}

void docx_close_comment(docx *d, const nc_node *span)
{
    if (nc_attr_has_class(span->attr, "comment-end") || !d->now.opened) {
        docx_context_pop(d);
        return;
    }
    docx_end_paragraph(d);
    turn_back(d);
    NC_PUT(&d->parts[PART_COMMENTS].xml, "</w:comment>");
}

/* Comments that never ended: their range is closed behind the text. */
void docx_end_comments(docx *d)
{
    for (map_entry *entry = d->comments.first; entry; entry = entry->next) {
        if (entry->number < 0)
            continue;
        NC_PUT(d->xml, "<w:p>");
        put_range(d, "commentRangeEnd", entry->number);
        put_style(d, STYLE_COMMENT_REFERENCE);
        put_range(d, "commentReference", entry->number);
        NC_PUT(d->xml, "</w:r></w:p>");
    }
}
