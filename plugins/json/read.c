/* SPDX-License-Identifier: MIT */
/* Reading pandoc's JSON into the tree, driven by kinds.def. What is still to be read is a stack of frames; each step reads
 * one token, or one element with its simple fields.
 *
 *     {"t":"Header","c":[1,["",[],[]],[{"t":"Str","c":"Harbour"}]]}
 *     ELEMENT       ....FIELDS........CHILDREN                        */
#include "plugins/json/json.h"

#include <stdio.h>

typedef enum step {
    STEP_DOCUMENT,              /* keys of the outermost object */
    STEP_CHILDREN,              /* elements of an array: inlines, blocks or metadata values */
    STEP_PARTS,                 /* elements of an array: parts of one kind */
    STEP_FIELDS,                /* an array with one element a field */
    STEP_ELEMENT,               /* the rest of an object behind its content */
    STEP_CITATION,              /* keys of a citation */
    STEP_DEFINITIONS,           /* pairs of a term and its definitions */
    STEP_DEFINED,               /* the end of such a pair */
    STEP_MAP                    /* keys and values of metadata */
} step;

typedef struct frame {
    nc_node *node;
    uint32_t count;             /* what has been read of it */
    uint8_t step;
    uint8_t part;               /* PARTS */
    bool citation_first;        /* CITATION: the suffix came before the prefix */
} frame;

enum { NAME_SLOTS = 128, PATH_SIZE = 200 };

typedef struct reader {
    nc_json json;
    nc_job *job;
    frame *frames;
    size_t count, capacity;
    size_t depth;               /* open elements */
    json_notes notes;
    nc_bytes tag;               /* the one that was wrong, for the message */
    bool versioned;
    uint8_t names[NAME_SLOTS];  /* 1 + the kind whose name has that hash */
} reader;

static void fail(reader *r, const char *message)
{
    nc_json_error(&r->json, NC_EINPUT, message);
}

static void expect(reader *r, nc_json_token token, nc_json_token wanted)
{
    if (token != wanted)
        fail(r, wanted == NC_JSON_ARRAY    ? "an array should be here"
                : wanted == NC_JSON_OBJECT ? "an object should be here"
                : wanted == NC_JSON_STRING ? "a string should be here"
                                           : "an array with too many elements");
}

static void push(reader *r, step what, nc_node *node, int part)
{
    if (r->count == r->capacity) {
        size_t capacity = r->capacity ? r->capacity * 2 : 64;
        frame *frames = nc_alloc(r->job, capacity * sizeof(*frames));

        if (!frames) {
            nc_json_error(&r->json, NC_EMEM, "out of memory");
            return;
        }
        if (r->count)
            memcpy(frames, r->frames, r->count * sizeof(*frames));
        r->frames = frames;
        r->capacity = capacity;
    }
    r->frames[r->count++] = (frame){ .node = node, .step = (uint8_t)what, .part = (uint8_t)part };
}

static nc_node *append_new(reader *r, nc_node *parent, nc_kind kind)
{
    nc_node *node = nc_append(r->job, parent, nc_node_new(r->job, kind));

    if (!node)
        nc_json_error(&r->json, nc_job_status(r->job), "no room");
    return node;
}

/* ---------------------------------------------------------------- names of kinds */

static size_t hash_name(nc_bytes name)
{
    return name.len * 7 + (unsigned char)name.ptr[0] * 3 + (unsigned char)name.ptr[name.len - 1];
}

static void list_names(reader *r)
{
    for (int kind = 0; kind < NC_KIND_COUNT; kind++) {
        nc_bytes name = nc_string(nc_kinds[kind].name);
        size_t slot;

        if (!name.len || nc_kinds[kind].level == NC_LEVEL_PART)
            continue;
        for (slot = hash_name(name); r->names[slot % NAME_SLOTS]; slot++)
            continue;
        r->names[slot % NAME_SLOTS] = (uint8_t)(kind + 1);
    }
}

