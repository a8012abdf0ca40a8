/* SPDX-License-Identifier: MIT */
/* HTML, shared by the reader and the writer. */
#ifndef NEWSCONV_HTML_H
#define NEWSCONV_HTML_H

#include "core/plugin.h"

/* The switches of both directions. Those of reading are named as pandoc's extensions. */
typedef struct html_options {
    /* reading */
    bool auto_identifiers;
    bool ascii_identifiers;
    bool empty_paragraphs;
    bool epub_html_exts;
    bool line_blocks;
    bool native_divs;
    bool native_spans;
    bool raw_html;
    bool smart;
    bool tex_math_dollars;
    bool tex_math_double_backslash;
    bool tex_math_single_backslash;
} html_options;

nc_status html_read(nc_job *job, const void *options, nc_bytes in, nc_node *doc);
/* The default template of pages. */
extern const char html_template[];

nc_status html_write(nc_job *job, const void *options, const nc_node *doc, nc_buf *buf);

/* Pure: how sure we are that `head` is HTML, and the encoding that it declares. */
int html_probe(nc_bytes head, const char *name);
nc_bytes html_declared_encoding(nc_bytes head);

#endif
