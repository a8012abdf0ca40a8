/* SPDX-License-Identifier: MIT */
/* Zip containers: written with one fixed look (same entries, same bytes), and read entry by entry. Linked only into the
 * modules that use it. Memory counts against the job's limit. */
#ifndef NEWSCONV_ZIP_H
#define NEWSCONV_ZIP_H

#include "core/plugin.h"

typedef enum nc_packing {
    NC_ZIP_DEFLATE,
    NC_ZIP_STORE                /* for bytes that are packed already */
} nc_packing;

typedef struct nc_zip nc_zip;

/* Begin a container. Every entry carries the date 1980-01-01 and stands where it was added.
 * Owner:  nc_zip_close, also after a failure.    Errors: NULL when memory ends. */
nc_zip *nc_zip_open(nc_job *job);

/* Append an entry. `bytes` is packed at once and may go when it is deflated; stored bytes are kept as a slice until
 * nc_zip_finish. An entry that deflating does not make smaller is stored. */
void nc_zip_add(nc_zip *zip, nc_bytes name, nc_bytes bytes, nc_packing packing);

/* Write the whole container to `out`. Returns nc_job_status. */
nc_status nc_zip_finish(nc_zip *zip, nc_buf *out);

/* Release all that the container holds. NULL is fine. */
void nc_zip_close(nc_zip *zip);

typedef struct nc_unzip nc_unzip;

/* Read the directory of the container in `bytes`, which must outlive it; `name` is its name in messages.
 * Owner:  nc_unzip_close.    Errors: NULL and a failed job (EINPUT, ELIMIT: more than limits->entries). */
nc_unzip *nc_unzip_open(nc_job *job, nc_bytes bytes, const char *name);

/* The unpacked entry `name`, matched without regard to case; {NULL, 0} when there is none. The bytes live as long as
 * the job. Errors: EINPUT when it cannot be unpacked, ELIMIT past unpacked_bytes or unpack_ratio. */
nc_bytes nc_unzip_entry(nc_unzip *zip, nc_bytes name);

void nc_unzip_close(nc_unzip *zip);

/* `name` ended by a zero byte, which libzip wants. NULL when memory ends. */
static inline const char *nc_zip_name(nc_job *job, nc_bytes name)
{
    char *spelt = nc_alloc(job, name.len + 1);

    if (spelt && name.len)
        memcpy(spelt, name.ptr, name.len);
    return spelt;
}

#endif
