/* SPDX-License-Identifier: MIT */
/* Items of news: headline, identifier, times and status, and what stands in for those that are
 * missing. */
#include "core/news.h"
#include "core/date.h"
#include "core/image.h"
#include "core/sha1.h"
#include "core/uri.h"

#include <strings.h>
#include <time.h>

enum { HEADLINE_WORDS = 12 };

const char nc_news_generator[] = NEWSCONV_VERSION;

/* ---------------------------------------------------------------- headline */

/* The first words of a text, "…" behind them if there are more. */
static nc_bytes first_words(nc_job *job, nc_bytes text)
{
    size_t words = 0;

    for (size_t i = 0; i < text.len; i++)
        if (text.ptr[i] == ' ' && ++words == HEADLINE_WORDS)
            return nc_print(job, "%.*s…", (int)i, text.ptr);
    return text;
}

static nc_bytes plain_text(nc_job *job, const nc_node *node)
{
    bool was_blank = true;
    nc_bytes text = nc_stringify(job, node);
    char *out = nc_alloc(job, text.len + 1);
    size_t len = 0;

    for (size_t i = 0; out && i < text.len; i++) {
        bool blank = (unsigned char)text.ptr[i] <= ' ';

        if (!(blank && was_blank))
            out[len++] = blank ? ' ' : text.ptr[i];
        was_blank = blank;
    }
    while (len && out[len - 1] == ' ')
        len--;
    return nc_has_text((nc_bytes){ out, len }) ? (nc_bytes){ out, len } : (nc_bytes){ "", 0 };
}

nc_bytes nc_news_headline(nc_job *job, const nc_node *doc)
{
    nc_bytes title = nc_term_text(job, doc->meta, "title"), words = { "", 0 };
    nc_walk walk = { .root = doc };

    if (title.len)
        return title;
    while (nc_walk_next(&walk)) {
        bool text =
            nc_bit(walk.node) & (NC_BIT(PARA) | NC_BIT(PLAIN) | NC_BIT(LINE) | NC_BIT(TERM));

        if (!walk.entering)
            continue;
        if (walk.node->kind == NC_HEADER && (title = plain_text(job, walk.node)).len)
            return title;
        if (text && !words.len)
            words = first_words(job, plain_text(job, walk.node));
        walk.skip = text;
    }
    return words.len ? words : NC_LITERAL("untitled");
}

/* ---------------------------------------------------------------- times */

static nc_bytes build_time(nc_job *job)
{
    const char *text = nc_job_settings(job)->source_date;
    int64_t seconds = 0;

    for (; text && *text >= '0' && *text <= '9' && seconds < INT64_C(100000000000); text++)
        seconds = seconds * 10 + (*text - '0');
    return text && !*text ? nc_date_of_seconds(job, seconds) : (nc_bytes){ NULL, 0 };
}

static nc_bytes version_time(nc_job *job, const nc_news *news)
{
    nc_bytes when = nc_date_time(job, news->updated);
    const char *origin = "SOURCE_DATE_EPOCH";

    if (!when.len)
        when = nc_date_time(job, news->date);
    if (when.len)
        return when;
    when = build_time(job);
    if (!when.len) {
        origin = "when the file was last changed";
        when = nc_date_of_seconds(job, nc_job_settings(job)->input_time);
    }
    if (!when.len) {
        origin = "the clock";
        when = nc_date_of_seconds(job, (int64_t)time(NULL));
    }
    nc_warn(job, NULL, NC_WARN_METADATA,
            "no date: the version is dated by %s; -M date=… or -M updated=… says another", origin);
    return when;
}

/* ---------------------------------------------------------------- identifier */

static bool is_plain(char c)
{
    return (c >= '0' && c <= '9') || ((c | 32) >= 'a' && (c | 32) <= 'z');
}

/* urn:NID:…, tag:HOST,YYYY:…, http://… : what receivers take for an identifier. */
static bool is_identifier(nc_bytes guid)
{
    size_t colon = 0;

    while (colon < guid.len && (is_plain(guid.ptr[colon]) || strchr("+-.", guid.ptr[colon])))
        colon++;
    if (colon < 3 || colon + 3 > guid.len || guid.ptr[colon] != ':')
        return false;
    for (size_t i = 0; i < guid.len; i++)
        if ((unsigned char)guid.ptr[i] <= ' ' || strchr("<>\"{}|\\^`", guid.ptr[i]))
            return false;
    return true;
}

/* Of URNs, what is not a letter, a digit or one of -._ is percent-encoded. */
static nc_bytes encoded(nc_job *job, nc_bytes text)
{
    static const char hex[] = "0123456789ABCDEF";
    char *out = nc_alloc(job, text.len * 3 + 1);
    size_t len = 0;

    for (size_t i = 0; out && i < text.len; i++) {
        unsigned char c = (unsigned char)text.ptr[i];

        if (is_plain((char)c) || strchr("-._", c)) {
            out[len++] = (char)c;
        } else if (c == ' ') {
            out[len++] = '-';
        } else {
            out[len++] = '%';
            out[len++] = hex[c >> 4];
            out[len++] = hex[c & 15];
        }
    }
    return (nc_bytes){ out, out ? len : 0 };
}

