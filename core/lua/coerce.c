/* SPDX-License-Identifier: MIT */
/* What scripts give where elements are wanted: strings, tables and elements become values of the
 * wanted type. */
#include "core/lua/value.h"

nc_bytes string_at(lua_State *L, int index)
{
    nc_bytes text;

    if (lua_type(L, index) == LUA_TNUMBER) { /* keep the number itself as it is */
        lua_pushvalue(L, index);
        lua_tostring(L, -1);
        lua_replace(L, index < 0 && index > LUA_REGISTRYINDEX ? index - 1 : index);
    }
    if (lua_type(L, index) != LUA_TSTRING)
        luaL_error(L, "string expected, got %s", luaL_typename(L, index));
    text.ptr = lua_tolstring(L, index, &text.len);
    return text;
}

int64_t integer_at(lua_State *L, int index)
{
    int fits;
    lua_Integer number = lua_tointegerx(L, index, &fits);

    if (!fits)
        luaL_error(L, "Integral expected, got %s", luaL_typename(L, index));
    return number;
}

int enum_at(lua_State *L, int index, const char *const *names)
{
    const char *name = lua_type(L, index) == LUA_TSTRING ? lua_tostring(L, index) : NULL;

    for (int i = 0; name && names[i]; i++)
        if (strcmp(name, names[i]) == 0)
            return i;
    return luaL_error(L, "Could not read: %s", name ? name : luaL_typename(L, index));
}

/* ------------------------------------------------------------ inlines */

static void new_str(lua_State *L, nc_bytes text)
{
    new_element(L, NC_TEXT);
    lua_pushlstring(L, text.ptr, text.len);
    lua_setiuservalue(L, -2, 1);
}

void push_inline(lua_State *L, int index)
{
    const element *e = to_element(L, index);

    if (e && is_inline_kind(e->kind)) {
        lua_pushvalue(L, index);
        return;
    }
    if (lua_type(L, index) == LUA_TSTRING) {
        new_str(L, string_at(L, index));
        return;
    }
    if (!luaL_callmeta(L, index, "__toinline"))
        luaL_error(L, "object has no __toinline metamethod\n\twhile retrieving Inline");
    e = to_element(L, -1);
    if (!e || !is_inline_kind(e->kind))
        luaL_error(L, "__toinline did not yield an Inline");
}

static bool is_white(char c)
{
    return c == ' ' || (c >= '\t' && c <= '\r');
}

/* Push an Inlines list of the words of the string at `index`. */
static void push_split(lua_State *L, int index)
{
    nc_bytes text = string_at(L, index);
    lua_Integer count = 0;

    new_list(L, LIST_INLINES, 0);
    for (size_t at = 0; at < text.len;) {
        size_t start = at;
        nc_word word = { is_white(text.ptr[at]) ? ' ' : 's', { NULL, 0 } };

        while (at < text.len && is_white(text.ptr[at]) == (word.kind != 's'))
            at++;
        word.text = (nc_bytes){ text.ptr + start, at - start };
        if (word.kind == 's') {
            new_str(L, word.text);
        } else {
            if (memchr(word.text.ptr, '\n', word.text.len))
                word.kind = '\n';
            push_word(L, &word);
        }
        lua_rawseti(L, -2, ++count);
    }
}

static bool has_metafield(lua_State *L, int index, const char *name)
{
    bool has = luaL_getmetafield(L, index, name) != LUA_TNIL;

    lua_settop(L, lua_gettop(L) - has);
    return has;
}

void push_as_inlines(lua_State *L, int index)
{
    const element *e = to_element(L, index);
    lua_Integer count;

    index = lua_absindex(L, index);
    luaL_checkstack(L, 8, NULL);
    if (lua_type(L, index) == LUA_TSTRING) {
        push_split(L, index);
        return;
    }
    if ((e && is_inline_kind(e->kind)) || has_metafield(L, index, "__toinline")) {
        new_list(L, LIST_INLINES, 1);
        push_inline(L, index);
        lua_rawseti(L, -2, 1);
        return;
    }
    if (!lua_istable(L, index))
        luaL_error(L, "Inline, list of Inlines, or string expected, got %s",
                   e ? kind_name(e->kind) : luaL_typename(L, index));
    count = (lua_Integer)lua_rawlen(L, index);
    new_list(L, LIST_INLINES, (int)count);
    for (lua_Integer i = 1; i <= count; i++) {
        lua_rawgeti(L, index, i);
        push_inline(L, -1);
        lua_rawseti(L, -3, i);
        lua_pop(L, 1);
    }
}

