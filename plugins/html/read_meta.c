/* SPDX-License-Identifier: MIT */
/* Metadata of a page: under --raw title, meta elements and language as pandoc has them, otherwise
 * only what no page lies about; the rest are facts. */
#include "plugins/html/read.h"

static void set_inlines(html_reader *reader, nc_bytes key, nc_bytes text, bool trim)
{
    nc_node *value = nc_meta_set(reader->job, reader->doc->meta, key, NC_META_INLINES);

    nc_text(reader->job, value, text);
    if (trim)
        nc_trim(reader->job, value);
}

/* Of a name that comes again, pandoc makes a list. */
static void add_meta(html_reader *reader, nc_bytes key, nc_bytes text)
{
    nc_node *old = nc_meta_value(reader->doc->meta, key), *list = old, *item;

    if (!old) {
        set_inlines(reader, key, text, false);
        return;
    }
    if (old->kind != NC_META_LIST) {
        nc_detach(old);
        list = nc_meta_set(reader->job, reader->doc->meta, key, NC_META_LIST);
        nc_append(reader->job, list, old);
    }
    item = nc_append(reader->job, list, nc_node_new(reader->job, NC_META_INLINES));
    nc_text(reader->job, item, text);
}

static void read_head(html_reader *reader, dom_node *head)
{
    for (dom_node *node = dom_first(head); node; node = dom_following(head, node, false)) {
        dom_tag tag = dom_node_tag(node);
        nc_bytes name = dom_value(node, "name");

        if (tag == DOM_BASE && !reader->base.len)
            reader->base = dom_value(node, "href");
        else if (tag == DOM_TITLE && reader->raw)
            set_inlines(reader, NC_LITERAL("title"), html_all_text(reader, node), true);
        else if (tag == DOM_META && reader->raw && name.len)
            add_meta(reader, name, dom_value(node, "content"));
    }
}

static void read_language(html_reader *reader, dom_node *element)
{
    nc_bytes lang = dom_value(element, "lang");

    if (!lang.ptr)
        lang = dom_value(element, "xml:lang");
    lang = html_trimmed(lang);
    if (lang.len)
        set_inlines(reader, NC_LITERAL("lang"), lang, true);
}

void html_read_metadata(html_reader *reader)
{
    dom_node *root = reader->document.root;

    read_language(reader, root);
    for (dom_node *node = dom_first(root); node; node = dom_next(node)) {
        if (dom_node_tag(node) == DOM_HEAD && !(reader->raw && (dom_flags(node) & DOM_IMPLIED)))
            read_head(reader, node);
        else if (dom_node_tag(node) == DOM_BODY)
            read_language(reader, node);
    }
}
