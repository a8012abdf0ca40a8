/* SPDX-License-Identifier: MIT */
/* The script host: Lua filters over the tree, with pandoc's Lua API, and the news scripts. */
#ifndef NEWSCONV_LUA_HOST_H
#define NEWSCONV_LUA_HOST_H

#include "core/plugin.h"

/* What scripts are told of the conversion. All strings may be NULL, and must live as long as the
 * call. */
typedef struct nc_lua_context {
    const char *format;             /* FORMAT: the output format as given, without its switches */
    const char *const *input_files; /* PANDOC_STATE.input_files, ended by NULL */
    const char *output_file;
    const char *user_data_dir;
    const char *const *script_folders; /* where scripts are looked up and may `require`, first one
                                          first; ended by NULL */
    const char *const *
        protected_keys; /* metadata keys that the user set: no script changes them; ended by NULL */
    bool verbose;       /* errors carry the traceback */
} nc_lua_context;

/* Run the filter at `path` on `doc`, a DOCUMENT, in place. It has the standard libraries unless
 * settings.sandbox. A path that is no file is also looked for in user_data_dir/filters. Errors:
 * ESCRIPT with the script's message, file and line; ELIMIT. */
nc_status nc_lua_filter(nc_job *job, nc_node *doc, const nc_lua_context *context, const char *path);

/* Run news scripts one after the other on `doc`, in place: they share one sandboxed state, each
 * with globals of its own. `names` is ended by NULL: "byline" is byline.lua in the first script
 * folder that has it; a name with '/' or ".lua" is a path. After each script the protected keys are
 * as before it. Errors: as above; EUSAGE for a script that is nowhere. */
nc_status nc_lua_scripts(nc_job *job, nc_node *doc, const nc_lua_context *context,
                         const char *const *names);

#endif