/* The kind with that name, NC_KIND_COUNT if there is none. */
static nc_kind find_kind(const reader *r, nc_bytes name)
{
    if (!name.len)
        return NC_KIND_COUNT;
    for (size_t slot = hash_name(name);; slot++) {
        uint8_t found = r->names[slot % NAME_SLOTS];

        if (!found)
            return NC_KIND_COUNT;
        if (nc_is(name, nc_kinds[found - 1].name))
            return (nc_kind)(found - 1);
    }
}

/* ---------------------------------------------------------------- fields */

static void begin_part(reader *r, nc_node *node, nc_json_token token);

static void *field_place(nc_node *node, const nc_field *field)
{
    return (char *)(field->in_record ? (void *)(uintptr_t)node->record : (void *)node) + field->offset;
}

/* Read the field of which `token` is the first; children are left to a frame. */
static void begin_field(reader *r, nc_node *node, size_t index, nc_json_token token)
{
    const nc_field *field = &nc_kinds[node->kind].fields[index];

    switch ((nc_field_type)field->type) {
    case NC_FIELD_INLINES:
    case NC_FIELD_BLOCKS:
        expect(r, token, NC_JSON_ARRAY);
        push(r, STEP_CHILDREN, node, 0);
        break;
    case NC_FIELD_PARTS:
        expect(r, token, NC_JSON_ARRAY);
        push(r, node->kind == NC_DEFINITION_LIST ? STEP_DEFINITIONS : STEP_PARTS, node, field->part);
        break;
    case NC_FIELD_PART:
        if (token != NC_JSON_NULL || field->part != NC_SHORT_CAPTION)
            begin_part(r, append_new(r, node, (nc_kind)field->part), token);
        break;
    default: json_read_field(&r->json, field, token, field_place(node, field)); break;
    }
}

static void prepare_record(reader *r, nc_node *node)
{
    const nc_kind_info *info = &nc_kinds[node->kind];

    for (size_t i = 0; i < info->field_count; i++)
        if (info->fields[i].in_record) {
            nc_record(r->job, node);
            return;
        }
}

/* Read what a kind holds: the value of its only field, or an array with one element a field. */
static void begin_part(reader *r, nc_node *node, nc_json_token token)
{
    if (!node)
        return;
    prepare_record(r, node);
    if (node->kind == NC_CITATION) {
        expect(r, token, NC_JSON_OBJECT);
        push(r, STEP_CITATION, node, 0);
    } else if (nc_kinds[node->kind].field_count == 1) {
        begin_field(r, node, 0, token);
    } else {
        expect(r, token, NC_JSON_ARRAY);
        push(r, STEP_FIELDS, node, 0);
    }
}

/* An attr without classes and pairs, as most are. */
static bool read_common_attr(reader *r, frame *f)
{
    const nc_kind_info *info = &nc_kinds[f->node->kind];

    if (f->count == info->field_count || info->fields[f->count].type != NC_FIELD_ATTR ||
        !nc_json_match(&r->json, NC_LITERAL("["), NC_LITERAL(",[],[]]")))
        return false;
    f->node->attr = nc_attr_new(r->job, r->json.text, NULL, 0, NULL, 0);
    f->count++;
    return true;
}

static void step_fields(reader *r, frame *f)
{
    nc_json_token token;
    nc_node *node = f->node;

    if (read_common_attr(r, f))
        return;
    token = nc_json_next(&r->json);
    if (f->count == nc_kinds[node->kind].field_count) {
        expect(r, token, NC_JSON_ARRAY_END);
        r->count--;
    } else if (token == NC_JSON_ARRAY_END) {
        fail(r, "an array with too few elements");
    } else {
        begin_field(r, node, f->count++, token);
    }
}

/* ---------------------------------------------------------------- elements */

