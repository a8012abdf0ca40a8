/* SPDX-License-Identifier: MIT */
/* One look over the page before it is read, for what a walk cannot know on the way down: which
 * inline elements have blocks in them, where the main elements are, and which elements are so
 * malformed that pandoc takes their content alone. */
#include "plugins/html/read.h"

static void mark(dom_node *node, uint32_t what)
{
    *dom_mark(node) |= what;
}

static bool marked(const dom_node *node, uint32_t what)
{
    return node && (*dom_mark((dom_node *)(uintptr_t)node) & what);
}

static bool is_block(dom_tag tag)
{
    return dom_tags[tag].content >= DOM_IS_BLOCK;
}

/* Each ancestor is marked once: a marked one has marked those above it. */
static void mark_inlines_above(dom_node *block)
{
    dom_node *up = dom_parent(block);

    for (; up && !is_block(dom_node_tag(up)) && !marked(up, HTML_HAS_BLOCK); up = dom_parent(up))
        mark(up, HTML_HAS_BLOCK);
    if (up && dom_node_tag(up) == DOM_DT)
        mark(up, HTML_HAS_BLOCK);
}

bool html_is_main(const dom_node *element)
{
    return dom_node_tag(element) == DOM_MAIN || nc_is(dom_value(element, "role"), "main");
}

static void mark_main(dom_node *node)
{
    for (; node && !marked(node, HTML_HAS_MAIN); node = dom_parent(node))
        mark(node, HTML_HAS_MAIN);
}

/* A checkbox in a list item whose tag is not closed in itself is for pandoc a mistake. */
static void break_lists_above(dom_node *input)
{
    bool in_item = false;

    for (dom_node *up = dom_parent(input); up && !(in_item && marked(up, HTML_BROKEN));
         up = dom_parent(up)) {
        dom_tag tag = dom_node_tag(up);

        in_item |= tag == DOM_LI;
        if (tag == DOM_UL || tag == DOM_OL || tag == DOM_LI || tag == DOM_P)
            mark(up, HTML_BROKEN);
    }
}

/* An image without a source fails, and with it the inlines around it. */
static void break_inlines_above(dom_node *image)
{
    for (dom_node *up = dom_parent(image);
         up && !is_block(dom_node_tag(up)) && !marked(up, HTML_BROKEN); up = dom_parent(up))
        mark(up, HTML_BROKEN);
}

/* pandoc takes frames, videos and their like for blocks, except in a paragraph, heading or term. */
static void break_inlines_around(dom_node *element)
{
    const dom_node *up = dom_parent(element);
    dom_tag tag;

    while (up && !is_block(dom_node_tag(up)))
        up = dom_parent(up);
    tag = up ? dom_node_tag(up) : DOM_TAG_OTHER;
    if (tag != DOM_P && tag != DOM_DT && !(tag >= DOM_H1 && tag <= DOM_H6))
        break_inlines_above(element);
}

/* An item in an inline element of a list spoils the list. */
static void break_list_around(dom_node *item)
{
    dom_node *up = dom_parent(item);

    if (!up || is_block(dom_node_tag(up)))
        return;
    while (up && !is_block(dom_node_tag(up)))
        up = dom_parent(up);
    if (up && (dom_node_tag(up) == DOM_UL || dom_node_tag(up) == DOM_OL))
        mark(up, HTML_BROKEN);
}

static bool is_self_closed(const dom_node *element)
{
    nc_bytes source = dom_source(element);

    return source.len > 2 && source.ptr[source.len - 2] == '/';
}

static void mark_failures(dom_node *node)
{
    dom_tag tag = dom_node_tag(node);

    if (tag == DOM_IMG && !dom_value(node, "src").ptr)
        break_inlines_above(node);
    if (tag == DOM_INPUT && nc_is(dom_value(node, "type"), "checkbox") && !is_self_closed(node))
        break_lists_above(node);
    if (tag == DOM_LI)
        break_list_around(node);
    if (dom_tags[tag].content == DOM_IS_EITHER && tag != DOM_SVG && tag != DOM_DEL &&
        tag != DOM_INS && tag != DOM_SCRIPT)
        break_inlines_around(node);
}

