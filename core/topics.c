/* SPDX-License-Identifier: MIT */
/* Subjects and their codes. */
#include "core/topics.h"

#include <stdlib.h>

enum { DIGITS = 8 };

/* Sorted by topic. */
static const struct pair {
    char topic[DIGITS + 1], code[DIGITS + 1];
} pairs[] = {
#define NC_TOPIC(topic, code) { topic, code },
#include "core/topics.def"
#undef NC_TOPIC
};

static int compare(const void *key, const void *item)
{
    return memcmp(key, ((const struct pair *)item)->topic, DIGITS);
}

static nc_bytes subject_code(nc_bytes topic)
{
    const struct pair *pair =
        bsearch(topic.ptr, pairs, sizeof(pairs) / sizeof(pairs[0]), sizeof(pairs[0]), compare);

    return pair ? (nc_bytes){ pair->code, DIGITS } : (nc_bytes){ "", 0 };
}

/* Whether `text` begins with scheme, colon and code, and a blank or nothing behind them. */
static bool has_code(nc_bytes text, nc_bytes scheme)
{
    size_t at = scheme.len + 1, end = at + DIGITS;

    if (text.len < end || memcmp(text.ptr, scheme.ptr, scheme.len) != 0 ||
        text.ptr[scheme.len] != ':' || (text.len > end && text.ptr[end] != ' '))
        return false;
    while (at < end && text.ptr[at] >= '0' && text.ptr[at] <= '9')
        at++;
    return at == end;
}

nc_topic nc_topic_read(nc_bytes text)
{
    static const nc_bytes schemes[] = { NC_LITERAL_INIT("medtop"), NC_LITERAL_INIT("subj") };
    nc_topic topic = { .name = text };

    for (size_t i = 0; i < 2; i++) {
        size_t end = schemes[i].len + 1 + DIGITS;

        if (!has_code(text, schemes[i]))
            continue;
        topic.scheme = schemes[i];
        topic.code = (nc_bytes){ text.ptr + schemes[i].len + 1, DIGITS };
        topic.subject_code = i ? topic.code : subject_code(topic.code);
        end += end < text.len;
        topic.name = (nc_bytes){ text.ptr + end, text.len - end };
    }
    return topic;
}
