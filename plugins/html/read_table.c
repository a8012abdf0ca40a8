/* SPDX-License-Identifier: MIT */
/* Reading HTML: tables. Parts are put in their places as they come; when the table ends, its rows
 * are made to fit a grid. */
#include "plugins/html/read.h"

enum {
    MAX_SPAN = 1000, /* HTML clamps colspan so */
    MAX_COLUMNS = 1 << 18,
    MAX_GRID = 1 << 26,   /* rows times columns */
    MAX_PADDING = 1 << 20 /* cells added to fill rows */
};

typedef struct widths {
    double *share; /* negative: none; above 1: parts of what the others leave */
    size_t count, capacity;
} widths;

typedef struct table_state {
    widths columns;
    bool has_head;       /* a thead or a row has been seen */
    nc_node *first_body; /* implied, and its first row became the head */
} table_state;

/* ---------------------------------------------------------------- columns and cells, from
 * attributes */

/* A number of digits, at most `most`; 1 for anything else. */
static int64_t span_of(nc_bytes text, int64_t most)
{
    int64_t value = 0;

    text = html_trimmed(text);
    for (size_t i = 0; i < text.len; i++) {
        if (text.ptr[i] < '0' || text.ptr[i] > '9')
            return 1;
        value = value > most ? value : value * 10 + (text.ptr[i] - '0');
    }
    return value < 1 ? 1 : value > most ? most : value;
}

/* "12.5%" as a share, "*" as 2 (one part of the rest), anything else as none. */
static double share_of(nc_bytes text)
{
    double value = 0, digit = 1;
    bool point = false;

    text = html_trimmed(text);
    if (nc_is(text, "*"))
        return 2;
    if (text.len < 2 || text.ptr[text.len - 1] != '%')
        return -1;
    for (size_t i = 0; i + 1 < text.len; i++) {
        char c = text.ptr[i];

        if (c == '.' && !point) {
            point = true;
        } else if (c >= '0' && c <= '9') {
            digit = point ? digit / 10 : digit;
            value = point ? value + digit * (c - '0') : value * 10 + (c - '0');
        } else {
            return -1;
        }
    }
    return value <= 100 ? value / 100 : 1;
}

static void add_column(html_reader *reader, table_state *state, const dom_node *col)
{
    widths *columns = &state->columns;
    nc_bytes width = html_css_value(dom_value(col, "style"), "width");

    if (columns->count == columns->capacity) {
        size_t capacity = columns->capacity ? columns->capacity * 2 : 16;
        double *share =
            capacity <= MAX_SPAN * 2 ? nc_alloc(reader->job, capacity * sizeof *share) : NULL;

        if (!share)
            return;
        if (columns->count)
            memcpy(share, columns->share, columns->count * sizeof *share);
        columns->share = share;
        columns->capacity = capacity;
    }
    columns->share[columns->count++] = share_of(width.len ? width : dom_value(col, "width"));
}

static nc_alignment alignment_named(nc_bytes name)
{
    return nc_is(name, "left")     ? NC_ALIGN_LEFT
           : nc_is(name, "right")  ? NC_ALIGN_RIGHT
           : nc_is(name, "center") ? NC_ALIGN_CENTER
                                   : NC_ALIGN_DEFAULT;
}

