/* SPDX-License-Identifier: MIT */
/* Finding the kind of objects whose content comes first. */
#include "plugins/json/json.h"

/* The objects open during a scan: 0 nothing known, TAGGED the tag came first, else 1 + the
 * number of its note. */
static const size_t TAGGED = SIZE_MAX;

typedef struct scan {
    nc_json json;
    json_notes *notes;
    size_t *objects, count, capacity;
} scan;

/* Room for one more of `size` bytes; moves the items when they must grow. */
static bool reserve(nc_job *job, void *items, size_t count, size_t *capacity, size_t size)
{
    size_t more = *capacity ? *capacity * 2 : 32;
    void *room, **place = items;

    if (count < *capacity)
        return true;
    room = more <= SIZE_MAX / size ? nc_alloc(job, more * size) : NULL;
    if (!room)
        return false;
    if (count)
        memcpy(room, *place, count * size);
    *place = room;
    *capacity = more;
    return true;
}

static void push_object(scan *s, size_t known)
{
    if (reserve(s->json.job, &s->objects, s->count, &s->capacity, sizeof(*s->objects)))
        s->objects[s->count++] = known;
    else
        nc_json_error(&s->json, NC_EMEM, "out of memory");
}

static void note_object(scan *s, size_t *known)
{
    json_notes *notes = s->notes;

    if (!reserve(s->json.job, &notes->items, notes->count, &notes->capacity,
                 sizeof(*notes->items))) {
        nc_json_error(&s->json, NC_EMEM, "out of memory");
        return;
    }
    notes->items[notes->count++] = (json_note){ s->json.at, { NULL, 0 } };
    *known = notes->count;
}

/* A key was read: see whether its value is a tag, or content without one. */
static void scan_key(scan *s)
{
    bool is_tag = nc_is(s->json.text, "t"), is_content = nc_is(s->json.text, "c");
    nc_json_token token = nc_json_next(&s->json);
    size_t *known = &s->objects[s->count - 1];

    if (token == NC_JSON_STRING && is_tag && *known != TAGGED) {
        if (*known && !s->notes->items[*known - 1].tag.ptr)
            s->notes->items[*known - 1].tag = s->json.text;
        else if (!*known)
            *known = TAGGED;
    } else if (token == NC_JSON_OBJECT || token == NC_JSON_ARRAY) {
        if (is_content && !*known)
            note_object(s, known);
        if (token == NC_JSON_OBJECT)
            push_object(s, 0);
    }
}

static void scan_below(scan *s)
{
    size_t outside = s->json.depth - 2;

    push_object(s, 0);
    note_object(s, &s->objects[0]);
    if (*s->json.token == '{')
        push_object(s, 0);
    while (s->json.depth > outside && !s->json.error) {
        nc_json_token token;

        while (nc_json_match(&s->json, NC_LITERAL("{\"c\":"), NC_LITERAL(",\"t\":\"Str\"}")) ||
               nc_json_match(&s->json, NC_LITERAL("{\"t\":"), NC_LITERAL("}")))
            continue;
        token = nc_json_next(&s->json);
        if (token == NC_JSON_KEY)
            scan_key(s);
        else if (token == NC_JSON_OBJECT)
            push_object(s, 0);
        else if (token == NC_JSON_OBJECT_END)
            s->count--;
    }
}

nc_bytes json_tag_of(json_notes *notes, nc_json *json)
{
    if (json->error)
        return (nc_bytes){ NULL, 0 };
    if (!notes->end || json->at >= notes->end) {
        scan s = { .json = *json, .notes = notes };
        size_t room[16] = { 0 };
        char bracket = json->levels[json->depth - 1];

        notes->count = notes->next = 0;
        s.objects = room;
        s.capacity = sizeof(room) / sizeof(*room);
        s.json.skim = true;
        scan_below(&s);
        notes->end = s.json.at;
        json->levels[json->depth - 1] = bracket; /* the scan left it, and may have opened another */
        if (s.json.error) {
            json->token = s.json.token;
            nc_json_error(json, s.json.code, s.json.error);
            return (nc_bytes){ NULL, 0 };
        }
    }
    while (notes->next < notes->count && notes->items[notes->next].object < json->at)
        notes->next++;
    if (notes->next == notes->count || notes->items[notes->next].object != json->at)
        return (nc_bytes){ NULL, 0 };
    return notes->items[notes->next++].tag;
}
