/* SPDX-License-Identifier: MIT */
/* Start tags and text in the body: HTML, 13.2.6.4.7. A table says what to do for each tag. */
#include "plugins/html/parser/parser.h"

#include <strings.h>

#define TAG(id) (parser->token.tag == DOM_##id)

/* ------------------------------------------------------------ text */

static bool is_blank(nc_bytes text)
{
    for (size_t i = 0; i < text.len; i++)
        if (!parser_is_space(text.ptr[i]))
            return false;
    return true;
}

static void insert_body_text(html_parser *parser, nc_bytes text)
{
    if (!text.len)
        return;
    parser_reconstruct_formatting(parser);
    parser_insert_text(parser, text);
    if (parser->frameset_ok && !is_blank(text))
        parser->frameset_ok = false;
}

/* NUL does not come into the body. */
static bool body_text(html_parser *parser)
{
    nc_bytes text = parser->token.text;
    const char *nul;

    while (text.len && (nul = memchr(text.ptr, 0, text.len))) {
        size_t length = (size_t)(nul - text.ptr);

        insert_body_text(parser, (nc_bytes){ text.ptr, length });
        text = (nc_bytes){ text.ptr + length + 1, text.len - length - 1 };
    }
    insert_body_text(parser, text);
    return false;
}

/* ------------------------------------------------------------ start tags, by what they do */

static void close_p_in_scope(html_parser *parser)
{
    if (parser_in_scope(parser, DOM_P, IN_BUTTON_SCOPE))
        parser_close_p(parser);
}

static bool start_other(html_parser *parser)
{
    parser_reconstruct_formatting(parser);
    parser_insert_element(parser);
    return false;
}

static bool start_block(html_parser *parser)
{
    close_p_in_scope(parser);
    parser_insert_element(parser);
    return false;
}

static bool is_heading(const dom_node *node)
{
    return node->space == SPACE_HTML && node->tag >= DOM_H1 && node->tag <= DOM_H6;
}

static bool start_heading(html_parser *parser)
{
    close_p_in_scope(parser);
    if (is_heading(parser_current(parser)))
        parser_pop(parser);
    parser_insert_element(parser);
    return false;
}

static bool start_pre(html_parser *parser)
{
    start_block(parser);
    parser->skip_line_feed = true;
    parser->frameset_ok = false;
    return false;
}

static bool start_form(html_parser *parser)
{
    bool in_template = parser_topmost(parser, DOM_TEMPLATE) != 0;

    if (parser->form && !in_template)
        return false;
    close_p_in_scope(parser);
    if (parser_insert_element(parser) && !in_template)
        parser->form = parser_current(parser);
    return false;
}

static void close_item(html_parser *parser, dom_tag tag)
{
    parser_generate_implied_end_tags(parser, tag);
    parser_pop_until(parser, tag);
}

/* An item ends the item before it, if no other special element than address, div and p is between.
 * */
static bool start_item(html_parser *parser)
{
    size_t bound = parser->tops.item_bound;

    parser->frameset_ok = false;
    if (bound) {
        const dom_node *node = parser->stack[bound - 1].node;
        bool ends = TAG(LI) ? node->tag == DOM_LI : node->tag == DOM_DD || node->tag == DOM_DT;

        if (ends && node->space == SPACE_HTML)
            close_item(parser, (dom_tag)node->tag);
    }
    return start_block(parser);
}

static bool start_plaintext(html_parser *parser)
{
    start_block(parser);
    parser->content = HTML_PLAINTEXT;
    return false;
}

static bool start_button(html_parser *parser)
{
    if (parser_in_scope(parser, DOM_BUTTON, IN_SCOPE)) {
        parser_generate_implied_end_tags(parser, DOM_TAG_OTHER);
        parser_pop_until(parser, DOM_BUTTON);
    }
    parser->frameset_ok = false;
    return start_other(parser);
}

static bool start_formatting(html_parser *parser)
{
    parser_reconstruct_formatting(parser);
    if (parser_insert_element(parser))
        parser_push_formatting(parser, parser_current(parser));
    return false;
}

static bool start_a(html_parser *parser)
{
    dom_node *open = parser_find_formatting(parser, DOM_A);

    if (open) {
        parser_adopt(parser);
        parser_remove_formatting(parser, open);
        parser_remove_entry(parser, open);
    }
    return start_formatting(parser);
}

