/* SPDX-License-Identifier: MIT */
/* The module that knows uchardet. It is apart from the library because it brings libstdc++, and few
 * inputs need it. */
#include "core/plugin.h"

#include <uchardet/uchardet.h>

/* Enough to be sure, and no more. */
enum { SAMPLE = 256 * 1024 };

NC_EXPORT bool nc_detect(nc_bytes raw, char *name, size_t size);

/* Put the name of the most likely encoding into `name`. False when nothing is likely. */
bool nc_detect(nc_bytes raw, char *name, size_t size)
{
    uchardet_t detector = uchardet_new();
    const char *found = "";

    if (!detector)
        return false;
    if (uchardet_handle_data(detector, raw.ptr, raw.len < SAMPLE ? raw.len : SAMPLE) == 0) {
        uchardet_data_end(detector);
        found = uchardet_get_charset(detector);
    }
    if (strlen(found) < size)
        memcpy(name, found, strlen(found) + 1);
    uchardet_delete(detector);
    return name[0] != 0;
}
