/* SPDX-License-Identifier: MIT */
/* Tables: HTML, 13.2.6.4.9 to 13.2.6.4.15. */
#include "plugins/html/parser/parser.h"

/* Sets of tags that these modes speak of; a tag that tags.def does not know is in none. */
enum {
    SECTION = 1,    /* tbody, tfoot, thead */
    TABLE_CELL = 2, /* td, th */
    ROW = 4,
    COLUMN = 8, /* caption, col, colgroup */
    TABLE = 16,
    OUTER = 32 /* body, html */
};

static unsigned set_of(const html_parser *parser)
{
    switch (parser->token.tag) {
    case DOM_TBODY:
    case DOM_TFOOT:
    case DOM_THEAD: return SECTION;
    case DOM_TD:
    case DOM_TH: return TABLE_CELL;
    case DOM_TR: return ROW;
    case DOM_CAPTION:
    case DOM_COL:
    case DOM_COLGROUP: return COLUMN;
    case DOM_TABLE: return TABLE;
    case DOM_BODY:
    case DOM_HTML: return OUTER;
    default: return 0;
    }
}

#define TAG(id) (parser->token.tag == DOM_##id)

static bool in_table_scope(const html_parser *parser, dom_tag tag)
{
    return parser_in_scope(parser, tag, IN_TABLE_SCOPE);
}

/* "Clear the stack back to a (…) context": pop what is neither of these nor template nor html. */
static void clear_to(html_parser *parser, dom_tag a, dom_tag b, dom_tag c)
{
    while (parser->depth > 1) {
        const dom_node *node = parser_current(parser);

        if (node->space == SPACE_HTML && (node->tag == a || node->tag == b || node->tag == c ||
                                          node->tag == DOM_TEMPLATE || node->tag == DOM_HTML))
            return;
        parser_pop(parser);
    }
}

static void clear_to_table(html_parser *parser)
{
    clear_to(parser, DOM_TABLE, DOM_TABLE, DOM_TABLE);
}

static void clear_to_section(html_parser *parser)
{
    clear_to(parser, DOM_TBODY, DOM_TFOOT, DOM_THEAD);
}

static void clear_to_row(html_parser *parser)
{
    clear_to(parser, DOM_TR, DOM_TR, DOM_TR);
}

/* Pop the current node, whose end tag the token may be. */
static void pop_ended(html_parser *parser)
{
    dom_node *node = parser_current(parser);

    parser_pop(parser);
    if (parser->token.kind == TOKEN_END && parser->token.tag == node->tag) {
        node->end = (uint32_t)parser->token.end;
        node->flags &= (uint8_t)~DOM_UNENDED;
    }
}

static bool go(html_parser *parser, html_mode mode, bool again)
{
    parser->mode = mode;
    return again;
}

/* ------------------------------------------------------------ in table */

/* What does not belong into a table goes before it. */
static bool foster(html_parser *parser)
{
    bool again;

    parser->foster = true;
    again = parser_use_body(parser);
    parser->foster = false;
    return again;
}

static bool table_text(html_parser *parser)
{
    const dom_node *node = parser_current(parser);

    if (node->space != SPACE_HTML ||
        !(node->tag == DOM_TABLE || node->tag == DOM_TBODY || node->tag == DOM_TEMPLATE ||
          node->tag == DOM_TFOOT || node->tag == DOM_THEAD || node->tag == DOM_TR))
        return foster(parser);
    parser->table_text_count = 0;
    parser->original_mode = parser->mode;
    return go(parser, MODE_IN_TABLE_TEXT, true);
}

static bool start_column(html_parser *parser)
{
    clear_to_table(parser);
    if (TAG(CAPTION)) {
        parser_push_marker(parser);
        parser_insert_pushed(parser);
        return go(parser, MODE_IN_CAPTION, false);
    }
    if (TAG(COLGROUP))
        parser_insert_pushed(parser);
    else
        parser_insert_implied(parser, DOM_COLGROUP);
    return go(parser, MODE_IN_COLUMN_GROUP, TAG(COL));
}

