/* SPDX-License-Identifier: MIT */
/* Lists: tables with a metatable that has methods; Inlines, Blocks and Meta are such types of their
 * own. */
#include "core/lua/value.h"

void push_list_type(lua_State *L, list_type type)
{
    lua_rawgeti(L, LUA_REGISTRYINDEX, host_of(L)->lists[type]);
}

void new_list(lua_State *L, list_type type, int size)
{
    lua_createtable(L, size, 0);
    push_list_type(L, type);
    set_metatable(L, -2);
}

bool is_list(lua_State *L, int index, list_type type)
{
    bool same;

    if (!lua_istable(L, index) || !lua_getmetatable(L, index))
        return false;
    push_list_type(L, type);
    same = lua_rawequal(L, -1, -2);
    lua_pop(L, 2);
    return same;
}

/* ------------------------------------------------------------ from the tree */

void push_inlines(lua_State *L, nc_node *parent)
{
    lua_Integer count = 0;

    new_list(L, LIST_INLINES, 0);
    for (nc_node *child = parent->first; child; child = child->next) {
        size_t at = 0;
        nc_word word;

        if (child->kind == NC_TEXT) {
            while (nc_words(child, &at, &word)) {
                push_word(L, &word);
                lua_rawseti(L, -2, ++count);
            }
        } else if (nc_kinds[child->kind].level == NC_LEVEL_INLINE) {
            push_node(L, child);
            lua_rawseti(L, -2, ++count);
        }
    }
}

void push_blocks(lua_State *L, nc_node *parent)
{
    lua_Integer count = 0;

    new_list(L, LIST_BLOCKS, 0);
    for (nc_node *child = parent->first; child; child = child->next)
        if (nc_kinds[child->kind].level == NC_LEVEL_BLOCK) {
            push_node(L, child);
            lua_rawseti(L, -2, ++count);
        }
}

void push_children(lua_State *L, nc_node *parent)
{
    uint64_t holds = nc_kinds[parent->kind].holds;
    lua_Integer count = 0;

    if (holds & NC_INLINES) {
        push_inlines(L, parent);
        return;
    }
    if (holds & NC_BLOCKS) {
        push_blocks(L, parent);
        return;
    }
    new_list(L, LIST_PLAIN, 0);
    for (nc_node *child = parent->first; child; child = child->next) {
        push_node(L, child);
        lua_rawseti(L, -2, ++count);
    }
}

/* ------------------------------------------------------------ methods */

static lua_Integer length(lua_State *L, int index)
{
    return (lua_Integer)lua_rawlen(L, index);
}

/* Push a new empty list of the type that the table at `index` has. */
static void new_like(lua_State *L, int index)
{
    index = lua_absindex(L, index);
    lua_newtable(L);
    if (!lua_getmetatable(L, index))
        push_list_type(L, LIST_PLAIN);
    set_metatable(L, -2);
}

static void append_items(lua_State *L, int to, int from)
{
    lua_Integer base = length(L, to), count = length(L, from);

    for (lua_Integer i = 1; i <= count; i++) {
        lua_rawgeti(L, from, i);
        lua_rawseti(L, to, base + i);
    }
}

/* Stack: the type, and a table, an iterator or nothing. */
static int list_new(lua_State *L)
{
    lua_Integer count = 0;

    lua_settop(L, 2);
    if (lua_isnil(L, 2)) {
        lua_newtable(L);
        lua_replace(L, 2);
    } else if (lua_isfunction(L, 2)) {
        lua_newtable(L); /* stack: type, iterator, items */
        for (;;) {
            lua_pushvalue(L, 2);
            lua_call(L, 0, 1);
            if (lua_isnil(L, -1))
                break;
            lua_rawseti(L, 3, ++count);
        }
        lua_settop(L, 3);
        lua_replace(L, 2);
    }
    luaL_checktype(L, 2, LUA_TTABLE);
    push_list_type(L, LIST_PLAIN);
    set_metatable(L, 2);
    return 1;
}

