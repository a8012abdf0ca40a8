/* SPDX-License-Identifier: MIT */
/* pandoc.utils, pandoc.text and pandoc.types. */
#include "core/lua/value.h"

#include <utf8proc.h>

/* ------------------------------------------------------------ stringify */

static void push_stringified(lua_State *L, const nc_node *node)
{
    nc_job *job = push_scratch(L);
    nc_bytes text = nc_stringify(job, node);

    if (job->status)
        raise_job_error(L, job);
    lua_pushlstring(L, text.len ? text.ptr : "", text.len);
    close_scratches(L, 2);
}

/* The table at 1 as a metadata value: the scratch tree keeps maps in the order of their keys. */
static const nc_node *table_node(lua_State *L)
{
    nc_job *job = push_scratch(L);
    nc_node *map = nc_node_new(job, NC_META_MAP);

    if (!map)
        raise_job_error(L, job);
    lua_newtable(L);
    lua_pushvalue(L, 1);
    lua_setfield(L, -2, "value");
    commit_meta(L, job, -1, map);
    lua_pop(L, 1);
    return map;
}

static int stringify(lua_State *L)
{
    const element *e = to_element(L, 1);

    lua_settop(L, 1);
    if (e && e->kind >= KIND_ATTR)
        lua_pushliteral(L, "");
    else if (e)
        push_stringified(L, scratch_node(L, 1));
    else if (lua_istable(L, 1))
        push_stringified(L, table_node(L));
    else if (lua_isnil(L, 1))
        luaL_error(L, "Cannot get Attr from TypeNil");
    else
        luaL_tolstring(L, 1, NULL);
    return 1;
}

/* ------------------------------------------------------------ others */

static int type_of(lua_State *L)
{
    luaL_checkany(L, 1);
    if (luaL_getmetafield(L, 1, "__name") != LUA_TSTRING)
        lua_pushstring(L, luaL_typename(L, 1));
    return 1;
}

static int equals(lua_State *L)
{
    luaL_checkany(L, 2);
    lua_pushboolean(L, lua_compare(L, 1, 2, LUA_OPEQ));
    return 1;
}

/* Append the inlines of the block at `block` to the list at `list`. */
static void append_content(lua_State *L, int block, int list, const char *method)
{
    lua_Integer base = (lua_Integer)lua_rawlen(L, list);
    const element *e = to_element(L, block);

    if (!e || find_property(host_of(L), e->kind, "content") == 0)
        return;
    lua_getfield(L, block, "content");
    if (is_list(L, -1, LIST_BLOCKS)) {
        lua_getfield(L, lua_upvalueindex(1), method);
        lua_insert(L, -2);
        lua_call(L, 1, 1);
    }
    for (lua_Integer i = 1; lua_istable(L, -1) && lua_rawgeti(L, -1, i) != LUA_TNIL; i++)
        lua_rawseti(L, list, base + i);
    lua_pop(L, lua_istable(L, -1) ? 1 : 2);
}

/* Stack: blocks, separator. Upvalue 1: pandoc.utils. Paragraphs and what holds them; other blocks
 * are left out. */
static int blocks_to_inlines(lua_State *L)
{
    lua_Integer count;

    lua_settop(L, 2);
    push_as_blocks(L, 1);
    lua_replace(L, 1);
    if (lua_isnil(L, 2)) {
        new_list(L, LIST_INLINES, 1);
        new_element(L, NC_LINE_BREAK);
        lua_rawseti(L, -2, 1);
        lua_replace(L, 2);
    }
    new_list(L, LIST_INLINES, 0);
    count = (lua_Integer)lua_rawlen(L, 1);
    for (lua_Integer i = 1; i <= count; i++) {
        for (lua_Integer k = 1; i > 1 && lua_rawgeti(L, 2, k) != LUA_TNIL; k++)
            lua_rawseti(L, 3, (lua_Integer)lua_rawlen(L, 3) + 1);
        lua_settop(L, 3);
        lua_rawgeti(L, 1, i);
        append_content(L, 4, 3, "blocks_to_inlines");
        lua_settop(L, 3);
    }
    return 1;
}

