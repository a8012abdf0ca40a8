/* SPDX-License-Identifier: MIT */
/* Making nodes and putting them where they belong: HTML, 13.2.6.1. */
#include "plugins/html/parser/parser.h"

enum { SLAB = 32 };

dom_node *parser_node_new(html_parser *parser, dom_kind kind)
{
    dom_node *node;

    if (!parser->slab_left) {
        parser->slab = parser->pool ? html_pool_take(parser->pool, SLAB * sizeof(dom_node))
                                    : nc_alloc(parser->job, SLAB * sizeof(dom_node));
        if (!parser->slab)
            return NULL;
        parser->slab_left = SLAB;
    }
    node = parser->slab++;
    parser->slab_left--;
    node->kind = kind;
    node->offset = (uint32_t)parser->token.offset;
    return node;
}

/* ------------------------------------------------------------ links */

static void insert_before(dom_node *parent, dom_node *child, dom_node *before)
{
    dom_node *last = parent->first ? parent->first->previous : NULL;

    child->parent = parent;
    child->next = before;
    if (!parent->first) {
        parent->first = child;
        child->previous = child;
    } else if (!before) {
        last->next = child;
        child->previous = last;
        parent->first->previous = child;
    } else {
        child->previous = before->previous;
        if (before == parent->first)
            parent->first = child;
        else
            before->previous->next = child;
        before->previous = child;
    }
}

void parser_append(dom_node *parent, dom_node *child)
{
    if (parent && child)
        insert_before(parent, child, NULL);
}

void parser_detach(dom_node *node)
{
    dom_node *parent = node->parent;

    if (!parent)
        return;
    if (node->next)
        node->next->previous = node->previous;
    else
        parent->first->previous = node->previous;
    if (parent->first == node)
        parent->first = node->next;
    else
        node->previous->next = node->next;
    node->parent = node->next = node->previous = NULL;
}

void parser_move_children(dom_node *to, dom_node *from)
{
    while (from->first) {
        dom_node *child = from->first;

        parser_detach(child);
        parser_append(to, child);
    }
}

/* ------------------------------------------------------------ the appropriate place */

typedef struct place {
    dom_node *parent, *before;
} place;

static bool fosters(const dom_node *target)
{
    return target->space == SPACE_HTML &&
           (target->tag == DOM_TABLE || target->tag == DOM_TBODY || target->tag == DOM_TFOOT ||
            target->tag == DOM_THEAD || target->tag == DOM_TR);
}

static place appropriate_place(const html_parser *parser, dom_node *target)
{
    size_t template = parser_topmost(parser, DOM_TEMPLATE),
           table = parser_topmost(parser, DOM_TABLE);

    if (!parser->foster || !fosters(target))
        return (place){ target, NULL };
    if (template && template > table)
        return (place){ parser->stack[template - 1].node, NULL };
    if (!table)
        return (place){ parser->stack[0].node, NULL };
    if (parser->stack[table - 1].node->parent)
        return (place){ parser->stack[table - 1].node->parent, parser->stack[table - 1].node };
    return (place){ parser->stack[table - 2].node, NULL };
}

void parser_insert_at_place(html_parser *parser, dom_node *target, dom_node *node)
{
    place at = appropriate_place(parser, target);

    if (node)
        insert_before(at.parent, node, at.before);
}

/* ------------------------------------------------------------ elements */

static bool keeps_name(uint16_t tag, dom_space space)
{
    return tag == DOM_TAG_OTHER || tag >= DOM_TAG_COUNT || space != SPACE_HTML;
}

dom_node *parser_create_element(html_parser *parser, dom_space space)
{
    const html_token *token = &parser->token;
    dom_node *node = parser_node_new(parser, DOM_ELEMENT);
    dom_attributes *attributes;
    size_t size = token->attribute_count * sizeof(nc_pair);

    if (!node)
        return NULL;
    node->tag = token->tag;
    node->space = space;
    node->end = (uint32_t)token->end;
    if (!token->attribute_count && !keeps_name(token->tag, space))
        return node;
    attributes = nc_alloc(parser->job, sizeof(*attributes) + size);
    if (!attributes)
        return NULL;
    attributes->name = token->name;
    attributes->count = token->attribute_count;
    if (size)
        memcpy(attributes->items, token->attributes, size);
    node->attributes = attributes;
    return node;
}

static dom_node *insert_new(html_parser *parser, dom_space space)
{
    dom_node *node = parser_create_element(parser, space);

    parser_insert_at_place(parser, parser_current(parser), node);
    return node;
}

static void warn_of_depth(html_parser *parser)
{
    if (!parser->flattened)
        nc_warn(parser->job, NULL, NC_WARN_LIMIT,
                "elements nested more than %zu deep stand beside each other instead; --max-depth "
                "raises the limit",
                parser->most_depth);
    parser->flattened = true;
}

