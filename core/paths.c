/* SPDX-License-Identifier: MIT */
/* Where newsconv's own files lie, found from where the library lies (or the program that it is
 * linked into): the build tree and any install prefix have the same layout, so both may be
 * moved. NEWSCONV_TO_MODULES and NEWSCONV_TO_DATA are made by CMake. */
#include "core/library.h"

#include <dirent.h>
#include <dlfcn.h>
#include <errno.h>
#include <limits.h>
#include <stdlib.h>

/* The file that this code is in. */
static bool own_file(char path[PATH_MAX])
{
    static const char here = 0;
    Dl_info info;

    if (nc_linked_plugins)
        return realpath("/proc/self/exe", path) != NULL;
    return dladdr(&here, &info) && realpath(info.dli_fname, path);
}

static const char *beside(nc_job *job, const char *relative)
{
    char path[PATH_MAX], plain[PATH_MAX];
    const char *joined;
    char *slash;

    if (!own_file(path))
        return "";
    slash = strrchr(path, '/');
    if (!slash)
        return "";
    *slash = 0;
    joined = nc_print(job, "%s/%s", path, relative).ptr;
    return realpath(joined, plain) ? nc_print(job, "%s", plain).ptr : joined;
}

const char *nc_modules_folder(nc_job *job)
{
    return beside(job, NEWSCONV_TO_MODULES);
}

const char *nc_data_folder(nc_job *job)
{
    return beside(job, NEWSCONV_TO_DATA);
}

static bool ends_in(const char *name, const char *suffix)
{
    size_t length = strlen(name), end = strlen(suffix);

    return length > end && strcmp(name + length - end, suffix) == 0;
}

static int compare_paths(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

nc_list nc_folder_files(nc_job *job, const char *folder, const char *suffix)
{
    nc_list files = { 0 };
    DIR *stream = opendir(folder);
    const struct dirent *entry;

    if (!stream) {
        nc_fail(job, NC_EIO, "%s: %s", folder, strerror(errno));
        return files;
    }
    while ((entry = readdir(stream))) {
        const char **path =
            ends_in(entry->d_name, suffix) ? nc_list_push(job, &files, sizeof *path) : NULL;

        if (path)
            *path = nc_print(job, "%s/%s", folder, entry->d_name).ptr;
    }
    closedir(stream);
    if (files.count > 1)
        qsort(files.items, files.count, sizeof(const char *), compare_paths);
    return files;
}
