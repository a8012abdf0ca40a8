/* SPDX-License-Identifier: MIT */
/* Tree construction up to the body: HTML, 13.2.6.4.1 to 13.2.6.4.6. */
#include "plugins/html/parser/parser.h"

#include <strings.h>

#define TAG(id) (parser->token.tag == DOM_##id)

/* ------------------------------------------------------------ quirks: 13.2.6.4.1 */

static const char *const quirky_prefixes[] = {
    "+//silmaril//dtd html pro v0r11 19970101//",
    "-//as//dtd html 3.0 aswedit + extensions//",
    "-//advasoft ltd//dtd html 3.0 aswedit + extensions//",
    "-//ietf//dtd html 2.0 level 1//",
    "-//ietf//dtd html 2.0 level 2//",
    "-//ietf//dtd html 2.0 strict level 1//",
    "-//ietf//dtd html 2.0 strict level 2//",
    "-//ietf//dtd html 2.0 strict//",
    "-//ietf//dtd html 2.0//",
    "-//ietf//dtd html 2.1e//",
    "-//ietf//dtd html 3.0//",
    "-//ietf//dtd html 3.2 final//",
    "-//ietf//dtd html 3.2//",
    "-//ietf//dtd html 3//",
    "-//ietf//dtd html level 0//",
    "-//ietf//dtd html level 1//",
    "-//ietf//dtd html level 2//",
    "-//ietf//dtd html level 3//",
    "-//ietf//dtd html strict level 0//",
    "-//ietf//dtd html strict level 1//",
    "-//ietf//dtd html strict level 2//",
    "-//ietf//dtd html strict level 3//",
    "-//ietf//dtd html strict//",
    "-//ietf//dtd html//",
    "-//metrius//dtd metrius presentational//",
    "-//microsoft//dtd internet explorer 2.0 html strict//",
    "-//microsoft//dtd internet explorer 2.0 html//",
    "-//microsoft//dtd internet explorer 2.0 tables//",
    "-//microsoft//dtd internet explorer 3.0 html strict//",
    "-//microsoft//dtd internet explorer 3.0 html//",
    "-//microsoft//dtd internet explorer 3.0 tables//",
    "-//netscape comm. corp.//dtd html//",
    "-//netscape comm. corp.//dtd strict html//",
    "-//o'reilly and associates//dtd html 2.0//",
    "-//o'reilly and associates//dtd html extended 1.0//",
    "-//o'reilly and associates//dtd html extended relaxed 1.0//",
    "-//sq//dtd html 2.0 hotmetal + extensions//",
    "-//softquad software//dtd hotmetal pro 6.0::19990601::extensions to html 4.0//",
    "-//softquad//dtd hotmetal pro 4.0::19971010::extensions to html 4.0//",
    "-//spyglass//dtd html 2.0 extended//",
    "-//sun microsystems corp.//dtd hotjava html//",
    "-//sun microsystems corp.//dtd hotjava strict html//",
    "-//w3c//dtd html 3 1995-03-24//",
    "-//w3c//dtd html 3.2 draft//",
    "-//w3c//dtd html 3.2 final//",
    "-//w3c//dtd html 3.2//",
    "-//w3c//dtd html 3.2s draft//",
    "-//w3c//dtd html 4.0 frameset//",
    "-//w3c//dtd html 4.0 transitional//",
    "-//w3c//dtd html experimental 19960712//",
    "-//w3c//dtd html experimental 970421//",
    "-//w3c//dtd w3 html//",
    "-//w3o//dtd w3 html 3.0//",
    "-//webtechs//dtd mozilla html 2.0//",
    "-//webtechs//dtd mozilla html//",
};

static bool begins_with(nc_bytes text, const char *prefix)
{
    size_t length = strlen(prefix);

    return text.ptr && text.len >= length && strncasecmp(text.ptr, prefix, length) == 0;
}

static bool equals(nc_bytes text, const char *word)
{
    return text.len == strlen(word) && begins_with(text, word);
}

static bool is_quirky(const html_token *token)
{
    nc_bytes id = token->public_id;

    if (token->force_quirks || !nc_is(token->name, "html") ||
        equals(id, "-//w3o//dtd w3 html strict 3.0//en//") ||
        equals(id, "-/w3c/dtd html 4.0 transitional/en") || equals(id, "html") ||
        equals(token->system_id, "http://www.ibm.com/data/dtd/v11/ibmxhtml1-transitional.dtd"))
        return true;
    for (size_t i = 0; i < sizeof(quirky_prefixes) / sizeof(quirky_prefixes[0]); i++)
        if (begins_with(id, quirky_prefixes[i]))
            return true;
    return !token->system_id.ptr && (begins_with(id, "-//w3c//dtd html 4.01 frameset//") ||
                                     begins_with(id, "-//w3c//dtd html 4.01 transitional//"));
}

