/* SPDX-License-Identifier: MIT */
/* Chapters are files, the tree is one document: the id "x" of chapter.xhtml becomes
 * "chapter.xhtml_x", and what points at it follows. Images are named from the folder of the package
 * document. */
#include "plugins/epub/epub.h"

/* The kinds whose ids pandoc rewrites, and all that have an id. */
static const uint64_t rewritten_by_pandoc =
    NC_BIT(DIV) | NC_BIT(HEADER) | NC_BIT(CODE_BLOCK) | NC_BIT(SPAN) | NC_BIT(CODE) | NC_BIT(LINK);
static const uint64_t with_attr = rewritten_by_pandoc | NC_BIT(IMAGE) | NC_BIT(FIGURE) |
                                  NC_BIT(TABLE) | NC_BIT(TABLE_HEAD) | NC_BIT(TABLE_BODY) |
                                  NC_BIT(TABLE_FOOT) | NC_BIT(ROW) | NC_BIT(CELL);

static nc_bytes id_in(nc_job *job, nc_bytes file, nc_bytes id)
{
    return id.len ? nc_print(job, "%.*s_%.*s", (int)file.len, file.ptr, (int)id.len, id.ptr) : id;
}

/* ---------------------------------------------------------------- attributes */

static bool is_epub_key(nc_bytes key)
{
    return key.len > 5 && memcmp(key.ptr, "epub:", 5) == 0;
}

static void rewrite_attr(epub_book *book, nc_bytes file, nc_node *node)
{
    const nc_attr *attr = node->attr;
    nc_pair few[16], *pairs = few;
    size_t count = 0;

    if (!attr)
        return;
    if (attr->pair_count > 16)
        pairs = nc_alloc(book->job, attr->pair_count * sizeof *pairs);
    for (size_t i = 0; pairs && i < attr->pair_count; i++)
        if (!is_epub_key(attr->pairs[i].key))
            pairs[count++] = attr->pairs[i];
    if (attr->id.len || count < attr->pair_count)
        node->attr = nc_attr_new(book->job, id_in(book->job, file, attr->id), attr->classes,
                                 attr->class_count, pairs, count);
}

/* ---------------------------------------------------------------- links */

/* Whether the name of a file of the spine begins `url`. */
static bool begins_with_file(const epub_book *book, nc_bytes url)
{
    while (url.len) {
        size_t low = 0, high = book->spine_count, common = 0;
        nc_bytes name;

        while (low < high) {
            size_t middle = low + (high - low) / 2, shorter;
            int order;

            name = book->spine_files[middle];
            shorter = name.len < url.len ? name.len : url.len;
            order = memcmp(name.ptr, url.ptr, shorter);
            if (order < 0 || (order == 0 && name.len <= url.len))
                low = middle + 1;
            else
                high = middle;
        }
        if (low == 0)
            return false;
        name = book->spine_files[low - 1];
        while (common < name.len && common < url.len && name.ptr[common] == url.ptr[common])
            common++;
        if (common == name.len)
            return name.len > 0;
        url.len = common; /* a shorter name may still be one */
    }
    return false;
}

/* Whether pandoc can take the address apart: it has one fragment, no query, and no characters but
 * those of addresses. */
static bool is_plain(nc_bytes url)
{
    size_t fragments = 0;

    for (size_t i = 0; i < url.len; i++) {
        fragments += url.ptr[i] == '#';
        if ((unsigned char)url.ptr[i] >= 0x80 || url.ptr[i] == '?')
            return false;
    }
    return fragments == 1;
}

/* As pandoc does it: whatever has one fragment is taken for a file of the book. */
static nc_bytes raw_url(epub_book *book, nc_bytes file, nc_bytes url)
{
    nc_job *job = book->job;
    nc_bytes fragment = epub_fragment(url), path = epub_before_fragment(url);

    if (url.len && url.ptr[0] == '#') {
        fragment = id_in(job, file, fragment);
        return fragment.len ? nc_print(job, "#%.*s", (int)fragment.len, fragment.ptr) : fragment;
    }
    if (fragment.len && path.len && !epub_is_remote(url) && is_plain(url))
        url = id_in(job, epub_file_name(path), fragment);
    return begins_with_file(book, url) ? nc_print(job, "#%.*s", (int)url.len, url.ptr) : url;
}