static bool start_nobr(html_parser *parser)
{
    parser_reconstruct_formatting(parser);
    if (parser_in_scope(parser, DOM_NOBR, IN_SCOPE) && !parser_adopt(parser))
        parser_end_other(parser);
    return start_formatting(parser);
}

static bool start_object(html_parser *parser)
{
    parser_reconstruct_formatting(parser);
    if (parser_insert_element(parser))
        parser_push_marker(parser);
    parser->frameset_ok = false;
    return false;
}

static bool start_table(html_parser *parser)
{
    if (!parser->quirks)
        close_p_in_scope(parser);
    parser->frameset_ok = false;
    if (parser_insert_element(parser)) /* too deep: no table, its cells stand where they are */
        parser->mode = MODE_IN_TABLE;
    return false;
}

static bool start_void(html_parser *parser)
{
    parser_reconstruct_formatting(parser);
    parser_insert_void(parser);
    parser->frameset_ok = false;
    return false;
}

static bool start_param(html_parser *parser)
{
    parser_insert_void(parser);
    return false;
}

bool parser_is_hidden_input(const html_parser *parser)
{
    const html_token *token = &parser->token;

    for (size_t i = 0; i < token->attribute_count; i++)
        if (nc_is(token->attributes[i].key, "type"))
            return token->attributes[i].value.len == 6 &&
                   strncasecmp(token->attributes[i].value.ptr, "hidden", 6) == 0;
    return false;
}

static bool in_select_context(const html_parser *parser)
{
    return parser->context && parser->context->tag == DOM_SELECT;
}

static bool start_input(html_parser *parser)
{
    bool frameset_ok = parser->frameset_ok && parser_is_hidden_input(parser);

    if (in_select_context(parser))
        return false;
    if (parser_in_scope(parser, DOM_SELECT, IN_SCOPE))
        parser_pop_until(parser, DOM_SELECT);
    start_void(parser);
    parser->frameset_ok = frameset_ok;
    return false;
}

static bool start_hr(html_parser *parser)
{
    close_p_in_scope(parser);
    if (parser_in_scope(parser, DOM_SELECT, IN_SCOPE))
        parser_generate_implied_end_tags(parser, DOM_TAG_OTHER);
    parser_insert_void(parser);
    parser->frameset_ok = false;
    return false;
}

static bool start_image(html_parser *parser)
{
    parser->token.tag = DOM_IMG;
    parser->token.name = NC_LITERAL("img");
    return true;
}

static bool start_textarea(html_parser *parser)
{
    parser->skip_line_feed = true;
    parser->frameset_ok = false;
    parser_insert_raw(parser, HTML_RCDATA);
    return false;
}

static bool start_xmp(html_parser *parser)
{
    close_p_in_scope(parser);
    parser_reconstruct_formatting(parser);
    parser->frameset_ok = false;
    parser_insert_raw(parser, HTML_RAWTEXT);
    return false;
}

static bool start_iframe(html_parser *parser)
{
    parser->frameset_ok = false;
    parser_insert_raw(parser, HTML_RAWTEXT);
    return false;
}

static bool start_noembed(html_parser *parser)
{
    parser_insert_raw(parser, HTML_RAWTEXT);
    return false;
}

static bool start_noscript(html_parser *parser)
{
    bool is_text = parser->scripting || (parser->quiet_head && parser->in_written_head);

    return is_text ? start_noembed(parser) : start_other(parser);
}

static bool start_select(html_parser *parser)
{
    if (in_select_context(parser))
        return false;
    if (parser_in_scope(parser, DOM_SELECT, IN_SCOPE)) {
        parser_pop_until(parser, DOM_SELECT);
        return false;
    }
    parser->frameset_ok = false;
    return start_other(parser);
}

static bool start_option(html_parser *parser)
{
    if (parser_in_scope(parser, DOM_SELECT, IN_SCOPE))
        parser_generate_implied_end_tags(parser, TAG(OPTION) ? DOM_OPTGROUP : DOM_TAG_OTHER);
    else if (parser_current_is(parser, DOM_OPTION))
        parser_pop(parser);
    return start_other(parser);
}