/* The node keeps name, public and system identifier as attributes. */
static void insert_doctype(html_parser *parser)
{
    const html_token *token = &parser->token;
    dom_node *node = parser_node_new(parser, DOM_DOCTYPE);
    dom_attributes *parts = nc_alloc(parser->job, sizeof(*parts) + 2 * sizeof(nc_pair));

    if (!node || !parts)
        return;
    parts->name = token->name;
    parts->count = 2;
    parts->items[0] = (nc_pair){ NC_LITERAL("public"), token->public_id };
    parts->items[1] = (nc_pair){ NC_LITERAL("system"), token->system_id };
    node->attributes = parts;
    parser_append(parser->document, node);
}

/* ------------------------------------------------------------ initial, before html */

static bool initial_doctype(html_parser *parser)
{
    if (parser->keep_comments)
        insert_doctype(parser);
    parser->quirks = is_quirky(&parser->token);
    parser->mode = MODE_BEFORE_HTML;
    return false;
}

static bool initial_else(html_parser *parser)
{
    parser->quirks = true;
    parser->mode = MODE_BEFORE_HTML;
    return true;
}

const html_mode_handlers parser_mode_initial = { {
    [TOKEN_SPACE] = parser_ignore,
    [TOKEN_COMMENT] = parser_comment_on_document,
    [TOKEN_DOCTYPE] = initial_doctype,
    [TOKEN_TEXT] = initial_else,
    [TOKEN_START] = initial_else,
    [TOKEN_END] = initial_else,
    [TOKEN_EOF] = initial_else,
} };

static bool before_html_else(html_parser *parser)
{
    parser_insert_implied(parser, DOM_HTML);
    parser->mode = MODE_BEFORE_HEAD;
    return true;
}

static bool before_html_start(html_parser *parser)
{
    dom_node *node;

    if (!TAG(HTML))
        return before_html_else(parser);
    node = parser_create_element(parser, SPACE_HTML);
    if (node)
        node->flags |= DOM_UNENDED;
    parser_append(parser->document, node);
    parser_push(parser, node);
    parser->mode = MODE_BEFORE_HEAD;
    return false;
}

/* End tags that act as if they stood in the body. */
static bool is_bold_end(const html_parser *parser)
{
    return TAG(HEAD) || TAG(BODY) || TAG(HTML) || TAG(BR);
}

static bool before_html_end(html_parser *parser)
{
    return is_bold_end(parser) && before_html_else(parser);
}

const html_mode_handlers parser_mode_before_html = { {
    [TOKEN_SPACE] = parser_ignore,
    [TOKEN_COMMENT] = parser_comment_on_document,
    [TOKEN_DOCTYPE] = parser_ignore,
    [TOKEN_TEXT] = before_html_else,
    [TOKEN_START] = before_html_start,
    [TOKEN_END] = before_html_end,
    [TOKEN_EOF] = before_html_else,
} };

/* ------------------------------------------------------------ before head */

static bool before_head_else(html_parser *parser)
{
    parser_insert_implied(parser, DOM_HEAD);
    parser->head = parser_current(parser);
    parser->mode = MODE_IN_HEAD;
    return true;
}

static bool before_head_start(html_parser *parser)
{
    if (TAG(HTML))
        return parser_use_body(parser);
    if (!TAG(HEAD))
        return before_head_else(parser);
    parser_insert_pushed(parser);
    parser->head = parser_current(parser);
    parser->mode = MODE_IN_HEAD;
    return false;
}

static bool before_head_end(html_parser *parser)
{
    return is_bold_end(parser) && before_head_else(parser);
}

const html_mode_handlers parser_mode_before_head = { {
    [TOKEN_SPACE] = parser_ignore,
    [TOKEN_COMMENT] = parser_comment_here,
    [TOKEN_DOCTYPE] = parser_ignore,
    [TOKEN_TEXT] = before_head_else,
    [TOKEN_START] = before_head_start,
    [TOKEN_END] = before_head_end,
    [TOKEN_EOF] = before_head_else,
} };

/* ------------------------------------------------------------ in head */

static bool in_head_else(html_parser *parser)
{
    parser_pop(parser);
    parser->mode = MODE_AFTER_HEAD;
    return true;
}

static void start_template(html_parser *parser)
{
    if (parser->depth >= parser->most_depth)
        return; /* too deep: its content stands where it is */
    parser_insert_pushed(parser);
    parser_push_marker(parser);
    parser->frameset_ok = false;
    parser->mode = MODE_IN_TEMPLATE;
    parser_push_template_mode(parser, MODE_IN_TEMPLATE);
}

