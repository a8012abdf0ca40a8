/* SPDX-License-Identifier: MIT */
/* What the files of this module share. */
#ifndef PLUGIN_YAML_H
#define PLUGIN_YAML_H

#include "core/plugin.h"

/* How a scalar is to be understood. */
typedef enum scalar_type {
    SCALAR_TEXT,
    SCALAR_RESOLVED /* plain: by what it looks like */
} scalar_type;

/* Append a scalar to `parent` (a META_ENTRY or META_LIST) as pandoc understands it: text, number, boolean or nothing.
 * `text` lives as long as the job. */
nc_node *yaml_append_scalar(nc_job *job, nc_node *parent, nc_bytes text, scalar_type type);

#endif
