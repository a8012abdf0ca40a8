/* SPDX-License-Identifier: MIT */
/* The job: limits, the first failure, warnings, facts and decisions. */
#include "core/job.h"

#include <stdio.h>
#include <stdlib.h>

static const nc_limits default_limits = {
    .input_bytes = (size_t)1 << 30,
    .output_bytes = (size_t)4 << 30,
    .memory = (size_t)6 << 30,
    .nodes = (size_t)50 * 1000 * 1000,
    .depth = 512, /* as browsers bound it */
    .entries = 100 * 1000,
    .unpacked_bytes = (size_t)1 << 30,
    .unpack_ratio = 1000,
    .lua_memory = (size_t)1 << 30,
    .lua_steps = (size_t)1000 * 1000 * 1000,
    .warnings = 1000,
};

void nc_job_open(nc_job *job, nc_job *parent)
{
    *job = (nc_job){ .offset = UINT32_MAX, .parent = parent };
    if (!parent) {
        job->limits = default_limits;
        job->settings = (nc_settings){ .columns = 72, .tab_stop = 4, .dpi = 96, .toc_depth = 3 };
        return;
    }
    job->limits = parent->limits;
    job->settings = parent->settings;
    job->stage = parent->stage;
    job->canceled = parent->canceled;
    job->resource_path = parent->resource_path;
    job->library = parent->library;
    job->conversion = parent->conversion;
}

void nc_job_close(nc_job *job)
{
    nc_buf *buffers = job->buffers.items;

    for (size_t i = 0; i < job->buffers.count; i++)
        nc_buf_close(&buffers[i]);
    nc_arena_release(job);
}

nc_status nc_job_status(const nc_job *job)
{
    return job->status;
}

const char *nc_job_name(const nc_job *job)
{
    const nc_part *parts = job->parts.items;

    return job->part < job->parts.count && parts[job->part].name.ptr ? parts[job->part].name.ptr
                                                                     : "-";
}

const nc_limits *nc_job_limits(const nc_job *job)
{
    return &job->limits;
}

const nc_settings *nc_job_settings(const nc_job *job)
{
    return &job->settings;
}

void nc_at(nc_job *job, size_t offset)
{
    job->offset = offset < UINT32_MAX ? (uint32_t)offset : UINT32_MAX;
}

/* ------------------------------------------------------------ sentences */

static nc_bytes print_into(nc_job *job, const char *format, va_list arguments)
{
    va_list again;
    char *text;
    int length;

    va_copy(again, arguments);
    length = vsnprintf(NULL, 0, format, arguments);
    text = length < 0 ? NULL : nc_text_take(job, (size_t)length + 1);
    if (text)
        vsnprintf(text, (size_t)length + 1, format, again);
    va_end(again);
    return text ? (nc_bytes){ text, (size_t)length } : (nc_bytes){ "", 0 };
}

nc_bytes nc_print(nc_job *job, const char *format, ...)
{
    va_list arguments;
    nc_bytes text;

    va_start(arguments, format);
    text = print_into(job, format, arguments);
    va_end(arguments);
    return text;
}

/* The sentence lives in the job itself: when memory has ended there is none to be had. */
nc_status nc_fail(nc_job *job, nc_status code, const char *format, ...)
{
    va_list arguments;
    int length;

    if (job->status)
        return job->status;
    va_start(arguments, format);
    length = vsnprintf(job->error_text, sizeof(job->error_text), format, arguments);
    va_end(arguments);
    if (length < 0)
        length = 0;
    if ((size_t)length >= sizeof(job->error_text))
        length = (int)sizeof(job->error_text) - 1;
    job->status = code;
    job->error = (nc_message){ .code = code,
                               .text = { job->error_text, (size_t)length },
                               .part = job->part,
                               .offset = job->offset,
                               .times = 1 };
    return code;
}

static uint64_t hash_text(nc_bytes text)
{
    uint64_t hash = UINT64_C(14695981039346656037); /* FNV-1a */

    for (size_t i = 0; i < text.len; i++)
        hash = (hash ^ (unsigned char)text.ptr[i]) * UINT64_C(1099511628211);
    return hash;
}

