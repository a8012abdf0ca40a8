/* SPDX-License-Identifier: MIT */
/* A small hash table of strings that lives in the arena. */
#include "docx.h"

static size_t hash(nc_bytes key)
{
    uint64_t sum = UINT64_C(0xcbf29ce484222325); /* FNV-1a */

    for (size_t i = 0; i < key.len; i++)
        sum = (sum ^ (unsigned char)key.ptr[i]) * UINT64_C(0x100000001b3);
    return (size_t)(sum ^ sum >> 32);
}

static map_entry **slot_of(const docx_map *map, nc_bytes key)
{
    size_t at = hash(key) & (map->capacity - 1);

    while (map->slots[at] && !nc_same(map->slots[at]->key, key))
        at = (at + 1) & (map->capacity - 1);
    return &map->slots[at];
}

map_entry *docx_map_find(const docx_map *map, nc_bytes key)
{
    return map->capacity ? *slot_of(map, key) : NULL;
}

static bool grow(nc_job *job, docx_map *map)
{
    size_t capacity = map->capacity ? map->capacity * 2 : 16;
    map_entry **slots = nc_alloc(job, capacity * sizeof(map_entry *));

    if (!slots)
        return false;
    map->slots = slots;
    map->capacity = capacity;
    for (map_entry *entry = map->first; entry; entry = entry->next)
        *slot_of(map, entry->key) = entry;
    return true;
}

map_entry *docx_map_add(nc_job *job, docx_map *map, nc_bytes key)
{
    map_entry *entry;

    if (map->count * 2 >= map->capacity && !grow(job, map))
        return NULL;
    entry = nc_alloc(job, sizeof(*entry));
    if (!entry)
        return NULL;
    entry->key = key;
    *slot_of(map, key) = entry;
    if (map->last)
        map->last->next = entry;
    else
        map->first = entry;
    map->last = entry;
    map->count++;
    return entry;
}

nc_bytes docx_fold(nc_job *job, nc_bytes name)
{
    char *folded = nc_alloc(job, name.len + 1);

    if (!folded)
        return (nc_bytes){ "", 0 };
    for (size_t i = 0; i < name.len; i++)
        folded[i] =
            name.ptr[i] >= 'A' && name.ptr[i] <= 'Z' ? (char)(name.ptr[i] + 32) : name.ptr[i];
    return (nc_bytes){ folded, name.len };
}

bool docx_is_one_of(nc_bytes name, const char *const *names)
{
    for (; *names; names++)
        if (nc_is(name, *names))
            return true;
    return false;
}
