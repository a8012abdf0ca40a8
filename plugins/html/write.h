/* SPDX-License-Identifier: MIT */
/* The state of writing HTML, shared by the writer's files. */
#ifndef NEWSCONV_HTML_WRITE_H
#define NEWSCONV_HTML_WRITE_H

#include "plugins/html/html.h"

/* A table that is being written. */
typedef struct html_table html_table;
struct html_table {
    html_table *outer;
    const nc_columns *columns;
    size_t *covered;         /* by column: the row from which on it is free again */
    size_t row, section_end; /* rows are counted through the whole table */
    size_t column;           /* where the next cell of the row goes */
    size_t header_columns;   /* of the rows at hand; SIZE_MAX: all */
    bool header_cell, dropped, more_bodies;
};

/* Whether lists are to be marked as incremental: as the innermost Div says that says anything. */
typedef struct html_marks html_marks;
struct html_marks {
    html_marks *outer;
    bool incremental;
};

typedef struct html_writer {
    nc_out out;
    nc_job *job;
    nc_buf *buf;
    const html_options *options;
    nc_wrap wrap;
    size_t columns;
    size_t line, gap;       /* where the line begins; its last space that may be broken, 0: none */
    size_t measured, width; /* columns of the line up to `measured` */
    bool fresh;             /* nothing is written yet in the innermost open block */
    bool skip_space;        /* the next character is the space behind a checkbox */
    bool toc;               /* in the table of contents: no links, notes and identifiers */
    bool bare;              /* in metadata: no notes */
    size_t links;           /* open ones: a link in a link is a span */
    size_t boxes;           /* open blocks other than Divs: no sections in them */
    html_marks *marks;      /* of lists, as the Divs around say */
    const nc_node *detour;  /* to be written before the walk goes on */
    const nc_node *detour_root; /* what is being written so */
    html_table *table;
    const nc_node **notes;
    size_t note_count, note_capacity;
    const nc_node *note; /* the note whose text is being written */
    size_t note_number;
    int64_t section_numbers[6];
    size_t first_level; /* of headings that are numbered; 0: none are */
} html_writer;

static inline html_writer *html_writer_of(nc_out *out)
{
    return out->state;
}

extern const nc_rule html_rules[NC_KIND_COUNT];

/* Write `node` and all below it. */
void html_render(html_writer *w, const nc_node *node);

/* Find out how headings are numbered, and begin to count. */
void html_begin_numbers(html_writer *w, const nc_node *doc);

/* The body of the document with its notes, without a newline at its end. */
void html_body(html_writer *w, const nc_node *doc);

/* The whole page, made by the template (write_head.c). */
nc_status html_standalone(html_writer *w, const nc_node *doc);

/* ---------------------------------------------------------------- text (write_text.c) */

/* A space at which the line may be broken. */
void html_gap(html_writer *w);
void html_newline(html_writer *w);

/* Break the last line too, if it must be. */
void html_end_line(html_writer *w);

/* Text without its markup characters; in code and attributes without quotes, too. No line is broken
 * in it. */
void html_escape(html_writer *w, nc_bytes text);
void html_escape_quotes(html_writer *w, nc_bytes text);

/* Text that is HTML already. */
void html_raw(html_writer *w, nc_bytes text);
#define HTML_PUT(w, literal) nc_put((w)->buf, NC_LITERAL(literal))

/* A string whose spaces may become line ends, and whose own line ends stay. */
void html_text(html_writer *w, nc_bytes text);

/* No line is broken any more before what has been written. */
void html_end_words(html_writer *w);

/* The rule of TEXT: a run. */
bool html_run(nc_out *out, const nc_node *node);

/* ` name="value"` */
void html_attribute(html_writer *w, const char *name, nc_bytes value);

/* All key-value pairs, each key once; `style` and `without` (NULL: none) are left out. */
void html_pairs(html_writer *w, const nc_node *node, const nc_attr *attr, const char *without);

/* Identifier, classes but `without` (NULL: none), pairs. */
void html_id(html_writer *w, const nc_attr *attr);
/* Whether a class stands before `index` already: each is written once. */
bool html_class_repeats(const nc_attr *attr, size_t index);
void html_classes(html_writer *w, const nc_attr *attr, const char *without);
void html_attributes(html_writer *w, const nc_node *node, const nc_attr *attr);

/* Whether HTML knows an attribute of that name. */
bool html_known_attribute(nc_bytes name);

/* ---------------------------------------------------------------- blocks */

/* Begin a block: on a line of its own unless it is the first in what holds it. */
void html_block(html_writer *w, const nc_node *node);

/* The attributes of the Div around `node`, when that only lends them to it (wrapper="1"). */
void html_lent_attributes(html_writer *w, const nc_node *node);

/* `<name attributes>` */
void html_open(html_writer *w, const char *name, const nc_node *node);
void html_close(html_writer *w, const char *name);

/* Whether `node` is a list item with a checkbox as its first character. */
bool html_is_task(const nc_node *item);

/* Whether raw content of that format is HTML. */
bool html_is_html(nc_bytes format);

/* The link from a note back to where it is called, if `node` is the last block of the note being
 * written. */
void html_backlink(html_writer *w, const nc_node *node);

/* The section of notes at the end. */
void html_notes(html_writer *w);

/* The formula as HTML; false if it needs more than that. */
bool html_formula(html_writer *w, const nc_node *math);

#endif
