/* SPDX-License-Identifier: MIT */
/* YAML, and JSON as part of it, read into metadata: for --metadata-file. libyaml's events build
 * the values; what is open is a stack. Text is plain text. */
#include "plugins/yaml/yaml.h"

#include <yaml.h>

/* A map or list that is still open. */
typedef struct level {
    nc_node *value;
    nc_node *entry; /* of a map: the key that waits for its value */
    nc_bytes anchor;
} level;

typedef struct anchor {
    nc_bytes name;
    const nc_node *value;
    size_t older; /* 1 + the number of the one before it in its bucket */
} anchor;

enum { BUCKETS = 1024, MOST_ALIAS_NODES = 1000 * 1000 };

typedef struct reader {
    nc_job *job;
    nc_node *meta; /* of the document: what all documents of the text give */
    yaml_parser_t parser;
    nc_bytes in;
    size_t line, column, at; /* of the last event */
    level *levels;
    size_t count, capacity;
    anchor *anchors;
    size_t anchor_count, anchor_capacity;
    size_t buckets[BUCKETS]; /* 1 + the number of the latest anchor with that hash */
    size_t alias_nodes;      /* made by aliases */
} reader;

/* Say where the reader is: libyaml counts lines and characters. */
static void place(reader *r, const yaml_mark_t *mark)
{
    if (mark->line < r->line || (mark->line == r->line && mark->column < r->column))
        return;
    while (r->line < mark->line && r->at < r->in.len) {
        const char *end = memchr(r->in.ptr + r->at, '\n', r->in.len - r->at);

        r->at = end ? (size_t)(end - r->in.ptr) + 1 : r->in.len;
        r->line++;
        r->column = 0;
    }
    for (; r->column < mark->column && r->at < r->in.len; r->column++)
        nc_utf8_next(r->in, &r->at);
    nc_at(r->job, r->at);
}

static bool reserve(nc_job *job, void *array, size_t count, size_t *capacity, size_t size)
{
    void **items = array, *room;

    if (count < *capacity)
        return true;
    room = nc_alloc(job, (*capacity * 2 + 16) * size);
    if (!room)
        return false;
    if (count)
        memcpy(room, *items, count * size);
    *items = room;
    *capacity = *capacity * 2 + 16;
    return true;
}

static nc_bytes copy_text(reader *r, const unsigned char *text, size_t length)
{
    return nc_copy(r->job, (nc_bytes){ (const char *)text, length });
}

static nc_bytes copy_name(reader *r, const unsigned char *name)
{
    return name ? copy_text(r, name, strlen((const char *)name)) : (nc_bytes){ NULL, 0 };
}

/* ---------------------------------------------------------------- anchors */

static size_t *bucket(reader *r, nc_bytes name)
{
    uint32_t hash = 2166136261u; /* FNV-1a */

    for (size_t i = 0; i < name.len; i++)
        hash = (hash ^ (unsigned char)name.ptr[i]) * 16777619u;
    return &r->buckets[(hash ^ hash >> 16) % BUCKETS];
}

static void forget_anchors(reader *r)
{
    r->anchor_count = 0;
    memset(r->buckets, 0, sizeof(r->buckets));
}

static void set_anchor(reader *r, nc_bytes name, const nc_node *value)
{
    size_t *latest;

    if (!name.ptr || !value ||
        !reserve(r->job, &r->anchors, r->anchor_count, &r->anchor_capacity, sizeof(anchor)))
        return;
    latest = bucket(r, name);
    r->anchors[r->anchor_count++] = (anchor){ name, value, *latest };
    *latest = r->anchor_count;
}

static const nc_node *find_anchor(reader *r, nc_bytes name)
{
    for (size_t i = *bucket(r, name); i; i = r->anchors[i - 1].older)
        if (nc_same(r->anchors[i - 1].name, name))
            return r->anchors[i - 1].value;
    return NULL;
}

/* A copy of what an alias stands for. Aliases of aliases grow without bound, so what they make
 * is counted. */
static nc_node *copy_alias(reader *r, const char *name)
{
    nc_walk walk = { .root = find_anchor(r, nc_string(name)) };

    if (!walk.root) {
        nc_fail(r->job, NC_EINPUT, "no anchor &%s stands before the alias *%s", name, name);
        return NULL;
    }
    while (nc_walk_next(&walk))
        if (walk.entering && ++r->alias_nodes > MOST_ALIAS_NODES) {
            nc_fail(r->job, NC_ELIMIT, "aliases make more than %d values of this text",
                    MOST_ALIAS_NODES);
            return NULL;
        }
    return nc_clone(r->job, walk.root);
}

