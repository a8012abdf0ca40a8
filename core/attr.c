/* SPDX-License-Identifier: MIT */
/* Attributes and metadata maps. */
#include "core/plugin.h"

#include <stdlib.h>

const nc_attr *nc_attr_new(nc_job *job, nc_bytes id, const nc_bytes *classes, size_t class_count,
                           const nc_pair *pairs, size_t pair_count)
{
    size_t class_size = class_count * sizeof(nc_bytes), pair_size = pair_count * sizeof(nc_pair);
    nc_attr *attr;
    char *tail;

    if (!id.len && !class_count && !pair_count)
        return NULL;
    if (class_count > SIZE_MAX / 64 || pair_count > SIZE_MAX / 64)
        return nc_fail(job, NC_ELIMIT, "too many attributes"), NULL;
    attr = nc_alloc(job, sizeof(*attr) + class_size + pair_size);
    if (!attr)
        return NULL;
    tail = (char *)(attr + 1);
    *attr =
        (nc_attr){ id.ptr ? id : NC_LITERAL(""), class_count, pair_count,
                   (const nc_bytes *)(void *)tail, (const nc_pair *)(void *)(tail + class_size) };
    if (class_size)
        memcpy(tail, classes, class_size);
    if (pair_size)
        memcpy(tail + class_size, pairs, pair_size);
    return attr;
}

nc_bytes nc_attr_value(const nc_attr *attr, const char *key)
{
    for (size_t i = 0; attr && i < attr->pair_count; i++)
        if (nc_is(attr->pairs[i].key, key))
            return attr->pairs[i].value;
    return (nc_bytes){ NULL, 0 };
}

bool nc_attr_has_class(const nc_attr *attr, const char *name)
{
    for (size_t i = 0; attr && i < attr->class_count; i++)
        if (nc_is(attr->classes[i], name))
            return true;
    return false;
}

static int compare(nc_bytes a, nc_bytes b)
{
    int order = memcmp(a.ptr, b.ptr, a.len < b.len ? a.len : b.len);

    return order ? order : (a.len > b.len) - (a.len < b.len);
}

/* The entry at `key`, or the one before which it belongs (NULL: at the end). */
static nc_node *find_entry(const nc_node *map, nc_bytes key, bool *found)
{
    nc_node *entry = map ? map->first : NULL;
    int order = 1;

    while (entry && (order = compare(entry->text, key)) < 0)
        entry = entry->next;
    *found = entry && order == 0;
    return entry;
}

nc_node *nc_meta_value(const nc_node *map, nc_bytes key)
{
    bool found;
    nc_node *entry = find_entry(map, key, &found);

    return found ? entry->first : NULL;
}

nc_node *nc_meta_set(nc_job *job, nc_node *map, nc_bytes key, nc_kind kind)
{
    bool found;
    nc_node *entry = find_entry(map, key, &found);

    if (!found) {
        nc_node *made = nc_node_new(job, NC_META_ENTRY);

        if (!made)
            return NULL;
        made->text = key;
        entry = entry ? nc_insert_before(job, entry, made) : nc_append(job, map, made);
    } else {
        nc_detach(entry->first);
    }
    return nc_append(job, entry, nc_node_new(job, kind));
}

/* ------------------------------------------------------------ sorting maps */

typedef struct sorted_entry {
    nc_node *node;
    size_t index;
} sorted_entry;

static int compare_entries(const void *left, const void *right)
{
    const sorted_entry *a = left, *b = right;
    int order = compare(a->node->text, b->node->text);

    return order ? order : (a->index > b->index) - (a->index < b->index);
}

static bool is_sorted(const nc_node *map, size_t *count)
{
    bool sorted = true;

    *count = 0;
    for (const nc_node *node = map->first; node; node = node->next, ++*count)
        sorted = sorted && (!node->next || compare(node->text, node->next->text) < 0);
    return sorted;
}

nc_bytes nc_meta_sort(nc_job *job, nc_node *map, bool last_stays)
{
    nc_bytes twice = { NULL, 0 };
    sorted_entry *entries;
    size_t count;

    if (!map || is_sorted(map, &count))
        return twice;
    entries = nc_alloc(job, count * sizeof(*entries));
    if (!entries)
        return twice;
    for (size_t i = 0; i < count; i++)
        entries[i] = (sorted_entry){ nc_detach(map->first), i };
    qsort(entries, count, sizeof(*entries), compare_entries);
    for (size_t i = 0; i < count; i++) {
        size_t other = last_stays ? i + 1 : i - 1;

        if (other < count && nc_same(entries[i].node->text, entries[other].node->text))
            twice = entries[i].node->text;
        else
            nc_append(job, map, entries[i].node);
    }
    return twice;
}
