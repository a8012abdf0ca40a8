/* SPDX-License-Identifier: MIT */
/* The metadata of a story in the head of its page: Dublin Core, Open Graph, and links.
 * `ednote`, which is for the newsroom, is never among them. */
#include "plugins/html/write_news.h"

/* ---------------------------------------------------------------- plain text of metadata */

/* White space collapsed; characters that XML 1.0 has none of left out. */
static nc_bytes cleaned(nc_job *job, nc_bytes text)
{
    char *out = nc_alloc(job, text.len + 1);
    size_t len = 0;
    bool space = false;

    for (size_t at = 0; out && at < text.len;) {
        size_t from = at;
        uint32_t c = nc_utf8_next(text, &at);
        if (c == ' ' || c == '\t' || c == '\n' || c == '\r') {
            space = len != 0;
        } else if (c >= ' ' && c != 0xfffe && c != 0xffff) {
            if (space)
                out[len++] = ' ';
            space = false;
            memcpy(out + len, text.ptr + from, at - from);
            len += at - from;
        }
    }
    return (nc_bytes){ out, out ? len : 0 };
}

nc_bytes html_meta_plain(nc_job *job, const nc_node *value)
{
    if (value && value->kind == NC_META_MAP)
        value = nc_meta_value(value, NC_LITERAL("name"));
    if (!value ||
        !(nc_bit(value) & (NC_BIT(META_STRING) | NC_BIT(META_INLINES) | NC_BIT(META_BLOCKS))))
        return (nc_bytes){ "", 0 };
    return cleaned(job, value->kind == NC_META_STRING ? value->text : nc_stringify(job, value));
}

nc_bytes html_meta_text(nc_job *job, const nc_node *meta, const char *key)
{
    return html_meta_plain(job, html_meta_first(nc_meta_value(meta, nc_string(key))));
}

/* ---------------------------------------------------------------- the language */

static bool is_alphanumeric(char c)
{
    return (c >= '0' && c <= '9') || ((c | 32) >= 'a' && (c | 32) <= 'z');
}

/* Subtags of 1 to 8 letters and digits, the first of 2 to 8 letters. Source: RFC 5646, 2.1. */
static bool is_language(nc_bytes tag)
{
    size_t start = 0;

    for (size_t i = 0; i <= tag.len; i++) {
        size_t len = i - start;
        if (i < tag.len && tag.ptr[i] != '-') {
            if (!is_alphanumeric(tag.ptr[i]) || (!start && tag.ptr[i] <= '9'))
                return false;
            continue;
        }
        if (!len || len > 8 || (!start && len < 2))
            return false;
        start = i + 1;
    }
    return true;
}

nc_bytes html_meta_language(nc_job *job, const nc_node *doc)
{
    nc_bytes given = html_meta_text(job, doc->meta, "lang"), tag = nc_copy(job, given);
    char *bytes = (char *)tag.ptr; /* a copy of our own */

    for (size_t i = 0; i < tag.len; i++)
        if (bytes[i] == '_')
            bytes[i] = '-';
    if (!tag.len || is_language(tag))
        return tag;
    nc_warn(job, NULL, NC_WARN_METADATA, "lang: \"%.*s\" is no language and was left out",
            (int)given.len, given.ptr);
    return (nc_bytes){ "", 0 };
}

/* ---------------------------------------------------------------- elements of the head */

typedef struct head {
    html_writer *w;
    const nc_node *meta;
    bool any;
} head;

static void put_meta(head *h, const char *attribute, const char *name, nc_bytes content)
{
    html_writer *w = h->w;

    if (!content.len)
        return;
    if (h->any)
        HTML_PUT(w, "\n");
    h->any = true;
    HTML_PUT(w, "<meta ");
    nc_put(w->buf, nc_string(attribute));
    HTML_PUT(w, "=\"");
    nc_put(w->buf, nc_string(name));
    HTML_PUT(w, "\" content=\"");
    html_escape_quotes(w, content);
    HTML_PUT(w, "\" />");
}

/* An element for each item of the entry `key`. */
static void put_each(head *h, const char *attribute, const char *name, const char *key)
{
    const nc_node *item = html_meta_first(nc_meta_value(h->meta, nc_string(key)));

    for (; item; item = html_meta_next(item))
        put_meta(h, attribute, name, html_meta_plain(h->w->job, item));
}

static void put_one(head *h, const char *attribute, const char *name, const char *key)
{
    put_meta(h, attribute, name, html_meta_text(h->w->job, h->meta, key));
}

static void put_canonical(head *h)
{
    html_writer *w = h->w;
    nc_bytes url = html_meta_text(w->job, h->meta, "url");

    if (!url.len)
        return;
    if (h->any)
        HTML_PUT(w, "\n");
    h->any = true;
    HTML_PUT(w, "<link rel=\"canonical\" href=\"");
    html_escape_quotes(w, url);
    HTML_PUT(w, "\" />");
}

/* `en_GB` of en-GB; the script of zh-Hant-TW has no place in it. A language alone says no
 * locale. */
static void put_locale(head *h, nc_bytes lang)
{
    size_t first = 0;

    while (first < lang.len && lang.ptr[first] != '-')
        first++;
    for (size_t from = first; from < lang.len;) {
        size_t to = from + 1;
        while (to < lang.len && lang.ptr[to] != '-')
            to++;
        if (to - from == 3) {
            put_meta(
                h, "property", "og:locale",
                nc_print(h->w->job, "%.*s_%.*s", (int)first, lang.ptr, 2, lang.ptr + from + 1));
            return;
        }
        from = to;
    }
}

/* Source: The Open Graph protocol; DCMI Metadata Terms. */
void html_put_news_head(html_writer *w, const nc_node *doc, nc_bytes lang)
{
    head h = { .w = w, .meta = doc->meta };
    const nc_node *title = nc_meta_value(doc->meta, NC_LITERAL("title"));

    put_canonical(&h);
    put_each(&h, "name", "dcterms.source", "source");
    put_one(&h, "name", "dcterms.rights", "copyright");
    put_one(&h, "name", "dcterms.accessRights", "usage");
    put_one(&h, "name", "dcterms.identifier", "guid");
    put_one(&h, "name", "geo.placename", "location");
    if (title) {
        put_meta(&h, "property", "og:type", NC_LITERAL("article"));
        put_one(&h, "property", "og:title", "title");
        put_one(&h, "property", "og:description", "description");
        put_one(&h, "property", "og:url", "url");
        put_one(&h, "property", "og:site_name", "publisher");
        put_locale(&h, lang);
        put_one(&h, "property", "article:published_time", "date");
        put_one(&h, "property", "article:modified_time", "updated");
        put_one(&h, "property", "article:section", "subject");
        put_each(&h, "property", "article:tag", "keywords");
        HTML_PUT(w, "\n");
        html_put_json_ld(w, doc, lang);
    }
}
