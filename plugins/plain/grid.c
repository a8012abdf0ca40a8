/* SPDX-License-Identifier: MIT */
/* Tables with lines around all cells: for cells of several blocks, and for spans.
 *
 *     +-------+-----+
 *     | wide        |     A cell that reaches over several rows is written in the first of them;
 * where it goes on the
 *     +=======+:====+     line between the rows is left out. Colons show the alignment of a column.
 */
#include "table.h"

enum { AROUND = 3 }; /* columns between the texts of two cells */

static size_t most(size_t a, size_t b)
{
    return a > b ? a : b;
}

/* ------------------------------------------------------------ widths */

/* What one of several columns must give to a cell that spans them: pandoc gives the remainder to
 * each. */
static size_t part_of(size_t width, size_t columns)
{
    return width / columns + width % columns;
}

/* The width that the column specifications give a cell, 0: none, or so little that it does not
 * count. */
static size_t given_width(const plain_table *table, const plain_cell *cell)
{
    const nc_column *columns = table->node->columns->items + cell->column;
    double share = 0;
    size_t width;

    for (size_t c = 0; c < cell->columns; c++) {
        if (!(columns[c].width > 0))
            return 0;
        share += columns[c].width;
    }
    width = plain_share(table, share, 0);
    return width > AROUND ? width - AROUND : 0;
}

typedef struct column_need {
    size_t given, natural, least;
} column_need;

static void gather_needs(const plain_table *table, column_need *needs)
{
    for (size_t c = 0; c < table->column_count; c++) {
        plain_cell alone = { .column = c, .columns = 1 };
        needs[c].given = given_width(table, &alone);
        needs[c].natural = needs[c].least = 1;
    }
    for (size_t i = 0; i < table->cell_count; i++) {
        const plain_cell *cell = &table->cells[i];
        size_t given = cell->columns > 1 ? given_width(table, cell) : 0;

        for (size_t c = cell->column; c < cell->column + cell->columns; c++) {
            needs[c].natural = most(needs[c].natural, part_of(cell->extent.natural, cell->columns));
            needs[c].least = most(needs[c].least, part_of(cell->extent.least, cell->columns));
            if (given)
                needs[c].given = most(needs[c].given, part_of(given, cell->columns));
        }
    }
}

/* Columns without a given width share what the page leaves: those that need less than an even share
 * get what they need, until all the others need more. */
static void share_rest(plain_table *table, const column_need *needs, size_t rest)
{
    size_t sharers = 0, share;
    bool changed = true;

    for (size_t c = 0; c < table->column_count; c++)
        sharers += table->widths[c] == 0;
    while (changed && sharers) {
        changed = false;
        share = rest / sharers;
        for (size_t c = 0; c < table->column_count; c++)
            if (table->widths[c] == 0 && needs[c].natural <= share) {
                table->widths[c] = needs[c].natural;
                rest -= needs[c].natural;
                sharers--;
                changed = true;
            }
    }
    for (size_t c = 0; c < table->column_count; c++)
        if (table->widths[c] == 0)
            table->widths[c] = most(rest / sharers, 1);
}

static bool measure_columns(plain_table *table)
{
    size_t page = (size_t)table->writer->settings->columns, used = table->column_count * AROUND + 1;
    column_need *needs = nc_alloc(table->writer->job, (table->column_count + 1) * sizeof(*needs));

    if (!needs)
        return false;
    gather_needs(table, needs);
    for (size_t c = 0; c < table->column_count; c++) {
        table->widths[c] = needs[c].given;
        used += needs[c].given;
        if (table->writer->settings->wrap != NC_WRAP_AUTO)
            table->widths[c] = most(needs[c].given, needs[c].natural);
    }
    share_rest(table, needs, page > used ? page - used : 0);
    for (size_t c = 0; c < table->column_count; c++)
        table->widths[c] = most(table->widths[c], needs[c].least);
    return true;
}

static size_t span_width(const plain_table *table, const plain_cell *cell)
{
    size_t width = (cell->columns - 1) * AROUND;

    for (size_t c = cell->column; c < cell->column + cell->columns; c++)
        width += table->widths[c];
    return width;
}

/* ------------------------------------------------------------ lines */

static uint32_t at(const plain_table *table, size_t row, size_t column)
{
    return table->grid[row * table->column_count + column];
}

/* Whether the places left and right of a column boundary belong to different cells. */
static bool is_wall(const plain_table *table, size_t row, size_t column)
{
    return column == 0 || column == table->column_count || at(table, row, column) == 0 ||
           at(table, row, column - 1) != at(table, row, column);
}

/* Whether a cell goes on below the boundary above `row`. */
static bool goes_on(const plain_table *table, size_t row, size_t column)
{
    return row > 0 && row < table->row_count && at(table, row, column) != 0 &&
           at(table, row - 1, column) == at(table, row, column);
}

static bool is_part(const plain_table *table, size_t row, nc_kind kind)
{
    return row < table->row_count && table->rows[row].part->kind == kind;
}

