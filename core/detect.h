/* SPDX-License-Identifier: MIT */
/* Guessing the encoding of text that does not say. */
#ifndef NEWSCONV_DETECT_H
#define NEWSCONV_DETECT_H

#include "core/job.h"

/* The name of the encoding, for iconv, that bytes which are not UTF-8 are most likely in; windows-1252 when nothing
 * speaks for another. Opens the module that knows uchardet. Memory of the job. */
const char *nc_detect_encoding(nc_job *job, nc_bytes raw);

#endif
