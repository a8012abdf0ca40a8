/* SPDX-License-Identifier: MIT */
/* The way of a document: read → article → scripts → filters → write. */
#include "core/pipeline.h"

#include <unistd.h>

void nc_enter_stage(nc_job *job, nc_stage stage)
{
    static const char *const names[] = { "options", "input",   "read",  "article",
                                         "scripts", "filters", "write", "output" };
    const nc_conversion *conversion = job->conversion;

    job->stage = stage;
    if (job->progress && conversion)
        job->progress(job->progress_data, names[stage],
                      (double)conversion->done / (double)(conversion->source_count + 1));
}

/* ---------------------------------------------------------------- settings */

static bool is_standalone(const nc_config *config)
{
    if (config->standalone < 0)
        return !config->settings.raw || config->settings.template_file;
    return config->standalone > 0;
}

static nc_status prepare(nc_conversion *conversion)
{
    const nc_config *config = conversion->config;
    nc_job *job = conversion->job;

    job->conversion = conversion;
    job->library = conversion->library;
    job->stage = NC_STAGE_OPTIONS;
    job->limits = config->limits;
    job->settings = config->settings;
    job->fail_if_warnings = config->fail_if_warnings;
    job->settings.article = config->settings.raw ? NC_ARTICLE_NEVER : (nc_article)config->article;
    job->settings.standalone = is_standalone(config);
    job->settings.variables = config->variables;
    return nc_read_json_variables(conversion);
}

static nc_status choose_writer(nc_conversion *conversion, const char *path, nc_chosen *writer)
{
    nc_job *job = conversion->job;
    const char *to = conversion->config->to;

    if (nc_job_status(job))
        return nc_job_status(job);
    if (!to && path)
        to = nc_format_by_extension(job, conversion->library, path, NC_WRITING);
    if (nc_format_choose(job, conversion->library, to ? to : "html", NC_WRITING, writer))
        return nc_job_status(job);
    if (path && strcmp(path, "-") == 0 && writer->format->flags & NC_FORMAT_BINARY &&
        isatty(STDOUT_FILENO))
        nc_fail(job, NC_EUSAGE, "%s is not for a terminal: name a file with -o, or -o - in a pipe",
                writer->format->name);
    return nc_job_status(job);
}

/* ---------------------------------------------------------------- stages */

/* Append what was read to what was read before. Later metadata win, as pandoc has it. */
static nc_node *append_story(nc_job *job, nc_node *doc, nc_node *story)
{
    if (!doc || !story)
        return doc ? doc : story;
    nc_merge_metadata(job, doc->meta, story->meta, false);
    nc_move_children(job, doc, story);
    return doc;
}

static nc_node *read_stories(nc_conversion *conversion)
{
    nc_job *job = conversion->job;
    nc_node *doc = NULL;
    size_t titled = 0;

    for (size_t i = 0; i < conversion->source_count && !nc_job_status(job); i++) {
        const nc_format *format = NULL;
        nc_node *story = nc_read_source(conversion, &conversion->sources[i], &format);

        nc_decide_story(conversion, format, story);
        titled += story && nc_meta_value(story->meta, NC_LITERAL("title"));
        doc = append_story(job, doc, story);
        conversion->done++;
    }
    if (titled > 1)
        nc_warn(job, NULL, NC_WARN_STORIES,
                "%zu titled stories become one document, with the metadata of the last", titled);
    return doc;
}

static nc_status run_filters(nc_conversion *conversion, nc_node **doc, const char *format)
{
    nc_enter_stage(conversion->job, NC_STAGE_FILTERS);
    (void)doc;
    (void)format;
    return nc_job_status(conversion->job);
}

nc_status nc_convert(nc_conversion *conversion, const char *path, nc_buf *output)
{
    nc_job *job = conversion->job;
    nc_chosen writer = { 0 };
    nc_node *doc;

    prepare(conversion);
    choose_writer(conversion, path, &writer);
    nc_read_metadata_files(conversion);
    doc = read_stories(conversion);
    if (nc_job_status(job) || run_filters(conversion, &doc, writer.format->name))
        return nc_job_status(job);
    nc_enter_stage(job, NC_STAGE_WRITE);
    writer.format->write(job, writer.options, doc, output);
    return nc_job_status(job);
}