static nc_message *find_message(nc_job *job, nc_warning kind, nc_bytes text, uint64_t hash)
{
    nc_message *messages = job->messages.items;

    for (size_t i = 0; i < job->messages.count; i++)
        if (messages[i].hash == hash && messages[i].kind == kind && nc_same(messages[i].text, text))
            return &messages[i];
    return NULL;
}

static bool is_warning(nc_warning kind)
{
    static const bool warnings[NC_WARNING_COUNT] = {
#define WARNING true
#define NOTICE false
#define INFO false
#define NC_WARNING(id, type, verbosity, meaning) [NC_WARN_##id] = verbosity,
#include "core/warnings.def"
#undef NC_WARNING
#undef WARNING
#undef NOTICE
#undef INFO
    };
    return warnings[kind];
}

static void add_message(nc_job *job, const nc_node *node, nc_warning kind, nc_bytes text)
{
    uint64_t hash = hash_text(text);
    nc_message *message = find_message(job, kind, text, hash);

    if (message) {
        message->times++;
        return;
    }
    if (job->messages.count >= job->limits.warnings) {
        job->messages_dropped++;
        return;
    }
    message = nc_list_push(job, &job->messages, sizeof(*message));
    if (message)
        *message = (nc_message){ .kind = kind,
                                 .text = nc_copy(job, text),
                                 .hash = hash,
                                 .part = node ? node->part : job->part,
                                 .offset = node ? node->offset : UINT32_MAX,
                                 .times = 1 };
}

void nc_warn(nc_job *job, const nc_node *node, nc_warning kind, const char *format, ...)
{
    char text[1024];
    va_list arguments;
    int length;

    if (job->status)
        return;
    va_start(arguments, format);
    length = vsnprintf(text, sizeof(text), format, arguments);
    va_end(arguments);
    if (length < 0)
        return;
    if ((size_t)length >= sizeof(text)) { /* cut at a character */
        length = (int)nc_utf8_valid((nc_bytes){ text, sizeof(text) - 1 });
    }
    add_message(job, node, kind, (nc_bytes){ text, (size_t)length });
    if (job->fail_if_warnings && is_warning(kind)) {
        nc_fail(job, NC_EINPUT, "%.*s (a warning, and --fail-if-warnings is set)", length, text);
        job->failed_on_warning = true;
    }
}

/* ------------------------------------------------------------ parts and places */

uint16_t nc_part_new(nc_job *job, nc_bytes name, nc_bytes bytes)
{
    nc_part *part;
    nc_bytes copy;

    if (job->parts.count >= NC_NO_PART)
        return NC_NO_PART;
    part = nc_list_push(job, &job->parts, sizeof(*part));
    if (!part)
        return 0;
    copy = nc_copy(job, name);
    nc_copy(job, NC_LITERAL("\0")); /* the name is given to printf */
    *part = (nc_part){ job->status ? NC_LITERAL("") : copy, bytes };
    return (uint16_t)(job->parts.count - 1);
}

/* ------------------------------------------------------------ facts and decisions */

void nc_fact_add(nc_job *job, const nc_fact *fact)
{
    nc_fact *added = nc_list_push(job, &job->facts, sizeof(*added));

    if (added) {
        *added = *fact;
        added->part = job->part;
    }
}

const nc_fact *nc_fact_at(const nc_job *job, size_t index)
{
    const nc_fact *facts = job->facts.items;

    return index < job->facts.count ? &facts[index] : NULL;
}

void nc_decide(nc_job *job, const nc_decision *decision)
{
    nc_decision *added = nc_list_push(job, &job->decisions, sizeof(*added));

    if (added)
        *added = (nc_decision){ nc_copy(job, decision->key),
                                nc_copy(job, decision->value),
                                nc_copy(job, decision->evidence),
                                decision->confidence,
                                decision->part,
                                decision->offset };
}
