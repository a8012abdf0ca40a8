/* SPDX-License-Identifier: MIT */
/* Saving a whole output: never half of it. */
#ifndef NEWSCONV_OUTPUT_H
#define NEWSCONV_OUTPUT_H

#include "core/job.h"

/* Write `bytes` to `path`, or to standard output for "-". A file is written beside its place under a temporary name and
 * renamed, with the permissions that it had or that a new file gets; links are followed. What is no regular file (a
 * device, a pipe) is written to directly.
 * Errors: EIO; then no file was changed, and the temporary one is gone. */
nc_status nc_output_save(nc_job *job, const char *path, nc_bytes bytes);

#endif
