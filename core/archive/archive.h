/* SPDX-License-Identifier: MIT */
/* Zip containers that are read whole, by libarchive: first what is in them, then, in one pass over the bytes, the
 * entries that were asked for. Linked only into the modules that use it. Memory counts against the job's limit. */
#ifndef NEWSCONV_ARCHIVE_H
#define NEWSCONV_ARCHIVE_H

#include "core/plugin.h"

typedef struct nc_archive nc_archive;

enum { NC_ARCHIVE_NONE = -1 };

typedef enum nc_entry_state {
    NC_ENTRY_UNREAD,
    NC_ENTRY_WANTED,
    NC_ENTRY_READ,
    NC_ENTRY_DAMAGED,           /* cannot be unpacked, or its checksum is wrong */
    NC_ENTRY_LOCKED             /* encrypted by the container itself */
} nc_entry_state;

/* Read the directory of the container in `bytes`, which must outlive it. Entries with absolute names or with ".." in
 * them, and all but the first of those with one name, are passed over with a warning.
 * Owner:  nc_archive_close.    Errors: NULL and a failed job (EINPUT; ELIMIT: more than limits->entries). */
nc_archive *nc_archive_open(nc_job *job, nc_bytes bytes);

/* The number of the entry `name`, NC_ARCHIVE_NONE when there is none. A name that differs in case is found too,
 * with a warning. */
int64_t nc_archive_find(nc_archive *archive, nc_bytes name);

/* The name of an entry as the container spells it, {NULL, 0} past the last. */
nc_bytes nc_archive_name(const nc_archive *archive, int64_t entry);

/* How the unpacked bytes of an entry are kept: a copy that lives as long as the job, and may be rewritten. */
typedef nc_bytes (*nc_archive_keep)(nc_job *job, nc_bytes unpacked);

/* Ask for an entry / read all that were asked for, kept by `keep` or (NULL) as they are / say what came of one.
 * Errors: ELIMIT past unpacked_bytes or unpack_ratio. An entry that cannot be read does not fail the job. */
void nc_archive_want(nc_archive *archive, int64_t entry);
nc_status nc_archive_fetch(nc_archive *archive, nc_archive_keep keep);
nc_entry_state nc_archive_entry(const nc_archive *archive, int64_t entry, nc_bytes *bytes);

void nc_archive_close(nc_archive *archive);

#endif
