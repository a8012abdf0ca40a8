/* SPDX-License-Identifier: MIT */
/* From tokens to the tree: the dispatcher, and parsing documents and fragments (HTML, 13.2.6,
 * 13.4). */
#include "plugins/html/parser/parser.h"

enum { DEEPEST = 60000, FEWEST_CLONES = 1024, BYTES_A_CLONE = 16 };

static const html_mode_handlers *const modes[MODE_COUNT] = {
    [MODE_INITIAL] = &parser_mode_initial,
    [MODE_BEFORE_HTML] = &parser_mode_before_html,
    [MODE_BEFORE_HEAD] = &parser_mode_before_head,
    [MODE_IN_HEAD] = &parser_mode_in_head,
    [MODE_IN_HEAD_NOSCRIPT] = &parser_mode_in_head_noscript,
    [MODE_AFTER_HEAD] = &parser_mode_after_head,
    [MODE_IN_BODY] = &parser_mode_in_body,
    [MODE_TEXT] = &parser_mode_text,
    [MODE_IN_TABLE] = &parser_mode_in_table,
    [MODE_IN_TABLE_TEXT] = &parser_mode_in_table_text,
    [MODE_IN_CAPTION] = &parser_mode_in_caption,
    [MODE_IN_COLUMN_GROUP] = &parser_mode_in_column_group,
    [MODE_IN_TABLE_BODY] = &parser_mode_in_table_body,
    [MODE_IN_ROW] = &parser_mode_in_row,
    [MODE_IN_CELL] = &parser_mode_in_cell,
    [MODE_IN_TEMPLATE] = &parser_mode_in_template,
    [MODE_AFTER_BODY] = &parser_mode_after_body,
    [MODE_IN_FRAMESET] = &parser_mode_in_frameset,
    [MODE_AFTER_FRAMESET] = &parser_mode_after_frameset,
    [MODE_AFTER_AFTER_BODY] = &parser_mode_after_after_body,
    [MODE_AFTER_AFTER_FRAMESET] = &parser_mode_after_after_frameset,
};

void parser_process(html_parser *parser)
{
    bool again = true;

    if (parser_is_foreign_token(parser)) {
        if (!parser_in_foreign(parser))
            return;
        again = parser_apply(parser, modes[parser->mode]); /* not the foreign rules again */
    }
    while (again && !nc_job_status(parser->job)) {
        parser->work++;
        if (parser_is_foreign_token(parser))
            again = parser_in_foreign(parser) && parser_apply(parser, modes[parser->mode]);
        else
            again = parser_apply(parser, modes[parser->mode]);
    }
}

/* Modes that take text as it comes; the others ask whether it is white space. */
static bool takes_any_text(const html_parser *parser)
{
    return parser->mode == MODE_IN_BODY || parser->mode == MODE_TEXT ||
           parser->mode == MODE_IN_TABLE_TEXT || parser->mode == MODE_IN_CELL ||
           parser->mode == MODE_IN_CAPTION;
}

/* Cut text into runs that are white space and runs that are not, until a mode takes all. */
static void process_text(html_parser *parser)
{
    html_token whole = parser->token;
    nc_bytes rest = whole.text;

    while (rest.len && !nc_job_status(parser->job)) {
        size_t length = 0;
        bool space = parser_is_space(rest.ptr[0]);

        if (takes_any_text(parser))
            length = rest.len;
        while (length < rest.len && parser_is_space(rest.ptr[length]) == space)
            length++;
        parser->token = whole;
        parser->token.kind = space && !takes_any_text(parser) ? TOKEN_SPACE : TOKEN_TEXT;
        parser->token.text = (nc_bytes){ rest.ptr, length };
        rest = (nc_bytes){ rest.ptr + length, rest.len - length };
        parser_process(parser);
    }
}

static void note_head(html_parser *parser)
{
    const html_token *token = &parser->token;

    if (token->tag == DOM_HEAD && token->kind == TOKEN_START)
        parser->in_written_head = true;
    else if ((token->tag == DOM_HEAD && token->kind == TOKEN_END) || token->tag == DOM_BODY)
        parser->in_written_head = false;
}

