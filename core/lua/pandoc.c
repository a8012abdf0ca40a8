/* SPDX-License-Identifier: MIT */
/* The module `pandoc`: constructors, made from a table of their arguments, and the functions beside
 * them. */
#include "core/lua/value.h"

/* A constructor: its arguments are properties, in this order; the first `required` must be given.
 */
typedef struct constructor {
    int kind;
    int required;
    const char *arguments[MAX_PROPERTIES + 1];
} constructor;

static const constructor constructors[] = {
    { NC_PLAIN, 1, { "content" } },
    { NC_PARA, 1, { "content" } },
    { NC_LINE_BLOCK, 1, { "content" } },
    { NC_CODE_BLOCK, 1, { "text", "attr" } },
    { NC_RAW_BLOCK, 2, { "format", "text" } },
    { NC_BLOCK_QUOTE, 1, { "content" } },
    { NC_ORDERED_LIST, 1, { "content", "listAttributes" } },
    { NC_BULLET_LIST, 1, { "content" } },
    { NC_DEFINITION_LIST, 1, { "content" } },
    { NC_HEADER, 2, { "level", "content", "attr" } },
    { NC_HORIZONTAL_RULE, 0, { NULL } },
    { NC_TABLE, 5, { "caption", "colspecs", "head", "bodies", "foot", "attr" } },
    { NC_FIGURE, 1, { "content", "caption", "attr" } },
    { NC_DIV, 0, { "content", "attr" } },
    { NC_TEXT, 1, { "text" } },
    { NC_EMPH, 1, { "content" } },
    { NC_UNDERLINE, 1, { "content" } },
    { NC_STRONG, 1, { "content" } },
    { NC_STRIKEOUT, 1, { "content" } },
    { NC_SUPERSCRIPT, 1, { "content" } },
    { NC_SUBSCRIPT, 1, { "content" } },
    { NC_SMALL_CAPS, 1, { "content" } },
    { NC_QUOTED, 2, { "quotetype", "content" } },
    { NC_CITE, 2, { "content", "citations" } },
    { NC_CODE, 1, { "text", "attr" } },
    { NC_LINE_BREAK, 0, { NULL } },
    { NC_MATH, 2, { "mathtype", "text" } },
    { NC_RAW_INLINE, 2, { "format", "text" } },
    { NC_LINK, 2, { "content", "target", "title", "attr" } },
    { NC_IMAGE, 2, { "caption", "src", "title", "attr" } },
    { NC_NOTE, 1, { "content" } },
    { NC_SPAN, 1, { "content", "attr" } },
    { NC_DOCUMENT, 1, { "blocks", "meta" } },
    { NC_CAPTION, 0, { "long", "short" } },
    { NC_TABLE_HEAD, 0, { "rows", "attr" } },
    { NC_TABLE_BODY, 0, { "body", "head", "row_head_columns", "attr" } },
    { NC_TABLE_FOOT, 0, { "rows", "attr" } },
    { NC_ROW, 0, { "cells", "attr" } },
    { NC_CELL, 1, { "contents", "alignment", "row_span", "col_span", "attr" } },
    { NC_CITATION, 2, { "id", "mode", "prefix", "suffix", "note_num", "hash" } },
    { KIND_LIST_ATTRIBUTES, 0, { "start", "style", "delimiter" } },
};

enum { CONSTRUCTORS = sizeof(constructors) / sizeof(constructors[0]) };

/* Set a property of the element on top from argument `index`, copied. */
static void set_argument(lua_State *L, int index, int kind, const char *name)
{
    lua_host *host = host_of(L);
    int slot = find_property(host, kind, name);
    const property *p = &host->properties[kind][slot - 1];

    push_coerced(L, index, p);
    if (p->type >= PROPERTY_ATTR) {
        push_copy(L, -1);
        lua_remove(L, -2);
    }
    lua_setiuservalue(L, -2, slot);
}

