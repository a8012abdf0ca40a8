/* SPDX-License-Identifier: MIT */
/* What handlers change. What a handler returns is built below a holder, and put before the node
 * that it replaces:
 *
 *     parent ── a ── b ── c        holder ── x ── y
 *     parent ── a ── x ── y ── c
 *
 * What a script keeps stays as it was: before children change whose ancestor Lua has seen, a copy
 * of the outermost such ancestor takes its place in the tree (release). */
#include "core/lua/walk.h"

/* ------------------------------------------------------------ the filter */

static bool take_handler(walker *w, int filter, const char *name, int key)
{
    lua_State *L = w->L;

    if (lua_getfield(L, filter, name) == LUA_TFUNCTION) {
        lua_rawseti(L, w->handlers, key);
        w->has[key] = true;
        return true;
    }
    lua_pop(L, 1);
    return false;
}

/* Handlers by name for each kind of a level, the general one for all others. */
static bool take_level(walker *w, int filter, const char *general, bool (*in_level)(int kind))
{
    bool any = false;

    for (int kind = 0; kind < KIND_COUNT; kind++) {
        if (!in_level(kind))
            continue;
        any = take_handler(w, filter, kind_name(kind), kind) ||
              take_handler(w, filter, general, kind) || any;
    }
    return any;
}

/* Pushes the table of handlers. */
void read_filter(walker *w, int filter)
{
    lua_State *L = w->L;

    luaL_checkstack(L, 20, NULL);
    lua_createtable(L, HANDLER_COUNT, 0);
    w->handlers = lua_gettop(L);
    w->passes[PASS_INLINE] = take_level(w, filter, "Inline", is_inline_kind);
    w->passes[PASS_INLINES] = take_handler(w, filter, "Inlines", HANDLER_INLINES);
    w->passes[PASS_BLOCK] = take_level(w, filter, "Block", is_block_kind);
    w->passes[PASS_BLOCKS] = take_handler(w, filter, "Blocks", HANDLER_BLOCKS);
    take_handler(w, filter, "Meta", HANDLER_META);
    take_handler(w, filter, "Pandoc", NC_DOCUMENT);
    w->words = w->has[NC_TEXT] || w->has[KIND_SPACE] || w->has[KIND_SOFT_BREAK];
    lua_getfield(L, filter, "traverse");
    w->topdown = lua_type(L, -1) == LUA_TSTRING && strcmp(lua_tostring(L, -1), "topdown") == 0;
    lua_pop(L, 1);
}

/* Call the handler with the value on top, which stays below its two results. */
void call_handler(walker *w, int key)
{
    luaL_checkstack(w->L, 20, NULL);
    lua_rawgeti(w->L, w->handlers, key);
    lua_pushvalue(w->L, -2);
    lua_call(w->L, 1, 2);
}

/* Stack: value, result, second result. */
static bool said_stop(lua_State *L)
{
    return lua_isboolean(L, -1) && !lua_toboolean(L, -1);
}

static bool is_unchanged(lua_State *L)
{
    const element *e;

    if (lua_isnil(L, -2))
        return true;
    if (!lua_rawequal(L, -2, -3))
        return false;
    e = to_element(L, -3);
    return e && is_untouched(L, -3, e);
}

/* ------------------------------------------------------------ changing the tree */

/* Walk two equal trees side by side; returns what stands in the copy where `node` stands. */
static nc_node *counterpart(const nc_node *original, nc_node *copy, const nc_node *node)
{
    nc_walk a = { .root = original }, b = { .root = copy };
    nc_node *found = NULL;

    while (nc_walk_next(&a) && nc_walk_next(&b)) {
        nc_node *twin = (nc_node *)(uintptr_t)b.node;

        twin->flags |= a.node->flags & (FRESH | DONE);
        if (a.node == node)
            found = twin;
    }
    return found;
}

/* Make sure that the children of `from` (`node` or its parent) may change. Returns `node`, or its
 * counterpart. */
