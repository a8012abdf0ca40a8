/* SPDX-License-Identifier: MIT */
/* Finding the story in a page. */
#ifndef NEWSCONV_HTML_ARTICLE_H
#define NEWSCONV_HTML_ARTICLE_H

#include "plugins/html/read.h"

/* What the words of an element's class and id say of it. */
typedef enum html_hint {
    HTML_NO_HINT,
    HTML_STORY, /* article-body, entry-content, … */
    HTML_STANDFIRST,
    HTML_BYLINE, /* author, byline, date: facts, not text */
    HTML_NOISE   /* comments, share, related, … */
} html_hint;

html_hint html_hint_of(const dom_node *element);

/* "author", "byline", "date", "standfirst" or "source" where the class says so of a small element,
 * else NULL. */
const char *html_class_meaning(const dom_node *element);

/* The text of an element, white space collapsed, at most `most` bytes. */
nc_bytes html_some_text(html_reader *reader, const dom_node *element, size_t most);

/* The headline, from the facts; and whether a heading repeats it. */
nc_bytes html_headline(html_reader *reader);
bool html_same_words(nc_bytes a, nc_bytes b);

#endif
