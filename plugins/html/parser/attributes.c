/* SPDX-License-Identifier: MIT */
/* The attributes of a tag: HTML, 13.2.5.32 to 13.2.5.40. */
#include "plugins/html/parser/parser.h"

/* From so many attributes on, a hash table finds those that come twice. */
enum { MANY_ATTRIBUTES = 16 };

static char peek(const html_parser *parser)
{
    return parser->at < parser->in.len ? parser->in.ptr[parser->at] : 0;
}

static bool at_end(const html_parser *parser)
{
    return parser->at >= parser->in.len;
}

static void skip_space(html_parser *parser)
{
    while (!at_end(parser) && parser_is_space(parser->in.ptr[parser->at]))
        parser->at++;
}

static nc_bytes slice(const html_parser *parser, size_t from)
{
    return (nc_bytes){ parser->in.ptr + from, parser->at - from };
}

static nc_bytes read_name(html_parser *parser)
{
    size_t from = parser->at++; /* whatever comes first belongs to it, '=' too */

    while (!at_end(parser)) {
        char c = parser->in.ptr[parser->at];

        if (parser_is_space(c) || c == '/' || c == '>' || c == '=')
            break;
        parser->at++;
    }
    return parser_lower(parser, slice(parser, from));
}

static nc_bytes read_quoted(html_parser *parser, char quote)
{
    size_t from = ++parser->at;
    bool special = false;
    nc_bytes value;

    parser->at = parser_scan_to(parser, from, quote, &special);
    value = slice(parser, from);
    if (!at_end(parser))
        parser->at++;
    else
        parser->at = parser->in.len + 1; /* the input ended in the value */
    return special ? parser_resolve(parser, value, true, true) : value;
}

static nc_bytes read_unquoted(html_parser *parser)
{
    size_t from = parser->at;
    bool special = false;
    nc_bytes value;

    for (; !at_end(parser); parser->at++) {
        char c = parser->in.ptr[parser->at];

        if (parser_is_space(c) || c == '>')
            break;
        special |= c == '&' || c == 0;
    }
    value = slice(parser, from);
    return special ? parser_resolve(parser, value, true, true) : value;
}

static nc_bytes read_value(html_parser *parser)
{
    skip_space(parser);
    if (at_end(parser) || peek(parser) == '>')
        return NC_LITERAL("");
    if (peek(parser) == '"' || peek(parser) == '\'')
        return read_quoted(parser, peek(parser));
    return read_unquoted(parser);
}

static uint32_t hash_name(nc_bytes name)
{
    uint32_t hash = 2166136261u; /* FNV-1a */

    for (size_t i = 0; i < name.len; i++)
        hash = (hash ^ (unsigned char)name.ptr[i]) * 16777619u;
    return hash;
}

/* Put the attribute number `index` into the table; false if its name is there already. */
static bool note_name(html_parser *parser, size_t index)
{
    size_t mask = parser->seen_capacity - 1;
    size_t at = hash_name(parser->attributes[index].key) & mask;

    for (; parser->seen_attributes[at]; at = (at + 1) & mask)
        if (nc_same(parser->attributes[parser->seen_attributes[at] - 1].key,
                    parser->attributes[index].key))
            return false;
    parser->seen_attributes[at] = (uint32_t)index + 1;
    return true;
}

/* Make the table twice as large as needed and note the first `count` attributes. */
static bool note_names(html_parser *parser, size_t count)
{
    size_t capacity = MANY_ATTRIBUTES * 4;

    while (capacity < count * 4)
        capacity *= 2;
    if (capacity > parser->seen_capacity) {
        parser->seen_attributes = nc_alloc(parser->job, capacity * sizeof(uint32_t));
        if (!parser->seen_attributes)
            return false;
        parser->seen_capacity = capacity;
    } else {
        memset(parser->seen_attributes, 0, parser->seen_capacity * sizeof(uint32_t));
    }
    for (size_t i = 0; i < count; i++)
        note_name(parser, i);
    return true;
}

/* Of two attributes of a name the first counts: 13.2.5.33. */
static bool is_duplicate(html_parser *parser, size_t count)
{
    nc_bytes name = parser->attributes[count].key;

    if (count >= MANY_ATTRIBUTES) {
        if ((count == MANY_ATTRIBUTES || count * 2 >= parser->seen_capacity) &&
            !note_names(parser, count))
            return true;
        return !note_name(parser, count);
    }
    for (size_t i = 0; i < count; i++)
        if (nc_same(parser->attributes[i].key, name))
            return true;
    return false;
}

static void read_attribute(html_parser *parser)
{
    html_token *token = &parser->token;
    nc_pair *attributes = parser_grow(parser, parser->attributes, token->attribute_count,
                                      &parser->attribute_capacity, sizeof(nc_pair));
    nc_pair *attribute;

    if (!attributes) {
        parser->at = parser->in.len + 1;
        return;
    }
    parser->attributes = token->attributes = attributes;
    attribute = &attributes[token->attribute_count];
    *attribute = (nc_pair){ read_name(parser), NC_LITERAL("") };
    skip_space(parser);
    if (!at_end(parser) && peek(parser) == '=') {
        parser->at++;
        attribute->value = read_value(parser);
    }
    if (!is_duplicate(parser, token->attribute_count))
        token->attribute_count++;
}

bool parser_read_attributes(html_parser *parser)
{
    parser->token.attributes = parser->attributes;
    while (!at_end(parser)) {
        char c = parser->in.ptr[parser->at];

        if (c == '>') {
            parser->at++;
            return true;
        }
        if (parser_is_space(c)) {
            parser->at++;
        } else if (c == '/') {
            parser->at++;
            parser->token.self_closing = !at_end(parser) && peek(parser) == '>';
        } else {
            read_attribute(parser);
        }
    }
    parser->at = parser->in.len;
    return false;
}
