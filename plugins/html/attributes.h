/* SPDX-License-Identifier: MIT */
/* Attributes of elements as the tree has them, and addresses. */
#ifndef NEWSCONV_HTML_ATTRIBUTES_H
#define NEWSCONV_HTML_ATTRIBUTES_H

#include "plugins/html/dom.h"

/* What an element's attributes become: `drop` names attributes, apart by blanks, that are not kept;
 * `extra` is a class put before the others, NULL: none. */
const nc_attr *html_attr(nc_job *job, const dom_node *element, const char *drop, const char *extra);

/* Only id and classes. */
const nc_attr *html_attr_plain(nc_job *job, const dom_node *element, const char *extra);

/* An attr with only an id. */
const nc_attr *html_attr_id(nc_job *job, nc_bytes id);

/* Whether white-space separated `list` has `word`. */
bool html_has_word(nc_bytes list, const char *word);

/* The value of a CSS property in a style attribute; empty when there is none. */
nc_bytes html_css_value(nc_bytes style, const char *property);

/* An address as a link target: relative ones resolved against `base` (RFC 3986, 5.2) unless that is
 * empty, characters that may not stand in one escaped. */
nc_bytes html_url(nc_job *job, nc_bytes base, nc_bytes url);

bool html_is_space(char c);
nc_bytes html_trimmed(nc_bytes text);
bool html_is_blank(nc_bytes text);
bool html_same_ignoring_case(nc_bytes a, nc_bytes b);

#endif
