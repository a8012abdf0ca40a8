/* SPDX-License-Identifier: MIT */
/* The metadata of a document by the vocabulary: plain, checked text for every key of vocabulary.def. */
#ifndef NEWSCONV_VOCABULARY_H
#define NEWSCONV_VOCABULARY_H

#include "core/plugin.h"

#pragma GCC visibility push(default)

typedef enum nc_term_type {
    NC_TERM_TEXT,
    NC_TERM_DATE,
    NC_TERM_RELEASE,
    NC_TERM_LANGUAGE,
    NC_TERM_NUMBER,
    NC_TERM_STATUS
} nc_term_type;

typedef struct nc_term {
    const char *key;
    nc_term_type type;
    bool many;
    int64_t minimum, maximum;   /* NC_TERM_NUMBER */
    const char *meaning, *newsml, *nitf;
} nc_term;

/* The keys of vocabulary.def in its order, ended by a key of NULL. */
extern const nc_term nc_vocabulary[];

/* The value of `key` in the META_MAP `meta`, white space collapsed, in NFC, in the one form that its type has
 * (core/date.h; en-GB; digits); of a list the first. Empty when there is none, and with a warning when it is not
 * of its type.
 * Errors: EINPUT for a publication status or an embargo that cannot be understood: neither may be dropped. */
nc_bytes nc_term_text(nc_job *job, const nc_node *meta, const char *key);

/* The items of a list, one after the other; a single value is a list of one. */
const nc_node *nc_term_first(const nc_node *meta, const char *key);
const nc_node *nc_term_next(const nc_node *item);

/* The text of an item: a map is told by its `name`. */
nc_bytes nc_term_item(nc_job *job, const nc_node *item);

/* The text at `field` of an item that is a map, empty otherwise. */
nc_bytes nc_term_field(nc_job *job, const nc_node *item, const char *field);

/* Whether there is more in it than white space, that of Unicode included. */
bool nc_has_text(nc_bytes text);

/* White space of Unicode. */
bool nc_is_blank(uint32_t character);

#pragma GCC visibility pop

#endif
