/* SPDX-License-Identifier: MIT */
/* Reading pandoc's JSON into the tree, driven by kinds.def. What is still to be read is a stack
 * of frames; each step reads one token, or one element with its simple fields.
 *
 *     {"t":"Header","c":[1,["",[],[]],[{"t":"Str","c":"Harbour"}]]}
 *     ELEMENT       ....FIELDS........CHILDREN */
#include "plugins/json/read.h"

void json_fail(reader *r, const char *message)
{
    nc_json_error(&r->json, NC_EINPUT, message);
}

void json_expect(reader *r, nc_json_token token, nc_json_token wanted)
{
    if (token != wanted)
        json_fail(r, wanted == NC_JSON_ARRAY    ? "an array should be here"
                     : wanted == NC_JSON_OBJECT ? "an object should be here"
                     : wanted == NC_JSON_STRING ? "a string should be here"
                                                : "an array with too many elements");
}

void json_push(reader *r, step what, nc_node *node, int part)
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

nc_node *json_append(reader *r, nc_node *parent, nc_kind kind)
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

static void *field_place(nc_node *node, const nc_field *field)
{
    return (char *)(field->in_record ? (void *)(uintptr_t)node->record : (void *)node) +
           field->offset;
}

/* Read the field of which `token` is the first; children are left to a frame. */
void json_begin_field(reader *r, nc_node *node, size_t index, nc_json_token token)
{
    const nc_field *field = &nc_kinds[node->kind].fields[index];

    switch ((nc_field_type)field->type) {
    case NC_FIELD_INLINES:
    case NC_FIELD_BLOCKS:
        json_expect(r, token, NC_JSON_ARRAY);
        json_push(r, STEP_CHILDREN, node, 0);
        break;
    case NC_FIELD_PARTS:
        json_expect(r, token, NC_JSON_ARRAY);
        json_push(r, node->kind == NC_DEFINITION_LIST ? STEP_DEFINITIONS : STEP_PARTS, node,
                  field->part);
        break;
    case NC_FIELD_PART:
        if (token != NC_JSON_NULL || field->part != NC_SHORT_CAPTION)
            json_begin_part(r, json_append(r, node, (nc_kind)field->part), token);
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
void json_begin_part(reader *r, nc_node *node, nc_json_token token)
{
    if (!node)
        return;
    prepare_record(r, node);
    if (node->kind == NC_CITATION) {
        json_expect(r, token, NC_JSON_OBJECT);
        json_push(r, STEP_CITATION, node, 0);
    } else if (nc_kinds[node->kind].field_count == 1) {
        json_begin_field(r, node, 0, token);
    } else {
        json_expect(r, token, NC_JSON_ARRAY);
        json_push(r, STEP_FIELDS, node, 0);
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
        json_expect(r, token, NC_JSON_ARRAY_END);
        r->count--;
    } else if (token == NC_JSON_ARRAY_END) {
        json_fail(r, "an array with too few elements");
    } else {
        json_begin_field(r, node, f->count++, token);
    }
}

/* ---------------------------------------------------------------- elements */

/* An object with a tag and perhaps content, as far as it has been read. */
typedef struct element {
    nc_bytes tag;
    nc_json_token token; /* of its content; NC_JSON_END: none */
    nc_bytes text;       /* of a content that is a string */
    bool bracket;        /* the content has been opened and is still to be read */
    bool closed;         /* the object has been read to its end */
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
            json_expect(r, nc_json_next(&r->json), NC_JSON_STRING);
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

/* Read the content of `node`, of which e->token is the first. */
static void begin_content(reader *r, nc_node *node, const element *e)
{
    if (node->kind == NC_META_MAP) {
        json_begin_map(r, node, e->token);
    } else if (node->kind == NC_META_LIST) {
        json_expect(r, e->token, NC_JSON_ARRAY);
        json_push(r, STEP_CHILDREN, node, 0);
    } else if (node->kind == NC_META_STRING) {
        json_expect(r, e->token, NC_JSON_STRING);
        node->text = e->closed ? e->text : nc_json_keep(&r->json);
    } else {
        json_begin_part(r, node, e->token);
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
        json_expect(r, e->token, NC_JSON_STRING);
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
    node = json_append(r, parent, kind);
    json_push(r, STEP_ELEMENT, node, 0);
    if (!node || !has_content(kind)) {
        if (e->bracket)
            nc_json_skip(&r->json, e->token);
    } else if (e->token == NC_JSON_END) {
        json_fail(r, "an object without its content \"c\"");
    } else {
        begin_content(r, node, e);
    }
}

static void drop_null(reader *r, const element *e)
{
    nc_warn(r->job, NULL, NC_WARN_INPUT, "Null block dropped: pandoc 3 has none");
    json_push(r, STEP_ELEMENT, NULL, 0);
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
        json_fail(r, e->tag.ptr ? "no element that may stand here"
                                : "an object without its name \"t\"");
    }
    if (e->closed && r->count && r->frames[r->count - 1].step == STEP_ELEMENT) {
        r->count--;
        r->depth--;
    }
}

/* Read the object whose opening brace is the last token, as a child of `parent`. */
void json_read_element(reader *r, nc_node *parent)
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
    json_expect(r, token, NC_JSON_OBJECT);
    if (!r->json.error)
        json_read_element(r, f->node);
}

static void step_parts(reader *r, frame *f)
{
    nc_json_token token = nc_json_next(&r->json);

    if (token == NC_JSON_ARRAY_END) {
        r->count--;
        return;
    }
    f->count++;
    json_begin_part(r, json_append(r, f->node, (nc_kind)f->part), token);
}

static void take_step(reader *r)
{
    frame *f = &r->frames[r->count - 1];

    switch ((step)f->step) {
    case STEP_DOCUMENT: json_step_document(r, f); break;
    case STEP_CHILDREN: step_children(r, f); break;
    case STEP_PARTS: step_parts(r, f); break;
    case STEP_FIELDS: step_fields(r, f); break;
    case STEP_ELEMENT: step_element(r); break;
    case STEP_CITATION: json_step_citation(r, f); break;
    case STEP_DEFINITIONS: json_step_definitions(r, f); break;
    case STEP_DEFINED: json_step_defined(r, f); break;
    case STEP_MAP: json_step_map(r, f); break;
    }
}

nc_status json_read(nc_job *job, const void *options, nc_bytes in, nc_node *doc)
{
    /* A node takes three brackets, a table with all its parts nine for each cell below it. */
    size_t brackets = nc_job_limits(job)->depth * 4 + 16;
    reader r = { .job = job };

    (void)options;
    list_names(&r);
    nc_json_open(&r.json, job, in, brackets);
    json_expect(&r, nc_json_next(&r.json), NC_JSON_OBJECT);
    json_push(&r, STEP_DOCUMENT, doc, 0);
    while (r.count && !r.json.error)
        take_step(&r);
    if (!r.json.error)
        nc_json_next(&r.json);
    if (r.json.error)
        json_report(&r);
    return nc_job_status(job);
}
