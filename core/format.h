/* SPDX-License-Identifier: MIT */
/* Choosing a format, and filling in its options. */
#ifndef NEWSCONV_FORMAT_H
#define NEWSCONV_FORMAT_H

#include "core/library.h"

typedef enum nc_direction { NC_READING, NC_WRITING } nc_direction;

/* A format with the options that it is to be called with. */
typedef struct nc_chosen {
    const nc_format *format;
    const void *options;        /* its struct, filled in; never NULL */
} nc_chosen;

/* A format by its name and switches ("html+article-quotes") with the values that -V gave.
 * Errors: EUNSUPPORTED, in stage INPUT (reading), WRITE (writing) or OPTIONS (a switch); EUSAGE for a bad value. */
nc_status nc_format_choose(nc_job *job, nc_library *library, const char *spec, nc_direction direction,
                           nc_chosen *chosen);

/* The name of the format that a file name's extension stands for, NULL if none does. A format that has not this
 * direction is named if no other has the extension: to choose it fails, and says so. */
const char *nc_format_by_extension(nc_job *job, nc_library *library, const char *path, nc_direction direction);

/* The name of the format that bytes look like (first 4 KiB), NULL if none claims them. */
const char *nc_format_by_content(nc_job *job, nc_library *library, nc_bytes bytes, const char *name);

/* A format by name or alias, without switches. Errors: NULL and EUNSUPPORTED. */
nc_known *nc_format_named(nc_job *job, nc_library *library, nc_bytes name, nc_direction direction);

/* The name of a format without the switches behind it. */
nc_bytes nc_format_plain_name(const char *spec);

#endif
