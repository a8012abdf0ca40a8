/* SPDX-License-Identifier: MIT */
/* What a conversion has to say, as newsconv.h shows it. */
#ifndef NEWSCONV_REPORT_H
#define NEWSCONV_REPORT_H

#include "core/job.h"
#include "core/newsconv.h"

typedef struct nc_report {
    bool failed;
    newsconv_message error;
    newsconv_message *messages;
    newsconv_decision *decisions;
    size_t message_count, decision_count;
} nc_report;

/* The error of `job` as a message; its text stays in the job. */
newsconv_message nc_report_error(const nc_job *job);

/* The warnings and decisions of `job`, in memory of `notes` (a job of its own, as `job` may have failed). */
void nc_report_fill(nc_report *report, const nc_job *job, nc_job *notes);

/* Write the report to the file at `path` as JSON. Errors: EIO on `notes`. */
nc_status nc_report_save(const nc_report *report, nc_job *notes, const char *path);

#endif
