/* SPDX-License-Identifier: MIT */
/* What the files of the NITF writer share. */
#ifndef NEWSCONV_NITF_H
#define NEWSCONV_NITF_H

#include "core/news.h"
#include "core/xml_out.h"

/* Nodes that wait to be written: pictures for the end of their block, notes for that of the story. */
typedef struct nitf_queue {
    const nc_node **items;
    size_t count, capacity;
} nitf_queue;

typedef struct nitf {
    nc_job *job;
    nc_buf *buf;
    size_t content;             /* where in buf the content of the open paragraph begins */
    bool first_paragraph;       /* no paragraph was written yet */
    bool any_text;
    size_t notes_written;
    nitf_queue pictures, notes;
} nitf;

static inline nitf *nitf_of(nc_out *out)
{
    return out->state;
}

/* Keep `node` in the queue. */
void nitf_keep(nitf *w, nitf_queue *queue, const nc_node *node);

/* The whole `body`. `blocked`: the content within a `block`, as items of NewsML-G2 have it. */
void nitf_put_body(nc_job *job, nc_buf *buf, const nc_node *doc, nc_bytes headline, bool blocked);

/* Pictures: media.c. */
bool nitf_image(nc_out *out, const nc_node *node);
void nitf_put_pictures(nitf *w);
bool nitf_figure_open(nc_out *out, const nc_node *node);
void nitf_figure_close(nc_out *out, const nc_node *node);

/* The one picture, with an address, that a figure is about; NULL: none. */
const nc_node *nitf_figure_image(nc_job *job, const nc_node *figure);

/* Inlines: inlines.c. */
bool nitf_text(nc_out *out, const nc_node *node);
bool nitf_code(nc_out *out, const nc_node *node);
bool nitf_emphasis_open(nc_out *out, const nc_node *node);
void nitf_emphasis_close(nc_out *out, const nc_node *node);
bool nitf_script_open(nc_out *out, const nc_node *node);
void nitf_script_close(nc_out *out, const nc_node *node);
bool nitf_quoted_open(nc_out *out, const nc_node *node);
void nitf_quoted_close(nc_out *out, const nc_node *node);
bool nitf_link_open(nc_out *out, const nc_node *node);
void nitf_link_close(nc_out *out, const nc_node *node);
bool nitf_span_open(nc_out *out, const nc_node *node);
void nitf_span_close(nc_out *out, const nc_node *node);
bool nitf_unmarked(nc_out *out, const nc_node *node);
bool nitf_line_break(nc_out *out, const nc_node *node);
bool nitf_math(nc_out *out, const nc_node *node);
bool nitf_raw_inline(nc_out *out, const nc_node *node);
bool nitf_note(nc_out *out, const nc_node *node);

#endif
