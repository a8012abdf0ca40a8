/* SPDX-License-Identifier: MIT */
/* The public interface: a handle, and the jobs behind it. */
#include "core/newsconv.h"

#include "core/output.h"
#include "core/pipeline.h"
#include "core/report.h"

#include <stdlib.h>

#define SAME_STATUS(id) \
    static_assert((int)NEWSCONV_##id == (int)NC_##id, "newsconv.h and plugin.h number alike")
SAME_STATUS(OK);
SAME_STATUS(EMEM);
SAME_STATUS(EIO);
SAME_STATUS(EINPUT);
SAME_STATUS(ELIMIT);
SAME_STATUS(EUNSUPPORTED);
SAME_STATUS(ESCRIPT);
SAME_STATUS(EUSAGE);
SAME_STATUS(ECANCELED);

struct newsconv {
    nc_job setup; /* owns what lasts: options, and what is known of formats */
    nc_config config;
    nc_library library;

    nc_job job;   /* the conversion: its inputs are being added, or it is over */
    nc_job notes; /* owns the report on it */
    bool started, over;
    nc_list sources; /* nc_source, in the job */
    nc_buf output;
    nc_report report;

    bool failed; /* the last call did */
    newsconv_message error;
    atomic_bool canceled;
    void (*progress)(void *data, const char *stage, double done);
    void *progress_data;
    newsconv_format shown_format;
    newsconv_option shown_option;
    char shown_preset[64];
};

newsconv *newsconv_open(void)
{
    newsconv *conv = calloc(1, sizeof *conv);

    if (!conv)
        return NULL;
    nc_job_open(&conv->setup, NULL);
    atomic_init(&conv->canceled, false);
    conv->library.memory = &conv->setup;
    conv->library.folders = &conv->config.plugin_folders;
    if (nc_config_reset(&conv->setup, &conv->config)) {
        newsconv_close(conv);
        return NULL;
    }
    return conv;
}

static void end_conversion(newsconv *conv)
{
    if (conv->started) {
        nc_buf_close(&conv->output);
        nc_job_close(&conv->job);
        nc_job_close(&conv->notes);
    }
    conv->started = conv->over = false;
    conv->sources = (nc_list){ 0 };
    conv->report = (nc_report){ 0 };
}

void newsconv_close(newsconv *conv)
{
    if (!conv)
        return;
    end_conversion(conv);
    nc_job_close(&conv->setup);
    free(conv);
}

/* The job of the next conversion. */
static nc_job *begin_conversion(newsconv *conv)
{
    if (conv->over)
        end_conversion(conv);
    if (!conv->started) {
        nc_job_open(&conv->job, NULL);
        nc_job_open(&conv->notes, NULL);
        nc_buf_open(&conv->output, &conv->job);
        conv->job.canceled = &conv->canceled;
        conv->started = true;
    }
    return &conv->job;
}

/* The outcome of a call: keep the error of `job`. */
static newsconv_status outcome(newsconv *conv, const nc_job *job)
{
    conv->failed = job->status != NC_OK;
    if (conv->failed)
        conv->error = nc_report_error(job);
    return (newsconv_status)job->status;
}

/* The same for a call about options: the setup goes on after a failure. */
static newsconv_status setup_outcome(newsconv *conv)
{
    newsconv_status status = outcome(conv, &conv->setup);

    if (conv->setup.status != NC_EMEM && conv->setup.status != NC_ELIMIT)
        conv->setup.status = NC_OK;
    conv->setup.stage = NC_STAGE_OPTIONS;
    return status;
}

newsconv_status newsconv_set(newsconv *conv, const char *name, const char *value)
{
    nc_config_set(&conv->setup, &conv->config, name, value);
    conv->library.ready = conv->library.ready && strcmp(name, "plugin-dir") != 0;
    return setup_outcome(conv);
}

/* ---------------------------------------------------------------- inputs */

static newsconv_status add_source(newsconv *conv, const char *name, bool in_memory, nc_bytes bytes)
{
    nc_job *job = begin_conversion(conv);
    nc_source *source = nc_list_push(job, &conv->sources, sizeof *source);

    if (source)
        *source = (nc_source){ nc_print(job, "%s", name).ptr, in_memory, bytes };
    return outcome(conv, job);
}

newsconv_status newsconv_input_file(newsconv *conv, const char *path)
{
    return add_source(conv, path, false, (nc_bytes){ 0 });
}

newsconv_status newsconv_input_memory(newsconv *conv, const char *name, const void *bytes,
                                      size_t size)
{
    return add_source(conv, name ? name : "memory", true, (nc_bytes){ bytes, size });
}

/* ---------------------------------------------------------------- converting */

static void report_on(newsconv *conv)
{
    const char *log = conv->config.log;

    nc_report_fill(&conv->report, &conv->job, &conv->notes);
    conv->notes.stage = NC_STAGE_OUTPUT;
    if (log && nc_report_save(&conv->report, &conv->notes, log) && !conv->failed)
        outcome(conv, &conv->notes);
}

static newsconv_status convert(newsconv *conv, const char *path, bool to_file)
{
    nc_job *job = begin_conversion(conv);
    nc_conversion conversion = { .job = job, .config = &conv->config, .library = &conv->library };

    if (!conv->sources.count)
        add_source(conv, "-", false, (nc_bytes){ 0 });
    conversion.sources = conv->sources.items;
    conversion.source_count = conv->sources.count;
    job->progress = conv->progress;
    job->progress_data = conv->progress_data;
    conv->output.maximum = conv->config.limits.output_bytes;
    if (!nc_convert(&conversion, path, &conv->output) && to_file &&
        !nc_enter_stage(job, NC_STAGE_OUTPUT))
        nc_output_save(job, path, (nc_bytes){ conv->output.ptr, conv->output.len });
    job->conversion = NULL;
    conv->over = true;
    atomic_store(&conv->canceled, false);
    outcome(conv, job);
    report_on(conv);
    return conv->failed ? conv->error.status : NEWSCONV_OK;
}

newsconv_status newsconv_convert_file(newsconv *conv, const char *path)
{
    return convert(conv, path, true);
}

newsconv_status newsconv_convert_memory(newsconv *conv, const char **bytes, size_t *size)
{
    newsconv_status status = convert(conv, NULL, false);

    *bytes = status ? NULL : conv->output.ptr ? conv->output.ptr : "";
    *size = status ? 0 : conv->output.len;
    return status;
}

const newsconv_message *newsconv_error(const newsconv *conv)
{
    return conv->failed ? &conv->error : NULL;
}

const newsconv_message *newsconv_message_at(const newsconv *conv, size_t index)
{
    return index < conv->report.message_count ? &conv->report.messages[index] : NULL;
}

const newsconv_decision *newsconv_decision_at(const newsconv *conv, size_t index)
{
    return index < conv->report.decision_count ? &conv->report.decisions[index] : NULL;
}

void newsconv_on_progress(newsconv *conv,
                          void (*report)(void *data, const char *stage, double done), void *data)
{
    conv->progress = report;
    conv->progress_data = data;
}

void newsconv_cancel(newsconv *conv)
{
    atomic_store(&conv->canceled, true);
}

/* ---------------------------------------------------------------- what there is */

const newsconv_format *newsconv_format_at(newsconv *conv, size_t index)
{
    const nc_known *known;

    nc_library_ready(&conv->setup, &conv->library);
    if (setup_outcome(conv))
        return NULL;
    known = nc_library_at(&conv->library, index);
    if (!known)
        return NULL;
    conv->shown_format = (newsconv_format){ .name = known->name,
                                            .title = known->title,
                                            .extensions = known->extensions,
                                            .media_types = known->media_types,
                                            .module = known->module,
                                            .reads = known->reads,
                                            .writes = known->writes,
                                            .binary = known->flags & NC_FORMAT_BINARY };
    return &conv->shown_format;
}

/* A format by name, for whichever direction it has. What is unknown was to be written. */
static const nc_format *find_format(newsconv *conv, const char *name)
{
    nc_bytes plain = nc_format_plain_name(name);
    nc_known *known = nc_format_named(&conv->setup, &conv->library, plain, NC_READING);

    if (!known) {
        setup_outcome(conv);
        known = nc_format_named(&conv->setup, &conv->library, plain, NC_WRITING);
    }
    return known ? nc_library_load(&conv->setup, &conv->library, known) : NULL;
}

/* The default of a format's option as text. */
static const char *preset_text(newsconv *conv, const nc_option *row)
{
    nc_buf buf = { .job = &conv->setup,
                   .ptr = conv->shown_preset,
                   .capacity = sizeof conv->shown_preset - 1 };
    const char *values = row->values;
    nc_bytes word = { 0 };

    if (row->type == NC_OPTION_BOOL)
        return row->preset ? "true" : "false";
    if (row->type == NC_OPTION_INT)
        nc_put_int(&buf, row->preset);
    for (int64_t i = 0; row->type == NC_OPTION_ENUM && i <= row->preset; i++)
        if (!nc_next_word(&values, &word))
            break;
    if (word.len < sizeof conv->shown_preset - buf.len)
        nc_put(&buf, word);
    conv->shown_preset[buf.len] = 0;
    return conv->shown_preset;
}

static const newsconv_option *show_row(newsconv *conv, const nc_format *format, size_t index)
{
    static const char *const arguments[] = { NULL, NULL, "NUMBER", "WORD", "TEXT" };
    const nc_option *row = format ? format->options : NULL;

    for (size_t i = 0; row && row->name && i < index; i++)
        row++;
    if (!row || !row->name)
        return NULL;
    conv->shown_option = (newsconv_option){ .name = row->name,
                                            .argument = arguments[row->type],
                                            .values = row->values,
                                            .preset = preset_text(conv, row),
                                            .group = format->title,
                                            .help = row->help,
                                            .extension = row->type == NC_OPTION_BOOL };
    return &conv->shown_option;
}

const newsconv_option *newsconv_option_at(newsconv *conv, const char *format, size_t index)
{
    const nc_format *found;

    conv->failed = false;
    if (!format)
        return nc_option_row(index);
    found = find_format(conv, format);
    return setup_outcome(conv) ? NULL : show_row(conv, found, index);
}

const char *newsconv_template(newsconv *conv, const char *format)
{
    const nc_format *found = find_format(conv, format);

    if (setup_outcome(conv))
        return NULL;
    return found && found->template_text ? found->template_text : "";
}

const char *newsconv_version(void)
{
    return NEWSCONV_VERSION;
}