/* ------------------------------------------------------------ blocks */

static void wrap_in_plain(lua_State *L, int index)
{
    index = lua_absindex(L, index);
    new_element(L, NC_PLAIN);
    push_as_inlines(L, index);
    lua_setiuservalue(L, -2, 1);
}

void push_block(lua_State *L, int index)
{
    const element *e = to_element(L, index);

    if (e && is_block_kind(e->kind))
        lua_pushvalue(L, index);
    else if (!e && luaL_callmeta(L, index, "__toblock"))
        ;
    else if (lua_type(L, index) == LUA_TSTRING || (e && is_inline_kind(e->kind)) ||
             lua_istable(L, index))
        wrap_in_plain(L, index);
    else
        luaL_error(L, "Block, list of Blocks, or compatible element expected, got %s",
                   e ? kind_name(e->kind) : luaL_typename(L, index));
}

void push_as_blocks(lua_State *L, int index)
{
    lua_Integer count;

    index = lua_absindex(L, index);
    luaL_checkstack(L, 8, NULL);
    if (!lua_istable(L, index) || has_metafield(L, index, "__toblock")) {
        new_list(L, LIST_BLOCKS, 1);
        push_block(L, index);
        lua_rawseti(L, -2, 1);
        return;
    }
    count = (lua_Integer)lua_rawlen(L, index);
    new_list(L, LIST_BLOCKS, (int)count);
    for (lua_Integer i = 1; i <= count; i++) {
        lua_rawgeti(L, index, i);
        push_block(L, -1);
        lua_rawseti(L, -3, i);
        lua_pop(L, 1);
    }
}

/* ------------------------------------------------------------ parts */

/* Fill the new element on top from the fields `names` of the table at `index`, slot by slot. */
static void fill_from_fields(lua_State *L, int index, int kind)
{
    lua_host *host = host_of(L);

    for (int slot = 1; slot <= host->property_count[kind]; slot++) {
        lua_getfield(L, index, host->properties[kind][slot - 1].name);
        lua_setiuservalue(L, -2, slot);
    }
}

/* Push a new element of `kind` from a table; how tables are read depends on the kind. */
static void push_part_from_table(lua_State *L, int index, int kind)
{
    lua_host *host = host_of(L);
    bool by_name = lua_rawlen(L, index) == 0;

    new_element(L, kind);
    if (kind == NC_CAPTION && !by_name) {
        lua_pushvalue(L, index);
        lua_setiuservalue(L, -2, find_property(host, kind, "long"));
    } else if (kind == NC_ROW && !by_name) {
        for (int i = 1; i <= 2; i++) {
            lua_rawgeti(L, index, i);
            lua_setiuservalue(L, -2, i);
        }
    } else if (kind == NC_CELL && lua_getfield(L, index, "attr") == LUA_TNIL) {
        luaL_error(L, "Cannot get Attr from TypeNil");
    } else {
        lua_settop(L, lua_gettop(L) - (kind == NC_CELL));
        fill_from_fields(L, index, kind);
    }
}

void push_part(lua_State *L, int index, int kind)
{
    const element *e = to_element(L, index);
    bool strict = kind == NC_TABLE_HEAD || kind == NC_TABLE_FOOT;

    index = lua_absindex(L, index);
    if (e && e->kind == kind)
        lua_pushvalue(L, index);
    else if (lua_istable(L, index) && !strict)
        push_part_from_table(L, index, kind);
    else
        luaL_error(L, "%s expected, got %s", kind_name(kind),
                   e ? kind_name(e->kind) : luaL_typename(L, index));
}

