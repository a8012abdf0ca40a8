/* SPDX-License-Identifier: MIT */
/* The reader's state: what is still to be read is a stack of frames. */
#ifndef PLUGIN_JSON_READ_H
#define PLUGIN_JSON_READ_H

#include "plugins/json/json.h"

typedef enum step {
    STEP_DOCUMENT,    /* keys of the outermost object */
    STEP_CHILDREN,    /* elements of an array: inlines, blocks or metadata values */
    STEP_PARTS,       /* elements of an array: parts of one kind */
    STEP_FIELDS,      /* an array with one element a field */
    STEP_ELEMENT,     /* the rest of an object behind its content */
    STEP_CITATION,    /* keys of a citation */
    STEP_DEFINITIONS, /* pairs of a term and its definitions */
    STEP_DEFINED,     /* the end of such a pair */
    STEP_MAP          /* keys and values of metadata */
} step;

typedef struct frame {
    nc_node *node;
    uint32_t count; /* what has been read of it */
    uint8_t step;
    uint8_t part; /* PARTS */
} frame;

enum { NAME_SLOTS = 128 };

typedef struct reader {
    nc_json json;
    nc_job *job;
    frame *frames;
    size_t count, capacity;
    size_t depth; /* open elements */
    json_notes notes;
    nc_bytes tag; /* the one that was wrong, for the message */
    bool versioned;
    uint8_t names[NAME_SLOTS]; /* 1 + the kind whose name has that hash */
} reader;

/* Record an error at the last token. */
void json_fail(reader *r, const char *message);

/* An error unless `token` is the one that is wanted. */
void json_expect(reader *r, nc_json_token token, nc_json_token wanted);

void json_push(reader *r, step what, nc_node *node, int part);
nc_node *json_append(reader *r, nc_node *parent, nc_kind kind);

/* Read a field, or what a part holds, of which `token` is the first; children are left to a frame. */
void json_begin_field(reader *r, nc_node *node, size_t index, nc_json_token token);
void json_begin_part(reader *r, nc_node *node, nc_json_token token);

/* Read the object whose opening brace is the last token, as a child of `parent`. */
void json_read_element(reader *r, nc_node *parent);

/* Read the object whose opening brace is `token` as a metadata map. */
void json_begin_map(reader *r, nc_node *map, nc_json_token token);

/* Steps of what kinds.def does not describe. */
void json_step_definitions(reader *r, frame *f);
void json_step_defined(reader *r, frame *f);
void json_step_citation(reader *r, frame *f);
void json_step_map(reader *r, frame *f);
void json_step_document(reader *r, frame *f);

/* Fail the job for the error that r->json has, with its place. */
void json_report(reader *r);

#endif
