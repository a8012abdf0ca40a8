/* SPDX-License-Identifier: MIT */
#include "core/lua/host.h"

nc_status nc_lua_filter(nc_job *job, nc_node *doc, const nc_lua_context *context, const char *path)
{
    (void)doc;
    (void)context;
    (void)path;
    return nc_job_status(job);
}

nc_status nc_lua_scripts(nc_job *job, nc_node *doc, const nc_lua_context *context, const char *const *names)
{
    (void)doc;
    (void)context;
    (void)names;
    return nc_job_status(job);
}
