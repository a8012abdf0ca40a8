/* SPDX-License-Identifier: MIT */
/* Which Lua runs when: the news scripts on each story, the user's filters on the whole. */
#include "core/lua/host.h"
#include "core/pipeline.h"

/* A list of strings under construction, ended by NULL. */
static void add_string(nc_job *job, nc_list *list, const char *string)
{
    const char **item = nc_list_push(job, list, sizeof *item);

    if (item)
        *item = string;
}

static const char *const *script_folders(nc_conversion *conversion)
{
    nc_job *job = conversion->job;
    const char *data = conversion->config->data_dir;
    nc_list folders = { 0 };

    if (data)
        add_string(job, &folders, nc_print(job, "%s/scripts", data).ptr);
    add_string(job, &folders, nc_print(job, "%s/scripts", nc_data_folder(job)).ptr);
    add_string(job, &folders, NULL);
    return folders.items;
}

static const char *const *protected_keys(nc_conversion *conversion)
{
    nc_job *job = conversion->job;
    nc_list keys = { 0 };

    for (const nc_node *entry = conversion->own_metadata->first; entry; entry = entry->next)
        add_string(job, &keys, nc_print(job, "%.*s", (int)entry->text.len, entry->text.ptr).ptr);
    add_string(job, &keys, NULL);
    return keys.items;
}

static const char *const *input_files(nc_conversion *conversion)
{
    nc_list files = { 0 };

    for (size_t i = 0; i < conversion->source_count; i++)
        add_string(conversion->job, &files, conversion->sources[i].name);
    add_string(conversion->job, &files, NULL);
    return files.items;
}

static nc_lua_context context_of(nc_conversion *conversion)
{
    return (nc_lua_context){ .format = conversion->format,
                             .input_files = input_files(conversion),
                             .output_file = conversion->output,
                             .user_data_dir = conversion->config->data_dir,
                             .script_folders = script_folders(conversion),
                             .protected_keys = protected_keys(conversion),
                             .verbose = conversion->config->verbose };
}

/* The names in a list apart by commas, ended by NULL. */
static const char *const *split_names(nc_job *job, const char *list)
{
    nc_list names = { 0 };

    while (*list) {
        size_t length = strcspn(list, ",");

        if (length)
            add_string(job, &names, nc_print(job, "%.*s", (int)length, list).ptr);
        list += length + (list[length] == ',');
    }
    add_string(job, &names, NULL);
    return names.items;
}

/* The scripts for a story: those that the user names, else the usual ones, unless the story has
 * been decided on before or is a book. NULL: none. */
static const char *const *due_scripts(nc_conversion *conversion, const nc_format *format)
{
    static const char *const usual[] = {
        "byline", "date", "publisher", "source", "language", NULL
    };
    const char *list = conversion->config->scripts;

    if (conversion->job->settings.raw || (list && strcmp(list, "none") == 0))
        return NULL;
    if (list)
        return split_names(conversion->job, list);
    return format->flags & (NC_FORMAT_DECIDED | NC_FORMAT_BOOK) ? NULL : usual;
}

nc_status nc_run_scripts(nc_conversion *conversion, const nc_format *format, nc_node *story)
{
    nc_job *job = conversion->job;
    const char *const *names = due_scripts(conversion, format);
    nc_lua_context context;

    if (!names || !names[0] || nc_enter_stage(job, NC_STAGE_SCRIPTS))
        return nc_job_status(job);
    context = context_of(conversion);
    return nc_job_status(job) ? nc_job_status(job) : nc_lua_scripts(job, story, &context, names);
}

nc_status nc_run_filters(nc_conversion *conversion, nc_node *doc)
{
    const nc_list *list = &conversion->config->filters;
    const char *const *paths = list->items;
    nc_job *job = conversion->job;
    nc_lua_context context;

    if (!list->count || nc_enter_stage(job, NC_STAGE_FILTERS))
        return nc_job_status(job);
    context = context_of(conversion);
    for (size_t i = 0; i < list->count && !nc_job_status(job); i++)
        nc_lua_filter(job, doc, &context, paths[i]);
    return nc_job_status(job);
}
