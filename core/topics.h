/* SPDX-License-Identifier: MIT */
/* Subjects as they stand in metadata: "medtop:20000143 its name", "subj:03010000 its name", or a name. */
#ifndef NEWSCONV_TOPICS_H
#define NEWSCONV_TOPICS_H

#include "core/plugin.h"

#pragma GCC visibility push(default)

typedef struct nc_topic {
    nc_bytes scheme;            /* "medtop", "subj"; empty: no code */
    nc_bytes code;              /* eight digits */
    nc_bytes subject_code;      /* the code of scheme subj: its own, or that of the media topic; empty: none */
    nc_bytes name;              /* may be empty when there is a code */
} nc_topic;

nc_topic nc_topic_read(nc_bytes text);

#pragma GCC visibility pop

#endif
