/* SPDX-License-Identifier: MIT */
/* Templates, framesets and what comes after: HTML, 13.2.6.4.16 to 13.2.6.4.21; and what all modes
 * share. */
#include "plugins/html/parser/parser.h"

#define TAG(id) (parser->token.tag == DOM_##id)

/* ------------------------------------------------------------ shared */

bool parser_apply(html_parser *parser, const html_mode_handlers *mode)
{
    return mode->on[parser->token.kind](parser);
}

bool parser_ignore(html_parser *parser)
{
    (void)parser;
    return false;
}

bool parser_stop(html_parser *parser)
{
    while (parser->depth)
        parser_pop(parser);
    return false;
}

bool parser_use_body(html_parser *parser)
{
    return parser_apply(parser, &parser_mode_in_body);
}

bool parser_use_head(html_parser *parser)
{
    return parser_apply(parser, &parser_mode_in_head);
}

bool parser_use_template(html_parser *parser)
{
    return parser_apply(parser, &parser_mode_in_template);
}

bool parser_comment_here(html_parser *parser)
{
    parser_insert_comment(parser, NULL);
    return false;
}

bool parser_comment_on_document(html_parser *parser)
{
    parser_insert_comment(parser, parser->document);
    return false;
}

bool parser_insert_space(html_parser *parser)
{
    parser_insert_text(parser, parser->token.text);
    return false;
}

void parser_push_template_mode(html_parser *parser, html_mode mode)
{
    uint8_t *modes = parser_grow(parser, parser->template_modes, parser->template_count,
                                 &parser->template_capacity, sizeof(uint8_t));

    if (modes) {
        parser->template_modes = modes;
        modes[parser->template_count++] = (uint8_t)mode;
    }
}

/* The mode that an element asks for; MODE_COUNT: none. */
static html_mode mode_of(const html_parser *parser, const dom_node *node, bool last)
{
    switch (node->tag) {
    case DOM_TD:
    case DOM_TH: return last ? MODE_COUNT : MODE_IN_CELL;
    case DOM_TR: return MODE_IN_ROW;
    case DOM_TBODY:
    case DOM_THEAD:
    case DOM_TFOOT: return MODE_IN_TABLE_BODY;
    case DOM_CAPTION: return MODE_IN_CAPTION;
    case DOM_COLGROUP: return MODE_IN_COLUMN_GROUP;
    case DOM_TABLE: return MODE_IN_TABLE;
    case DOM_TEMPLATE:
        return parser->template_count
                   ? (html_mode)parser->template_modes[parser->template_count - 1]
                   : MODE_COUNT;
    case DOM_HEAD: return last ? MODE_COUNT : MODE_IN_HEAD;
    case DOM_BODY: return MODE_IN_BODY;
    case DOM_FRAMESET: return MODE_IN_FRAMESET;
    case DOM_HTML: return parser->head ? MODE_AFTER_HEAD : MODE_BEFORE_HEAD;
    default: return MODE_COUNT;
    }
}

void parser_reset_mode(html_parser *parser)
{
    size_t index = parser->tops.mode;

    while (index) {
        bool last = index == 1;
        const dom_node *node =
            last && parser->context ? parser->context : parser->stack[index - 1].node;
        html_mode mode = node->space == SPACE_HTML ? mode_of(parser, node, last) : MODE_COUNT;

        if (mode != MODE_COUNT) {
            parser->mode = mode;
            return;
        }
        index = last ? 0 : parser->stack[index - 1].tops.mode;
    }
    parser->mode = MODE_IN_BODY;
}

/* ------------------------------------------------------------ in template */

static bool replace_template_mode(html_parser *parser, html_mode mode)
{
    if (parser->template_count)
        parser->template_modes[parser->template_count - 1] = (uint8_t)mode;
    parser->mode = mode;
    return true;
}

static bool template_start(html_parser *parser)
{
    if (parser_is_head_content(parser))
        return parser_use_head(parser);
    switch (parser->token.tag) {
    case DOM_CAPTION:
    case DOM_COLGROUP:
    case DOM_TBODY:
    case DOM_TFOOT:
    case DOM_THEAD: return replace_template_mode(parser, MODE_IN_TABLE);
    case DOM_COL: return replace_template_mode(parser, MODE_IN_COLUMN_GROUP);
    case DOM_TR: return replace_template_mode(parser, MODE_IN_TABLE_BODY);
    case DOM_TD:
    case DOM_TH: return replace_template_mode(parser, MODE_IN_ROW);
    default: return replace_template_mode(parser, MODE_IN_BODY);
    }
}

static bool template_end(html_parser *parser)
{
    return TAG(TEMPLATE) && parser_use_head(parser);
}

