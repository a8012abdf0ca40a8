/* SPDX-License-Identifier: MIT */
/* What the files of this module share. */
#ifndef PLUGIN_NATIVE_WRITE_H
#define PLUGIN_NATIVE_WRITE_H

#include "plugins/native/layout.h"

nc_status native_write(nc_job *job, const void *options, const nc_node *doc, nc_buf *buf);

/* A string in quotes, escaped as Haskell's `show` does. */
void native_string(layout *out, nc_bytes text);

/* A field that is no children. `argument`: of a constructor, so that what has parts or a sign stands in
 * parentheses. */
void native_field(layout *out, const nc_field *field, const void *place, bool argument);

#endif