static void run(html_parser *parser)
{
    do {
        bool skip = parser->skip_line_feed;

        parser_next_token(parser);
        parser->skip_line_feed = false;
        if (parser->token.kind == TOKEN_TEXT) {
            nc_bytes *text = &parser->token.text;

            if (skip && text->len && text->ptr[0] == '\n')
                *text = (nc_bytes){ text->ptr + 1, text->len - 1 };
            if (!(parser->no_head_text && parser->in_written_head && parser->mode != MODE_TEXT))
                process_text(parser);
        } else {
            note_head(parser);
            parser_process(parser);
        }
    } while (parser->token.kind != TOKEN_EOF && !nc_job_status(parser->job));
}

/* ------------------------------------------------------------ fragments */

static html_content content_in(const html_parser *parser, dom_tag tag)
{
    switch (tag) {
    case DOM_TITLE:
    case DOM_TEXTAREA: return HTML_RCDATA;
    case DOM_STYLE:
    case DOM_XMP:
    case DOM_IFRAME:
    case DOM_NOEMBED:
    case DOM_NOFRAMES: return HTML_RAWTEXT;
    case DOM_SCRIPT: return HTML_SCRIPT;
    case DOM_NOSCRIPT: return parser->scripting ? HTML_RAWTEXT : HTML_DATA;
    case DOM_PLAINTEXT: return HTML_PLAINTEXT;
    default: return HTML_DATA;
    }
}

/* "td" or "svg path": the element that a fragment is parsed in. */
static dom_node *make_context(html_parser *parser, nc_bytes name)
{
    dom_space space = SPACE_HTML;
    dom_node *node = parser_node_new(parser, DOM_ELEMENT);

    if (name.len > 4 && memcmp(name.ptr, "svg ", 4) == 0)
        space = SPACE_SVG;
    else if (name.len > 5 && memcmp(name.ptr, "math ", 5) == 0)
        space = SPACE_MATHML;
    if (space != SPACE_HTML) {
        size_t skip = space == SPACE_SVG ? 4 : 5;

        name = (nc_bytes){ name.ptr + skip, name.len - skip };
    }
    if (node) {
        node->tag = parser_tag_number(parser, parser_lower(parser, name));
        node->space = space;
    }
    return node;
}

static void begin_fragment(html_parser *parser, nc_bytes name)
{
    parser->context = make_context(parser, name);
    parser_insert_implied(parser, DOM_HTML);
    if (!parser->context)
        return;
    if (parser->context->space == SPACE_HTML) {
        parser->content = content_in(parser, (dom_tag)parser->context->tag);
        if (parser->context->tag == DOM_TEMPLATE)
            parser_push_template_mode(parser, MODE_IN_TEMPLATE);
        if (parser->context->tag == DOM_FORM)
            parser->form = parser->context;
    }
    parser_reset_mode(parser);
}

dom_node *html_parse(nc_job *job, nc_bytes page, const html_parse_options *options)
{
    html_parser parser = { .job = job,
                           .in = page,
                           .pool = options->pool,
                           .scripting = options->scripting,
                           .keep_comments = options->comments,
                           .quiet_head = options->quiet_head,
                           .no_head_text = options->no_head_text,
                           .frameset_ok = true,
                           .most_depth = options->depth && options->depth < DEEPEST ? options->depth
                                                                                    : DEEPEST,
                           .clones_left = FEWEST_CLONES + page.len / BYTES_A_CLONE };

    if (page.len > UINT32_MAX - 1) {
        nc_fail(job, NC_ELIMIT, "a page larger than 4 GiB cannot be parsed");
        return NULL;
    }
    parser_tag_number(&parser, NC_LITERAL("html"));
    parser.document = parser_node_new(&parser, DOM_DOCUMENT);
    parser.unopened = nc_alloc(job, DOM_TAG_COUNT * sizeof(*parser.unopened));
    if (nc_job_status(job))
        return NULL;
    parser.document->text = page.ptr;
    parser.document->length = (uint32_t)page.len;
    if (options->context.len)
        begin_fragment(&parser, options->context);
    run(&parser);
    parser_fill_selected(&parser);
    if (options->work)
        *options->work = parser.work;
    return nc_job_status(job) ? NULL : parser.document;
}
