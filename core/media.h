/* SPDX-License-Identifier: MIT */
/* The media bag beyond what formats see of it (plugin.h). */
#ifndef NEWSCONV_MEDIA_H
#define NEWSCONV_MEDIA_H

#include "core/job.h"

/* The media type of a file by its first bytes, else by the extension of its name; application/octet-stream when neither
 * says. Static memory. */
nc_bytes nc_media_type(nc_bytes name, nc_bytes bytes);

/* The usual extension (without dot) of a media type, "bin" if unknown. */
const char *nc_media_extension(nc_bytes media_type);

/* Decode a data: URI. False when it is none or malformed. Source: RFC 2397, RFC 4648. */
bool nc_data_uri(nc_job *job, nc_bytes uri, nc_bytes *media_type, nc_bytes *bytes);

/* Read a file that a document names, if it lies below the job's resource path once links are resolved.
 * False, with no warning, when it does not or cannot be read. */
bool nc_resource_read(nc_job *job, nc_bytes name, nc_bytes *bytes);

/* --extract-media: save what the images of `doc` show below `folder`, and let the images name the saved files.
 * Images that cannot be had stay as they are, with a warning. Errors: EIO. */
nc_status nc_media_extract(nc_job *job, nc_node *doc, const char *folder);

#endif
