/* SPDX-License-Identifier: MIT */
/* Tables. Every row covers the grid: a cell that spans rows goes on as an empty one with vMerge,
 * what a row lacks is filled, what it has too much goes into its last cell. */
#include "docx.h"
#include "parts.h"

struct docx_table {
    docx_table *below;
    const nc_columns *columns;
    const docx_style *style;
    size_t count, column; /* of the grid; where the next cell of the row begins */
    int64_t *rows_left;   /* by column: rows that a cell above still covers */
    int64_t *width;       /* by column: how many columns that cell covers */
    int64_t section_rows; /* left in this head, body or foot */
    bool flat;            /* too deep, or without rows: paragraphs only */
    bool figure, has_head, has_foot, in_head, cell_open, row_open;
    nc_bytes caption;
};

/* ------------------------------------------------------------ measuring */

static size_t rows_in(const nc_node *section)
{
    size_t rows = 0;

    for (const nc_node *child = section ? section->first : NULL; child; child = child->next)
        rows += child->kind == NC_ROW ? 1 : child->kind == NC_BODY_HEAD ? rows_in(child) : 0;
    return rows;
}

/* The first row says how many columns there are when the table itself does not. */
static size_t columns_in(const nc_node *row)
{
    size_t columns = 0;

    for (const nc_node *cell = row->first; cell && columns < MOST_COLUMNS; cell = cell->next)
        columns += cell->cell->col_span > 1 && cell->cell->col_span < MOST_COLUMNS
                       ? (size_t)cell->cell->col_span
                       : 1;
    return columns;
}

static const nc_node *first_row(const nc_node *table)
{
    nc_walk walk = { .root = table };

    while (nc_walk_next(&walk)) {
        if (walk.entering && walk.node->kind == NC_ROW)
            return walk.node;
        walk.skip = walk.node->kind == NC_CAPTION;
    }
    return NULL;
}

static bool has_widths(const docx_table *t)
{
    for (size_t i = 0; t->columns && i < t->columns->count; i++)
        if (t->columns->items[i].width >= 0)
            return true;
    return false;
}

static double share_of(const docx_table *t, size_t column)
{
    double width = t->columns && column < t->columns->count ? t->columns->items[column].width : 0;

    return width > 0 && width < 100 ? width : 0;
}

static double total_share(const docx_table *t)
{
    double sum = 0;

    for (size_t i = 0; i < t->count; i++)
        sum += share_of(t, i);
    return sum;
}

/* ------------------------------------------------------------ w:tblPr and w:tblGrid */

static void put_width(docx *d, const docx_table *t)
{
    if (has_widths(t)) {
        double total = total_share(t);

        NC_PUT(d->xml, "<w:tblW w:type=\"pct\" w:w=\"");
        nc_put_int(d->xml, (int64_t)(5000 * (total < 1 ? total : 1) + 0.5));
        NC_PUT(d->xml, "\"/>");
    } else {
        NC_PUT(d->xml, "<w:tblW w:type=\"auto\" w:w=\"0\"/>");
    }
    if (t->figure)
        NC_PUT(d->xml, "<w:jc w:val=\"center\"/>");
    if (d->now.list_level >= 0 && !t->figure) {
        NC_PUT(d->xml, "<w:jc w:val=\"left\"/><w:tblInd w:w=\"");
        nc_put_int(d->xml, (d->now.list_level + 1) * LIST_INDENT);
        NC_PUT(d->xml, "\" w:type=\"dxa\"/>");
    }
    if (has_widths(t))
        NC_PUT(d->xml, "<w:tblLayout w:type=\"fixed\"/>");
}

static void put_look(docx *d, const docx_table *t)
{
    static const char *const values[] = { "0000", "0020", "0040", "0060" };

    NC_PUT(d->xml, "<w:tblLook w:val=\"");
    nc_put(d->xml, nc_string(values[t->has_head + 2 * t->has_foot]));
    NC_PUT(d->xml, "\" w:firstRow=\"");
    nc_put_int(d->xml, t->has_head);
    NC_PUT(d->xml, "\" w:lastRow=\"");
    nc_put_int(d->xml, t->has_foot);
    NC_PUT(d->xml, "\" w:firstColumn=\"0\" w:lastColumn=\"0\" w:noHBand=\"0\" w:noVBand=\"0\"/>");
}

