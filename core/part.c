/* SPDX-License-Identifier: MIT */
/* A format that runs another by name: the chapters of a book, the HTML of a mail, a body within
 * NewsML. */
#include "core/encoding.h"
#include "core/pipeline.h"

enum { DEEPEST_PART = 16 }; /* a mail in a mail in a mail … */

static bool enter_part(nc_job *job)
{
    nc_conversion *conversion = job->conversion;

    if (!conversion || nc_job_status(job))
        return false;
    if (conversion->part_depth >= DEEPEST_PART) {
        nc_fail(job, NC_ELIMIT, "parts within parts, more than %d deep", DEEPEST_PART);
        return false;
    }
    conversion->part_depth++;
    return true;
}

static void leave_part(nc_job *job)
{
    nc_conversion *conversion = job->conversion;

    conversion->part_depth--;
}

/* Choose without leaving the mark of a failed choice: an unknown format is the part's error, not
 * the user's. */
static nc_status choose(nc_job *job, const char *name, nc_direction direction, nc_chosen *chosen)
{
    nc_stage before = job->stage;

    nc_format_choose(job, job->library, name, direction, chosen);
    job->stage = before;
    return nc_job_status(job);
}

nc_status nc_begin_part(nc_job *job, const nc_format *format, nc_bytes name, nc_bytes *bytes)
{
    nc_part *parts;

    job->part = nc_part_new(job, name, (nc_bytes){ 0 });
    job->offset = UINT32_MAX;
    if (format->flags & NC_FORMAT_BINARY || nc_decode(job, format, *bytes, bytes))
        return nc_job_status(job);
    parts = job->parts.items;
    if (job->part < job->parts.count)
        parts[job->part].bytes = *bytes;
    return nc_job_status(job);
}

static void run_reader(nc_job *job, const nc_chosen *reader, nc_bytes part, nc_bytes in,
                       nc_node *doc)
{
    uint16_t outer_part = job->part;
    uint32_t outer_offset = job->offset;

    if (nc_begin_part(job, reader->format, part, &in))
        return;
    reader->format->read(job, reader->options, in, doc);
    if (nc_job_status(job))
        return; /* the error's place is in the part */
    job->part = outer_part;
    job->offset = outer_offset;
}

nc_status nc_read_part(nc_job *job, const char *name, nc_bytes part, nc_bytes in, nc_node *parent,
                       nc_node *meta)
{
    nc_chosen reader = { 0 };
    nc_node *doc;

    if (!enter_part(job))
        return nc_job_status(job);
    doc = nc_node_new(job, NC_DOCUMENT);
    if (doc && !choose(job, name, NC_READING, &reader)) {
        run_reader(job, &reader, part, in, doc);
        if (meta)
            nc_merge_metadata(job, meta, doc->meta, false);
        nc_move_children(job, parent, doc);
    }
    leave_part(job);
    return nc_job_status(job);
}

nc_status nc_write_part(nc_job *job, const char *name, const nc_node *doc, nc_buf *buf)
{
    bool standalone = job->settings.standalone;
    nc_chosen writer = { 0 };

    if (!enter_part(job))
        return nc_job_status(job);
    job->settings.standalone = false;
    if (!choose(job, name, NC_WRITING, &writer))
        writer.format->write(job, writer.options, doc, buf);
    job->settings.standalone = standalone;
    leave_part(job);
    return nc_job_status(job);
}