static nc_bytes own_url(epub_book *book, const epub_item *item, nc_bytes file, nc_bytes url)
{
    nc_job *job = book->job;
    nc_bytes fragment = epub_decoded(job, epub_fragment(url)), id;
    const epub_item *target = item;

    if (epub_is_remote(url) || !url.len)
        return url;
    if (url.ptr[0] != '#')
        target = epub_item_at(book, epub_path(job, epub_folder(item->path), url));
    if (!target || !target->in_document)
        return url;
    if (target != item)
        file = epub_escaped(job, target->file);
    id = fragment.len ? id_in(job, file, fragment) : file;
    epub_set_add(job, &book->targets, id);
    return nc_print(job, "#%.*s", (int)id.len, id.ptr);
}

/* ---------------------------------------------------------------- images */

static bool is_data(nc_bytes url)
{
    return url.len >= 5 && memcmp(url.ptr, "data:", 5) == 0;
}

static nc_bytes image_url(epub_book *book, const epub_item *item, nc_bytes url)
{
    nc_bytes folder = epub_folder(epub_decoded(book->job, item->href));

    if (is_data(url) || (!book->raw && epub_is_remote(url)))
        return url;
    return epub_join(book->job, folder, url);
}

static void rewrite_target(epub_book *book, const epub_item *item, nc_bytes file, nc_node *node)
{
    nc_target *target = nc_record(book->job, node);

    if (node->kind == NC_IMAGE)
        target->url = image_url(book, item, target->url);
    else
        target->url =
            book->raw ? raw_url(book, file, target->url) : own_url(book, item, file, target->url);
}

void epub_rewrite(epub_book *book, const epub_item *item, nc_node *from)
{
    uint64_t kinds = book->raw ? rewritten_by_pandoc : with_attr;
    nc_bytes file = epub_escaped(book->job, item->file);
    nc_walk walk = { .root = from };

    while (nc_walk_next(&walk)) {
        nc_node *node = (nc_node *)(uintptr_t)walk.node;

        if (!walk.entering)
            continue;
        if (kinds & nc_bit(node))
            rewrite_attr(book, file, node);
        if (nc_bit(node) & (NC_BIT(LINK) | NC_BIT(IMAGE)))
            rewrite_target(book, item, file, node);
    }
}

/* ---------------------------------------------------------------- the media bag */

static int64_t image_entry(epub_book *book, const nc_node *image, nc_bytes *path)
{
    nc_bytes url = image->target->url;

    *path = is_data(url) ? (nc_bytes){ NULL, 0 } : epub_path(book->job, book->folder, url);
    return path->ptr && !epub_set_has(&book->locked, *path) ? nc_archive_find(book->archive, *path)
                                                            : NC_ARCHIVE_NONE;
}

static void add_image(epub_book *book, const nc_node *image)
{
    nc_bytes path, bytes, type = NC_LITERAL("application/octet-stream");
    int64_t entry = image_entry(book, image, &path);
    nc_entry_state state = nc_archive_entry(book->archive, entry, &bytes);
    const epub_item *item = epub_item_at(book, path);

    if (item && item->media_type.len)
        type = item->media_type;
    if (state == NC_ENTRY_READ)
        nc_media_add(book->job, image->target->url, type, bytes);
    else if (state == NC_ENTRY_DAMAGED)
        nc_warn(book->job, image, NC_WARN_RESOURCE, "the image %.*s is damaged", (int)path.len,
                path.ptr);
    else if (state == NC_ENTRY_LOCKED || epub_set_has(&book->locked, path))
        nc_warn(book->job, image, NC_WARN_RESOURCE, "the image %.*s is encrypted", (int)path.len,
                path.ptr);
}

void epub_add_images(epub_book *book)
{
    nc_walk walk = { .root = book->doc };
    nc_bytes path;

    while (nc_walk_next(&walk))
        if (walk.entering && walk.node->kind == NC_IMAGE)
            nc_archive_want(book->archive, image_entry(book, walk.node, &path));
    nc_archive_fetch(book->archive, NULL);
    walk = (nc_walk){ .root = book->doc };
    while (nc_walk_next(&walk) && !nc_job_status(book->job))
        if (walk.entering && walk.node->kind == NC_IMAGE)
            add_image(book, walk.node);
}
