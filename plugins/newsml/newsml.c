/* SPDX-License-Identifier: MIT */
/* NewsML-G2 2.35, written: one newsItem of conformance "power", its body in NITF.
 * Source: IPTC, NewsML-G2 2.35 specification and guidelines. */
#include "plugins/newsml/newsml.h"

static const nc_option options[] = {
    NC_OPT_BOOL("xhtml", newsml_options, xhtml, false, "write the body in XHTML instead of NITF"),
    NC_OPT_BOOL("nitf", newsml_options, nitf, false, "with xhtml: write it in NITF as well"),
    NC_OPT_BOOL("message", newsml_options, message, false, "put the item into a newsMessage"),
    NC_OPT_BOOL("package", newsml_options, package, false,
                "in a newsMessage, with the pictures as items and a package of all"),
    NC_OPT_BOOL("superdesk", newsml_options, superdesk, false,
                "give sources the role that Superdesk wants"),
    NC_OPT_END,
};

#define NAMESPACE " xmlns=\"http://iptc.org/std/nar/2006-10-01/\""

static void put_rights(newsml *w)
{
    nc_bytes holder = newsml_term(w, "publisher"), notice = newsml_term(w, "copyright");
    nc_bytes usage = newsml_term(w, "usage");

    if (!holder.len && !notice.len && !usage.len)
        return;
    NC_PUT(w->buf, "<rightsInfo>\n");
    newsml_put_named(w, "copyrightHolder", holder, "");
    nc_put_xml_element(w->buf, "copyrightNotice", notice);
    nc_put_xml_element(w->buf, "usageTerms", usage);
    NC_PUT(w->buf, "</rightsInfo>\n");
}

/* Word and character counts are of the text, without headline and byline. */
static void put_body_tag(newsml *w, const char *media_type)
{
    nc_news_length length = nc_news_measure(w->doc);

    NC_PUT(w->buf, "<inlineXML");
    nc_put_xml_attribute(w->buf, "contenttype", nc_string(media_type));
    NC_PUT(w->buf, " wordcount=\"");
    nc_put_int(w->buf, (int64_t)length.words);
    NC_PUT(w->buf, "\" charcount=\"");
    nc_put_int(w->buf, (int64_t)length.characters);
    NC_PUT(w->buf, "\">\n");
}

/* Of two bodies NITF is the last: Superdesk takes that, and whole; others look for the first HTML.
 */
static void put_content(newsml *w)
{
    NC_PUT(w->buf, "<contentSet>\n");
    if (w->options->xhtml) {
        put_body_tag(w, "application/xhtml+xml");
        newsml_put_xhtml(w);
        NC_PUT(w->buf, "</inlineXML>\n");
    }
    if (w->options->nitf || !w->options->xhtml) {
        put_body_tag(w, "application/nitf+xml");
        NC_PUT(w->buf, "<nitf xmlns=\"http://iptc.org/std/NITF/2006-10-18/\">\n");
        nc_write_part(w->job, "nitf", w->doc, w->buf);
        NC_PUT(w->buf, "</nitf>\n</inlineXML>\n");
    }
    NC_PUT(w->buf, "</contentSet>\n");
}

void newsml_open_item(newsml *w, const char *element, nc_bytes guid, const char *scheme)
{
    nc_put_char(w->buf, '<');
    nc_put(w->buf, nc_string(element));
    NC_PUT(w->buf, NAMESPACE);
    nc_put_xml_attribute(w->buf, "guid", guid);
    nc_put_xml_attribute(w->buf, "version", w->news.version);
    NC_PUT(w->buf, " standard=\"NewsML-G2\" standardversion=\"2.35\" conformance=\"power\"");
    nc_put_xml_attribute(w->buf, "xml:lang", w->news.lang);
    NC_PUT(w->buf, ">\n<catalogRef "
                   "href=\"http://www.iptc.org/std/catalog/catalog.IPTC-G2-Standards_41.xml\"/>\n");
    if (!*scheme)
        return;
    NC_PUT(w->buf, "<catalog>\n");
    nc_put(w->buf, nc_string(scheme));
    NC_PUT(w->buf, "\n</catalog>\n");
}

static void put_item(newsml *w)
{
    newsml_open_item(w, "newsItem", w->news.guid,
                     w->options->superdesk ? "<scheme alias=\"cRole\" "
                                             "uri=\"https://newsconv.example/content-role/\"/>"
                                           : "");
    put_rights(w);
    newsml_put_item_meta(w);
    newsml_put_content_meta(w);
    put_content(w);
    NC_PUT(w->buf, "</newsItem>\n");
}

static void put_message(newsml *w)
{
    nc_bytes urgency = newsml_term(w, "urgency");

    NC_PUT(w->buf, "<newsMessage" NAMESPACE ">\n<header>\n");
    nc_put_xml_element(w->buf, "sent", w->news.version_time);
    nc_put_xml_element(w->buf, "sender", w->news.provider);
    nc_put_xml_element(w->buf, "transmitId",
                       nc_print(w->job, "%.*s:%.*s", (int)w->news.guid.len, w->news.guid.ptr,
                                (int)w->news.version.len, w->news.version.ptr));
    nc_put_xml_element(w->buf, "priority", urgency);
    NC_PUT(w->buf, "</header>\n<itemSet>\n");
    if (w->options->package)
        newsml_put_package(w);
    put_item(w);
    if (w->options->package)
        newsml_put_picture_items(w);
    NC_PUT(w->buf, "</itemSet>\n</newsMessage>\n");
}

static nc_status write_newsml(nc_job *job, const void *given, const nc_node *doc, nc_buf *buf)
{
    newsml w = { .job = job, .buf = buf, .options = given, .doc = doc, .meta = doc->meta };

    if (nc_news_read(job, doc, &w.news))
        return nc_job_status(job);
    NC_PUT(buf, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    newsml_find_pictures(&w);
    if (w.options->message || w.options->package)
        put_message(&w);
    else
        put_item(&w);
    return nc_job_status(job);
}

static const nc_format newsml_format = {
    .name = "newsml",
    .title = "NewsML-G2 2.35",
    .extensions = "xml",
    .media_types = "application/vnd.iptc.g2.newsitem+xml",
    .aliases = "newsmlg2",
    .options = options,
    .options_size = sizeof(newsml_options),
    .write = write_newsml,
};

NC_PLUGIN(&newsml_format);