static nc_node *release(walker *w, nc_node *node, nc_node *from)
{
    nc_node *held = NULL, *copy, *found;

    if (!w->guarded && !(w->topdown && w->host->held))
        return node;
    for (nc_node *n = from; n && n != w->clean; n = n == w->root ? NULL : n->parent)
        if (n->flags & HELD)
            held = n;
    w->clean = from;
    if (!held)
        return node;
    copy = nc_clone(w->job, held);
    if (!copy)
        raise_job_error(w->L, w->job);
    found = counterpart(held, copy, node);
    if (held == w->root) {
        w->root = copy;
    } else {
        nc_insert_before(w->job, held, copy);
        nc_detach(held);
    }
    w->clean = from == node ? found : found->parent;
    return found;
}

static nc_node *holder(walker *w, nc_kind kind)
{
    if (!w->holder)
        w->holder = nc_node_new(w->job, kind);
    if (!w->holder)
        raise_job_error(w->L, w->job);
    w->holder->kind = (uint8_t)kind;
    return w->holder;
}

/* Topdown: what was put below the holder behind `last` is not handed to a handler again. */
static void mark_new(walker *w, const nc_node *last, bool stop)
{
    nc_node *child = last ? last->next : w->holder->first;

    for (; w->topdown && child; child = child->next)
        child->flags |= stop ? DONE : FRESH;
}

/* Put what the holder has in the place of `node`, and go on at the first of it (topdown) or behind
 * it. */
static void replace(walker *w, nc_node *node)
{
    nc_node *first = w->holder->first;

    while (w->holder->first)
        nc_insert_before(w->job, node, nc_detach(w->holder->first));
    w->parent = node->parent;
    w->next = w->topdown && first ? first : node->next;
    nc_detach(node);
    if (w->job->status)
        raise_job_error(w->L, w->job);
}

/* Hand an element to its handler. Returns whether it was replaced. */
bool apply_element(walker *w, nc_node *node)
{
    lua_State *L = w->L;
    bool is_inline = is_inline_kind(node->kind), stop;
    nc_node *shown = node, *adopt;
    int top = lua_gettop(L);

    push_node(L, node);
    call_handler(w, node->kind);
    stop = said_stop(L);
    if (is_unchanged(L)) {
        if (stop && w->topdown)
            node->flags |= DONE;
        lua_settop(L, top);
        return false;
    }
    node = release(w, node, node->parent);
    adopt = node == shown && !(node->flags & SHARED) ? node : NULL;
    if (is_inline)
        commit_inlines(L, w->job, top + 2, holder(w, NC_LINE), adopt);
    else
        commit_blocks(L, w->job, top + 2, holder(w, NC_ITEM), adopt);
    mark_new(w, NULL, stop);
    lua_settop(L, top);
    replace(w, node);
    return true;
}

/* ------------------------------------------------------------ words */

static int word_kind(const nc_word *word)
{
    return word->kind == 's' ? NC_TEXT : word->kind == ' ' ? KIND_SPACE : KIND_SOFT_BREAK;
}

static void keep_word(walker *w, const nc_word *word)
{
    if (word->kind == 's')
        nc_str(w->job, w->holder, word->text);
    else
        nc_separator(w->job, w->holder, word->kind);
    mark_new(w, w->holder->last ? w->holder->last->previous : NULL, false);
}

/* Begin to build the run anew: what is before `at` stays a slice. */
static void keep_prefix(walker *w, const nc_node *run, size_t at)
{
    nc_node *prefix;

    holder(w, NC_LINE);
    if (!at || (run->flags & NC_VERBATIM))
        return;
    prefix = nc_append(w->job, w->holder, nc_node_new(w->job, NC_TEXT));
    if (prefix) {
        prefix->text = (nc_bytes){ run->text.ptr, at };
        mark_new(w, NULL, false);
    }
}

