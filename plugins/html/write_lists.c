/* SPDX-License-Identifier: MIT */
/* Lists as HTML. */
#include "plugins/html/write_rules.h"

static const char EMPTY_BOX[] = "\xe2\x98\x90", CHECKED_BOX[] = "\xe2\x98\x92";

static bool begins(nc_bytes text, const char *with)
{
    return text.len >= 3 && memcmp(text.ptr, with, 3) == 0;
}

/* The run that begins with a box and a space, if `item` does so. */
static const nc_node *task_run(const nc_node *item)
{
    const nc_node *block = item->first, *run = block ? block->first : NULL, *next;

    if (!run || !(nc_bit(block) & (NC_BIT(PLAIN) | NC_BIT(PARA))) || run->kind != NC_TEXT ||
        (run->flags & NC_VERBATIM && run->text.len != 3))
        return NULL;
    if (!begins(run->text, EMPTY_BOX) && !begins(run->text, CHECKED_BOX))
        return NULL;
    if (run->text.len > 3)
        return run->text.ptr[3] == ' ' ? run : NULL;
    next = run->next;
    return next && next->kind == NC_TEXT && !(next->flags & NC_VERBATIM) && next->text.len &&
                   next->text.ptr[0] == ' '
               ? run
               : NULL;
}

bool html_is_task(const nc_node *item)
{
    return task_run(item) != NULL;
}

static bool all_tasks(const nc_node *list)
{
    for (const nc_node *item = list->first; item; item = item->next)
        if (!html_is_task(item))
            return false;
    return true;
}

static void list_class(html_writer *w, const char *name)
{
    bool incremental = w->marks && w->marks->incremental;

    if (name && incremental)
        html_attribute(w, "class", nc_print(w->job, "%s incremental", name));
    else if (name || incremental)
        html_attribute(w, "class", nc_string(name ? name : "incremental"));
}

bool html_bullet_list_open(nc_out *out, const nc_node *node)
{
    html_writer *w = html_writer_of(out);

    html_block(w, node);
    HTML_PUT(w, "<ul");
    list_class(w, all_tasks(node) ? "task-list" : NULL);
    html_lent_attributes(w, node);
    HTML_PUT(w, ">");
    return true;
}

void html_bullet_list_close(nc_out *out, const nc_node *node)
{
    html_writer *w = html_writer_of(out);

    (void)node;
    html_newline(w);
    HTML_PUT(w, "</ul>");
}

bool html_ordered_list_open(nc_out *out, const nc_node *node)
{
    static const char *const types[] = { NULL, "1", "1", "i", "I", "a", "A" };
    html_writer *w = html_writer_of(out);
    const nc_list_attributes *list = &node->list;

    if (list->delimiter == NC_ONE_PAREN || list->delimiter == NC_TWO_PARENS)
        nc_warn(w->job, node, NC_WARN_LOSS,
                "the numbers of a list stand in parentheses, which HTML cannot say");
    html_block(w, node);
    HTML_PUT(w, "<ol");
    if (list->start != 1)
        html_attribute(w, "start", nc_print(w->job, "%lld", (long long)list->start));
    list_class(w, list->style == NC_EXAMPLE ? "example" : NULL);
    if (list->style > NC_DEFAULT_STYLE && list->style <= NC_UPPER_ALPHA)
        html_attribute(w, "type", nc_string(types[list->style]));
    html_lent_attributes(w, node);
    HTML_PUT(w, ">");
    return true;
}

void html_ordered_list_close(nc_out *out, const nc_node *node)
{
    html_writer *w = html_writer_of(out);

    (void)node;
    html_newline(w);
    HTML_PUT(w, "</ol>");
}

bool html_item_open(nc_out *out, const nc_node *node)
{
    html_writer *w = html_writer_of(out);

    (void)node;
    html_newline(w);
    HTML_PUT(w, "<li>");
    w->fresh = true;
    return true;
}

void html_item_close(nc_out *out, const nc_node *node)
{
    html_writer *w = html_writer_of(out);

    (void)node;
    HTML_PUT(w, "</li>");
    w->fresh = false;
}

size_t html_task_box(html_writer *w, const nc_node *run)
{
    const nc_node *block = run->parent;

    if (!block || block->first != run || !block->parent || block->parent->kind != NC_ITEM ||
        block->parent->first != block || task_run(block->parent) != run)
        return 0;
    HTML_PUT(w, "<label><input");
    html_attribute(w, "type", NC_LITERAL("checkbox"));
    if (begins(run->text, CHECKED_BOX))
        html_attribute(w, "checked", NC_LITERAL(""));
    HTML_PUT(w, " />");
    return 3;
}

/* ---------------------------------------------------------------- definition lists */

bool html_definition_list_open(nc_out *out, const nc_node *node)
{
    html_writer *w = html_writer_of(out);

    html_block(w, node);
    HTML_PUT(w, "<dl");
    html_lent_attributes(w, node);
    HTML_PUT(w, ">");
    return true;
}

void html_definition_list_close(nc_out *out, const nc_node *node)
{
    html_writer *w = html_writer_of(out);

    (void)node;
    html_newline(w);
    HTML_PUT(w, "</dl>");
}

bool html_term_open(nc_out *out, const nc_node *node)
{
    html_writer *w = html_writer_of(out);

    (void)node;
    html_newline(w);
    HTML_PUT(w, "<dt>");
    return true;
}

void html_term_close(nc_out *out, const nc_node *node)
{
    html_writer *w = html_writer_of(out);

    HTML_PUT(w, "</dt>");
    if (!node->next || node->next->kind != NC_DEFINITION)
        html_newline(w);
}

bool html_definition_open(nc_out *out, const nc_node *node)
{
    html_writer *w = html_writer_of(out);

    (void)node;
    html_newline(w);
    HTML_PUT(w, "<dd>");
    html_newline(w);
    w->fresh = true;
    return true;
}

void html_definition_close(nc_out *out, const nc_node *node)
{
    html_writer *w = html_writer_of(out);

    (void)node;
    html_newline(w);
    HTML_PUT(w, "</dd>");
    w->fresh = false;
}
