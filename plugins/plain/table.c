/* SPDX-License-Identifier: MIT */
/* Tables: cells are recorded while the tree is walked; at the end the table is drawn in the
 * plainest way that holds it. */
#include "table.h"

enum {
    DEEPEST = 16,      /* tables in tables: each wraps all lines of those inside */
    LARGEST = 1 << 22, /* places in a grid */
    PANDOC_COLUMN = 8  /* columns of the page that pandoc wants for a column of a grid */
};

static size_t columns_of(const nc_node *node)
{
    return node->columns->count;
}

/* The rows of a part come below it, and below the BODY_HEAD of a body. */
static void count_rows(const nc_node *part, size_t *rows, size_t *cells)
{
    for (const nc_node *row = part->first; row; row = row->next) {
        if (row->kind == NC_BODY_HEAD) {
            for (const nc_node *inner = row->first; inner; inner = inner->next, ++*rows)
                for (const nc_node *cell = inner->first; cell; cell = cell->next)
                    ++*cells;
            continue;
        }
        ++*rows;
        for (const nc_node *cell = row->first; cell; cell = cell->next)
            ++*cells;
    }
}

/* Whether a table has parts that its lines do not show: several bodies, heads of bodies or rows. */
static bool has_hidden_parts(const nc_node *table)
{
    for (const nc_node *part = table->first; part; part = part->next) {
        bool first = !part->previous || part->previous->kind != NC_TABLE_BODY;

        if (part->kind == NC_TABLE_BODY &&
            (!first || part->number > 0 || (part->first && part->first->kind == NC_BODY_HEAD)))
            return true;
    }
    return false;
}

bool plain_table_open(nc_out *out, const nc_node *node)
{
    plain_writer *writer = plain_of(out);
    plain_table *table = nc_alloc(writer->job, sizeof(*table));
    size_t rows = 0, cells = 0;

    if (!table)
        return false;
    if (node->attr)
        plain_lost(writer, node, LOST_ATTRIBUTES);
    if (has_hidden_parts(node))
        plain_lost(writer, node, LOST_TABLE_PARTS);
    for (const nc_node *part = node->first; part; part = part->next)
        if (part->kind != NC_CAPTION)
            count_rows(part, &rows, &cells);
    *table = (plain_table){
        .outer = writer->table, .writer = writer, .node = node, .column_count = columns_of(node)
    };
    table->flat = writer->table_depth >= DEEPEST || table->column_count > LARGEST / (rows + 1) ||
                  cells > LARGEST;
    if (table->flat) {
        plain_lost(writer, node, LOST_NESTED_TABLE);
    } else {
        table->rows = nc_alloc(writer->job, (rows + 1) * sizeof(*table->rows));
        table->cells = nc_alloc(writer->job, (cells + 1) * sizeof(*table->cells));
        if (!table->rows || !table->cells)
            return false;
    }
    writer->table = table;
    writer->table_depth++;
    return true;
}

bool plain_row_open(nc_out *out, const nc_node *node)
{
    plain_table *table = plain_of(out)->table;
    const nc_node *part = node->parent->kind == NC_BODY_HEAD ? node->parent->parent : node->parent;

    if (node->attr)
        plain_lost(plain_of(out), node, LOST_ATTRIBUTES);
    if (!table->flat)
        table->rows[table->row_count++] = (plain_row){ part, table->cell_count, 0 };
    return true;
}

bool plain_cell_open(nc_out *out, const nc_node *node)
{
    if (node->attr)
        plain_lost(plain_of(out), node, LOST_ATTRIBUTES);
    if (node->cell->alignment != NC_ALIGN_DEFAULT)
        plain_lost(plain_of(out), node, LOST_TABLE_PARTS);
    if (!plain_of(out)->table->flat)
        nc_layout_record(layout_of(out));
    return true;
}

void plain_cell_close(nc_out *out, const nc_node *node)
{
    plain_table *table = plain_of(out)->table;
    plain_cell *cell;

    if (table->flat) {
        nc_layout_blank_lines(layout_of(out), 1);
        return;
    }
    cell = &table->cells[table->cell_count];
    *cell = (plain_cell){ .node = node,
                          .doc = nc_layout_recorded(layout_of(out)),
                          .row = (uint32_t)(table->row_count - 1) };
    cell->extent = nc_doc_measure(cell->doc);
    table->cell_count++;
    table->rows[cell->row].cell_count++;
}

/* ------------------------------------------------------------ placing */

static size_t rows_left(const plain_table *table, size_t row)
{
    size_t end = row;

    while (end < table->row_count && table->rows[end].part == table->rows[row].part)
        end++;
    return end - row;
}

static size_t within(int64_t span, size_t most)
{
    return span < 1 ? 1 : (uint64_t)span < most ? (size_t)span : most;
}