/* ---------------------------------------------------------------- maps and lists */

/* Where the next value goes: the list, or the entry whose key has been read. */
static nc_node *slot(reader *r)
{
    level *top = &r->levels[r->count - 1];

    return top->value->kind == NC_META_MAP ? top->entry : top->value;
}

static bool wants_key(const reader *r)
{
    const level *top = &r->levels[r->count - 1];

    return top->value->kind == NC_META_MAP && !top->entry;
}

static void value_done(reader *r)
{
    if (r->count)
        r->levels[r->count - 1].entry = NULL;
}

static void open_level(reader *r, nc_node *value, const unsigned char *anchor_name)
{
    if (r->count >= nc_job_limits(r->job)->depth) {
        nc_fail(r->job, NC_ELIMIT, "nested deeper than %zu levels; --max-depth raises the limit",
                nc_job_limits(r->job)->depth);
        return;
    }
    if (value && reserve(r->job, &r->levels, r->count, &r->capacity, sizeof(level)))
        r->levels[r->count++] = (level){ .value = value, .anchor = copy_name(r, anchor_name) };
}

/* The values of a map taken over from others stand before its own, which win. */
static void merge_map(nc_job *job, nc_node *map, const nc_node *from)
{
    for (const nc_node *entry = from->first; entry; entry = entry->next) {
        nc_node *copy = nc_clone(job, entry);

        if (map->first)
            nc_insert_before(job, map->first, copy);
        else
            nc_append(job, map, copy);
    }
}

/* "<<": the entries of the map, or of the list of maps, that is its value. */
static void merge_keys(reader *r, nc_node *map)
{
    nc_node *entry = map->first;
    const nc_node *value;

    while (entry && !nc_is(entry->text, "<<"))
        entry = entry->next;
    value = entry ? entry->first : NULL;
    if (!value || (value->kind != NC_META_MAP && value->kind != NC_META_LIST))
        return;
    nc_detach(entry);
    if (value->kind == NC_META_MAP)
        merge_map(r->job, map, value);
    else
        for (const nc_node *item = value->first; item; item = item->next)
            if (item->kind == NC_META_MAP)
                merge_map(r->job, map, item);
    nc_meta_sort(r->job, map, true);
}

static void close_level(reader *r)
{
    level top = r->levels[--r->count];

    if (top.value->kind == NC_META_MAP) {
        nc_bytes twice = nc_meta_sort(r->job, top.value, true);

        if (twice.ptr)
            nc_warn(r->job, top.value, NC_WARN_PARSE,
                    "the key %.*s stands more than once; the last value counts",
                    (int)(twice.len < 80 ? twice.len : 80), twice.ptr);
        merge_keys(r, top.value);
    }
    set_anchor(r, top.anchor, top.value);
    if (r->count) {
        value_done(r);
        return;
    }
    /* A further document adds what those before it do not say. */
    if (top.value != r->meta) {
        merge_map(r->job, r->meta, top.value);
        nc_meta_sort(r->job, r->meta, true);
    }
}

/* ---------------------------------------------------------------- events */

static bool is_plain(const yaml_event_t *event)
{
    const char *tag = (const char *)event->data.scalar.tag;

    if (tag)
        return strcmp(tag, YAML_INT_TAG) == 0 || strcmp(tag, YAML_FLOAT_TAG) == 0 ||
               strcmp(tag, YAML_BOOL_TAG) == 0 || strcmp(tag, YAML_NULL_TAG) == 0;
    return event->data.scalar.style == YAML_PLAIN_SCALAR_STYLE;
}

static void read_scalar(reader *r, const yaml_event_t *event)
{
    nc_bytes text = copy_text(r, event->data.scalar.value, event->data.scalar.length);
    bool plain = is_plain(event);

    if (!r->count) {
        if (!plain || (text.len && !nc_is(text, "null") && !nc_is(text, "~")))
            nc_fail(r->job, NC_EINPUT, "metadata must be a map, as in \"title: A story\"");
    } else if (wants_key(r)) {
        nc_node *entry =
            nc_append(r->job, r->levels[r->count - 1].value, nc_node_new(r->job, NC_META_ENTRY));

        if (entry)
            entry->text = text;
        r->levels[r->count - 1].entry = entry;
    } else {
        set_anchor(
            r, copy_name(r, event->data.scalar.anchor),
            yaml_append_scalar(r->job, slot(r), text, plain ? SCALAR_RESOLVED : SCALAR_TEXT));
        value_done(r);
    }
}

