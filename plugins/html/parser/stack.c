/* SPDX-License-Identifier: MIT */
/* The stack of open elements. Each entry remembers what the topmost elements of each sort were
 * before it, so that questions of scope are comparisons of two numbers. */
#include "plugins/html/parser/parser.h"

static const uint16_t traits[DOM_TAG_COUNT] = {
#define DOM_TAG(id, name, content, sets) [DOM_##id] = sets,
#include "plugins/html/tags.def"
#undef DOM_TAG
};

enum { FOREIGN_POINT = SPECIAL | SCOPE };

bool parser_is_head_content(const html_parser *parser)
{
    uint16_t tag = parser->token.tag;

    return tag < DOM_TAG_COUNT && (traits[tag] & HEAD_CONTENT);
}

unsigned parser_traits(const dom_node *node)
{
    unsigned own = node->tag < DOM_TAG_COUNT ? traits[node->tag] : 0;

    if (node->space == SPACE_HTML)
        return own & (MATH_POINT - 1);
    return own & (node->space == SPACE_SVG ? SVG_POINT : MATH_POINT) ? FOREIGN_POINT : 0;
}

/* Equal tags are chained; those of foreign elements apart. */
static size_t chain_of(const dom_node *node)
{
    return (size_t)node->tag * 2 + (node->space != SPACE_HTML);
}

static bool make_room(html_parser *parser, size_t chain)
{
    html_entry *stack = parser_grow(parser, parser->stack, parser->depth, &parser->stack_capacity,
                                    sizeof(html_entry));

    if (!stack)
        return false;
    parser->stack = stack;
    if (chain >= parser->last_capacity) {
        size_t capacity = (chain + 1) * 2;
        uint16_t *last = nc_alloc(parser->job, capacity * sizeof(*last));

        if (!last)
            return false;
        if (parser->last_capacity)
            memcpy(last, parser->last, parser->last_capacity * sizeof(*last));
        parser->last = last;
        parser->last_capacity = capacity;
    }
    return true;
}

void parser_push(html_parser *parser, dom_node *node)
{
    size_t chain;
    unsigned sets;
    uint16_t index;

    if (!node || !make_room(parser, chain = chain_of(node)))
        return;
    sets = parser_traits(node);
    parser->work++;
    parser->stack[parser->depth] = (html_entry){ node, parser->last[chain], parser->tops };
    index = (uint16_t)++parser->depth;
    node->mark = index;
    parser->last[chain] = index;
    if (sets & SCOPE)
        parser->tops.scope = index;
    if (sets & (SCOPE | LIST_SCOPE))
        parser->tops.list_scope = index;
    if (sets & (SCOPE | BUTTON_SCOPE))
        parser->tops.button_scope = index;
    if (sets & TABLE_SCOPE)
        parser->tops.table_scope = index;
    if (sets & SPECIAL)
        parser->tops.special = index;
    if (sets & MODE)
        parser->tops.mode = index;
    if (node->space == SPACE_HTML)
        parser->tops.html = index;
    if ((sets & SPECIAL) &&
        !(node->space == SPACE_HTML &&
          (node->tag == DOM_ADDRESS || node->tag == DOM_DIV || node->tag == DOM_P)))
        parser->tops.item_bound = index;
}

void parser_pop(html_parser *parser)
{
    html_entry *entry = &parser->stack[--parser->depth];

    entry->node->mark = 0;
    entry->node->end = (uint32_t)parser->token.offset;
    parser->last[chain_of(entry->node)] = entry->same;
    parser->tops = entry->tops;
    if (parser->unopened_count && parser->depth < parser->most_depth) {
        memset(parser->unopened, 0, DOM_TAG_COUNT * sizeof(*parser->unopened));
        parser->unopened_count = 0;
    }
}

/* Pop until the entry number `index` - 1 has been popped; its own end tag may be the current token.
 * */
static void pop_to(html_parser *parser, size_t index)
{
    const html_token *token = &parser->token;
    dom_node *node;

    if (!index)
        return;
    node = parser->stack[index - 1].node;
    while (parser->depth >= index)
        parser_pop(parser);
    if (token->kind == TOKEN_END && token->tag == node->tag) {
        node->end = (uint32_t)token->end;
        node->flags &= (uint8_t)~DOM_UNENDED;
    }
}

