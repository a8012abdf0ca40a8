/* SPDX-License-Identifier: MIT */
/* Filters walk the tree without recursion. Typewise, a pass leaves each node after its children;
 * topdown, the one pass enters it before them. */
#include "core/lua/walk.h"

/* ------------------------------------------------------------ typewise */

static void leave(walker *w, nc_node *node, pass_type pass)
{
    bool stop, element_pass = pass == PASS_INLINE || pass == PASS_BLOCK;

    if (!element_pass) {
        if (pass == PASS_INLINES ? holds_inlines(node) : holds_blocks(node)) {
            node = apply_list(w, node, &stop);
            w->parent = node->parent;
            w->next = node->next;
        }
    } else if (node == w->root) {
        return;
    } else if (node->kind == NC_TEXT) {
        if (pass == PASS_INLINE && w->words)
            apply_words(w, node);
    } else if (w->has[node->kind] &&
               (pass == PASS_INLINE) == (nc_kinds[node->kind].level == NC_LEVEL_INLINE)) {
        apply_element(w, node);
    }
}

static nc_node *deepest(walker *w, nc_node *node, bool complete)
{
    for (;; node = node->first) {
        if (complete)
            complete_parts(w, node);
        if (!node->first)
            return node;
    }
}

static void walk_pass(walker *w, pass_type pass)
{
    bool complete = pass == PASS_INLINES || pass == PASS_BLOCKS;
    nc_node *node = deepest(w, w->root, complete);

    w->guarded = w->host->held > 0;
    for (;;) {
        bool root = node == w->root;

        w->parent = node->parent;
        w->next = node->next;
        leave(w, node, pass);
        if (root)
            return;
        if (w->clean == node)
            w->clean = w->parent;
        node = w->next ? deepest(w, w->next, complete) : w->parent;
    }
}

/* ------------------------------------------------------------ topdown */

/* Hand over what is entered. Returns whether it is gone, or stays closed. */
static bool enter(walker *w, nc_node *node)
{
    bool fresh = node->flags & FRESH;

    if (node == w->root)
        return false;
    if (!fresh && !(node->flags & DONE)) {
        if (node->kind == NC_TEXT
                ? w->words && apply_words(w, node)
                : w->has[node->kind] && nc_kinds[node->kind].level < NC_LEVEL_PART &&
                      apply_element(w, node))
            return true;
    }
    node->flags &= (uint8_t)~FRESH;
    if (!(node->flags & DONE))
        return false;
    node->flags &= (uint8_t)~DONE;
    return true;
}

/* The list of a node that has no parts before it. Returns the node, or its copy. */
static nc_node *open_list(walker *w, nc_node *node, bool *stop)
{
    complete_parts(w, node);
    if (!has_list_handler(w, node) || (node->first && is_part(node->first)))
        return node;
    return apply_list(w, node, stop);
}

/* The parts of a node are done: its own list is next. Returns the node to go on with, NULL to leave
 * the parent. */
static nc_node *behind_parts(walker *w, nc_node *node)
{
    nc_node *parent = node->parent, *next = node->next;
    bool stop = false;

    if (!is_part(node) || (next && is_part(next)) || !has_list_handler(w, parent) ||
        !(holds_blocks(parent) || holds_inlines(parent)))
        return next;
    parent = apply_list(w, parent, &stop);
    for (next = parent->first; next && is_part(next); next = next->next)
        ;
    w->parent = parent;
    return stop ? NULL : next;
}

/* Where to go from a node that is done with; *entering: into it, or out of it. */
static nc_node *step(walker *w, nc_node *node, bool *entering)
{
    nc_node *next;

    w->parent = node->parent;
    if (w->clean == node)
        w->clean = node->parent;
    next = behind_parts(w, node);
    *entering = next != NULL;
    return next ? next : w->parent;
}

static void walk_topdown(walker *w)
{
    nc_node *node = w->root;
    bool entering = true;

    for (;;) {
        bool stop = false;

        if (entering) {
            w->parent = node->parent;
            w->next = node->next;
            if (enter(w, node)) {
                entering = w->next != NULL;
                node = w->next ? w->next : w->parent;
                continue;
            }
            node = open_list(w, node, &stop);
            if (node->first && !stop) {
                node = node->first;
                continue;
            }
        }
        if (node == w->root)
            return;
        node = step(w, node, &entering);
    }
}

/* ------------------------------------------------------------ documents */

