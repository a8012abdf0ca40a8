/* SPDX-License-Identifier: MIT */
/* End tags in the body: HTML, 13.2.6.4.7; and text alone: 13.2.6.4.8. */
#include "plugins/html/parser/parser.h"

#define TAG(id) (parser->token.tag == DOM_##id)

static dom_tag tag_of(const html_parser *parser)
{
    return (dom_tag)parser->token.tag;
}

bool parser_end_other(html_parser *parser)
{
    size_t index = parser_topmost(parser, parser->token.tag);

    if (!index || index < parser->tops.special || parser->token.tag == DOM_TAG_OTHER)
        return false;
    parser_generate_implied_end_tags(parser, tag_of(parser));
    parser_pop_until(parser, tag_of(parser));
    return false;
}

static bool end_body(html_parser *parser)
{
    if (!parser_in_scope(parser, DOM_BODY, IN_SCOPE))
        return false;
    parser->stack[1].node->end = (uint32_t)parser->token.end;
    parser->mode = MODE_AFTER_BODY;
    return TAG(HTML);
}

static bool end_block(html_parser *parser)
{
    if (!parser_in_scope(parser, tag_of(parser), IN_SCOPE))
        return false;
    parser_generate_implied_end_tags(parser, DOM_TAG_OTHER);
    parser_pop_until(parser, tag_of(parser));
    return false;
}

static bool end_form(html_parser *parser)
{
    dom_node *form = parser->form;

    if (parser_topmost(parser, DOM_TEMPLATE))
        return end_block(parser);
    parser->form = NULL;
    if (!form || !parser_node_in_scope(parser, form))
        return false;
    parser_generate_implied_end_tags(parser, DOM_TAG_OTHER);
    parser_remove_entry(parser, form);
    form->end = (uint32_t)parser->token.end;
    form->flags &= (uint8_t)~DOM_UNENDED;
    return false;
}

bool parser_close_p(html_parser *parser)
{
    parser_generate_implied_end_tags(parser, DOM_P);
    parser_pop_until(parser, DOM_P);
    return false;
}

static bool end_p(html_parser *parser)
{
    if (!parser_in_scope(parser, DOM_P, IN_BUTTON_SCOPE))
        parser_insert_implied(parser, DOM_P);
    return parser_close_p(parser);
}

static bool end_item(html_parser *parser)
{
    if (!parser_in_scope(parser, tag_of(parser), TAG(LI) ? IN_LIST_SCOPE : IN_SCOPE))
        return false;
    parser_generate_implied_end_tags(parser, tag_of(parser));
    parser_pop_until(parser, tag_of(parser));
    return false;
}

/* The end tag of a heading ends a heading of any level. */
static bool end_heading(html_parser *parser)
{
    static const dom_tag headings[] = { DOM_H1, DOM_H2, DOM_H3, DOM_H4, DOM_H5, DOM_H6 };
    bool found = false;

    for (size_t i = 0; i < 6; i++)
        found |= parser_in_scope(parser, headings[i], IN_SCOPE);
    if (!found)
        return false;
    parser_generate_implied_end_tags(parser, DOM_TAG_OTHER);
    parser_pop_until_one_of(parser, headings, 6);
    return false;
}

static bool end_formatting(html_parser *parser)
{
    return !parser_adopt(parser) && parser_end_other(parser);
}

static bool end_object(html_parser *parser)
{
    if (!parser_in_scope(parser, tag_of(parser), IN_SCOPE))
        return false;
    end_block(parser);
    parser_clear_to_marker(parser);
    return false;
}

/* </br> is <br>. */
static bool end_br(html_parser *parser)
{
    parser->token.kind = TOKEN_START;
    parser->token.attribute_count = 0;
    return parser_apply(parser, &parser_mode_in_body);
}

