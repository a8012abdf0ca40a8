/* SPDX-License-Identifier: MIT */
/* The list of active formatting elements (HTML, 13.2.4.3) and the adoption agency (13.2.6.4.7). */
#include "plugins/html/parser/parser.h"

enum { ARK = 3, OUTER_LOOPS = 8, INNER_LOOPS = 3, MOST_COMPARED = 16 };

static size_t behind_marker(const html_parser *parser)
{
    size_t from = parser->formatting_count;

    while (from && parser->formatting[from - 1])
        from--;
    return from;
}

static void remove_at(html_parser *parser, size_t index)
{
    if (parser->formatting[index])
        parser->formatting[index]->flags &= (uint8_t)~DOM_LISTED;
    memmove(parser->formatting + index, parser->formatting + index + 1,
            (parser->formatting_count - index - 1) * sizeof(dom_node *));
    parser->formatting_count--;
}

static bool has_attribute(const dom_attributes *attributes, const nc_pair *pair)
{
    for (size_t i = 0; i < attributes->count; i++)
        if (nc_same(attributes->items[i].key, pair->key))
            return nc_same(attributes->items[i].value, pair->value);
    return false;
}

/* Whether two elements have the same tag and attributes. Those with very many are never alike. */
static bool alike(const dom_node *a, const dom_node *b)
{
    size_t count = a->attributes ? a->attributes->count : 0;

    if (a->tag != b->tag || count != (b->attributes ? b->attributes->count : 0) ||
        count > MOST_COMPARED)
        return false;
    for (size_t i = 0; i < count; i++)
        if (!has_attribute(b->attributes, &a->attributes->items[i]))
            return false;
    return true;
}

static bool append_entry(html_parser *parser, dom_node *node)
{
    dom_node **list = parser_grow(parser, parser->formatting, parser->formatting_count,
                                  &parser->formatting_capacity, sizeof(dom_node *));

    if (!list)
        return false;
    parser->formatting = list;
    list[parser->formatting_count++] = node;
    if (node)
        node->flags |= DOM_LISTED;
    return true;
}

void parser_push_formatting(html_parser *parser, dom_node *node)
{
    size_t from = behind_marker(parser), equal = 0, first = 0;

    parser->work += parser->formatting_count - from;
    for (size_t i = parser->formatting_count; i > from; i--)
        if (alike(parser->formatting[i - 1], node)) {
            equal++;
            first = i - 1;
        }
    if (equal >= ARK) /* the Noah's Ark clause */
        remove_at(parser, first);
    else if (parser->formatting_count - from >= MOST_FORMATTING)
        remove_at(parser, from);
    append_entry(parser, node);
}

void parser_push_marker(html_parser *parser)
{
    append_entry(parser, NULL);
}

void parser_clear_to_marker(html_parser *parser)
{
    while (parser->formatting_count) {
        dom_node *node = parser->formatting[--parser->formatting_count];

        if (!node)
            return;
        node->flags &= (uint8_t)~DOM_LISTED;
    }
}

static size_t find_entry(html_parser *parser, const dom_node *node)
{
    size_t index = parser->formatting_count;

    while (index && parser->formatting[index - 1] != node)
        index--;
    parser->work += parser->formatting_count - index;
    return index; /* + 1 */
}

void parser_remove_formatting(html_parser *parser, const dom_node *node)
{
    size_t index = node && (node->flags & DOM_LISTED) ? find_entry(parser, node) : 0;

    if (index)
        remove_at(parser, index - 1);
}

dom_node *parser_find_formatting(const html_parser *parser, dom_tag tag)
{
    for (size_t i = parser->formatting_count; i && parser->formatting[i - 1]; i--)
        if (parser->formatting[i - 1]->tag == tag)
            return parser->formatting[i - 1];
    return NULL;
}

/* An element with the tag and attributes of another. */
static dom_node *clone_element(html_parser *parser, const dom_node *node)
{
    dom_node *copy = parser_node_new(parser, DOM_ELEMENT);

    if (!copy)
        return NULL;
    copy->tag = node->tag;
    copy->attributes = node->attributes;
    copy->end = copy->offset;
    copy->flags = DOM_CLONE | DOM_IMPLIED | DOM_UNENDED;
    return copy;
}

/* 13.2.4.3. Clones are bounded by the size of the page: when too many were made, the list is given
 * up. */
void parser_reconstruct_formatting(html_parser *parser)
{
    size_t at = parser->formatting_count;

    while (at && parser->formatting[at - 1] && !parser_on_stack(parser, parser->formatting[at - 1]))
        at--;
    for (; at < parser->formatting_count; at++) {
        dom_node *copy;

        if (!parser->clones_left || parser->depth >= parser->most_depth) {
            if (!parser->clones_left)
                while (parser->formatting_count > at)
                    remove_at(parser, parser->formatting_count - 1);
            return;
        }
        parser->clones_left--;
        copy = clone_element(parser, parser->formatting[at]);
        if (!copy)
            return;
        parser_insert_at_place(parser, parser_current(parser), copy);
        parser_push(parser, copy);
        parser->formatting[at]->flags &= (uint8_t)~DOM_LISTED;
        parser->formatting[at] = copy;
        copy->flags |= DOM_LISTED;
    }
}

