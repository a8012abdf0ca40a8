/* SPDX-License-Identifier: MIT */
/* Reading what kinds.def does not describe: definitions, citations, metadata, and the document
 * itself. */
#include "plugins/json/read.h"

void json_step_definitions(reader *r, frame *f)
{
    nc_json_token token = nc_json_next(&r->json);
    nc_node *list = f->node;

    if (token == NC_JSON_ARRAY_END) {
        r->count--;
        return;
    }
    f->count++;
    json_expect(r, token, NC_JSON_ARRAY);
    json_push(r, STEP_DEFINED, list, 0);
    json_begin_part(r, json_append(r, list, NC_TERM), nc_json_next(&r->json));
}

/* Behind the term: its definitions; behind those: the end of the pair. */
void json_step_defined(reader *r, frame *f)
{
    nc_json_token token = nc_json_next(&r->json);

    if (f->count++) {
        json_expect(r, token, NC_JSON_ARRAY_END);
        r->count--;
        return;
    }
    json_expect(r, token, NC_JSON_ARRAY);
    json_push(r, STEP_PARTS, f->node, NC_DEFINITION);
}

static const char *const citation_keys[] = { "citationId",
                                             "citationPrefix",
                                             "citationSuffix",
                                             "citationMode",
                                             "citationNoteNum",
                                             "citationHash",
                                             NULL };

static void close_citation(reader *r, nc_node *citation)
{
    nc_node *first = citation->first;

    if (first && first->kind == NC_SUFFIX && first->next)
        nc_append(r->job, citation, nc_detach(first));
    r->count--;
}

void json_step_citation(reader *r, frame *f)
{
    nc_json_token token = nc_json_next(&r->json);
    nc_node *citation = f->node;

    if (token == NC_JSON_OBJECT_END) {
        if (f->count != 0x3F)
            json_fail(r, "a citation without all of its fields");
        close_citation(r, citation);
        return;
    }
    for (uint32_t i = 0; citation_keys[i] && token == NC_JSON_KEY; i++) {
        if (nc_is(r->json.text, citation_keys[i]) && !(f->count & 1u << i)) {
            f->count |= 1u << i;
            json_begin_field(r, citation, i, nc_json_next(&r->json));
            return;
        }
    }
    nc_json_skip(&r->json, token);
}

/* ---------------------------------------------------------------- metadata */

void json_begin_map(reader *r, nc_node *map, nc_json_token token)
{
    json_expect(r, token, NC_JSON_OBJECT);
    json_push(r, STEP_MAP, map, 0);
}

static void close_map(reader *r, nc_node *map)
{
    r->count--;
    nc_meta_sort(r->job, map, false);
}

void json_step_map(reader *r, frame *f)
{
    nc_json_token token = nc_json_next(&r->json);
    nc_node *entry;

    if (token != NC_JSON_KEY) {
        close_map(r, f->node);
        return;
    }
    f->count++;
    entry = json_append(r, f->node, NC_META_ENTRY);
    if (!entry)
        return;
    entry->text = nc_json_keep(&r->json);
    json_expect(r, nc_json_next(&r->json), NC_JSON_OBJECT);
    if (!r->json.error)
        json_read_element(r, entry);
}

/* ---------------------------------------------------------------- the document */

static void read_version(reader *r)
{
    int64_t numbers[2] = { 0, 0 };
    nc_json_token token;
    size_t count = 0;

    json_expect(r, nc_json_next(&r->json), NC_JSON_ARRAY);
    while ((token = nc_json_next(&r->json)) == NC_JSON_NUMBER)
        if (count < 2)
            nc_json_int(&r->json, &numbers[count++]);
    json_expect(r, token, NC_JSON_ARRAY_END);
    if (numbers[0] != 1 || numbers[1] < 22 || numbers[1] > 23)
        json_fail(r, "a version of pandoc's tree that is not known; 1.22 and 1.23 are");
    r->versioned = true;
}

/* pandoc-api-version, meta and blocks, in any order. */
void json_step_document(reader *r, frame *f)
{
    nc_json_token token = nc_json_next(&r->json);
    nc_bytes key = r->json.text;
    nc_node *doc = f->node;

    if (token == NC_JSON_OBJECT_END) {
        r->count--;
        if (!r->versioned || f->count != 3)
            json_fail(
                r, r->versioned
                       ? "pandoc's tree has \"meta\" and \"blocks\", this object has not"
                       : "pandoc's tree begins with \"pandoc-api-version\", this object does not");
    } else if (nc_is(key, "pandoc-api-version")) {
        read_version(r);
    } else if (nc_is(key, "meta") && !(f->count & 1)) {
        f->count |= 1;
        json_begin_map(r, doc->meta, nc_json_next(&r->json));
    } else if (nc_is(key, "blocks") && !(f->count & 2)) {
        f->count |= 2;
        json_expect(r, nc_json_next(&r->json), NC_JSON_ARRAY);
        json_push(r, STEP_CHILDREN, doc, 0);
    } else {
        nc_json_skip(&r->json, token);
    }
}