bool parser_insert_element(html_parser *parser)
{
    dom_node *node = insert_new(parser, SPACE_HTML);

    if (!node)
        return false;
    if (parser->depth >= parser->most_depth) {
        warn_of_depth(parser);
        if (node->tag < DOM_TAG_COUNT) {
            parser->unopened[node->tag]++;
            parser->unopened_count++;
        }
        return false;
    }
    node->flags |= DOM_UNENDED;
    parser_push(parser, node);
    return true;
}

void parser_insert_pushed(html_parser *parser)
{
    dom_node *node = insert_new(parser, SPACE_HTML);

    if (node)
        node->flags |= DOM_UNENDED;
    parser_push(parser, node);
}

void parser_insert_implied(html_parser *parser, dom_tag tag)
{
    html_token token = parser->token;
    dom_node *node;

    parser->token = (html_token){ .kind = TOKEN_START,
                                  .tag = (uint16_t)tag,
                                  .name = nc_string(dom_tags[tag].name),
                                  .offset = token.offset,
                                  .end = token.offset };
    node = parser_create_element(parser, SPACE_HTML);
    if (node) {
        node->flags |= DOM_IMPLIED | DOM_UNENDED;
        parser_insert_at_place(parser, parser->depth ? parser_current(parser) : parser->document,
                               node);
        parser_push(parser, node);
    }
    parser->token = token;
}

void parser_insert_void(html_parser *parser)
{
    insert_new(parser, SPACE_HTML);
}

void parser_insert_raw(html_parser *parser, html_content content)
{
    dom_node *node = insert_new(parser, SPACE_HTML);

    if (!node)
        return;
    node->flags |= DOM_UNENDED;
    parser_push(parser, node);
    parser->content = content;
    parser->original_mode = parser->mode;
    parser->mode = MODE_TEXT;
}

void parser_insert_foreign(html_parser *parser, dom_space space)
{
    dom_node *node = insert_new(parser, space);

    if (node && !parser->token.self_closing && parser->depth < parser->most_depth) {
        node->flags |= DOM_UNENDED;
        parser_push(parser, node);
    }
}

/* ------------------------------------------------------------ text and comments */

static char *grown_copy(html_parser *parser, nc_bytes head, nc_bytes tail)
{
    size_t capacity = 32;
    char *copy;

    while (capacity < head.len + tail.len)
        capacity *= 2;
    copy = nc_alloc(parser->job, capacity);
    if (!copy)
        return NULL;
    memcpy(copy, head.ptr, head.len);
    memcpy(copy + head.len, tail.ptr, tail.len);
    return copy;
}

/* Make a text longer: in place where the bytes follow each other in the page or there is room. */
static void extend_text(html_parser *parser, dom_node *node, nc_bytes text)
{
    size_t length = node->length, capacity = 32;

    if (length + text.len > UINT32_MAX)
        return;
    while (capacity < length)
        capacity *= 2;
    if ((node->flags & DOM_GROWN) && length + text.len <= capacity) {
        memcpy((char *)(uintptr_t)node->text + length, text.ptr, text.len);
    } else if ((node->flags & DOM_GROWN) || node->text + length != text.ptr) {
        const char *copy = grown_copy(parser, (nc_bytes){ node->text, length }, text);

        if (!copy)
            return;
        node->text = copy;
        node->flags |= DOM_GROWN;
    }
    node->length += (uint32_t)text.len;
}

void parser_insert_text(html_parser *parser, nc_bytes text)
{
    place at = appropriate_place(parser, parser_current(parser));
    dom_node *before = at.before          ? at.before->previous
                       : at.parent->first ? at.parent->first->previous
                                          : NULL;
    dom_node *node;

    if (!text.len)
        return;
    if (at.before && at.before == at.parent->first)
        before = NULL;
    if (before && before->kind == DOM_TEXT) {
        extend_text(parser, before, text);
        return;
    }
    node = parser_node_new(parser, DOM_TEXT);
    if (!node)
        return;
    node->text = text.ptr;
    node->length = (uint32_t)text.len;
    insert_before(at.parent, node, at.before);
}

void parser_insert_comment(html_parser *parser, dom_node *parent)
{
    dom_node *node;

    if (!parser->keep_comments)
        return;
    node = parser_node_new(parser, DOM_COMMENT);
    if (!node)
        return;
    node->text = parser->token.text.ptr;
    node->length = (uint32_t)parser->token.text.len;
    if (parent)
        parser_append(parent, node);
    else
        parser_insert_at_place(parser, parser_current(parser), node);
}