static bool end_table(html_parser *parser)
{
    if (!in_table_scope(parser, DOM_TABLE))
        return false;
    parser_pop_until(parser, DOM_TABLE);
    parser_reset_mode(parser);
    return parser->token.kind == TOKEN_START;
}

static bool table_form(html_parser *parser)
{
    if (parser_topmost(parser, DOM_TEMPLATE) || parser->form)
        return false;
    parser_insert_pushed(parser);
    parser->form = parser_current(parser);
    parser_pop(parser);
    return false;
}

static bool table_start(html_parser *parser)
{
    switch (set_of(parser)) {
    case COLUMN: return start_column(parser);
    case SECTION:
        clear_to_table(parser);
        parser_insert_pushed(parser);
        return go(parser, MODE_IN_TABLE_BODY, false);
    case ROW:
    case TABLE_CELL:
        clear_to_table(parser);
        parser_insert_implied(parser, DOM_TBODY);
        return go(parser, MODE_IN_TABLE_BODY, true);
    case TABLE: return end_table(parser);
    default: break;
    }
    if (TAG(STYLE) || TAG(SCRIPT) || TAG(TEMPLATE))
        return parser_use_head(parser);
    if (TAG(INPUT) && parser_is_hidden_input(parser)) {
        parser_insert_void(parser);
        return false;
    }
    return TAG(FORM) ? table_form(parser) : foster(parser);
}

static bool table_end(html_parser *parser)
{
    if (TAG(TABLE))
        return end_table(parser);
    if (set_of(parser))
        return false;
    return TAG(TEMPLATE) ? parser_use_head(parser) : foster(parser);
}

const html_mode_handlers parser_mode_in_table = { {
    [TOKEN_SPACE] = table_text,
    [TOKEN_TEXT] = table_text,
    [TOKEN_COMMENT] = parser_comment_here,
    [TOKEN_DOCTYPE] = parser_ignore,
    [TOKEN_START] = table_start,
    [TOKEN_END] = table_end,
    [TOKEN_EOF] = parser_use_body,
} };

/* ------------------------------------------------------------ in table text */

static bool collect(html_parser *parser)
{
    nc_bytes *texts = parser_grow(parser, parser->table_text, parser->table_text_count,
                                  &parser->table_text_capacity, sizeof(nc_bytes));

    if (texts) {
        parser->table_text = texts;
        texts[parser->table_text_count++] = parser->token.text;
    }
    return false;
}

static bool is_blank(nc_bytes text)
{
    for (size_t i = 0; i < text.len; i++)
        if (!parser_is_space(text.ptr[i]) && text.ptr[i])
            return false;
    return true;
}

/* White space stays in the table; any other text has all of it fostered. */
static bool collected(html_parser *parser)
{
    html_token token = parser->token;
    bool blank = true;

    for (size_t i = 0; i < parser->table_text_count; i++)
        blank &= is_blank(parser->table_text[i]);
    parser->token.kind = TOKEN_TEXT;
    for (size_t i = 0; i < parser->table_text_count; i++) {
        parser->token.text = parser->table_text[i];
        parser->token.offset = token.offset;
        if (blank && !memchr(parser->token.text.ptr, 0, parser->token.text.len))
            parser_insert_text(parser, parser->token.text);
        else if (!blank)
            foster(parser);
    }
    parser->token = token;
    parser->table_text_count = 0;
    return go(parser, parser->original_mode, true);
}

const html_mode_handlers parser_mode_in_table_text = { {
    [TOKEN_SPACE] = collect,
    [TOKEN_TEXT] = collect,
    [TOKEN_COMMENT] = collected,
    [TOKEN_DOCTYPE] = collected,
    [TOKEN_START] = collected,
    [TOKEN_END] = collected,
    [TOKEN_EOF] = collected,
} };