static void put_start(docx *d, const docx_table *t)
{
    NC_PUT(d->xml, "<w:tbl><w:tblPr><w:tblStyle w:val=\"");
    nc_put(d->xml, t->style->id);
    NC_PUT(d->xml, "\"/>");
    if (d->now.text.bits & RIGHT_TO_LEFT)
        NC_PUT(d->xml, "<w:bidiVisual/>");
    put_width(d, t);
    put_look(d, t);
    if (t->caption.len) {
        NC_PUT(d->xml, "<w:tblCaption w:val=\"");
        docx_put_escaped(d, d->xml, t->caption);
        NC_PUT(d->xml, "\"/>");
    }
    NC_PUT(d->xml, "</w:tblPr><w:tblGrid>");
    for (size_t i = 0; i < t->count; i++) {
        int64_t width = has_widths(t) ? (int64_t)(GRID_WIDTH * share_of(t, i))
                                      : d->text_width / (int64_t)t->count;

        NC_PUT(d->xml, "<w:gridCol w:w=\"");
        nc_put_int(d->xml, width > 0 ? width : 1);
        NC_PUT(d->xml, "\"/>");
    }
    NC_PUT(d->xml, "</w:tblGrid>");
}

/* ------------------------------------------------------------ cells */

static void put_cell_start(docx *d, const docx_table *t, int64_t columns, const char *merge)
{
    double share = 0;

    for (int64_t i = 0; i < columns; i++)
        share += share_of(t, t->column + (size_t)i);
    NC_PUT(d->xml, "<w:tc><w:tcPr>");
    if (has_widths(t) && share > 0) {
        NC_PUT(d->xml, "<w:tcW w:type=\"pct\" w:w=\"");
        nc_put_int(d->xml,
                   (int64_t)(5000 * share / (total_share(t) > 1 ? total_share(t) : 1) + 0.5));
        NC_PUT(d->xml, "\"/>");
    }
    if (columns > 1) {
        NC_PUT(d->xml, "<w:gridSpan w:val=\"");
        nc_put_int(d->xml, columns);
        NC_PUT(d->xml, "\"/>");
    }
    if (merge) {
        NC_PUT(d->xml, "<w:vMerge w:val=\"");
        nc_put(d->xml, nc_string(merge));
        NC_PUT(d->xml, "\"/>");
    }
    NC_PUT(d->xml, "</w:tcPr>");
    d->has_block = d->after_table = false;
}

static void put_cell_end(docx *d)
{
    if (!d->has_block || d->after_table)
        docx_put_empty_paragraph(d);
    NC_PUT(d->xml, "</w:tc>");
}

static void end_cell(docx *d, docx_table *t)
{
    if (t->cell_open)
        put_cell_end(d);
    t->cell_open = false;
}

/* Go on with the cells above that reach into this row. */
static void put_covered(docx *d, docx_table *t)
{
    while (t->column < t->count && t->rows_left[t->column] > 0) {
        put_cell_start(d, t, t->width[t->column], "continue");
        put_cell_end(d);
        t->rows_left[t->column]--;
        t->column += (size_t)t->width[t->column];
    }
}

static int64_t columns_free(const docx_table *t, int64_t wanted)
{
    int64_t columns = 1;

    while (columns < wanted && t->column + (size_t)columns < t->count &&
           t->rows_left[t->column + (size_t)columns] == 0)
        columns++;
    return columns;
}

static void begin_cell(docx *d, docx_table *t, const nc_cell *cell)
{
    int64_t columns = columns_free(t, cell->col_span), rows = cell->row_span;

    if (rows > t->section_rows)
        rows = t->section_rows;
    put_cell_start(d, t, columns, rows > 1 ? "restart" : NULL);
    if (rows > 1) {
        t->rows_left[t->column] = rows - 1;
        t->width[t->column] = columns;
    }
    t->column += (size_t)columns;
    t->cell_open = true;
}

bool docx_open_cell(nc_out *out, const nc_node *node)
{
    docx *d = docx_of(out);
    docx_table *t = d->table;
    size_t column;

    docx_context_push(d);
    docx_warn_of_attributes(d, node, "", "lang dir ");
    docx_apply_attributes(d, node);
    if (!t || t->flat)
        return true;
    column = t->column;
    if (column < t->count) {
        end_cell(d, t);
        put_covered(d, t);
        column = t->column;
    }
    if (column < t->count)
        begin_cell(d, t, node->cell);
    else
        nc_warn(d->job, node, NC_WARN_LOSS,
                "a row has more cells than its table columns; they share the last");
    d->now.list_level = -1;
    if (node->cell->alignment != NC_ALIGN_DEFAULT)
        d->now.alignment = (int8_t)node->cell->alignment;
    else if (t->columns && column < t->columns->count &&
             t->columns->items[column].alignment != NC_ALIGN_DEFAULT)
        d->now.alignment = (int8_t)t->columns->items[column].alignment;
    return true;
}