/* A style attribute without text-align, spelt as pandoc does. */
static nc_bytes style_without_alignment(html_reader *reader, nc_bytes style)
{
    char *out = nc_alloc(reader->job, style.len * 2 + 2);
    size_t len = 0;

    while (out && style.len) {
        const char *end = memchr(style.ptr, ';', style.len);
        nc_bytes entry = { style.ptr, end ? (size_t)(end - style.ptr) : style.len };
        const char *colon = entry.len ? memchr(entry.ptr, ':', entry.len) : NULL;
        nc_bytes key =
            html_trimmed((nc_bytes){ entry.ptr, colon ? (size_t)(colon - entry.ptr) : entry.len });

        style.ptr += entry.len + (end ? 1 : 0);
        style.len -= entry.len + (end ? 1 : 0);
        if (!key.len || nc_is(key, "text-align"))
            continue;
        if (len) {
            memcpy(out + len, "; ", 2);
            len += 2;
        }
        memcpy(out + len, key.ptr, key.len);
        len += key.len;
        if (colon) {
            nc_bytes value =
                html_trimmed((nc_bytes){ colon + 1, entry.len - (size_t)(colon + 1 - entry.ptr) });

            memcpy(out + len, ": ", 2);
            memcpy(out + len + 2, value.ptr, value.len);
            len += value.len + 2;
        }
    }
    return (nc_bytes){ out ? out : "", len };
}

static const nc_attr *cell_attr(html_reader *reader, const dom_node *element)
{
    const nc_attr *attr = html_attr(reader->job, element, "rowspan colspan align", NULL);
    nc_pair *pairs = attr ? nc_alloc(reader->job, (attr->pair_count + 1) * sizeof *pairs) : NULL;
    size_t count = 0;

    for (size_t i = 0; pairs && i < attr->pair_count; i++) {
        pairs[count] = attr->pairs[i];
        if (nc_is(pairs[count].key, "style"))
            pairs[count].value = style_without_alignment(reader, pairs[count].value);
        if (pairs[count].value.len || !nc_is(pairs[count].key, "style"))
            count++;
    }
    return pairs
               ? nc_attr_new(reader->job, attr->id, attr->classes, attr->class_count, pairs, count)
               : attr;
}

static nc_node *new_cell(html_reader *reader, const dom_node *element)
{
    nc_node *node = nc_node_new(reader->job, NC_CELL);
    nc_cell *cell = nc_record(reader->job, node);

    if (!node)
        return NULL;
    node->attr = cell_attr(reader, element);
    cell->alignment = alignment_named(dom_value(element, "align"));
    if (!dom_value(element, "align").ptr)
        cell->alignment =
            alignment_named(html_css_value(dom_value(element, "style"), "text-align"));
    cell->row_span = span_of(dom_value(element, "rowspan"), UINT16_MAX);
    cell->col_span = span_of(dom_value(element, "colspan"), MAX_SPAN);
    return node;
}

/* ---------------------------------------------------------------- parts, as they come */

static bool is_header_row(const dom_node *row)
{
    for (const dom_node *cell = dom_first(row); cell; cell = dom_next(cell))
        if (dom_node_tag(cell) == DOM_TD)
            return false;
    return true;
}

/* The table frame that the top of the stack belongs to, itself or one below. */
static html_frame *table_frame(html_reader *reader)
{
    for (size_t i = reader->depth; i > 1 && reader->depth - i < 3; i--)
        if (reader->frames[i - 1].node && reader->frames[i - 1].node->kind == NC_TABLE)
            return &reader->frames[i - 1];
    return NULL;
}

static nc_node *section_for(html_reader *reader, dom_node *element, nc_node *table)
{
    dom_tag tag = dom_node_tag(element);
    nc_node *section = tag == DOM_THEAD   ? table->first->next
                       : tag == DOM_TFOOT ? table->last
                                          : NULL;

    if (!section) {
        section = nc_node_new(reader->job, NC_TABLE_BODY);
        nc_insert_before(reader->job, table->last, section);
    }
    if (section && !section->attr)
        section->attr = html_attr(reader->job, element, NULL, NULL);
    return section;
}

/* A row of nothing but th is a head: of the table where no thead or tbody says otherwise, else of
 * its body. */
