/* SPDX-License-Identifier: MIT */
/* Making nodes and putting them where they belong: HTML, 13.2.6.1. */
#include "plugins/html/parser/parser.h"

enum { SLAB = 32 };

html_node *html_node_new(html_parser *parser, html_kind kind)
{
    html_node *node;

    if (!parser->slab_left) {
        parser->slab = nc_alloc(parser->job, SLAB * sizeof(html_node));
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

static void insert_before(html_node *parent, html_node *child, html_node *before)
{
    html_node *last = parent->first ? parent->first->previous : NULL;

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

void html_append(html_node *parent, html_node *child)
{
    if (parent && child)
        insert_before(parent, child, NULL);
}

void html_detach(html_node *node)
{
    html_node *parent = node->parent;

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

void html_move_children(html_node *to, html_node *from)
{
    while (from->first) {
        html_node *child = from->first;

        html_detach(child);
        html_append(to, child);
    }
}

/* ------------------------------------------------------------ the appropriate place */

typedef struct place {
    html_node *parent, *before;
} place;

static bool fosters(const html_node *target)
{
    return target->space == SPACE_HTML &&
           (target->tag == DOM_TABLE || target->tag == DOM_TBODY || target->tag == DOM_TFOOT ||
            target->tag == DOM_THEAD || target->tag == DOM_TR);
}

static place appropriate_place(const html_parser *parser, html_node *target)
{
    size_t template = html_topmost(parser, DOM_TEMPLATE), table = html_topmost(parser, DOM_TABLE);

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

void html_insert_at_place(html_parser *parser, html_node *target, html_node *node)
{
    place at = appropriate_place(parser, target);

    if (node)
        insert_before(at.parent, node, at.before);
}

/* ------------------------------------------------------------ elements */

static bool keeps_name(uint16_t tag, html_space space)
{
    return tag == DOM_TAG_OTHER || tag >= DOM_TAG_COUNT || space != SPACE_HTML;
}

html_node *html_create_element(html_parser *parser, html_space space)
{
    const html_token *token = &parser->token;
    html_node *node = html_node_new(parser, HTML_ELEMENT);
    html_attributes *attributes;
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

static html_node *insert_new(html_parser *parser, html_space space)
{
    html_node *node = html_create_element(parser, space);

    html_insert_at_place(parser, html_current(parser), node);
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

bool html_insert_element(html_parser *parser)
{
    html_node *node = insert_new(parser, SPACE_HTML);

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
    node->flags |= HTML_UNENDED;
    html_push(parser, node);
    return true;
}

void html_insert_pushed(html_parser *parser)
{
    html_node *node = insert_new(parser, SPACE_HTML);

    if (node)
        node->flags |= HTML_UNENDED;
    html_push(parser, node);
}

void html_insert_implied(html_parser *parser, dom_tag tag)
{
    html_token token = parser->token;
    html_node *node;

    parser->token = (html_token){ .kind = TOKEN_START,
                                  .tag = (uint16_t)tag,
                                  .name = nc_string(html_tag_names[tag]),
                                  .offset = token.offset,
                                  .end = token.offset };
    node = html_create_element(parser, SPACE_HTML);
    if (node) {
        node->flags |= HTML_IMPLIED | HTML_UNENDED;
        html_insert_at_place(parser, parser->depth ? html_current(parser) : parser->document, node);
        html_push(parser, node);
    }
    parser->token = token;
}

void html_insert_void(html_parser *parser)
{
    insert_new(parser, SPACE_HTML);
}

void html_insert_raw(html_parser *parser, html_content content)
{
    html_node *node = insert_new(parser, SPACE_HTML);

    if (!node)
        return;
    node->flags |= HTML_UNENDED;
    html_push(parser, node);
    parser->content = content;
    parser->original_mode = parser->mode;
    parser->mode = MODE_TEXT;
}

void html_insert_foreign(html_parser *parser, html_space space)
{
    html_node *node = insert_new(parser, space);

    if (node && !parser->token.self_closing && parser->depth < parser->most_depth) {
        node->flags |= HTML_UNENDED;
        html_push(parser, node);
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
static void extend_text(html_parser *parser, html_node *node, nc_bytes text)
{
    size_t length = node->length, capacity = 32;

    if (length + text.len > UINT32_MAX)
        return;
    while (capacity < length)
        capacity *= 2;
    if ((node->flags & HTML_GROWN) && length + text.len <= capacity) {
        memcpy((char *)(uintptr_t)node->text + length, text.ptr, text.len);
    } else if ((node->flags & HTML_GROWN) || node->text + length != text.ptr) {
        const char *copy = grown_copy(parser, (nc_bytes){ node->text, length }, text);

        if (!copy)
            return;
        node->text = copy;
        node->flags |= HTML_GROWN;
    }
    node->length += (uint32_t)text.len;
}

void html_insert_text(html_parser *parser, nc_bytes text)
{
    place at = appropriate_place(parser, html_current(parser));
    html_node *before = at.before          ? at.before->previous
                        : at.parent->first ? at.parent->first->previous
                                           : NULL;
    html_node *node;

    if (!text.len)
        return;
    if (at.before && at.before == at.parent->first)
        before = NULL;
    if (before && before->kind == HTML_TEXT) {
        extend_text(parser, before, text);
        return;
    }
    node = html_node_new(parser, HTML_TEXT);
    if (!node)
        return;
    node->text = text.ptr;
    node->length = (uint32_t)text.len;
    insert_before(at.parent, node, at.before);
}

void html_insert_comment(html_parser *parser, html_node *parent)
{
    html_node *node;

    if (!parser->keep_comments)
        return;
    node = html_node_new(parser, HTML_COMMENT);
    if (!node)
        return;
    node->text = parser->token.text.ptr;
    node->length = (uint32_t)parser->token.text.len;
    if (parent)
        html_append(parent, node);
    else
        html_insert_at_place(parser, html_current(parser), node);
}
