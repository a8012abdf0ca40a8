/* SPDX-License-Identifier: MIT */
/* Elements as userdata: making them, and their metamethods. */
#include "core/lua/value.h"

const char element_tag = 0;

/* What a name in the table of names stands for, where it is no slot. */
enum {
    NAME_TAG = 0,
    NAME_IN_ATTR = 100, /* + slot in the Attr */
    NAME_IN_LIST_ATTRIBUTES = 200
};

static void make_metatable(lua_State *L, int kind);

element *new_element(lua_State *L, int kind)
{
    lua_host *host = host_of(L);
    element *e;

    if (!host->metatables[kind])
        make_metatable(L, kind);
    e = lua_newuserdatauv(L, sizeof(element), host->property_count[kind]);
    *e = (element){ .tag = &element_tag, .kind = (uint8_t)kind };
    if (kind == NC_TEXT)
        e->text.ptr = "";
    lua_rawgeti(L, LUA_REGISTRYINDEX, host->metatables[kind]);
    lua_setmetatable(L, -2);
    return e;
}

void mark_held(lua_host *host, nc_node *node)
{
    node->flags |= HELD;
    if (host->held < MARKED_KEPT)
        host->marked[host->held] = node;
    host->held++;
}

void push_node(lua_State *L, nc_node *node)
{
    new_element(L, node->kind)->node = node;
    if (node->flags & HELD)
        node->flags |= SHARED;
    else
        mark_held(host_of(L), node);
}

void push_word(lua_State *L, const nc_word *word)
{
    if (word->kind == 's')
        new_element(L, NC_TEXT)->text = word->text;
    else
        lua_rawgeti(L, LUA_REGISTRYINDEX,
                    word->kind == ' ' ? host_of(L)->space : host_of(L)->soft_break);
}

bool is_untouched(lua_State *L, int index, const element *e)
{
    int count = host_of(L)->property_count[e->kind];

    for (int slot = 1; slot <= count; slot++) {
        bool touched = lua_getiuservalue(L, index, slot) != LUA_TNIL;

        lua_pop(L, 1);
        if (touched)
            return false;
    }
    return true;
}

/* ------------------------------------------------------------ reading and writing properties */

static element *check_element(lua_State *L, int index)
{
    element *e = to_element(L, index);

    if (!e)
        luaL_typeerror(L, index, "AST element");
    return e;
}

/* Push the Attr or ListAttributes behind an alias. */
static void push_owner(lua_State *L, const element *e, int code)
{
    const char *name = code >= NAME_IN_LIST_ATTRIBUTES ? "listAttributes" : "attr";
    int slot = find_property(host_of(L), e->kind, name);

    push_property(L, 1, slot);
    if (!to_element(L, -1)) { /* a plain table was assigned */
        if (code < NAME_IN_LIST_ATTRIBUTES)
            push_attr(L, -1);
        else
            push_coerced(L, -1, &host_of(L)->properties[e->kind][slot - 1]);
        lua_pushvalue(L, -1);
        lua_setiuservalue(L, 1, slot);
    }
}

/* Stack: element, key. Upvalue 1: the names of this kind. */
static int element_index(lua_State *L)
{
    element *e = check_element(L, 1);
    int code;

    lua_pushvalue(L, 2);
    if (lua_rawget(L, lua_upvalueindex(1)) != LUA_TNUMBER)
        return 1; /* a method, or nil */
    code = (int)lua_tointeger(L, -1);
    if (code == NAME_TAG) {
        lua_pushstring(L, kind_name(e->kind));
    } else if (code < NAME_IN_ATTR) {
        push_property(L, 1, code);
    } else {
        push_owner(L, e, code);
        push_property(L, lua_gettop(L), code % 100);
    }
    return 1;
}

/* An error without the place in the script, as pandoc words it. */
static int refuse(lua_State *L, const char *message)
{
    lua_pushstring(L, message);
    return lua_error(L);
}