/* Upvalue 1: which constructor. */
static int construct(lua_State *L)
{
    const constructor *made = &constructors[lua_tointeger(L, lua_upvalueindex(1))];
    int given = lua_gettop(L);
    element *e = new_element(L, made->kind);

    if (made->kind == KIND_LIST_ATTRIBUTES)
        e->list.start = 1;
    for (int i = 0; i <= MAX_PROPERTIES && made->arguments[i]; i++)
        if (i < made->required || (i < given && !lua_isnil(L, i + 1)))
            set_argument(L, i < given ? i + 1 : given + 2, made->kind, made->arguments[i]);
    return 1;
}

static int new_attr(lua_State *L)
{
    lua_settop(L, 3);
    if (lua_istable(L, 1) || to_element(L, 1)) {
        push_attr(L, 1);
    } else {
        lua_createtable(L, 3, 0);
        for (int i = 1; i <= 3; i++) {
            lua_pushvalue(L, i);
            if (i == 1 && lua_isnil(L, 1)) {
                lua_pop(L, 1);
                lua_pushliteral(L, "");
            }
            if (i != 2 || lua_istable(L, 2))
                lua_rawseti(L, 4, i);
            else
                lua_pop(L, 1);
        }
        push_attr(L, 4);
    }
    push_copy(L, -1);
    return 1;
}

static int new_attribute_list(lua_State *L)
{
    lua_settop(L, 1);
    lua_createtable(L, 3, 0);
    lua_pushliteral(L, "");
    lua_rawseti(L, 2, 1);
    lua_pushvalue(L, 1);
    lua_rawseti(L, 2, 3);
    push_attr(L, 2);
    push_property(L, -1, 3);
    push_copy(L, -1);
    return 1;
}

static int new_inlines(lua_State *L)
{
    luaL_checkany(L, 1);
    push_as_inlines(L, 1);
    push_copy(L, -1);
    return 1;
}

static int new_blocks(lua_State *L)
{
    luaL_checkany(L, 1);
    push_as_blocks(L, 1);
    push_copy(L, -1);
    return 1;
}

static int new_break(lua_State *L)
{
    lua_rawgeti(L, LUA_REGISTRYINDEX, lua_tointeger(L, lua_upvalueindex(1)));
    return 1;
}

/* ------------------------------------------------------------ metadata */

static int new_meta_list(lua_State *L)
{
    luaL_checktype(L, 1, LUA_TTABLE);
    push_copy(L, 1);
    push_list_type(L, LIST_PLAIN);
    set_metatable(L, -2);
    return 1;
}

/* Upvalue 1: whether the table is to be a Meta. Numbers become strings, as in the tree. */
static int new_meta_map(lua_State *L)
{
    luaL_checktype(L, 1, LUA_TTABLE);
    push_copy(L, 1);
    lua_pushnil(L);
    while (lua_next(L, -2)) {
        if (lua_type(L, -1) == LUA_TNUMBER) {
            lua_pushvalue(L, -2);
            lua_pushvalue(L, -2);
            lua_tostring(L, -1);
            lua_rawset(L, -5);
        }
        lua_pop(L, 1);
    }
    if (lua_toboolean(L, lua_upvalueindex(1))) {
        push_list_type(L, LIST_META);
        set_metatable(L, -2);
    }
    return 1;
}

static int meta_string(lua_State *L)
{
    luaL_checkstring(L, 1);
    lua_settop(L, 1);
    return 1;
}

static int meta_bool(lua_State *L)
{
    lua_pushboolean(L, lua_toboolean(L, 1));
    return 1;
}

/* ------------------------------------------------------------ the module */

static int walk_method(lua_State *L)
{
    lua_settop(L, 2);
    lua_getfield(L, 1, "walk");
    lua_insert(L, 1);
    lua_call(L, 2, 1);
    return 1;
}

/* The name in a format given as a string or as a table; markdown when there is none, as in pandoc.
 */