static nc_node *rows_for(html_reader *reader, dom_node *row, html_frame *frame, nc_node *section)
{
    table_state *state = frame->state;
    bool first = !state->has_head && (dom_flags(dom_parent(row)) & DOM_IMPLIED) && !section->first;
    nc_node *head = section->first;

    state->has_head = true;
    if (section->kind != NC_TABLE_BODY || !is_header_row(row))
        return section;
    if (first && section->previous->kind == NC_TABLE_HEAD) {
        state->first_body = section;
        return section->previous;
    }
    if (section->last && section->last->kind == NC_ROW)
        return section;
    return head ? head : nc_append(reader->job, section, nc_node_new(reader->job, NC_BODY_HEAD));
}

/* As many columns are row heads as every row begins with th. */
static void count_row_heads(nc_node *body, const dom_node *row)
{
    int64_t count = 0;

    for (const dom_node *cell = dom_first(row); cell && dom_node_tag(cell) != DOM_TD;
         cell = dom_next(cell))
        count += dom_node_tag(cell) == DOM_TH;
    if (!body->last || body->last->kind != NC_ROW || count < body->number)
        body->number = count;
}

static void open_row(html_reader *reader, dom_node *element)
{
    html_frame *frame = table_frame(reader);
    nc_node *section = html_top(reader)->node, *row = nc_node_new(reader->job, NC_ROW);

    if (!frame || !section || !row ||
        !(nc_bit(section) & (NC_BIT(TABLE_HEAD) | NC_BIT(TABLE_BODY) | NC_BIT(TABLE_FOOT))))
        return;
    if (!dom_first(element))
        return;
    row->attr = html_attr(reader->job, element, NULL, NULL);
    section = rows_for(reader, element, frame, section);
    if (section && section->kind == NC_TABLE_BODY)
        count_row_heads(section, element);
    nc_append(reader->job, section, row);
    html_push(reader, element, HTML_CONTAINER, row);
}

static void open_section(html_reader *reader, dom_node *element)
{
    html_frame *frame = html_top(reader);

    if (!frame->node || frame->node->kind != NC_TABLE || !frame->node->last)
        return;
    if (dom_node_tag(element) == DOM_THEAD)
        ((table_state *)frame->state)->has_head = true;
    html_push(reader, element, HTML_CONTAINER, section_for(reader, element, frame->node));
}

bool html_open_table_part(html_reader *reader, dom_node *element)
{
    dom_tag tag = dom_node_tag(element);
    html_frame *top;

    html_end_leaf(reader, true);
    top = html_top(reader);
    if (!top->node)
        return true;
    if (tag == DOM_TR) {
        open_row(reader, element);
    } else if (tag == DOM_TD || tag == DOM_TH) {
        if (top->node->kind == NC_ROW)
            html_push(reader, element, HTML_CONTAINER,
                      nc_append(reader->job, top->node, new_cell(reader, element)));
    } else if (tag == DOM_COL) {
        if (table_frame(reader))
            add_column(reader, table_frame(reader)->state, element);
    } else if (tag == DOM_CAPTION) {
        if (top->node->kind == NC_TABLE)
            html_push(reader, element, HTML_CONTAINER, top->node->first);
    } else if (tag != DOM_COLGROUP) {
        open_section(reader, element);
    }
    return true;
}

/* ---------------------------------------------------------------- the grid */

typedef struct row_grid {
    size_t width;
    int64_t *busy; /* rows that a cell above still takes, column by column */
    size_t padding;
} row_grid;

static const nc_cell *cell_record(const nc_node *cell)
{
    return cell->cell;
}

/* How many columns `row` takes, given the spans from above; with a grid, note its spans there. */
static size_t place_row(html_reader *reader, row_grid *grid, nc_node *row, size_t rows_left,
                        size_t limit)
{
    size_t at = 0;

    for (nc_node *cell = row->first; cell; cell = cell->next) {
        const nc_cell *record = cell_record(cell);
        size_t span = (size_t)record->col_span;
        int64_t rows =
            record->row_span > (int64_t)rows_left ? (int64_t)rows_left : record->row_span;

        while (at < limit && grid->busy[at] > 0)
            at++;
        if (rows != record->row_span)
            ((nc_cell *)nc_record(reader->job, cell))->row_span = rows;
        for (size_t i = at; i < at + span && i < limit; i++)
            grid->busy[i] = rows;
        at += span;
    }
    while (at < limit && grid->busy[at] > 0)
        at++;
    return at;
}