void parser_pop_until(html_parser *parser, dom_tag tag)
{
    pop_to(parser, parser_topmost(parser, (uint16_t)tag));
}

void parser_pop_foreign(html_parser *parser, uint16_t tag)
{
    pop_to(parser, parser_topmost_foreign(parser, tag));
}

void parser_pop_until_one_of(html_parser *parser, const dom_tag *tags, size_t count)
{
    size_t index = 0;

    for (size_t i = 0; i < count; i++)
        if (parser_topmost(parser, (uint16_t)tags[i]) > index)
            index = parser_topmost(parser, (uint16_t)tags[i]);
    pop_to(parser, index);
}

/* Take the entries from `index` on off, and push them again but for `left_out`, `added` first. */
static void rebuild(html_parser *parser, size_t index, const dom_node *left_out, dom_node *added)
{
    size_t count = parser->depth - index;

    if (count > parser->above_capacity) {
        parser->above = nc_alloc(parser->job, parser->stack_capacity * sizeof(dom_node *));
        parser->above_capacity = parser->above ? parser->stack_capacity : 0;
        if (!parser->above)
            return;
    }
    for (size_t i = 0; i < count; i++)
        parser->above[i] = parser->stack[index + i].node;
    while (parser->depth > index)
        parser_pop(parser);
    if (added)
        parser_push(parser, added);
    for (size_t i = 0; i < count; i++)
        if (parser->above[i] != left_out)
            parser_push(parser, parser->above[i]);
}

void parser_remove_entry(html_parser *parser, dom_node *node)
{
    if (parser_on_stack(parser, node))
        rebuild(parser, node->mark - 1, node, NULL);
}

void parser_insert_entry(html_parser *parser, dom_node *node, size_t index)
{
    rebuild(parser, index, NULL, node);
}

dom_node *parser_current(const html_parser *parser)
{
    return parser->depth ? parser->stack[parser->depth - 1].node : NULL;
}

bool parser_current_is(const html_parser *parser, dom_tag tag)
{
    const dom_node *node = parser_current(parser);

    return node && node->tag == tag && node->space == SPACE_HTML;
}

size_t parser_topmost(const html_parser *parser, uint16_t tag)
{
    size_t chain = (size_t)tag * 2;

    return chain < parser->last_capacity ? parser->last[chain] : 0;
}

size_t parser_topmost_foreign(const html_parser *parser, uint16_t tag)
{
    size_t chain = (size_t)tag * 2 + 1;

    return chain < parser->last_capacity ? parser->last[chain] : 0;
}

bool parser_in_scope(const html_parser *parser, dom_tag tag, html_scope scope)
{
    const html_tops *tops = &parser->tops;
    const size_t bounds[] = { tops->scope, tops->list_scope, tops->button_scope,
                              tops->table_scope };
    size_t index = parser_topmost(parser, (uint16_t)tag);

    return index && index >= bounds[scope];
}

bool parser_on_stack(const html_parser *parser, const dom_node *node)
{
    return node && node->mark && node->mark <= parser->depth &&
           parser->stack[node->mark - 1].node == node;
}

bool parser_node_in_scope(const html_parser *parser, const dom_node *node)
{
    return parser_on_stack(parser, node) && node->mark >= parser->tops.scope;
}

static void pop_while(html_parser *parser, unsigned sets, dom_tag except)
{
    while (parser->depth) {
        const dom_node *node = parser_current(parser);

        if (!(parser_traits(node) & sets) || (except && node->tag == except))
            return;
        parser_pop(parser);
    }
}

void parser_generate_implied_end_tags(html_parser *parser, dom_tag except)
{
    pop_while(parser, IMPLIED_END, except);
}

void parser_generate_all_implied_end_tags(html_parser *parser)
{
    pop_while(parser, IMPLIED_END | TABLE_IMPLIED_END, DOM_TAG_OTHER);
}
