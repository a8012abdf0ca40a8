/* SPDX-License-Identifier: MIT */
/* What the files of this module share. */
#ifndef PLUGIN_JSON_H
#define PLUGIN_JSON_H

#include "core/json.h"

nc_status json_read(nc_job *job, const void *options, nc_bytes in, nc_node *doc);
nc_status json_write(nc_job *job, const void *options, const nc_node *doc, nc_buf *buf);

/* The names of objects that have "c" before "t", as sorted keys do: their kind must be known before their content.
 * The first such object is scanned once, with all below it; the tags found are noted in the order of their
 * objects. */
typedef struct json_note {
    const char *object; /* behind the key "c" */
    nc_bytes tag;
} json_note;

typedef struct json_notes {
    json_note *items;
    size_t count, capacity, next;
    const char *end; /* of the last scan */
} json_notes;

/* The tag of the object of which the key "c" and the opening bracket of its value have just been read. {NULL, 0}
 * if it has none, or if `json` has an error now. */
nc_bytes json_tag_of(json_notes *notes, nc_json *json);

/* Fields that are no children: read the value that begins with `token` into `place`; errors go to `json`. */
void json_read_field(nc_json *json, const nc_field *field, nc_json_token token, void *place);

/* An object that is only a name, {"t":"AlignLeft"}, or a name and a number, as an index into `names` (-1 and an
 * error if it is not there). `number`: where a number goes, NULL if none may be there. */
int json_read_name(nc_json *json, nc_json_token token, const char *const *names, double *number);

#endif
