/* SPDX-License-Identifier: MIT */
/* The way of a document: read → article → scripts → filters → write. */
#include "core/input.h"
#include "core/media.h"
#include "core/pipeline.h"

#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

nc_status nc_enter_stage(nc_job *job, nc_stage stage)
{
    static const char *const names[] = { "options", "input",   "read",  "article",
                                         "scripts", "filters", "write", "output" };
    const nc_conversion *conversion = job->conversion;

    job->stage = stage;
    if (job->progress && conversion)
        job->progress(job->progress_data, names[stage],
                      (double)conversion->done / (double)(conversion->source_count + 1));
    if (job->canceled && atomic_load(job->canceled))
        nc_fail(job, NC_ECANCELED, "cancelled");
    return nc_job_status(job);
}

/* ---------------------------------------------------------------- settings */

static const char *terminated(nc_job *job, nc_bytes text)
{
    return nc_print(job, "%.*s", (int)text.len, text.ptr).ptr;
}

static bool is_standalone(const nc_config *config)
{
    if (config->standalone < 0)
        return !config->settings.raw || config->settings.template_file;
    return config->standalone > 0;
}

static bool exists(const char *path)
{
    return access(path, F_OK) == 0;
}

/* A file that an option names: where it says, or else in a folder of the user's own data. A name
 * without extension may stand for NAME.FORMAT, as pandoc has it for templates. */
static const char *find_file(nc_conversion *conversion, const char *folder, const char *name)
{
    const char *data = conversion->config->data_dir, *format = conversion->format;
    const char *own, *whole;

    if (!name || !data || exists(name) ||
        exists(nc_print(conversion->job, "%s.%s", name, format).ptr))
        return name;
    own = nc_print(conversion->job, "%s/%s%s", data, folder, name).ptr;
    whole = nc_print(conversion->job, "%s.%s", own, format).ptr;
    return exists(own) || exists(whole) ? own : name;
}

/* The files that options name for the writer. */
static nc_status load_writer_files(nc_conversion *conversion)
{
    nc_job *job = conversion->job;
    nc_settings *settings = &job->settings;

    settings->template_file = find_file(conversion, "templates/", settings->template_file);
    settings->reference_doc = find_file(conversion, "", settings->reference_doc);
    settings->source_date = getenv("SOURCE_DATE_EPOCH");
    if (settings->reference_doc)
        nc_input_load(job, settings->reference_doc, &settings->reference);
    return nc_job_status(job);
}

/* Of what comes through a pipe nobody knows when it was written. */
static int64_t newest_input(const nc_conversion *conversion)
{
    int64_t newest = -1;

    for (size_t i = 0; i < conversion->source_count; i++) {
        const nc_source *source = &conversion->sources[i];
        struct stat status;

        if (!source->in_memory && stat(source->name, &status) == 0 && S_ISREG(status.st_mode) &&
            status.st_mtime > newest)
            newest = status.st_mtime;
    }
    return newest;
}

static nc_status prepare(nc_conversion *conversion)
{
    const nc_config *config = conversion->config;
    nc_job *job = conversion->job;

    job->conversion = conversion;
    job->library = conversion->library;
    job->stage = NC_STAGE_OPTIONS;
    job->part = NC_NO_PART; /* nothing is being read yet */
    job->limits = config->limits;
    job->settings = config->settings;
    job->fail_if_warnings = config->fail_if_warnings;
    job->settings.article = config->settings.raw ? NC_ARTICLE_NEVER : (nc_article)config->article;
    job->settings.standalone = is_standalone(config);
    job->settings.variables = config->variables;
    job->settings.input_time = newest_input(conversion);
    return nc_read_json_variables(conversion);
}

static nc_status choose_writer(nc_conversion *conversion, nc_chosen *writer)
{
    nc_job *job = conversion->job;
    const char *to = conversion->config->to;
    const char *path = conversion->output;

    if (nc_job_status(job))
        return nc_job_status(job);
    if (!to && path)
        to = nc_format_by_extension(job, conversion->library, path, NC_WRITING);
    if (!to && path && strcmp(path, "-") != 0)
        nc_warn(job, NULL, NC_WARN_OPTION,
                "%s does not tell its format: HTML is written; -t says another", path);
    if (!to)
        to = "html";
    if (nc_format_choose(job, conversion->library, to, NC_WRITING, writer))
        return nc_job_status(job);
    conversion->format = terminated(job, nc_format_plain_name(to));
    if (path && strcmp(path, "-") == 0 && writer->format->flags & NC_FORMAT_BINARY &&
        isatty(STDOUT_FILENO))
        nc_fail(job, NC_EUSAGE, "%s is not for a terminal: name a file with -o, or -o - in a pipe",
                writer->format->name);
    return load_writer_files(conversion);
}

/* A wrong -f is said before anything is read, and before a wrong -t. */
static nc_status check_reader(nc_conversion *conversion)
{
    const char *from = conversion->config->from;
    nc_chosen reader;

    if (from && !nc_job_status(conversion->job))
        nc_format_choose(conversion->job, conversion->library, from, NC_READING, &reader);
    return nc_job_status(conversion->job);
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

/* A title that the user set is that of the whole. */
static bool has_own_title(const nc_conversion *conversion, const nc_node *story)
{
    return story && nc_meta_value(story->meta, NC_LITERAL("title")) &&
           !nc_meta_value(conversion->own_metadata, NC_LITERAL("title"));
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
        titled += has_own_title(conversion, story);
        doc = append_story(job, doc, story);
        job->part = NC_NO_PART; /* what comes is about no input */
        conversion->done++;
    }
    if (titled > 1)
        nc_warn(job, NULL, NC_WARN_STORIES,
                "%zu titled stories become one document, metadata of later ones over those of "
                "earlier ones",
                titled);
    return doc;
}

static nc_status extract_media(nc_job *job, nc_node *doc)
{
    const char *folder = job->settings.extract_media;

    return folder ? nc_media_extract(job, doc, folder) : nc_job_status(job);
}

nc_status nc_convert(nc_conversion *conversion, const char *path, nc_buf *output)
{
    nc_job *job = conversion->job;
    nc_chosen writer = { 0 };
    nc_node *doc;

    conversion->output = path;
    prepare(conversion);
    check_reader(conversion);
    choose_writer(conversion, &writer);
    nc_read_metadata_files(conversion);
    doc = read_stories(conversion);
    if (doc)
        nc_merge_metadata(job, doc->meta, conversion->house_metadata, true);
    if (nc_job_status(job) || nc_run_filters(conversion, doc) || extract_media(job, doc) ||
        nc_enter_stage(job, NC_STAGE_WRITE))
        return nc_job_status(job);
    writer.format->write(job, writer.options, doc, output);
    return nc_job_status(job);
}
