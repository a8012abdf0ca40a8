/* SPDX-License-Identifier: MIT */
/* Templates in pandoc's syntax: compiled once, applied to any number of contexts.
 *
 * A context is a META_MAP of values that are rendered already: META_STRING (put as it is), META_BOOL, META_LIST and
 * META_MAP. The body of a document need not stand in it as a string: `body` writes it where the template wants it. */
#ifndef NEWSCONV_TEMPLATE_H
#define NEWSCONV_TEMPLATE_H

#include "core/plugin.h"

#if defined(__GNUC__)
#pragma GCC visibility push(default)
#endif

typedef struct nc_template nc_template;

/* The text of the partial `name` ("bylines"), which belongs to the template `of`. {NULL, 0} when there is none. */
typedef nc_bytes (*nc_partial)(void *data, nc_bytes of, nc_bytes name);

/* Compile `text`. `name` is for messages and for finding partials; `partial` may be NULL.
 * Owner:  the arena; `text` and `name` are kept as slices.
 * Errors: NULL and EUSAGE, with name, line and column, when the syntax is wrong or a partial is missing. */
const nc_template *nc_template_compile(nc_job *job, nc_bytes name, nc_bytes text,
                                       nc_partial partial, void *data);

typedef struct nc_template_context {
    const nc_node *values; /* META_MAP */
    void (*body)(
        void *data,
        nc_buf *buf); /* writes $body$, without a newline at its end; NULL: it is in `values` */
    void *data;
} nc_template_context;

/* Write `compiled` with the values of `context` to `buf`. Returns nc_job_status. */
nc_status nc_template_apply(nc_job *job, const nc_template *compiled,
                            const nc_template_context *context, nc_buf *buf);

/* Writes a metadata value (META_STRING, META_INLINES or META_BLOCKS) as the format has it, escaped, without a newline
 * at its end. */
typedef void (*nc_template_render)(void *data, const nc_node *value, nc_buf *buf);

/* Make the values of a context: the metadata of `doc` rendered by `render`, and over them the user's variables
 * (nc_settings.variables), which are taken as they are. `scratch` is written to and left as it was.
 * Owner:  the arena. The map may be added to with nc_meta_set. */
nc_node *nc_template_values(nc_job *job, const nc_node *doc, nc_template_render render, void *data,
                            nc_buf *scratch);

/* Set `key` of `map` to a string. */
void nc_template_set(nc_job *job, nc_node *map, const char *key, nc_bytes text);

/* What the user's --template names, or else `preset`, compiled, with partials found beside the template and in the
 * folders of data for templates. `extension` is that of partials named without one: "html". */
const nc_template *nc_template_chosen(nc_job *job, nc_bytes preset, const char *extension);

#if defined(__GNUC__)
#pragma GCC visibility pop
#endif
#endif
