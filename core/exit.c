/* SPDX-License-Identifier: MIT */
/* Failures as pandoc's exit statuses. */
#include "core/pipeline.h"

enum { STAGES = NC_STAGE_OUTPUT + 1 };

/* By code; columns are the stages options, input, read, article, scripts, filters, write,
 * output. */
static const unsigned char statuses[][STAGES] = {
    [NC_OK] = { 0 },
    [NC_EMEM] = { 4, 4, 4, 4, 4, 4, 4, 4 },
    [NC_EIO] = { 97, 1, 99, 99, 97, 83, 97, 1 },
    [NC_EINPUT] = { 64, 64, 64, 64, 64, 64, 64, 64 },
    [NC_ELIMIT] = { 4, 4, 4, 4, 4, 4, 4, 4 },
    [NC_EUNSUPPORTED] = { 23, 21, 21, 4, 83, 83, 22, 22 },
    [NC_ESCRIPT] = { 83, 83, 84, 83, 83, 83, 84, 83 },
    [NC_EUSAGE] = { 6, 6, 6, 6, 6, 6, 5, 6 },
    [NC_ECANCELED] = { 130, 130, 130, 130, 130, 130, 130, 130 },
};

int nc_exit_status(nc_status status, nc_stage stage, bool on_warning)
{
    return on_warning ? 3 : statuses[status][stage];
}
