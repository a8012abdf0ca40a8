/* SPDX-License-Identifier: MIT */
/* itemMeta: what the item is, who sends it, and when. The schema fixes the order of elements. */
#include "core/date.h"
#include "core/uri.h"
#include "plugins/newsml/newsml.h"

void newsml_put_named(newsml *w, const char *element, nc_bytes name, const char *more)
{
    if (!name.len)
        return;
    nc_put_char(w->buf, '<');
    nc_put(w->buf, nc_string(element));
    nc_put_xml_attribute(w->buf, "literal", name);
    nc_put(w->buf, nc_string(more));
    NC_PUT(w->buf, "><name>");
    nc_put_xml(w->buf, name, false);
    NC_PUT(w->buf, "</name></");
    nc_put(w->buf, nc_string(element));
    NC_PUT(w->buf, ">\n");
}

static void put_first_created(newsml *w)
{
    nc_bytes date = nc_date_time(w->job, w->news.date);

    if (w->news.date.len && !date.len)
        nc_warn(w->job, NULL, NC_WARN_METADATA,
                "date: \"%.*s\" names no day: receivers get no firstCreated", (int)w->news.date.len,
                w->news.date.ptr);
    nc_put_xml_element(w->buf, "firstCreated", date);
}

static void put_code(newsml *w, const char *element, const char *alias, nc_bytes code)
{
    nc_put_char(w->buf, '<');
    nc_put(w->buf, nc_string(element));
    nc_put_xml_attribute(w->buf, "qcode",
                         nc_print(w->job, "%s:%.*s", alias, (int)code.len, code.ptr));
    NC_PUT(w->buf, "/>\n");
}

/* Source: IPTC NewsCodes, scheme signal. */
static void put_signals(newsml *w)
{
    for (const nc_node *item = nc_term_first(w->meta, "signal"); item; item = nc_term_next(item)) {
        nc_bytes text = nc_term_item(w->job, item);

        if (text.len > 4 && memcmp(text.ptr, "sig:", 4) == 0)
            text = (nc_bytes){ text.ptr + 4, text.len - 4 };
        if (nc_is(text, "update") || nc_is(text, "correction"))
            put_code(w, "signal", "sig", text);
        else
            nc_warn(w->job, NULL, NC_WARN_METADATA,
                    "signal: \"%.*s\" is neither update nor correction and was left out",
                    text.len < 80 ? (int)text.len : 80, text.ptr);
    }
}

static void put_page_link(newsml *w)
{
    nc_bytes url = nc_uri(w->job, newsml_term(w, "url"));

    if (!url.len)
        return;
    NC_PUT(w->buf, "<link rel=\"irel:seeAlso\"");
    nc_put_xml_attribute(w->buf, "href", url);
    NC_PUT(w->buf, " contenttype=\"text/html\"/>\n");
}

void newsml_put_item_meta(newsml *w)
{
    const nc_news *news = &w->news;

    NC_PUT(w->buf, "<itemMeta>\n<itemClass qcode=\"ninat:text\"/>\n");
    newsml_put_named(w, "provider", news->provider, "");
    nc_put_xml_element(w->buf, "versionCreated", news->version_time);
    put_first_created(w);
    nc_put_xml_element(w->buf, "embargoed", news->embargoed);
    put_code(w, "pubStatus", "stat", news->status);
    NC_PUT(w->buf, "<generator");
    nc_put_xml_attribute(w->buf, "versioninfo", nc_string(nc_news_generator));
    NC_PUT(w->buf, ">newsconv</generator>\n");
    nc_put_xml_element(w->buf, "edNote", newsml_term(w, "ednote"));
    put_signals(w);
    put_page_link(w);
    newsml_put_picture_links(w);
    NC_PUT(w->buf, "</itemMeta>\n");
}
