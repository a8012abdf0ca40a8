/* SPDX-License-Identifier: MIT */
/* Links, and the bookmarks that they lead to. */
#include "docx.h"
#include "parts.h"
#include "core/sha1.h"
#include "core/uri.h"

/* ------------------------------------------------------------ bookmarks */

static bool is_good_name(nc_bytes id)
{
    size_t at = 0, count = 0;

    while (at < id.len) {
        uint32_t c = nc_utf8_next(id, &at);
        bool letter = (c | 32) >= 'a' && (c | 32) <= 'z' && c < 128;

        if (!letter && c < 0xaa && (!count || !((c >= '0' && c <= '9') || strchr("-_.:", (int)c))))
            return false;
        count++;
    }
    return count > 0 && count <= LONGEST_BOOKMARK;
}

/* Word takes 40 characters, the first a letter. What does not fit is named by its digest, as
 * pandoc does. */
nc_bytes docx_bookmark_name(docx *d, nc_bytes id)
{
    char digest[NC_SHA1_HEX];

    if (is_good_name(id))
        return id;
    nc_sha1(id, digest);
    digest[0] = 'X';
    return nc_copy(d->job, (nc_bytes){ digest, sizeof(digest) });
}

static nc_bytes bookmark_key(docx *d, nc_bytes id)
{
    return docx_fold(d->job, docx_bookmark_name(d, id));
}

/* Whether the identifier `id` will be a bookmark somewhere. The tree is searched when the first
 * link asks. */
bool docx_has_bookmark(docx *d, nc_bytes id)
{
    nc_walk walk = { .root = d->bookmarks_known ? NULL : d->document };

    while (nc_walk_next(&walk)) {
        nc_bytes key;

        if (!walk.entering || !(nc_bit(walk.node) & DOCX_MARKED) || !walk.node->attr ||
            !walk.node->attr->id.len)
            continue;
        key = bookmark_key(d, walk.node->attr->id);
        if (!docx_map_find(&d->bookmarks, key))
            docx_map_add(d->job, &d->bookmarks, key);
    }
    d->bookmarks_known = true;
    return docx_map_find(&d->bookmarks, bookmark_key(d, id)) != NULL;
}

int64_t docx_open_bookmark(docx *d, const nc_node *node)
{
    nc_bytes id = node->attr ? node->attr->id : (nc_bytes){ NULL, 0 }, key;
    map_entry *entry;

    if (!id.len || d->aside)
        return 0;
    key = bookmark_key(d, id);
    entry = docx_map_find(&d->bookmarks, key);
    if (!entry)
        entry = docx_map_add(d->job, &d->bookmarks, key);
    if (!entry)
        return 0;
    if (entry->number) {
        nc_warn(d->job, node, NC_WARN_LOSS,
                "the identifier \"%.*s\" is there twice; the second is dropped",
                (int)(id.len < 80 ? id.len : 80), id.ptr);
        return 0;
    }
    entry->number = ++d->bookmark_count;
    docx_run_close(d);
    NC_PUT(d->xml, "<w:bookmarkStart w:id=\"");
    nc_put_int(d->xml, entry->number + FIRST_BOOKMARK);
    NC_PUT(d->xml, "\" w:name=\"");
    docx_put_escaped(d, d->xml, docx_bookmark_name(d, id));
    NC_PUT(d->xml, "\"/>");
    return entry->number;
}

void docx_close_bookmark(docx *d, int64_t number)
{
    if (!number)
        return;
    docx_run_close(d);
    NC_PUT(d->xml, "<w:bookmarkEnd w:id=\"");
    nc_put_int(d->xml, number + FIRST_BOOKMARK);
    NC_PUT(d->xml, "\"/>");
}

/* ------------------------------------------------------------ links */

/* Begin w:hyperlink with what names its target; false when it has none. */
static bool put_target(docx *d, const nc_node *node, nc_bytes url)
{
    map_entry *entry;

    if (url.len > 1 && *url.ptr == '#' &&
        docx_has_bookmark(d, (nc_bytes){ url.ptr + 1, url.len - 1 })) {
        NC_PUT(d->xml, "<w:hyperlink w:anchor=\"");
        docx_put_escaped(d, d->xml, docx_bookmark_name(d, (nc_bytes){ url.ptr + 1, url.len - 1 }));
        return true;
    }
    url = nc_uri(d->job, url);
    if (!url.len || url.len > LONGEST_TARGET) {
        nc_warn(d->job, node, NC_WARN_LOSS,
                url.len ? "a link target is longer than Word takes; its text is kept"
                        : "a link without target; its text is kept");
        return false;
    }
    entry = docx_map_find(&d->part->links, url);
    if (!entry) {
        entry = docx_map_add(d->job, &d->part->links, url);
        if (!entry)
            return false;
        entry->number = docx_relate(d, d->part, RELATIONS "hyperlink", url, true);
    }
    NC_PUT(d->xml, "<w:hyperlink r:id=\"rId");
    nc_put_int(d->xml, entry->number);
    return true;
}

bool docx_link_to(docx *d, const nc_node *node, nc_bytes url)
{
    docx_run_close(d);
    if (d->now.in_link || !put_target(d, node, url))
        return false;
    NC_PUT(d->xml, "\">");
    d->now.text.style = &d->styles[STYLE_HYPERLINK];
    d->now.in_link = d->now.opened = true;
    return true;
}

bool docx_open_link(nc_out *out, const nc_node *node)
{
    docx *d = docx_of(out);
    nc_bytes title = node->target->title;

    docx_context_push(d);
    docx_warn_of_attributes(d, node, "uri email ", "");
    d->now.bookmark = docx_open_bookmark(d, node);
    d->now.text.style = &d->styles[STYLE_HYPERLINK];
    if (d->now.in_link) {
        nc_warn(d->job, node, NC_WARN_LOSS, "a link inside a link; only the outer one is kept");
        return true;
    }
    docx_run_close(d);
    if (!put_target(d, node, node->target->url))
        return true;
    if (title.len && title.len <= LONGEST_TOOLTIP) {
        NC_PUT(d->xml, "\" w:tooltip=\"");
        docx_put_escaped(d, d->xml, title);
    } else if (title.len) {
        nc_warn(d->job, node, NC_WARN_LOSS, "the title of a link is longer than Word takes");
    }
    NC_PUT(d->xml, "\">");
    d->now.in_link = d->now.opened = true;
    return true;
}

void docx_close_link(nc_out *out, const nc_node *node)
{
    docx *d = docx_of(out);

    (void)node;
    if (d->now.opened) {
        docx_run_close(d);
        NC_PUT(d->xml, "</w:hyperlink>");
    }
    docx_close_bookmark(d, d->now.bookmark);
    docx_context_pop(d);
}
