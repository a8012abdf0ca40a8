/* SPDX-License-Identifier: MIT */
/* Metadata as Lua tables and back. Maps and lists nest: what is to be filled waits in a list of
 * tasks. */
#include "core/lua/value.h"

typedef struct tasks {
    lua_State *L;
    int work; /* stack index of the table of tasks */
    lua_Integer count;
} tasks;

/* Fill or read the table on top later, for `node`. The table stays. */
static void put_off(tasks *t, const nc_node *node)
{
    lua_pushvalue(t->L, -1);
    lua_rawseti(t->L, t->work, ++t->count);
    lua_pushlightuserdata(t->L, (void *)(uintptr_t)node);
    lua_rawseti(t->L, t->work, ++t->count);
}

/* Push the next table; its node is returned. */
static nc_node *next_task(tasks *t)
{
    nc_node *node;

    lua_rawgeti(t->L, t->work, t->count--);
    node = lua_touserdata(t->L, -1);
    lua_pop(t->L, 1);
    lua_rawgeti(t->L, t->work, t->count--);
    return node;
}

/* ------------------------------------------------------------ to Lua */

static void push_value(tasks *t, nc_node *value)
{
    lua_State *L = t->L;

    switch (value ? (int)value->kind : -1) {
    case NC_META_MAP:
        lua_newtable(L);
        put_off(t, value);
        break;
    case NC_META_LIST:
        new_list(L, LIST_PLAIN, 0);
        put_off(t, value);
        break;
    case NC_META_STRING: lua_pushlstring(L, value->text.ptr, value->text.len); break;
    case NC_META_BOOL: lua_pushboolean(L, value->number != 0); break;
    case NC_META_INLINES:
    case NC_META_BLOCKS: push_children(L, value); break;
    default: lua_pushnil(L);
    }
}

static void push_table(tasks *t)
{
    lua_State *L = t->L;
    nc_node *node = next_task(t);
    lua_Integer count = 0;

    for (nc_node *child = node->first; child; child = child->next) {
        if (node->kind == NC_META_LIST) {
            push_value(t, child);
            lua_rawseti(L, -2, ++count);
        } else {
            lua_pushlstring(L, child->text.ptr, child->text.len);
            push_value(t, child->first);
            lua_rawset(L, -3);
        }
    }
    lua_pop(L, 1);
}

void push_meta(lua_State *L, const nc_node *value)
{
    tasks t = { .L = L };

    luaL_checkstack(L, 12, NULL);
    lua_newtable(L);
    t.work = lua_gettop(L);
    push_value(&t, (nc_node *)(uintptr_t)value);
    if (value->kind == NC_META_MAP && value->parent && value->parent->kind == NC_DOCUMENT) {
        push_list_type(L, LIST_META);
        set_metatable(L, -2);
    }
    while (t.count)
        push_table(&t);
    lua_remove(L, t.work);
}

/* ------------------------------------------------------------ from Lua */

/* Which META_… kind the table at `index` is. */
static nc_kind kind_of_table(lua_State *L, int index)
{
    const element *e;
    nc_kind kind;

    if (is_list(L, index, LIST_INLINES))
        return NC_META_INLINES;
    if (is_list(L, index, LIST_BLOCKS))
        return NC_META_BLOCKS;
    if (is_list(L, index, LIST_PLAIN))
        return NC_META_LIST;
    if (lua_rawlen(L, index) == 0)
        return NC_META_MAP;
    lua_rawgeti(L, index, 1);
    e = to_element(L, -1);
    kind = e && is_inline_kind(e->kind)  ? NC_META_INLINES
           : e && is_block_kind(e->kind) ? NC_META_BLOCKS
                                         : NC_META_LIST;
    lua_pop(L, 1);
    return kind;
}

static nc_kind kind_of_value(lua_State *L, int index)
{
    const element *e = to_element(L, index);

    switch (lua_type(L, index)) {
    case LUA_TBOOLEAN: return NC_META_BOOL;
    case LUA_TSTRING:
    case LUA_TNUMBER: return NC_META_STRING;
    case LUA_TTABLE: return kind_of_table(L, index);
    default:
        if (e && is_inline_kind(e->kind))
            return NC_META_INLINES;
        if (e && is_block_kind(e->kind))
            return NC_META_BLOCKS;
        return (nc_kind)luaL_error(L, "MetaValue expected, got %s",
                                   e ? kind_name(e->kind) : luaL_typename(L, index));
    }
}

/* Fill the new node `value` from the Lua value on top. */
static void fill_value(tasks *t, nc_job *job, nc_node *value)
{
    lua_State *L = t->L;

    if (!value)
        raise_job_error(L, job);
    switch ((nc_kind)value->kind) {
    case NC_META_BOOL: value->number = lua_toboolean(L, -1); break;
    case NC_META_STRING:
        lua_pushvalue(L, -1);
        value->text = nc_copy(job, valid_text(job, string_at(L, -1)));
        lua_pop(L, 1);
        break;
    case NC_META_INLINES: commit_inlines(L, job, -1, value, NULL); break;
    case NC_META_BLOCKS: commit_blocks(L, job, -1, value, NULL); break;
    default: put_off(t, value);
    }
}

static void commit_list(tasks *t, nc_job *job, nc_node *list)
{
    lua_State *L = t->L;

    for (lua_Integer i = 1; lua_rawgeti(L, -1, i) != LUA_TNIL; i++) {
        nc_node *value = nc_node_new(job, kind_of_value(L, -1));

        fill_value(t, job, nc_append(job, list, value));
        lua_pop(L, 1);
    }
    lua_pop(L, 1);
}

static void commit_map(tasks *t, nc_job *job, nc_node *map)
{
    lua_State *L = t->L;

    lua_pushnil(L);
    while (lua_next(L, -2)) {
        nc_bytes key;

        lua_pushvalue(L, -2);
        key = nc_copy(job, valid_text(job, string_at(L, -1)));
        lua_pop(L, 1);
        fill_value(t, job, nc_meta_set(job, map, key, kind_of_value(L, -1)));
        lua_pop(L, 1);
    }
}

void commit_meta(lua_State *L, nc_job *job, int index, nc_node *map)
{
    tasks t = { .L = L };

    if (!lua_istable(L, index))
        luaL_error(L, "table expected, got %s", luaL_typename(L, index));
    luaL_checkstack(L, 12, NULL);
    index = lua_absindex(L, index);
    lua_newtable(L);
    t.work = lua_gettop(L);
    lua_pushvalue(L, index);
    put_off(&t, map);
    lua_pop(L, 1);
    while (t.count) {
        nc_node *node = next_task(&t);

        if (node->kind == NC_META_LIST)
            commit_list(&t, job, node);
        else
            commit_map(&t, job, node);
        lua_pop(L, 1);
    }
    lua_remove(L, t.work);
    if (job->status)
        raise_job_error(L, job);
}
