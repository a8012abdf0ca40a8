/* SPDX-License-Identifier: MIT */
/* pandoc's JSON: the tree of pandoc-types 1.23, both ways. */
#include "plugins/json/json.h"

/* {"pandoc-api-version": or one of its neighbours begins the file. */
static int probe(nc_bytes head, const char *name)
{
    size_t at = 0;

    (void)name;
    while (at < head.len && strchr(" \t\r\n", head.ptr[at]))
        at++;
    if (at == head.len || head.ptr[at] != '{')
        return NC_PROBE_NO;
    return memmem(head.ptr + at, head.len - at, "\"pandoc-api-version\"", 20) ? NC_PROBE_CERTAIN
                                                                              : NC_PROBE_LIKELY;
}

static const nc_format json = {
    .name = "json",
    .title = "pandoc's document tree as JSON",
    .extensions = "json",
    .media_types = "application/json",
    .flags = NC_FORMAT_DECIDED,
    .probe = probe,
    .read = json_read,
    .write = json_write,
};

NC_PLUGIN(&json);