static void place_cell(plain_table *table, size_t number, size_t column, size_t left)
{
    plain_cell *cell = &table->cells[number];
    uint32_t *at = table->grid + cell->row * table->column_count + column;
    size_t room = table->column_count - column;

    cell->column = (uint32_t)column;
    cell->rows = (uint32_t)within(cell->node->cell->row_span, left);
    cell->columns = 0;
    while (cell->columns < within(cell->node->cell->col_span, room) && !at[cell->columns])
        cell->columns++;
    for (size_t r = 0; r < cell->rows; r++)
        for (size_t c = 0; c < cell->columns; c++)
            at[r * table->column_count + c] = (uint32_t)(number + 1);
}

bool plain_table_place(plain_table *table)
{
    size_t left = 0;

    table->grid = nc_alloc(table->writer->job,
                           (table->row_count * table->column_count + 1) * sizeof(*table->grid));
    table->widths =
        nc_alloc(table->writer->job, (table->column_count + 1) * sizeof(*table->widths));
    if (!table->grid || !table->widths)
        return false;
    for (size_t r = 0; r < table->row_count; r++, left--) {
        const plain_row *row = &table->rows[r];
        size_t column = 0;

        if (!left)
            left = rows_left(table, r);
        for (size_t i = 0; i < row->cell_count; i++) {
            while (column < table->column_count && table->grid[r * table->column_count + column])
                column++;
            if (column == table->column_count) {
                plain_lost(table->writer, table->cells[row->first_cell + i].node, LOST_SPANS);
                break;
            }
            place_cell(table, row->first_cell + i, column, left);
        }
    }
    return true;
}

/* ------------------------------------------------------------ choosing */

static bool has_line_break(const nc_node *block)
{
    nc_walk walk = { .root = block };

    while (nc_walk_next(&walk)) {
        walk.skip = walk.entering && walk.node->kind == NC_NOTE;
        if (walk.node->kind == NC_LINE_BREAK)
            return true;
    }
    return false;
}

static bool is_simple_cell(const nc_node *cell)
{
    const nc_node *block = cell->first;

    return !block || (!block->next && (nc_bit(block) & (NC_BIT(PLAIN) | NC_BIT(PARA))) &&
                      !has_line_break(block));
}

static bool is_plain_cell(const nc_node *cell)
{
    for (const nc_node *block = cell->first; block; block = block->next)
        if (block->kind != NC_PLAIN)
            return false;
    return true;
}

static bool has_widths(const plain_table *table)
{
    for (size_t c = 0; c < table->column_count; c++)
        if (table->node->columns->items[c].width > 0)
            return true;
    return false;
}

static void draw(plain_table *table)
{
    bool simple = !has_widths(table), plain_blocks = true, spans = false;
    bool foot = table->row_count && table->rows[table->row_count - 1].part->kind == NC_TABLE_FOOT;
    nc_layout *layout = table->writer->layout;

    for (size_t i = 0; i < table->cell_count; i++) {
        const nc_node *cell = table->cells[i].node;
        spans = spans || cell->cell->row_span > 1 || cell->cell->col_span > 1;
        simple = simple && is_simple_cell(cell);
        plain_blocks = plain_blocks && is_plain_cell(cell);
    }
    if ((simple || plain_blocks) && !spans && !foot) {
        nc_layout_prefix(layout, NC_LITERAL("  "));
        plain_draw_columns(table, !simple);
    } else {
        nc_layout_prefix(layout, NC_LITERAL(""));
        if (table->writer->settings->raw && !spans && !foot &&
            table->writer->settings->columns < (int64_t)(PANDOC_COLUMN * table->column_count))
            nc_layout_text(layout, NC_LITERAL("[TABLE]"));
        else
            plain_draw_grid(table);
    }
}

static void put_caption(plain_table *table)
{
    plain_writer *writer = table->writer;
    const nc_doc *caption = NULL;

    if (table->node->first && table->node->first->kind == NC_CAPTION && writer->captions.count)
        caption = writer->captions.items[--writer->captions.count];
    if (nc_doc_empty(caption))
        return;
    nc_layout_blank_lines(writer->layout, 1);
    nc_layout_text(writer->layout, table->flat ? NC_LITERAL("") : NC_LITERAL(": "));
    nc_layout_play(writer->layout, caption);
}

void plain_table_close(nc_out *out, const nc_node *node)
{
    plain_writer *writer = plain_of(out);
    plain_table *table = writer->table;

    if (!table || table->node != node)
        return;
    if (table->flat) {
        put_caption(table);
    } else if (plain_table_place(table)) {
        draw(table);
        put_caption(table);
        nc_layout_prefix_end(writer->layout);
    }
    nc_layout_blank_lines(writer->layout, 1);
    writer->table = table->outer;
    writer->table_depth--;
}

/* ------------------------------------------------------------ lines */

void plain_line_fill(plain_line *line, char c, size_t count)
{
    memset(line->ptr + line->len, c, count);
    line->len += count;
}

void plain_line_put(plain_line *line, nc_bytes text)
{
    if (text.len)
        memcpy(line->ptr + line->len, text.ptr, text.len);
    line->len += text.len;
}
