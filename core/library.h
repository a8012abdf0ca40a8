/* SPDX-License-Identifier: MIT */
/* The formats that there are: the bundled ones by an index that the build made, those of third parties by opening their
 * modules. A module is opened when a conversion needs it, and never closed. */
#ifndef NEWSCONV_LIBRARY_H
#define NEWSCONV_LIBRARY_H

#include "core/job.h"

/* What is known of a format before its module is opened. */
typedef struct nc_known {
    const char *name, *title, *aliases, *extensions, *media_types; /* never NULL */
    bool reads, writes, probes;
    unsigned flags;             /* NC_FORMAT_… */
    const char *module;         /* file; "": linked in */
    const nc_format *format;    /* NULL: its module is not open */
} nc_known;

typedef struct nc_library {
    nc_job *memory;             /* whose arena holds all this */
    nc_list formats;            /* nc_known *, sorted by name */
    const nc_list *folders;     /* const char *: of third-party modules */
    nc_list chunks;             /* of the script host: compiled scripts */
    bool ready;                 /* the formats are listed; cleared to have the folders looked through again */
} nc_library;

/* List the formats, unless that has been done. Errors: EIO on `job` for a missing index or a broken module. */
nc_status nc_library_ready(nc_job *job, nc_library *library);

/* The format number `index` in alphabetical order, NULL past the last. */
nc_known *nc_library_at(const nc_library *library, size_t index);

/* Open the module of a format. Errors: NULL and EIO on `job`. */
const nc_format *nc_library_load(nc_job *job, nc_library *library, nc_known *known);

/* In a static build, what is linked in, ended by NULL (core/static/linked.c). Not defined otherwise. */
extern const nc_plugin_info *const nc_linked_plugins[] __attribute__((weak));

/* What the module at `path` offers, checked. Errors: NULL and EIO on `job`, naming the file. */
const nc_plugin_info *nc_module_open(nc_job *job, const char *path);

/* Whether a file is a whole shared object: dlopen of a truncated one ends in SIGBUS. */
bool nc_elf_whole(const char *path);

/* The folder of the bundled modules, and that of scripts and templates; "" when unknown. Memory of the job. */
const char *nc_modules_folder(nc_job *job);
const char *nc_data_folder(nc_job *job);

/* The names of the files in a folder that end in `suffix`, as paths, sorted (const char *).
 * Errors: EIO on the job. */
nc_list nc_folder_files(nc_job *job, const char *folder, const char *suffix);

#endif