/* An object with a tag and perhaps content, as far as it has been read. */
typedef struct element {
    nc_bytes tag;
    nc_json_token token;        /* of its content; NC_JSON_END: none */
    nc_bytes text;              /* of a content that is a string */
    bool bracket;               /* the content has been opened and is still to be read */
    bool closed;                /* the object has been read to its end */
} element;

static void read_content_token(reader *r, element *e)
{
    e->token = nc_json_next(&r->json);
    e->text = r->json.text;
    e->bracket = e->token == NC_JSON_ARRAY || e->token == NC_JSON_OBJECT;
}

/* Read the keys of an object up to where its content begins and its tag is known, or to its end. */
static void read_element_keys(reader *r, element *e)
{
    nc_json_token token;

    while ((token = nc_json_next(&r->json)) == NC_JSON_KEY) {
        char key = r->json.text.len == 1 ? r->json.text.ptr[0] : '\0';

        if (key == 't' && !e->tag.ptr) {
            expect(r, nc_json_next(&r->json), NC_JSON_STRING);
            e->tag = nc_json_keep(&r->json);
        } else if (key == 'c' && e->token == NC_JSON_END) {
            read_content_token(r, e);
            if (!e->tag.ptr && e->token == NC_JSON_STRING)
                e->text = nc_json_keep(&r->json);
            else if (!e->tag.ptr && e->bracket)
                e->tag = json_tag_of(&r->notes, &r->json);
            if (e->tag.ptr)
                return;
        } else {
            nc_json_skip(&r->json, token);
        }
    }
    e->closed = true;
}

static void begin_map(reader *r, nc_node *map, nc_json_token token)
{
    expect(r, token, NC_JSON_OBJECT);
    push(r, STEP_MAP, map, 0);
}

/* Read the content of `node`, of which e->token is the first. */
static void begin_content(reader *r, nc_node *node, const element *e)
{
    if (node->kind == NC_META_MAP) {
        begin_map(r, node, e->token);
    } else if (node->kind == NC_META_LIST) {
        expect(r, e->token, NC_JSON_ARRAY);
        push(r, STEP_CHILDREN, node, 0);
    } else if (node->kind == NC_META_STRING) {
        expect(r, e->token, NC_JSON_STRING);
        node->text = e->closed ? e->text : nc_json_keep(&r->json);
    } else {
        begin_part(r, node, e->token);
    }
}

static bool has_content(nc_kind kind)
{
    return nc_kinds[kind].field_count || kind == NC_META_LIST;
}

/* Str, Space and SoftBreak become text; all else a node. */
static bool read_text_element(reader *r, nc_node *parent, const element *e)
{
    if (nc_is(e->tag, "Str")) {
        expect(r, e->token, NC_JSON_STRING);
        if (!r->json.error)
            nc_str(r->job, parent, e->text);
    } else if (nc_is(e->tag, "Space")) {
        nc_separator(r->job, parent, ' ');
    } else if (nc_is(e->tag, "SoftBreak")) {
        nc_separator(r->job, parent, '\n');
    } else {
        return false;
    }
    return true;
}

static void begin_node(reader *r, nc_node *parent, const element *e, nc_kind kind)
{
    nc_node *node;

    if (++r->depth > nc_job_limits(r->job)->depth) {
        nc_json_error(&r->json, NC_ELIMIT, "nested deeper than the limit");
        return;
    }
    node = append_new(r, parent, kind);
    push(r, STEP_ELEMENT, node, 0);
    if (!node || !has_content(kind)) {
        if (e->bracket)
            nc_json_skip(&r->json, e->token);
    } else if (e->token == NC_JSON_END) {
        fail(r, "an object without its content \"c\"");
    } else {
        begin_content(r, node, e);
    }
}

static void drop_null(reader *r, const element *e)
{
    nc_warn(r->job, NULL, NC_WARN_INPUT, "Null block dropped: pandoc 3 has none");
    push(r, STEP_ELEMENT, NULL, 0);
    r->depth++;
    if (e->bracket)
        nc_json_skip(&r->json, e->token);
}

