/* SPDX-License-Identifier: MIT */
/* Messages and decisions with their places, and the log. */
#include "core/report.h"

#include "core/json.h"
#include "core/output.h"
#include "core/pipeline.h"

#include <stdlib.h>

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

/* Something that is about a place. */
typedef struct spot {
    uint16_t part;
    uint32_t offset;
    place *where;
} spot;

static int compare_spots(const void *a, const void *b)
{
    const spot *left = a, *right = b;

    if (left->part != right->part)
        return left->part < right->part ? -1 : 1;
    return (left->offset > right->offset) - (left->offset < right->offset);
}

/* How many characters begin in valid UTF-8: all bytes but those of the form 10xxxxxx. */
static size_t count_characters(nc_bytes text)
{
    size_t count = text.len, at = 0;

    for (; text.len - at >= sizeof(uint64_t); at += sizeof(uint64_t)) {
        uint64_t word;

        memcpy(&word, text.ptr + at, sizeof word);
        word = (word >> 7) & ~(word >> 6) & UINT64_C(0x0101010101010101);
        count -= (size_t)((word * UINT64_C(0x0101010101010101)) >> 56);
    }
    for (; at < text.len; at++)
        count -= ((unsigned char)text.ptr[at] & 0xC0) == 0x80;
    return count;
}

/* Find all places in one pass over the inputs: there may be many at the end of a long one. */
static void locate(const nc_job *job, spot *spots, size_t count)
{
    const nc_part *parts = job->parts.items;
    size_t at = 0, line = 1, column = 1;

    qsort(spots, count, sizeof *spots, compare_spots);
    for (size_t i = 0; i < count && spots[i].part < job->parts.count; i++) {
        const nc_part *part = &parts[spots[i].part];

        if (i && spots[i - 1].part != spots[i].part) {
            at = 0;
            line = column = 1;
        }
        if (spots[i].offset <= part->bytes.len && at < spots[i].offset) {
            const char *feed;

            while ((feed = memchr(part->bytes.ptr + at, '\n', spots[i].offset - at))) {
                at = (size_t)(feed - part->bytes.ptr) + 1;
                line++;
                column = 1;
            }
            column += count_characters((nc_bytes){ part->bytes.ptr + at, spots[i].offset - at });
            at = spots[i].offset;
        }
        spots[i].where->file = part->name.ptr;
        if (spots[i].offset <= part->bytes.len && part->bytes.len)
            *spots[i].where = (place){ part->name.ptr, line, column };
    }
}

newsconv_message nc_report_error(const nc_job *job)
{
    bool reading = job->stage == NC_STAGE_READ || job->stage == NC_STAGE_ARTICLE;
    place at = { 0 };

    if (reading)
        locate(job, &(spot){ job->error.part, job->error.offset, &at }, 1);
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

/* The places of `count` messages or decisions; `spots` is room for as many. NULL when memory
 * ends. */
static place *new_places(nc_job *notes, size_t count, spot **spots)
{
    place *places = nc_alloc(notes, (count + 1) * sizeof *places);

    *spots = nc_alloc(notes, (count + 1) * sizeof **spots);
    return *spots ? places : NULL;
}

static place *places_of_messages(const nc_job *job, nc_job *notes)
{
    const nc_message *messages = job->messages.items;
    spot *spots;
    place *places = new_places(notes, job->messages.count, &spots);

    for (size_t i = 0; places && i < job->messages.count; i++)
        spots[i] = (spot){ messages[i].part, messages[i].offset, &places[i] };
    if (places)
        locate(job, spots, job->messages.count);
    return places;
}

static place *places_of_decisions(const nc_job *job, nc_job *notes)
{
    const nc_decision *decisions = job->decisions.items;
    spot *spots;
    place *places = new_places(notes, job->decisions.count, &spots);

    for (size_t i = 0; places && i < job->decisions.count; i++)
        spots[i] = (spot){ decisions[i].part, decisions[i].offset, &places[i] };
    if (places)
        locate(job, spots, job->decisions.count);
    return places;
}

/* ---------------------------------------------------------------- messages and decisions */

static void fill_messages(nc_report *report, const nc_job *job, nc_job *notes)
{
    const nc_message *messages = job->messages.items;
    const place *places = places_of_messages(job, notes);
    size_t count = job->messages.count;

    report->messages = nc_alloc(notes, (count + 1) * sizeof *report->messages);
    for (size_t i = 0; report->messages && i < count; i++)
        report->messages[report->message_count++] =
            (newsconv_message){ .verbosity = warnings[messages[i].kind].verbosity,
                                .type = warnings[messages[i].kind].type,
                                .text = terminated(notes, messages[i].text),
                                .file = places[i].file,
                                .line = places[i].line,
                                .column = places[i].column,
                                .times = messages[i].times };
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
    const place *places = places_of_decisions(job, notes);
    size_t count = job->decisions.count;

    report->decisions = nc_alloc(notes, (count + 1) * sizeof *report->decisions);
    for (size_t i = 0; report->decisions && i < count; i++)
        report->decisions[report->decision_count++] =
            (newsconv_decision){ .key = terminated(notes, decisions[i].key),
                                 .value = terminated(notes, decisions[i].value),
                                 .evidence = terminated(notes, decisions[i].evidence),
                                 .confidence = decisions[i].confidence,
                                 .file = places[i].file,
                                 .line = places[i].line,
                                 .column = places[i].column };
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
