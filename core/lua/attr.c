/* SPDX-License-Identifier: MIT */
/* Attr and AttributeList. An AttributeList is the attr's pairs until something in it is written or
 * gone through; from then on it is its array of {key, value}. */
#include "core/lua/value.h"

void push_classes(lua_State *L, const nc_attr *attr)
{
    size_t count = attr ? attr->class_count : 0;

    new_list(L, LIST_PLAIN, (int)count);
    for (size_t i = 0; i < count; i++) {
        lua_pushlstring(L, attr->classes[i].ptr, attr->classes[i].len);
        lua_rawseti(L, -2, (lua_Integer)i + 1);
    }
}

static void push_pair(lua_State *L, nc_bytes key, nc_bytes value)
{
    lua_createtable(L, 2, 0);
    lua_pushlstring(L, key.ptr, key.len);
    lua_rawseti(L, -2, 1);
    lua_pushlstring(L, value.ptr, value.len);
    lua_rawseti(L, -2, 2);
}

void push_pairs(lua_State *L, int index)
{
    const element *e = lua_touserdata(L, index);

    if (lua_getiuservalue(L, index, 1) != LUA_TNIL)
        return;
    lua_pop(L, 1);
    index = lua_absindex(L, index);
    lua_newtable(L);
    for (size_t i = 0; e->attr && i < e->attr->pair_count; i++) {
        push_pair(L, e->attr->pairs[i].key, e->attr->pairs[i].value);
        lua_rawseti(L, -2, (lua_Integer)i + 1);
    }
    lua_pushvalue(L, -1);
    lua_setiuservalue(L, index, 1);
}

/* ------------------------------------------------------------ AttributeList */

/* The position of the first pair with the key at `key` in the array at `pairs`, 0: none. */
static lua_Integer find_pair(lua_State *L, int pairs, int key)
{
    lua_Integer count = (lua_Integer)lua_rawlen(L, pairs);

    for (lua_Integer i = 1; i <= count; i++) {
        bool same;

        lua_rawgeti(L, pairs, i);
        lua_rawgeti(L, -1, 1);
        same = lua_compare(L, -1, key, LUA_OPEQ);
        lua_pop(L, 2);
        if (same)
            return i;
    }
    return 0;
}

static int attributes_index(lua_State *L)
{
    lua_Integer at;

    push_pairs(L, 1); /* stack: list, key, pairs */
    if (lua_type(L, 2) == LUA_TNUMBER) {
        lua_rawgeti(L, 3, luaL_checkinteger(L, 2));
        return 1;
    }
    at = find_pair(L, 3, 2);
    if (!at)
        return 0;
    lua_rawgeti(L, 3, at);
    lua_rawgeti(L, -1, 2);
    return 1;
}

static void remove_pair(lua_State *L, int pairs, lua_Integer at)
{
    lua_Integer count = (lua_Integer)lua_rawlen(L, pairs);

    for (; at >= 1 && at <= count; at++) {
        lua_rawgeti(L, pairs, at + 1);
        lua_rawseti(L, pairs, at);
    }
}

static int attributes_newindex(lua_State *L)
{
    bool numbered = lua_type(L, 2) == LUA_TNUMBER;
    lua_Integer at;

    push_pairs(L, 1); /* stack: list, key, value, pairs */
    at = numbered ? luaL_checkinteger(L, 2) : find_pair(L, 4, 2);
    if (lua_isnil(L, 3)) {
        remove_pair(L, 4, at);
        return 0;
    }
    if (numbered) {
        luaL_checktype(L, 3, LUA_TTABLE);
        if (at < 1 || at > (lua_Integer)lua_rawlen(L, 4) + 1)
            return luaL_error(L, "no attribute number %d", (int)at);
        lua_pushvalue(L, 3);
    } else {
        luaL_checkstring(L, 2);
        lua_createtable(L, 2, 0);
        lua_pushvalue(L, 2);
        lua_rawseti(L, -2, 1);
        lua_pushvalue(L, 3);
        lua_rawseti(L, -2, 2);
    }
    lua_rawseti(L, 4, at ? at : (lua_Integer)lua_rawlen(L, 4) + 1);
    return 0;
}

