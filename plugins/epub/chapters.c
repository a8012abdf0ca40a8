/* SPDX-License-Identifier: MIT */
/* What the spine names, read one after the other into the document. Each is read into a holder of
 * its own first: what its links mean is known only when all have been. */
#include "plugins/epub/epub.h"

static bool is_image(const epub_book *book, const epub_item *item)
{
    return nc_is(item->media_type, "image/gif") || nc_is(item->media_type, "image/jpeg") ||
           nc_is(item->media_type, "image/png") ||
           (!book->raw && item->media_type.len > 6 &&
            memcmp(item->media_type.ptr, "image/", 6) == 0);
}

static bool is_page(const epub_book *book, const epub_item *item)
{
    return nc_is(item->media_type, "application/xhtml+xml") ||
           (!book->raw && !is_image(book, item));
}

/* ---------------------------------------------------------------- reading */

static void append_image(nc_job *job, nc_node *holder, nc_bytes url)
{
    nc_node *para = nc_append(job, holder, nc_node_new(job, NC_PARA));
    nc_node *image = nc_append(job, para, nc_node_new(job, NC_IMAGE));

    ((nc_target *)nc_record(job, image))->url = url;
}

/* The format that chapters are read with, its switches those of the book. */
static const char *page_format(epub_book *book)
{
    const epub_options *options = book->options;
    const struct {
        const char *name;
        bool on;
    } switches[] = {
        { "epub_html_exts", true },
        { "line_blocks", false },
        { "auto_identifiers", options->auto_identifiers },
        { "empty_paragraphs", options->empty_paragraphs },
        { "native_divs", options->native_divs },
        { "native_spans", options->native_spans },
        { "raw_html", options->raw_html },
    };
    nc_bytes name = NC_LITERAL("html");

    for (size_t i = 0; i < sizeof switches / sizeof *switches; i++)
        name = nc_print(book->job, "%.*s%c%s", (int)name.len, name.ptr, switches[i].on ? '+' : '-',
                        switches[i].name);
    return nc_print(book->job, "%.*s%c", (int)name.len, name.ptr, 0).ptr;
}

static void read_page(epub_book *book, epub_item *item, const char *format, nc_node *holder)
{
    nc_bytes bytes;

    switch (nc_archive_entry(book->archive, item->entry, &bytes)) {
    case NC_ENTRY_READ:
        nc_read_part(book->job, format, item->path,
                     item->is_html ? bytes : epub_html(book->job, bytes), holder, NULL);
        item->in_document = true;
        break;
    case NC_ENTRY_DAMAGED:
        nc_fail(book->job, NC_EINPUT, "the chapter %.*s is damaged", (int)item->path.len,
                item->path.ptr);
        break;
    case NC_ENTRY_LOCKED:
        nc_fail(book->job, NC_EUNSUPPORTED, "the chapter %.*s is encrypted (zip password)",
                (int)item->path.len, item->path.ptr);
        break;
    default:
        nc_warn(book->job, NULL, NC_WARN_INPUT, "the chapter %.*s is not in the book",
                (int)item->href.len, item->href.ptr);
    }
}

static void read_item(epub_book *book, epub_item *item, const char *format, nc_node *holder)
{
    if (is_page(book, item))
        read_page(book, item, format, holder);
    else if (is_image(book, item))
        append_image(book->job, holder, item->href);
}

/* A chapter is rewritten as it is unpacked, unless it has been unpacked for its navigation. */
static void fetch_pages(epub_book *book)
{
    nc_bytes known;

    for (size_t i = 0; i < book->spine_count; i++) {
        epub_item *item = book->spine[i];

        if (item->path.ptr && is_page(book, item)) {
            item->entry = nc_archive_find(book->archive, item->path);
            item->is_html = nc_archive_entry(book->archive, item->entry, &known) != NC_ENTRY_READ;
            nc_archive_want(book->archive, item->entry);
        }
    }
    nc_archive_fetch(book->archive, epub_html);
}

/* ---------------------------------------------------------------- anchors and titles */

static const nc_attr *with_id(nc_job *job, const nc_attr *attr, nc_bytes id)
{
    return attr ? nc_attr_new(job, id, attr->classes, attr->class_count, attr->pairs,
                              attr->pair_count)
                : nc_attr_new(job, id, NULL, 0, NULL, 0);
}

/* pandoc's mark of where a file begins. */
static void append_marker(epub_book *book, const epub_item *item)
{
    nc_node *para = nc_append(book->job, book->doc, nc_node_new(book->job, NC_PARA));
    nc_node *span = nc_append(book->job, para, nc_node_new(book->job, NC_SPAN));

    if (span)
        span->attr = nc_attr_new(book->job, item->file, NULL, 0, NULL, 0);
}

/* A link to a file leads to its first block, or to all of it if that has an id of its own. */
static void set_anchor(epub_book *book, const epub_item *item, nc_node *holder)
{
    nc_job *job = book->job;
    nc_bytes id = epub_escaped(job, item->file);
    nc_node *first = holder->first, *div;

    if (!epub_set_has(&book->targets, id))
        return;
    if ((nc_bit(first) & (NC_BIT(HEADER) | NC_BIT(DIV))) && !(first->attr && first->attr->id.len)) {
        first->attr = with_id(job, first->attr, id);
        return;
    }
    div = nc_node_new(job, NC_DIV);
    nc_move_children(job, div, holder);
    nc_append(job, holder, div);
    if (div)
        div->attr = nc_attr_new(job, id, NULL, 0, NULL, 0);
}