/* Stack: element, key, value. */
static int element_newindex(lua_State *L)
{
    element *e = check_element(L, 1);
    int code;

    lua_pushvalue(L, 2);
    if (lua_rawget(L, lua_upvalueindex(1)) != LUA_TNUMBER)
        return refuse(L, "Cannot set unknown property.");
    code = (int)lua_tointeger(L, -1);
    if (code == NAME_TAG)
        return refuse(L, "'tag' is a read-only property.");
    if (lua_isnil(L, 3) && !e->node) /* as in pandoc: what the element began with stays */
        return 0;
    if (code >= NAME_IN_ATTR)
        push_owner(L, e, code);
    else
        lua_pushvalue(L, 1);
    lua_pushvalue(L, 3);
    lua_setiuservalue(L, -2, code % 100);
    return 0;
}

/* Stack: element, key. Goes through the names in the order of Lua's next, aliases left out. */
static int element_next(lua_State *L)
{
    lua_settop(L, 2);
    while (lua_next(L, lua_upvalueindex(1))) {
        lua_pop(L, 1);
        lua_getfield(L, 1, lua_tostring(L, -1));
        if (!lua_isnil(L, -1))
            return 2;
        lua_pop(L, 1);
    }
    return 0;
}

static int element_pairs(lua_State *L)
{
    lua_pushvalue(L, lua_upvalueindex(1));
    lua_pushcclosure(L, element_next, 1);
    lua_pushvalue(L, 1);
    lua_pushnil(L);
    return 3;
}

static int element_eq(lua_State *L)
{
    const element *a = to_element(L, 1), *b = to_element(L, 2);
    bool same = a && b && a->kind == b->kind;

    lua_settop(L, 2);
    if (same && a->kind == NC_TEXT) {
        push_property(L, 1, 1);
        push_property(L, 2, 1);
        same = lua_rawequal(L, -1, -2);
    } else if (same) {
        const nc_node *first = scratch_node(L, 1);

        same = nc_equal(first, scratch_node(L, 2));
        close_scratches(L, 3);
    }
    lua_pushboolean(L, same);
    return 1;
}

static int element_tostring(lua_State *L)
{
    const element *e = check_element(L, 1);

    lua_settop(L, 1);
    push_native(L, scratch_node(L, 1), e->kind != KIND_ATTR);
    close_scratches(L, 2);
    return 1;
}

static int element_clone(lua_State *L)
{
    check_element(L, 1);
    push_copy(L, 1);
    return 1;
}

static int element_walk(lua_State *L)
{
    element *e = check_element(L, 1);
    nc_node *root;

    luaL_checkany(L, 2);
    lua_settop(L, 2);
    if (e->kind == NC_TEXT || e->kind >= NC_KIND_COUNT) {
        lua_settop(L, 1);
        return 1;
    }
    root = commit_element(L, host_of(L)->job, 1, NULL);
    if (root->kind == NC_DOCUMENT)
        walk_document(L, 2, &root);
    else
        walk_below(L, 2, &root);
    push_node(L, root);
    return 1;
}

/* Stack: copy of a, copy of b. */
static void append_all(lua_State *L)
{
    lua_Integer count;

    lua_getfield(L, -2, "blocks");
    lua_getfield(L, -2, "blocks");
    count = (lua_Integer)lua_rawlen(L, -2);
    for (lua_Integer i = 1; lua_rawgeti(L, -1, i) != LUA_TNIL; i++)
        lua_rawseti(L, -3, count + i);
    lua_pop(L, 3);
}

static void merge_metadata(lua_State *L)
{
    lua_getfield(L, -2, "meta");
    lua_getfield(L, -2, "meta");
    lua_pushnil(L);
    while (lua_next(L, -2)) {
        lua_pushvalue(L, -2);
        lua_insert(L, -2);
        lua_rawset(L, -5);
    }
    lua_pop(L, 2);
}

