/* SPDX-License-Identifier: MIT */
/* Metadata maps as they must be: sorted by key, each key once. */
#include "plugins/json/json.h"

#include <stdlib.h>

typedef struct entry {
    nc_node *node;
    size_t index;
} entry;

static int compare_keys(nc_bytes a, nc_bytes b)
{
    int order = memcmp(a.ptr, b.ptr, a.len < b.len ? a.len : b.len);

    return order ? order : (a.len > b.len) - (a.len < b.len);
}

static int compare_entries(const void *left, const void *right)
{
    const entry *a = left, *b = right;
    int order = compare_keys(a->node->text, b->node->text);

    return order ? order : (a->index > b->index) - (a->index < b->index);
}

void json_sort_map(nc_job *job, nc_node *map)
{
    size_t count = 0;
    bool sorted = true;
    entry *entries;

    for (const nc_node *node = map->first; node; node = node->next, count++)
        sorted = sorted && (!node->next || compare_keys(node->text, node->next->text) < 0);
    entries = sorted ? NULL : nc_alloc(job, count * sizeof(*entries));
    if (!entries)
        return;
    for (size_t i = 0; i < count; i++)
        entries[i] = (entry){ nc_detach(map->first), i };
    qsort(entries, count, sizeof(*entries), compare_entries);
    for (size_t i = 0; i < count; i++)
        if (i == 0 || compare_keys(entries[i - 1].node->text, entries[i].node->text) != 0)
            nc_append(job, map, entries[i].node);
}