/* A chapter with text but without any heading gets the title that the navigation gives it. */
static void set_title(epub_book *book, const epub_item *item, nc_node *holder)
{
    nc_walk walk = { .root = holder };
    bool text = false;
    nc_node *heading;

    while (item->title.len && nc_walk_next(&walk)) {
        text |= walk.node->kind == NC_TEXT;
        if (walk.node->kind == NC_HEADER)
            return;
    }
    heading = text ? nc_node_new(book->job, NC_HEADER) : NULL;
    if (!heading)
        return;
    heading->level = 1;
    nc_text(book->job, heading, item->title);
    nc_trim(book->job, heading);
    nc_insert_before(book->job, holder->first, heading);
}

/* ---------------------------------------------------------------- pages of the printed book */

static bool is_page_mark(const epub_book *book, const nc_node *node)
{
    const nc_attr *attr = node->attr;
    bool mark;

    if (!(nc_bit(node) & (NC_BIT(SPAN) | NC_BIT(DIV))) || !attr)
        return false;
    mark = nc_attr_has_class(attr, "pagebreak") ||
           nc_is(nc_attr_value(attr, "role"), "doc-pagebreak") ||
           (!node->first && epub_set_has(&book->pages, attr->id));
    return mark && !(attr->id.len && epub_set_has(&book->targets, attr->id));
}

/* The next node below `root` that is not in `node`. */
static nc_node *behind(const nc_node *root, nc_node *node)
{
    while (node != root && !node->next)
        node = node->parent;
    return node == root ? NULL : node->next;
}

/* A paragraph that held nothing but marks goes with them. */
static void remove_mark(nc_node *mark, const nc_node *root)
{
    nc_node *parent = mark->parent;

    nc_detach(mark);
    if ((nc_bit(parent) & (NC_BIT(PARA) | NC_BIT(PLAIN))) && !parent->first && parent != root)
        nc_detach(parent);
}

static void remove_page_marks(const epub_book *book, nc_node *root)
{
    for (nc_node *node = root, *next; node; node = next) {
        bool mark = is_page_mark(book, node);

        next = !mark && node->first ? node->first : behind(root, node);
        if (mark && next && node->parent != root && next == behind(root, node->parent))
            remove_mark(node, root);
        else if (mark)
            nc_detach(node);
    }
}

/* ---------------------------------------------------------------- the book */

/* The address of the image on the cover: EPUB 3 gives the item a property, EPUB 2 has a meta
 * element that names it, in some books by its address. {NULL, 0}: there is none. */
static nc_bytes cover_address(const epub_book *book)
{
    const nc_xml *metadata = nc_xml_find(book->package, "metadata");
    nc_bytes id = { NULL, 0 };

    for (nc_xml *node = nc_xml_child(metadata, "meta"); node && !id.ptr;
         node = nc_xml_sibling(node, "meta"))
        if (nc_is(nc_xml_value(node, "name"), "cover"))
            id = nc_xml_value(node, "content");
    for (size_t i = 0; i < book->item_count; i++) {
        const epub_item *item = &book->items[i];
        bool named =
            epub_has_word(item->properties, "cover-image") || (id.len && nc_same(item->id, id));

        if (named && (book->raw || is_image(book, item)))
            return item->href;
    }
    if (!book->raw && !epub_item_at(book, epub_path(book->job, book->folder, id)))
        return (nc_bytes){ NULL, 0 };
    return id;
}

static bool shows(const nc_node *doc, nc_bytes url)
{
    nc_walk walk = { .root = doc };

    while (nc_walk_next(&walk))
        if (walk.node->kind == NC_IMAGE && nc_same(walk.node->target->url, url))
            return true;
    return false;
}

/* pandoc always begins with the cover; a reader wants it once. */
static void append_cover(epub_book *book)
{
    nc_bytes cover = cover_address(book);
    nc_node *holder, *first = book->doc->first;

    if (!cover.ptr || (!book->raw && shows(book->doc, cover)))
        return;
    holder = nc_node_new(book->job, NC_DOCUMENT);
    append_image(book->job, holder, cover);
    if (holder && first)
        nc_insert_before(book->job, first, nc_detach(holder->first));
    else
        nc_move_children(book->job, book->doc, holder);
}

static void finish_item(epub_book *book, const epub_item *item, nc_node *holder)
{
    if (book->raw) {
        append_marker(book, item);
    } else {
        remove_page_marks(book, holder);
        set_title(book, item, holder);
        set_anchor(book, item, holder);
    }
    nc_move_children(book->job, book->doc, holder);
}

void epub_read_chapters(epub_book *book)
{
    nc_node **holders = nc_alloc(book->job, (book->spine_count + 1) * sizeof(nc_node *));
    const char *format = page_format(book);
    bool any = false;

    fetch_pages(book);
    for (size_t i = 0; i < book->spine_count && !nc_job_status(book->job); i++) {
        holders[i] = nc_node_new(book->job, NC_DOCUMENT);
        read_item(book, book->spine[i], format, holders[i]);
        any |= book->spine[i]->in_document || is_image(book, book->spine[i]);
    }
    if (!any && book->spine_count && !book->raw)
        nc_fail(book->job, NC_EINPUT, "none of the chapters is in the book");
    for (size_t i = 0; i < book->spine_count && !nc_job_status(book->job); i++)
        if (book->spine[i]->in_document)
            epub_rewrite(book, book->spine[i], holders[i]);
    for (size_t i = 0; i < book->spine_count && !nc_job_status(book->job); i++)
        finish_item(book, book->spine[i], holders[i]);
    if (!nc_job_status(book->job))
        append_cover(book);
}
