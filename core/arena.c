/* SPDX-License-Identifier: MIT */
/* The arena: two bump regions over one list of chunks. Nothing is freed before the job is.
 *
 *   nodes  chunk [node|record|attr|node|…        free ]
 *   text   chunk [run|run|open run →             free ]   the last run grows in place
 *
 * Sanitizer builds poison the free part, or the arena would hide overruns. */
#include "core/job.h"

#include <stdlib.h>

#if defined(__SANITIZE_ADDRESS__)
#define ARENA_POISON 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define ARENA_POISON 1
#endif
#endif
#ifdef ARENA_POISON
#include <sanitizer/asan_interface.h>
#else
#define ASAN_POISON_MEMORY_REGION(ptr, size) ((void)(ptr), (void)(size))
#define ASAN_UNPOISON_MEMORY_REGION(ptr, size) ((void)(ptr), (void)(size))
#endif

enum {
    FIRST_CHUNK = 16 * 1024,
    LARGEST_CHUNK = 1024 * 1024 /* the job is polled for cancelling once a chunk */
};

struct nc_chunk {
    nc_chunk *next;
    size_t size;
    max_align_t data[];
};

bool nc_job_charge(nc_job *job, size_t size)
{
    if (job->status)
        return false;
    if (size > job->limits.memory || job->memory_used > job->limits.memory - size) {
        nc_fail(job, NC_ELIMIT,
                "more than %zu bytes of memory needed; --max-memory raises the limit",
                job->limits.memory);
        return false;
    }
    job->memory_used += size;
    return true;
}

void nc_job_discharge(nc_job *job, size_t size)
{
    job->memory_used -= size;
}

static bool chunk_new(nc_job *job, nc_region *region, size_t need)
{
    size_t size = region->chunk_size ? region->chunk_size : FIRST_CHUNK;
    nc_chunk *chunk;

    if (job->canceled && atomic_load_explicit(job->canceled, memory_order_relaxed)) {
        nc_fail(job, NC_ECANCELED, "cancelled");
        return false;
    }
    if (size < need)
        size = need;
    if (size > SIZE_MAX - sizeof(nc_chunk) || !nc_job_charge(job, size + sizeof(nc_chunk)))
        return false;
    chunk = malloc(sizeof(nc_chunk) + size);
    if (!chunk) {
        nc_job_discharge(job, size + sizeof(nc_chunk));
        nc_fail(job, NC_EMEM, "out of memory");
        return false;
    }
    *chunk = (nc_chunk){ .next = job->chunks, .size = size };
    job->chunks = chunk;
    ASAN_POISON_MEMORY_REGION(chunk->data, size);
    region->chunk = chunk;
    region->top = (char *)chunk->data;
    region->end = region->top + size;
    region->chunk_size = size * 2 < LARGEST_CHUNK ? size * 2 : LARGEST_CHUNK;
    return true;
}

void *nc_alloc(nc_job *job, size_t size)
{
    nc_region *region = &job->nodes;
    void *result;

    if (job->status || size > SIZE_MAX - 15) {
        if (!job->status)
            nc_fail(job, NC_EMEM, "out of memory");
        return NULL;
    }
    size = (size + 15) & ~(size_t)15;
    if ((size_t)(region->end - region->top) < size && !chunk_new(job, region, size))
        return NULL;
    result = region->top;
    region->top += size;
    ASAN_UNPOISON_MEMORY_REGION(result, size);
    return memset(result, 0, size);
}

char *nc_text_take(nc_job *job, size_t size)
{
    nc_region *region = &job->text;
    char *result;

    if (job->status)
        return NULL;
    if ((!region->chunk || (size_t)(region->end - region->top) < size) &&
        !chunk_new(job, region, size))
        return NULL;
    result = region->top;
    region->top += size;
    ASAN_UNPOISON_MEMORY_REGION(result, size);
    return result;
}

void nc_text_return(nc_job *job, size_t size)
{
    job->text.top -= size;
    ASAN_POISON_MEMORY_REGION(job->text.top, size);
}

bool nc_text_grows(const nc_job *job, nc_bytes run, size_t more)
{
    const nc_region *region = &job->text;

    return run.ptr && run.ptr + run.len == region->top && region->chunk &&
           run.ptr >= (const char *)region->chunk->data &&
           (size_t)(region->end - region->top) >= more;
}

nc_bytes nc_copy(nc_job *job, nc_bytes bytes)
{
    char *copy = nc_text_take(job, bytes.len);

    if (!copy)
        return (nc_bytes){ "", 0 };
    if (bytes.len)
        memcpy(copy, bytes.ptr, bytes.len);
    return (nc_bytes){ copy, bytes.len };
}

void nc_arena_release(nc_job *job)
{
    while (job->chunks) {
        nc_chunk *chunk = job->chunks;

        job->chunks = chunk->next;
        ASAN_UNPOISON_MEMORY_REGION(chunk->data, chunk->size);
        free(chunk);
    }
    job->nodes = job->text = (nc_region){ 0 };
}

void *nc_list_push(nc_job *job, nc_list *list, size_t size)
{
    if (list->count == list->capacity) {
        size_t capacity = list->capacity ? list->capacity * 2 : 8;
        void *items = capacity <= SIZE_MAX / size ? nc_alloc(job, capacity * size) : NULL;

        if (!items)
            return NULL;
        if (list->count)
            memcpy(items, list->items, list->count * size);
        list->items = items;
        list->capacity = capacity;
    }
    return (char *)list->items + size * list->count++;
}