static void end_row(row_grid *grid)
{
    for (size_t i = 0; i < grid->width; i++)
        if (grid->busy[i] > 0)
            grid->busy[i]--;
}

static size_t count_rows(const nc_node *section)
{
    size_t count = 0;

    for (const nc_node *row = section->first; row; row = row->next)
        count += row->kind == NC_ROW;
    return count;
}

/* Fill the rows of `section` up to the width of the grid; on a first round, with `fill` false, only
 * measure. */
static size_t lay_out(html_reader *reader, row_grid *grid, const nc_node *section, bool fill)
{
    size_t left = count_rows(section), widest = 0;

    memset(grid->busy, 0, grid->width * sizeof *grid->busy);
    for (nc_node *row = section->first; row; row = row->next) {
        size_t taken;

        if (row->kind != NC_ROW)
            continue;
        taken = place_row(reader, grid, row, left--, grid->width);
        widest = taken > widest ? taken : widest;
        for (; fill && taken < grid->width && grid->padding < MAX_PADDING; taken++) {
            if (grid->busy[taken] > 0)
                continue;
            nc_append(reader->job, row, nc_node_new(reader->job, NC_CELL));
            grid->padding++;
        }
        end_row(grid);
    }
    return widest;
}

/* Call lay_out for each group of rows of the table. */
static size_t lay_out_all(html_reader *reader, row_grid *grid, const nc_node *table, bool fill)
{
    size_t widest = 0;

    for (const nc_node *section = table->first; section; section = section->next) {
        size_t width = section->kind == NC_CAPTION ? 0 : lay_out(reader, grid, section, fill);

        widest = width > widest ? width : widest;
        if (section->first && section->first->kind == NC_BODY_HEAD) {
            width = lay_out(reader, grid, section->first, fill);
            widest = width > widest ? width : widest;
        }
    }
    return widest;
}

/* No row is wider than its own cells and those that may reach into it from above. */
static size_t possible_width(const nc_node *table, const widths *columns, size_t *rows)
{
    size_t widest = columns->count, reaching = 0, row = 0;
    nc_walk walk = { .root = table };

    while (nc_walk_next(&walk)) {
        nc_kind kind = walk.node->kind;

        if (!walk.entering)
            continue;
        walk.skip = kind == NC_CAPTION || kind == NC_CELL;
        row = kind == NC_ROW ? 0 : row;
        if (kind == NC_CELL) {
            row += (size_t)cell_record(walk.node)->col_span;
            if (cell_record(walk.node)->row_span > 1)
                reaching += (size_t)cell_record(walk.node)->col_span;
        }
        widest = row > widest ? row : widest;
        *rows += kind == NC_ROW;
    }
    return widest + reaching;
}

/* ---------------------------------------------------------------- when the table ends */

static bool has_break(const nc_node *block)
{
    nc_walk walk = { .root = block };

    while (nc_walk_next(&walk))
        if (walk.node->kind == NC_LINE_BREAK)
            return true;
    return false;
}

/* A cell of one line of text, or none. */
static bool is_simple(const nc_node *cell)
{
    const nc_node *block = cell->first;

    return !block ||
           (!block->next && ((NC_BIT(PLAIN) | NC_BIT(PARA)) & nc_bit(block)) && !has_break(block));
}

static bool is_simple_table(const nc_node *table)
{
    nc_walk walk = { .root = table };

    while (nc_walk_next(&walk)) {
        if (!walk.entering)
            continue;
        if (walk.node->kind == NC_CELL && !is_simple(walk.node))
            return false;
        walk.skip = walk.node->kind == NC_CELL || walk.node->kind == NC_CAPTION;
    }
    return true;
}

