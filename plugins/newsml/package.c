/* SPDX-License-Identifier: MIT */
/* A story with its pictures: an item for each, and a package that says what belongs together. */
#include "plugins/newsml/newsml.h"

/* Receivers insist on the content type, so a picture whose kind is unknown stays in the story
 * alone. */
static bool is_item(const newsml_picture *picture)
{
    return picture->type.len != 0;
}

/* The same for every version of the story. */
static nc_bytes guid_of(newsml *w, nc_bytes part)
{
    return nc_news_uuid(w->job, nc_print(w->job, "%.*s\n%.*s", (int)w->news.guid.len,
                                         w->news.guid.ptr, (int)part.len, part.ptr));
}

static nc_bytes plain(newsml *w, const nc_node *node)
{
    nc_bytes text = nc_stringify(w->job, node);

    return nc_has_text(text) ? text : (nc_bytes){ "", 0 };
}

/* The caption of the figure that the picture stands in, else the words in its place. */
static nc_bytes caption_of(newsml *w, const nc_node *image)
{
    const nc_node *figure = image->parent;
    nc_bytes text = { "", 0 };

    while (figure && nc_bit(figure) & (NC_BIT(LINK) | NC_BIT(PLAIN) | NC_BIT(PARA)))
        figure = figure->parent;
    if (figure && figure->kind == NC_FIGURE && nc_bit(figure->first) & NC_BIT(CAPTION))
        text = plain(w, figure->first);
    return text.len ? text : plain(w, image);
}

static nc_bytes headline_of(newsml *w, const nc_node *image)
{
    nc_bytes caption = caption_of(w, image);

    return caption.len ? caption : w->news.headline;
}

static void put_class(newsml *w, const char *class)
{
    NC_PUT(w->buf, "<itemClass");
    nc_put_xml_attribute(w->buf, "qcode", nc_string(class));
    NC_PUT(w->buf, "/>\n");
    newsml_put_named(w, "provider", w->news.provider, "");
}

static void put_status(newsml *w)
{
    NC_PUT(w->buf, "<pubStatus qcode=\"stat:");
    nc_put(w->buf, w->news.status);
    NC_PUT(w->buf, "\"/>\n");
}

/* What holds for the story holds for its pictures and the package: times, embargo, status. */
static void put_item_meta(newsml *w, const char *class)
{
    NC_PUT(w->buf, "<itemMeta>\n");
    put_class(w, class);
    nc_put_xml_element(w->buf, "versionCreated", w->news.version_time);
    nc_put_xml_element(w->buf, "embargoed", w->news.embargoed);
    put_status(w);
    NC_PUT(w->buf, "</itemMeta>\n");
}

static void put_content_meta(newsml *w, nc_bytes headline, nc_bytes caption)
{
    NC_PUT(w->buf, "<contentMeta>\n");
    nc_put_xml_element(w->buf, "contentCreated",
                       w->news.date.len ? w->news.date : w->news.version_time);
    NC_PUT(w->buf, "<language");
    nc_put_xml_attribute(w->buf, "tag", w->news.lang);
    NC_PUT(w->buf, "/>\n");
    nc_put_xml_element(w->buf, "headline", headline);
    if (caption.len) {
        NC_PUT(w->buf, "<description role=\"drol:caption\">");
        nc_put_xml(w->buf, caption, false);
        NC_PUT(w->buf, "</description>\n");
    }
    NC_PUT(w->buf, "</contentMeta>\n");
}

/* ---------------------------------------------------------------- the package */

static void put_reference(newsml *w, nc_bytes guid, const char *class, nc_bytes headline)
{
    NC_PUT(w->buf, "<itemRef");
    nc_put_xml_attribute(w->buf, "residref", guid);
    nc_put_xml_attribute(w->buf, "version", w->news.version);
    NC_PUT(w->buf, " contenttype=\"application/vnd.iptc.g2.newsitem+xml\">\n");
    put_class(w, class);
    put_status(w);
    nc_put_xml_element(w->buf, "headline", headline);
    NC_PUT(w->buf, "</itemRef>\n");
}

/* IPTC has no scheme for the roles of groups: it is our own. */
void newsml_put_package(newsml *w)
{
    newsml_open_item(w, "packageItem", guid_of(w, NC_LITERAL("package")),
                     "<scheme alias=\"group\" uri=\"https://newsconv.example/group/\"/>");
    put_item_meta(w, "ninat:composite");
    put_content_meta(w, w->news.headline, (nc_bytes){ "", 0 });
    NC_PUT(w->buf, "<groupSet root=\"root\">\n<group id=\"root\" role=\"group:root\" "
                   "mode=\"pgrmod:bag\">\n<groupRef idref=\"main\"/>\n</group>\n"
                   "<group id=\"main\" role=\"group:main\" mode=\"pgrmod:bag\">\n");
    put_reference(w, w->news.guid, "ninat:text", w->news.headline);
    for (size_t i = 0; i < w->picture_count; i++)
        if (is_item(&w->pictures[i]))
            put_reference(w, guid_of(w, w->pictures[i].url), "ninat:picture",
                          headline_of(w, w->pictures[i].image));
    NC_PUT(w->buf, "</group>\n</groupSet>\n</packageItem>\n");
}

/* ---------------------------------------------------------------- the pictures */

static void put_picture(newsml *w, const newsml_picture *picture)
{
    newsml_open_item(w, "newsItem", guid_of(w, picture->url), "");
    put_item_meta(w, "ninat:picture");
    put_content_meta(w, headline_of(w, picture->image), caption_of(w, picture->image));
    NC_PUT(w->buf, "<contentSet>\n<remoteContent rendition=\"rnd:highRes\"");
    nc_put_xml_attribute(w->buf, "href", picture->url);
    nc_put_xml_attribute(w->buf, "contenttype", picture->type);
    NC_PUT(w->buf, "/>\n</contentSet>\n</newsItem>\n");
}

void newsml_put_picture_items(newsml *w)
{
    for (size_t i = 0; i < w->picture_count; i++)
        if (is_item(&w->pictures[i]))
            put_picture(w, &w->pictures[i]);
        else
            nc_warn(w->job, w->pictures[i].image, NC_WARN_LOSS,
                    "a picture of unknown kind is no item of its own: %.*s",
                    w->pictures[i].url.len < 200 ? (int)w->pictures[i].url.len : 200,
                    w->pictures[i].url.ptr);
}
