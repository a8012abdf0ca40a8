/* SPDX-License-Identifier: MIT */
/* Making, linking and copying nodes. */
#include "core/job.h"

static const nc_code no_code = { { "", 0 } };
static const nc_raw no_raw = { { "", 0 }, { "", 0 } };
static const nc_math no_math = { NC_INLINE_MATH, { "", 0 } };
static const nc_target no_target = { { "", 0 }, { "", 0 } };
static const nc_columns no_columns = { 0, NULL };
static const nc_cell plain_cell = { NC_ALIGN_DEFAULT, 1, 1 };
static const nc_citation no_citation = { { "", 0 }, NC_NORMAL_CITATION, 0, 0 };

/* The record that a new node of a kind has, and its size. */
static const struct {
    const void *preset;
    size_t size;
} records[NC_KIND_COUNT] = {
    [NC_CODE_BLOCK] = { &no_code, sizeof(no_code) },
    [NC_CODE] = { &no_code, sizeof(no_code) },
    [NC_RAW_BLOCK] = { &no_raw, sizeof(no_raw) },
    [NC_RAW_INLINE] = { &no_raw, sizeof(no_raw) },
    [NC_MATH] = { &no_math, sizeof(no_math) },
    [NC_LINK] = { &no_target, sizeof(no_target) },
    [NC_IMAGE] = { &no_target, sizeof(no_target) },
    [NC_TABLE] = { &no_columns, sizeof(no_columns) },
    [NC_CELL] = { &plain_cell, sizeof(plain_cell) },
    [NC_CITATION] = { &no_citation, sizeof(no_citation) },
};

static_assert(sizeof(nc_citation) <= sizeof(((nc_job *)0)->scratch), "scratch holds any record");

nc_node *nc_node_new(nc_job *job, nc_kind kind)
{
    nc_node *node;

    if (job->node_count >= job->limits.nodes) {
        nc_fail(job, NC_ELIMIT, "more than %zu nodes; --max-nodes raises the limit",
                job->limits.nodes);
        return NULL;
    }
    node = nc_alloc(job, sizeof(*node));
    if (!node)
        return NULL;
    job->node_count++;
    node->kind = (uint8_t)kind;
    node->part = job->part;
    node->offset = job->offset;
    if (records[kind].size)
        node->record = records[kind].preset;
    else if (kind == NC_ORDERED_LIST)
        node->list.start = 1;
    else if (kind == NC_TEXT || kind == NC_META_STRING || kind == NC_META_ENTRY)
        node->text.ptr = "";
    else if (kind == NC_DOCUMENT) {
        node->meta = nc_node_new(job, NC_META_MAP);
        if (!node->meta)
            return NULL;
        node->meta->parent = node;
    }
    return node;
}

void *nc_record(nc_job *job, nc_node *node)
{
    size_t size = node ? records[node->kind].size : 0;
    void *record = size ? nc_alloc(job, size) : NULL;

    if (!record)
        return memset(job->scratch, 0, sizeof(job->scratch));
    memcpy(record, node->record, size);
    node->record = record;
    return record;
}

static bool may_link(nc_job *job, const nc_node *parent, const nc_node *child)
{
    if (!parent || !child || job->status)
        return false;
    if (!(nc_kinds[parent->kind].holds & nc_bit(child)) || child->parent) {
        nc_fail(job, NC_EUSAGE, "a %s node cannot go into a %s node here",
                nc_kinds[child->kind].name, nc_kinds[parent->kind].name);
        return false;
    }
    return true;
}

nc_node *nc_append(nc_job *job, nc_node *parent, nc_node *child)
{
    if (!may_link(job, parent, child))
        return NULL;
    child->parent = parent;
    child->previous = parent->last;
    if (parent->last)
        parent->last->next = child;
    else
        parent->first = child;
    parent->last = child;
    return child;
}

nc_node *nc_insert_before(nc_job *job, nc_node *sibling, nc_node *node)
{
    if (!sibling || !may_link(job, sibling->parent, node))
        return NULL;
    node->parent = sibling->parent;
    node->previous = sibling->previous;
    node->next = sibling;
    if (sibling->previous)
        sibling->previous->next = node;
    else
        sibling->parent->first = node;
    sibling->previous = node;
    return node;
}

nc_node *nc_detach(nc_node *node)
{
    if (!node || !node->parent)
        return node;
    if (node->previous)
        node->previous->next = node->next;
    else
        node->parent->first = node->next;
    if (node->next)
        node->next->previous = node->previous;
    else
        node->parent->last = node->previous;
    node->parent = node->previous = node->next = NULL;
    return node;
}

void nc_move_children(nc_job *job, nc_node *to, nc_node *from)
{
    if (!to || !from || job->status)
        return;
    while (from->first && nc_append(job, to, nc_detach(from->first)))
        ;
}

static nc_node *copy_node(nc_job *job, const nc_node *node)
{
    nc_node *copy;

    if (job->node_count >= job->limits.nodes) {
        nc_fail(job, NC_ELIMIT, "more than %zu nodes; --max-nodes raises the limit",
                job->limits.nodes);
        return NULL;
    }
    copy = nc_alloc(job, sizeof(*copy));
    if (!copy)
        return NULL;
    job->node_count++;
    *copy = *node;
    copy->flags &= NC_VERBATIM; /* core's marks belong to the original */
    copy->parent = copy->previous = copy->next = copy->first = copy->last = NULL;
    return copy;
}

nc_node *nc_clone(nc_job *job, const nc_node *node)
{
    nc_walk walk = { .root = node };
    nc_node *root = NULL, *parent = NULL;

    if (!node || job->status)
        return NULL;
    while (nc_walk_next(&walk)) {
        nc_node *copy;

        if (!walk.entering) {
            parent = parent->parent;
            continue;
        }
        copy = copy_node(job, walk.node);
        if (!copy || (root && !nc_append(job, parent, copy)))
            return NULL;
        if (!root)
            root = copy;
        parent = copy;
    }
    if (root->kind == NC_DOCUMENT) {
        root->meta = nc_clone(job, node->meta); /* a map holds no documents: one level deep */
        if (!root->meta)
            return NULL;
        root->meta->parent = root;
    }
    return root;
}
