/* SPDX-License-Identifier: MIT */
/* Messages and decisions with their places, and the log. */
#include "core/report.h"

#include "core/json.h"
#include "core/output.h"
#include "core/pipeline.h"

typedef struct warning_row {
    const char *type;
    newsconv_verbosity verbosity;
} warning_row;

static const warning_row warnings[NC_WARNING_COUNT] = {
#define NC_WARNING(id, type, verbosity, meaning) [NC_WARN_##id] = { (type), NEWSCONV_##verbosity },
#include "core/warnings.def"
#undef NC_WARNING
};

/* ---------------------------------------------------------------- places */

typedef struct place {
    const char *file;
    size_t line, column;
} place;

static place place_of(const nc_job *job, uint16_t part, uint32_t offset)
{
    const nc_part *parts = job->parts.items;
    place found = { 0 };

    if (part >= job->parts.count)
        return found;
    found.file = parts[part].name.ptr;
    if (offset != UINT32_MAX && !nc_part_place(job, part, offset, &found.line, &found.column))
        found.line = found.column = 0;
    return found;
}

newsconv_message nc_report_error(const nc_job *job)
{
    bool reading = job->stage == NC_STAGE_READ || job->stage == NC_STAGE_ARTICLE;
    place at = reading ? place_of(job, job->error.part, job->error.offset) : (place){ 0 };

    return (newsconv_message){ .verbosity = NEWSCONV_ERROR,
                               .status = (newsconv_status)job->status,
                               .exit_status =
                                   nc_exit_status(job->status, job->stage, job->failed_on_warning),
                               .type = "Error",
                               .text = job->error.text.ptr,
                               .file = at.file,
                               .line = at.line,
                               .column = at.column,
                               .times = 1 };
}

static const char *terminated(nc_job *notes, nc_bytes text)
{
    return nc_print(notes, "%.*s", (int)text.len, text.ptr).ptr;
}

static void fill_messages(nc_report *report, const nc_job *job, nc_job *notes)
{
    const nc_message *messages = job->messages.items;
    size_t count = job->messages.count;

    report->messages = nc_alloc(notes, (count + 1) * sizeof *report->messages);
    for (size_t i = 0; report->messages && i < count; i++) {
        const nc_message *message = &messages[i];
        place at = place_of(job, message->part, message->offset);

        report->messages[report->message_count++] =
            (newsconv_message){ .verbosity = warnings[message->kind].verbosity,
                                .type = warnings[message->kind].type,
                                .text = terminated(notes, message->text),
                                .file = at.file,
                                .line = at.line,
                                .column = at.column,
                                .times = message->times };
    }
    if (report->messages && job->messages_dropped)
        report->messages[report->message_count++] =
            (newsconv_message){ .verbosity = NEWSCONV_WARNING,
                                .type = warnings[NC_WARN_LIMIT].type,
                                .text =
                                    nc_print(notes, "%zu more messages; --max-warnings keeps more",
                                             job->messages_dropped)
                                        .ptr,
                                .times = 1 };
}

static void fill_decisions(nc_report *report, const nc_job *job, nc_job *notes)
{
    const nc_decision *decisions = job->decisions.items;
    size_t count = job->decisions.count;

    report->decisions = nc_alloc(notes, (count + 1) * sizeof *report->decisions);
    for (size_t i = 0; report->decisions && i < count; i++) {
        const nc_decision *decision = &decisions[i];
        place at = place_of(job, decision->part, decision->offset);

        report->decisions[report->decision_count++] =
            (newsconv_decision){ .key = terminated(notes, decision->key),
                                 .value = terminated(notes, decision->value),
                                 .evidence = terminated(notes, decision->evidence),
                                 .confidence = decision->confidence,
                                 .file = at.file,
                                 .line = at.line,
                                 .column = at.column };
    }
}

void nc_report_fill(nc_report *report, const nc_job *job, nc_job *notes)
{
    *report = (nc_report){ .failed = job->status != NC_OK };
    if (report->failed)
        report->error = nc_report_error(job);
    fill_messages(report, job, notes);
    fill_decisions(report, job, notes);
}

/* ---------------------------------------------------------------- the log */

static void put_quoted(nc_buf *buf, const char *text)
{
    nc_json_put_string(buf, nc_string(text));
}

static void put_member(nc_buf *buf, const char *name, const char *text)
{
    NC_PUT(buf, ",\n    ");
    put_quoted(buf, name);
    NC_PUT(buf, ": ");
    put_quoted(buf, text);
}

static void put_number(nc_buf *buf, const char *name, size_t number)
{
    NC_PUT(buf, ",\n    ");
    put_quoted(buf, name);
    NC_PUT(buf, ": ");
    nc_put_int(buf, (int64_t)number);
}

static void put_message(nc_buf *buf, const newsconv_message *message)
{
    static const char *const verbosities[] = { "ERROR", "WARNING", "INFO", "INFO" };

    if (buf->len > 1)
        NC_PUT(buf, ",");
    NC_PUT(buf, "\n  {\n    \"type\": ");
    put_quoted(buf, message->type);
    put_member(buf, "verbosity", verbosities[message->verbosity]);
    put_member(buf, "pretty", message->text);
    if (message->file)
        put_member(buf, "file", message->file);
    if (message->line) {
        put_number(buf, "line", message->line);
        put_number(buf, "column", message->column);
    }
    if (message->times > 1)
        put_number(buf, "times", message->times);
    NC_PUT(buf, "\n  }");
}

nc_status nc_report_save(const nc_report *report, nc_job *notes, const char *path)
{
    nc_buf buf;

    nc_buf_open(&buf, notes);
    NC_PUT(&buf, "[");
    for (size_t i = 0; i < report->message_count; i++)
        put_message(&buf, &report->messages[i]);
    if (report->failed)
        put_message(&buf, &report->error);
    if (buf.len > 1)
        NC_PUT(&buf, "\n");
    NC_PUT(&buf, "]\n");
    nc_output_save(notes, path, (nc_bytes){ buf.ptr, buf.len });
    nc_buf_close(&buf);
    return nc_job_status(notes);
}
