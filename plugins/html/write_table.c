/* SPDX-License-Identifier: MIT */
/* Tables as HTML. Cells are laid into the grid of columns as pandoc lays them: too many are
 * dropped, too wide and too high ones are cut, and rows that are too short are filled up. */
#include "plugins/html/write_rules.h"

/* ---------------------------------------------------------------- the table */

static int percent_of(double share)
{
    return share > 1000 ? 100000 : share > 0 ? (int)(share * 100) : 0;
}

static void table_attributes(html_writer *w, const nc_node *node)
{
    const nc_columns *columns = node->columns;
    double total = 0;

    for (size_t i = 0; i < columns->count; i++)
        total += columns->items[i].width > 0 ? columns->items[i].width : 0;
    html_id(w, node->attr);
    html_classes(w, node->attr, NULL);
    if (total > 0 && total < 1 && !nc_attr_value(node->attr, "style").ptr)
        html_attribute(w, "style", nc_print(w->job, "width:%d%%;", (int)(total * 100 + 0.5)));
    html_pairs(w, node, node->attr, NULL);
    html_lent_attributes(w, node);
}

static void put_column_group(html_writer *w, const nc_columns *columns)
{
    bool any = false;

    for (size_t i = 0; i < columns->count; i++)
        any = any || columns->items[i].width >= 0;
    if (!any)
        return;
    HTML_PUT(w, "<colgroup>");
    html_newline(w);
    for (size_t i = 0; i < columns->count; i++) {
        HTML_PUT(w, "<col");
        if (columns->items[i].width >= 0)
            html_attribute(w, "style",
                           nc_print(w->job, "width: %d%%", percent_of(columns->items[i].width)));
        HTML_PUT(w, " />");
        html_newline(w);
    }
    HTML_PUT(w, "</colgroup>");
    html_newline(w);
}

static bool has_caption(const nc_node *table)
{
    return table->first && table->first->kind == NC_CAPTION && table->first->last &&
           table->first->last->kind != NC_SHORT_CAPTION;
}

bool html_table_open(nc_out *out, const nc_node *node)
{
    html_writer *w = html_writer_of(out);
    html_table *table = nc_alloc(w->job, sizeof *table);
    size_t *covered = nc_alloc(w->job, (node->columns->count + 1) * sizeof *covered);

    if (!table || !covered)
        return false;
    *table = (html_table){ .outer = w->table, .columns = node->columns, .covered = covered };
    w->table = table;
    html_block(w, node);
    HTML_PUT(w, "<table");
    table_attributes(w, node);
    HTML_PUT(w, ">");
    html_newline(w);
    if (!has_caption(node))
        put_column_group(w, node->columns);
    return true;
}

void html_table_close(nc_out *out, const nc_node *node)
{
    html_writer *w = html_writer_of(out);

    (void)node;
    html_newline(w);
    HTML_PUT(w, "</table>");
    w->fresh = false;
    if (w->table)
        w->table = w->table->outer;
}

/* The short caption is for lists of tables, which HTML has none of. A figure's caption is written
 * after it. */
bool html_caption_open(nc_out *out, const nc_node *node)
{
    html_writer *w = html_writer_of(out);
    const nc_node *table = node->parent;

    if (w->detour_root == node)
        return true;
    if (node->first && node->first->kind == NC_SHORT_CAPTION && node->first->first)
        nc_warn(w->job, node, NC_WARN_LOSS,
                "a short caption was left out: HTML has one caption only");
    if (!table || table->kind != NC_TABLE || !has_caption(table))
        return false;
    HTML_PUT(w, "<caption>");
    w->fresh = true;
    return true;
}

void html_caption_close(nc_out *out, const nc_node *node)
{
    html_writer *w = html_writer_of(out);

    if (w->detour_root == node || !node->parent || node->parent->kind != NC_TABLE ||
        !has_caption(node->parent))
        return;
    HTML_PUT(w, "</caption>");
    html_newline(w);
    put_column_group(w, node->parent->columns);
}

/* ---------------------------------------------------------------- sections */

