/* SPDX-License-Identifier: MIT */
/* Tag names become numbers: the known ones those of tags.def, each other its own, so that comparing
 * names is comparing numbers and the stack can chain equal ones. */
#include "plugins/html/parser/parser.h"

enum { FIRST_SLOTS = 512, NO_NAME = UINT16_MAX };

static_assert((int)DOM_TAG_COUNT + (int)MOST_NAMES < (int)NO_NAME, "numbers of names fit 16 bits");

static size_t hash_name(nc_bytes name)
{
    uint64_t key = name.len;

    for (size_t i = 0; i < name.len; i++)
        key = (key ^ (unsigned char)name.ptr[i]) * UINT64_C(0x9E3779B97F4A7C15);
    return (size_t)(key >> 32);
}

/* The slot of `name`: its number + 1, or 0 where it belongs. */
static uint16_t *find_slot(const html_parser *parser, nc_bytes name)
{
    size_t mask = parser->name_slot_count - 1, at = hash_name(name) & mask;

    while (parser->name_slots[at] && !nc_same(parser->names[parser->name_slots[at] - 1], name))
        at = (at + 1) & mask;
    return &parser->name_slots[at];
}

static bool rehash(html_parser *parser, size_t count)
{
    parser->name_slots = nc_alloc(parser->job, count * sizeof(uint16_t));
    if (!parser->name_slots)
        return false;
    parser->name_slot_count = count;
    for (size_t i = 1; i < parser->name_count; i++)
        *find_slot(parser, parser->names[i]) = (uint16_t)(i + 1);
    return true;
}

static bool add_name(html_parser *parser, nc_bytes name)
{
    nc_bytes *names = parser_grow(parser, parser->names, parser->name_count, &parser->name_capacity,
                                  sizeof(nc_bytes));

    if (!names)
        return false;
    parser->names = names;
    parser->names[parser->name_count++] = name;
    return true;
}

static bool add_known_names(html_parser *parser)
{
    for (size_t i = 0; i < DOM_TAG_COUNT; i++)
        if (!add_name(parser, nc_string(dom_tags[i].name)))
            return false;
    return rehash(parser, FIRST_SLOTS);
}

uint16_t parser_tag_number(html_parser *parser, nc_bytes name)
{
    uint16_t *slot;

    if (!parser->name_slot_count && !add_known_names(parser))
        return DOM_TAG_OTHER;
    slot = find_slot(parser, name);
    if (*slot)
        return (uint16_t)(*slot - 1);
    if (parser->name_count >= (size_t)DOM_TAG_COUNT + MOST_NAMES || !add_name(parser, name))
        return DOM_TAG_OTHER;
    *slot = (uint16_t)parser->name_count;
    if (parser->name_count * 2 > parser->name_slot_count &&
        !rehash(parser, parser->name_slot_count * 2))
        return DOM_TAG_OTHER;
    return (uint16_t)(parser->name_count - 1);
}

void *parser_grow(html_parser *parser, void *items, size_t count, size_t *capacity, size_t size)
{
    size_t more = *capacity ? *capacity * 2 : 64;
    void *grown;

    if (count < *capacity)
        return items;
    grown = more <= SIZE_MAX / size ? nc_alloc(parser->job, more * size) : NULL;
    if (!grown)
        return NULL;
    if (count)
        memcpy(grown, items, count * size);
    *capacity = more;
    return grown;
}
