/* SPDX-License-Identifier: MIT */
/* The job: everything that happens during one conversion. Core alone sees inside. */
#ifndef NEWSCONV_JOB_H
#define NEWSCONV_JOB_H

#include "core/plugin.h"

#include <stdatomic.h>

/* What the job is doing, so that one table can map a failure to pandoc's exit status. */
typedef enum nc_stage {
    NC_STAGE_OPTIONS, NC_STAGE_INPUT, NC_STAGE_READ, NC_STAGE_ARTICLE, NC_STAGE_SCRIPTS, NC_STAGE_FILTERS,
    NC_STAGE_WRITE, NC_STAGE_OUTPUT
} nc_stage;

typedef struct nc_message {
    nc_warning kind;
    nc_status code;             /* of an error, NC_OK for a warning */
    nc_bytes text;
    uint16_t part;
    uint32_t offset;            /* UINT32_MAX: no place */
    size_t times;
    uint64_t hash;              /* of the text, to find it again */
} nc_message;

/* An input, a chapter, a container's entry: what nc_node.part counts. */
typedef struct nc_part {
    nc_bytes name;
    nc_bytes bytes;             /* for line and column; may be empty */
} nc_part;

#define NC_NO_PART UINT16_MAX   /* what is about no input at all; the parts beyond the last that can be told apart */

typedef struct nc_chunk nc_chunk;

/* A bump region. Nodes and records have one, text the other: the open run grows at the top of the text region. */
typedef struct nc_region {
    nc_chunk *chunk;
    char *top, *end;
    size_t chunk_size;          /* of the next chunk; grows */
} nc_region;

/* A list that grows in the arena by doubling. */
typedef struct nc_list {
    void *items;
    size_t count, capacity;
} nc_list;

struct nc_job {
    nc_region nodes, text;
    nc_chunk *chunks;           /* all of them, to be freed */
    size_t memory_used;         /* bytes of all chunks and buffers */
    size_t node_count;
    nc_limits limits;
    nc_settings settings;
    nc_stage stage;

    nc_status status;           /* the first failure */
    nc_message error;
    char error_text[1024];
    bool failed_on_warning;     /* --fail-if-warnings was what failed it */
    nc_list messages;           /* nc_message */
    size_t messages_dropped;
    nc_list parts, facts, decisions, media;
    uint32_t *media_slots;      /* hash table over `media`: index + 1, 0 is free */
    size_t media_slot_count;
    nc_list buffers;            /* nc_buf: input from pipes, decoded media; they live as long as the job */
    nc_list resource_path;      /* const char *: folders below which files that a document names may be read */
    uint16_t part;              /* being read: new nodes carry it */
    uint32_t offset;            /* place of the next node in it; readers set it with nc_at */
    bool fail_if_warnings;

    atomic_bool *canceled;      /* polled once a chunk; NULL: cannot be cancelled */
    void (*progress)(void *data, const char *stage, double done);
    void *progress_data;

    nc_job *parent;             /* of a child job */
    void *library;              /* nc_library: loaded modules, of the conversion */
    void *conversion;           /* the conversion this job belongs to */
    max_align_t scratch[4];     /* what nc_record yields after a failure */
};

/* Prepare / release a job. A child job (parent not NULL) has its parent's limits, settings, modules and cancel flag,
 * and an arena and status of its own. */
void nc_job_open(nc_job *job, nc_job *parent);
void nc_job_close(nc_job *job);

/* Make room for one more item of `size` bytes and return it, zeroed. NULL when memory ends. */
void *nc_list_push(nc_job *job, nc_list *list, size_t size);

/* Count `size` bytes of memory outside the arena against the limit; false and a failed job past it. */
bool nc_job_charge(nc_job *job, size_t size);
void nc_job_discharge(nc_job *job, size_t size);

/* Begin a part, and say where in it the reader is: new nodes carry both. */
uint16_t nc_part_new(nc_job *job, nc_bytes name, nc_bytes bytes);

/* Take `size` bytes at the top of the text region, NULL when memory ends; give the last `size` of them back; ask
 * whether a run ends at the top with room for `more`, so that taking them makes it longer in place. */
char *nc_text_take(nc_job *job, size_t size);
void nc_text_return(nc_job *job, size_t size);
bool nc_text_grows(const nc_job *job, nc_bytes run, size_t more);

/* Free the chunks of a job. */
void nc_arena_release(nc_job *job);

#endif
