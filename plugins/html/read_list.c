/* SPDX-License-Identifier: MIT */
/* Reading HTML: bullet, ordered and definition lists. */
#include "plugins/html/read.h"

#include <limits.h>

/* ---------------------------------------------------------------- ul and ol */

static nc_list_style style_named(nc_bytes name)
{
    static const struct {
        const char *name;
        nc_list_style style;
    } styles[] = {
        { "decimal", NC_DECIMAL },         { "lower-roman", NC_LOWER_ROMAN },
        { "upper-roman", NC_UPPER_ROMAN }, { "lower-alpha", NC_LOWER_ALPHA },
        { "upper-alpha", NC_UPPER_ALPHA }, { "lower-latin", NC_LOWER_ALPHA },
        { "upper-latin", NC_UPPER_ALPHA },
    };

    for (size_t i = 0; i < sizeof styles / sizeof *styles; i++)
        if (nc_is(name, styles[i].name))
            return styles[i].style;
    return NC_DEFAULT_STYLE;
}

static nc_list_style style_of_type(nc_bytes type)
{
    static const char letters[] = "1aAiI";
    static const nc_list_style styles[] = { NC_DECIMAL, NC_LOWER_ALPHA, NC_UPPER_ALPHA,
                                            NC_LOWER_ROMAN, NC_UPPER_ROMAN };
    const char *found = type.len == 1 && type.ptr[0] ? strchr(letters, type.ptr[0]) : NULL;

    return found ? styles[found - letters] : NC_DEFAULT_STYLE;
}

static nc_list_style list_style(const dom_node *list)
{
    nc_list_style style = style_of_type(dom_value(list, "type"));

    if (style == NC_DEFAULT_STYLE)
        style = style_named(html_css_value(dom_value(list, "style"), "list-style-type"));
    if (style == NC_DEFAULT_STYLE)
        style = style_named(dom_value(list, "class"));
    return style;
}

/* A whole number, clamped; `otherwise` for anything else. */
static int64_t number(nc_bytes text, int64_t otherwise)
{
    bool negative = text.len && text.ptr[0] == '-';
    int64_t value = 0;

    text = html_trimmed(text);
    for (size_t i = negative; i < text.len; i++) {
        if (text.ptr[i] < '0' || text.ptr[i] > '9')
            return otherwise;
        value = value > INT_MAX ? value : value * 10 + (text.ptr[i] - '0');
    }
    if (text.len <= negative)
        return otherwise;
    value = value > INT_MAX ? INT_MAX : value;
    return negative ? -value : value;
}

bool html_open_list(html_reader *reader, dom_node *element)
{
    bool ordered = dom_node_tag(element) == DOM_OL;
    nc_node *list = nc_node_new(reader->job, ordered ? NC_ORDERED_LIST : NC_BULLET_LIST);

    html_open_block(reader, element, list)->type = HTML_LIST;
    if (ordered && list)
        list->list = (nc_list_attributes){ number(dom_value(element, "start"), 1),
                                           list_style(element), NC_DEFAULT_DELIM };
    return true;
}

/* An item has no attr: its id goes to a Span in its first paragraph, or a Div around all of it. */
static void place_id(html_reader *reader, nc_node *item, nc_bytes id)
{
    nc_node *first = item->first;
    bool inlines = first && first->kind == NC_PLAIN;
    nc_node *holder = nc_node_new(reader->job, inlines ? NC_SPAN : NC_DIV);

    if (!holder)
        return;
    holder->attr = html_attr_id(reader->job, id);
    nc_move_children(reader->job, holder, inlines ? first : item);
    nc_append(reader->job, inlines ? first : item, holder);
}

static void close_item(html_reader *reader, html_frame *frame)
{
    nc_bytes id = dom_value(frame->element, "id");

    if (id.len && frame->node)
        place_id(reader, frame->node, id);
    html_fix_plains(reader, frame->node, true);
}

bool html_open_item(html_reader *reader, dom_node *element)
{
    nc_node *item = nc_node_new(reader->job, NC_ITEM);

    html_end_leaf(reader, true);
    while (reader->depth > 1 && html_top(reader)->type != HTML_LIST && !html_top(reader)->element)
        html_pop(reader);
    if (html_top(reader)->type != HTML_LIST)
        return true;
    nc_append(reader->job, html_top(reader)->node, item);
    html_push(reader, element, HTML_CONTAINER, item)->close = close_item;
    return true;
}

/* ---------------------------------------------------------------- dl */

bool html_open_definitions(html_reader *reader, dom_node *element)
{
    html_open_block(reader, element, nc_node_new(reader->job, NC_DEFINITION_LIST));
    return true;
}

static bool in_definitions(html_reader *reader)
{
    const nc_node *node = html_top(reader)->node;

    return node && node->kind == NC_DEFINITION_LIST;
}

static void close_term(html_reader *reader, html_frame *frame)
{
    nc_trim(reader->job, frame->node);
}

/* Terms that follow each other are lines of one. */
bool html_open_term(html_reader *reader, dom_node *element)
{
    nc_node *list, *term;

    html_end_leaf(reader, true);
    if (!in_definitions(reader))
        return true;
    list = html_top(reader)->node;
    term = list->last;
    if (term && term->kind == NC_TERM)
        nc_append(reader->job, term, nc_node_new(reader->job, NC_LINE_BREAK));
    else
        term = nc_append(reader->job, list, nc_node_new(reader->job, NC_TERM));
    html_push(reader, element, HTML_LEAF, term)->close = close_term;
    return true;
}

static void close_definition(html_reader *reader, html_frame *frame)
{
    html_fix_plains(reader, frame->node, true);
}

bool html_open_definition(html_reader *reader, dom_node *element)
{
    nc_node *definition;

    html_end_leaf(reader, true);
    if (!in_definitions(reader))
        return true;
    if (!html_top(reader)->node->first)
        nc_append(reader->job, html_top(reader)->node, nc_node_new(reader->job, NC_TERM));
    definition =
        nc_append(reader->job, html_top(reader)->node, nc_node_new(reader->job, NC_DEFINITION));
    html_push(reader, element, HTML_CONTAINER, definition)->close = close_definition;
    return true;
}