void docx_close_cell(nc_out *out, const nc_node *node)
{
    (void)node;
    docx_context_pop(docx_of(out));
}

/* ------------------------------------------------------------ rows and their sections */

bool docx_open_row(nc_out *out, const nc_node *node)
{
    docx *d = docx_of(out);
    docx_table *t = d->table;

    docx_warn_of_attributes(d, node, "header odd even ", "");
    if (!t || t->flat)
        return true;
    t->column = 0;
    nc_put(d->xml,
           t->in_head ? NC_LITERAL("<w:tr><w:trPr><w:tblHeader/></w:trPr>") : NC_LITERAL("<w:tr>"));
    return true;
}

void docx_close_row(nc_out *out, const nc_node *node)
{
    static const nc_cell empty = { NC_ALIGN_DEFAULT, 1, 1 };
    docx *d = docx_of(out);
    docx_table *t = d->table;

    (void)node;
    if (!t || t->flat)
        return;
    end_cell(d, t);
    for (put_covered(d, t); t->column < t->count; put_covered(d, t)) {
        begin_cell(d, t, &empty);
        end_cell(d, t);
    }
    NC_PUT(d->xml, "</w:tr>");
    t->section_rows--;
}

static bool open_section(nc_out *out, const nc_node *node, bool in_head)
{
    docx *d = docx_of(out);
    docx_table *t = d->table;

    docx_warn_of_attributes(d, node, "", "");
    if (!t)
        return true;
    t->in_head = in_head;
    t->section_rows = (int64_t)rows_in(node);
    return true;
}

bool docx_open_table_head(nc_out *out, const nc_node *node)
{
    return open_section(out, node, true);
}

bool docx_open_table_body(nc_out *out, const nc_node *node)
{
    bool divided = nc_bit(node->previous) & NC_BIT(TABLE_BODY) ||
                   (nc_bit(node->first) & NC_BIT(BODY_HEAD) && node->first->first);

    if (node->number > 0)
        nc_warn(out->job, node, NC_WARN_LOSS,
                "docx has no place for the heading columns of a table");
    if (divided)
        nc_warn(out->job, node, NC_WARN_LOSS,
                "the bodies of a table follow each other as plain rows");
    return open_section(out, node, false);
}

bool docx_open_table_foot(nc_out *out, const nc_node *node)
{
    return open_section(out, node, false);
}

void docx_close_table_head(nc_out *out, const nc_node *node)
{
    (void)node;
    if (docx_of(out)->table)
        docx_of(out)->table->in_head = false;
}

void docx_close_table_body(nc_out *out, const nc_node *node)
{
    (void)out;
    (void)node;
}

void docx_close_table_foot(nc_out *out, const nc_node *node)
{
    (void)out;
    (void)node;
}

/* ------------------------------------------------------------ tables and captions */

static docx_table *push_table(docx *d, size_t columns)
{
    docx_table *t = nc_alloc(d->job, sizeof(*t));

    if (!t)
        return NULL;
    t->count = columns;
    t->rows_left = nc_alloc(d->job, (columns + 1) * sizeof(int64_t));
    t->width = nc_alloc(d->job, (columns + 1) * sizeof(int64_t));
    t->below = d->table;
    if (!t->rows_left || !t->width)
        return NULL;
    d->table = t;
    d->table_depth++;
    return t;
}

static void pop_table(docx *d)
{
    if (!d->table)
        return;
    d->table = d->table->below;
    d->table_depth--;
    d->has_block = true;
}

static void begin_table(docx *d, docx_table *t)
{
    d->in_table = true;
    if (t->flat)
        return;
    if (d->after_table)
        docx_put_empty_paragraph(d);
    put_start(d, t);
}

static void fill_in(docx *d, docx_table *t, const nc_node *node)
{
    nc_bytes custom = nc_attr_value(node->attr, "custom-style");
    size_t rows = 0;

    t->columns = node->columns;
    t->style = custom.len ? docx_style_named(d, TABLE_STYLE, custom) : &d->styles[STYLE_TABLE];
    for (const nc_node *part = node->first; part; part = part->next) {
        size_t here = rows_in(part);

        rows += here;
        t->has_head = t->has_head || (part->kind == NC_TABLE_HEAD && here);
        t->has_foot = t->has_foot || (part->kind == NC_TABLE_FOOT && here);
    }
    t->flat = !rows || !t->count;
    if (d->table_depth > MOST_TABLE_DEPTH) {
        t->flat = true;
        nc_warn(d->job, node, NC_WARN_LIMIT, "tables nested deeper than %d; their text is kept",
                MOST_TABLE_DEPTH);
    }
}