/* Hand a word to its handler; commits what it returned. Returns whether that was another. */
static bool apply_word(walker *w, nc_node **run, size_t start, const nc_word *word, bool changed)
{
    lua_State *L = w->L;
    int top = lua_gettop(L);
    bool stop;
    nc_node *last;

    push_word(L, word);
    call_handler(w, word_kind(word));
    if (is_unchanged(L)) {
        lua_settop(L, top);
        return false;
    }
    stop = said_stop(L);
    if (!changed) {
        *run = release(w, *run, (*run)->parent);
        keep_prefix(w, *run, start);
    }
    last = w->holder->last;
    commit_inlines(L, w->job, top + 2, w->holder, NULL);
    mark_new(w, last, stop);
    lua_settop(L, top);
    return true;
}

bool apply_words(walker *w, nc_node *run)
{
    bool changed = false;
    size_t at = 0, start = 0;
    nc_word word;

    for (; nc_words(run, &at, &word); start = at) {
        if (w->has[word_kind(&word)] && apply_word(w, &run, start, &word, changed))
            changed = true;
        else if (changed)
            keep_word(w, &word);
    }
    if (changed)
        replace(w, run);
    return changed;
}

/* ------------------------------------------------------------ lists */

bool holds_inlines(const nc_node *node)
{
    return nc_kinds[node->kind].holds & NC_BIT(TEXT);
}

bool holds_blocks(const nc_node *node)
{
    return nc_kinds[node->kind].holds & NC_BIT(PARA);
}

bool is_part(const nc_node *node)
{
    return nc_kinds[node->kind].level == NC_LEVEL_PART;
}

/* Replace the inlines or blocks of `node` by what the holder has; parts stay. */
static void replace_list(walker *w, nc_node *node)
{
    nc_node *child = node->first, *next;

    for (; child; child = next) {
        next = child->next;
        if (!is_part(child))
            nc_detach(child);
    }
    nc_move_children(w->job, node, w->holder);
    if (w->job->status)
        raise_job_error(w->L, w->job);
}

/* Hand the list of `node` to its handler. Returns `node`, or its copy; *stop: do not look into the
 * list. */
nc_node *apply_list(walker *w, nc_node *node, bool *stop)
{
    lua_State *L = w->L;
    bool inlines = holds_inlines(node);
    int top = lua_gettop(L);
    nc_node *before = node, *adopt;

    push_children(L, node);
    call_handler(w, inlines ? HANDLER_INLINES : HANDLER_BLOCKS);
    *stop = said_stop(L);
    if (!lua_isnil(L, -2)) {
        node = release(w, node, node);
        adopt = node == before ? node : NULL;
        if (inlines)
            commit_inlines(L, w->job, top + 2, holder(w, NC_LINE), adopt);
        else
            commit_blocks(L, w->job, top + 2, holder(w, NC_ITEM), adopt);
        replace_list(w, node);
    }
    lua_settop(L, top);
    return node;
}

bool has_list_handler(const walker *w, const nc_node *node)
{
    return (w->has[HANDLER_INLINES] && holds_inlines(node)) ||
           (w->has[HANDLER_BLOCKS] && holds_blocks(node));
}

static void need_part(walker *w, nc_node *node, nc_kind kind, nc_node *before)
{
    nc_node *child = node->first, *part;

    while (child && child->kind != kind)
        child = child->next;
    part = child ? NULL : nc_node_new(w->job, kind);
    if (part && before)
        nc_insert_before(w->job, before, part);
    else if (part)
        nc_append(w->job, node, part);
}

/* Parts that may be missing when they are empty count as empty lists. */
void complete_parts(walker *w, nc_node *node)
{
    if (node->kind == NC_CITATION) {
        need_part(w, node, NC_PREFIX, node->first);
        need_part(w, node, NC_SUFFIX, NULL);
    } else if (node->kind == NC_TABLE || node->kind == NC_FIGURE) {
        need_part(w, node, NC_CAPTION, node->first);
    }
}
