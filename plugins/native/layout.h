/* SPDX-License-Identifier: MIT */
/* The layout of pandoc's native: groups that stand on one line if that fits, else with a new line at each of their
 * breaks.
 *
 * A group fits if the text of its line, without indentation, up to the next possible end of that line stays within
 * `ribbon`, and with indentation within `width`. Only the line being written is undecided, so this is linear. */
#ifndef PLUGIN_NATIVE_LAYOUT_H
#define PLUGIN_NATIVE_LAYOUT_H

#include "core/plugin.h"

/* An open group. */
typedef struct layout_group {
    size_t column; /* where it began */
    bool vertical;
} layout_group;

/* The beginning of an undecided group, or a break in one, on the current line. */
typedef struct layout_mark {
    size_t at;     /* in the buffer; of a break: its blank */
    size_t group;  /* index in `groups` when it was open */
    size_t column; /* BEGIN: where the group began; break: its further indentation */
    size_t begin;  /* break: the mark of its group */
    bool is_begin, decided;
} layout_mark;

typedef struct layout {
    nc_job *job;
    nc_buf *buf;
    size_t width, ribbon;
    size_t line, indent; /* where in the buffer the current line begins; its indentation */
    layout_group *groups;
    size_t group_count, group_capacity;
    layout_mark *marks;
    size_t mark_count, mark_capacity;
} layout;

void layout_open(layout *out, nc_job *job, nc_buf *buf, size_t width);

void layout_begin(layout *out);
void layout_end(layout *out);

/* A blank, or a new line, `indent` to the right of where the group began. */
void layout_break(layout *out, size_t indent);

/* Text of one line. */
void layout_text(layout *out, nc_bytes text);

/* Decide as if `size` bytes followed, which the caller then writes to the buffer itself. */
void layout_room(layout *out, size_t size);

#define LAYOUT_TEXT(out, literal) layout_text((out), NC_LITERAL(literal))

#endif
