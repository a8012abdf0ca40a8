/* SPDX-License-Identifier: MIT */
/* NITF 3.6, a story alone in its file, without namespace; as a fragment the body for NewsML-G2.
 * Source: IPTC, NITF 3.6. */
#include "core/topics.h"
#include "core/uri.h"
#include "plugins/nitf/nitf.h"

typedef struct head {
    nc_job *job;
    nc_buf *buf;
    const nc_node *meta;
    const nc_news *news;
} head;

static nc_bytes term(head *h, const char *key)
{
    return nc_term_text(h->job, h->meta, key);
}

/* An element with one attribute; nothing when that is empty. */
static void put_fact(head *h, const char *element, const char *attribute, nc_bytes value)
{
    if (!value.len)
        return;
    nc_put_char(h->buf, '<');
    nc_put(h->buf, nc_string(element));
    nc_put_xml_attribute(h->buf, attribute, value);
    NC_PUT(h->buf, "/>\n");
}

/* 20260302T101500Z of 2026-03-02T10:15:00Z. Source: NITF 3.6, attributes named norm. */
static nc_bytes norm(head *h, nc_bytes date)
{
    char *out = nc_alloc(h->job, date.len + 1);
    size_t len = 0;

    for (size_t i = 0; out && i < date.len; i++) {
        if (date.ptr[i] == '.')
            while (i + 1 < date.len && date.ptr[i + 1] >= '0' && date.ptr[i + 1] <= '9')
                i++;
        else if (date.ptr[i] != ':' && !(date.ptr[i] == '-' && i < 10))
            out[len++] = date.ptr[i];
    }
    return date.len < 10 ? (nc_bytes){ "", 0 } : (nc_bytes){ out, len };
}

static const char *status(const nc_news *news)
{
    return news->embargoed.len && nc_is(news->status, "usable") ? "embargoed" : news->status.ptr;
}

/* ---------------------------------------------------------------- subjects and genre */

/* Only old subject codes have a place here. */
static void put_subjects(head *h)
{
    for (const nc_node *item = nc_term_first(h->meta, "subject"); item; item = nc_term_next(item)) {
        nc_bytes text = nc_term_item(h->job, item);
        nc_topic topic = nc_topic_read(text);

        if (topic.subject_code.len) {
            NC_PUT(h->buf, "<tobject.subject");
            nc_put_xml_attribute(h->buf, "tobject.subject.refnum", topic.subject_code);
            nc_put_xml_attribute(h->buf, "tobject.subject.type", topic.name);
            NC_PUT(h->buf, "/>\n");
        } else if (text.len) {
            nc_warn(
                h->job, NULL, NC_WARN_METADATA,
                "subject: \"%.*s\" has no subject code (subj:04000000): NITF has no place for it",
                text.len < 80 ? (int)text.len : 80, text.ptr);
        }
    }
}

static void put_object(head *h)
{
    NC_PUT(h->buf, "<tobject tobject.type=\"news\">\n");
    put_fact(h, "tobject.property", "tobject.property.type", term(h, "genre"));
    put_subjects(h);
    NC_PUT(h->buf, "</tobject>\n");
}

/* ---------------------------------------------------------------- docdata */

static bool is_correction(head *h)
{
    for (const nc_node *item = nc_term_first(h->meta, "signal"); item; item = nc_term_next(item)) {
        nc_bytes text = nc_term_item(h->job, item);

        if (nc_is(text, "correction") || nc_is(text, "sig:correction"))
            return true;
    }
    return false;
}

static void put_rights(head *h)
{
    nc_bytes copyright = term(h, "copyright"), usage = term(h, "usage");
    nc_bytes publisher = term(h, "publisher");

    put_fact(h, "doc.copyright", "holder", copyright);
    if (!usage.len)
        return;
    NC_PUT(h->buf, "<doc.rights");
    nc_put_xml_attribute(h->buf, "owner", publisher);
    nc_put_xml_attribute(h->buf, "limitations", usage);
    NC_PUT(h->buf, "/>\n");
}

