/* SPDX-License-Identifier: MIT */
/* Equality as pandoc has it: two walks side by side, each run cut into words. */
#include "core/plugin.h"

#include <strings.h>

/* Where a walk stands: a word of a run, or the entering or leaving of another node. */
typedef struct cursor {
    nc_walk walk;
    size_t at;
    nc_word word; /* kind 0: not in a run */
} cursor;

static bool step(cursor *c)
{
    if (c->word.kind && nc_words(c->walk.node, &c->at, &c->word))
        return true;
    c->word.kind = 0;
    do {
        if (!nc_walk_next(&c->walk))
            return false;
        if (c->walk.node->kind == NC_TEXT && c->walk.entering) {
            c->at = 0;
            nc_words(c->walk.node, &c->at, &c->word);
            return true;
        }
    } while (c->walk.node->kind == NC_TEXT);
    return true;
}

static bool same_attr(const nc_attr *a, const nc_attr *b)
{
    if (a == b)
        return true;
    if (!a || !b || !nc_same(a->id, b->id) || a->class_count != b->class_count ||
        a->pair_count != b->pair_count)
        return false;
    for (size_t i = 0; i < a->class_count; i++)
        if (!nc_same(a->classes[i], b->classes[i]))
            return false;
    for (size_t i = 0; i < a->pair_count; i++)
        if (!nc_same(a->pairs[i].key, b->pairs[i].key) ||
            !nc_same(a->pairs[i].value, b->pairs[i].value))
            return false;
    return true;
}

/* Raw formats compare without case. */
static bool same_format(nc_bytes a, nc_bytes b)
{
    return a.len == b.len && strncasecmp(a.ptr, b.ptr, a.len) == 0;
}

static bool same_columns(const nc_columns *a, const nc_columns *b)
{
    if (a->count != b->count)
        return false;
    for (size_t i = 0; i < a->count; i++) {
        double x = a->items[i].width, y = b->items[i].width;

        if (a->items[i].alignment != b->items[i].alignment || (x < 0) != (y < 0) ||
            (x >= 0 && x != y))
            return false;
    }
    return true;
}

static bool same_field(const nc_field *field, const void *a, const void *b)
{
    const nc_target *x = a, *y = b;

    switch ((nc_field_type)field->type) {
    case NC_FIELD_ATTR: return same_attr(*(const nc_attr *const *)a, *(const nc_attr *const *)b);
    case NC_FIELD_TEXT:
        return strcmp(field->name, "format") == 0
                   ? same_format(*(const nc_bytes *)a, *(const nc_bytes *)b)
                   : nc_same(*(const nc_bytes *)a, *(const nc_bytes *)b);
    case NC_FIELD_TARGET: return nc_same(x->url, y->url) && nc_same(x->title, y->title);
    case NC_FIELD_COLUMN_SPECS: return same_columns(a, b);
    case NC_FIELD_LIST_ATTRIBUTES: return memcmp(a, b, sizeof(nc_list_attributes)) == 0;
    case NC_FIELD_INT:
    case NC_FIELD_BOOL:
    case NC_FIELD_QUOTE_TYPE: return *(const int64_t *)a == *(const int64_t *)b;
    case NC_FIELD_MATH_TYPE:
    case NC_FIELD_ALIGNMENT:
    case NC_FIELD_CITATION_MODE: return *(const int *)a == *(const int *)b;
    default: return true; /* children: the walk compares them */
    }
}

static bool same_node(const nc_node *a, const nc_node *b)
{
    const nc_kind_info *info = &nc_kinds[a->kind];

    if (a->kind != b->kind)
        return false;
    for (size_t i = 0; i < info->field_count; i++) {
        const nc_field *field = &info->fields[i];
        const char *x = field->in_record ? a->record : (const void *)a;
        const char *y = field->in_record ? b->record : (const void *)b;

        if (!same_field(field, x + field->offset, y + field->offset))
            return false;
    }
    return true;
}

static bool same_step(const cursor *a, const cursor *b)
{
    if (a->word.kind != b->word.kind)
        return false;
    if (a->word.kind)
        return nc_same(a->word.text, b->word.text);
    return a->walk.entering == b->walk.entering &&
           (!a->walk.entering || same_node(a->walk.node, b->walk.node));
}

bool nc_equal(const nc_node *a, const nc_node *b)
{
    cursor x = { .walk = { .root = a } }, y = { .walk = { .root = b } };

    if (!a || !b)
        return a == b;
    if (a->kind == NC_DOCUMENT && b->kind == NC_DOCUMENT && !nc_equal(a->meta, b->meta))
        return false; /* a map holds no documents: one level deep */
    for (;;) {
        bool more = step(&x);

        if (step(&y) != more || (more && !same_step(&x, &y)))
            return false;
        if (!more)
            return true;
    }
}