/* The row that says how the columns are aligned: the first of the bodies. */
static const nc_node *first_body_row(const nc_node *table)
{
    for (const nc_node *section = table->first; section; section = section->next)
        for (const nc_node *row = section->kind == NC_TABLE_BODY ? section->first : NULL; row;
             row = row->next)
            if (row->kind == NC_ROW)
                return row;
    return NULL;
}

static void align_columns(nc_column *items, size_t count, const nc_node *row)
{
    size_t at = 0;

    for (const nc_node *cell = row ? row->first : NULL; cell; cell = cell->next)
        for (int64_t i = 0; i < cell_record(cell)->col_span && at < count; i++)
            items[at++].alignment = cell_record(cell)->alignment;
}

static void set_widths(nc_column *items, size_t count, const widths *columns, bool simple)
{
    double rest = 1, parts = 0;

    for (size_t i = 0; i < columns->count; i++) {
        parts += columns->share[i] > 1 ? 1 : 0;
        rest -= columns->share[i] > 0 && columns->share[i] <= 1 ? columns->share[i] : 0;
    }
    for (size_t i = 0; i < count; i++) {
        double share = i < columns->count ? columns->share[i] : -1;

        items[i].width = share > 1 ? (rest > 0 ? rest / parts : -1) : share;
        if (!columns->count)
            items[i].width = simple ? -1 : 1 / (double)count;
    }
}

static void finish_columns(html_reader *reader, nc_node *table, const table_state *state,
                           size_t count)
{
    nc_column *items = nc_alloc(reader->job, (count + 1) * sizeof *items);
    nc_columns *columns = nc_record(reader->job, table);

    if (!items)
        return;
    for (size_t i = 0; i < count; i++)
        items[i] = (nc_column){ NC_ALIGN_DEFAULT, -1 };
    align_columns(items, count, first_body_row(table));
    set_widths(items, count, &state->columns, is_simple_table(table));
    *columns = (nc_columns){ count, items };
}

static void close_table(html_reader *reader, html_frame *frame)
{
    table_state *state = frame->state;
    row_grid grid = { 0, NULL, 0 };
    size_t rows = 0;

    if (!frame->node || !state)
        return;
    if (state->first_body && !state->first_body->first)
        nc_detach(state->first_body);
    grid.width = possible_width(frame->node, &state->columns, &rows);
    if (grid.width < MAX_GRID / (rows + 1)) {
        grid.busy = nc_alloc(reader->job, (grid.width + 1) * sizeof *grid.busy);
        if (!grid.busy)
            return;
        grid.width = lay_out_all(reader, &grid, frame->node, false);
        if (grid.width < state->columns.count)
            grid.width = state->columns.count;
        lay_out_all(reader, &grid, frame->node, true);
    }
    if (!grid.busy || grid.padding >= MAX_PADDING)
        nc_warn(reader->job, frame->node, NC_WARN_LIMIT,
                "rows of a very large table not filled with empty cells");
    finish_columns(reader, frame->node, state, grid.width > MAX_COLUMNS ? MAX_COLUMNS : grid.width);
}

bool html_open_table(html_reader *reader, dom_node *element)
{
    nc_node *table = nc_node_new(reader->job, NC_TABLE);
    html_frame *frame;

    if (table)
        table->attr = html_attr(reader->job, element, NULL, NULL);
    nc_append(reader->job, table, nc_node_new(reader->job, NC_CAPTION));
    nc_append(reader->job, table, nc_node_new(reader->job, NC_TABLE_HEAD));
    nc_append(reader->job, table, nc_node_new(reader->job, NC_TABLE_FOOT));
    frame = html_open_block(reader, element, table);
    frame->state = nc_alloc(reader->job, sizeof(table_state));
    frame->close = close_table;
    return true;
}
