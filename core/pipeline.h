/* SPDX-License-Identifier: MIT */
/* One conversion: read, article, scripts, filters, write. */
#ifndef NEWSCONV_PIPELINE_H
#define NEWSCONV_PIPELINE_H

#include "core/format.h"
#include "core/option.h"

/* An input: a file ("-" is standard input), or bytes in memory with a name for them. */
typedef struct nc_source {
    const char *name;
    bool in_memory;
    nc_bytes bytes;
} nc_source;

typedef struct nc_conversion {
    nc_job *job;
    const nc_config *config;
    nc_library *library;
    const nc_source *sources;
    size_t source_count;
    size_t done;                /* sources */
    nc_node *house_metadata;    /* META_MAP: of newsconv.yaml in the data folder, for what a document does not say */
    nc_node *file_metadata;     /* META_MAP: of --metadata-file */
    nc_node *own_metadata;      /* META_MAP: of -M and --metadata-file; no script changes these keys */
    const char *output;         /* the file to be written, NULL for memory */
    const char *format;         /* what to write, as the user spells it, without switches */
    size_t part_depth;          /* parts being read or written within each other */
} nc_conversion;

/* Convert the sources for a file of that name (NULL: none) into `output`. Returns nc_job_status. */
nc_status nc_convert(nc_conversion *conversion, const char *path, nc_buf *output);

/* Say what the job is doing from here on: for errors, and to who asked for progress.
 * Errors: ECANCELED if that was asked for. */
nc_status nc_enter_stage(nc_job *job, nc_stage stage);

/* Read one source into a document of its own, as its reader gives it. `format` is what was chosen.
 * Errors: NULL and a failed job. */
nc_node *nc_read_source(nc_conversion *conversion, const nc_source *source, const nc_format **format);

/* Begin a part of that name, for messages and nodes, and decode its `bytes` as `format` demands. Returns
 * nc_job_status. */
nc_status nc_begin_part(nc_job *job, const nc_format *format, nc_bytes name, nc_bytes *bytes);

/* Read the files of --metadata-file and the JSON variables. */
nc_status nc_read_metadata_files(nc_conversion *conversion);
nc_status nc_read_json_variables(nc_conversion *conversion);

/* Set the entries of the META_MAP `from` in `to`; `keep` leaves those alone that `to` has. `from` is used up. */
void nc_merge_metadata(nc_job *job, nc_node *to, nc_node *from, bool keep);

/* Let the article stage and the news scripts decide on a document just read, then forget its facts. */
nc_status nc_decide_story(nc_conversion *conversion, const nc_format *format, nc_node *story);

/* Run the news scripts that are due on a story that `format` read / the user's filters on the whole document.
 * Errors: ESCRIPT, EIO, ELIMIT; EUSAGE for a script that is nowhere. */
nc_status nc_run_scripts(nc_conversion *conversion, const nc_format *format, nc_node *story);
nc_status nc_run_filters(nc_conversion *conversion, nc_node *doc);

/* pandoc's exit status for a failure. */
int nc_exit_status(nc_status status, nc_stage stage, bool on_warning);

#endif
