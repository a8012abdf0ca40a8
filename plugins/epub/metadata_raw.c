/* SPDX-License-Identifier: MIT */
/* Metadata of a book as pandoc sets them: each Dublin Core element under its name. */
#include "plugins/epub/epub.h"

#define DC "http://purl.org/dc/elements/1.1/"

/* Its own text, not that of elements in it. */
static nc_bytes own_text(nc_job *job, const nc_xml *node)
{
    size_t length = 0;
    nc_bytes text;
    char *room;

    for (const nc_xml *child = node->first; child; child = child->next)
        length += child->text.len;
    room = nc_alloc(job, length + 1);
    text = (nc_bytes){ room ? room : "", 0 };
    for (const nc_xml *child = room ? node->first : NULL; child; child = child->next) {
        if (child->text.len)
            memcpy(room + text.len, child->text.ptr, child->text.len);
        text.len += child->text.len;
    }
    return text;
}

static void add_raw_value(nc_job *job, nc_node *meta, nc_bytes key, nc_bytes text)
{
    nc_node *old = nc_meta_value(meta, key), *list = old, *value;

    if (!old) {
        value = nc_meta_set(job, meta, key, NC_META_INLINES);
    } else {
        if (old->kind != NC_META_LIST) {
            nc_detach(old);
            list = nc_meta_set(job, meta, key, NC_META_LIST);
            nc_append(job, list, old);
        }
        value = nc_append(job, list, nc_node_new(job, NC_META_INLINES));
    }
    nc_str(job, value, text);
}

/* pandoc adds from the last element to the first. */
void epub_set_raw_metadata(epub_book *book)
{
    const nc_xml *metadata = nc_xml_find(book->package, "metadata");
    const nc_xml **nodes;
    size_t count = 0;

    for (nc_xml *node = metadata ? metadata->first : NULL; node; node = node->next)
        count++;
    nodes = nc_alloc(book->job, (count + 1) * sizeof *nodes);
    count = 0;
    for (nc_xml *node = metadata && nodes ? metadata->first : NULL; node; node = node->next)
        if (nc_is(node->space, DC))
            nodes[count++] = node;
    while (count) {
        const nc_xml *node = nodes[--count];
        nc_bytes key = nc_is(node->name, "creator") ? NC_LITERAL("author") : node->name;

        add_raw_value(book->job, book->doc->meta, key, own_text(book->job, node));
    }
}