static bool has_cells(const nc_node *section)
{
    for (const nc_node *row = section->first; row; row = row->next)
        for (const nc_node *cell = row->first; cell; cell = cell->next)
            if (cell->first)
                return true;
    return false;
}

/* Rows reach down no further than the section that they begin in. */
static void begin_section(html_writer *w, const nc_node *section, size_t header_columns)
{
    html_table *table = w->table;
    size_t rows = 0;

    for (const nc_node *row = section->first; row; row = row->next)
        rows += row->kind == NC_ROW;
    table->section_end = table->row + rows;
    table->header_columns = header_columns;
}

static bool open_section(html_writer *w, const char *name, const nc_node *section,
                         size_t header_columns)
{
    html_open(w, name, section);
    html_newline(w);
    begin_section(w, section, header_columns);
    return true;
}

bool html_table_head_open(nc_out *out, const nc_node *node)
{
    return has_cells(node) && open_section(html_writer_of(out), "thead", node, SIZE_MAX);
}

void html_table_head_close(nc_out *out, const nc_node *node)
{
    html_writer *w = html_writer_of(out);

    if (!has_cells(node))
        return;
    HTML_PUT(w, "</thead>");
    html_newline(w);
}

static size_t header_columns(const nc_node *body)
{
    return body->number > 0 ? (size_t)body->number : 0;
}

bool html_table_body_open(nc_out *out, const nc_node *node)
{
    html_writer *w = html_writer_of(out);

    if (w->table->more_bodies)
        html_newline(w);
    w->table->more_bodies = true;
    return open_section(w, "tbody", node, header_columns(node));
}

void html_table_body_close(nc_out *out, const nc_node *node)
{
    (void)node;
    HTML_PUT(html_writer_of(out), "</tbody>");
}

bool html_body_head_open(nc_out *out, const nc_node *node)
{
    begin_section(html_writer_of(out), node, SIZE_MAX);
    return node->first != NULL;
}

void html_body_head_close(nc_out *out, const nc_node *node)
{
    html_writer *w = html_writer_of(out);

    if (node->first)
        html_newline(w);
    begin_section(w, node->parent, header_columns(node->parent));
}

bool html_table_foot_open(nc_out *out, const nc_node *node)
{
    return has_cells(node) && open_section(html_writer_of(out), "tfoot", node, 0);
}

void html_table_foot_close(nc_out *out, const nc_node *node)
{
    html_writer *w = html_writer_of(out);

    if (!has_cells(node))
        return;
    HTML_PUT(w, "</tfoot>");
    html_newline(w);
}

/* ---------------------------------------------------------------- rows and cells */

static bool is_covered(const html_table *table, size_t column)
{
    return table->covered[column] > table->row;
}

/* Move on to the next column that no cell above reaches into. */
static bool next_free_column(html_table *table)
{
    while (table->column < table->columns->count && is_covered(table, table->column))
        table->column++;
    return table->column < table->columns->count;
}

bool html_row_open(nc_out *out, const nc_node *node)
{
    html_writer *w = html_writer_of(out);

    w->table->column = 0;
    html_open(w, "tr", node);
    html_newline(w);
    return true;
}

static nc_bytes alignment_style(nc_alignment alignment)
{
    switch (alignment) {
    case NC_ALIGN_LEFT: return NC_LITERAL("text-align: left;");
    case NC_ALIGN_RIGHT: return NC_LITERAL("text-align: right;");
    case NC_ALIGN_CENTER: return NC_LITERAL("text-align: center;");
    default: return (nc_bytes){ NULL, 0 };
    }
}

/* Put a cell's own style, each declaration as `name: value;`. */
static void put_declarations(html_writer *w, nc_bytes style)
{
    while (style.len) {
        const char *end = memchr(style.ptr, ';', style.len);
        nc_bytes one = { style.ptr, end ? (size_t)(end - style.ptr) : style.len };
        const char *colon = one.len ? memchr(one.ptr, ':', one.len) : NULL;
        size_t used = one.len + (end != NULL), name;
        nc_bytes value;

        style = (nc_bytes){ style.ptr + used, style.len - used };
        while (one.len && one.ptr[0] == ' ')
            one = (nc_bytes){ one.ptr + 1, one.len - 1 };
        if (!colon || !one.len)
            continue;
        name = (size_t)(colon - one.ptr);
        value = (nc_bytes){ colon + 1, one.len - name - 1 };
        while (value.len && value.ptr[0] == ' ')
            value = (nc_bytes){ value.ptr + 1, value.len - 1 };
        HTML_PUT(w, " ");
        html_escape_quotes(w, (nc_bytes){ one.ptr, name });
        HTML_PUT(w, ": ");
        html_escape_quotes(w, value);
        HTML_PUT(w, ";");
    }
}