bool docx_open_table(nc_out *out, const nc_node *node)
{
    docx *d = docx_of(out);
    size_t columns = node->columns ? node->columns->count : 0;
    const nc_node *row = columns ? NULL : first_row(node);
    docx_table *t;

    if (row)
        columns = columns_in(row);
    if (columns > MOST_COLUMNS)
        nc_warn(d->job, node, NC_WARN_LIMIT,
                "a table has more columns than the 63 of Word; they share the last");
    docx_context_push(d);
    docx_warn_of_attributes(d, node, "", "custom-style lang dir ");
    docx_apply_attributes(d, node);
    d->now.bookmark = docx_open_bookmark(d, node);
    d->first_paragraph = true;
    t = push_table(d, columns < MOST_COLUMNS ? columns : MOST_COLUMNS);
    if (!t)
        return false;
    fill_in(d, t, node);
    if (!node->first || node->first->kind != NC_CAPTION)
        begin_table(d, t);
    return true;
}

void docx_close_table(nc_out *out, const nc_node *node)
{
    docx *d = docx_of(out);

    (void)node;
    if (d->table && !d->table->flat) {
        NC_PUT(d->xml, "</w:tbl>");
        d->after_table = true;
    }
    pop_table(d);
    d->in_table = false;
    docx_close_bookmark(d, d->now.bookmark);
    docx_context_pop(d);
}

bool docx_open_caption(nc_out *out, const nc_node *node)
{
    docx *d = docx_of(out);
    bool of_table = node->parent && node->parent->kind == NC_TABLE;

    docx_context_push(d);
    d->now.paragraph = &d->styles[of_table ? STYLE_TABLE_CAPTION : STYLE_IMAGE_CAPTION];
    if (of_table && d->after_table && node->first)
        docx_put_empty_paragraph(d);
    return true;
}

/* The text of the caption's blocks. */
static nc_bytes caption_text(docx *d, const nc_node *caption)
{
    nc_buf buf;
    nc_bytes text;

    nc_buf_open(&buf, d->job);
    for (const nc_node *block = caption->first; block; block = block->next) {
        if (block->kind == NC_SHORT_CAPTION)
            continue;
        if (buf.len)
            NC_PUT(&buf, " ");
        nc_put(&buf, nc_stringify(d->job, block));
    }
    text = nc_copy(d->job, (nc_bytes){ buf.ptr, buf.len });
    nc_buf_close(&buf);
    return text;
}

void docx_close_caption(nc_out *out, const nc_node *node)
{
    docx *d = docx_of(out);

    docx_context_pop(d);
    if (!d->table || !node->parent || node->parent->kind != NC_TABLE)
        return;
    d->table->caption = caption_text(d, node);
    begin_table(d, d->table);
}

/* ------------------------------------------------------------ the table of a figure: one row */

docx_table *docx_open_grid(docx *d, const nc_node *figure)
{
    size_t blocks = 0;
    docx_table *t;

    for (const nc_node *block = figure->first; block; block = block->next)
        blocks += block->kind != NC_CAPTION;
    t = push_table(d, blocks < MOST_COLUMNS ? blocks : MOST_COLUMNS);
    if (!t)
        return NULL;
    t->figure = true;
    t->style = &d->styles[STYLE_FIGURE_TABLE];
    begin_table(d, t);
    NC_PUT(d->xml, "<w:tr>");
    return t;
}

size_t docx_grid_columns(const docx_table *table)
{
    return table && table->count ? table->count : 1;
}

void docx_open_grid_cell(docx *d, docx_table *t)
{
    docx_context_push(d);
    d->now.list_level = -1;
    d->now.alignment = NC_ALIGN_CENTER;
    if (!t || t->column >= t->count)
        return;
    end_cell(d, t);
    put_cell_start(d, t, 1, NULL);
    t->column++;
    t->cell_open = true;
}

void docx_close_grid_cell(docx *d)
{
    docx_context_pop(d);
}

void docx_close_grid(docx *d)
{
    if (!d->table)
        return;
    end_cell(d, d->table);
    NC_PUT(d->xml, "</w:tr></w:tbl>");
    d->after_table = true;
    pop_table(d);
}
