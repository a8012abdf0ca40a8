/* SPDX-License-Identifier: MIT */
/* The tokenizer: HTML, 13.2.5. Its states are the places in these functions. */
#include "plugins/html/parser/parser.h"

static bool is_letter(char c)
{
    return (c | 32) >= 'a' && (c | 32) <= 'z';
}

/* Whether the bytes at `at` are `word` (in lower case) in any case. */
static bool looking_at(const html_parser *parser, size_t at, nc_bytes word)
{
    if (at > parser->in.len || parser->in.len - at < word.len)
        return false;
    for (size_t i = 0; i < word.len; i++) {
        char c = parser->in.ptr[at + i];

        if ((c >= 'A' && c <= 'Z' ? c + 32 : c) != word.ptr[i])
            return false;
    }
    return true;
}

static void emit(html_parser *parser, html_token_kind kind)
{
    parser->token.kind = kind;
    parser->token.end = parser->at < parser->in.len ? parser->at : parser->in.len;
}

static void emit_text(html_parser *parser, size_t from, bool special, bool references)
{
    nc_bytes raw = { parser->in.ptr + from, parser->at - from };

    parser->token.text = special ? parser_resolve(parser, raw, false, references) : raw;
    emit(parser, TOKEN_TEXT);
}

/* ------------------------------------------------------------ comments, doctypes, CDATA */

static void emit_comment(html_parser *parser, size_t from, size_t to)
{
    nc_bytes raw = { parser->in.ptr + from, to - from };
    html_content content = parser->content;

    parser->content = HTML_RAWTEXT; /* NUL becomes U+FFFD */
    parser->token.text = parser->keep_comments ? parser_resolve(parser, raw, false, false) : raw;
    parser->content = content;
    emit(parser, TOKEN_COMMENT);
}

static void read_bogus_comment(html_parser *parser, size_t from)
{
    const char *end =
        from < parser->in.len ? memchr(parser->in.ptr + from, '>', parser->in.len - from) : NULL;
    size_t to = end ? (size_t)(end - parser->in.ptr) : parser->in.len;

    parser->at = end ? to + 1 : to;
    emit_comment(parser, from, to);
}

/* The input ended in the comment: what might have become its end is not part of it. */
static size_t unfinished_comment_end(const char *text, size_t from, size_t length)
{
    static const nc_bytes tails[] = { NC_LITERAL_INIT("--!"), NC_LITERAL_INIT("--"),
                                      NC_LITERAL_INIT("-") };

    for (size_t i = 0; i < sizeof(tails) / sizeof(tails[0]); i++)
        if (length - from >= tails[i].len &&
            memcmp(text + length - tails[i].len, tails[i].ptr, tails[i].len) == 0)
            return length - tails[i].len;
    return length;
}

/* Where a comment whose text begins at `from` ends: "-->" and "--!>" end it, and at its very start
 * ">" and "->". 13.2.5.43 to 13.2.5.51. */
static size_t comment_end(const html_parser *parser, size_t from, size_t *after)
{
    const char *text = parser->in.ptr;
    size_t length = parser->in.len, at = from;

    for (size_t skip = 0; skip < 2; skip++)
        if (from + skip < length && text[from + skip] == '>' && (!skip || text[from] == '-')) {
            *after = from + skip + 1;
            return from;
        }
    while (at < length) {
        const char *dash = memchr(text + at, '-', length - at);

        if (!dash)
            break;
        at = (size_t)(dash - text);
        if (at + 2 < length && text[at + 1] == '-' && text[at + 2] == '>') {
            *after = at + 3;
            return at;
        }
        if (at + 3 < length && text[at + 1] == '-' && text[at + 2] == '!' && text[at + 3] == '>') {
            *after = at + 4;
            return at;
        }
        at++;
    }
    *after = length;
    return unfinished_comment_end(text, from, length);
}

static void read_comment(html_parser *parser)
{
    size_t from = parser->at + 4, after, to;

    if (from > parser->in.len)
        from = parser->in.len;
    to = comment_end(parser, from, &after);
    parser->at = after;
    emit_comment(parser, from, to);
}

static void skip_space(html_parser *parser)
{
    while (parser->at < parser->in.len && parser_is_space(parser->in.ptr[parser->at]))
        parser->at++;
}

/* A quoted identifier of a DOCTYPE; false if none is there. '>' ends it early. */
static bool read_identifier(html_parser *parser, nc_bytes *identifier)
{
    char quote = parser->at < parser->in.len ? parser->in.ptr[parser->at] : 0;
    size_t from = parser->at + 1;

    if (quote != '"' && quote != '\'')
        return false;
    for (parser->at++; parser->at < parser->in.len; parser->at++)
        if (parser->in.ptr[parser->at] == quote || parser->in.ptr[parser->at] == '>')
            break;
    *identifier =
        parser_resolve(parser, (nc_bytes){ parser->in.ptr + from, parser->at - from }, true, false);
    if (parser->at < parser->in.len && parser->in.ptr[parser->at] == quote)
        parser->at++;
    else
        parser->token.force_quirks = true;
    return true;
}

