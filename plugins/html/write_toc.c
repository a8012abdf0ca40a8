/* SPDX-License-Identifier: MIT */
/* The table of contents. */
#include "plugins/html/write_rules.h"

/* The headings whose sections are open, outermost first. */
typedef struct contents {
    html_writer *w;
    int64_t levels[6];
    size_t depth;
    bool empty;
} contents;

/* End the sections of that level or deeper, and the lists in them; whether there was one. */
static bool end_sections(contents *c, int64_t level)
{
    html_writer *w = c->w;
    bool any = false;

    while (c->depth && c->levels[c->depth - 1] >= level) {
        if (any) {
            html_newline(w);
            HTML_PUT(w, "</ul>");
        }
        HTML_PUT(w, "</li>");
        c->depth--;
        any = true;
    }
    return any;
}

static void begin_section(contents *c, int64_t level)
{
    html_writer *w = c->w;

    if (!end_sections(c, level)) {
        if (c->depth)
            html_newline(w);
        HTML_PUT(w, "<ul>");
    }
    html_newline(w);
    HTML_PUT(w, "<li>");
    c->levels[c->depth++] = level;
    c->empty = false;
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

    html_begin_numbers(w, doc);
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
        begin_section(&c, node->level);
        put_entry(w, node);
    }
    if (end_sections(&c, 0)) {
        html_newline(w);
        HTML_PUT(w, "</ul>");
    }
    html_end_line(w);
    w->toc = false;
    return !c.empty;
}
