/* SPDX-License-Identifier: MIT */
/* A filter on its way through the tree: what the walks (walk.c) and what handlers change (apply.c)
 * share. */
#ifndef NEWSCONV_LUA_WALK_H
#define NEWSCONV_LUA_WALK_H

#include "core/lua/value.h"

enum { HANDLER_INLINES = KIND_COUNT, HANDLER_BLOCKS, HANDLER_META, HANDLER_COUNT };

typedef enum pass_type { PASS_INLINE, PASS_INLINES, PASS_BLOCK, PASS_BLOCKS, PASS_COUNT } pass_type;

typedef struct walker {
    lua_State *L;
    lua_host *host;
    nc_job *job;
    int handlers; /* stack index of the table of functions */
    bool has[HANDLER_COUNT];
    bool passes[PASS_COUNT]; /* which are needed */
    bool words;              /* runs are to be cut */
    bool topdown;
    bool guarded; /* an ancestor may be held */
    nc_node *root;
    nc_node *clean; /* the nearest node above the place of the walk of which no ancestor is held */
    nc_node *parent, *next; /* where to go on */
    nc_node *holder;
} walker;

/* Take the handlers of the filter table at stack index `filter`, and push the table of them. */
void read_filter(walker *w, int filter);

/* Call the handler with the value on top, which stays below its two results. */
void call_handler(walker *w, int key);

bool holds_inlines(const nc_node *node);
bool holds_blocks(const nc_node *node);
bool is_part(const nc_node *node);
bool has_list_handler(const walker *w, const nc_node *node);

/* Parts that may be missing when they are empty count as empty lists. */
void complete_parts(walker *w, nc_node *node);

/* Hand an element, the words of a run, or the list of a node to its handler. The first two return
 * whether it was replaced; then w->parent and w->next say where to go on. The list's node may be
 * replaced by its copy, which is returned; *stop: do not look into the list. */
bool apply_element(walker *w, nc_node *node);
bool apply_words(walker *w, nc_node *run);
nc_node *apply_list(walker *w, nc_node *node, bool *stop);

#endif