/* Give the table at `index` to the document as its metadata. */
static void set_meta(walker *w, nc_node *document, int index)
{
    nc_node *map = nc_node_new(w->job, NC_META_MAP);

    if (!map)
        raise_job_error(w->L, w->job);
    commit_meta(w->L, w->job, index, map);
    map->parent = document;
    document->meta = map;
}

static void apply_meta(walker *w, nc_node *document)
{
    lua_State *L = w->L;

    push_meta(L, document->meta);
    call_handler(w, HANDLER_META);
    if (!lua_isnil(L, -2))
        set_meta(w, document, -2);
    lua_pop(L, 3);
}

/* Give the metadata to `document` if it is what the handler returned, its blocks as they are in the
 * tree. */
static bool keep_document(walker *w, nc_node *document, const element *e)
{
    int blocks = find_property(w->host, NC_DOCUMENT, "blocks");
    lua_State *L = w->L;
    bool kept = e->node == document && !(document->flags & SHARED);

    kept = lua_getiuservalue(L, -2, blocks) == LUA_TNIL && kept;
    lua_pop(L, 1);
    if (kept) {
        push_property(L, -2, find_property(w->host, NC_DOCUMENT, "meta"));
        set_meta(w, document, -1);
        lua_pop(L, 1);
    }
    return kept;
}

static nc_node *apply_document(walker *w, nc_node *document)
{
    lua_State *L = w->L;
    nc_node *shown = w->host->shown;
    const element *e;

    push_node(L, document);
    push_property(L, -1, find_property(w->host, NC_DOCUMENT, "meta"));
    lua_pop(L, 1); /* made now: metadata may change behind the document's back */
    w->host->shown = document;
    call_handler(w, NC_DOCUMENT);
    w->host->shown = shown;
    e = to_element(L, -2);
    if (e && e->kind == NC_DOCUMENT && keep_document(w, document, e))
        ; /* nothing to build */
    else if (e && e->kind == NC_DOCUMENT)
        document = commit_element(L, w->job, -2, document->flags & SHARED ? NULL : document);
    else if (!lua_isnil(L, -2))
        luaL_error(L, "Pandoc expected, got %s", e ? kind_name(e->kind) : luaL_typename(L, -2));
    lua_pop(L, 3);
    return document;
}

static nc_node *walk_root(walker *w, nc_node *root)
{
    w->root = root;
    w->clean = NULL;
    if (w->topdown)
        walk_topdown(w);
    for (int pass = 0; pass < PASS_COUNT && !w->topdown; pass++)
        if (w->passes[pass])
            walk_pass(w, (pass_type)pass);
    return w->root;
}

/* The passes one after the other, each over the metadata first. */
static nc_node *walk_parts(walker *w, nc_node *document)
{
    bool needed[PASS_COUNT];

    if (w->topdown) {
        walk_root(w, document->meta);
        return walk_root(w, document);
    }
    memcpy(needed, w->passes, sizeof(needed));
    memset(w->passes, 0, sizeof(w->passes));
    for (int pass = 0; pass < PASS_COUNT; pass++) {
        if (!needed[pass])
            continue;
        w->passes[pass] = true;
        walk_root(w, document->meta);
        document = walk_root(w, document);
        w->passes[pass] = false;
    }
    return document;
}

void walk_document(lua_State *L, int index, nc_node **document)
{
    walker w = { .L = L, .host = host_of(L), .job = host_of(L)->job };

    index = lua_absindex(L, index);
    read_filter(&w, index);
    w.host->topdown = w.host->topdown || w.topdown;
    if (w.topdown && w.has[NC_DOCUMENT])
        *document = apply_document(&w, *document);
    if (w.topdown && w.has[HANDLER_META])
        apply_meta(&w, *document);
    *document = walk_parts(&w, *document);
    if (!w.topdown && w.has[HANDLER_META])
        apply_meta(&w, *document);
    if (!w.topdown && w.has[NC_DOCUMENT])
        *document = apply_document(&w, *document);
    lua_settop(L, w.handlers - 1);
}

void walk_below(lua_State *L, int index, nc_node **root)
{
    walker w = { .L = L, .host = host_of(L), .job = host_of(L)->job };

    index = lua_absindex(L, index);
    read_filter(&w, index);
    w.host->topdown = w.host->topdown || w.topdown;
    *root = walk_root(&w, *root);
    lua_settop(L, w.handlers - 1);
}
