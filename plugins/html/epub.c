/* SPDX-License-Identifier: MIT */
/* What chapters of books say by epub:type (EPUB Structural Semantics): notes, tables of contents,
 * title pages; and epub:switch, of which the first case that can be read counts, else the default.
 */
#include "plugins/html/read.h"

nc_bytes html_epub_type(const html_reader *reader, const dom_node *element)
{
    nc_bytes type = { NULL, 0 };

    if (reader->options->epub_html_exts)
        type = dom_value(element, "type");
    if (reader->options->epub_html_exts && !type.ptr)
        type = dom_value(element, "epub:type");
    return type;
}

static bool contains(nc_bytes text, const char *part)
{
    return text.len && memmem(text.ptr, text.len, part, strlen(part));
}

/* pandoc takes the whole value for the type; it is a list. */
static bool has_type(const html_reader *reader, const dom_node *element, const char *type)
{
    nc_bytes given = html_epub_type(reader, element);

    return reader->raw ? nc_is(given, type) : html_has_word(given, type);
}

static bool is_block(dom_tag tag)
{
    return dom_tags[tag].content >= DOM_IS_BLOCK;
}

/* A section that is a chapter is only its content for pandoc; its id is kept for those who link to
 * it. */
bool html_is_chapter(const html_reader *reader, const dom_node *element)
{
    dom_tag tag = dom_node_tag(element);

    return (tag == DOM_SECTION || tag == DOM_ARTICLE || tag == DOM_ASIDE || tag == DOM_NAV) &&
           contains(html_epub_type(reader, element), "chapter") &&
           (reader->raw || !dom_value(element, "id").len);
}

bool html_is_note_section(const html_reader *reader, const dom_node *element)
{
    return has_type(reader, element, "footnotes") || has_type(reader, element, "rearnotes") ||
           (!reader->raw && has_type(reader, element, "endnotes"));
}

bool html_is_reference(const html_reader *reader, const dom_node *link)
{
    return nc_is(dom_value(link, "role"), "doc-noteref") || has_type(reader, link, "noteref");
}

static bool is_note(const html_reader *reader, const dom_node *element)
{
    return has_type(reader, element, "footnote") || has_type(reader, element, "rearnote") ||
           (!reader->raw && has_type(reader, element, "endnote"));
}

/* ---------------------------------------------------------------- epub:switch */

/* The name of an element that HTML does not know, without prefix. */
static nc_bytes unknown_name(const dom_node *element)
{
    nc_bytes name =
        dom_node_tag(element) == DOM_TAG_OTHER ? dom_name(element) : (nc_bytes){ NULL, 0 };
    const char *colon = name.len ? memchr(name.ptr, ':', name.len) : NULL;

    return colon ? (nc_bytes){ colon + 1, name.len - (size_t)(colon + 1 - name.ptr) } : name;
}

bool html_is_switch(const html_reader *reader, const dom_node *element)
{
    nc_bytes name;

    if (!reader->options->epub_html_exts || dom_node_tag(element) != DOM_TAG_OTHER)
        return false;
    name = unknown_name(element);
    return nc_is(name, "switch") || nc_is(name, "case") || nc_is(name, "default");
}

static void choose_case(const html_reader *reader, dom_node *element)
{
    nc_bytes name = unknown_name(element), space = dom_value(element, "required-namespace");
    dom_node *parent = dom_parent(element);
    bool is_case = nc_is(name, "case"), taken;

    if (!html_is_switch(reader, element) || nc_is(name, "switch") || !parent)
        return;
    taken = *dom_mark(parent) & HTML_CHOSEN;
    if (taken || (is_case && !nc_is(space, "http://www.w3.org/1998/Math/MathML")))
        *dom_mark(element) |= HTML_HIDDEN;
    else
        *dom_mark(parent) |= HTML_CHOSEN;
}

/* ---------------------------------------------------------------- the survey */

static bool is_left_out(const html_reader *reader, const dom_node *element)
{
    dom_tag tag = dom_node_tag(element);

    if (has_type(reader, element, "toc"))
        return reader->raw || tag == DOM_NAV;
    if (!reader->raw)
        return tag == DOM_NAV &&
               (has_type(reader, element, "landmarks") || has_type(reader, element, "page-list"));
    return contains(html_epub_type(reader, element), "titlepage") &&
           (tag == DOM_SECTION || tag == DOM_P || tag == DOM_HR || tag == DOM_PRE ||
            tag == DOM_BLOCKQUOTE || tag == DOM_OL || tag == DOM_UL || tag == DOM_LI ||
            tag == DOM_DL || tag == DOM_DT || tag == DOM_DD || tag == DOM_FIGURE ||
            tag == DOM_FIGCAPTION || tag == DOM_DIV || tag == DOM_MAIN);
}

/* A list all of whose items are notes goes with them. */
static void hide_empty_list(dom_node *list)
{
    bool any = false;

    for (dom_node *node = dom_first(list); node; node = dom_next(node)) {
        if (dom_node_kind(node) == DOM_ELEMENT && !(*dom_mark(node) & HTML_HIDDEN))
            return;
        any |= dom_node_kind(node) == DOM_ELEMENT;
    }
    if (any)
        *dom_mark(list) |= HTML_HIDDEN;
}

/* Outside --raw a note that nothing refers to stays where it is, and what leads back from a note
 * goes. */
static void hide_referred(html_reader *reader, dom_node *link)
{
    nc_bytes target = dom_value(link, "href");
    dom_node *note = target.len > 1 && target.ptr[0] == '#'
                         ? html_note(reader, (nc_bytes){ target.ptr + 1, target.len - 1 })
                         : NULL;

    if (note && html_is_reference(reader, link))
        *dom_mark(note) |= HTML_HIDDEN;
    if (has_type(reader, link, "backlink") || nc_is(dom_value(link, "role"), "doc-backlink"))
        *dom_mark(link) |= HTML_HIDDEN;
}

void html_survey_epub(html_reader *reader)
{
    dom_node *root = reader->document.root;

    for (dom_node *node = root; node; node = dom_following(root, node, false)) {
        if (dom_node_kind(node) != DOM_ELEMENT)
            continue;
        choose_case(reader, node);
        if (!is_block(dom_node_tag(node)))
            continue;
        if (is_left_out(reader, node))
            *dom_mark(node) |= HTML_HIDDEN;
        if (!is_note(reader, node))
            continue;
        html_set_note(reader, dom_value(node, "id"), node);
        if (reader->raw)
            *dom_mark(node) |= HTML_HIDDEN;
    }
    for (dom_node *node = root; node && !reader->raw; node = dom_following(root, node, false))
        if (dom_node_tag(node) == DOM_A)
            hide_referred(reader, node);
    for (dom_node *node = root; node; node = dom_following(root, node, false))
        if (dom_node_tag(node) == DOM_OL || dom_node_tag(node) == DOM_UL)
            hide_empty_list(node);
}