static void cell_style(html_writer *w, nc_alignment alignment, const nc_attr *attr)
{
    nc_bytes align = alignment_style(alignment), own = nc_attr_value(attr, "style");

    if (!align.len) {
        if (own.ptr)
            html_attribute(w, "style", own);
        return;
    }
    html_gap(w);
    HTML_PUT(w, "style=\"");
    nc_put(w->buf, align);
    put_declarations(w, own);
    HTML_PUT(w, "\"");
}

/* How many free columns, and how many rows, the cell takes. Cells of the header columns end with
 * them. */
static void cell_spans(const html_table *table, const nc_cell *cell, size_t *columns, size_t *rows)
{
    size_t wanted = cell->col_span > 1 ? (size_t)cell->col_span : 1;
    size_t left = table->section_end - table->row, end = table->columns->count;

    if (table->column < table->header_columns && table->header_columns < end)
        end = table->header_columns;
    *columns = 1;
    while (*columns < wanted && table->column + *columns < end &&
           !is_covered(table, table->column + *columns))
        ++*columns;
    *rows = cell->row_span > 1 ? (size_t)cell->row_span : 1;
    if (*rows > left)
        *rows = left ? left : 1;
}

static void begin_cell(html_writer *w, const html_table *table)
{
    if (table->column < table->header_columns)
        HTML_PUT(w, "<th");
    else
        HTML_PUT(w, "<td");
}

static void end_cell(html_writer *w, bool header)
{
    if (header)
        HTML_PUT(w, "</th>");
    else
        HTML_PUT(w, "</td>");
    html_newline(w);
}

bool html_cell_open(nc_out *out, const nc_node *node)
{
    html_writer *w = html_writer_of(out);
    html_table *table = w->table;
    size_t columns, rows;
    nc_alignment alignment = node->cell->alignment;

    table->dropped = !next_free_column(table);
    if (table->dropped) {
        nc_warn(w->job, node, NC_WARN_BLOCK, "a table cell beyond the last column was left out");
        return false;
    }
    cell_spans(table, node->cell, &columns, &rows);
    if (alignment == NC_ALIGN_DEFAULT)
        alignment = table->columns->items[table->column].alignment;
    table->header_cell = table->column < table->header_columns;
    begin_cell(w, table);
    if (columns > 1)
        html_attribute(w, "colspan", nc_print(w->job, "%zu", columns));
    if (rows > 1)
        html_attribute(w, "rowspan", nc_print(w->job, "%zu", rows));
    html_id(w, node->attr);
    html_classes(w, node->attr, NULL);
    html_pairs(w, node, node->attr, "style");
    cell_style(w, alignment, node->attr);
    HTML_PUT(w, ">");
    for (size_t i = 0; i < columns; i++)
        table->covered[table->column + i] = table->row + rows;
    table->column += columns;
    w->fresh = true;
    return true;
}

void html_cell_close(nc_out *out, const nc_node *node)
{
    html_writer *w = html_writer_of(out);

    (void)node;
    if (w->table->dropped)
        return;
    end_cell(w, w->table->header_cell);
    w->fresh = false;
}

void html_row_close(nc_out *out, const nc_node *node)
{
    html_writer *w = html_writer_of(out);
    html_table *table = w->table;

    (void)node;
    while (next_free_column(table) && nc_job_status(w->job) == NC_OK) {
        begin_cell(w, table);
        cell_style(w, table->columns->items[table->column].alignment, NULL);
        HTML_PUT(w, ">");
        end_cell(w, table->column < table->header_columns);
        table->column++;
    }
    HTML_PUT(w, "</tr>");
    html_newline(w);
    table->row++;
}