static int document_concat(lua_State *L)
{
    const element *a = to_element(L, 1), *b = to_element(L, 2);

    if (!a || !b || a->kind != NC_DOCUMENT || b->kind != NC_DOCUMENT)
        return luaL_error(L, "Pandoc expected, got %s", luaL_typename(L, a ? 2 : 1));
    push_copy(L, 1);
    push_copy(L, 2);
    append_all(L);
    merge_metadata(L);
    lua_pop(L, 1);
    return 1;
}

/* ------------------------------------------------------------ metatables */

static void name_code(lua_State *L, const char *name, int code)
{
    lua_pushinteger(L, code);
    lua_setfield(L, -2, name);
}

/* Push the table of names of a kind: properties, aliases and methods. */
static void push_names(lua_State *L, int kind, bool aliases)
{
    lua_host *host = host_of(L);
    static const char *const in_attr[] = { "identifier", "classes", "attributes" };
    static const char *const in_list[] = { "start", "style", "delimiter" };
    int content = find_property(host, kind, kind == NC_CELL ? "contents" : "content");

    lua_newtable(L);
    for (int i = 0; i < host->property_count[kind]; i++)
        name_code(L, host->properties[kind][i].name, i + 1);
    name_code(L, "tag", NAME_TAG);
    if (kind != NC_DOCUMENT || aliases)
        name_code(L, "t", NAME_TAG);
    if (aliases && content)
        name_code(L, kind == NC_CELL ? "content" : "c", content);
    for (int i = 0; i < 3 && aliases; i++) {
        if (find_property(host, kind, "attr"))
            name_code(L, in_attr[i], NAME_IN_ATTR + i + 1);
        if (kind == NC_ORDERED_LIST)
            name_code(L, in_list[i], NAME_IN_LIST_ATTRIBUTES + i + 1);
    }
    lua_pushcfunction(L, element_clone);
    lua_setfield(L, -2, "clone");
    if (kind < NC_LINE || kind == NC_ROW || kind == NC_CELL || is_inline_kind(kind)) {
        lua_pushcfunction(L, element_walk);
        lua_setfield(L, -2, "walk");
    }
    if (is_block_kind(kind)) {
        lua_pushcfunction(L, element_tostring);
        lua_setfield(L, -2, "show");
    }
}

static const char *type_name(int kind)
{
    return is_inline_kind(kind) ? "Inline" : is_block_kind(kind) ? "Block" : kind_name(kind);
}

static void make_metatable(lua_State *L, int kind)
{
    luaL_checkstack(L, 12, NULL);
    static const luaL_Reg with_names[] = { { "__index", element_index },
                                           { "__newindex", element_newindex },
                                           { NULL, NULL } };
    static const luaL_Reg plain[] = { { "__eq", element_eq },
                                      { "__tostring", element_tostring },
                                      { NULL, NULL } };

    lua_newtable(L);
    luaL_setfuncs(L, plain, 0);
    push_names(L, kind, true);
    luaL_setfuncs(L, with_names, 1);
    push_names(L, kind, false);
    lua_pushcclosure(L, element_pairs, 1);
    lua_setfield(L, -2, "__pairs");
    lua_pushstring(L, type_name(kind));
    lua_setfield(L, -2, "__name");
    lua_pushboolean(L, true);
    lua_setfield(L, -2, "__metatable");
    if (kind == NC_DOCUMENT) {
        lua_pushcfunction(L, document_concat);
        lua_setfield(L, -2, "__concat");
    }
    host_of(L)->metatables[kind] = luaL_ref(L, LUA_REGISTRYINDEX);
}

void elements_open(lua_State *L)
{
    lua_host *host = host_of(L);

    new_element(L, KIND_SPACE);
    host->space = luaL_ref(L, LUA_REGISTRYINDEX);
    new_element(L, KIND_SOFT_BREAK);
    host->soft_break = luaL_ref(L, LUA_REGISTRYINDEX);
}