static bool start_selectedcontent(html_parser *parser)
{
    dom_node **selected;

    start_other(parser);
    if (!parser_current_is(parser, DOM_SELECTEDCONTENT))
        return false;
    selected = parser_grow(parser, parser->selected, parser->selected_count,
                           &parser->selected_capacity, sizeof(dom_node *));
    if (selected) {
        parser->selected = selected;
        selected[parser->selected_count++] = parser_current(parser);
    }
    return false;
}

static bool start_ruby_text(html_parser *parser)
{
    if (parser_in_scope(parser, DOM_RUBY, IN_SCOPE))
        parser_generate_implied_end_tags(parser, TAG(RP) || TAG(RT) ? DOM_RTC : DOM_TAG_OTHER);
    parser_insert_element(parser);
    return false;
}

static bool start_foreign(html_parser *parser)
{
    dom_space space = TAG(SVG) ? SPACE_SVG : SPACE_MATHML;

    parser_reconstruct_formatting(parser);
    parser_adjust_foreign(parser, space);
    parser_insert_foreign(parser, space);
    return false;
}

/* ------------------------------------------------------------ html, body, frameset again */

static bool has_attribute(const dom_attributes *attributes, nc_bytes name)
{
    for (size_t i = 0; attributes && i < attributes->count; i++)
        if (nc_same(attributes->items[i].key, name))
            return true;
    return false;
}

/* A second <html> or <body> adds the attributes that the first does not have. */
static void merge_attributes(html_parser *parser, dom_node *element)
{
    const html_token *token = &parser->token;
    const dom_attributes *old = element->attributes;
    size_t count = old ? old->count : 0, most = count + token->attribute_count;
    dom_attributes *merged;

    if (!token->attribute_count || most > 256) /* nobody means more, and each is looked for */
        return;
    merged = nc_alloc(parser->job, sizeof(*merged) + most * sizeof(nc_pair));
    if (!merged)
        return;
    merged->name = old ? old->name : token->name;
    if (count)
        memcpy(merged->items, old->items, count * sizeof(nc_pair));
    for (size_t i = 0; i < token->attribute_count; i++)
        if (!has_attribute(old, token->attributes[i].key))
            merged->items[count++] = token->attributes[i];
    merged->count = count;
    element->attributes = merged;
}

static bool start_html(html_parser *parser)
{
    if (!parser_topmost(parser, DOM_TEMPLATE) && parser->depth)
        merge_attributes(parser, parser->stack[0].node);
    return false;
}

static bool second_is_body(const html_parser *parser)
{
    return parser->depth > 1 && parser->stack[1].node->tag == DOM_BODY &&
           parser->stack[1].node->space == SPACE_HTML;
}

static bool start_body(html_parser *parser)
{
    if (!second_is_body(parser) || parser_topmost(parser, DOM_TEMPLATE))
        return false;
    parser->frameset_ok = false;
    merge_attributes(parser, parser->stack[1].node);
    return false;
}

static bool start_frameset(html_parser *parser)
{
    if (!second_is_body(parser) || !parser->frameset_ok)
        return false;
    parser_detach(parser->stack[1].node);
    while (parser->depth > 1)
        parser_pop(parser);
    parser_insert_pushed(parser);
    parser->mode = MODE_IN_FRAMESET;
    return false;
}

/* ------------------------------------------------------------ the table */

