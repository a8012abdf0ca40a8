/* SPDX-License-Identifier: MIT */
/* Link targets as they stand in documents, made into URIs. */
#ifndef NEWSCONV_URI_H
#define NEWSCONV_URI_H

#include "core/plugin.h"

#pragma GCC visibility push(default)

/* `url` as a URI (RFC 3986): blanks at its ends go, what may not stand in one is percent-encoded, and a colon that
 * would be taken for the end of a scheme is kept apart by "./". {NULL, 0} if nothing remains. */
nc_bytes nc_uri(nc_job *job, nc_bytes url);

#pragma GCC visibility pop

#endif
