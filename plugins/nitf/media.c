/* SPDX-License-Identifier: MIT */
/* Pictures. NITF has them between paragraphs only: those in a line follow their paragraph. */
#include "core/uri.h"
#include "plugins/nitf/nitf.h"

/* Receivers can do nothing with bytes in an address. */
static nc_bytes source_of(nc_job *job, const nc_node *image)
{
    nc_bytes url = image->target->url;

    if (url.len > 5 && memcmp(url.ptr, "data:", 5) == 0)
        return (nc_bytes){ NULL, 0 };
    return nc_uri(job, url);
}

static bool is_remote(nc_bytes url)
{
    for (size_t i = 0; i + 2 < url.len; i++)
        if (memcmp(url.ptr + i, "://", 3) == 0)
            return i > 0;
    return url.len > 1 && memcmp(url.ptr, "//", 2) == 0;
}

/* Whole numbers of pixels; anything else is a wish of layout. */
static nc_bytes pixels(const nc_node *image, const char *key)
{
    nc_bytes value = nc_attr_value(image->attr, key);

    if (value.len > 2 && memcmp(value.ptr + value.len - 2, "px", 2) == 0)
        value.len -= 2;
    for (size_t i = 0; i < value.len; i++)
        if (value.ptr[i] < '0' || value.ptr[i] > '9')
            return (nc_bytes){ NULL, 0 };
    return value.len < 7 ? value : (nc_bytes){ NULL, 0 };
}

/* The `media` up to its caption. */
static void put_media(nitf *w, const nc_node *image)
{
    nc_bytes source = source_of(w->job, image);

    if (!is_remote(source))
        nc_warn(w->job, image, NC_WARN_RESOURCE,
                "a picture is named but not sent: receivers cannot fetch \"%.*s\"",
                source.len < 200 ? (int)source.len : 200, source.ptr);
    NC_PUT(w->buf, "<media media-type=\"image\">\n<media-reference");
    nc_put_xml_attribute(w->buf, "source", source);
    nc_put_xml_attribute(w->buf, "name", image->target->title);
    nc_put_xml_attribute(w->buf, "mime-type", nc_news_picture_type(source));
    nc_put_xml_attribute(w->buf, "width", pixels(image, "width"));
    nc_put_xml_attribute(w->buf, "height", pixels(image, "height"));
    nc_put_xml_attribute(w->buf, "alternate-text", nc_stringify(w->job, image));
    NC_PUT(w->buf, "/>\n");
}

void nitf_put_pictures(nitf *w)
{
    for (size_t i = 0; i < w->pictures.count; i++) {
        put_media(w, w->pictures.items[i]);
        NC_PUT(w->buf, "</media>\n");
    }
    w->pictures.count = 0;
}

/* FIGURE > PLAIN or PARA (> LINK) > IMAGE. */
const nc_node *nitf_figure_image(nc_job *job, const nc_node *figure)
{
    const nc_node *node = figure->last;

    if (!node || (node->previous && node->previous->kind != NC_CAPTION))
        return NULL;
    if (!(nc_bit(node) & (NC_BIT(PLAIN) | NC_BIT(PARA))))
        return NULL;
    do {
        if (!node->first || node->first != node->last)
            return NULL;
        node = node->first;
    } while (node->kind == NC_LINK);
    return node->kind == NC_IMAGE && source_of(job, node).len ? node : NULL;
}

/* The figure whose one picture `image` is, NULL: none. */
static const nc_node *figure_of(nc_job *job, const nc_node *image)
{
    const nc_node *node = image->parent;

    while (node && nc_bit(node) & (NC_BIT(LINK) | NC_BIT(PLAIN) | NC_BIT(PARA)))
        node = node->parent;
    return node && node->kind == NC_FIGURE && nitf_figure_image(job, node) == image ? node : NULL;
}

bool nitf_image(nc_out *out, const nc_node *node)
{
    nitf *w = nitf_of(out);
    nc_bytes alternative;

    if (source_of(w->job, node).len) {
        if (!figure_of(w->job, node))
            nitf_keep(w, &w->pictures, node);
        return false;
    }
    nc_warn(w->job, node, NC_WARN_RESOURCE, "a picture without an address is left out of NITF");
    alternative = nc_stringify(w->job, node);
    w->any_text = w->any_text || nc_has_text(alternative);
    nc_put_xml(w->buf, alternative, false);
    return false;
}

bool nitf_figure_open(nc_out *out, const nc_node *node)
{
    const nc_node *image = nitf_figure_image(out->job, node);

    if (image)
        put_media(nitf_of(out), image);
    return true;
}

void nitf_figure_close(nc_out *out, const nc_node *node)
{
    if (nitf_figure_image(out->job, node))
        NC_PUT(out->buf, "</media>\n");
}
