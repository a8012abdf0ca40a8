/* SPDX-License-Identifier: MIT */
/* What the files of the NewsML-G2 writer share. */
#ifndef NEWSCONV_NEWSML_H
#define NEWSCONV_NEWSML_H

#include "core/news.h"
#include "core/xml_out.h"

typedef struct newsml_options {
    bool xhtml;                 /* the body in XHTML … */
    bool nitf;                  /* … and in NITF behind it */
    bool message;               /* in a newsMessage */
    bool package;               /* there, with the pictures as items, and a package of all */
    bool superdesk;             /* what that receiver alone wants */
} newsml_options;

/* A remote picture; `type` is empty when its address does not say. */
typedef struct newsml_picture {
    const nc_node *image;
    nc_bytes url, type;
} newsml_picture;

typedef struct newsml {
    nc_job *job;
    nc_buf *buf;
    const newsml_options *options;
    const nc_node *doc, *meta;
    nc_news news;
    newsml_picture *pictures;   /* each once */
    size_t picture_count;
} newsml;

/* The value of a key of the vocabulary. */
static inline nc_bytes newsml_term(newsml *w, const char *key)
{
    return nc_term_text(w->job, w->meta, key);
}

/* `<element literal="name"><name>name</name></element>`, nothing without name; `more` are attributes as they stand. */
void newsml_put_named(newsml *w, const char *element, nc_bytes name, const char *more);

void newsml_put_item_meta(newsml *w);
void newsml_put_content_meta(newsml *w);

/* The story as an XHTML document. */
void newsml_put_xhtml(newsml *w);

void newsml_find_pictures(newsml *w);

/* The begin of an item, up to its catalogs; `scheme` is an element `scheme` for one of our own, or "". */
void newsml_open_item(newsml *w, const char *element, nc_bytes guid, const char *scheme);

/* The package of story and pictures, and the items of the pictures. */
void newsml_put_package(newsml *w);
void newsml_put_picture_items(newsml *w);

/* An `irel:seeAlso` for each distinct remote picture of the story. */
void newsml_put_picture_links(newsml *w);

#endif
