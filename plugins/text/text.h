/* SPDX-License-Identifier: MIT */
/* What the files of this module share. */
#ifndef PLUGIN_TEXT_H
#define PLUGIN_TEXT_H

#include "core/plugin.h"

typedef struct text_options {
    bool title;    /* look for a headline */
    bool lists;    /* bullets and numbers make lists */
    bool headings; /* underlined lines are headings */
} text_options;

typedef struct line {
    nc_bytes text;     /* without white space at both ends; empty: a blank line */
    size_t indent;     /* columns; a tab leads to the next multiple of eight */
    size_t characters; /* with the indentation */
    bool new_page;     /* a form feed stands before it */
} line;

typedef struct text_reader {
    nc_job *job;
    const text_options *options;
    nc_bytes all, rest; /* the input, and what has not been read of it */
    char line_end;      /* '\n', or '\r' in files of old Macs */
    bool long_lines;    /* each line is a paragraph */
    size_t width;       /* at which lines were broken by hand; 0: none */
    size_t longest;     /* a line beyond this was not */
} text_reader;

/* Learn how the text is laid out. */
void text_survey(text_reader *r);

/* Take the next line off `rest`; false at the end. */
bool text_next_line(const text_reader *r, nc_bytes *rest, line *next);

/* Whether a paragraph ends between two neighbouring lines, of which neither is blank. */
bool text_paragraph_ends(const text_reader *r, const line *before, const line *after);

/* Whether a list begins with `first`; `rest` is what follows it. */
bool text_list_begins(const text_reader *r, const line *first, nc_bytes rest);

/* Read the list that begins with `first`, of which the line has just been taken. */
void text_read_list(text_reader *r, nc_node *parent, const line *first);

/* '=' or '-' if `below` underlines `title`, else '\0'. */
char text_underline(const line *title, const line *below);

/* Extend `text`, which ends with `last`, over the lines that belong to the same paragraph. */
nc_bytes text_paragraph(text_reader *r, nc_bytes text, line last);

/* Whether a first paragraph reads like a headline over what follows it in `rest`. */
bool text_is_headline(const text_reader *r, nc_bytes text, nc_bytes rest);

/* Whether a first paragraph is an agency's slug or a notice, before which no headline stands. */
bool text_is_slug(nc_bytes text);

#endif
