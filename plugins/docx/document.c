/* SPDX-License-Identifier: MIT */
/* Blocks: paragraphs and what holds them. Which style a paragraph gets follows pandoc: the
 * innermost of quotation, definition, custom-style and so on; else First Paragraph behind a
 * heading, list or table, else Body Text. */
#include "docx.h"
#include "parts.h"

static void put_paragraph_properties(docx *d, const docx_style *style)
{
    static const char *const alignments[] = { "left", "right", "center" };
    nc_buf *xml = d->xml;

    NC_PUT(xml, "<w:pPr><w:pStyle w:val=\"");
    nc_put(xml, style->id);
    NC_PUT(xml, "\"/>");
    if (d->now.list_level >= 0 && !d->display_math)
        docx_put_number(d);
    d->number_used = true;
    d->display_math = false;
    if (d->now.text.bits & RIGHT_TO_LEFT)
        NC_PUT(xml, "<w:bidi/>");
    if (d->now.alignment != NC_ALIGN_DEFAULT) {
        NC_PUT(xml, "<w:jc w:val=\"");
        nc_put(xml, nc_string(alignments[d->now.alignment]));
        NC_PUT(xml, "\"/>");
    }
    NC_PUT(xml, "</w:pPr>");
}

void docx_begin_paragraph(docx *d, const docx_style *style)
{
    bool first = d->first_paragraph && d->now.list_level < 0 && !d->table;

    if (!style)
        style = d->now.paragraph;
    if (!style)
        style = &d->styles[first ? STYLE_FIRST_PARAGRAPH : STYLE_BODY_TEXT];
    NC_PUT(d->xml, "<w:p>");
    put_paragraph_properties(d, style);
    d->first_paragraph = false;
    d->has_block = true;
    d->after_table = false;
    if (d->note_pending)
        docx_put_note_number(d);
}

void docx_end_paragraph(docx *d)
{
    docx_run_close(d);
    NC_PUT(d->xml, "</w:p>");
}

void docx_put_empty_paragraph(docx *d)
{
    NC_PUT(d->xml, "<w:p><w:pPr><w:pStyle w:val=\"");
    nc_put(d->xml, d->styles[STYLE_COMPACT].id);
    NC_PUT(d->xml, "\"/></w:pPr></w:p>");
    d->has_block = true;
    d->after_table = false;
}

/* ------------------------------------------------------------ paragraphs */

/* A paragraph of nothing is nothing, unless it carries the number of its note. */
static bool is_written(docx *d, const nc_node *node)
{
    d->display_math = docx_is_display(node->first);
    return node->first || d->note_pending;
}

bool docx_open_paragraph(nc_out *out, const nc_node *node)
{
    docx *d = docx_of(out);

    docx_context_push(d);
    d->now.opened = is_written(d, node);
    d->now.block_style = NULL;
    if (!d->now.opened)
        return false;
    docx_begin_paragraph(d, NULL);
    docx_put_dateline(d);
    return true;
}

bool docx_open_plain(nc_out *out, const nc_node *node)
{
    docx *d = docx_of(out);

    if (!d->in_table && !d->now.in_list)
        return docx_open_paragraph(out, node);
    docx_context_push(d);
    d->now.opened = is_written(d, node);
    if (d->now.opened)
        docx_begin_paragraph(d, d->now.block_style = &d->styles[STYLE_COMPACT]);
    return d->now.opened;
}

/* Closes everything that opened a paragraph in a frame of its own. */
void docx_close_paragraph(nc_out *out, const nc_node *node)
{
    docx *d = docx_of(out);

    (void)node;
    if (d->now.opened)
        docx_end_paragraph(d);
    docx_close_bookmark(d, d->now.bookmark);
    docx_context_pop(d);
}

void docx_close_plain(nc_out *out, const nc_node *node)
{
    docx_close_paragraph(out, node);
}

bool docx_open_term(nc_out *out, const nc_node *node)
{
    docx *d = docx_of(out);

    docx_context_push(d);
    d->now.opened = is_written(d, node);
    if (d->now.opened)
        docx_begin_paragraph(d, &d->styles[STYLE_DEFINITION_TERM]);
    return true;
}

