/* SPDX-License-Identifier: MIT */
/* The table of contents. */
#include "plugins/html/write_rules.h"

/* The list that is open at each depth. */
typedef struct contents {
    html_writer *w;
    int64_t levels[6];
    size_t depth;
    bool empty;
} contents;

static void close_lists(contents *c, int64_t level)
{
    html_writer *w = c->w;

    while (c->depth && c->levels[c->depth - 1] > level) {
        HTML_PUT(w, "</li>");
        html_newline(w);
        HTML_PUT(w, "</ul>");
        c->depth--;
    }
}

/* Begin an item for a heading of that level, in a list of its own when it lies deeper than the last one. */
static void begin_item(contents *c, int64_t level)
{
    html_writer *w = c->w;

    close_lists(c, level);
    if (c->depth && c->levels[c->depth - 1] == level) {
        HTML_PUT(w, "</li>");
    } else {
        if (c->depth)
            html_newline(w);
        HTML_PUT(w, "<ul>");
        c->levels[c->depth++] = level;
    }
    html_newline(w);
    HTML_PUT(w, "<li>");
}

static nc_bytes heading_id(const html_writer *w, const nc_node *heading)
{
    const nc_node *parent = heading->parent;

    if (heading->attr && heading->attr->id.len)
        return heading->attr->id;
    if (parent->kind == NC_DIV && parent->first == heading && parent->attr &&
        html_section_of(w, parent) != HTML_SECTION_NONE)
        return parent->attr->id;
    return (nc_bytes){ NULL, 0 };
}

static void put_entry(html_writer *w, const nc_node *heading)
{
    nc_bytes id = heading_id(w, heading);

    if (id.len) {
        HTML_PUT(w, "<a");
        html_attribute(w, "href", nc_print(w->job, "#%.*s", (int)id.len, id.ptr));
        html_attribute(w, "id", nc_print(w->job, "toc-%.*s", (int)id.len, id.ptr));
        HTML_PUT(w, ">");
    }
    html_heading_number(w, heading, "toc-section-number");
    for (const nc_node *child = heading->first; child; child = child->next)
        html_render(w, child);
    if (id.len)
        HTML_PUT(w, "</a>");
}

bool html_contents(html_writer *w, const nc_node *doc)
{
    const nc_settings *settings = nc_job_settings(w->job);
    int64_t deepest = settings->toc_depth < 1   ? 1
                      : settings->toc_depth > 6 ? 6
                                                : settings->toc_depth;
    int64_t unlisted = INT64_MAX;
    contents c = { .w = w, .empty = true };
    nc_walk walk = { .root = doc };

    w->toc = true;
    while (nc_walk_next(&walk)) {
        const nc_node *node = walk.node;
        if (!walk.entering)
            continue;
        walk.skip = !(nc_bit(node) & (NC_BIT(DOCUMENT) | NC_BIT(DIV)));
        if (node->kind != NC_HEADER || node->level < 1 || node->level > 6)
            continue;
        html_number_heading(w, node);
        if (node->level > unlisted)
            continue;
        unlisted = nc_attr_has_class(node->attr, "unlisted") ? node->level : INT64_MAX;
        if (unlisted == node->level || node->level > deepest)
            continue;
        begin_item(&c, node->level);
        put_entry(w, node);
        c.empty = false;
    }
    close_lists(&c, 0);
    html_end_line(w);
    w->toc = false;
    memset(w->section_numbers, 0, sizeof w->section_numbers);
    return !c.empty;
}
