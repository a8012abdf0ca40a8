/* SPDX-License-Identifier: MIT */
/* The index of bundled formats, third-party modules, and opening both. */
#include "core/library.h"

#include <dlfcn.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

nc_known *nc_library_at(const nc_library *library, size_t index)
{
    nc_known **formats = library->formats.items;

    return index < library->formats.count ? formats[index] : NULL;
}

/* Keep the list sorted. The first module to offer a name has it: third-party modules come before
 * the bundled ones. */
static void add_known(nc_library *library, const nc_known *known)
{
    size_t at = 0;
    nc_known **place;

    for (nc_known *other; (other = nc_library_at(library, at)); at++) {
        int order = strcmp(other->name, known->name);

        if (order == 0)
            return;
        if (order > 0)
            break;
    }
    place = nc_list_push(library->memory, &library->formats, sizeof *place);
    if (!place)
        return;
    place = library->formats.items;
    memmove(place + at + 1, place + at, (library->formats.count - 1 - at) * sizeof *place);
    place[at] = nc_alloc(library->memory, sizeof **place);
    if (place[at])
        *place[at] = *known;
    else
        library->formats.count = at;
}

static const char *or_empty(const char *text)
{
    return text ? text : "";
}

static void add_format(nc_library *library, const nc_format *format, const char *module)
{
    add_known(library, &(nc_known){ .name = format->name,
                                    .title = or_empty(format->title),
                                    .aliases = or_empty(format->aliases),
                                    .extensions = or_empty(format->extensions),
                                    .media_types = or_empty(format->media_types),
                                    .reads = format->read != NULL,
                                    .writes = format->write != NULL,
                                    .probes = format->probe != NULL,
                                    .flags = format->flags,
                                    .module = module,
                                    .format = format });
}

static void add_formats(nc_library *library, const nc_plugin_info *info, const char *module)
{
    for (const nc_format *const *format = info->formats; *format; format++)
        add_format(library, *format, module);
}

/* ---------------------------------------------------------------- modules */

static bool formats_complete(const nc_plugin_info *info)
{
    if (!info->formats || !info->formats[0])
        return false;
    for (const nc_format *const *format = info->formats; *format; format++)
        if (!(*format)->name || !*(*format)->name || (!(*format)->read && !(*format)->write))
            return false;
    return true;
}

static bool check_module(nc_job *job, const char *path, const nc_plugin_info *info)
{
    if (!info)
        nc_fail(job, NC_EIO, "%s: no newsconv plugin: it has no symbol nc_plugin", path);
    else if (info->abi != NC_PLUGIN_ABI)
        nc_fail(job, NC_EIO, "%s: plugin built for ABI %u, this newsconv has %u: build it again",
                path, (unsigned)info->abi, (unsigned)NC_PLUGIN_ABI);
    else if (info->node_size != sizeof(nc_node))
        nc_fail(job, NC_EIO, "%s: plugin built with another layout of nc_node: build it again",
                path);
    else if (!formats_complete(info))
        nc_fail(job, NC_EIO,
                "%s: plugin without formats, or with one that neither reads nor writes", path);
    else
        return true;
    return false;
}

const nc_plugin_info *nc_module_open(nc_job *job, const char *path)
{
    const nc_plugin_info *info;
    void *module;

    if (access(path, R_OK) != 0) {
        nc_fail(job, NC_EIO, "%s: cannot read the plugin: %s", path, strerror(errno));
        return NULL;
    }
    if (!nc_elf_whole(path)) {
        nc_fail(job, NC_EIO, "%s: no shared object, or a truncated one", path);
        return NULL;
    }
    module = dlopen(path, RTLD_NOW | RTLD_LOCAL);
    if (!module) {
        const char *why = dlerror();
        bool named = why && strncmp(why, path, strlen(path)) == 0;

        nc_fail(job, NC_EIO, "%s%s%s", named ? "" : path, named ? "" : ": ",
                why ? why : "cannot be loaded");
        return NULL;
    }
    info = dlsym(module, "nc_plugin");
    return check_module(job, path, info) ? info : NULL;
}