static int list_concat(lua_State *L)
{
    luaL_checktype(L, 1, LUA_TTABLE);
    luaL_checktype(L, 2, LUA_TTABLE);
    lua_settop(L, 2);
    lua_newtable(L);
    if (lua_getmetatable(L, 1)) /* of a plain table: none */
        set_metatable(L, 3);
    append_items(L, 3, 1);
    append_items(L, 3, 2);
    return 1;
}

static int list_at(lua_State *L)
{
    lua_Integer at = luaL_checkinteger(L, 2);

    lua_settop(L, 3);
    if (at < 0)
        at += length(L, 1) + 1;
    if (at < 1 || lua_rawgeti(L, 1, at) == LUA_TNIL)
        lua_settop(L, 3);
    return 1;
}

static int list_clone(lua_State *L)
{
    luaL_checktype(L, 1, LUA_TTABLE);
    if (is_list(L, 1, LIST_INLINES) || is_list(L, 1, LIST_BLOCKS)) {
        push_copy(L, 1);
        return 1;
    }
    new_like(L, 1);
    append_items(L, lua_gettop(L), 1);
    return 1;
}

static int list_extend(lua_State *L)
{
    luaL_checktype(L, 1, LUA_TTABLE);
    luaL_checktype(L, 2, LUA_TTABLE);
    append_items(L, 1, 2);
    lua_settop(L, 1);
    return 1;
}

/* Call the function at 2 with item and index; pushes the item and below it the result. */
static void call_with_item(lua_State *L, lua_Integer i)
{
    lua_pushvalue(L, 2);
    lua_rawgeti(L, 1, i);
    lua_pushinteger(L, i);
    lua_call(L, 2, 1);
    lua_rawgeti(L, 1, i);
}

static int list_filter(lua_State *L)
{
    lua_Integer count = 0;

    luaL_checktype(L, 1, LUA_TTABLE);
    luaL_checktype(L, 2, LUA_TFUNCTION);
    lua_settop(L, 2);
    new_like(L, 1); /* stack: list, test, result */
    for (lua_Integer i = 1; i <= length(L, 1); i++) {
        call_with_item(L, i);
        if (lua_toboolean(L, -2))
            lua_rawseti(L, 3, ++count);
        lua_settop(L, 3);
    }
    return 1;
}

static int list_map(lua_State *L)
{
    luaL_checktype(L, 1, LUA_TTABLE);
    luaL_checkany(L, 2);
    lua_settop(L, 2);
    new_list(L, LIST_PLAIN, (int)length(L, 1));
    for (lua_Integer i = 1; i <= length(L, 1); i++) {
        call_with_item(L, i);
        lua_pop(L, 1);
        lua_rawseti(L, 3, i);
    }
    return 1;
}

static lua_Integer first_index(lua_State *L, int argument)
{
    lua_Integer at = luaL_optinteger(L, argument, 1);

    return at < 0 ? length(L, 1) + at + 1 : at;
}

static int list_find(lua_State *L)
{
    lua_Integer i = first_index(L, 3);

    for (lua_settop(L, 2); i <= length(L, 1); i++, lua_settop(L, 2)) {
        lua_rawgeti(L, 1, i);
        if (lua_compare(L, 2, 3, LUA_OPEQ)) {
            lua_pushinteger(L, i);
            return 2;
        }
    }
    return 0;
}

static int list_find_if(lua_State *L)
{
    lua_Integer i = first_index(L, 3);

    for (lua_settop(L, 2); i <= length(L, 1); i++, lua_settop(L, 2)) {
        call_with_item(L, i);
        if (lua_toboolean(L, -2)) {
            lua_pushinteger(L, i);
            return 2;
        }
    }
    return 0;
}

static int list_includes(lua_State *L)
{
    lua_pushboolean(L, list_find(L) == 2);
    return 1;
}

/* Upvalues: list, next index, step. */
static int list_next(lua_State *L)
{
    lua_Integer i = lua_tointeger(L, lua_upvalueindex(2));

    lua_pushinteger(L, i + lua_tointeger(L, lua_upvalueindex(3)));
    lua_replace(L, lua_upvalueindex(2));
    lua_rawgeti(L, lua_upvalueindex(1), i);
    return 1;
}

