/* SPDX-License-Identifier: MIT */
/* What a select shows: its <selectedcontent> holds a copy of the chosen option. HTML, 4.10.17. */
#include "plugins/html/parser/parser.h"

static bool has_attribute(const dom_node *node, const char *name)
{
    for (size_t i = 0; node->attributes && i < node->attributes->count; i++)
        if (nc_is(node->attributes->items[i].key, name))
            return true;
    return false;
}

static bool is_html(const dom_node *node, dom_tag tag)
{
    return node->kind == DOM_ELEMENT && node->space == SPACE_HTML && node->tag == tag;
}

/* The node behind `node` in the order of the page, below `root`. */
static dom_node *following(const dom_node *root, dom_node *node)
{
    if (node->first)
        return node->first;
    while (node != root && !node->next)
        node = node->parent;
    return node == root ? NULL : node->next;
}

/* The last option that says so is chosen, else the first that can be. */
static dom_node *chosen_option(dom_node *select)
{
    dom_node *first = NULL, *chosen = NULL;

    for (dom_node *node = select->first; node; node = following(select, node)) {
        if (!is_html(node, DOM_OPTION))
            continue;
        if (has_attribute(node, "selected"))
            chosen = node;
        if (!first && !has_attribute(node, "disabled"))
            first = node;
    }
    return chosen ? chosen : first;
}

static dom_node *copy_node(html_parser *parser, const dom_node *node)
{
    dom_node *copy;

    if (!parser->clones_left)
        return NULL;
    parser->clones_left--;
    copy = parser_node_new(parser, (dom_kind)node->kind);
    if (copy) {
        *copy = *node;
        copy->parent = copy->next = copy->previous = copy->first = NULL;
        copy->flags = (uint8_t)((node->flags & ~DOM_GROWN) | DOM_IMPLIED);
    }
    return copy;
}

/* Copy all that is in `from` into `to`, in step. */
static void copy_children(html_parser *parser, dom_node *to, dom_node *from)
{
    dom_node *node = from->first;

    while (node) {
        dom_node *copy = copy_node(parser, node);

        if (!copy)
            return;
        parser_append(to, copy);
        if (node->first) {
            node = node->first;
            to = copy;
            continue;
        }
        while (node != from && !node->next) {
            node = node->parent;
            to = to->parent;
        }
        node = node == from ? NULL : node->next;
    }
}

static bool lies_in(const dom_node *node, const dom_node *root)
{
    while (node && node != root)
        node = node->parent;
    return node != NULL;
}

void parser_fill_selected(html_parser *parser)
{
    dom_node *above = NULL;

    for (size_t i = 0; i < parser->selected_count; i++) {
        dom_node *shown = parser->selected[i], *select = shown->parent, *option;

        while (select && !is_html(select, DOM_SELECT))
            select = select->parent;
        if (!select || select == above || has_attribute(select, "multiple"))
            continue; /* of several in a select the first counts */
        above = select;
        option = chosen_option(select);
        if (option && lies_in(shown, option))
            continue;
        while (shown->first)
            parser_detach(shown->first);
        if (option)
            copy_children(parser, shown, option);
    }
}