static int attributes_next(lua_State *L)
{
    lua_Integer at = lua_tointeger(L, lua_upvalueindex(1)) + 1;

    lua_pushinteger(L, at);
    lua_replace(L, lua_upvalueindex(1));
    push_pairs(L, 1);
    if (lua_rawgeti(L, -1, at) == LUA_TNIL)
        return 1;
    lua_rawgeti(L, -1, 1);
    lua_rawgeti(L, -2, 2);
    return 2;
}

static int attributes_pairs(lua_State *L)
{
    lua_pushinteger(L, 0);
    lua_pushcclosure(L, attributes_next, 1);
    lua_pushvalue(L, 1);
    lua_pushnil(L);
    return 3;
}

static int attributes_length(lua_State *L)
{
    push_pairs(L, 1);
    lua_pushinteger(L, (lua_Integer)lua_rawlen(L, -1));
    return 1;
}

static int attributes_eq(lua_State *L)
{
    const element *a = to_element(L, 1), *b = to_element(L, 2);

    bool same = a && b && a->kind == b->kind;

    lua_settop(L, 2);
    if (same) {
        const nc_node *first = scratch_node(L, 1);

        same = nc_equal(first, scratch_node(L, 2));
        close_scratches(L, 3);
    }
    lua_pushboolean(L, same);
    return 1;
}

void attributes_open(lua_State *L)
{
    static const luaL_Reg methods[] = {
        { "__index", attributes_index }, { "__newindex", attributes_newindex },
        { "__pairs", attributes_pairs }, { "__len", attributes_length },
        { "__eq", attributes_eq },       { NULL, NULL }
    };

    luaL_newlib(L, methods);
    lua_pushliteral(L, "AttributeList");
    lua_setfield(L, -2, "__name");
    lua_pushboolean(L, true);
    lua_setfield(L, -2, "__metatable");
    host_of(L)->metatables[KIND_ATTRIBUTES] = luaL_ref(L, LUA_REGISTRYINDEX);
}

/* ------------------------------------------------------------ values in */

/* Push a new AttributeList from a list of pairs or a table with string keys; an AttributeList as it
 * is. */
static void push_attribute_list(lua_State *L, int index)
{
    const element *e = to_element(L, index);
    lua_Integer count = 0;

    index = lua_absindex(L, index);
    if (e && e->kind == KIND_ATTRIBUTES) {
        lua_pushvalue(L, index);
        return;
    }
    if (!lua_isnoneornil(L, index) && !lua_istable(L, index))
        luaL_error(L, "table expected, got %s", luaL_typename(L, index));
    new_element(L, KIND_ATTRIBUTES);
    push_pairs(L, -1); /* stack: …, list, pairs */
    if (!lua_istable(L, index)) {
        lua_pop(L, 1);
        return;
    }
    lua_pushnil(L);
    while (lua_next(L, index)) {
        if (lua_type(L, -2) == LUA_TNUMBER && lua_istable(L, -1)) {
            lua_rawgeti(L, -1, 1);
            lua_rawgeti(L, -2, 2);
            lua_remove(L, -3);
        } else {
            lua_pushvalue(L, -2);
            lua_insert(L, -2); /* stack: …, pairs, key, key, value */
        }
        if (lua_type(L, -2) != LUA_TSTRING || !lua_isstring(L, -1))
            luaL_error(L, "attributes must be strings, got %s", luaL_typename(L, -1));
        lua_createtable(L, 2, 0);
        lua_insert(L, -3);
        lua_rawseti(L, -3, 2);
        lua_rawseti(L, -2, 1);
        lua_rawseti(L, -3, ++count);
    }
    lua_pop(L, 1);
}

/* Push a List of the words of the string at `index`. */
static void push_split_classes(lua_State *L, int index)
{
    nc_bytes text = string_at(L, index);
    lua_Integer count = 0;

    new_list(L, LIST_PLAIN, 0);
    for (size_t at = 0; at < text.len;) {
        size_t start = at;

        while (at < text.len && !strchr(" \t\r\n\f", text.ptr[at]))
            at++;
        if (at > start) {
            lua_pushlstring(L, text.ptr + start, at - start);
            lua_rawseti(L, -2, ++count);
        } else {
            at++;
        }
    }
}

