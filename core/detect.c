/* SPDX-License-Identifier: MIT */
#include "core/detect.h"

const char *nc_detect_encoding(nc_job *job, nc_bytes raw)
{
    (void)job;
    (void)raw;
    return "CP1252";
}
