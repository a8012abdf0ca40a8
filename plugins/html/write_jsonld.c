/* SPDX-License-Identifier: MIT */
/* The story as a NewsArticle of schema.org, in JSON-LD. */
#include "plugins/html/write_news.h"

/* An object that is being written. */
typedef struct object {
    html_writer *w;
    const nc_node *meta;
    bool any;
} object;

/* ---------------------------------------------------------------- JSON */

/* `<` is written as an escape, so that nothing in a string can end the script element. */
static void put_string(html_writer *w, nc_bytes text)
{
    static const char digits[] = "0123456789abcdef";

    HTML_PUT(w, "\"");
    for (size_t i = 0; i < text.len; i++) {
        unsigned char c = (unsigned char)text.ptr[i];
        if (c == '"' || c == '\\') {
            nc_put_char(w->buf, '\\');
            nc_put_char(w->buf, (char)c);
        } else if (c < ' ' || c == '<' || c == '>' || c == '&') {
            HTML_PUT(w, "\\u00");
            nc_put_char(w->buf, digits[c >> 4]);
            nc_put_char(w->buf, digits[c & 15]);
        } else {
            nc_put_char(w->buf, (char)c);
        }
    }
    HTML_PUT(w, "\"");
}

static void put_key(object *o, const char *key)
{
    if (o->any)
        HTML_PUT(o->w, ",");
    o->any = true;
    put_string(o->w, nc_string(key));
    HTML_PUT(o->w, ":");
}

static void put_text(object *o, const char *key, nc_bytes text)
{
    if (!text.len)
        return;
    put_key(o, key);
    put_string(o->w, text);
}

static void put_entry(object *o, const char *key, const char *name)
{
    put_text(o, key, html_meta_text(o->w->job, o->meta, name));
}

/* ---------------------------------------------------------------- things */

static bool is_url(nc_bytes text)
{
    return (text.len > 8 && memcmp(text.ptr, "https://", 8) == 0) ||
           (text.len > 7 && memcmp(text.ptr, "http://", 7) == 0);
}

/* `{"@type": type, "name": …, "url": …}` of a name or of a map with these entries. */
static void put_thing(html_writer *w, const char *type, const nc_node *value)
{
    object o = { .w = w, .meta = value };

    HTML_PUT(w, "{");
    put_text(&o, "@type", nc_string(type));
    put_text(&o, "name", html_meta_plain(w->job, value));
    if (value->kind == NC_META_MAP)
        put_entry(&o, "url", "url");
    HTML_PUT(w, "}");
}

/* The items of the entry `name` as things, those that are (or are not) web addresses. */
static void put_things(object *o, const char *key, const char *type, const char *name, bool urls)
{
    html_writer *w = o->w;
    const nc_node *item = html_meta_first(nc_meta_value(o->meta, nc_string(name)));
    bool any = false;

    for (; item; item = html_meta_next(item)) {
        nc_bytes text = html_meta_plain(w->job, item);
        if (!text.len || is_url(text) != urls)
            continue;
        if (!any) {
            put_key(o, key);
            HTML_PUT(w, "[");
        } else {
            HTML_PUT(w, ",");
        }
        any = true;
        if (type)
            put_thing(w, type, item);
        else
            put_string(w, text);
    }
    if (any)
        HTML_PUT(w, "]");
}

static void put_named(object *o, const char *key, const char *type, const char *name)
{
    const nc_node *value = html_meta_first(nc_meta_value(o->meta, nc_string(name)));

    if (!html_meta_plain(o->w->job, value).len)
        return;
    put_key(o, key);
    put_thing(o->w, type, value);
}

/* ---------------------------------------------------------------- rights */

/* The year in a copyright notice: four digits that stand alone. */
static nc_bytes year_in(nc_bytes text)
{
    size_t digits = 0;

    for (size_t i = 0; i <= text.len; i++) {
        bool digit = i < text.len && text.ptr[i] >= '0' && text.ptr[i] <= '9';
        if (!digit && digits == 4 && (text.ptr[i - 4] == '1' || text.ptr[i - 4] == '2'))
            return (nc_bytes){ text.ptr + i - 4, 4 };
        digits = digit ? digits + 1 : 0;
    }
    return (nc_bytes){ NULL, 0 };
}

static void put_rights(object *o)
{
    nc_bytes notice = html_meta_text(o->w->job, o->meta, "copyright");
    nc_bytes usage = html_meta_text(o->w->job, o->meta, "usage"), year = year_in(notice);

    put_text(o, "copyrightNotice", notice);
    if (year.len) {
        put_key(o, "copyrightYear");
        nc_put(o->w->buf, year);
    }
    if (notice.len)
        put_named(o, "copyrightHolder", "Organization", "publisher");
    put_text(o, is_url(usage) ? "usageInfo" : "conditionsOfAccess", usage);
}

/* ---------------------------------------------------------------- the article */

static void put_article(object *o, nc_bytes lang)
{
    put_text(o, "@context", NC_LITERAL("https://schema.org"));
    put_text(o, "@type", NC_LITERAL("NewsArticle"));
    put_entry(o, "headline", "title");
    put_entry(o, "name", "title");
    put_entry(o, "alternativeHeadline", "subtitle");
    put_things(o, "author", "Person", "author", false);
    put_entry(o, "datePublished", "date");
    put_entry(o, "dateModified", "updated");
    put_things(o, "sourceOrganization", "Organization", "source", false);
    put_things(o, "isBasedOn", NULL, "source", true);
    put_entry(o, "creditText", "credit");
    put_named(o, "publisher", "NewsMediaOrganization", "publisher");
    put_entry(o, "dateline", "dateline");
    put_named(o, "locationCreated", "Place", "location");
    put_text(o, "inLanguage", lang);
    put_entry(o, "description", "description");
    put_things(o, "keywords", NULL, "keywords", false);
    put_things(o, "about", "DefinedTerm", "subject", false);
    put_entry(o, "genre", "genre");
    put_rights(o);
    put_entry(o, "url", "url");
    put_entry(o, "mainEntityOfPage", "url");
    put_entry(o, "identifier", "guid");
}

void html_put_json_ld(html_writer *w, const nc_node *doc, nc_bytes lang)
{
    object o = { .w = w, .meta = doc->meta };

    HTML_PUT(w, "<script type=\"application/ld+json\">{");
    put_article(&o, lang);
    HTML_PUT(w, "}</script>");
}
