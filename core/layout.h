/* SPDX-License-Identifier: MIT */
/* Line breaking: text, spaces that may become line ends, prefixes, blank lines that collapse.
 *
 * A layout is a printer: text goes straight into the output buffer, and a word that does not fit any more is taken back
 * to the next line. A doc is a recording of calls to a printer, made where a thing must be measured before it is
 * printed (the cells of a table, a caption), and where documents are values (pandoc.layout in Lua). So prose is copied
 * once, and there is one set of rules:
 *
 *   - Line ends are pending until text follows. Asking for a line end or for n blank lines where as many are pending
 *     does nothing, so that "blank line" after each block and before some is enough. None are printed at the very
 *     beginning or end.
 *   - A space at the beginning or end of a line is dropped, several are one.
 *   - A prefix opens every line that begins while it is on. An empty line takes what encloses it on both sides, without
 *     the blanks at its end.
 *   - Widths are columns of a terminal: wide East Asian characters and emoji take two, combining marks none.
 *
 * Nothing recurses; every call costs what it prints. */
#ifndef NEWSCONV_LAYOUT_H
#define NEWSCONV_LAYOUT_H

#include "core/plugin.h"

#pragma GCC visibility push(default)

/* A width at which lines are never broken. */
#define NC_LAYOUT_ENDLESS SIZE_MAX

typedef struct nc_layout nc_layout;
typedef struct nc_doc nc_doc;

/* A printer that appends to `buf` lines of at most `width` columns. With `keep_breaks` a '\n' in a run ends the line,
 * otherwise it is a space.
 * Owner:  the arena. NULL when memory ends; every function below takes NULL and does nothing. */
nc_layout *nc_layout_new(nc_job *job, nc_buf *buf, size_t width, bool keep_breaks);

/* End the last line, if there is any text. */
void nc_layout_finish(nc_layout *layout);

/* Text as it stands: blanks do not break, each '\n' ends a line.
 * Owner:  a recording keeps the slice, here and below. */
void nc_layout_text(nc_layout *layout, nc_bytes text);

/* Words: each ' ' is a space that may become a line end, each '\n' too (see keep_breaks). */
void nc_layout_run(nc_layout *layout, nc_bytes run);

/* A space that may become a line end. */
void nc_layout_space(nc_layout *layout);

/* End the line if anything is on it. */
void nc_layout_line_end(nc_layout *layout);

/* End the line and leave `count` lines empty. */
void nc_layout_blank_lines(nc_layout *layout, size_t count);

/* Forget the line ends that are pending. */
void nc_layout_chomp(nc_layout *layout);

/* Open lines with `prefix`, inside the prefixes that are on, until the matching end. */
void nc_layout_prefix(nc_layout *layout, nc_bytes prefix);
void nc_layout_prefix_end(nc_layout *layout);

/* Between these, spaces do not break, nor are they dropped where a line begins. They nest. */
void nc_layout_keep(nc_layout *layout);
void nc_layout_keep_end(nc_layout *layout);

/* Record what follows, until the matching nc_layout_recorded, instead of printing it. Recordings nest; the inner one
 * is not part of the outer one unless it is played. */
void nc_layout_record(nc_layout *layout);
const nc_doc *nc_layout_recorded(nc_layout *layout);

/* Print what was recorded. */
void nc_layout_play(nc_layout *layout, const nc_doc *doc);

/* Whether nothing was recorded that prints text. */
bool nc_doc_empty(const nc_doc *doc);

/* Columns that the doc takes when no line is broken (pandoc's offset), and when every line is broken that can be (its
 * minOffset). */
typedef struct nc_extent {
    size_t natural, least;
} nc_extent;

nc_extent nc_doc_measure(const nc_doc *doc);

/* The lines of `doc` printed at `width`, in an array that lives as long as the job. A line that is longer because it
 * has no place to break is cut. */
typedef struct nc_line {
    nc_bytes text;
    size_t width;
} nc_line;

typedef struct nc_lines {
    const nc_line *items;
    size_t count;
} nc_lines;

nc_lines nc_layout_lines(nc_layout *layout, const nc_doc *doc, size_t width);

/* Columns that `text`, one line, takes. */
size_t nc_text_width(nc_bytes text);

#pragma GCC visibility pop

#endif