static void read_alias(reader *r, const yaml_event_t *event)
{
    if (!r->count || wants_key(r)) {
        nc_fail(r->job, NC_EINPUT, "an alias stands where a key or a map should be");
        return;
    }
    nc_append(r->job, slot(r), copy_alias(r, (const char *)event->data.alias.anchor));
    value_done(r);
}

static void read_map(reader *r, const yaml_event_t *event)
{
    const unsigned char *name = event->data.mapping_start.anchor;

    if (!r->count)
        open_level(r, r->meta->first ? nc_node_new(r->job, NC_META_MAP) : r->meta, name);
    else if (wants_key(r))
        nc_fail(r->job, NC_EINPUT, "a key must be text");
    else
        open_level(r, nc_append(r->job, slot(r), nc_node_new(r->job, NC_META_MAP)), name);
}

static void read_list(reader *r, const yaml_event_t *event)
{
    if (!r->count)
        nc_fail(r->job, NC_EINPUT, "metadata must be a map, as in \"title: A story\"");
    else if (wants_key(r))
        nc_fail(r->job, NC_EINPUT, "a key must be text");
    else
        open_level(r, nc_append(r->job, slot(r), nc_node_new(r->job, NC_META_LIST)),
                   event->data.sequence_start.anchor);
}

static void read_event(reader *r, const yaml_event_t *event)
{
    place(r, &event->start_mark);
    switch (event->type) {
    case YAML_SCALAR_EVENT: read_scalar(r, event); break;
    case YAML_ALIAS_EVENT: read_alias(r, event); break;
    case YAML_MAPPING_START_EVENT: read_map(r, event); break;
    case YAML_SEQUENCE_START_EVENT: read_list(r, event); break;
    case YAML_MAPPING_END_EVENT:
    case YAML_SEQUENCE_END_EVENT: close_level(r); break;
    case YAML_DOCUMENT_START_EVENT: forget_anchors(r); break;
    default: break;
    }
}

static void fail_parsing(reader *r)
{
    const yaml_parser_t *parser = &r->parser;

    if (parser->error == YAML_MEMORY_ERROR) {
        nc_fail(r->job, NC_EMEM, "out of memory");
        return;
    }
    place(r, &parser->problem_mark);
    nc_fail(r->job, NC_EINPUT, "%s%s%s", parser->context ? parser->context : "",
            parser->context ? ": " : "", parser->problem ? parser->problem : "not YAML");
}

static nc_status read_yaml(nc_job *job, const void *options, nc_bytes in, nc_node *doc)
{
    reader r = { .job = job, .in = in, .meta = doc->meta };
    bool end = false;

    (void)options;
    if (!yaml_parser_initialize(&r.parser))
        return nc_fail(job, NC_EMEM, "out of memory");
    yaml_parser_set_encoding(&r.parser, YAML_UTF8_ENCODING);
    yaml_parser_set_input_string(&r.parser, (const unsigned char *)in.ptr, in.len);
    while (!end && !nc_job_status(job)) {
        yaml_event_t event;

        if (!yaml_parser_parse(&r.parser, &event)) {
            fail_parsing(&r);
            break;
        }
        read_event(&r, &event);
        end = event.type == YAML_STREAM_END_EVENT;
        yaml_event_delete(&event);
    }
    yaml_parser_delete(&r.parser);
    return nc_job_status(job);
}

static int probe(nc_bytes head, const char *name)
{
    (void)name;
    return head.len >= 5 && memcmp(head.ptr, "%YAML", 5) == 0 ? NC_PROBE_CERTAIN : NC_PROBE_NO;
}

static const nc_format yaml = {
    .name = "yaml",
    .title = "Metadata in YAML or JSON",
    .extensions = "yaml yml",
    .media_types = "application/yaml text/yaml",
    .flags = NC_FORMAT_DECIDED,
    .probe = probe,
    .read = read_yaml,
};

NC_PLUGIN(&yaml);
