/* SPDX-License-Identifier: MIT */
/* From Lua to the tree. The nodes of one element and its parts are made at once; lists of inlines
 * and blocks, which may nest to any depth, are put off to a list of tasks (a list, and the node
 * that it goes into) kept in a Lua table. */
#include "core/lua/value.h"

static const nc_bytes replacement = NC_LITERAL_INIT("\xEF\xBF\xBD");

/* `text` with each byte that is not UTF-8 replaced by U+FFFD. */
nc_bytes valid_text(nc_job *job, nc_bytes text)
{
    size_t valid = nc_utf8_valid(text), length = 0;
    char *room;

    if (valid == text.len)
        return text;
    room = text.len < SIZE_MAX / 4 ? nc_alloc(job, text.len * replacement.len) : NULL;
    if (!room)
        return (nc_bytes){ "", 0 };
    for (;;) {
        memcpy(room + length, text.ptr, valid);
        length += valid;
        if (valid == text.len)
            return (nc_bytes){ room, length };
        memcpy(room + length, replacement.ptr, replacement.len);
        length += replacement.len;
        text = (nc_bytes){ text.ptr + valid + 1, text.len - valid - 1 };
        valid = nc_utf8_valid(text);
    }
}

static nc_node *checked(commit *c, nc_node *node)
{
    if (!node)
        raise_job_error(c->L, c->job);
    return node;
}

static nc_node *add(commit *c, nc_node *parent, int kind)
{
    return checked(c, nc_append(c->job, parent, checked(c, nc_node_new(c->job, (nc_kind)kind))));
}

/* Let the list or value on top become the children of `node` later; pops it. */
static void put_off(commit *c, nc_node *node)
{
    lua_State *L = c->L;

    if (lua_isnil(L, c->work)) {
        lua_newtable(L);
        lua_replace(L, c->work);
    }
    lua_rawseti(L, c->work, ++c->tasks);
    lua_pushlightuserdata(L, node);
    lua_rawseti(L, c->work, ++c->tasks);
    lua_pushinteger(L, c->depth + 1);
    lua_rawseti(L, c->work, ++c->tasks);
}

/* An untouched child goes over as it is: moved where nobody else sees it at its old place, else
 * copied. */
static void take(commit *c, nc_node *parent, nc_node *child)
{
    nc_node *taken = child->parent && child->parent == c->adopt_from ? nc_detach(child)
                                                                     : nc_clone(c->job, child);

    checked(c, nc_append(c->job, parent, checked(c, taken)));
}

static bool belongs_to(const property *p, const nc_node *child)
{
    switch (p->type) {
    case PROPERTY_INLINES: return nc_kinds[child->kind].level == NC_LEVEL_INLINE;
    case PROPERTY_BLOCKS: return nc_kinds[child->kind].level == NC_LEVEL_BLOCK;
    case PROPERTY_DEFINITIONS: return true;
    default: return p->type > PROPERTY_BLOCKS && child->kind == p->part;
    }
}

/* Returns whether children were moved. */
static bool take_untouched(commit *c, nc_node *node, const element *e, const property *p)
{
    nc_node *child = e->node->first, *next;
    bool moved = false;

    if (p->type == PROPERTY_META) {
        node->meta = checked(c, nc_clone(c->job, e->node->meta));
        node->meta->parent = node;
    }
    if (p->type < PROPERTY_INLINES)
        return false;
    for (; child; child = next) {
        next = child->next;
        if (belongs_to(p, child)) {
            moved = moved || child->parent == c->adopt_from;
            take(c, node, child);
        }
    }
    return moved;
}

/* ------------------------------------------------------------ properties that were written */

static nc_node *make(commit *c, int index);

static nc_bytes text_at(commit *c, int index)
{
    return nc_copy(c->job, valid_text(c->job, string_at(c->L, index)));
}

static void set_columns(commit *c, nc_node *node, int index)
{
    lua_State *L = c->L;
    nc_columns *columns = nc_record(c->job, node);
    nc_column *items;

    luaL_checktype(L, index, LUA_TTABLE);
    columns->count = lua_rawlen(L, index);
    columns->items = items = nc_alloc(c->job, columns->count * sizeof(*items));
    if (!items)
        raise_job_error(L, c->job);
    for (size_t i = 0; i < columns->count; i++) {
        if (lua_rawgeti(L, index, (lua_Integer)i + 1) != LUA_TTABLE)
            luaL_error(L, "pair of alignment and width expected, got %s", luaL_typename(L, -1));
        lua_rawgeti(L, -1, 1);
        lua_rawgeti(L, -2, 2);
        items[i].alignment = enum_at(L, -2, nc_alignment_names);
        items[i].width = lua_isnil(L, -1) ? -1 : luaL_checknumber(L, -1);
        lua_pop(L, 3);
    }
}

