/* SPDX-License-Identifier: MIT */
/* Reading HTML: paragraphs, headings, divisions, quotes, code, figures. */
#include "plugins/html/read.h"

/* ---------------------------------------------------------------- paragraphs and headings */

static html_frame *open_leaf(html_reader *reader, dom_node *element, nc_node *leaf)
{
    html_end_leaf(reader, true);
    nc_append(reader->job, html_container(reader), leaf);
    return html_push(reader, element, HTML_LEAF, leaf);
}

static void close_paragraph(html_reader *reader, html_frame *frame)
{
    nc_trim(reader->job, frame->node);
    if (frame->node && !frame->node->first && !reader->options->empty_paragraphs)
        nc_detach(frame->node);
}

bool html_open_paragraph(html_reader *reader, dom_node *element)
{
    html_frame *frame = open_leaf(reader, element, nc_node_new(reader->job, NC_PARA));

    frame->close = close_paragraph;
    return true;
}

static void close_heading(html_reader *reader, html_frame *frame)
{
    nc_node *heading = frame->node;

    nc_trim(reader->job, heading);
    if (heading && reader->options->auto_identifiers && !(heading->attr && heading->attr->id.len)) {
        const nc_attr *old = heading->attr;

        heading->attr = nc_attr_new(reader->job, html_new_identifier(reader, heading),
                                    old ? old->classes : NULL, old ? old->class_count : 0,
                                    old ? old->pairs : NULL, old ? old->pair_count : 0);
    } else if (heading && heading->attr) {
        html_note_identifier(reader, heading->attr->id);
    }
}

bool html_open_heading(html_reader *reader, dom_node *element)
{
    html_frame *frame = open_leaf(reader, element, nc_node_new(reader->job, NC_HEADER));

    if (frame->node) {
        frame->node->level = dom_node_tag(element) - DOM_H1 + 1;
        frame->node->attr = html_attr(reader->job, element, NULL, NULL);
    }
    frame->close = close_heading;
    return true;
}

/* ---------------------------------------------------------------- divisions */

/* A heading with the identifier of the division that it opens leaves it to the division. */
static void close_div(html_reader *reader, html_frame *frame)
{
    nc_node *heading = frame->node ? frame->node->first : NULL;
    const nc_attr *attr = frame->node ? frame->node->attr : NULL;

    if (heading && heading->kind == NC_HEADER && heading->attr && attr && attr->id.len &&
        nc_same(heading->attr->id, attr->id))
        heading->attr = nc_attr_new(reader->job, (nc_bytes){ NULL, 0 }, heading->attr->classes,
                                    heading->attr->class_count, heading->attr->pairs,
                                    heading->attr->pair_count);
}

/* A section of notes that have all gone to where they are referred to. */
static void close_notes(html_reader *reader, html_frame *frame)
{
    close_div(reader, frame);
    if (frame->node && !frame->node->first)
        nc_detach(frame->node);
}

static const nc_attr *main_attr(html_reader *reader, dom_node *element, const char *extra)
{
    const nc_attr *attr = html_attr(reader->job, element, NULL, extra);
    nc_pair few[16], *pairs = few;
    size_t count = attr ? attr->pair_count : 0;

    if (nc_attr_value(attr, "role").ptr)
        return attr->class_count || attr->id.len || count > 1 ? attr : NULL;
    if (count >= 16)
        pairs = nc_alloc(reader->job, (count + 1) * sizeof *pairs);
    if (!attr || !pairs)
        return NULL;
    pairs[0] = (nc_pair){ NC_LITERAL("role"), NC_LITERAL("main") };
    if (count)
        memcpy(pairs + 1, attr->pairs, count * sizeof *pairs);
    return nc_attr_new(reader->job, attr->id, attr->classes, attr->class_count, pairs, count + 1);
}

/* A LineBlock: its content, gathered in a Plain, is cut at the breaks. */
static void close_lines(html_reader *reader, html_frame *frame)
{
    nc_job *job = reader->job;
    nc_node *block = nc_node_new(job, NC_LINE_BLOCK), *line = NULL, *next;

    if (!block || !frame->node)
        return;
    nc_insert_before(job, frame->node, block);
    line = nc_append(job, block, nc_node_new(job, NC_LINE));
    for (nc_node *node = frame->node->first; node; node = next) {
        next = node->next;
        nc_detach(node);
        if (node->kind == NC_LINE_BREAK)
            line = nc_append(job, block, nc_node_new(job, NC_LINE));
        else
            nc_append(job, line, node);
    }
    for (line = block->first; line; line = line->next)
        nc_trim(job, line);
    nc_detach(frame->node);
}

static bool holds_blocks(const dom_node *element)
{
    for (const dom_node *node = dom_first(element); node;
         node = dom_following(element, node, false))
        if (dom_node_kind(node) == DOM_ELEMENT &&
            dom_tags[dom_node_tag(node)].content >= DOM_IS_BLOCK)
            return true;
    return false;
}

static bool open_lines(html_reader *reader, dom_node *element)
{
    if (holds_blocks(element)) {
        html_end_leaf(reader, true);
        return true;
    }
    open_leaf(reader, element, nc_node_new(reader->job, NC_PLAIN))->close = close_lines;
    return true;
}