static void push_list_attributes(lua_State *L, int index)
{
    const element *e = to_element(L, index);

    index = lua_absindex(L, index);
    if (e && e->kind == KIND_LIST_ATTRIBUTES) {
        lua_pushvalue(L, index);
        return;
    }
    if (!lua_istable(L, index) || lua_rawlen(L, index) < 3)
        luaL_error(L, "ListAttributes expected, got %s", luaL_typename(L, index));
    new_element(L, KIND_LIST_ATTRIBUTES)->list.start = 1;
    for (int i = 1; i <= 3; i++) {
        lua_rawgeti(L, index, i);
        lua_setiuservalue(L, -2, i);
    }
}

/* Push a list in which each item of the table at `index` is coerced as `p` wants its items. */
static void push_items(lua_State *L, int index, const property *p)
{
    bool single = !lua_istable(L, index);
    lua_Integer count = single ? 1 : (lua_Integer)lua_rawlen(L, index);

    if (single && p->part != NC_ITEM)
        luaL_error(L, "list expected, got %s", luaL_typename(L, index));
    new_list(L, LIST_PLAIN, (int)count);
    for (lua_Integer i = 1; i <= count; i++) {
        if (single)
            lua_pushvalue(L, index);
        else
            lua_rawgeti(L, index, i);
        if (p->type == PROPERTY_PARTS || (p->type == PROPERTY_PART_LIST))
            push_part(L, -1, p->type == PROPERTY_PARTS ? p->part : NC_ROW);
        else if (p->part == NC_LINE)
            push_as_inlines(L, -1);
        else
            push_as_blocks(L, -1);
        lua_rawseti(L, -3, i);
        lua_pop(L, 1);
    }
}

static void push_definition_lists(lua_State *L, int index)
{
    static const property definitions = { .type = PROPERTY_PART_LISTS, .part = NC_ITEM };
    lua_Integer count;

    luaL_checktype(L, index, LUA_TTABLE);
    count = (lua_Integer)lua_rawlen(L, index);
    new_list(L, LIST_PLAIN, (int)count);
    for (lua_Integer i = 1; i <= count; i++) {
        lua_createtable(L, 2, 0);
        if (lua_rawgeti(L, index, i) != LUA_TTABLE)
            luaL_error(L, "pair of term and definitions expected, got %s", luaL_typename(L, -1));
        lua_rawgeti(L, -1, 1);
        push_as_inlines(L, -1);
        lua_rawseti(L, -4, 1);
        lua_rawgeti(L, -2, 2);
        if (lua_type(L, -1) == LUA_TSTRING)
            luaL_error(L, "list of definitions expected, got string");
        push_items(L, lua_gettop(L), &definitions);
        lua_rawseti(L, -5, 2);
        lua_pop(L, 3);
        lua_rawseti(L, -2, i);
    }
}

void push_coerced(lua_State *L, int index, const property *p)
{
    index = lua_absindex(L, index);
    luaL_checkstack(L, 10, NULL);
    switch (p->type) {
    case PROPERTY_ATTR: push_attr(L, index); break;
    case PROPERTY_LIST_ATTRIBUTES: push_list_attributes(L, index); break;
    case PROPERTY_INLINES: push_as_inlines(L, index); break;
    case PROPERTY_BLOCKS: push_as_blocks(L, index); break;
    case PROPERTY_PART: push_part(L, index, p->part); break;
    case PROPERTY_PART_LIST:
        if (p->list == LIST_INLINES)
            push_as_inlines(L, index);
        else
            push_items(L, index, p);
        break;
    case PROPERTY_PARTS:
    case PROPERTY_PART_LISTS: push_items(L, index, p); break;
    case PROPERTY_DEFINITIONS: push_definition_lists(L, index); break;
    case PROPERTY_STRING:
        lua_pushvalue(L, index);
        string_at(L, -1);
        break;
    case PROPERTY_INTEGER: lua_pushinteger(L, integer_at(L, index)); break;
    case PROPERTY_ENUM:
    case PROPERTY_WIDE_ENUM: lua_pushstring(L, p->names[enum_at(L, index, p->names)]); break;
    default: lua_pushvalue(L, index);
    }
}