/* tag:HOST,YYYY:PATH of http://user@HOST:port/PATH#fragment. Source: RFC 4151. */
static nc_bytes tag_of(nc_job *job, nc_bytes url, nc_bytes date)
{
    size_t at = 0, host, path, end = url.len;
    char *lower;

    if (date.len < 4 || url.len < 8 || strncasecmp(url.ptr, "http", 4) != 0)
        return (nc_bytes){ NULL, 0 };
    at = (url.ptr[4] | 32) == 's' ? 5 : 4;
    if (url.len < at + 4 || memcmp(url.ptr + at, "://", 3) != 0)
        return (nc_bytes){ NULL, 0 };
    for (path = host = at + 3; path < url.len && !strchr("/?#", url.ptr[path]); path++)
        if (url.ptr[path] == '@')
            host = path + 1;
    for (at = host; at < path && (is_plain(url.ptr[at]) || strchr("-.", url.ptr[at]));)
        at++;
    for (size_t i = path; i < end; i++)
        if (url.ptr[i] == '#')
            end = i;
    lower = nc_alloc(job, at - host + 1);
    if (!lower || at == host || (at < path && url.ptr[at] != ':') || path + 1 >= end)
        return (nc_bytes){ NULL, 0 };
    for (size_t i = host; i < at; i++)
        lower[i - host] =
            (char)(url.ptr[i] >= 'A' && url.ptr[i] <= 'Z' ? url.ptr[i] | 32 : url.ptr[i]);
    return nc_print(job, "tag:%.*s,%.4s:%.*s", (int)(at - host), lower, date.ptr, (int)(end - path),
                    url.ptr + path);
}

nc_bytes nc_news_uuid(nc_job *job, nc_bytes text)
{
    char hex[NC_SHA1_HEX];

    nc_sha1(nc_print(job, "newsconv:%.*s", (int)text.len, text.ptr), hex);
    hex[12] = '5';
    hex[16] = "89ab"[hex[16] & 3];
    return nc_print(job, "urn:uuid:%.8s-%.4s-%.4s-%.4s-%.12s", hex, hex + 8, hex + 12, hex + 16,
                    hex + 20);
}

static nc_bytes uuid_of(nc_job *job, const nc_node *doc, nc_bytes title)
{
    nc_bytes text = nc_stringify(job, doc);

    return nc_news_uuid(
        job, nc_print(job, "%.*s\n%.*s", (int)title.len, title.ptr, (int)text.len, text.ptr));
}

static nc_bytes identifier(nc_job *job, const nc_node *doc, const nc_news *news, bool known_house)
{
    nc_bytes guid = nc_term_text(job, doc->meta, "guid");
    nc_bytes url = nc_uri(job, nc_term_text(job, doc->meta, "url"));
    nc_bytes slug = nc_term_text(job, doc->meta, "slug"), house = encoded(job, news->provider);

    if (guid.len && is_identifier(guid))
        return guid;
    if (guid.len)
        nc_warn(job, NULL, NC_WARN_METADATA, "guid: \"%.*s\" is no URI and was left out",
                guid.len < 80 ? (int)guid.len : 80, guid.ptr);
    guid = tag_of(job, url, news->date.len ? news->date : news->updated);
    if (guid.len)
        return guid;
    if (slug.len && known_house && news->date.len >= 10)
        return nc_print(job, "urn:newsml:%.*s:%.4s%.2s%.2s:%.*s", (int)house.len, house.ptr,
                        news->date.ptr, news->date.ptr + 5, news->date.ptr + 8,
                        (int)encoded(job, slug).len, encoded(job, slug).ptr);
    nc_warn(
        job, NULL, NC_WARN_METADATA,
        "no guid: one is made of the text, so receivers will take a corrected version for another "
        "story; -M guid=… names the story");
    return uuid_of(job, doc, news->headline);
}

/* ---------------------------------------------------------------- the item */

static nc_bytes provider(nc_job *job, const nc_node *meta, bool *known)
{
    nc_bytes name = nc_term_text(job, meta, "provider");

    if (!name.len)
        name = nc_term_text(job, meta, "publisher");
    *known = name.len != 0;
    if (*known)
        return name;
    nc_warn(job, NULL, NC_WARN_METADATA,
            "no provider and no publisher: receivers will not know who sends this; "
            "-M provider=… names the house");
    return NC_LITERAL("unknown");
}

static nc_bytes or_else(nc_bytes text, const char *instead)
{
    return text.len ? text : nc_string(instead);
}

