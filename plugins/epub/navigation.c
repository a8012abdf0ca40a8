/* SPDX-License-Identifier: MIT */
/* What the book says of its own order: the navigation document (EPUB 3.3, 7) or the NCX
 * (OPF 2.0.1, 2.4.1). */
#include "plugins/epub/epub.h"

static const epub_item *navigation_item(const epub_book *book)
{
    const nc_xml *spine = nc_xml_find(book->package, "spine");
    const epub_item *ncx = NULL;

    for (size_t i = 0; i < book->item_count; i++) {
        if (epub_has_word(book->items[i].properties, "nav"))
            return &book->items[i];
        if (!ncx && nc_is(book->items[i].media_type, "application/x-dtbncx+xml"))
            ncx = &book->items[i];
    }
    return ncx ? ncx : epub_item_by_id(book, nc_xml_value(spine, "toc"));
}

/* The first entry that leads to a file names it. */
static void set_title(epub_book *book, nc_bytes folder, nc_bytes address, const nc_xml *label)
{
    epub_item *item = epub_item_at(book, epub_path(book->job, folder, address));

    if (item && !item->title.ptr && label)
        item->title = nc_xml_text(book->job, label);
}

static void note_page(epub_book *book, nc_bytes folder, nc_bytes address)
{
    const epub_item *item = epub_item_at(book, epub_path(book->job, folder, address));
    nc_bytes fragment = epub_fragment(address), file;

    if (!item || !fragment.len)
        return;
    file = epub_escaped(book->job, item->file);
    epub_set_add(
        book->job, &book->pages,
        nc_print(book->job, "%.*s_%.*s", (int)file.len, file.ptr, (int)fragment.len, fragment.ptr));
}

static void read_list(epub_book *book, nc_bytes folder, const nc_xml *list)
{
    nc_bytes type = nc_xml_value(list, "type");
    bool toc = epub_has_word(type, "toc"), pages = epub_has_word(type, "page-list");

    for (nc_xml *node = list->first; node; node = nc_xml_following(list, node)) {
        if (toc && nc_is(node->name, "a"))
            set_title(book, folder, nc_xml_value(node, "href"), node);
        else if (pages && nc_is(node->name, "a"))
            note_page(book, folder, nc_xml_value(node, "href"));
    }
}

static void read_ncx(epub_book *book, nc_bytes folder, const nc_xml *root)
{
    for (const nc_xml *node = root; node; node = nc_xml_following(root, node)) {
        nc_bytes address = nc_xml_value(nc_xml_child(node, "content"), "src");

        if (nc_is(node->name, "navPoint"))
            set_title(book, folder, address, nc_xml_find(nc_xml_child(node, "navLabel"), "text"));
        else if (nc_is(node->name, "pageTarget"))
            note_page(book, folder, address);
    }
}

void epub_read_navigation(epub_book *book)
{
    const epub_item *item = navigation_item(book);
    nc_bytes bytes = item && item->path.ptr ? epub_file(book, item->path) : (nc_bytes){ NULL, 0 };
    nc_bytes folder = item ? epub_folder(item->path) : bytes;
    nc_xml *root = bytes.ptr ? nc_xml_parse(book->job, bytes, item->path) : NULL;

    if (root && nc_is(root->name, "ncx"))
        read_ncx(book, folder, root);
    for (nc_xml *node = root; node; node = nc_xml_following(root, node))
        if (nc_is(node->name, "nav") && node->first)
            read_list(book, folder, node);
}
