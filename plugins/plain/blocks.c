/* SPDX-License-Identifier: MIT */
/* Blocks other than lists and tables. Each ends with a pending empty line; the layout makes one of
 * many. */
#include "plain.h"

bool plain_block(nc_out *out, const nc_node *node)
{
    if (node->attr)
        plain_lost(plain_of(out), node, LOST_ATTRIBUTES);
    return true;
}

void plain_block_close(nc_out *out, const nc_node *node)
{
    (void)node;
    nc_layout_blank_lines(layout_of(out), 1);
}

/* ------------------------------------------------------------ figures */

/* A bare figure that is one bare image is written as the caption in brackets. */
static bool is_image_figure(const nc_node *figure)
{
    const nc_node *body = figure->first;

    if (body && body->kind == NC_CAPTION)
        body = body->next;
    return !figure->attr && body && !body->next && body->kind == NC_PLAIN && body->first &&
           !body->first->next && body->first->kind == NC_IMAGE && !body->first->attr;
}

bool plain_figure_open(nc_out *out, const nc_node *node)
{
    plain_writer *writer = plain_of(out);

    if (node->attr)
        plain_lost(writer, node, LOST_ATTRIBUTES);
    if (is_image_figure(node)) {
        plain_lost(writer, node, LOST_IMAGE);
        nc_layout_text(writer->layout, NC_LITERAL("["));
        writer->figures++;
    }
    return true;
}

void plain_figure_close(nc_out *out, const nc_node *node)
{
    plain_writer *writer = plain_of(out);

    if (is_image_figure(node)) {
        writer->figures--;
        nc_layout_chomp(writer->layout);
        nc_layout_text(writer->layout, NC_LITERAL("]"));
    } else if (node->first && node->first->kind == NC_CAPTION && writer->captions.count) {
        nc_layout_play(writer->layout, writer->captions.items[--writer->captions.count]);
    }
    nc_layout_blank_lines(writer->layout, 1);
}

/* The caption of a figure with other content is lost in pandoc; here it follows, except under
 * --raw. Of a table it is kept for its close. */
bool plain_caption_open(nc_out *out, const nc_node *node)
{
    plain_writer *writer = plain_of(out);

    if (node->parent->kind == NC_FIGURE && is_image_figure(node->parent))
        return true;
    nc_layout_record(writer->layout);
    if (node->parent->kind == NC_TABLE || !writer->settings->raw)
        return true;
    if (node->first)
        plain_lost(writer, node, LOST_CAPTION);
    return false;
}

void plain_caption_close(nc_out *out, const nc_node *node)
{
    plain_writer *writer = plain_of(out);

    if (node->parent->kind != NC_FIGURE || !is_image_figure(node->parent))
        plain_push(writer, &writer->captions, nc_layout_recorded(writer->layout));
}

bool plain_short_caption(nc_out *out, const nc_node *node)
{
    plain_lost(plain_of(out), node, LOST_SHORT_CAPTION);
    return false;
}

/* ------------------------------------------------------------ paragraphs */

bool plain_paragraph_open(nc_out *out, const nc_node *node)
{
    (void)out;
    return node->parent->kind != NC_FIGURE || node->kind != NC_PLAIN ||
           !is_image_figure(node->parent);
}

/* Where Plain stands for itself: in lists, and before raw blocks. */
static bool is_open_ended(const plain_writer *writer, const nc_node *node)
{
    return node->kind == NC_PLAIN && (writer->lists || (nc_bit(node->next) & NC_BIT(RAW_BLOCK)));
}

void plain_paragraph_close(nc_out *out, const nc_node *node)
{
    plain_writer *writer = plain_of(out);

    const nc_node *around = node->parent;

    if (around->kind == NC_CAPTION && (around->parent->kind == NC_TABLE || writer->figures))
        nc_layout_line_end(writer->layout);
    else
        nc_layout_blank_lines(writer->layout, is_open_ended(writer, node) ? 0 : 1);
}

bool plain_header_open(nc_out *out, const nc_node *node)
{
    plain_writer *writer = plain_of(out);

    if (node->attr)
        plain_lost(writer, node, LOST_ATTRIBUTES);
    plain_lost(writer, node, LOST_LEVEL);
    nc_layout_keep(writer->layout);
    writer->in_header = true;
    return true;
}

void plain_header_close(nc_out *out, const nc_node *node)
{
    plain_of(out)->in_header = false;
    nc_layout_keep_end(layout_of(out));
    plain_block_close(out, node);
}

bool plain_quote_open(nc_out *out, const nc_node *node)
{
    (void)node;
    nc_layout_text(layout_of(out), NC_LITERAL("  "));
    nc_layout_prefix(layout_of(out), NC_LITERAL("  "));
    return true;
}

void plain_quote_close(nc_out *out, const nc_node *node)
{
    nc_layout_prefix_end(layout_of(out));
    plain_block_close(out, node);
}

/* A line of a line block; an empty one is an empty line. */
void plain_line_close(nc_out *out, const nc_node *node)
{
    nc_layout_blank_lines(layout_of(out), node->first ? 0 : 1);
}

/* ------------------------------------------------------------ code, raw text, rules */

static nc_bytes strip_newlines(nc_bytes text)
{
    while (text.len && text.ptr[0] == '\n') {
        text.ptr++;
        text.len--;
    }
    while (text.len && text.ptr[text.len - 1] == '\n')
        text.len--;
    return text;
}

bool plain_code_block(nc_out *out, const nc_node *node)
{
    nc_layout *layout = layout_of(out);
    nc_bytes text = strip_newlines(node->code->text);

    if (node->attr)
        plain_lost(plain_of(out), node, LOST_ATTRIBUTES);
    if (text.len == 0)
        return false;
    nc_layout_text(layout, NC_LITERAL("    "));
    nc_layout_prefix(layout, NC_LITERAL("    "));
    nc_layout_text(layout, text);
    nc_layout_prefix_end(layout);
    return false;
}

bool plain_raw_block(nc_out *out, const nc_node *node)
{
    nc_bytes text = node->raw->text;
    nc_layout *layout = layout_of(out);

    if (!nc_is(node->raw->format, "plain")) {
        plain_lost(plain_of(out), node, LOST_RAW_BLOCK);
        return false;
    }
    if (text.len == 0)
        return false;
    nc_layout_text(layout, text);
    if (text.ptr[text.len - 1] == '\n' ||
        (node->next && !(nc_bit(node->next) & (NC_BIT(PLAIN) | NC_BIT(RAW_BLOCK)))))
        nc_layout_blank_lines(layout, 1);
    else
        nc_layout_line_end(layout);
    return false;
}

bool plain_rule(nc_out *out, const nc_node *node)
{
    plain_writer *writer = plain_of(out);
    size_t columns = writer->settings->columns > 0 ? (size_t)writer->settings->columns : 1;
    char *dashes = nc_alloc(writer->job, columns);

    (void)node;
    if (!dashes)
        return false;
    memset(dashes, '-', columns);
    nc_layout_blank_lines(writer->layout, 1);
    nc_layout_text(writer->layout, (nc_bytes){ dashes, columns });
    nc_layout_blank_lines(writer->layout, 1);
    return false;
}
