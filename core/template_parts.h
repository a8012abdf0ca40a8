/* SPDX-License-Identifier: MIT */
/* What a template is compiled to: a tree of parts. Shared by the files of the template engine alone.
 *
 *     TEXT    text
 *     BREAK   white space at which the line may be broken ($~$)
 *     VALUE   variable [separator]
 *     IF      variable, parts, alternative: the next branch, whose variable is NULL for `else`
 *     FOR     variable, parts, separator parts
 *     NEST    parts, whose later lines begin at the column of the first
 *     PIPED   parts, whose text goes through the pipes of `variable` */
#ifndef NEWSCONV_TEMPLATE_PARTS_H
#define NEWSCONV_TEMPLATE_PARTS_H

#include "core/template.h"

/* How deep parts may lie in one another, partials included: the engine recurses on it. */
enum { NC_TEMPLATE_DEPTH = 120, NC_PARTIAL_DEPTH = 50 };

/* Stands in the output for white space at which a line may be broken, until lines are filled. Never a byte of
 * UTF-8. */
#define NC_BREAK_BYTE '\xff'

typedef enum nc_pipe_type {
    NC_PIPE_PAIRS,
    NC_PIPE_FIRST,
    NC_PIPE_LAST,
    NC_PIPE_REST,
    NC_PIPE_ALLBUTLAST,
    NC_PIPE_UPPERCASE,
    NC_PIPE_LOWERCASE,
    NC_PIPE_LENGTH,
    NC_PIPE_REVERSE,
    NC_PIPE_CHOMP,
    NC_PIPE_NOWRAP,
    NC_PIPE_ALPHA,
    NC_PIPE_ROMAN,
    NC_PIPE_LEFT,
    NC_PIPE_CENTER,
    NC_PIPE_RIGHT,
    NC_PIPE_COUNT
} nc_pipe_type;

typedef struct nc_pipe nc_pipe;
struct nc_pipe {
    nc_pipe *next;
    nc_pipe_type type;
    size_t width; /* LEFT, CENTER, RIGHT */
    nc_bytes before, after;
};

typedef struct nc_path nc_path;
struct nc_path {
    nc_path *next;
    nc_bytes name;
};

typedef struct nc_variable {
    nc_path *path;
    nc_pipe *pipes;
} nc_variable;

typedef enum nc_template_part_type {
    NC_TEMPLATE_TEXT,
    NC_TEMPLATE_BREAK,
    NC_TEMPLATE_VALUE,
    NC_TEMPLATE_IF,
    NC_TEMPLATE_FOR,
    NC_TEMPLATE_NEST,
    NC_TEMPLATE_PIPED
} nc_template_part_type;

typedef struct nc_template_part nc_template_part;
struct nc_template_part {
    nc_template_part *next;
    nc_template_part_type type;
    nc_bytes text; /* TEXT; VALUE: the separator */
    const nc_variable *variable;
    nc_template_part *parts, *separator, *alternative;
};

struct nc_template {
    nc_template_part *parts;
    bool breaks; /* has a BREAK in it */
};

extern const char *const nc_pipe_names[NC_PIPE_COUNT];

/* What `pipe` makes of `value` (NULL: no such variable). The value given is not changed. */
const nc_node *nc_pipe_apply(nc_job *job, const nc_pipe *pipe, const nc_node *value);

/* Columns that `text`, one line, takes. */
size_t nc_template_width(nc_bytes text);

#endif
