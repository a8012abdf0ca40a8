/* SPDX-License-Identifier: MIT */
/* The options of the program: one table (options.def), and what was set. */
#ifndef NEWSCONV_OPTION_H
#define NEWSCONV_OPTION_H

#include "core/job.h"
#include "core/newsconv.h"

/* What the options say. Memory is that of the job given to nc_config_set. */
typedef struct nc_config {
    nc_settings settings;
    nc_limits limits;
    const char *from, *to;
    const char *scripts;        /* "none", a list apart by commas, or NULL: the usual ones */
    const char *data_dir;
    const char *log;
    int article;                /* nc_article */
    signed char standalone;     /* -1: not given */
    bool fail_if_warnings, verbose;
    nc_list filters, metadata_files, resource_path, plugin_folders; /* const char * */
    nc_node *metadata, *variables; /* META_MAP */
    nc_list json_variables;     /* nc_pair */
} nc_config;

/* Put every option at its default. Fails the job only when memory ends. */
nc_status nc_config_reset(nc_job *job, nc_config *config);

/* Set one option, as newsconv_set. Errors: EUSAGE on the job. */
nc_status nc_config_set(nc_job *job, nc_config *config, const char *name, const char *value);

/* The row number `index` for help and parsers, NULL past the last. */
const newsconv_option *nc_option_row(size_t index);

/* Parse a whole number in [minimum, maximum]; K, M and G behind it multiply by powers of 1024 if `scaled`. */
bool nc_parse_number(const char *text, int64_t minimum, int64_t maximum, bool scaled, int64_t *number);

/* The index of `word` in a list of words apart by blanks; -1 if it is not there. */
int nc_word_index(const char *words, nc_bytes word);

/* Take the next word off a list of words apart by blanks; false at its end. */
bool nc_next_word(const char **words, nc_bytes *word);

/* The candidate nearest to a mistyped word, by edit distance; best is empty when none is near. */
typedef struct nc_nearest {
    nc_bytes word, best;
    size_t distance;
} nc_nearest;

void nc_nearest_try(nc_nearest *nearest, nc_bytes candidate);

/* "; did you mean NAME?" or "". */
nc_bytes nc_nearest_hint(nc_job *job, const nc_nearest *nearest, const char *prefix);

#endif
