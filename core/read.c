/* SPDX-License-Identifier: MIT */
/* Reading one input, and the metadata that the user gives in files. */
#include "core/input.h"
#include "core/pipeline.h"

#include <unistd.h>

/* ---------------------------------------------------------------- metadata */

/* Set `key` to a value that is taken over from another map. */
static void move_value(nc_job *job, nc_node *map, nc_bytes key, nc_node *value)
{
    nc_node *slot = nc_meta_set(job, map, key, value->kind);

    if (!slot)
        return;
    if (value->kind == NC_META_STRING)
        slot->text = value->text;
    else if (value->kind == NC_META_BOOL)
        slot->number = value->number;
    else
        nc_move_children(job, slot, value);
}

void nc_merge_metadata(nc_job *job, nc_node *to, nc_node *from, bool keep)
{
    for (nc_node *entry = from ? from->first : NULL; entry; entry = entry->next)
        if (entry->first && !(keep && nc_meta_value(to, entry->text)))
            move_value(job, to, entry->text, entry->first);
}

/* What YAML or JSON text says, as a META_MAP. */
static nc_node *read_metadata(nc_conversion *conversion, const char *name, nc_bytes text)
{
    nc_job *job = conversion->job;
    nc_node *doc = nc_node_new(job, NC_DOCUMENT);

    if (doc)
        nc_read_part(job, "yaml", nc_string(name), text, doc, doc->meta);
    return doc ? doc->meta : NULL;
}

/* NULL and a failed job when the file cannot be read. */
static nc_node *load_metadata(nc_conversion *conversion, const char *path)
{
    nc_job *job = conversion->job;
    nc_bytes bytes = { 0 };

    job->stage = NC_STAGE_INPUT;
    if (nc_input_load(job, path, &bytes))
        return NULL;
    job->stage = NC_STAGE_READ;
    return read_metadata(conversion, path, bytes);
}

/* What a newsroom says of itself once for all its documents. */
static void read_house_metadata(nc_conversion *conversion)
{
    const nc_config *config = conversion->config;
    const char *path =
        nc_print(conversion->job, "%s/newsconv.yaml", config->data_dir ? config->data_dir : "").ptr;

    if (config->data_dir && !config->settings.raw && path && access(path, F_OK) == 0)
        conversion->house_metadata = load_metadata(conversion, path);
}

nc_status nc_read_metadata_files(nc_conversion *conversion)
{
    const char *const *paths = conversion->config->metadata_files.items;
    nc_job *job = conversion->job;
    nc_stage before = job->stage;

    read_house_metadata(conversion);
    conversion->file_metadata = nc_node_new(job, NC_META_MAP);
    for (size_t i = 0; i < conversion->config->metadata_files.count && !nc_job_status(job); i++)
        nc_merge_metadata(job, conversion->file_metadata, load_metadata(conversion, paths[i]),
                          false);
    if (!nc_job_status(job))
        job->stage = before;
    conversion->own_metadata = nc_clone(job, conversion->file_metadata);
    nc_merge_metadata(job, conversion->own_metadata, nc_clone(job, conversion->config->metadata),
                      false);
    return nc_job_status(job);
}

/* Variables are strings: turn the inlines below `map` into such. */
static void flatten(nc_job *job, nc_node *map)
{
    nc_walk walk = { .root = map };

    while (map && nc_walk_next(&walk)) {
        nc_node *node = (nc_node *)(uintptr_t)walk.node; /* the map is ours to change */
        nc_bytes text;

        if (walk.entering || node->kind != NC_META_INLINES)
            continue;
        text = nc_stringify(job, node);
        while (node->first)
            nc_detach(node->first);
        node->kind = NC_META_STRING;
        node->text = text;
    }
}

nc_status nc_read_json_variables(nc_conversion *conversion)
{
    const nc_list *list = &conversion->config->json_variables;
    const nc_pair *pairs = list->items;
    nc_job *job = conversion->job;
    nc_node *variables = list->count ? nc_clone(job, conversion->config->variables) : NULL;

    job->stage = NC_STAGE_READ;
    for (size_t i = 0; i < list->count && !nc_job_status(job); i++) {
        nc_bytes text = nc_print(job, "{\"%.*s\": %.*s}", (int)pairs[i].key.len, pairs[i].key.ptr,
                                 (int)pairs[i].value.len, pairs[i].value.ptr);

        nc_merge_metadata(job, variables, read_metadata(conversion, "--variable-json", text),
                          false);
    }
    flatten(job, variables);
    if (!nc_job_status(job))
        job->stage = NC_STAGE_OPTIONS;
    if (variables)
        job->settings.variables = variables;
    return nc_job_status(job);
}