/* What follows the name of a DOCTYPE: 13.2.5.56 to 13.2.5.67. True: something that does not belong
 * there follows, behind which the end of the input is no fault any more. */
static bool read_identifiers(html_parser *parser)
{
    html_token *token = &parser->token;
    bool is_public = looking_at(parser, parser->at, NC_LITERAL("public"));

    if (!is_public && !looking_at(parser, parser->at, NC_LITERAL("system"))) {
        token->force_quirks = true;
        return true;
    }
    parser->at += 6;
    skip_space(parser);
    if (!read_identifier(parser, is_public ? &token->public_id : &token->system_id)) {
        token->force_quirks = true;
        return true;
    }
    skip_space(parser);
    if (is_public && !token->force_quirks && parser->at < parser->in.len &&
        parser->in.ptr[parser->at] != '>') {
        if (!read_identifier(parser, &token->system_id)) {
            token->force_quirks = true;
            return true;
        }
        skip_space(parser);
    }
    return token->system_id.ptr && parser->at < parser->in.len;
}

static void read_doctype(html_parser *parser)
{
    html_token *token = &parser->token;
    const char *end;
    bool bogus = false;
    size_t from;

    parser->at += 9;
    skip_space(parser);
    for (from = parser->at; parser->at < parser->in.len; parser->at++)
        if (parser_is_space(parser->in.ptr[parser->at]) || parser->in.ptr[parser->at] == '>')
            break;
    token->name = parser_lower(parser, (nc_bytes){ parser->in.ptr + from, parser->at - from });
    token->force_quirks = !token->name.len;
    skip_space(parser);
    if (parser->at < parser->in.len && parser->in.ptr[parser->at] != '>' && token->name.len)
        bogus = read_identifiers(parser);
    end = parser->at < parser->in.len
              ? memchr(parser->in.ptr + parser->at, '>', parser->in.len - parser->at)
              : NULL;
    if (!end && !bogus)
        token->force_quirks = true;
    parser->at = end ? (size_t)(end - parser->in.ptr) + 1 : parser->in.len;
    emit(parser, TOKEN_DOCTYPE);
}

static bool in_foreign(const html_parser *parser)
{
    const dom_node *node = parser_current(parser);

    if (parser->context && parser->depth == 1)
        node = parser->context;
    return node && node->space != SPACE_HTML;
}

static void read_cdata(html_parser *parser)
{
    size_t from = parser->at + 9;
    const char *end = memmem(parser->in.ptr + from, parser->in.len - from, "]]>", 3);
    size_t to = end ? (size_t)(end - parser->in.ptr) : parser->in.len;

    parser->at = to;
    emit_text(parser, from, true, false);
    parser->at = end ? to + 3 : to;
}

static void read_markup_declaration(html_parser *parser)
{
    if (looking_at(parser, parser->at, NC_LITERAL("<!--")))
        read_comment(parser);
    else if (looking_at(parser, parser->at, NC_LITERAL("<!doctype")))
        read_doctype(parser);
    else if (parser->in.len - parser->at >= 9 && in_foreign(parser) &&
             memcmp(parser->in.ptr + parser->at, "<![CDATA[", 9) == 0)
        read_cdata(parser);
    else
        read_bogus_comment(parser, parser->at + 2);
}

/* ------------------------------------------------------------ tags */

static void read_eof(html_parser *parser)
{
    parser->at = parser->in.len;
    emit(parser, TOKEN_EOF);
}

/* A tag whose name begins at `from`. A tag that the input ends in is no tag. */
static void read_tag(html_parser *parser, size_t from, html_token_kind kind)
{
    html_token *token = &parser->token;
    size_t at = from;

    while (at < parser->in.len) {
        char c = parser->in.ptr[at];

        if (c == '>' || c == '/' || parser_is_space(c))
            break;
        at++;
    }
    parser->at = at;
    token->name = parser_lower(parser, (nc_bytes){ parser->in.ptr + from, at - from });
    token->tag = parser_tag_number(parser, token->name);
    if (!parser_read_attributes(parser)) {
        read_eof(parser);
        return;
    }
    if (kind == TOKEN_START)
        parser->last_start = token->tag;
    emit(parser, kind);
}

/* ------------------------------------------------------------ raw text */