/* Stack: …, ListAttributes, its properties. */
static nc_list_attributes list_attributes_at(lua_State *L, int index)
{
    static const property type = { .type = PROPERTY_LIST_ATTRIBUTES };
    nc_list_attributes list;
    int top = lua_gettop(L);

    push_coerced(L, index, &type);
    for (int slot = 1; slot <= 3; slot++)
        push_property(L, top + 1, slot);
    list.start = integer_at(L, top + 2);
    list.style = enum_at(L, top + 3, nc_list_style_names);
    list.delimiter = enum_at(L, top + 4, nc_list_delim_names);
    lua_settop(L, top);
    return list;
}

/* Append each item of the list at `index` as an element, or put it off into a part of its own. */
static void set_parts(commit *c, nc_node *node, const property *p, int index)
{
    lua_State *L = c->L;

    push_coerced(L, index, p);
    index = lua_gettop(L);
    for (lua_Integer i = 1; lua_rawgeti(L, index, i) != LUA_TNIL; i++) {
        if (p->type == PROPERTY_PART_LISTS) {
            put_off(c, add(c, node, p->part));
        } else {
            checked(c, nc_append(c->job, node, make(c, lua_gettop(L))));
            lua_pop(L, 1);
        }
    }
    lua_pop(L, 2);
}

static void set_definitions(commit *c, nc_node *node, const property *p, int index)
{
    lua_State *L = c->L;

    push_coerced(L, index, p);
    index = lua_gettop(L);
    for (lua_Integer i = 1; lua_rawgeti(L, index, i) != LUA_TNIL; i++) {
        lua_rawgeti(L, -1, 1);
        put_off(c, add(c, node, NC_TERM));
        lua_rawgeti(L, -1, 2);
        for (lua_Integer k = 1; lua_rawgeti(L, -1, k) != LUA_TNIL; k++)
            put_off(c, add(c, node, NC_DEFINITION));
        lua_pop(L, 3);
    }
    lua_pop(L, 2);
}

static void set_structure(commit *c, nc_node *node, const property *p, int index)
{
    static const property rows = { .type = PROPERTY_PARTS, .part = NC_ROW };
    lua_State *L = c->L;

    switch (p->type) {
    case PROPERTY_INLINES:
    case PROPERTY_BLOCKS:
        lua_pushvalue(L, index);
        put_off(c, node);
        break;
    case PROPERTY_PART:
        push_part(L, index, p->part);
        checked(c, nc_append(c->job, node, make(c, lua_gettop(L))));
        lua_pop(L, 1);
        break;
    case PROPERTY_PART_LIST:
        node = add(c, node, p->part);
        lua_pushvalue(L, index);
        if (p->list == LIST_INLINES)
            put_off(c, node);
        else
            set_parts(c, node, &rows, index), lua_pop(L, 1);
        break;
    case PROPERTY_DEFINITIONS: set_definitions(c, node, p, index); break;
    default: set_parts(c, node, p, index);
    }
}

static void set_scalar(commit *c, nc_node *node, const property *p, int index)
{
    lua_State *L = c->L;
    char *at = p->in_record ? nc_record(c->job, node) : (void *)node;

    at += p->offset;
    switch (p->type) {
    case PROPERTY_STRING: *(nc_bytes *)(void *)at = text_at(c, index); break;
    case PROPERTY_INTEGER: *(int64_t *)(void *)at = integer_at(L, index); break;
    case PROPERTY_ENUM: *(int *)(void *)at = enum_at(L, index, p->names); break;
    default: *(int64_t *)(void *)at = enum_at(L, index, p->names);
    }
}

static void set_property(commit *c, nc_node *node, const property *p, int index)
{
    switch (p->type) {
    case PROPERTY_ATTR: node->attr = commit_attr(c->L, c->job, index); break;
    case PROPERTY_LIST_ATTRIBUTES: node->list = list_attributes_at(c->L, index); break;
    case PROPERTY_COLUMNS: set_columns(c, node, index); break;
    case PROPERTY_META: commit_meta(c->L, c->job, index, node->meta); break;
    case PROPERTY_STRING:
    case PROPERTY_INTEGER:
    case PROPERTY_ENUM:
    case PROPERTY_WIDE_ENUM: set_scalar(c, node, p, index); break;
    default: set_structure(c, node, p, index);
    }
}