/* Add the element of which the keys have been read to `parent`. */
static void begin_element(reader *r, nc_node *parent, const element *e)
{
    uint64_t allowed = nc_kinds[parent->kind].holds;
    nc_kind kind = find_kind(r, e->tag);

    if ((allowed & NC_BIT(PARA)) && nc_is(e->tag, "Null")) {
        drop_null(r, e);
    } else if (kind != NC_KIND_COUNT && (allowed & UINT64_C(1) << kind)) {
        begin_node(r, parent, e, kind);
    } else {
        r->tag = e->tag;
        fail(r, e->tag.ptr ? "no element that may stand here" : "an object without its name \"t\"");
    }
    if (e->closed && r->count && r->frames[r->count - 1].step == STEP_ELEMENT) {
        r->count--;
        r->depth--;
    }
}

/* Read the object whose opening brace is the last token, as a child of `parent`. */
static void read_element(reader *r, nc_node *parent)
{
    element e = { .token = NC_JSON_END };

    nc_at(r->job, (size_t)(r->json.token - r->json.start));
    read_element_keys(r, &e);
    if (r->json.error)
        return;
    if (!(nc_kinds[parent->kind].holds & NC_BIT(TEXT)) || !read_text_element(r, parent, &e)) {
        begin_element(r, parent, &e);
        return;
    }
    if (e.bracket)
        nc_json_skip(&r->json, e.token);
    while (!e.closed && !r->json.error)
        e.closed = nc_json_skip(&r->json, nc_json_next(&r->json)) == NC_JSON_OBJECT_END;
}

static void step_element(reader *r)
{
    nc_json_token token = nc_json_next(&r->json);

    if (token == NC_JSON_KEY) {
        nc_json_skip(&r->json, token);
    } else {
        r->count--;
        r->depth--;
    }
}

/* The elements that most of a document consists of, as pandoc spells them or with sorted keys. */
static bool read_common_text(reader *r, nc_node *parent)
{
    nc_json *json = &r->json;
    element e = { .token = NC_JSON_END, .closed = true };

    if (nc_json_match(json, NC_LITERAL("{\"t\":\"Str\",\"c\":"), NC_LITERAL("}")) ||
        nc_json_match(json, NC_LITERAL("{\"c\":"), NC_LITERAL(",\"t\":\"Str\"}"))) {
        nc_str(r->job, parent, json->text);
        return true;
    }
    if (!nc_json_match(json, NC_LITERAL("{\"t\":"), NC_LITERAL("}")))
        return false;
    e.tag = json->text;
    if (nc_is(e.tag, "Space"))
        nc_separator(r->job, parent, ' ');
    else if (!read_text_element(r, parent, &e))
        begin_element(r, parent, &e);
    return true;
}

static void step_children(reader *r, frame *f)
{
    nc_json_token token;

    if (nc_kinds[f->node->kind].holds & NC_BIT(TEXT))
        while (read_common_text(r, f->node))
            (f = &r->frames[r->count - 1])->count++;
    token = nc_json_next(&r->json);
    if (token == NC_JSON_ARRAY_END) {
        r->count--;
        return;
    }
    f->count++;
    expect(r, token, NC_JSON_OBJECT);
    if (!r->json.error)
        read_element(r, f->node);
}

static void step_parts(reader *r, frame *f)
{
    nc_json_token token = nc_json_next(&r->json);

    if (token == NC_JSON_ARRAY_END) {
        r->count--;
        return;
    }
    f->count++;
    begin_part(r, append_new(r, f->node, (nc_kind)f->part), token);
}

/* ---------------------------------------------------------------- the irregular ones */

