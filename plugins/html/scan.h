/* SPDX-License-Identifier: MIT */
/* A page made safe and small for a parser that is quadratic in depth: see scan.c. */
#ifndef NEWSCONV_HTML_SCAN_H
#define NEWSCONV_HTML_SCAN_H

#include "plugins/html/dom.h"

/* From `kept` on, the kept bytes stand in the page at `page`. */
typedef struct scan_gap {
    size_t kept, page;
} scan_gap;

typedef struct scan_result {
    nc_bytes kept;              /* what to parse */
    const dom_script *scripts;
    size_t script_count;
    const scan_gap *gaps;       /* ascending */
    size_t gap_count;
} scan_result;

scan_result html_scan(nc_job *job, nc_bytes page);

#endif