/* ------------------------------------------------------------ elements */

/* A node of its own for what stands as a word in a run, or not in the tree at all. */
static nc_node *make_other(commit *c, int index, const element *e)
{
    static const nc_kind kinds[] = { NC_TEXT, NC_TEXT, NC_SPAN, NC_SPAN, NC_ORDERED_LIST };
    lua_State *L = c->L;
    nc_node *node =
        checked(c, nc_node_new(c->job, e->kind == NC_TEXT ? NC_TEXT : kinds[e->kind - KIND_SPACE]));

    if (e->kind == KIND_ATTR || e->kind == KIND_ATTRIBUTES) {
        node->attr = commit_attr(L, c->job, index);
    } else if (e->kind == KIND_LIST_ATTRIBUTES) {
        node->list = list_attributes_at(L, index);
    } else if (e->kind != NC_TEXT) {
        node->text = e->kind == KIND_SPACE ? NC_LITERAL(" ") : NC_LITERAL("\n");
    } else {
        push_property(L, index, 1);
        node->text = text_at(c, -1);
        if (memchr(node->text.ptr, ' ', node->text.len) ||
            memchr(node->text.ptr, '\n', node->text.len))
            node->flags |= NC_VERBATIM;
        lua_pop(L, 1);
    }
    return node;
}

/* The node of the element at `index` (absolute), its lists put off. */
static nc_node *make(commit *c, int index)
{
    lua_State *L = c->L;
    lua_host *host = host_of(L);
    element *e = to_element(L, index);
    bool moved = false;
    nc_node *node;

    luaL_checkstack(L, 12, NULL);
    if (e->kind == NC_TEXT || e->kind >= NC_KIND_COUNT)
        return make_other(c, index, e);
    node = checked(c, nc_node_new(c->job, (nc_kind)e->kind));
    if (e->node) {
        node->part = e->node->part;
        node->offset = e->node->offset;
        if (e->kind != NC_DOCUMENT)
            node->text = e->node->text; /* the whole payload: attr and record are shared */
    }
    for (int slot = 1; slot <= host->property_count[e->kind]; slot++) {
        const property *p = &host->properties[e->kind][slot - 1];

        if (lua_getiuservalue(L, index, slot) != LUA_TNIL)
            set_property(c, node, p, lua_gettop(L));
        else if (e->node)
            moved = take_untouched(c, node, e, p) || moved;
        lua_pop(L, 1);
    }
    if (moved) { /* what the script may still hold reads from the new place */
        e->node = node;
        mark_held(host, node);
    }
    return node;
}

/* Append the inline on top to `parent`; pops it. */
static void put_inline(commit *c, nc_node *parent)
{
    lua_State *L = c->L;
    const element *e = to_element(L, -1);

    if (!e || !is_inline_kind(e->kind)) {
        push_inline(L, -1);
        lua_remove(L, -2);
        e = to_element(L, -1);
    }
    if (e->kind == NC_TEXT) {
        if (lua_getiuservalue(L, -1, 1) == LUA_TNIL)
            nc_str(c->job, parent, e->text);
        else
            nc_str(c->job, parent, valid_text(c->job, string_at(L, -1)));
        lua_pop(L, 1);
    } else if (e->kind >= NC_KIND_COUNT) {
        nc_separator(c->job, parent, e->kind == KIND_SPACE ? ' ' : '\n');
    } else if (e->node && is_untouched(L, -1, e)) {
        take(c, parent, e->node);
    } else {
        checked(c, nc_append(c->job, parent, make(c, lua_gettop(L))));
    }
    if (c->job->status)
        raise_job_error(L, c->job);
    lua_pop(L, 1);
}

/* Append the block on top to `parent`; pops it. */
static void put_block(commit *c, nc_node *parent)
{
    lua_State *L = c->L;
    const element *e;

    push_block(L, -1);
    e = to_element(L, -1);
    if (e && is_block_kind(e->kind)) {
        if (e->node && is_untouched(L, -1, e))
            take(c, parent, e->node);
        else
            checked(c, nc_append(c->job, parent, make(c, lua_gettop(L))));
    } else {
        luaL_error(L, "__toblock did not yield a Block");
    }
    lua_pop(L, 2);
}

