/* SPDX-License-Identifier: MIT */
/* Saying what is wrong with JSON that is no tree, and where. */
#include "plugins/json/read.h"

#include <stdio.h>

enum { PATH_SIZE = 200 };

/* Where in the tree the reader stands, as in $.blocks[2].c[1]; a long path is cut. */
static void write_path(const reader *r, char path[PATH_SIZE])
{
    size_t length = 1;

    path[0] = '$';
    path[1] = '\0';
    for (size_t i = 0; i < r->count && length < PATH_SIZE - 32; i++) {
        const frame *f = &r->frames[i];
        size_t room = PATH_SIZE - length;
        unsigned last = f->count ? f->count - 1 : 0;
        int written = 0;

        if (f->step == STEP_MAP && f->node->last)
            written = snprintf(path + length, room, "%s.%.*s", i == 1 ? ".meta" : "",
                               (int)(f->node->last->text.len < 20 ? f->node->last->text.len : 20),
                               f->node->last->text.ptr);
        else if (f->step == STEP_CHILDREN && i == 1)
            written = snprintf(path + length, room, ".blocks[%u]", last);
        else if (f->step != STEP_DOCUMENT && f->step != STEP_ELEMENT && f->step != STEP_CITATION)
            written = snprintf(path + length, room, "[%u]", last);
        else if (f->step == STEP_ELEMENT)
            written = snprintf(path + length, room, ".c");
        length += written > 0 ? (size_t)written : 0;
    }
}

void json_report(reader *r)
{
    char path[PATH_SIZE];

    if (nc_job_status(r->job))
        return;
    write_path(r, path);
    nc_at(r->job, (size_t)(r->json.token - r->json.start));
    if (r->json.code == NC_ELIMIT)
        nc_fail(r->job, NC_ELIMIT, "%s; --max-depth (now %zu) raises it", r->json.error,
                nc_job_limits(r->job)->depth);
    else if (r->tag.ptr)
        nc_fail(r->job, r->json.code, "%s: %s: %.*s", path, r->json.error,
                (int)(r->tag.len < 40 ? r->tag.len : 40), r->tag.ptr);
    else
        nc_fail(r->job, r->json.code, "%s: %s", path, r->json.error);
}