static bool template_eof(html_parser *parser)
{
    if (!parser_topmost(parser, DOM_TEMPLATE))
        return parser_stop(parser);
    parser_pop_until(parser, DOM_TEMPLATE);
    parser_clear_to_marker(parser);
    parser->template_count -= parser->template_count > 0;
    parser_reset_mode(parser);
    return true;
}

const html_mode_handlers parser_mode_in_template = { {
    [TOKEN_SPACE] = parser_use_body,
    [TOKEN_TEXT] = parser_use_body,
    [TOKEN_COMMENT] = parser_use_body,
    [TOKEN_DOCTYPE] = parser_use_body,
    [TOKEN_START] = template_start,
    [TOKEN_END] = template_end,
    [TOKEN_EOF] = template_eof,
} };

/* ------------------------------------------------------------ after body */

static bool back_to_body(html_parser *parser)
{
    parser->mode = MODE_IN_BODY;
    return true;
}

static bool comment_on_html(html_parser *parser)
{
    parser_insert_comment(parser, parser->stack[0].node);
    return false;
}

static bool after_body_start(html_parser *parser)
{
    return TAG(HTML) ? parser_use_body(parser) : back_to_body(parser);
}

static bool after_body_end(html_parser *parser)
{
    if (!TAG(HTML))
        return back_to_body(parser);
    if (!parser->context) {
        parser->stack[0].node->end = (uint32_t)parser->token.end;
        parser->mode = MODE_AFTER_AFTER_BODY;
    }
    return false;
}

const html_mode_handlers parser_mode_after_body = { {
    [TOKEN_SPACE] = parser_use_body,
    [TOKEN_TEXT] = back_to_body,
    [TOKEN_COMMENT] = comment_on_html,
    [TOKEN_DOCTYPE] = parser_ignore,
    [TOKEN_START] = after_body_start,
    [TOKEN_END] = after_body_end,
    [TOKEN_EOF] = parser_stop,
} };

const html_mode_handlers parser_mode_after_after_body = { {
    [TOKEN_SPACE] = parser_use_body,
    [TOKEN_TEXT] = back_to_body,
    [TOKEN_COMMENT] = parser_comment_on_document,
    [TOKEN_DOCTYPE] = parser_ignore,
    [TOKEN_START] = after_body_start,
    [TOKEN_END] = back_to_body,
    [TOKEN_EOF] = parser_stop,
} };

/* ------------------------------------------------------------ framesets */

static bool frameset_start(html_parser *parser)
{
    switch (parser->token.tag) {
    case DOM_HTML: return parser_use_body(parser);
    case DOM_FRAMESET: parser_insert_element(parser); return false;
    case DOM_FRAME: parser_insert_void(parser); return false;
    case DOM_NOFRAMES: return parser_use_head(parser);
    default: return false;
    }
}

static bool frameset_end(html_parser *parser)
{
    if (!TAG(FRAMESET) || parser->depth <= 1)
        return false;
    parser_pop(parser);
    if (!parser->context && !parser_current_is(parser, DOM_FRAMESET))
        parser->mode = MODE_AFTER_FRAMESET;
    return false;
}

const html_mode_handlers parser_mode_in_frameset = { {
    [TOKEN_SPACE] = parser_insert_space,
    [TOKEN_TEXT] = parser_ignore,
    [TOKEN_COMMENT] = parser_comment_here,
    [TOKEN_DOCTYPE] = parser_ignore,
    [TOKEN_START] = frameset_start,
    [TOKEN_END] = frameset_end,
    [TOKEN_EOF] = parser_stop,
} };

static bool after_frameset_start(html_parser *parser)
{
    if (TAG(HTML))
        return parser_use_body(parser);
    return TAG(NOFRAMES) && parser_use_head(parser);
}

static bool after_frameset_end(html_parser *parser)
{
    if (TAG(HTML))
        parser->mode = MODE_AFTER_AFTER_FRAMESET;
    return false;
}

const html_mode_handlers parser_mode_after_frameset = { {
    [TOKEN_SPACE] = parser_insert_space,
    [TOKEN_TEXT] = parser_ignore,
    [TOKEN_COMMENT] = parser_comment_here,
    [TOKEN_DOCTYPE] = parser_ignore,
    [TOKEN_START] = after_frameset_start,
    [TOKEN_END] = after_frameset_end,
    [TOKEN_EOF] = parser_stop,
} };

const html_mode_handlers parser_mode_after_after_frameset = { {
    [TOKEN_SPACE] = parser_use_body,
    [TOKEN_TEXT] = parser_ignore,
    [TOKEN_COMMENT] = parser_comment_on_document,
    [TOKEN_DOCTYPE] = parser_ignore,
    [TOKEN_START] = after_frameset_start,
    [TOKEN_END] = parser_ignore,
    [TOKEN_EOF] = parser_stop,
} };