/* ------------------------------------------------------------ the adoption agency */

/* The lowest special element above the formatting element, index on the stack; 0 if there is none.
 * */
static size_t furthest_block(html_parser *parser, const dom_node *formatting)
{
    for (size_t i = formatting->mark; i < parser->depth; i++, parser->work++)
        if (parser_traits(parser->stack[i].node) & SPECIAL)
            return i;
    return 0;
}

/* Steps 4.13: what lies between the block and the formatting element is cloned and moved into
 * place. Returns the last node. */
static dom_node *move_between(html_parser *parser, const dom_node *formatting, dom_node *block,
                              size_t *bookmark)
{
    dom_node *last = block;
    size_t index = block->mark - 1;

    for (size_t loops = 1; parser->stack[--index].node != formatting; loops++) {
        dom_node *node = parser->stack[index].node, *copy;
        size_t listed = node->flags & DOM_LISTED ? find_entry(parser, node) : 0;

        if (listed && (loops > INNER_LOOPS || !parser->clones_left)) {
            remove_at(parser, listed - 1);
            *bookmark -= listed - 1 < *bookmark;
            listed = 0;
        }
        if (!listed) {
            parser_remove_entry(parser, node);
            continue;
        }
        parser->clones_left--;
        copy = clone_element(parser, node);
        if (!copy)
            return last;
        node->flags &= (uint8_t)~DOM_LISTED;
        copy->flags |= DOM_LISTED;
        parser->formatting[listed - 1] = copy;
        parser->stack[index].node = copy; /* same tag: the chains hold */
        copy->mark = node->mark;
        node->mark = 0;
        if (last == block)
            *bookmark = listed;
        parser_detach(last);
        parser_append(copy, last);
        last = copy;
    }
    return last;
}

static void insert_formatting_at(html_parser *parser, dom_node *node, size_t index)
{
    if (!append_entry(parser, node))
        return;
    memmove(parser->formatting + index + 1, parser->formatting + index,
            (parser->formatting_count - 1 - index) * sizeof(dom_node *));
    parser->formatting[index] = node;
}

/* One turn of the outer loop. False: done. */
static bool adopt_once(html_parser *parser, dom_node *formatting)
{
    size_t block_index = furthest_block(parser, formatting), bookmark;
    dom_node *block, *ancestor, *last, *copy;

    if (!block_index) {
        while (parser_current(parser) != formatting)
            parser_pop(parser);
        parser_pop(parser);
        if (parser->token.kind == TOKEN_END)
            formatting->end = (uint32_t)parser->token.end;
        parser_remove_formatting(parser, formatting);
        return false;
    }
    block = parser->stack[block_index].node;
    ancestor = parser->stack[formatting->mark - 2].node;
    bookmark = find_entry(parser, formatting) - 1;
    last = move_between(parser, formatting, block, &bookmark);
    parser_detach(last);
    parser_insert_at_place(parser, ancestor, last);
    copy = clone_element(parser, formatting);
    if (!copy)
        return false;
    parser_move_children(copy, block);
    parser_append(block, copy);
    if (find_entry(parser, formatting) - 1 < bookmark)
        bookmark--;
    parser_remove_formatting(parser, formatting);
    insert_formatting_at(parser, copy, bookmark);
    parser_remove_entry(parser, formatting);
    parser_insert_entry(parser, copy, block->mark);
    return true;
}

bool parser_adopt(html_parser *parser)
{
    dom_tag tag = (dom_tag)parser->token.tag;
    dom_node *current = parser_current(parser);

    if (parser_current_is(parser, tag) && !(current->flags & DOM_LISTED)) {
        parser_pop(parser);
        current->end = (uint32_t)parser->token.end;
        current->flags &= (uint8_t)~DOM_UNENDED;
        return true;
    }
    for (size_t loops = 0; loops < OUTER_LOOPS && !nc_job_status(parser->job); loops++) {
        dom_node *formatting = parser_find_formatting(parser, tag);

        if (!formatting)
            return false;
        if (!parser_on_stack(parser, formatting)) {
            parser_remove_formatting(parser, formatting);
            return true;
        }
        if (!parser_node_in_scope(parser, formatting))
            return true;
        if (parser_current(parser) == formatting && parser->token.kind == TOKEN_END)
            formatting->flags &= (uint8_t)~DOM_UNENDED;
        if (!adopt_once(parser, formatting))
            return true;
    }
    return true;
}