static const char *format_name(lua_State *L, int index)
{
    if (lua_istable(L, index)) {
        lua_getfield(L, index, "format");
        lua_replace(L, index);
    }
    return luaL_optstring(L, index, "markdown");
}

/* write(doc, format) → string. */
static int write_document(lua_State *L)
{
    const element *e = to_element(L, 1);
    const char *format;
    nc_node *document;
    nc_job *job;
    nc_buf *buf;

    lua_settop(L, 2);
    if (!e || e->kind != NC_DOCUMENT)
        return luaL_error(L, "Pandoc expected, got %s",
                          e ? kind_name(e->kind) : luaL_typename(L, 1));
    format = format_name(L, 2);
    job = push_scratch(L); /* stack: document, format, box */
    buf = scratch_buf(L, 3);
    document = commit_element(L, job, 1, NULL);
    if (nc_write_part(job, format, document, buf))
        return raise_job_error(L, job);
    lua_pushlstring(L, buf->len ? buf->ptr : "", buf->len);
    close_scratches(L, 3);
    return 1;
}

static void set_constants(lua_State *L, const char *const *names)
{
    for (; *names; names++) {
        lua_pushstring(L, *names);
        lua_setfield(L, -2, *names);
    }
}

static void set_break(lua_State *L, const char *name, int reference)
{
    lua_pushinteger(L, reference);
    lua_pushcclosure(L, new_break, 1);
    lua_setfield(L, -2, name);
}

/* pandoc.Inline.constructor and pandoc.Block.constructor. */
static void set_constructor_table(lua_State *L, const char *name, bool (*in_level)(int kind))
{
    lua_newtable(L);
    lua_newtable(L);
    for (int kind = 0; kind < KIND_COUNT; kind++)
        if (in_level(kind) && kind != NC_FIGURE) {
            lua_getfield(L, -3, kind_name(kind));
            lua_setfield(L, -2, kind_name(kind));
        }
    lua_setfield(L, -2, "constructor");
    lua_setfield(L, -2, name);
}

static void set_constructors(lua_State *L)
{
    lua_host *host = host_of(L);

    for (int i = 0; i < CONSTRUCTORS; i++) {
        lua_pushinteger(L, i);
        lua_pushcclosure(L, construct, 1);
        lua_setfield(L, -2, kind_name(constructors[i].kind));
    }
    set_break(L, "Space", host->space);
    set_break(L, "SoftBreak", host->soft_break);
    set_constructor_table(L, "Inline", is_inline_kind);
    set_constructor_table(L, "Block", is_block_kind);
    for (int meta = 0; meta < 2; meta++) {
        lua_pushboolean(L, meta);
        lua_pushcclosure(L, new_meta_map, 1);
        lua_setfield(L, -2, meta ? "Meta" : "MetaMap");
    }
}

static const luaL_Reg functions[] = {
    { "Attr", new_attr },
    { "AttributeList", new_attribute_list },
    { "Blocks", new_blocks },
    { "Inlines", new_inlines },
    { "MetaBlocks", new_blocks },
    { "MetaBool", meta_bool },
    { "MetaInlines", new_inlines },
    { "MetaList", new_meta_list },
    { "MetaString", meta_string },
    { "walk_block", walk_method },
    { "walk_inline", walk_method },
    { "write", write_document },
    { NULL, NULL },
};

void pandoc_open(lua_State *L)
{
    luaL_newlib(L, functions);
    set_constructors(L);
    set_constants(L, nc_quote_type_names);
    set_constants(L, nc_math_type_names);
    set_constants(L, nc_alignment_names);
    set_constants(L, nc_list_style_names);
    set_constants(L, nc_list_delim_names);
    set_constants(L, nc_citation_mode_names);
    push_list_type(L, LIST_PLAIN);
    lua_setfield(L, -2, "List");
    utils_open(L);
    json_open(L);
}