/* ------------------------------------------------------------ text */

static nc_bytes text_argument(lua_State *L, int index)
{
    nc_bytes text;

    text.ptr = luaL_checklstring(L, index, &text.len);
    if (nc_utf8_valid(text) != text.len)
        luaL_argerror(L, index, "not valid UTF-8");
    return text;
}

static void add_character(luaL_Buffer *out, uint32_t character)
{
    char bytes[4];

    luaL_addlstring(out, bytes, nc_utf8_put(bytes, character));
}

static int text_upper(lua_State *L)
{
    nc_bytes text = text_argument(L, 1);
    luaL_Buffer out;

    luaL_buffinit(L, &out);
    for (size_t at = 0; at < text.len;) {
        uint32_t character = nc_utf8_next(text, &at);

        if (character == 0xDF)
            luaL_addstring(&out, "SS");
        else
            add_character(&out, (uint32_t)utf8proc_toupper((utf8proc_int32_t)character));
    }
    luaL_pushresult(&out);
    return 1;
}

static int text_lower(lua_State *L)
{
    nc_bytes text = text_argument(L, 1);
    luaL_Buffer out;

    luaL_buffinit(L, &out);
    for (size_t at = 0; at < text.len;)
        add_character(&out, (uint32_t)utf8proc_tolower((utf8proc_int32_t)nc_utf8_next(text, &at)));
    luaL_pushresult(&out);
    return 1;
}

static lua_Integer count_characters(nc_bytes text)
{
    lua_Integer count = 0;

    for (size_t at = 0; at < text.len; count++)
        nc_utf8_next(text, &at);
    return count;
}

static int text_len(lua_State *L)
{
    lua_pushinteger(L, count_characters(text_argument(L, 1)));
    return 1;
}

static int text_reverse(lua_State *L)
{
    nc_bytes text = text_argument(L, 1);
    size_t end = text.len;
    luaL_Buffer out;

    luaL_buffinit(L, &out);
    while (end) {
        size_t start = end - 1;

        while (start && ((unsigned char)text.ptr[start] & 0xC0) == 0x80)
            start--;
        luaL_addlstring(&out, text.ptr + start, end - start);
        end = start;
    }
    luaL_pushresult(&out);
    return 1;
}

static int text_sub(lua_State *L)
{
    nc_bytes text = text_argument(L, 1);
    lua_Integer count = count_characters(text), first = luaL_checkinteger(L, 2);
    lua_Integer last = luaL_optinteger(L, 3, -1), position = 1;
    size_t at = 0, start = 0;

    if (first < 0)
        first = count + first + 1;
    if (first < 1)
        first = 1;
    if (last < 0)
        last = count + last + 1;
    for (; at < text.len && position < first; position++)
        nc_utf8_next(text, &at);
    for (start = at; at < text.len && position <= last; position++)
        nc_utf8_next(text, &at);
    lua_pushlstring(L, text.ptr + start, at - start);
    return 1;
}

static const luaL_Reg text_functions[] = {
    { "len", text_len }, { "lower", text_lower }, { "reverse", text_reverse },
    { "sub", text_sub }, { "upper", text_upper }, { NULL, NULL },
};

static const luaL_Reg functions[] = {
    { "equals", equals },
    { "stringify", stringify },
    { "type", type_of },
    { NULL, NULL },
};

void utils_open(lua_State *L)
{
    luaL_newlib(L, functions);
    lua_pushvalue(L, -1);
    lua_pushcclosure(L, blocks_to_inlines, 1);
    lua_setfield(L, -2, "blocks_to_inlines");
    version_open(L);
    lua_pushvalue(L, -1);
    lua_setfield(L, -3, "Version");
    lua_createtable(L, 0, 1); /* stack: pandoc, utils, Version, types */
    lua_insert(L, -2);
    lua_setfield(L, -2, "Version");
    lua_setfield(L, -3, "types");
    lua_setfield(L, -2, "utils");
    luaL_newlib(L, text_functions);
    lua_setfield(L, -2, "text");
}