/* ------------------------------------------------------------ in caption */

static bool end_caption(html_parser *parser, bool again)
{
    if (!in_table_scope(parser, DOM_CAPTION))
        return false;
    parser_generate_implied_end_tags(parser, DOM_TAG_OTHER);
    parser_pop_until(parser, DOM_CAPTION);
    parser_clear_to_marker(parser);
    return go(parser, MODE_IN_TABLE, again);
}

static bool caption_start(html_parser *parser)
{
    if (set_of(parser) & (COLUMN | SECTION | TABLE_CELL | ROW))
        return end_caption(parser, true);
    return parser_use_body(parser);
}

static bool caption_end(html_parser *parser)
{
    if (TAG(CAPTION) || TAG(TABLE))
        return end_caption(parser, TAG(TABLE));
    return !set_of(parser) && parser_use_body(parser);
}

const html_mode_handlers parser_mode_in_caption = { {
    [TOKEN_SPACE] = parser_use_body,
    [TOKEN_TEXT] = parser_use_body,
    [TOKEN_COMMENT] = parser_use_body,
    [TOKEN_DOCTYPE] = parser_use_body,
    [TOKEN_START] = caption_start,
    [TOKEN_END] = caption_end,
    [TOKEN_EOF] = parser_use_body,
} };

/* ------------------------------------------------------------ in column group */

static bool column_else(html_parser *parser)
{
    if (!parser_current_is(parser, DOM_COLGROUP))
        return false;
    parser_pop(parser);
    return go(parser, MODE_IN_TABLE, true);
}

static bool column_start(html_parser *parser)
{
    if (TAG(HTML))
        return parser_use_body(parser);
    if (TAG(TEMPLATE))
        return parser_use_head(parser);
    if (!TAG(COL))
        return column_else(parser);
    parser_insert_void(parser);
    return false;
}

static bool column_end(html_parser *parser)
{
    if (TAG(COL))
        return false;
    if (TAG(TEMPLATE))
        return parser_use_head(parser);
    if (!TAG(COLGROUP))
        return column_else(parser);
    if (!parser_current_is(parser, DOM_COLGROUP))
        return false;
    pop_ended(parser);
    return go(parser, MODE_IN_TABLE, false);
}

const html_mode_handlers parser_mode_in_column_group = { {
    [TOKEN_SPACE] = parser_insert_space,
    [TOKEN_TEXT] = column_else,
    [TOKEN_COMMENT] = parser_comment_here,
    [TOKEN_DOCTYPE] = parser_ignore,
    [TOKEN_START] = column_start,
    [TOKEN_END] = column_end,
    [TOKEN_EOF] = parser_use_body,
} };

/* ------------------------------------------------------------ in table body */

static bool use_table(html_parser *parser)
{
    return parser_apply(parser, &parser_mode_in_table);
}

static bool leave_section(html_parser *parser, bool again)
{
    clear_to_section(parser);
    pop_ended(parser);
    return go(parser, MODE_IN_TABLE, again);
}

static bool leave_any_section(html_parser *parser)
{
    if (!in_table_scope(parser, DOM_TBODY) && !in_table_scope(parser, DOM_THEAD) &&
        !in_table_scope(parser, DOM_TFOOT))
        return false;
    return leave_section(parser, true);
}

static bool section_start(html_parser *parser)
{
    switch (set_of(parser)) {
    case ROW:
        clear_to_section(parser);
        parser_insert_pushed(parser);
        return go(parser, MODE_IN_ROW, false);
    case TABLE_CELL:
        clear_to_section(parser);
        parser_insert_implied(parser, DOM_TR);
        return go(parser, MODE_IN_ROW, true);
    case COLUMN:
    case SECTION: return leave_any_section(parser);
    default: return use_table(parser);
    }
}