static void step_definitions(reader *r, frame *f)
{
    nc_json_token token = nc_json_next(&r->json);
    nc_node *list = f->node;

    if (token == NC_JSON_ARRAY_END) {
        r->count--;
        return;
    }
    f->count++;
    expect(r, token, NC_JSON_ARRAY);
    push(r, STEP_DEFINED, list, 0);
    begin_part(r, append_new(r, list, NC_TERM), nc_json_next(&r->json));
}

/* Behind the term: its definitions; behind those: the end of the pair. */
static void step_defined(reader *r, frame *f)
{
    nc_json_token token = nc_json_next(&r->json);

    if (f->count++) {
        expect(r, token, NC_JSON_ARRAY_END);
        r->count--;
        return;
    }
    expect(r, token, NC_JSON_ARRAY);
    push(r, STEP_PARTS, f->node, NC_DEFINITION);
}

static const char *const citation_keys[] = { "citationId", "citationPrefix", "citationSuffix",
                                             "citationMode", "citationNoteNum", "citationHash", NULL };

static void close_citation(reader *r, nc_node *citation)
{
    nc_node *first = citation->first;

    if (first && first->kind == NC_SUFFIX && first->next)
        nc_append(r->job, citation, nc_detach(first));
    r->count--;
}

static void step_citation(reader *r, frame *f)
{
    nc_json_token token = nc_json_next(&r->json);
    nc_node *citation = f->node;

    if (token == NC_JSON_OBJECT_END) {
        if (f->count != 0x3F)
            fail(r, "a citation without all of its fields");
        close_citation(r, citation);
        return;
    }
    for (uint32_t i = 0; citation_keys[i] && token == NC_JSON_KEY; i++) {
        if (nc_is(r->json.text, citation_keys[i]) && !(f->count & 1u << i)) {
            f->count |= 1u << i;
            begin_field(r, citation, i, nc_json_next(&r->json));
            return;
        }
    }
    nc_json_skip(&r->json, token);
}

/* ---------------------------------------------------------------- metadata */

static void close_map(reader *r, nc_node *map)
{
    r->count--;
    json_sort_map(r->job, map);
}

static void step_map(reader *r, frame *f)
{
    nc_json_token token = nc_json_next(&r->json);
    nc_node *entry;

    if (token != NC_JSON_KEY) {
        close_map(r, f->node);
        return;
    }
    f->count++;
    entry = append_new(r, f->node, NC_META_ENTRY);
    if (!entry)
        return;
    entry->text = nc_json_keep(&r->json);
    expect(r, nc_json_next(&r->json), NC_JSON_OBJECT);
    if (!r->json.error)
        read_element(r, entry);
}

/* ---------------------------------------------------------------- the document */

static void read_version(reader *r)
{
    int64_t numbers[2] = { 0, 0 };
    nc_json_token token;
    size_t count = 0;

    expect(r, nc_json_next(&r->json), NC_JSON_ARRAY);
    while ((token = nc_json_next(&r->json)) == NC_JSON_NUMBER)
        if (count < 2)
            nc_json_int(&r->json, &numbers[count++]);
    expect(r, token, NC_JSON_ARRAY_END);
    if (numbers[0] != 1 || numbers[1] < 22 || numbers[1] > 23)
        fail(r, "a version of pandoc's tree that is not known; 1.22 and 1.23 are");
    r->versioned = true;
}

/* pandoc-api-version, meta and blocks, in any order. */
static void step_document(reader *r, frame *f)
{
    nc_json_token token = nc_json_next(&r->json);
    nc_bytes key = r->json.text;
    nc_node *doc = f->node;

    if (token == NC_JSON_OBJECT_END) {
        r->count--;
        if (!r->versioned || f->count != 3)
            fail(r, r->versioned ? "pandoc's tree has \"meta\" and \"blocks\", this object has not"
                                 : "pandoc's tree begins with \"pandoc-api-version\", this object does not");
    } else if (nc_is(key, "pandoc-api-version")) {
        read_version(r);
    } else if (nc_is(key, "meta") && !(f->count & 1)) {
        f->count |= 1;
        begin_map(r, doc->meta, nc_json_next(&r->json));
    } else if (nc_is(key, "blocks") && !(f->count & 2)) {
        f->count |= 2;
        expect(r, nc_json_next(&r->json), NC_JSON_ARRAY);
        push(r, STEP_CHILDREN, doc, 0);
    } else {
        nc_json_skip(&r->json, token);
    }
}

