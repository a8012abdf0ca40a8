/* SPDX-License-Identifier: MIT */
/* A table while it is written: its cells are recorded first, measured, then drawn. */
#ifndef NEWSCONV_PLAIN_TABLE_H
#define NEWSCONV_PLAIN_TABLE_H

#include "plain.h"

typedef struct plain_cell {
    const nc_node *node;
    const nc_doc *doc;
    nc_extent extent;
    nc_lines lines;             /* at the width of its columns */
    uint32_t row, column, rows, columns; /* where it is in the grid; columns 0: it has no place */
} plain_cell;

typedef struct plain_row {
    const nc_node *part;        /* TABLE_HEAD, TABLE_BODY or TABLE_FOOT */
    size_t first_cell, cell_count;
} plain_row;

struct plain_table {
    plain_table *outer;
    plain_writer *writer;
    const nc_node *node;
    bool flat;                  /* too deep or too large: cells are written one after the other */
    size_t column_count, row_count, cell_count;
    plain_row *rows;
    plain_cell *cells;
    uint32_t *grid;             /* row_count * column_count: number of the cell there, from 1; 0: none */
    size_t *widths;             /* of columns */
};

/* Columns of the page that a share takes. */
static inline size_t plain_share(const plain_table *table, double share, int64_t less)
{
    double columns = share * (double)(table->writer->settings->columns - less);

    return columns >= 1 ? (size_t)(columns > 1e6 ? 1e6 : columns) : 0;
}

/* Give each cell its place. */
bool plain_table_place(plain_table *table);

/* A line of text being put together, in the arena. */
typedef struct plain_line {
    char *ptr;
    size_t len;
} plain_line;

void plain_line_fill(plain_line *line, char c, size_t count);
void plain_line_put(plain_line *line, nc_bytes text);

/* Draw with lines around all cells (grid.c), or with lines above and below (columns.c). */
void plain_draw_grid(plain_table *table);
void plain_draw_columns(plain_table *table, bool multiline);

#endif