static bool section_end(html_parser *parser)
{
    switch (set_of(parser)) {
    case SECTION:
        return in_table_scope(parser, (dom_tag)parser->token.tag) && leave_section(parser, false);
    case TABLE: return leave_any_section(parser);
    case 0: return use_table(parser);
    default: return false;
    }
}

const html_mode_handlers parser_mode_in_table_body = { {
    [TOKEN_SPACE] = use_table,
    [TOKEN_TEXT] = use_table,
    [TOKEN_COMMENT] = use_table,
    [TOKEN_DOCTYPE] = use_table,
    [TOKEN_START] = section_start,
    [TOKEN_END] = section_end,
    [TOKEN_EOF] = use_table,
} };

/* ------------------------------------------------------------ in row */

static bool leave_row(html_parser *parser, bool again)
{
    if (!in_table_scope(parser, DOM_TR))
        return false;
    clear_to_row(parser);
    pop_ended(parser);
    return go(parser, MODE_IN_TABLE_BODY, again);
}

static bool row_start(html_parser *parser)
{
    switch (set_of(parser)) {
    case TABLE_CELL:
        clear_to_row(parser);
        parser_insert_pushed(parser);
        parser_push_marker(parser);
        return go(parser, MODE_IN_CELL, false);
    case COLUMN:
    case SECTION:
    case ROW: return leave_row(parser, true);
    default: return use_table(parser);
    }
}

static bool row_end(html_parser *parser)
{
    switch (set_of(parser)) {
    case ROW: return leave_row(parser, false);
    case TABLE: return leave_row(parser, true);
    case SECTION:
        return in_table_scope(parser, (dom_tag)parser->token.tag) && leave_row(parser, true);
    case 0: return use_table(parser);
    default: return false;
    }
}

const html_mode_handlers parser_mode_in_row = { {
    [TOKEN_SPACE] = use_table,
    [TOKEN_TEXT] = use_table,
    [TOKEN_COMMENT] = use_table,
    [TOKEN_DOCTYPE] = use_table,
    [TOKEN_START] = row_start,
    [TOKEN_END] = row_end,
    [TOKEN_EOF] = use_table,
} };

/* ------------------------------------------------------------ in cell */

static bool close_cell(html_parser *parser)
{
    static const dom_tag cells[] = { DOM_TD, DOM_TH };

    parser_generate_implied_end_tags(parser, DOM_TAG_OTHER);
    parser_pop_until_one_of(parser, cells, 2);
    parser_clear_to_marker(parser);
    return go(parser, MODE_IN_ROW, true);
}

static bool cell_start(html_parser *parser)
{
    if (!(set_of(parser) & (COLUMN | SECTION | TABLE_CELL | ROW)))
        return parser_use_body(parser);
    if (!in_table_scope(parser, DOM_TD) && !in_table_scope(parser, DOM_TH))
        return false;
    return close_cell(parser);
}

static bool cell_end(html_parser *parser)
{
    dom_tag tag = (dom_tag)parser->token.tag;

    switch (set_of(parser)) {
    case TABLE_CELL:
        if (!in_table_scope(parser, tag))
            return false;
        parser_generate_implied_end_tags(parser, DOM_TAG_OTHER);
        parser_pop_until(parser, tag);
        parser_clear_to_marker(parser);
        return go(parser, MODE_IN_ROW, false);
    case TABLE:
    case SECTION:
    case ROW: return in_table_scope(parser, tag) && close_cell(parser);
    case 0: return parser_use_body(parser);
    default: return false;
    }
}

const html_mode_handlers parser_mode_in_cell = { {
    [TOKEN_SPACE] = parser_use_body,
    [TOKEN_TEXT] = parser_use_body,
    [TOKEN_COMMENT] = parser_use_body,
    [TOKEN_DOCTYPE] = parser_use_body,
    [TOKEN_START] = cell_start,
    [TOKEN_END] = cell_end,
    [TOKEN_EOF] = parser_use_body,
} };
