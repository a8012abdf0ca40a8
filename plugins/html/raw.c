/* SPDX-License-Identifier: MIT */
/* Raw HTML: what has no place in the tree, where the extension raw_html asks for it to be kept. */
#include "plugins/html/read.h"

void html_add_raw(html_reader *reader, nc_kind kind, nc_bytes text)
{
    nc_node *node = text.len ? nc_node_new(reader->job, kind) : NULL;
    nc_raw *raw;

    if (!node)
        return;
    raw = nc_record(reader->job, node);
    raw->format = NC_LITERAL("html");
    raw->text = text;
    if (kind == NC_RAW_INLINE)
        nc_join(reader->job, html_inlines(reader), node);
    else
        html_open_block(reader, NULL, node);
}

/* pandoc takes a comment for a piece of text; in a list there is none. */
void html_add_comment(html_reader *reader, const dom_node *comment)
{
    nc_bytes text = dom_comment(comment);

    if (html_top(reader)->type != HTML_LIST)
        html_add_raw(reader, NC_RAW_INLINE,
                     nc_print(reader->job, "<!--%.*s-->", (int)text.len, text.ptr));
}

/* In lower case, as the start tag: names of SVG have capitals. */
static nc_bytes end_tag(html_reader *reader, const dom_node *element)
{
    nc_bytes name = dom_name(element);
    nc_bytes tag = nc_print(reader->job, "</%.*s>", (int)name.len, name.ptr);
    char *c = (char *)(uintptr_t)tag.ptr;

    for (size_t i = 0; i < tag.len; i++)
        if (c[i] >= 'A' && c[i] <= 'Z')
            c[i] = (char)(c[i] - 'A' + 'a');
    return tag;
}

void html_add_raw_element(html_reader *reader, const dom_node *element, nc_kind kind)
{
    nc_bytes start = html_start_tag(reader, element), end = end_tag(reader, element),
             body = dom_body(element);

    if (!body.ptr)
        body = html_all_text(reader, element);
    html_add_raw(reader, kind,
                 nc_print(reader->job, "%.*s%.*s%.*s", (int)start.len, start.ptr, (int)body.len,
                          body.ptr, (int)end.len, end.ptr));
}

void html_keep_tag(html_reader *reader, dom_node *element, bool end)
{
    dom_tag tag = dom_node_tag(element);
    dom_content content = dom_tags[tag].content;
    bool block = content >= DOM_IS_BLOCK || (content == DOM_IS_EITHER && !html_in_leaf(reader));
    nc_bytes kept;

    if (!reader->options->raw_html || tag == DOM_HTML || tag == DOM_HEAD || tag == DOM_BODY ||
        html_is_switch(reader, element) || html_is_chapter(reader, element))
        return;
    if (!end && (dom_flags(element) & (DOM_IMPLIED | DOM_CLONE)))
        return;
    if (end &&
        (!(*dom_mark(element) & HTML_RAW) || content == DOM_IS_VOID || content == DOM_IS_LINE))
        return;
    *dom_mark(element) |= HTML_RAW;
    kept = end ? end_tag(reader, element) : html_start_tag(reader, element);
    html_add_raw(reader, block ? NC_RAW_BLOCK : NC_RAW_INLINE, kept);
}