/* ------------------------------------------------------------ lists */

static bool is_item_list(lua_State *L, int index, const char *metafield)
{
    bool list = lua_istable(L, index);

    if (list && luaL_getmetafield(L, index, metafield) != LUA_TNIL) {
        lua_pop(L, 1);
        list = false;
    }
    return list;
}

static void fill_inlines(commit *c, int index, nc_node *parent)
{
    lua_State *L = c->L;
    const element *e = to_element(L, index);
    bool made = !is_item_list(L, index, "__toinline");
    lua_Integer count;

    if (e && is_inline_kind(e->kind)) {
        lua_pushvalue(L, index);
        put_inline(c, parent);
        return;
    }
    if (made) {
        push_as_inlines(L, index);
        index = lua_gettop(L);
    }
    count = (lua_Integer)lua_rawlen(L, index);
    for (lua_Integer i = 1; i <= count; i++) {
        lua_rawgeti(L, index, i);
        put_inline(c, parent);
    }
    lua_settop(L, lua_gettop(L) - made);
}

static void fill_blocks(commit *c, int index, nc_node *parent)
{
    lua_State *L = c->L;
    lua_Integer count;

    if (!is_item_list(L, index, "__toblock")) {
        lua_pushvalue(L, index);
        put_block(c, parent);
        return;
    }
    count = (lua_Integer)lua_rawlen(L, index);
    for (lua_Integer i = 1; i <= count; i++) {
        lua_rawgeti(L, index, i);
        put_block(c, parent);
    }
}

static void fill(commit *c, int index, nc_node *parent)
{
    luaL_checkstack(c->L, 12, NULL);
    if (nc_kinds[parent->kind].holds & NC_INLINES)
        fill_inlines(c, index, parent);
    else
        fill_blocks(c, index, parent);
}

static commit begin(lua_State *L, nc_job *job, nc_node *adopt_from)
{
    luaL_checkstack(L, 12, NULL);
    lua_pushnil(L);
    return (commit){ .L = L, .job = job, .adopt_from = adopt_from, .work = lua_gettop(L) };
}

/* An element that is put into itself has no end: nesting that no reader makes is taken for that. */
static void check_depth(commit *c)
{
    enum { AT_LEAST = 200000, LISTS_A_LEVEL = 4 };
    size_t most = c->job->limits.depth < SIZE_MAX / LISTS_A_LEVEL - AT_LEAST
                      ? c->job->limits.depth * LISTS_A_LEVEL + AT_LEAST
                      : SIZE_MAX;

    if ((size_t)c->depth <= most)
        return;
    nc_fail(c->job, NC_ELIMIT,
            "the tree that the script made nests more than %zu deep (is an element in itself?); "
            "--max-depth raises the limit",
            most);
    raise_job_error(c->L, c->job);
}

/* Do what was put off, and drop the list of it. */
static void finish(commit *c)
{
    lua_State *L = c->L;

    while (c->tasks) {
        nc_node *node;

        lua_rawgeti(L, c->work, c->tasks--);
        c->depth = lua_tointeger(L, -1);
        lua_rawgeti(L, c->work, c->tasks--);
        node = lua_touserdata(L, -1);
        lua_pop(L, 2);
        check_depth(c);
        lua_rawgeti(L, c->work, c->tasks--);
        fill(c, lua_gettop(L), node);
        lua_pop(L, 1);
    }
    lua_remove(L, c->work);
}

void commit_inlines(lua_State *L, nc_job *job, int index, nc_node *parent, nc_node *adopt_from)
{
    int at = lua_absindex(L, index);
    commit c = begin(L, job, adopt_from);

    fill_inlines(&c, at, parent);
    finish(&c);
}

void commit_blocks(lua_State *L, nc_job *job, int index, nc_node *parent, nc_node *adopt_from)
{
    int at = lua_absindex(L, index);
    commit c = begin(L, job, adopt_from);

    fill_blocks(&c, at, parent);
    finish(&c);
}

nc_node *commit_element(lua_State *L, nc_job *job, int index, nc_node *adopt_from)
{
    int at = lua_absindex(L, index);
    commit c = begin(L, job, adopt_from);
    nc_node *node = make(&c, at);

    finish(&c);
    if (job->status)
        raise_job_error(L, job);
    return node;
}
