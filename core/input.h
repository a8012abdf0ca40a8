/* SPDX-License-Identifier: MIT */
/* Reading a whole input into memory. Not mapped: a mapped file that shrinks kills the process. */
#ifndef NEWSCONV_INPUT_H
#define NEWSCONV_INPUT_H

#include "core/job.h"

/* Read the file at `path`, or standard input for NULL and "-". The bytes live as long as the job.
 * Errors: EIO (missing, unreadable, a directory), ELIMIT past limits.input_bytes, EMEM. */
nc_status nc_input_load(nc_job *job, const char *path, nc_bytes *bytes);

/* As above, for a file that a document, a template or an option names: no failure of the job when it cannot be had,
 * but false, with errno set (EFBIG: past limits.input_bytes). */
bool nc_input_try(nc_job *job, const char *path, nc_bytes *bytes);

#endif
