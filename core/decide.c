/* SPDX-License-Identifier: MIT */
/* What happens to a story between its reader and the user's filters: what the user says about it
 * is set, the news scripts decide, and the facts are kept or forgotten. */
#include "core/pipeline.h"

#include <stdlib.h>

/* What the user says wins; under --raw only -M does, as in pandoc. */
static void set_own_metadata(nc_conversion *conversion, nc_node *story)
{
    nc_job *job = conversion->job;
    const nc_config *config = conversion->config;

    nc_merge_metadata(job, story->meta, nc_clone(job, conversion->file_metadata),
                      config->settings.raw);
    nc_merge_metadata(job, story->meta, nc_clone(job, config->metadata), false);
}

/* ---------------------------------------------------------------- facts */

/* A fact under the key that it gets in the metadata, "syntax/name". */
typedef struct kept_fact {
    nc_bytes key, value;
    size_t order;
} kept_fact;

static int compare_facts(const void *a, const void *b)
{
    const kept_fact *left = a, *right = b;
    size_t shorter = left->key.len < right->key.len ? left->key.len : right->key.len;
    int order = memcmp(left->key.ptr, right->key.ptr, shorter);

    if (order == 0)
        order = (left->key.len > right->key.len) - (left->key.len < right->key.len);
    return order ? order : (left->order > right->order) - (left->order < right->order);
}

static void append_string(nc_job *job, nc_node *parent, nc_bytes text)
{
    nc_node *string = nc_append(job, parent, nc_node_new(job, NC_META_STRING));

    if (string)
        string->text = text;
}

/* One entry of the map for `count` facts of the same key; of several, a list. */
static void append_entry(nc_job *job, nc_node *map, const kept_fact *facts, size_t count)
{
    nc_node *entry = nc_append(job, map, nc_node_new(job, NC_META_ENTRY));
    nc_node *parent = entry;

    if (entry)
        entry->text = facts->key;
    if (count > 1)
        parent = nc_append(job, entry, nc_node_new(job, NC_META_LIST));
    for (size_t i = 0; i < count; i++)
        append_string(job, parent, facts[i].value);
}

/* Facts as metadata. A page may have many, so the map is not looked through for each: it is
 * built in order. */
static void keep_facts(nc_job *job, nc_node *story)
{
    nc_node *map = nc_meta_set(job, story->meta, NC_LITERAL("facts"), NC_META_MAP);
    size_t count = job->facts.count;
    kept_fact *kept = nc_alloc(job, count * sizeof *kept);

    for (size_t i = 0; kept && i < count; i++) {
        const nc_fact *fact = nc_fact_at(job, i);
        nc_bytes key = nc_print(job, "%s/%.*s", fact->syntax, (int)fact->name.len, fact->name.ptr);

        kept[i] = (kept_fact){ key, fact->value, i };
    }
    if (nc_job_status(job))
        return;
    qsort(kept, count, sizeof *kept, compare_facts);
    for (size_t i = 0, end; i < count; i = end) {
        for (end = i + 1; end < count && nc_same(kept[end].key, kept[i].key);)
            end++;
        append_entry(job, map, kept + i, end - i);
    }
}

nc_status nc_decide_story(nc_conversion *conversion, const nc_format *format, nc_node *story)
{
    nc_job *job = conversion->job;

    if (!story || nc_job_status(job))
        return nc_job_status(job);
    set_own_metadata(conversion, story);
    if (job->settings.keep_facts && nc_fact_at(job, 0))
        keep_facts(job, story);
    if (!nc_job_status(job))
        nc_run_scripts(conversion, format, story);
    job->facts.count = 0;
    return nc_job_status(job);
}