/* An inline whose end tag is missing, though neither a block in it nor its end with all around it
 * explains that. */
static bool is_misnested(dom_node *element)
{
    const dom_node *up = element;

    if (!(dom_flags(element) & DOM_UNENDED) || dom_first(element) == NULL ||
        marked(element, HTML_HAS_BLOCK))
        return false;
    while (up && !is_block(dom_node_tag(up)))
        up = dom_parent(up);
    return up && !(dom_flags(up) & (DOM_UNENDED | DOM_IMPLIED)) && dom_node_tag(up) != DOM_BODY;
}

/* pandoc wants one or more dt, then one or more dd, and so on; dt holds inlines alone. */
static bool is_definition_list(const dom_node *list)
{
    dom_tag last = DOM_DD;
    bool any = false;

    for (const dom_node *node = dom_following(list, list, false); node;) {
        dom_tag tag = dom_node_tag(node);

        if (tag == DOM_DT || tag == DOM_DD) {
            if ((tag == DOM_DD && !any) || (tag == DOM_DT && marked(node, HTML_HAS_BLOCK)))
                return false;
            any = true;
            last = tag;
        }
        node = dom_following(list, node, tag != DOM_DIV);
    }
    return last == DOM_DD;
}

static bool has_rows(const dom_node *table)
{
    for (const dom_node *node = dom_first(table); node;) {
        dom_tag tag = dom_node_tag(node);

        if (tag == DOM_TR && dom_first(node))
            return true;
        node = dom_following(table, node, tag == DOM_TR || tag == DOM_CAPTION);
    }
    return false;
}

/* Whether an element is in the place that it needs. */
static bool is_misplaced(const dom_node *element, dom_tag tag)
{
    const dom_node *parent = dom_parent(element);
    dom_tag in = parent ? dom_node_tag(parent) : DOM_TAG_OTHER;

    if (tag == DOM_LI)
        return marked(parent, HTML_BROKEN) || (in != DOM_UL && in != DOM_OL);
    if (tag == DOM_DT || tag == DOM_DD)
        return in == DOM_DIV ? !marked(parent, HTML_BROKEN)
                             : in != DOM_DL || marked(parent, HTML_BROKEN);
    if (dom_is_part(tag))
        return marked(parent, HTML_BROKEN) || !(in == DOM_TABLE || dom_is_part(in));
    if (tag == DOM_FIGCAPTION)
        return in != DOM_FIGURE;
    /* A div that groups terms is only its content. */
    return tag == DOM_DIV && (in == DOM_DL ? !marked(parent, HTML_BROKEN)
                                           : in == DOM_DIV && marked(parent, HTML_BROKEN));
}

static bool is_broken(const html_reader *reader, dom_node *element, dom_tag tag)
{
    if (tag == DOM_DL)
        return !is_definition_list(element);
    if (tag == DOM_TABLE)
        return !has_rows(element);
    if (tag == DOM_DEL || tag == DOM_INS)
        return marked(element, HTML_HAS_BLOCK);
    if (dom_tags[tag].content == DOM_IS_INLINE && html_handler_of(tag))
        return reader->raw && is_misnested(element);
    return is_misplaced(element, tag);
}

void html_survey(html_reader *reader)
{
    dom_node *root = reader->document.root;

    for (dom_node *node = root; node; node = dom_following(root, node, false)) {
        dom_tag tag = dom_node_tag(node);

        if (dom_node_kind(node) == DOM_TEXT)
            continue;
        if (is_block(tag))
            mark_inlines_above(node);
        if (html_is_main(node))
            mark_main(node);
        if (nc_is(dom_value(node, "role"), "doc-endnotes"))
            html_note_section(reader, node);
        if (reader->raw)
            mark_failures(node);
    }
    if (reader->options->epub_html_exts)
        html_survey_epub(reader);
    for (dom_node *node = root; node; node = dom_following(root, node, false))
        if (dom_node_kind(node) == DOM_ELEMENT && is_broken(reader, node, dom_node_tag(node)))
            mark(node, HTML_BROKEN);
}