static parser_handler *const starts[DOM_TAG_COUNT] = {
    [DOM_HTML] = start_html,
    [DOM_BODY] = start_body,
    [DOM_FRAMESET] = start_frameset,
    [DOM_ADDRESS] = start_block,
    [DOM_ARTICLE] = start_block,
    [DOM_ASIDE] = start_block,
    [DOM_BLOCKQUOTE] = start_block,
    [DOM_CENTER] = start_block,
    [DOM_DETAILS] = start_block,
    [DOM_DIALOG] = start_block,
    [DOM_DIR] = start_block,
    [DOM_DIV] = start_block,
    [DOM_DL] = start_block,
    [DOM_FIELDSET] = start_block,
    [DOM_FIGCAPTION] = start_block,
    [DOM_FIGURE] = start_block,
    [DOM_FOOTER] = start_block,
    [DOM_HEADER] = start_block,
    [DOM_HGROUP] = start_block,
    [DOM_MAIN] = start_block,
    [DOM_MENU] = start_block,
    [DOM_NAV] = start_block,
    [DOM_OL] = start_block,
    [DOM_P] = start_block,
    [DOM_SEARCH] = start_block,
    [DOM_SECTION] = start_block,
    [DOM_SUMMARY] = start_block,
    [DOM_UL] = start_block,
    [DOM_H1] = start_heading,
    [DOM_H2] = start_heading,
    [DOM_H3] = start_heading,
    [DOM_H4] = start_heading,
    [DOM_H5] = start_heading,
    [DOM_H6] = start_heading,
    [DOM_PRE] = start_pre,
    [DOM_LISTING] = start_pre,
    [DOM_FORM] = start_form,
    [DOM_LI] = start_item,
    [DOM_DD] = start_item,
    [DOM_DT] = start_item,
    [DOM_PLAINTEXT] = start_plaintext,
    [DOM_BUTTON] = start_button,
    [DOM_A] = start_a,
    [DOM_B] = start_formatting,
    [DOM_BIG] = start_formatting,
    [DOM_CODE] = start_formatting,
    [DOM_EM] = start_formatting,
    [DOM_FONT] = start_formatting,
    [DOM_I] = start_formatting,
    [DOM_S] = start_formatting,
    [DOM_SMALL] = start_formatting,
    [DOM_STRIKE] = start_formatting,
    [DOM_STRONG] = start_formatting,
    [DOM_TT] = start_formatting,
    [DOM_U] = start_formatting,
    [DOM_NOBR] = start_nobr,
    [DOM_APPLET] = start_object,
    [DOM_MARQUEE] = start_object,
    [DOM_OBJECT] = start_object,
    [DOM_TABLE] = start_table,
    [DOM_AREA] = start_void,
    [DOM_BR] = start_void,
    [DOM_EMBED] = start_void,
    [DOM_IMG] = start_void,
    [DOM_KEYGEN] = start_void,
    [DOM_WBR] = start_void,
    [DOM_INPUT] = start_input,
    [DOM_PARAM] = start_param,
    [DOM_SOURCE] = start_param,
    [DOM_TRACK] = start_param,
    [DOM_HR] = start_hr,
    [DOM_IMAGE] = start_image,
    [DOM_TEXTAREA] = start_textarea,
    [DOM_XMP] = start_xmp,
    [DOM_IFRAME] = start_iframe,
    [DOM_NOEMBED] = start_noembed,
    [DOM_NOSCRIPT] = start_noscript,
    [DOM_SELECT] = start_select,
    [DOM_SELECTEDCONTENT] = start_selectedcontent,
    [DOM_OPTION] = start_option,
    [DOM_OPTGROUP] = start_option,
    [DOM_RB] = start_ruby_text,
    [DOM_RTC] = start_ruby_text,
    [DOM_RP] = start_ruby_text,
    [DOM_RT] = start_ruby_text,
    [DOM_MATH] = start_foreign,
    [DOM_SVG] = start_foreign,
    [DOM_CAPTION] = parser_ignore,
    [DOM_COL] = parser_ignore,
    [DOM_COLGROUP] = parser_ignore,
    [DOM_FRAME] = parser_ignore,
    [DOM_HEAD] = parser_ignore,
    [DOM_TBODY] = parser_ignore,
    [DOM_TD] = parser_ignore,
    [DOM_TFOOT] = parser_ignore,
    [DOM_TH] = parser_ignore,
    [DOM_THEAD] = parser_ignore,
    [DOM_TR] = parser_ignore,
};

static bool body_start(html_parser *parser)
{
    uint16_t tag = parser->token.tag;

    if (tag < DOM_TAG_COUNT && starts[tag])
        return starts[tag](parser);
    return parser_is_head_content(parser) ? parser_use_head(parser) : start_other(parser);
}

static bool body_eof(html_parser *parser)
{
    return parser->template_count ? parser_use_template(parser) : parser_stop(parser);
}

const html_mode_handlers parser_mode_in_body = { {
    [TOKEN_SPACE] = body_text,
    [TOKEN_TEXT] = body_text,
    [TOKEN_COMMENT] = parser_comment_here,
    [TOKEN_DOCTYPE] = parser_ignore,
    [TOKEN_START] = body_start,
    [TOKEN_END] = parser_end_in_body,
    [TOKEN_EOF] = body_eof,
} };
