/* SPDX-License-Identifier: MIT */
/* Dates as text: the forms of RFC 3339 and their beginnings. */
#ifndef NEWSCONV_DATE_H
#define NEWSCONV_DATE_H

#include "core/plugin.h"

#pragma GCC visibility push(default)

/* `given` in one form: a year, a month, a day (2026-03-02), or a time with seconds and zone
 * (2026-03-02T10:15:00Z). A time without zone is left off, which `zoneless` tells. {NULL, 0} when it is no date. */
nc_bytes nc_date(nc_job *job, nc_bytes given, bool *zoneless);

/* The time of a date of that form: of a day its begin in UTC. {NULL, 0} for a month or a year. */
nc_bytes nc_date_time(nc_job *job, nc_bytes date);

/* The time that many seconds after 1970, in UTC. */
nc_bytes nc_date_of_seconds(nc_job *job, int64_t seconds);

#pragma GCC visibility pop

#endif