const nc_format *nc_library_load(nc_job *job, nc_library *library, nc_known *known)
{
    const nc_plugin_info *info;

    if (known->format)
        return known->format;
    info = nc_module_open(job, known->module);
    if (!info)
        return NULL;
    for (nc_known *other, **at = library->formats.items;
         at < (nc_known **)library->formats.items + library->formats.count; at++) {
        other = *at;
        for (const nc_format *const *format = info->formats; *format; format++)
            if (strcmp(other->module, known->module) == 0 &&
                strcmp((*format)->name, other->name) == 0)
                other->format = *format;
    }
    if (!known->format)
        nc_fail(job, NC_EIO, "%s: no format %s in it, though the index says so", known->module,
                known->name);
    return known->format;
}

static void add_folders(nc_job *job, nc_library *library)
{
    const char *const *folders = library->folders ? library->folders->items : NULL;

    for (size_t i = 0; folders && i < library->folders->count; i++) {
        nc_list files = nc_folder_files(job, folders[i], ".so");
        const char *const *paths = files.items;

        for (size_t k = 0; k < files.count; k++) {
            const nc_plugin_info *info = nc_module_open(job, paths[k]);

            if (!info)
                return;
            add_formats(library, info, nc_print(library->memory, "%s", paths[k]).ptr);
        }
    }
}

/* ---------------------------------------------------------------- the index */

/* The next field of a line, cut off at its tab. */
static const char *next_field(char **line)
{
    char *field = *line;

    *line += strcspn(field, "\t");
    if (**line)
        *(*line)++ = 0;
    return field;
}

/* name, module, directions and flags, aliases, extensions, media types, title
 * (tools/format-index.c). */
static void add_line(nc_library *library, const char *folder, char *line)
{
    nc_known known = { .name = next_field(&line) };
    const char *module = next_field(&line);
    const char *letters = next_field(&line);

    if (!*known.name)
        return;
    known.module = nc_print(library->memory, "%s/%s.so", folder, module).ptr;
    known.reads = strchr(letters, 'r') != NULL;
    known.writes = strchr(letters, 'w') != NULL;
    known.probes = strchr(letters, 'p') != NULL;
    known.flags = (strchr(letters, 'b') ? NC_FORMAT_BINARY : 0u) |
                  (strchr(letters, 'd') ? NC_FORMAT_DECIDED : 0u) |
                  (strchr(letters, 'k') ? NC_FORMAT_BOOK : 0u);
    known.aliases = next_field(&line);
    known.extensions = next_field(&line);
    known.media_types = next_field(&line);
    known.title = next_field(&line);
    add_known(library, &known);
}

/* The whole file, ended by a NUL, in the library's memory; NULL if it cannot be read. */
static char *read_index(nc_library *library, const char *path)
{
    FILE *file = fopen(path, "re");
    long size = -1;
    char *text = NULL;

    if (!file)
        return NULL;
    if (fseek(file, 0, SEEK_END) == 0)
        size = ftell(file);
    if (size > 0 && fseek(file, 0, SEEK_SET) == 0)
        text = nc_alloc(library->memory, (size_t)size + 1);
    if (text && fread(text, 1, (size_t)size, file) != (size_t)size)
        text = NULL;
    fclose(file);
    return text;
}

static void add_indexed(nc_job *job, nc_library *library)
{
    const char *folder = nc_modules_folder(library->memory);
    const char *path = nc_print(library->memory, "%s/formats.index", folder).ptr;
    char *text = path ? read_index(library, path) : NULL;

    if (!text) {
        nc_fail(job, NC_EIO, "%s: cannot read the list of formats: install newsconv again",
                path ? path : "");
        return;
    }
    while (*text) {
        char *line = text;

        text += strcspn(text, "\n");
        if (*text)
            *text++ = 0;
        add_line(library, folder, line);
    }
}

static void add_linked(nc_job *job, nc_library *library)
{
    for (const nc_plugin_info *const *info = nc_linked_plugins; *info; info++)
        if (check_module(job, "bundled formats", *info))
            add_formats(library, *info, "");
}

nc_status nc_library_ready(nc_job *job, nc_library *library)
{
    if (library->ready)
        return nc_job_status(job);
    library->formats = (nc_list){ 0 };
    add_folders(job, library);
    if (!nc_job_status(job) && nc_linked_plugins)
        add_linked(job, library);
    else if (!nc_job_status(job))
        add_indexed(job, library);
    library->ready = !nc_job_status(job) && !nc_job_status(library->memory);
    if (nc_job_status(library->memory))
        nc_fail(job, NC_EMEM, "out of memory");
    return nc_job_status(job);
}