/* ---------------------------------------------------------------- an input */

static bool is_standard_input(const nc_source *source)
{
    return !source->in_memory && strcmp(source->name, "-") == 0;
}

static bool is_address(const char *name)
{
    return strncmp(name, "http://", 7) == 0 || strncmp(name, "https://", 8) == 0;
}

static nc_status load(nc_job *job, const nc_source *source, nc_bytes *bytes)
{
    if (!source->in_memory && is_address(source->name))
        return nc_fail(job, NC_EIO,
                       "%s: newsconv fetches nothing from the network: save it to a file",
                       source->name);
    if (!source->in_memory)
        return nc_input_load(job, is_standard_input(source) ? NULL : source->name, bytes);
    *bytes = source->bytes;
    if (bytes->len > job->limits.input_bytes)
        nc_fail(job, NC_ELIMIT, "input larger than %zu bytes; --max-input-bytes raises the limit",
                job->limits.input_bytes);
    return nc_job_status(job);
}

/* As what to read an input: what the user says, what its name says, what it looks like. */
static const char *guess_format(nc_conversion *conversion, const nc_source *source, nc_bytes bytes)
{
    nc_job *job = conversion->job;
    const char *name = is_standard_input(source) ? "" : source->name;
    const char *format = conversion->config->from;

    if (!format)
        format = nc_format_by_extension(job, conversion->library, name, NC_READING);
    if (!format && !nc_job_status(job))
        format = nc_format_by_content(job, conversion->library, bytes, name);
    if (!format)
        nc_fail(job, NC_EUNSUPPORTED, "%s: cannot tell its format: say it with -f",
                *name ? name : "standard input");
    return format;
}

/* The folder of a file, in which the files that it names are looked up. */
static const char *folder_of(nc_job *job, const nc_source *source)
{
    const char *slash = strrchr(source->name, '/');

    if (!slash)
        return ".";
    return slash == source->name
               ? "/"
               : nc_print(job, "%.*s", (int)(slash - source->name), source->name).ptr;
}

static void add_folder(nc_job *job, const char *folder)
{
    const char **folders = job->resource_path.items;
    size_t count = job->resource_path.count;

    if (count && strcmp(folders[count - 1], folder) == 0)
        return;
    folders = nc_list_push(job, &job->resource_path, sizeof *folders);
    if (folders)
        *folders = folder;
}

/* Folders apart by colons. */
static void add_folders(nc_job *job, const char *folders)
{
    while (*folders) {
        size_t length = strcspn(folders, ":");

        if (length)
            add_folder(job, nc_print(job, "%.*s", (int)length, folders).ptr);
        folders += length + (folders[length] == ':');
    }
}

/* Where the files that an input names may lie: pictures are looked for when the whole is written,
 * so the folders of all inputs count. Bytes in memory have no folder, whatever name they were
 * given. */
static void extend_resource_path(nc_conversion *conversion, const nc_source *source)
{
    const nc_list *given = &conversion->config->resource_path;
    const char *const *paths = given->items;
    nc_job *job = conversion->job;

    if (job->settings.sandbox)
        return;
    if (!given->count && !source->in_memory)
        add_folder(job, folder_of(job, source));
    if (conversion->done)
        return;
    for (size_t i = 0; i < given->count; i++)
        add_folders(job, paths[i]);
    if (!given->count && job->settings.raw) /* where pandoc looks */
        add_folder(job, ".");
}

nc_node *nc_read_source(nc_conversion *conversion, const nc_source *source,
                        const nc_format **format)
{
    nc_job *job = conversion->job;
    nc_chosen reader = { 0 };
    nc_bytes bytes = { 0 };
    nc_node *story;
    const char *name;

    if (nc_enter_stage(job, NC_STAGE_INPUT) || load(job, source, &bytes))
        return NULL;
    name = guess_format(conversion, source, bytes);
    if (nc_job_status(job) || nc_format_choose(job, conversion->library, name, NC_READING, &reader))
        return NULL;
    if (nc_begin_part(job, reader.format, nc_string(source->name), &bytes))
        return NULL;
    extend_resource_path(conversion, source);
    nc_enter_stage(job, NC_STAGE_READ);
    story = nc_node_new(job, NC_DOCUMENT);
    if (story)
        reader.format->read(job, reader.options, bytes, story);
    job->offset = UINT32_MAX;
    *format = reader.format;
    return nc_job_status(job) ? NULL : story;
}
