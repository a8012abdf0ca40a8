/* SPDX-License-Identifier: MIT */
/* What every item of news has to have, from the metadata or by the documented defaults. */
#ifndef NEWSCONV_NEWS_H
#define NEWSCONV_NEWS_H

#include "core/vocabulary.h"

#pragma GCC visibility push(default)

typedef struct nc_news {
    nc_bytes headline;          /* title, else the first heading, else the first words, else "untitled" */
    nc_bytes lang;              /* else "und" */
    nc_bytes provider;          /* else publisher, else "unknown" */
    nc_bytes guid;              /* a URI */
    nc_bytes version;           /* else "1" */
    nc_bytes version_time;      /* with zone: updated, date, else that of the build, the file, the clock */
    nc_bytes date, updated;     /* as core/date.h has them; empty: the document does not say */
    nc_bytes status;            /* else "usable" */
    nc_bytes embargoed;         /* a time, or empty */
} nc_news;

/* Fill in `news`. What is a default is warned of, with what a receiver will miss. Returns nc_job_status. */
nc_status nc_news_read(nc_job *job, const nc_node *doc, nc_news *news);

/* The headline alone, without a warning. */
nc_bytes nc_news_headline(nc_job *job, const nc_node *doc);

/* The version of newsconv, for the element that names the software. */
extern const char nc_news_generator[];

/* A urn:uuid: of version 5 (RFC 4122) that `text` alone decides. */
nc_bytes nc_news_uuid(nc_job *job, nc_bytes text);

/* Whether `source` supplied the text, rather than being quoted in it: it is the credit, or stands in the dateline. */
bool nc_news_supplied(nc_job *job, const nc_node *meta, nc_bytes source);

/* The authors in one text, as a byline: "By Ann Writer and Bo Reporter" without the By. Empty when there are none. */
nc_bytes nc_news_authors(nc_job *job, const nc_node *meta);

/* Words (apart by white space) and characters in the blocks of `doc`. */
typedef struct nc_news_length {
    size_t words, characters;
} nc_news_length;

nc_news_length nc_news_measure(const nc_node *doc);

/* The media type of a picture by the name in its address; {NULL, 0} if that does not say. */
nc_bytes nc_news_picture_type(nc_bytes url);

#pragma GCC visibility pop

#endif
