/* SPDX-License-Identifier: MIT */
/* What happens to a story between its reader and the user's filters: what the user says about it
 * is set, the news scripts decide, and the facts are kept or forgotten. */
#include "core/pipeline.h"

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

static void append_string(nc_job *job, nc_node *list, nc_bytes text)
{
    nc_node *string = nc_node_new(job, NC_META_STRING);

    if (string)
        string->text = text;
    nc_append(job, list, string);
}

static void keep_fact(nc_job *job, nc_node *facts, const nc_fact *fact)
{
    nc_bytes key = nc_print(job, "%s/%.*s", fact->syntax, (int)fact->name.len, fact->name.ptr);
    nc_node *before = nc_meta_value(facts, key);
    nc_node *value;

    if (before && before->kind == NC_META_LIST) {
        append_string(job, before, fact->value);
        return;
    }
    if (before) {
        nc_bytes first = before->text;

        value = nc_meta_set(job, facts, key, NC_META_LIST);
        append_string(job, value, first);
        append_string(job, value, fact->value);
        return;
    }
    value = nc_meta_set(job, facts, key, NC_META_STRING);
    if (value)
        value->text = fact->value;
}

static void keep_facts(nc_job *job, nc_node *story)
{
    nc_node *facts = nc_meta_set(job, story->meta, NC_LITERAL("facts"), NC_META_MAP);
    const nc_fact *fact;

    for (size_t i = 0; (fact = nc_fact_at(job, i)); i++)
        keep_fact(job, facts, fact);
}

nc_status nc_decide_story(nc_conversion *conversion, const nc_format *format, nc_node *story)
{
    nc_job *job = conversion->job;

    (void)format;
    if (!story || nc_job_status(job))
        return nc_job_status(job);
    set_own_metadata(conversion, story);
    if (job->settings.keep_facts && nc_fact_at(job, 0))
        keep_facts(job, story);
    job->facts.count = 0;
    return nc_job_status(job);
}
