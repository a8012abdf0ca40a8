/* SPDX-License-Identifier: MIT */
/* The remote pictures of a story, each announced once. */
#include "core/uri.h"
#include "plugins/newsml/newsml.h"

/* A set of addresses: open addressing, never more than half full. */
typedef struct address_set {
    nc_bytes *items;
    size_t size; /* a power of two */
} address_set;

/* Source: FNV-1a. */
static size_t hash(nc_bytes text)
{
    uint64_t h = UINT64_C(14695981039346656037);

    for (size_t i = 0; i < text.len; i++)
        h = (h ^ (unsigned char)text.ptr[i]) * UINT64_C(1099511628211);
    return (size_t)(h ^ h >> 32);
}

/* Whether it was not there before. */
static bool add(address_set *set, nc_bytes address)
{
    size_t at = hash(address) & (set->size - 1);

    for (; set->items[at].ptr; at = (at + 1) & (set->size - 1))
        if (nc_same(set->items[at], address))
            return false;
    set->items[at] = address;
    return true;
}

static bool is_remote(nc_bytes url)
{
    return (url.len > 8 && memcmp(url.ptr, "https://", 8) == 0) ||
           (url.len > 7 && memcmp(url.ptr, "http://", 7) == 0);
}

static size_t count_images(const nc_node *doc)
{
    nc_walk walk = { .root = doc };
    size_t count = 0;

    while (nc_walk_next(&walk))
        count += walk.entering && walk.node->kind == NC_IMAGE;
    return count;
}

void newsml_find_pictures(newsml *w)
{
    size_t count = count_images(w->doc);
    address_set set = { .size = 2 };
    nc_walk walk = { .root = w->doc };

    while (set.size <= count * 2)
        set.size *= 2;
    set.items = nc_alloc(w->job, set.size * sizeof(*set.items));
    w->pictures = nc_alloc(w->job, (count + 1) * sizeof(*w->pictures));
    while (set.items && w->pictures && nc_walk_next(&walk)) {
        nc_bytes url;

        if (!walk.entering || walk.node->kind != NC_IMAGE || !is_remote(walk.node->target->url))
            continue;
        url = nc_uri(w->job, walk.node->target->url);
        if (url.ptr && add(&set, url))
            w->pictures[w->picture_count++] =
                (newsml_picture){ walk.node, url, nc_news_picture_type(url) };
    }
}

void newsml_put_picture_links(newsml *w)
{
    for (size_t i = 0; i < w->picture_count; i++) {
        NC_PUT(w->buf, "<link rel=\"irel:seeAlso\"");
        nc_put_xml_attribute(w->buf, "href", w->pictures[i].url);
        nc_put_xml_attribute(w->buf, "contenttype", w->pictures[i].type);
        NC_PUT(w->buf, "/>\n");
    }
}