/* Whether an end tag of the element that is open stands at `at`. 13.2.5.11, 13.2.5.14, 13.2.5.17 */
static bool is_end_tag(const html_parser *parser, size_t at)
{
    nc_bytes name = parser->names[parser->last_start];
    size_t after = at + 2 + name.len;

    return at + 1 < parser->in.len && parser->in.ptr[at] == '<' && parser->in.ptr[at + 1] == '/' &&
           name.len && looking_at(parser, at + 2, name) && after < parser->in.len &&
           (parser_is_space(parser->in.ptr[after]) || parser->in.ptr[after] == '/' ||
            parser->in.ptr[after] == '>');
}

/* "<script" or "</script" followed by what ends a name, at `at`; where that is in *after. */
static bool is_script_tag(const html_parser *parser, size_t at, nc_bytes tag, size_t *after)
{
    char c;

    if (!looking_at(parser, at, tag) || at + tag.len >= parser->in.len)
        return false;
    c = parser->in.ptr[at + tag.len];
    if (!parser_is_space(c) && c != '/' && c != '>')
        return false;
    *after = at + tag.len + 1;
    return true;
}

/* Where a script ends: "</script" does, unless it is in "<!-- <script". 13.2.5.15 to 13.2.5.31 */
static size_t script_end(const html_parser *parser)
{
    const char *text = parser->in.ptr;
    size_t length = parser->in.len, at = parser->at;
    bool escaped = false, twice = false;

    while (at < length) {
        if (!escaped) {
            const char *next = memchr(text + at, '<', length - at);

            if (!next)
                return length;
            at = (size_t)(next - text);
            if (is_end_tag(parser, at))
                return at;
            escaped = looking_at(parser, at, NC_LITERAL("<!--"));
            at += escaped ? 2 : 1; /* "<!-->" ends at once: its dashes count twice */
        } else if (text[at] == '-' && looking_at(parser, at, NC_LITERAL("-->"))) {
            escaped = twice = false;
            at += 3;
        } else if (text[at] == '<') {
            size_t after = at + 1;

            if (!twice && is_end_tag(parser, at))
                return at;
            if (is_script_tag(parser, at, twice ? NC_LITERAL("</script") : NC_LITERAL("<script"),
                              &after))
                twice = !twice;
            at = after;
        } else {
            at++;
        }
    }
    return length;
}

static size_t raw_end(const html_parser *parser)
{
    size_t at = parser->at;

    for (;;) {
        const char *next =
            at < parser->in.len ? memchr(parser->in.ptr + at, '<', parser->in.len - at) : NULL;

        if (!next)
            return parser->in.len;
        at = (size_t)(next - parser->in.ptr);
        if (is_end_tag(parser, at))
            return at;
        at++;
    }
}

/* The content of an element that holds text alone, or the end tag behind it. */
static void read_raw(html_parser *parser)
{
    size_t from = parser->at;
    bool references = parser->content == HTML_RCDATA;

    if (parser->content != HTML_PLAINTEXT && is_end_tag(parser, parser->at)) {
        parser->content = HTML_DATA;
        read_tag(parser, parser->at + 2, TOKEN_END);
        return;
    }
    parser->at = parser->content == HTML_PLAINTEXT ? parser->in.len
                 : parser->content == HTML_SCRIPT  ? script_end(parser)
                                                   : raw_end(parser);
    if (parser->at == from)
        read_eof(parser);
    else
        emit_text(parser, from,
                  references || memchr(parser->in.ptr + from, '\r', parser->at - from) ||
                      memchr(parser->in.ptr + from, 0, parser->at - from),
                  references);
}

/* ------------------------------------------------------------ data */

/* Text up to the next '<' that begins something. */
static void read_text(html_parser *parser, size_t from)
{
    bool special = false;

    parser->at = parser_scan_to(parser, from, '<', &special);
    emit_text(parser, parser->token.offset, special, true);
}

void parser_next_token(html_parser *parser)
{
    const char *text = parser->in.ptr;
    size_t at = parser->at, left = parser->in.len - at;
    char next = left > 1 ? text[at + 1] : 0;

    parser->token = (html_token){ .offset = at };
    if (parser->content != HTML_DATA)
        read_raw(parser);
    else if (!left)
        read_eof(parser);
    else if (text[at] != '<')
        read_text(parser, at);
    else if (is_letter(next))
        read_tag(parser, at + 1, TOKEN_START);
    else if (next == '!')
        read_markup_declaration(parser);
    else if (next == '?')
        read_bogus_comment(parser, at + 1);
    else if (next != '/' || left == 2)
        read_text(parser, at + (next == '/' ? 2 : 1));
    else if (is_letter(text[at + 2]))
        read_tag(parser, at + 2, TOKEN_END);
    else if (text[at + 2] == '>') {
        parser->at = at + 3; /* nothing: an empty text */
        emit(parser, TOKEN_TEXT);
    } else {
        read_bogus_comment(parser, at + 2);
    }
}
