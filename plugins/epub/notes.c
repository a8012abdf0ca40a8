/* SPDX-License-Identifier: MIT */
/* Notes that stand in another chapter than what refers to them, as in a chapter of endnotes. Within
 * a chapter the html reader has put them where they belong. */
#include "plugins/epub/epub.h"

#include <stdlib.h>

/* A note as the book has it: an element with an id. */
typedef struct note {
    nc_bytes id;
    nc_node *div;
    bool used;
} note;

typedef struct note_list {
    note *items;
    size_t count;
} note_list;

static bool is_note(const nc_node *node)
{
    return node->kind == NC_DIV && node->attr && node->attr->id.len &&
           (nc_attr_has_class(node->attr, "footnote") || nc_attr_has_class(node->attr, "endnote") ||
            nc_attr_has_class(node->attr, "rearnote"));
}

static int compare_ids(const void *a, const void *b)
{
    nc_bytes left = ((const note *)a)->id, right = ((const note *)b)->id;
    size_t shorter = left.len < right.len ? left.len : right.len;
    int order = memcmp(left.ptr, right.ptr, shorter);

    return order ? order : (left.len > right.len) - (left.len < right.len);
}

static note_list collect_notes(nc_job *job, nc_node *doc)
{
    nc_walk walk = { .root = doc };
    note_list list = { NULL, 0 };
    size_t count = 0;

    while (nc_walk_next(&walk))
        count += walk.entering && is_note(walk.node);
    list.items = count ? nc_alloc(job, count * sizeof *list.items) : NULL;
    walk = (nc_walk){ .root = doc };
    while (list.items && nc_walk_next(&walk))
        if (walk.entering && is_note(walk.node))
            list.items[list.count++] =
                (note){ .id = walk.node->attr->id, .div = (nc_node *)(uintptr_t)walk.node };
    if (list.count)
        qsort(list.items, list.count, sizeof *list.items, compare_ids);
    return list;
}

/* The note that `link` refers to, unless the link is within a note, where there can be none. */
static note *note_of(const note_list *list, const nc_node *link)
{
    nc_bytes url = link->target->url;
    note wanted = { .id = { url.ptr + 1, url.len ? url.len - 1 : 0 } };

    if (!wanted.id.len || url.ptr[0] != '#' || !nc_attr_has_class(link->attr, "noteref"))
        return NULL;
    for (const nc_node *up = link->parent; up; up = up->parent)
        if (up->kind == NC_NOTE || is_note(up))
            return NULL;
    return bsearch(&wanted, list->items, list->count, sizeof *list->items, compare_ids);
}

/* The way back from a note to where it was referred to. */
static bool leads_back(const nc_node *node)
{
    return node->kind == NC_LINK && (nc_attr_has_class(node->attr, "backlink") ||
                                     nc_is(nc_attr_value(node->attr, "role"), "doc-backlink"));
}

static void remove_ways_back(nc_node *root)
{
    for (nc_node *node = root->first, *next; node; node = next) {
        next = !leads_back(node) ? node->first : NULL;
        for (nc_node *up = node; !next && up != root; up = up->parent)
            next = up->next;
        if (leads_back(node))
            nc_detach(node);
    }
}

/* Each reference has a copy, as a note may be referred to more than once. */
static void put_note(nc_job *job, note *from, nc_node *link)
{
    nc_node *node = nc_node_new(job, NC_NOTE), *copy = nc_clone(job, from->div);

    if (!node || !copy)
        return;
    remove_ways_back(copy);
    nc_move_children(job, node, copy);
    nc_insert_before(job, link, node);
    nc_detach(link);
    from->used = true;
}

void epub_place_notes(epub_book *book)
{
    note_list list = collect_notes(book->job, book->doc);
    nc_node *doc = book->doc;

    for (nc_node *node = list.count ? doc->first : NULL, *next; node && !nc_job_status(book->job);
         node = next) {
        note *found = node->kind == NC_LINK ? note_of(&list, node) : NULL;

        next = found ? NULL : node->first;
        for (nc_node *up = node; !next && up != doc; up = up->parent)
            next = up->next;
        if (found)
            put_note(book->job, found, node);
    }
    for (size_t i = 0; i < list.count; i++)
        if (list.items[i].used)
            nc_detach(list.items[i].div);
}