/* An HTML-like table: id, class, and the rest as pairs. Stack: …, attr. */
static void fill_from_html(lua_State *L, int index)
{
    lua_newtable(L); /* the rest */
    lua_pushnil(L);
    while (lua_next(L, index)) {
        const char *key = lua_type(L, -2) == LUA_TSTRING ? lua_tostring(L, -2) : "";

        if (strcmp(key, "id") == 0) {
            lua_setiuservalue(L, -4, 1);
        } else if (strcmp(key, "class") == 0) {
            push_split_classes(L, -1);
            lua_setiuservalue(L, -5, 2);
            lua_pop(L, 1);
        } else {
            lua_pushvalue(L, -2);
            lua_insert(L, -2);
            lua_rawset(L, -4);
        }
    }
    push_attribute_list(L, -1);
    lua_setiuservalue(L, -3, 3);
    lua_pop(L, 1);
}

static void fill_positional(lua_State *L, int index)
{
    for (int i = 1; i <= 3; i++) {
        lua_rawgeti(L, index, i);
        if (i == 3)
            push_attribute_list(L, -1);
        else
            lua_pushvalue(L, -1);
        lua_setiuservalue(L, -3, i);
        lua_pop(L, 1);
    }
}

void push_attr(lua_State *L, int index)
{
    const element *e = to_element(L, index);

    index = lua_absindex(L, index);
    if (e && e->kind == KIND_ATTR) {
        lua_pushvalue(L, index);
        return;
    }
    new_element(L, KIND_ATTR);
    if (lua_isnoneornil(L, index))
        return;
    if (e && e->kind == KIND_ATTRIBUTES) {
        lua_pushvalue(L, index);
        lua_setiuservalue(L, -2, 3);
    } else if (lua_type(L, index) == LUA_TSTRING) {
        lua_pushvalue(L, index);
        lua_setiuservalue(L, -2, 1);
    } else if (!lua_istable(L, index)) {
        luaL_error(L, "Attr expected, got %s", luaL_typename(L, index));
    } else if (lua_rawlen(L, index) > 0) {
        fill_positional(L, index);
    } else {
        fill_from_html(L, index);
    }
}

/* ------------------------------------------------------------ to the tree */

static nc_bytes text_at(lua_State *L, nc_job *job, int index)
{
    return nc_copy(job, valid_text(job, string_at(L, index)));
}

static const nc_bytes *commit_classes(lua_State *L, nc_job *job, int index, size_t *count)
{
    nc_bytes *classes;

    if (!lua_istable(L, index))
        luaL_error(L, "list of strings expected, got %s", luaL_typename(L, index));
    *count = lua_rawlen(L, index);
    classes = nc_alloc(job, *count * sizeof(*classes));
    for (size_t i = 0; classes && i < *count; i++) {
        lua_rawgeti(L, index, (lua_Integer)i + 1);
        classes[i] = text_at(L, job, -1);
        lua_pop(L, 1);
    }
    return classes;
}

static const nc_pair *commit_pairs(lua_State *L, nc_job *job, int index, size_t *count)
{
    nc_pair *pairs;

    push_attribute_list(L, index);
    push_pairs(L, -1);
    *count = lua_rawlen(L, -1);
    pairs = nc_alloc(job, *count * sizeof(*pairs));
    for (size_t i = 0; pairs && i < *count; i++) {
        lua_rawgeti(L, -1, (lua_Integer)i + 1);
        lua_rawgeti(L, -1, 1);
        lua_rawgeti(L, -2, 2);
        pairs[i].key = text_at(L, job, -2);
        pairs[i].value = text_at(L, job, -1);
        lua_pop(L, 3);
    }
    lua_pop(L, 2);
    return pairs;
}

const nc_attr *commit_attr(lua_State *L, nc_job *job, int index)
{
    nc_attr attr = { .id = { "", 0 } };
    element *e;
    int top = lua_gettop(L);

    luaL_checkstack(L, 10, NULL);
    push_attr(L, index);
    e = to_element(L, -1);
    if (is_untouched(L, -1, e)) {
        lua_pop(L, 1);
        return e->attr;
    }
    if (e->attr)
        attr = *e->attr;
    if (lua_getiuservalue(L, top + 1, 1) != LUA_TNIL)
        attr.id = text_at(L, job, -1);
    if (lua_getiuservalue(L, top + 1, 2) != LUA_TNIL)
        attr.classes = commit_classes(L, job, top + 3, &attr.class_count);
    if (lua_getiuservalue(L, top + 1, 3) != LUA_TNIL)
        attr.pairs = commit_pairs(L, job, top + 4, &attr.pair_count);
    lua_settop(L, top);
    return nc_attr_new(job, attr.id, attr.classes, attr.class_count, attr.pairs, attr.pair_count);
}