static void put_keys(head *h)
{
    nc_bytes slug = term(h, "slug");
    const nc_node *item = nc_term_first(h->meta, "keywords");

    NC_PUT(h->buf, "<du-key");
    nc_put_xml_attribute(h->buf, "version", h->news->version);
    nc_put_xml_attribute(h->buf, "key", slug);
    NC_PUT(h->buf, "/>\n");
    put_rights(h);
    if (!item)
        return;
    NC_PUT(h->buf, "<key-list>\n");
    for (; item; item = nc_term_next(item))
        put_fact(h, "keyword", "key", nc_term_item(h->job, item));
    NC_PUT(h->buf, "</key-list>\n");
}

static void put_docdata(head *h)
{
    const nc_news *news = h->news;
    nc_bytes publisher = term(h, "publisher"), urgency = term(h, "urgency");

    NC_PUT(h->buf, "<docdata");
    nc_put_xml_attribute(h->buf, "management-status", nc_string(status(news)));
    NC_PUT(h->buf, ">\n");
    if (is_correction(h))
        put_fact(h, "correction", "id-string", news->guid);
    put_fact(h, "evloc", "city", term(h, "location"));
    NC_PUT(h->buf, "<doc-id");
    nc_put_xml_attribute(h->buf, "regsrc", publisher.len ? publisher : news->provider);
    nc_put_xml_attribute(h->buf, "id-string", news->guid);
    NC_PUT(h->buf, "/>\n");
    put_fact(h, "urgency", "ed-urg", nc_is(urgency, "9") ? NC_LITERAL("8") : urgency);
    put_fact(h, "date.issue", "norm", norm(h, news->version_time));
    put_fact(h, "date.release", "norm", norm(h, news->embargoed));
    put_fact(h, "ed-msg", "info", term(h, "ednote"));
    put_keys(h);
    NC_PUT(h->buf, "</docdata>\n");
}

static void put_pubdata(head *h)
{
    nc_bytes date = norm(h, h->news->date), name = term(h, "publisher");
    nc_bytes url = nc_uri(h->job, term(h, "url"));

    if (!date.len && !name.len && !url.len)
        return;
    NC_PUT(h->buf, "<pubdata");
    nc_put_xml_attribute(h->buf, "date.publication", date);
    nc_put_xml_attribute(h->buf, "name", name);
    nc_put_xml_attribute(h->buf, "ex-ref", url);
    NC_PUT(h->buf, "/>\n");
}

static void put_head(head *h)
{
    nc_bytes slug = term(h, "slug");

    NC_PUT(h->buf, "<head>\n");
    nc_put_xml_element(h->buf, "title", h->news->headline);
    if (slug.len) {
        NC_PUT(h->buf, "<meta name=\"anpa-keyword\"");
        nc_put_xml_attribute(h->buf, "content", slug);
        NC_PUT(h->buf, "/>\n");
    }
    put_object(h);
    put_docdata(h);
    put_pubdata(h);
    NC_PUT(h->buf, "</head>\n");
}

static nc_status write_nitf(nc_job *job, const void *options, const nc_node *doc, nc_buf *buf)
{
    nc_news news;
    head h = { job, buf, doc->meta, &news };

    (void)options;
    if (!nc_job_settings(job)->standalone) {
        nitf_put_body(job, buf, doc, nc_news_headline(job, doc), true);
        return nc_job_status(job);
    }
    if (nc_news_read(job, doc, &news))
        return nc_job_status(job);
    NC_PUT(buf, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
                "<nitf version=\"-//IPTC//DTD NITF 3.6//EN\" change.date=\"September 11, 2009\" "
                "change.time=\"12:26\"");
    nc_put_xml_attribute(buf, "baselang", news.lang);
    NC_PUT(buf, ">\n");
    put_head(&h);
    nitf_put_body(job, buf, doc, news.headline, false);
    NC_PUT(buf, "</nitf>\n");
    return nc_job_status(job);
}

static const nc_format nitf_format = {
    .name = "nitf",
    .title = "NITF 3.6",
    .media_types = "application/nitf+xml",
    .write = write_nitf,
};

NC_PLUGIN(&nitf_format);