bool html_open_div(html_reader *reader, dom_node *element)
{
    dom_tag tag = dom_node_tag(element);
    bool named = tag == DOM_SECTION || tag == DOM_HEADER || tag == DOM_ASIDE;
    bool notes = html_is_note_section(reader, element);
    const char *extra = named && !notes ? dom_tags[tag].name : NULL;
    const nc_attr *attr;
    html_frame *frame;

    if (tag == DOM_DIV && reader->options->line_blocks &&
        nc_is(dom_value(element, "class"), "line-block"))
        return open_lines(reader, element);
    if (html_is_chapter(reader, element)) {
        html_end_leaf(reader, true);
        return true;
    }
    attr = html_is_main(element) ? main_attr(reader, element, extra)
                                 : html_attr(reader->job, element, NULL, extra);
    html_end_leaf(reader, !named);
    if (!reader->options->native_divs || (html_is_main(element) && !attr)) {
        html_keep_tag(reader, element, false);
        return true;
    }
    frame = html_open_block(reader, element, nc_node_new(reader->job, NC_DIV));
    if (frame->node)
        frame->node->attr = attr;
    frame->close = notes ? close_notes : close_div;
    return true;
}

static void close_quote_block(html_reader *reader, html_frame *frame)
{
    html_fix_plains(reader, frame->node, false);
}

bool html_open_quote_block(html_reader *reader, dom_node *element)
{
    html_end_leaf(reader, false);
    html_open_block(reader, element, nc_node_new(reader->job, NC_BLOCK_QUOTE))->close =
        close_quote_block;
    return true;
}

bool html_open_rule(html_reader *reader, dom_node *element)
{
    (void)element;
    html_end_leaf(reader, false);
    html_open_block(reader, NULL, nc_node_new(reader->job, NC_HORIZONTAL_RULE));
    return false;
}

/* ---------------------------------------------------------------- code */

/* A line feed behind the start tag is dropped by HTML, but pandoc keeps it. */
static bool begins_with_line_feed(const dom_node *element)
{
    nc_bytes source = dom_source(element);
    char quote = 0;

    for (size_t i = 0; i + 1 < source.len; i++) {
        char c = source.ptr[i];

        if (quote)
            quote = c == quote ? 0 : quote;
        else if (c == '"' || c == '\'')
            quote = c;
        else if (c == '>')
            return source.ptr[i + 1] == '\n' || source.ptr[i + 1] == '\r';
    }
    return false;
}

static const nc_attr *with_language(html_reader *reader, const nc_attr *attr)
{
    static const char prefix[] = "language-";
    size_t len = sizeof prefix - 1;
    nc_bytes few[16], *classes = few;

    if (!attr || !attr->class_count)
        return attr;
    if (attr->class_count > 16)
        classes = nc_alloc(reader->job, attr->class_count * sizeof *classes);
    for (size_t i = 0; classes && i < attr->class_count; i++) {
        nc_bytes name = attr->classes[i];

        if (name.len > len && memcmp(name.ptr, prefix, len) == 0)
            name = (nc_bytes){ name.ptr + len, name.len - len };
        classes[i] = name;
    }
    return classes ? nc_attr_new(reader->job, attr->id, classes, attr->class_count, attr->pairs,
                                 attr->pair_count)
                   : attr;
}

/* The attr of a pre; where it has none, that of the code element that it begins with. */
static const nc_attr *pre_attr(html_reader *reader, dom_node *element)
{
    const nc_attr *attr = html_attr(reader->job, element, NULL, NULL);
    const dom_node *code = dom_first(element);

    if (attr || !code || dom_node_tag(code) != DOM_CODE)
        return attr;
    return with_language(reader, html_attr(reader->job, code, NULL, NULL));
}

bool html_open_pre(html_reader *reader, dom_node *element)
{
    nc_node *block = nc_node_new(reader->job, NC_CODE_BLOCK);
    nc_bytes text = html_all_text(reader, element);

    if (begins_with_line_feed(element))
        text = nc_print(reader->job, "\n%.*s", (int)text.len, text.ptr);
    if (text.len && text.ptr[text.len - 1] == '\n')
        text.len--;
    html_end_leaf(reader, false);
    html_open_block(reader, NULL, block);
    if (block) {
        block->attr = pre_attr(reader, element);
        ((nc_code *)nc_record(reader->job, block))->text = text;
    }
    return false;
}

/* ---------------------------------------------------------------- figures */

bool html_open_figure(html_reader *reader, dom_node *element)
{
    nc_node *figure = nc_node_new(reader->job, NC_FIGURE);

    html_end_leaf(reader, false);
    html_open_block(reader, element, figure);
    if (figure)
        figure->attr = html_attr(reader->job, element, NULL, NULL);
    nc_append(reader->job, figure, nc_node_new(reader->job, NC_CAPTION));
    return true;
}

bool html_open_figcaption(html_reader *reader, dom_node *element)
{
    html_end_leaf(reader, false);
    if (html_top(reader)->node && html_top(reader)->node->kind == NC_FIGURE)
        html_push(reader, element, HTML_CONTAINER, html_top(reader)->node->first);
    return true;
}
