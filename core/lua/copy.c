/* SPDX-License-Identifier: MIT */
/* Deep copies of elements and lists, with a list of what is still to be looked into instead of
 * recursion. An element over an untouched node is copied by a second element over it, for the tree
 * below a shown node does not change. */
#include "core/lua/value.h"

typedef struct copying {
    lua_State *L;
    int work; /* stack index of the list of open copies */
    lua_Integer count;
} copying;

static void put_off(copying *c)
{
    lua_pushvalue(c->L, -1);
    lua_rawseti(c->L, c->work, ++c->count);
}

/* Replace the element on top by a copy of it alone, to be completed later. */
static void copy_element(copying *c)
{
    lua_State *L = c->L;
    const element *e = to_element(L, -1);
    int slots = host_of(L)->property_count[e->kind];
    bool open = false;
    element *copy;

    if (e->kind == KIND_SPACE || e->kind == KIND_SOFT_BREAK)
        return;
    copy = new_element(L, e->kind); /* stack: original, copy */
    *copy = *e;
    if (copy->node)
        copy->node->flags |= SHARED;
    for (int slot = 1; slot <= slots; slot++) {
        int type = lua_getiuservalue(L, -2, slot);

        open = open || type == LUA_TTABLE || type == LUA_TUSERDATA;
        lua_setiuservalue(L, -2, slot);
    }
    lua_remove(L, -2);
    if (open)
        put_off(c);
}

static void copy_table(copying *c)
{
    lua_State *L = c->L;

    lua_createtable(L, (int)lua_rawlen(L, -1), 0);
    lua_pushnil(L);
    while (lua_next(L, -3)) {
        lua_pushvalue(L, -2);
        lua_insert(L, -2);
        lua_rawset(L, -4);
    }
    if (lua_getmetatable(L, -2))
        set_metatable(L, -2);
    lua_remove(L, -2);
    put_off(c);
}

/* Replace the value on top by its copy. */
static void copy_value(copying *c)
{
    if (to_element(c->L, -1))
        copy_element(c);
    else if (lua_istable(c->L, -1))
        copy_table(c);
}

/* Copy what the copy on top refers to. */
static void complete(copying *c)
{
    lua_State *L = c->L;
    const element *e = to_element(L, -1);
    int slots = e ? host_of(L)->property_count[e->kind] : 0;

    for (int slot = 1; slot <= slots; slot++) {
        lua_getiuservalue(L, -1, slot);
        copy_value(c);
        lua_setiuservalue(L, -2, slot);
    }
    if (e)
        return;
    lua_pushnil(L);
    while (lua_next(L, -2)) {
        if (!lua_istable(L, -1) && !to_element(L, -1)) {
            lua_pop(L, 1);
            continue;
        }
        copy_value(c);
        lua_pushvalue(L, -2);
        lua_insert(L, -2);
        lua_rawset(L, -4); /* an existing key: allowed while going through */
    }
}

void push_copy(lua_State *L, int index)
{
    copying c = { .L = L };

    luaL_checkstack(L, 12, NULL);
    index = lua_absindex(L, index);
    lua_newtable(L);
    c.work = lua_gettop(L);
    lua_pushvalue(L, index);
    copy_value(&c); /* stack: work, copy */
    while (c.count) {
        lua_rawgeti(L, c.work, c.count);
        lua_pushnil(L);
        lua_rawseti(L, c.work, c.count--);
        complete(&c);
        lua_pop(L, 1);
    }
    lua_remove(L, c.work);
}