void docx_close_term(nc_out *out, const nc_node *node)
{
    docx_close_paragraph(out, node);
}

bool docx_open_line_block(nc_out *out, const nc_node *node)
{
    return docx_open_paragraph(out, node);
}

void docx_close_line_block(nc_out *out, const nc_node *node)
{
    docx_close_paragraph(out, node);
}

bool docx_open_line(nc_out *out, const nc_node *node)
{
    if (node->previous)
        docx_put_break(docx_of(out));
    return true;
}

void docx_close_line(nc_out *out, const nc_node *node)
{
    (void)out;
    (void)node;
}

/* ------------------------------------------------------------ headings */

static void put_section_number(docx *d, const nc_node *node, int level)
{
    const docx_style *style = d->now.text.style;

    if (!d->settings->number_sections || nc_attr_has_class(node->attr, "unnumbered"))
        return;
    d->heading_numbers[level]++;
    memset(d->heading_numbers + level + 1, 0, sizeof(int64_t) * (size_t)(9 - level));
    d->now.text.style = &d->styles[STYLE_SECTION_NUMBER];
    docx_run_open(d);
    for (int i = 1; i <= level; i++)
        docx_put_text(d,
                      nc_print(d->job, i > 1 ? ".%lld" : "%lld", (long long)d->heading_numbers[i]));
    docx_put_text(d, NC_LITERAL("\t"));
    d->now.text.style = style;
}

bool docx_open_header(nc_out *out, const nc_node *node)
{
    docx *d = docx_of(out);
    int level = node->level < 1 ? 1 : node->level > 9 ? 9 : (int)node->level;
    nc_bytes custom = nc_attr_value(node->attr, "custom-style");

    if (node->level != level)
        nc_warn(d->job, node, NC_WARN_LOSS, "headings have the levels 1 to 9 in docx");
    docx_warn_of_attributes(d, node, "unnumbered unlisted ", "custom-style dir lang number ");
    docx_context_push(d);
    docx_apply_attributes(d, node);
    d->now.bookmark = docx_open_bookmark(d, node);
    d->now.opened = true;
    docx_begin_paragraph(d, custom.len ? docx_style_named(d, PARAGRAPH_STYLE, custom)
                                       : &d->styles[STYLE_HEADING_1 + level - 1]);
    put_section_number(d, node, level);
    return true;
}

void docx_close_header(nc_out *out, const nc_node *node)
{
    docx_close_paragraph(out, node);
    docx_of(out)->first_paragraph = true;
}

/* ------------------------------------------------------------ what holds blocks */

bool docx_open_quote(nc_out *out, const nc_node *node)
{
    docx *d = docx_of(out);

    (void)node;
    docx_context_push(d);
    d->now.paragraph = &d->styles[d->aside ? STYLE_FOOTNOTE_BLOCK_TEXT : STYLE_BLOCK_TEXT];
    return true;
}

void docx_close_quote(nc_out *out, const nc_node *node)
{
    docx *d = docx_of(out);

    (void)node;
    docx_context_pop(d);
    d->first_paragraph = true;
}

bool docx_open_definition(nc_out *out, const nc_node *node)
{
    docx *d = docx_of(out);

    (void)node;
    docx_context_push(d);
    d->now.paragraph = &d->styles[STYLE_DEFINITION];
    return true;
}

void docx_close_definition(nc_out *out, const nc_node *node)
{
    (void)node;
    docx_context_pop(docx_of(out));
}

void docx_close_definition_list(nc_out *out, const nc_node *node)
{
    (void)node;
    docx_of(out)->first_paragraph = true;
}

bool docx_open_div(nc_out *out, const nc_node *node)
{
    docx *d = docx_of(out);
    nc_bytes custom = nc_attr_value(node->attr, "custom-style");

    docx_context_push(d);
    docx_warn_of_attributes(d, node, "section ", "custom-style dir lang ");
    d->now.bookmark = docx_open_bookmark(d, node);
    if (custom.len)
        d->now.paragraph = docx_style_named(d, PARAGRAPH_STYLE, custom);
    if (node->attr && nc_is(node->attr->id, "refs"))
        d->now.paragraph = &d->styles[STYLE_BIBLIOGRAPHY];
    docx_apply_attributes(d, node);
    return true;
}

