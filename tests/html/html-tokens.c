/* SPDX-License-Identifier: MIT */
/* html-tokens: a line of JSON in, [content, last start tag, text]; a line of JSON out, the tokens
 * that the tokenizer makes of the text, in the form of the html5lib tests. tests/html/tokenizer.py
 * asks and compares. */
#include "core/input.h"
#include "core/json.h"
#include "plugins/html/parser/parser.h"

#include <stdio.h>

static void put_string_or_null(nc_buf *out, nc_bytes text, bool there)
{
    if (there)
        nc_json_put_string(out, text);
    else
        NC_PUT(out, "null");
}

static void put_attributes(nc_buf *out, const html_token *token)
{
    NC_PUT(out, ",{");
    for (size_t i = 0; i < token->attribute_count; i++) {
        if (i)
            NC_PUT(out, ",");
        nc_json_put_string(out, token->attributes[i].key);
        NC_PUT(out, ":");
        nc_json_put_string(out, token->attributes[i].value);
    }
    NC_PUT(out, "}");
    if (token->self_closing)
        NC_PUT(out, ",true");
}

static void put_token(nc_buf *out, const html_token *token)
{
    static const char *const names[] = { [TOKEN_TEXT] = "Character",
                                         [TOKEN_START] = "StartTag",
                                         [TOKEN_END] = "EndTag",
                                         [TOKEN_COMMENT] = "Comment",
                                         [TOKEN_DOCTYPE] = "DOCTYPE" };

    NC_PUT(out, "[");
    nc_json_put_string(out, nc_string(names[token->kind]));
    NC_PUT(out, ",");
    if (token->kind == TOKEN_DOCTYPE) {
        put_string_or_null(out, token->name, token->name.len);
        NC_PUT(out, ",");
        put_string_or_null(out, token->public_id, token->public_id.ptr);
        NC_PUT(out, ",");
        put_string_or_null(out, token->system_id, token->system_id.ptr);
        nc_put(out, token->force_quirks ? NC_LITERAL(",false") : NC_LITERAL(",true"));
    } else {
        bool is_tag = token->kind == TOKEN_START || token->kind == TOKEN_END;

        nc_json_put_string(out, is_tag ? token->name : token->text);
        if (token->kind == TOKEN_START)
            put_attributes(out, token);
    }
    NC_PUT(out, "]");
}

static void tokenize(html_parser *parser, nc_buf *out)
{
    bool first = true;

    NC_PUT(out, "[");
    for (;;) {
        parser_next_token(parser);
        if (parser->token.kind == TOKEN_EOF || nc_job_status(parser->job))
            break;
        if (parser->token.kind == TOKEN_TEXT && !parser->token.text.len)
            continue;
        if (!first)
            NC_PUT(out, ",");
        first = false;
        put_token(out, &parser->token);
    }
    NC_PUT(out, "]\n");
}

static nc_bytes next_string(nc_json *json)
{
    nc_json_next(json);
    return nc_copy(json->job, json->text);
}

static void answer(nc_job *job, nc_bytes line, nc_buf *out)
{
    static const char *const contents[] = { "Data", "RCDATA", "RAWTEXT", "Script", "PLAINTEXT" };
    dom_node foreign = { .kind = DOM_ELEMENT, .space = SPACE_SVG };
    html_parser parser = { .job = job, .keep_comments = true, .most_depth = 100 };
    nc_json json;
    nc_bytes content, last;

    nc_json_open(&json, job, line, 10);
    nc_json_next(&json);
    content = next_string(&json);
    last = next_string(&json);
    parser.last_start = parser_tag_number(&parser, last);
    parser.in = next_string(&json);
    for (size_t i = 0; i < 5; i++)
        if (nc_is(content, contents[i]))
            parser.content = (html_content)i;
    if (nc_is(content, "CDATA"))
        parser_push(&parser, &foreign);
    tokenize(&parser, out);
}

int main(void)
{
    nc_bytes lines;
    nc_buf out;
    nc_job job;
    bool failed;

    nc_job_open(&job, NULL);
    nc_buf_open(&out, &job);
    if (nc_input_load(&job, NULL, &lines) == NC_OK)
        while (lines.len && !job.status) {
            const char *end = memchr(lines.ptr, '\n', lines.len);
            size_t length = end ? (size_t)(end - lines.ptr) : lines.len;

            answer(&job, (nc_bytes){ lines.ptr, length }, &out);
            length += end != NULL;
            lines = (nc_bytes){ lines.ptr + length, lines.len - length };
        }
    fwrite(out.ptr, 1, out.len, stdout);
    failed = job.status != NC_OK;
    nc_buf_close(&out);
    nc_job_close(&job);
    return failed;
}