static bool in_head_start(html_parser *parser)
{
    switch (parser->token.tag) {
    case DOM_HTML: return parser_use_body(parser);
    case DOM_BASE:
    case DOM_BASEFONT:
    case DOM_BGSOUND:
    case DOM_LINK:
    case DOM_META: parser_insert_void(parser); return false;
    case DOM_TITLE: parser_insert_raw(parser, HTML_RCDATA); return false;
    case DOM_STYLE:
    case DOM_NOFRAMES: parser_insert_raw(parser, HTML_RAWTEXT); return false;
    case DOM_SCRIPT: parser_insert_raw(parser, HTML_SCRIPT); return false;
    case DOM_TEMPLATE: start_template(parser); return false;
    case DOM_HEAD: return false;
    case DOM_NOSCRIPT:
        if (parser->scripting || parser->quiet_head) {
            parser_insert_raw(parser, HTML_RAWTEXT);
        } else {
            parser_insert_pushed(parser);
            parser->mode = MODE_IN_HEAD_NOSCRIPT;
        }
        return false;
    default: return in_head_else(parser);
    }
}

static bool end_template(html_parser *parser)
{
    if (!parser_topmost(parser, DOM_TEMPLATE))
        return false;
    parser_generate_all_implied_end_tags(parser);
    parser_pop_until(parser, DOM_TEMPLATE);
    parser_clear_to_marker(parser);
    parser->template_count -= parser->template_count > 0;
    parser_reset_mode(parser);
    return false;
}

static bool in_head_end(html_parser *parser)
{
    if (TAG(HEAD)) {
        parser_pop_until(parser, DOM_HEAD);
        parser->mode = MODE_AFTER_HEAD;
        return false;
    }
    if (TAG(BODY) || TAG(HTML) || TAG(BR))
        return in_head_else(parser);
    return TAG(TEMPLATE) && end_template(parser);
}

const html_mode_handlers parser_mode_in_head = { {
    [TOKEN_SPACE] = parser_insert_space,
    [TOKEN_COMMENT] = parser_comment_here,
    [TOKEN_DOCTYPE] = parser_ignore,
    [TOKEN_TEXT] = in_head_else,
    [TOKEN_START] = in_head_start,
    [TOKEN_END] = in_head_end,
    [TOKEN_EOF] = in_head_else,
} };

/* ------------------------------------------------------------ in head noscript */

static bool noscript_else(html_parser *parser)
{
    parser_pop(parser);
    parser->mode = MODE_IN_HEAD;
    return true;
}

static bool noscript_start(html_parser *parser)
{
    switch (parser->token.tag) {
    case DOM_HTML: return parser_use_body(parser);
    case DOM_BASEFONT:
    case DOM_BGSOUND:
    case DOM_LINK:
    case DOM_META:
    case DOM_NOFRAMES:
    case DOM_STYLE: return parser_use_head(parser);
    case DOM_HEAD:
    case DOM_NOSCRIPT: return false;
    default: return noscript_else(parser);
    }
}

static bool noscript_end(html_parser *parser)
{
    if (TAG(NOSCRIPT)) {
        parser_pop_until(parser, DOM_NOSCRIPT);
        parser->mode = MODE_IN_HEAD;
        return false;
    }
    return TAG(BR) && noscript_else(parser);
}

const html_mode_handlers parser_mode_in_head_noscript = { {
    [TOKEN_SPACE] = parser_use_head,
    [TOKEN_COMMENT] = parser_use_head,
    [TOKEN_DOCTYPE] = parser_ignore,
    [TOKEN_TEXT] = noscript_else,
    [TOKEN_START] = noscript_start,
    [TOKEN_END] = noscript_end,
    [TOKEN_EOF] = noscript_else,
} };

/* ------------------------------------------------------------ after head */

static bool after_head_else(html_parser *parser)
{
    parser_insert_implied(parser, DOM_BODY);
    parser->mode = MODE_IN_BODY;
    return true;
}

/* What belongs into the head goes there although it has been left. */
static bool back_into_head(html_parser *parser)
{
    dom_node *head = parser->head;
    bool again;

    parser_push(parser, head);
    again = parser_use_head(parser);
    if (head)
        parser_remove_entry(parser, head);
    return again;
}

static bool after_head_start(html_parser *parser)
{
    switch (parser->token.tag) {
    case DOM_HTML: return parser_use_body(parser);
    case DOM_BODY:
        parser_insert_pushed(parser);
        parser->frameset_ok = false;
        parser->mode = MODE_IN_BODY;
        return false;
    case DOM_FRAMESET:
        parser_insert_pushed(parser);
        parser->mode = MODE_IN_FRAMESET;
        return false;
    case DOM_HEAD: return false;
    default:
        return parser_is_head_content(parser) ? back_into_head(parser) : after_head_else(parser);
    }
}

static bool after_head_end(html_parser *parser)
{
    if (TAG(TEMPLATE))
        return parser_use_head(parser);
    return (TAG(BODY) || TAG(HTML) || TAG(BR)) && after_head_else(parser);
}

const html_mode_handlers parser_mode_after_head = { {
    [TOKEN_SPACE] = parser_insert_space,
    [TOKEN_COMMENT] = parser_comment_here,
    [TOKEN_DOCTYPE] = parser_ignore,
    [TOKEN_TEXT] = after_head_else,
    [TOKEN_START] = after_head_start,
    [TOKEN_END] = after_head_end,
    [TOKEN_EOF] = after_head_else,
} };
