/* SPDX-License-Identifier: MIT */
/* contentMeta: what the story is about and who made it. First the administrative, then the
 * descriptive elements. */
#include "core/topics.h"
#include "plugins/newsml/newsml.h"

/* ---------------------------------------------------------------- administrative */

static void put_dates(newsml *w)
{
    const nc_news *news = &w->news;

    nc_put_xml_element(w->buf, "contentCreated", news->date.len ? news->date : news->version_time);
    nc_put_xml_element(w->buf, "contentModified", news->updated);
}

/* Superdesk takes a source only with a role that no catalog of IPTC has. */
static const char *source_role(newsml *w, nc_bytes source)
{
    if (w->options->superdesk)
        return " role=\"cRole:source\"";
    return nc_news_supplied(w->job, w->meta, source) ? " role=\"cpprole:origcont\"" : "";
}

static void put_sources(newsml *w)
{
    for (const nc_node *item = nc_term_first(w->meta, "source"); item; item = nc_term_next(item)) {
        nc_bytes name = nc_term_item(w->job, item);

        newsml_put_named(w, "infoSource", name, source_role(w, name));
    }
}

static void put_creators(newsml *w)
{
    for (const nc_node *item = nc_term_first(w->meta, "author"); item; item = nc_term_next(item))
        newsml_put_named(w, "creator", nc_term_item(w->job, item), "");
}

/* ---------------------------------------------------------------- descriptive */

static void put_language(newsml *w)
{
    NC_PUT(w->buf, "<language");
    nc_put_xml_attribute(w->buf, "tag", w->news.lang);
    NC_PUT(w->buf, "/>\n");
}

/* Receivers keep only the names of genres that are said to be English. */
static void put_genre(newsml *w)
{
    nc_bytes genre = newsml_term(w, "genre"), lang = w->news.lang;

    if (!genre.len)
        return;
    NC_PUT(w->buf, "<genre");
    nc_put_xml_attribute(w->buf, "literal", genre);
    NC_PUT(w->buf, "><name");
    if (lang.len >= 2 && memcmp(lang.ptr, "en", 2) == 0)
        NC_PUT(w->buf, " xml:lang=\"en\"");
    NC_PUT(w->buf, ">");
    nc_put_xml(w->buf, genre, false);
    NC_PUT(w->buf, "</name></genre>\n");
}

static void put_keywords(newsml *w)
{
    for (const nc_node *item = nc_term_first(w->meta, "keywords"); item; item = nc_term_next(item))
        nc_put_xml_element(w->buf, "keyword", nc_term_item(w->job, item));
}

static void put_subject(newsml *w, const char *scheme, nc_bytes code, nc_bytes name)
{
    NC_PUT(w->buf, "<subject type=\"cpnat:abstract\"");
    nc_put_xml_attribute(w->buf, "qcode",
                         nc_print(w->job, "%s:%.*s", scheme, (int)code.len, code.ptr));
    if (!name.len) {
        NC_PUT(w->buf, "/>\n");
        return;
    }
    NC_PUT(w->buf, "><name>");
    nc_put_xml(w->buf, name, false);
    NC_PUT(w->buf, "</name></subject>\n");
}

/* The old code of a media topic stands beside it: receivers such as Superdesk know no other. */
static void put_subjects(newsml *w)
{
    for (const nc_node *item = nc_term_first(w->meta, "subject"); item; item = nc_term_next(item)) {
        nc_topic topic = nc_topic_read(nc_term_item(w->job, item));

        if (!topic.code.len)
            newsml_put_named(w, "subject", topic.name, "");
        else if (nc_is(topic.scheme, "medtop"))
            put_subject(w, "medtop", topic.code, topic.name);
        if (topic.subject_code.len)
            put_subject(w, "subj", topic.subject_code, topic.name);
    }
}

/* An element of plain text with attributes as they stand; nothing when the text is empty. */
static void put_with(newsml *w, const char *element, const char *attributes, nc_bytes text)
{
    if (!text.len)
        return;
    nc_put_char(w->buf, '<');
    nc_put(w->buf, nc_string(element));
    nc_put(w->buf, nc_string(attributes));
    NC_PUT(w->buf, ">");
    nc_put_xml(w->buf, text, false);
    NC_PUT(w->buf, "</");
    nc_put(w->buf, nc_string(element));
    NC_PUT(w->buf, ">\n");
}

static void put_texts(newsml *w)
{
    nc_bytes slug = newsml_term(w, "slug");
    bool parts = slug.len && memchr(slug.ptr, '-', slug.len);

    put_with(w, "slugline", parts ? " separator=\"-\"" : "", slug);
    put_with(w, "headline", "", w->news.headline);
    put_with(w, "headline", " rank=\"2\"", newsml_term(w, "subtitle"));
    put_with(w, "dateline", "", newsml_term(w, "dateline"));
    put_with(w, "by", "", newsml_term(w, "byline"));
    put_with(w, "creditline", "", newsml_term(w, "credit"));
    put_with(w, "description", " role=\"drol:summary\"", newsml_term(w, "description"));
}

void newsml_put_content_meta(newsml *w)
{
    NC_PUT(w->buf, "<contentMeta>\n");
    nc_put_xml_element(w->buf, "urgency", newsml_term(w, "urgency"));
    put_dates(w);
    newsml_put_named(w, "located", newsml_term(w, "location"), "");
    put_sources(w);
    put_creators(w);
    put_language(w);
    put_genre(w);
    put_keywords(w);
    put_subjects(w);
    put_texts(w);
    NC_PUT(w->buf, "</contentMeta>\n");
}