void docx_close_div(nc_out *out, const nc_node *node)
{
    docx *d = docx_of(out);

    (void)node;
    docx_close_bookmark(d, d->now.bookmark);
    docx_context_pop(d);
}

bool docx_open_code_block(nc_out *out, const nc_node *node)
{
    docx *d = docx_of(out);
    int64_t bookmark;

    docx_warn_of_attributes(d, node, "", "");
    bookmark = docx_open_bookmark(d, node);
    docx_begin_paragraph(d, &d->styles[STYLE_SOURCE_CODE]);
    docx_put_code(d, node->code->text);
    docx_end_paragraph(d);
    docx_close_bookmark(d, bookmark);
    d->first_paragraph = true;
    return false;
}

bool docx_open_rule(nc_out *out, const nc_node *node)
{
    docx *d = docx_of(out);

    (void)node;
    NC_PUT(d->xml,
           "<w:p><w:r><w:pict><v:rect style=\"width:0;height:1.5pt\" o:hralign=\"center\" "
           "o:hrstd=\"t\" o:hr=\"t\" fillcolor=\"#a0a0a0\" stroked=\"f\"/></w:pict></w:r></w:p>");
    d->has_block = d->first_paragraph = true;
    d->after_table = false;
    return false;
}

/* ------------------------------------------------------------ figures */

/* A picture alone, which stands in a paragraph of its own; NULL: something else, as is for pandoc
 * one that could not be had. */
static const nc_node *only_picture(docx *d, const nc_node *figure)
{
    const nc_node *block = figure->first;

    while (block && block->kind == NC_CAPTION)
        block = block->next;
    if (!block || block->next || !(nc_bit(block) & (NC_BIT(PLAIN) | NC_BIT(PARA))))
        return NULL;
    if (!block->first || block->first != block->last || block->first->kind != NC_IMAGE)
        return NULL;
    return docx_find_medium(d, block->first)->media || !d->settings->raw ? block->first : NULL;
}

/* Everything else goes side by side into the cells of a table without rules. */
static void put_figure_table(docx *d, const nc_node *figure)
{
    docx_table *table = docx_open_grid(d, figure);
    double share = d->image_share;

    d->in_table = true;
    for (const nc_node *block = figure->first; block; block = block->next) {
        if (block->kind == NC_CAPTION)
            continue;
        docx_open_grid_cell(d, table);
        d->image_share = share / (double)docx_grid_columns(table);
        nc_render(&d->out, block);
        docx_close_grid_cell(d);
    }
    d->image_share = share;
    docx_close_grid(d);
    d->in_table = false;
}

static void put_figure_caption(docx *d, const nc_node *figure)
{
    const nc_node *caption = figure->first;

    if (caption && caption->kind == NC_CAPTION)
        nc_render(&d->out, caption);
}

static bool has_caption(const nc_node *figure)
{
    const nc_node *caption = figure->first;

    return caption && caption->kind == NC_CAPTION && caption->last &&
           caption->last->kind != NC_SHORT_CAPTION;
}

/* The caption goes below, so a figure is written at once rather than as the walk comes by;
 * figures in figures are many only in hostile input, and are then written in order. */
bool docx_open_figure(nc_out *out, const nc_node *node)
{
    docx *d = docx_of(out);
    const nc_node *picture;

    docx_context_push(d);
    docx_warn_of_attributes(d, node, "", "");
    d->now.bookmark = docx_open_bookmark(d, node);
    d->first_paragraph = true;
    if (d->figure_depth >= MOST_FIGURE_DEPTH || d->table_depth >= MOST_TABLE_DEPTH)
        return true;
    d->figure_depth++;
    picture = only_picture(d, node);
    if (picture) {
        docx_begin_paragraph(d,
                             &d->styles[has_caption(node) ? STYLE_CAPTIONED_FIGURE : STYLE_FIGURE]);
        nc_render(&d->out, picture);
        docx_end_paragraph(d);
    } else if (node->last && node->last->kind != NC_CAPTION) {
        put_figure_table(d, node);
    }
    put_figure_caption(d, node);
    d->figure_depth--;
    return false;
}

void docx_close_figure(nc_out *out, const nc_node *node)
{
    docx_close_div(out, node);
}