static void take_step(reader *r)
{
    frame *f = &r->frames[r->count - 1];

    switch ((step)f->step) {
    case STEP_DOCUMENT: step_document(r, f); break;
    case STEP_CHILDREN: step_children(r, f); break;
    case STEP_PARTS: step_parts(r, f); break;
    case STEP_FIELDS: step_fields(r, f); break;
    case STEP_ELEMENT: step_element(r); break;
    case STEP_CITATION: step_citation(r, f); break;
    case STEP_DEFINITIONS: step_definitions(r, f); break;
    case STEP_DEFINED: step_defined(r, f); break;
    case STEP_MAP: step_map(r, f); break;
    }
}

/* Where in the tree the reader stands, as in $.blocks[2].c[1]; a long path is cut. */
static void write_path(const reader *r, char path[PATH_SIZE])
{
    size_t length = 1;

    path[0] = '$';
    path[1] = '\0';
    for (size_t i = 0; i < r->count && length < PATH_SIZE - 32; i++) {
        const frame *f = &r->frames[i];
        size_t room = PATH_SIZE - length;
        unsigned last = f->count ? f->count - 1 : 0;
        int written = 0;

        if (f->step == STEP_MAP && f->node->last)
            written = snprintf(path + length, room, "%s.%.*s", i == 1 ? ".meta" : "",
                               (int)(f->node->last->text.len < 20 ? f->node->last->text.len : 20),
                               f->node->last->text.ptr);
        else if (f->step == STEP_CHILDREN && i == 1)
            written = snprintf(path + length, room, ".blocks[%u]", last);
        else if (f->step != STEP_DOCUMENT && f->step != STEP_ELEMENT && f->step != STEP_CITATION)
            written = snprintf(path + length, room, "[%u]", last);
        else if (f->step == STEP_ELEMENT)
            written = snprintf(path + length, room, ".c");
        length += written > 0 ? (size_t)written : 0;
    }
}

static void report(reader *r)
{
    char path[PATH_SIZE];

    if (nc_job_status(r->job))
        return;
    write_path(r, path);
    nc_at(r->job, (size_t)(r->json.token - r->json.start));
    if (r->json.code == NC_ELIMIT)
        nc_fail(r->job, NC_ELIMIT, "%s; --max-depth (now %zu) raises it", r->json.error,
                nc_job_limits(r->job)->depth);
    else if (r->tag.ptr)
        nc_fail(r->job, r->json.code, "%s: %s: %.*s", path, r->json.error,
                (int)(r->tag.len < 40 ? r->tag.len : 40), r->tag.ptr);
    else
        nc_fail(r->job, r->json.code, "%s: %s", path, r->json.error);
}

nc_status json_read(nc_job *job, const void *options, nc_bytes in, nc_node *doc)
{
    /* A node takes three brackets, a table with all its parts nine for each cell below it. */
    size_t brackets = nc_job_limits(job)->depth * 4 + 16;
    reader r = { .job = job };

    (void)options;
    list_names(&r);
    nc_json_open(&r.json, job, in, brackets);
    expect(&r, nc_json_next(&r.json), NC_JSON_OBJECT);
    push(&r, STEP_DOCUMENT, doc, 0);
    while (r.count && !r.json.error)
        take_step(&r);
    if (!r.json.error)
        nc_json_next(&r.json);
    if (r.json.error)
        report(&r);
    return nc_job_status(job);
}