static int list_iter(lua_State *L)
{
    lua_Integer step = luaL_optinteger(L, 2, 1);

    luaL_checktype(L, 1, LUA_TTABLE);
    if (step == 0)
        return luaL_error(L, "List.iter: step size must not be 0");
    lua_pushvalue(L, 1);
    lua_pushinteger(L, step > 0 ? 1 : length(L, 1));
    lua_pushinteger(L, step);
    lua_pushcclosure(L, list_next, 3);
    return 1;
}

static int list_eq(lua_State *L)
{
    bool same = lua_getmetatable(L, 1) && lua_getmetatable(L, 2) && lua_rawequal(L, -1, -2) &&
                length(L, 1) == length(L, 2);

    for (lua_Integer i = 1; same && i <= length(L, 1); i++) {
        lua_rawgeti(L, 1, i);
        lua_rawgeti(L, 2, i);
        same = lua_compare(L, -1, -2, LUA_OPEQ);
        lua_pop(L, 2);
    }
    lua_pushboolean(L, same);
    return 1;
}

static int list_tostring(lua_State *L)
{
    bool plain = is_list(L, 1, LIST_PLAIN);
    luaL_Buffer text;

    luaL_buffinit(L, &text);
    luaL_addstring(&text, plain ? "List {" : "[");
    for (lua_Integer i = 1; i <= length(L, 1); i++) {
        if (i > 1)
            luaL_addstring(&text, plain ? ", " : ",");
        lua_rawgeti(L, 1, i);
        luaL_tolstring(L, -1, NULL);
        lua_remove(L, -2);
        luaL_addvalue(&text);
    }
    luaL_addstring(&text, plain ? "}" : "]");
    luaL_pushresult(&text);
    return 1;
}

static int list_walk(lua_State *L)
{
    lua_host *host = host_of(L);
    bool blocks = is_list(L, 1, LIST_BLOCKS);
    nc_node *root = nc_node_new(host->job, blocks ? NC_ITEM : NC_LINE);

    luaL_checkany(L, 2);
    lua_settop(L, 2);
    if (!root)
        return raise_job_error(L, host->job);
    if (blocks)
        commit_blocks(L, host->job, 1, root, NULL);
    else
        commit_inlines(L, host->job, 1, root, NULL);
    walk_below(L, 2, &root);
    push_children(L, root);
    return 1;
}

static const luaL_Reg methods[] = {
    { "at", list_at },
    { "clone", list_clone },
    { "extend", list_extend },
    { "filter", list_filter },
    { "find", list_find },
    { "find_if", list_find_if },
    { "includes", list_includes },
    { "iter", list_iter },
    { "map", list_map },
    { "new", list_new },
    { "__concat", list_concat },
    { "__eq", list_eq },
    { "__tostring", list_tostring },
    { NULL, NULL },
};

/* Stack: …, metatable. */
static void take_from_table_library(lua_State *L)
{
    static const char *const names[] = { "insert", "remove", "sort", "concat", NULL };

    lua_getglobal(L, "table");
    for (int i = 0; names[i]; i++) {
        lua_getfield(L, -1, names[i]);
        lua_setfield(L, -3, names[i]);
    }
    lua_pop(L, 1);
}

void lists_open(lua_State *L)
{
    static const char *const names[] = { "List", "Inlines", "Blocks", "Meta" };

    for (int type = 0; type < LIST_TYPES; type++) {
        lua_newtable(L);
        if (type != LIST_META) {
            luaL_setfuncs(L, methods, 0);
            take_from_table_library(L);
            lua_pushvalue(L, -1);
            lua_setfield(L, -2, "__index");
        }
        if (type == LIST_INLINES || type == LIST_BLOCKS) {
            lua_pushcfunction(L, list_walk);
            lua_setfield(L, -2, "walk");
        }
        lua_pushstring(L, names[type]);
        lua_setfield(L, -2, "__name");
        host_of(L)->lists[type] = luaL_ref(L, LUA_REGISTRYINDEX);
    }
    push_list_type(L, LIST_PLAIN); /* pandoc.List(t) is List:new(t) */
    lua_createtable(L, 0, 1);
    lua_pushcfunction(L, list_new);
    lua_setfield(L, -2, "__call");
    set_metatable(L, -2);
    lua_pop(L, 1);
}
