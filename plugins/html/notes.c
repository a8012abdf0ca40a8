/* SPDX-License-Identifier: MIT */
/* Notes: links with the role doc-noteref to items of a section with the role doc-endnotes
 * (DPUB-ARIA). The notes are read after the page; a reference within a note stays a link. */
#include "plugins/html/read.h"

struct html_reference {
    nc_node *note;
    dom_node *item;
    html_reference *previous;
};

void html_note_section(html_reader *reader, dom_node *section)
{
    for (dom_node *node = section; node; node = dom_following(section, node, false)) {
        nc_bytes id = dom_value(node, "id");

        if (dom_node_tag(node) == DOM_LI && id.len)
            html_set_note(reader, id, node);
        if (nc_is(dom_value(node, "role"), "doc-backlink"))
            *dom_mark(node) |= HTML_HIDDEN;
    }
    *dom_mark(section) |= HTML_HIDDEN;
}

bool html_open_reference(html_reader *reader, dom_node *link)
{
    nc_bytes target = dom_value(link, "href");
    dom_node *item = target.len > 1 && target.ptr[0] == '#'
                         ? html_note(reader, (nc_bytes){ target.ptr + 1, target.len - 1 })
                         : NULL;
    bool own = html_epub_type(reader, link).len && reader->raw; /* a note even without item */
    bool wanted = (item || (own && target.len && target.ptr[0] == '#')) && !reader->in_note;
    html_reference *reference = wanted ? nc_alloc(reader->job, sizeof *reference) : NULL;

    if (!reference)
        return false;
    reference->note = nc_join(reader->job, html_inlines(reader), nc_node_new(reader->job, NC_NOTE));
    reference->item = item;
    reference->previous = reader->references;
    reader->references = reference;
    return true;
}

static void read_note(html_reader *reader, const html_reference *reference)
{
    size_t depth = reader->depth;

    if (!reference->item)
        return;
    html_push(reader, NULL, HTML_CONTAINER, reference->note);
    for (dom_node *node = dom_first(reference->item); node; node = dom_next(node))
        html_walk(reader, node);
    while (reader->depth > depth)
        html_pop(reader);
    html_fix_plains(reader, reference->note, true);
}

void html_read_notes(html_reader *reader)
{
    reader->in_note = true;
    for (const html_reference *at = reader->references; at && nc_job_status(reader->job) == NC_OK;
         at = at->previous)
        read_note(reader, at);
}