/* The line above `row`: double below the head and around the foot. */
static char rule_above(const plain_table *table, size_t row)
{
    bool below_head =
        row > 0 && is_part(table, row - 1, NC_TABLE_HEAD) && !is_part(table, row, NC_TABLE_HEAD);
    bool above_foot =
        is_part(table, row, NC_TABLE_FOOT) && (row == 0 || !is_part(table, row - 1, NC_TABLE_FOOT));
    bool below_foot = row == table->row_count && row > 0 && is_part(table, row - 1, NC_TABLE_FOOT);

    return below_head || above_foot || below_foot ? '=' : '-';
}

static bool shows_alignment(const plain_table *table, size_t row)
{
    if (row == 0)
        return !is_part(table, 0, NC_TABLE_HEAD);
    return is_part(table, row - 1, NC_TABLE_HEAD) && !is_part(table, row, NC_TABLE_HEAD);
}

/* Whether the line above `row` shows the alignment of a column beside the boundary. */
static bool marks_column(const plain_table *table, size_t row, size_t column)
{
    const nc_column *columns = table->node->columns->items;

    return shows_alignment(table, row) && column > 0 && column < table->column_count &&
           (columns[column - 1].alignment != NC_ALIGN_DEFAULT ||
            columns[column].alignment != NC_ALIGN_DEFAULT);
}

static char junction(const plain_table *table, size_t row, size_t column, char rule)
{
    bool left = column > 0 && !goes_on(table, row, column - 1);
    bool right = column < table->column_count && !goes_on(table, row, column);
    bool above = row > 0 && is_wall(table, row - 1, column);
    bool below = row < table->row_count && is_wall(table, row, column);

    if (left || right)
        return above || below || marks_column(table, row, column) ? '+' : rule;
    return above || below ? '|' : ' ';
}

static void put_line(const plain_table *table, const plain_line *line)
{
    nc_layout_text(table->writer->layout, (nc_bytes){ line->ptr, line->len });
    nc_layout_line_end(table->writer->layout);
}

static size_t line_size(const plain_table *table)
{
    size_t size = 2;

    for (size_t c = 0; c < table->column_count; c++)
        size += table->widths[c] + AROUND;
    return size;
}

static void put_rule(const plain_table *table, size_t row)
{
    plain_line line = { nc_alloc(table->writer->job, line_size(table)), 0 };
    char rule = rule_above(table, row);
    bool aligned = shows_alignment(table, row);

    if (!line.ptr)
        return;
    for (size_t c = 0; c < table->column_count; c++) {
        nc_alignment alignment =
            aligned ? table->node->columns->items[c].alignment : NC_ALIGN_DEFAULT;
        bool open = goes_on(table, row, c);

        plain_line_fill(&line, junction(table, row, c, rule), 1);
        plain_line_fill(&line, open ? ' ' : rule, table->widths[c] + AROUND - 1);
        if (alignment == NC_ALIGN_LEFT || alignment == NC_ALIGN_CENTER)
            line.ptr[line.len - table->widths[c] - (AROUND - 1)] = ':';
        if (alignment == NC_ALIGN_RIGHT || alignment == NC_ALIGN_CENTER)
            line.ptr[line.len - 1] = ':';
    }
    plain_line_fill(&line, junction(table, row, table->column_count, rule), 1);
    put_line(table, &line);
}

/* Line `k` of a row. */
static void put_row_line(const plain_table *table, size_t row, size_t k)
{
    size_t size = line_size(table);
    plain_line line = { NULL, 0 };

    for (size_t i = 0; i < table->rows[row].cell_count; i++) {
        const plain_cell *cell = &table->cells[table->rows[row].first_cell + i];
        if (cell->columns && k < cell->lines.count)
            size += cell->lines.items[k].text.len;
    }
    line.ptr = nc_alloc(table->writer->job, size);
    if (!line.ptr)
        return;
    for (size_t c = 0; c < table->column_count;) {
        uint32_t number = at(table, row, c);
        const plain_cell *cell = number ? &table->cells[number - 1] : NULL;
        size_t width = cell ? span_width(table, cell) : table->widths[c];
        const nc_line *text =
            cell && cell->row == row && k < cell->lines.count ? &cell->lines.items[k] : NULL;

        plain_line_put(&line, NC_LITERAL("| "));
        if (text)
            plain_line_put(&line, text->text);
        plain_line_fill(&line, ' ',
                        width -
                            (text && text->width < width ? text->width
                             : text                      ? width
                                                         : 0) +
                            1);
        c += cell ? cell->columns : 1;
    }
    plain_line_fill(&line, '|', 1);
    put_line(table, &line);
}

static size_t row_height(const plain_table *table, size_t row)
{
    size_t height = 1;

    for (size_t i = 0; i < table->rows[row].cell_count; i++) {
        plain_cell *cell = &table->cells[table->rows[row].first_cell + i];
        if (!cell->columns)
            continue;
        cell->lines = nc_layout_lines(table->writer->layout, cell->doc, span_width(table, cell));
        height = most(height, cell->lines.count);
    }
    return height;
}

void plain_draw_grid(plain_table *table)
{
    if (!table->column_count || !table->row_count || !measure_columns(table))
        return;
    for (size_t r = 0; r < table->row_count; r++) {
        size_t height = row_height(table, r);
        put_rule(table, r);
        for (size_t k = 0; k < height; k++)
            put_row_line(table, r, k);
    }
    put_rule(table, table->row_count);
}
