/* SPDX-License-Identifier: MIT */
/* Tables without lines between the cells. A simple one has a row in each line; in a multiline one
 * cells are wrapped and rows are apart by empty lines.
 *
 *     name    number          ----------------
 *     ------ -------          name      number
 *     a            1          -------- -------
 *                             a longer       1
 *                             name
 *                             ---------------- */
#include "table.h"

enum { AROUND = 2 }; /* columns added to each: they show the alignment */

static size_t most(size_t a, size_t b)
{
    return a > b ? a : b;
}

static void measure_columns(plain_table *table, bool multiline)
{
    const nc_columns *columns = table->node->columns;
    bool relative = false, wraps = table->writer->settings->wrap == NC_WRAP_AUTO;

    for (size_t c = 0; multiline && c < table->column_count; c++)
        relative = relative || columns->items[c].width > 0;
    for (size_t c = 0; c < table->column_count; c++)
        table->widths[c] = AROUND;
    for (size_t i = 0; i < table->cell_count; i++) {
        const plain_cell *cell = &table->cells[i];
        size_t need = relative && wraps ? cell->extent.least : cell->extent.natural;
        if (cell->columns)
            table->widths[cell->column] = most(table->widths[cell->column], need + AROUND);
    }
    for (size_t c = 0; relative && c < table->column_count; c++)
        table->widths[c] = most(table->widths[c], plain_share(table, columns->items[c].width, 1));
}

static size_t total_width(const plain_table *table)
{
    size_t total = table->column_count ? table->column_count - 1 : 0;

    for (size_t c = 0; c < table->column_count; c++)
        total += table->widths[c];
    return total;
}

/* A line without text is a line all the same, unless there is but one column. */
static void put_line(plain_table *table, plain_line *line)
{
    size_t least = table->column_count > 1;

    while (line->len > least && line->ptr[line->len - 1] == ' ')
        line->len--;
    nc_layout_text(table->writer->layout, (nc_bytes){ line->ptr, line->len });
    nc_layout_line_end(table->writer->layout);
}

static void put_rule(plain_table *table, bool unbroken)
{
    plain_line line = { nc_alloc(table->writer->job, total_width(table) + 1), 0 };

    if (!line.ptr)
        return;
    for (size_t c = 0; c < table->column_count; c++) {
        if (c)
            plain_line_fill(&line, unbroken ? '-' : ' ', 1);
        plain_line_fill(&line, '-', table->widths[c]);
    }
    put_line(table, &line);
}

static void put_aligned(plain_line *line, const nc_line *text, size_t width, nc_alignment alignment)
{
    size_t room = width > text->width ? width - text->width : 0;
    size_t before = alignment == NC_ALIGN_RIGHT    ? room
                    : alignment == NC_ALIGN_CENTER ? room / 2
                                                   : 0;

    plain_line_fill(line, ' ', before);
    plain_line_put(line, text->text);
    plain_line_fill(line, ' ', room - before);
}

static const plain_cell *cell_at(const plain_table *table, size_t row, size_t column)
{
    uint32_t number = table->grid[row * table->column_count + column];

    return number ? &table->cells[number - 1] : NULL;
}

static void put_row_line(plain_table *table, size_t row, size_t k)
{
    static const nc_line empty = { { NULL, 0 }, 0 };
    size_t size = total_width(table) + 1;
    plain_line line = { NULL, 0 };

    for (size_t c = 0; c < table->column_count; c++) {
        const plain_cell *cell = cell_at(table, row, c);
        if (cell && k < cell->lines.count)
            size += cell->lines.items[k].text.len;
    }
    line.ptr = nc_alloc(table->writer->job, size);
    for (size_t c = 0; line.ptr && c < table->column_count; c++) {
        const plain_cell *cell = cell_at(table, row, c);
        if (c)
            plain_line_fill(&line, ' ', 1);
        put_aligned(&line, cell && k < cell->lines.count ? &cell->lines.items[k] : &empty,
                    table->widths[c], table->node->columns->items[c].alignment);
    }
    if (line.ptr)
        put_line(table, &line);
}

static void put_row(plain_table *table, size_t row)
{
    size_t height = 1;

    for (size_t i = 0; i < table->rows[row].cell_count; i++) {
        plain_cell *cell = &table->cells[table->rows[row].first_cell + i];
        if (!cell->columns)
            continue;
        cell->lines =
            nc_layout_lines(table->writer->layout, cell->doc, table->widths[cell->column]);
        height = most(height, cell->lines.count);
    }
    for (size_t k = 0; k < height; k++)
        put_row_line(table, row, k);
}

/* A first row of empty cells is no head. */
static bool has_head(const plain_table *table)
{
    const plain_row *first = table->rows;

    if (!table->row_count || first->part->kind != NC_TABLE_HEAD)
        return false;
    for (size_t i = 0; i < first->cell_count; i++)
        if (table->cells[first->first_cell + i].node->first)
            return true;
    return false;
}

void plain_draw_columns(plain_table *table, bool multiline)
{
    nc_layout *layout = table->writer->layout;
    bool head = has_head(table);
    size_t first = table->row_count && table->rows->part->kind == NC_TABLE_HEAD;

    if (!table->column_count)
        return;
    measure_columns(table, multiline);
    if (head && multiline)
        put_rule(table, true);
    else if (head)
        nc_layout_line_end(layout); /* a marker stays alone: so pandoc does */
    if (head)
        put_row(table, 0);
    put_rule(table, false);
    for (size_t r = first; r < table->row_count; r++) {
        put_row(table, r);
        if (multiline && r + 1 < table->row_count)
            nc_layout_blank_lines(layout, 1);
    }
    if (multiline && table->row_count - first < 2)
        nc_layout_blank_lines(layout, 1);
    if (multiline || !head)
        put_rule(table, multiline && head);
}