nc_status nc_news_read(nc_job *job, const nc_node *doc, nc_news *news)
{
    const nc_node *meta = doc->meta;
    bool known_house;

    *news = (nc_news){ .status = or_else(nc_term_text(job, meta, "pubstatus"), "usable"),
                       .embargoed = nc_term_text(job, meta, "embargoed") };
    if (nc_job_status(job))
        return nc_job_status(job);
    news->headline = nc_news_headline(job, doc);
    news->lang = nc_term_text(job, meta, "lang");
    news->provider = provider(job, meta, &known_house);
    news->version = or_else(nc_term_text(job, meta, "version"), "1");
    news->date = nc_term_text(job, meta, "date");
    news->updated = nc_term_text(job, meta, "updated");
    if (!nc_term_text(job, meta, "title").len)
        nc_warn(job, NULL, NC_WARN_NO_TITLE,
                "no title: receivers get the first heading or words as the headline");
    if (!news->lang.len) {
        nc_warn(job, NULL, NC_WARN_METADATA,
                "no language: receivers get \"und\"; -M lang=… names it");
        news->lang = NC_LITERAL("und");
    }
    news->version_time = version_time(job, news);
    news->guid = identifier(job, doc, news, known_house);
    return nc_job_status(job);
}

/* Whether `word` stands in `text` with no letter or digit beside it, capitals or not. */
static bool stands_in(nc_bytes word, nc_bytes text)
{
    for (size_t at = 0; word.len && at + word.len <= text.len; at++) {
        size_t end = at + word.len;

        if (strncasecmp(text.ptr + at, word.ptr, word.len) == 0 &&
            !(at && is_plain(text.ptr[at - 1])) && !(end < text.len && is_plain(text.ptr[end])))
            return true;
    }
    return false;
}

bool nc_news_supplied(nc_job *job, const nc_node *meta, nc_bytes source)
{
    return stands_in(source, nc_term_text(job, meta, "credit")) ||
           stands_in(source, nc_term_text(job, meta, "dateline"));
}

nc_bytes nc_news_authors(nc_job *job, const nc_node *meta)
{
    nc_bytes text = { "", 0 };
    nc_buf buf;

    nc_buf_open(&buf, job);
    for (const nc_node *item = nc_term_first(meta, "author"); item; item = nc_term_next(item)) {
        nc_bytes name = nc_term_item(job, item);

        if (buf.len && name.len)
            nc_put(&buf, nc_term_next(item) ? NC_LITERAL(", ") : NC_LITERAL(" and "));
        nc_put(&buf, name);
    }
    if (buf.len)
        text = nc_copy(job, (nc_bytes){ buf.ptr, buf.len });
    nc_buf_close(&buf);
    return text;
}

/* ---------------------------------------------------------------- length */

typedef struct counter {
    nc_news_length length;
    bool in_word;
} counter;

static void count(counter *c, nc_bytes text)
{
    for (size_t at = 0; at < text.len;) {
        bool blank = nc_is_blank(nc_utf8_next(text, &at));

        c->length.words += !blank && !c->in_word;
        c->length.characters++;
        c->in_word = !blank;
    }
}

nc_news_length nc_news_measure(const nc_node *doc)
{
    nc_walk walk = { .root = doc };
    counter c = { 0 };

    while (nc_walk_next(&walk)) {
        const nc_node *node = walk.node;

        if (nc_kinds[node->kind].level != NC_LEVEL_INLINE || node->kind == NC_LINE_BREAK ||
            node->kind == NC_NOTE)
            c.in_word = false;
        if (!walk.entering)
            continue;
        walk.skip = nc_bit(node) & (NC_BIT(IMAGE) | NC_BIT(SHORT_CAPTION) | NC_BIT(CITATION));
        if (node->kind == NC_TEXT)
            count(&c, node->text);
        else if (nc_bit(node) & (NC_BIT(CODE) | NC_BIT(CODE_BLOCK)))
            count(&c, node->code->text);
        else if (node->kind == NC_MATH)
            count(&c, node->math->text);
    }
    return c.length;
}

static bool ends_with(nc_bytes name, const char *extension)
{
    size_t len = strlen(extension);

    return name.len > len && name.ptr[name.len - len - 1] == '.' &&
           strncasecmp(name.ptr + name.len - len, extension, len) == 0;
}

nc_bytes nc_news_picture_type(nc_bytes url)
{
    size_t end = 0;

    while (end < url.len && !strchr("?#", url.ptr[end]))
        end++;
    for (size_t i = 1; i < NC_IMAGE_KINDS; i++)
        if (ends_with((nc_bytes){ url.ptr, end }, nc_image_names[i].extension) ||
            ends_with((nc_bytes){ url.ptr, end }, nc_image_names[i].name))
            return nc_string(nc_image_names[i].media_type);
    return (nc_bytes){ NULL, 0 };
}
