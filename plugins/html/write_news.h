/* SPDX-License-Identifier: MIT */
/* The metadata of a story, as plain text and as they stand in the head of its page. */
#ifndef NEWSCONV_HTML_WRITE_NEWS_H
#define NEWSCONV_HTML_WRITE_NEWS_H

#include "plugins/html/write.h"

/* The plain text of a metadata value: white space collapsed, without characters that XML has none
 * of. */
nc_bytes html_meta_plain(nc_job *job, const nc_node *value);

/* The plain text of the entry `key`; empty when there is none. A map is told by its `name`. */
nc_bytes html_meta_text(nc_job *job, const nc_node *meta, const char *key);

/* The items of a list, one after the other; a single value is a list of one. */
static inline const nc_node *html_meta_first(const nc_node *value)
{
    return value && value->kind == NC_META_LIST ? value->first : value;
}

static inline const nc_node *html_meta_next(const nc_node *item)
{
    return item->parent && item->parent->kind == NC_META_LIST ? item->next : NULL;
}

/* The document's language as BCP 47 has it, empty (with a warning) when it is not one. */
nc_bytes html_meta_language(nc_job *job, const nc_node *doc);

/* Meta elements and JSON-LD, one a line, without a newline at the end. */
void html_put_news_head(html_writer *w, const nc_node *doc, nc_bytes lang);

/* The story as a NewsArticle of schema.org, in a script element. */
void html_put_json_ld(html_writer *w, const nc_node *doc, nc_bytes lang);

/* The table of contents; false if there is nothing in it. */
bool html_contents(html_writer *w, const nc_node *doc);

#endif