static parser_handler *const ends[DOM_TAG_COUNT] = {
    [DOM_TEMPLATE] = parser_use_head,
    [DOM_BODY] = end_body,
    [DOM_HTML] = end_body,
    [DOM_ADDRESS] = end_block,
    [DOM_ARTICLE] = end_block,
    [DOM_ASIDE] = end_block,
    [DOM_BLOCKQUOTE] = end_block,
    [DOM_BUTTON] = end_block,
    [DOM_CENTER] = end_block,
    [DOM_DETAILS] = end_block,
    [DOM_DIALOG] = end_block,
    [DOM_DIR] = end_block,
    [DOM_DIV] = end_block,
    [DOM_DL] = end_block,
    [DOM_FIELDSET] = end_block,
    [DOM_FIGCAPTION] = end_block,
    [DOM_FIGURE] = end_block,
    [DOM_FOOTER] = end_block,
    [DOM_HEADER] = end_block,
    [DOM_HGROUP] = end_block,
    [DOM_LISTING] = end_block,
    [DOM_MAIN] = end_block,
    [DOM_MENU] = end_block,
    [DOM_NAV] = end_block,
    [DOM_OL] = end_block,
    [DOM_PRE] = end_block,
    [DOM_SEARCH] = end_block,
    [DOM_SECTION] = end_block,
    [DOM_SELECT] = end_block,
    [DOM_SUMMARY] = end_block,
    [DOM_UL] = end_block,
    [DOM_FORM] = end_form,
    [DOM_P] = end_p,
    [DOM_LI] = end_item,
    [DOM_DD] = end_item,
    [DOM_DT] = end_item,
    [DOM_H1] = end_heading,
    [DOM_H2] = end_heading,
    [DOM_H3] = end_heading,
    [DOM_H4] = end_heading,
    [DOM_H5] = end_heading,
    [DOM_H6] = end_heading,
    [DOM_A] = end_formatting,
    [DOM_B] = end_formatting,
    [DOM_BIG] = end_formatting,
    [DOM_CODE] = end_formatting,
    [DOM_EM] = end_formatting,
    [DOM_FONT] = end_formatting,
    [DOM_I] = end_formatting,
    [DOM_NOBR] = end_formatting,
    [DOM_S] = end_formatting,
    [DOM_SMALL] = end_formatting,
    [DOM_STRIKE] = end_formatting,
    [DOM_STRONG] = end_formatting,
    [DOM_TT] = end_formatting,
    [DOM_U] = end_formatting,
    [DOM_APPLET] = end_object,
    [DOM_MARQUEE] = end_object,
    [DOM_OBJECT] = end_object,
    [DOM_BR] = end_br,
};

bool parser_end_in_body(html_parser *parser)
{
    uint16_t tag = parser->token.tag;

    if (tag >= DOM_TAG_COUNT)
        return parser_end_other(parser);
    if (parser->unopened[tag]) { /* of an element that was too deep to be opened */
        parser->unopened[tag]--;
        parser->unopened_count--;
        return false;
    }
    return ends[tag] ? ends[tag](parser) : parser_end_other(parser);
}

/* ------------------------------------------------------------ text */

static bool text_text(html_parser *parser)
{
    parser_insert_text(parser, parser->token.text);
    return false;
}

static bool text_end(html_parser *parser)
{
    dom_node *node = parser_current(parser);

    parser_pop(parser);
    node->end = (uint32_t)parser->token.end;
    node->flags &= (uint8_t)~DOM_UNENDED;
    parser->mode = parser->original_mode;
    return false;
}

static bool text_eof(html_parser *parser)
{
    parser_pop(parser);
    parser->content = HTML_DATA;
    parser->mode = parser->original_mode;
    return true;
}

const html_mode_handlers parser_mode_text = { {
    [TOKEN_SPACE] = text_text,
    [TOKEN_TEXT] = text_text,
    [TOKEN_COMMENT] = parser_ignore,
    [TOKEN_DOCTYPE] = parser_ignore,
    [TOKEN_START] = parser_ignore,
    [TOKEN_END] = text_end,
    [TOKEN_EOF] = text_eof,
} };
