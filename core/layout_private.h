/* SPDX-License-Identifier: MIT */
/* Inside the layout: layout.c prints, doc.c records, plays and measures. */
#ifndef NEWSCONV_LAYOUT_PRIVATE_H
#define NEWSCONV_LAYOUT_PRIVATE_H

#include "core/job.h"
#include "core/layout.h"

typedef enum nc_doc_step {
    NC_DOC_TEXT, NC_DOC_RUN, NC_DOC_SPACE, NC_DOC_BREAKS, NC_DOC_CHOMP, NC_DOC_PREFIX, NC_DOC_PREFIX_END,
    NC_DOC_KEEP, NC_DOC_KEEP_END
} nc_doc_step;

/* One recorded call. */
typedef struct nc_doc_op {
    nc_bytes text;              /* TEXT, RUN, PREFIX and its end */
    nc_doc_step step;
    uint32_t count;             /* BREAKS: line ends; RUN: 1 if its '\n' end lines */
} nc_doc_op;

struct nc_doc {
    nc_doc *outer;              /* while recording: the doc that is recorded around this one */
    nc_list ops;
    nc_list prefixes;           /* nc_bytes: those that are on, so that each end says what it ends */
    nc_doc_op first[2];         /* of the ops: most cells of tables need no more */
};

typedef struct nc_layout_prefix_mark {
    size_t length, width;       /* of all prefixes up to this one */
} nc_layout_prefix_mark;

struct nc_layout {
    nc_job *job;
    nc_buf *buf;
    size_t width;
    bool keep_breaks;
    nc_doc *recording;          /* NULL: calls print */

    bool any;                   /* text was printed: from here on line ends count */
    bool open;                  /* the line has text; its prefix is printed */
    bool space;                 /* pending, as are the line ends */
    size_t breaks;
    size_t break_prefix;        /* length of the prefix that the empty lines take */
    size_t column;
    size_t keeps;               /* nc_layout_keep that are on */
    size_t last_space;          /* of the line, in buf: where it may still be broken; SIZE_MAX: nowhere */
    size_t after_space;         /* column behind it */

    char *prefix;               /* all that are on, one after the other */
    size_t prefix_capacity;
    nc_list marks;              /* nc_layout_prefix_mark */
    nc_layout *lines_printer;   /* of nc_layout_lines */
};

/* Record a call. Returns whether it is done with: recorded, or there is nothing to print to. */
bool nc_layout_take(nc_layout *layout, nc_doc_step step, nc_bytes text, size_t count);

/* Make an arena-owned printer ready for another text. */
void nc_layout_reset(nc_layout *layout, size_t width);

/* Columns of the character at text.ptr[*at], which moves behind all that is displayed with it. */
size_t nc_character_width(nc_bytes text, size_t *at);

#endif
