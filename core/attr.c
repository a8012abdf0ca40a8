/* SPDX-License-Identifier: MIT */
/* Attributes and metadata maps. */
#include "core/plugin.h"

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
