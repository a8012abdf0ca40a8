/* SPDX-License-Identifier: MIT */
/* The package document: EPUB 3.3, 5; OPF 2.0.1. Names are taken whatever their namespace, as books
 * are careless with it. */
#include "plugins/epub/epub.h"

#include <stdlib.h>

static int compare(nc_bytes a, nc_bytes b)
{
    size_t shorter = a.len < b.len ? a.len : b.len;
    int order = shorter ? memcmp(a.ptr, b.ptr, shorter) : 0;

    return order ? order : (a.len > b.len) - (a.len < b.len);
}

static int compare_ids(const void *a, const void *b)
{
    const epub_item *left = *(epub_item *const *)a, *right = *(epub_item *const *)b;
    int order = compare(left->id, right->id);

    return order ? order : (left > right) - (left < right);
}

static int compare_paths(const void *a, const void *b)
{
    const epub_item *left = *(epub_item *const *)a, *right = *(epub_item *const *)b;
    int order = compare(left->path, right->path);

    return order ? order : (left > right) - (left < right);
}

static int compare_names(const void *a, const void *b)
{
    return compare(*(const nc_bytes *)a, *(const nc_bytes *)b);
}

/* The first of `items`, sorted by id or path, whose key is `key`. */
static epub_item *find_item(epub_item **items, size_t count, nc_bytes key, bool by_path)
{
    size_t low = 0, high = count;

    while (low < high) {
        size_t middle = low + (high - low) / 2;

        if (compare(by_path ? items[middle]->path : items[middle]->id, key) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return low < count && nc_same(by_path ? items[low]->path : items[low]->id, key) ? items[low]
                                                                                    : NULL;
}

epub_item *epub_item_by_id(const epub_book *book, nc_bytes id)
{
    return find_item(book->by_id, book->item_count, id, false);
}

epub_item *epub_item_at(const epub_book *book, nc_bytes path)
{
    return path.ptr ? find_item(book->by_path, book->path_count, path, true) : NULL;
}

static bool is_space(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

bool epub_has_word(nc_bytes list, const char *word)
{
    for (size_t at = 0; at < list.len; at++) {
        size_t start = at;

        while (at < list.len && !is_space(list.ptr[at]))
            at++;
        if (nc_is((nc_bytes){ list.ptr + start, at - start }, word))
            return true;
    }
    return false;
}

nc_bytes epub_file(epub_book *book, nc_bytes path)
{
    int64_t entry = path.ptr ? nc_archive_find(book->archive, path) : NC_ARCHIVE_NONE;
    nc_bytes bytes;
    nc_entry_state state;

    nc_archive_want(book->archive, entry);
    nc_archive_fetch(book->archive, NULL);
    state = nc_archive_entry(book->archive, entry, &bytes);
    if (state == NC_ENTRY_DAMAGED)
        nc_fail(book->job, NC_EINPUT, "%.*s in the book is damaged", (int)path.len, path.ptr);
    if (state == NC_ENTRY_LOCKED)
        nc_fail(book->job, NC_EUNSUPPORTED, "%.*s in the book is encrypted (zip password)",
                (int)path.len, path.ptr);
    return bytes;
}

/* ---------------------------------------------------------------- the container */

/* EPUB OCF 3.3, 4.2.6.3.1: the first rootfile is the default rendition. */
static nc_bytes package_path(epub_book *book)
{
    static const char container[] = "META-INF/container.xml";
    nc_bytes bytes = epub_file(book, nc_string(container)), path = { NULL, 0 };
    nc_xml *root = bytes.ptr ? nc_xml_parse(book->job, bytes, nc_string(container)) : NULL;

    for (nc_xml *node = root; node && !path.len; node = nc_xml_following(root, node))
        if (nc_is(node->name, "rootfile"))
            path = epub_path(book->job, (nc_bytes){ "", 0 }, nc_xml_value(node, "full-path"));
    if (!bytes.ptr)
        nc_fail(book->job, NC_EINPUT, "not an EPUB: it has no %s", container);
    else if (!path.len)
        nc_fail(book->job, NC_EINPUT, "%s names no package document", container);
    return path;
}

/* ---------------------------------------------------------------- manifest and spine */

static void set_item(epub_book *book, epub_item *item, const nc_xml *node)
{
    item->id = nc_xml_value(node, "id");
    item->media_type = nc_xml_value(node, "media-type");
    item->fallback = nc_xml_value(node, "fallback");
    item->properties = nc_xml_value(node, "properties");
    item->href = nc_xml_value(node, "href");
    item->path = epub_path(book->job, book->folder, item->href);
    item->file = epub_file_name(item->href);
    item->entry = NC_ARCHIVE_NONE;
}

static void read_manifest(epub_book *book)
{
    nc_xml *manifest = nc_xml_find(book->package, "manifest");
    size_t count = 0;

    for (nc_xml *node = nc_xml_child(manifest, "item"); node; node = nc_xml_sibling(node, "item"))
        count++;
    book->items = nc_alloc(book->job, (count + 1) * sizeof *book->items);
    book->by_id = nc_alloc(book->job, (count + 1) * sizeof(epub_item *));
    book->by_path = nc_alloc(book->job, (count + 1) * sizeof(epub_item *));
    if (nc_job_status(book->job))
        return;
    for (nc_xml *node = nc_xml_child(manifest, "item"); node; node = nc_xml_sibling(node, "item")) {
        epub_item *item = &book->items[book->item_count];

        set_item(book, item, node);
        book->by_id[book->item_count++] = item;
        if (item->path.ptr)
            book->by_path[book->path_count++] = item;
    }
    qsort(book->by_id, book->item_count, sizeof(epub_item *), compare_ids);
    qsort(book->by_path, book->path_count, sizeof(epub_item *), compare_paths);
}

static bool is_readable(const epub_item *item)
{
    return nc_is(item->media_type, "application/xhtml+xml") ||
           nc_is(item->media_type, "text/html") ||
           nc_is(item->media_type, "text/x-oeb1-document") ||
           nc_is(item->media_type, "image/gif") || nc_is(item->media_type, "image/jpeg") ||
           nc_is(item->media_type, "image/png") || nc_is(item->media_type, "image/svg+xml") ||
           nc_is(item->media_type, "image/webp");
}

/* EPUB 3.3, 5.6.2.1: what cannot be read has a chain of fallbacks. pandoc does not look at them. */
static epub_item *readable_item(const epub_book *book, epub_item *item)
{
    epub_item *at = item;

    for (size_t steps = 0; at && steps < 16 && !is_readable(at); steps++)
        at = at->fallback.len ? epub_item_by_id(book, at->fallback) : NULL;
    if (at && is_readable(at) && !book->raw)
        return at;
    if (!book->raw)
        nc_warn(book->job, NULL, NC_WARN_INPUT,
                "%.*s left out: there is no reading %.*s, and no fallback that can be read",
                (int)item->href.len, item->href.ptr, (int)item->media_type.len,
                item->media_type.ptr);
    return book->raw ? item : NULL;
}

static void add_to_spine(epub_book *book, const nc_xml *reference)
{
    nc_bytes id = nc_xml_value(reference, "idref"), linear = nc_xml_value(reference, "linear");
    epub_item *item = epub_item_by_id(book, id);

    if (linear.ptr && !nc_is(linear, "yes")) {
        if (!book->raw)
            nc_warn(book->job, NULL, NC_WARN_INPUT,
                    "%.*s left out: it is not part of the reading order (linear=\"%.*s\")",
                    (int)id.len, id.ptr, (int)linear.len, linear.ptr);
        return;
    }
    if (!item) {
        nc_warn(book->job, NULL, NC_WARN_INPUT, "the spine names %.*s, which the manifest lacks",
                (int)id.len, id.ptr);
        return;
    }
    item = readable_item(book, item);
    if (!item || (item->in_spine && !book->raw))
        return;
    item->in_spine = true;
    /* Files of one name in several folders need anchors of their own; pandoc lets them collide. */
    if (!epub_set_add(book->job, &book->files, item->file) && !book->raw)
        item->file = item->path;
    book->spine_files[book->spine_count] = epub_escaped(book->job, item->file);
    book->spine[book->spine_count++] = item;
}

static void read_spine(epub_book *book)
{
    nc_xml *spine = nc_xml_find(book->package, "spine");
    size_t count = 0;

    for (nc_xml *node = nc_xml_child(spine, "itemref"); node;
         node = nc_xml_sibling(node, "itemref"))
        count++;
    book->spine = nc_alloc(book->job, (count + 1) * sizeof *book->spine);
    book->spine_files = nc_alloc(book->job, (count + 1) * sizeof *book->spine_files);
    for (nc_xml *node = nc_xml_child(spine, "itemref"); node && !nc_job_status(book->job);
         node = nc_xml_sibling(node, "itemref"))
        add_to_spine(book, node);
    if (!spine)
        nc_fail(book->job, NC_EINPUT, "the package document has no spine");
    if (!nc_job_status(book->job))
        qsort(book->spine_files, book->spine_count, sizeof(nc_bytes), compare_names);
}

void epub_read_package(epub_book *book)
{
    nc_bytes path = package_path(book), bytes;

    if (nc_job_status(book->job))
        return;
    bytes = epub_file(book, path);
    if (!bytes.ptr)
        nc_fail(book->job, NC_EINPUT, "the package document %.*s is not in the book", (int)path.len,
                path.ptr);
    book->folder = epub_folder(path);
    book->package = nc_xml_parse(book->job, bytes, path);
    if (!book->package) {
        nc_fail(book->job, NC_EINPUT, "the package document %.*s is not XML", (int)path.len,
                path.ptr);
        return;
    }
    read_manifest(book);
    if (!nc_job_status(book->job))
        read_spine(book);
}
