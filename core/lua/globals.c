/* SPDX-License-Identifier: MIT */
/* The globals that tell a filter about the conversion, and Version objects. */
#include "core/lua/value.h"

static const char version_type[] = "Version";

/* ------------------------------------------------------------ Version */

/* Push the array of numbers of a Version, a version string, a number or a list of integers. */
static void push_components(lua_State *L, int index)
{
    index = lua_absindex(L, index);
    if (luaL_testudata(L, index, version_type)) {
        lua_getiuservalue(L, index, 1);
    } else if (lua_istable(L, index)) {
        lua_pushvalue(L, index);
    } else {
        const char *text = luaL_checkstring(L, index);
        lua_Integer count = 0, number = 0;

        lua_newtable(L);
        for (;; text++) {
            if (*text >= '0' && *text <= '9') {
                number = (number * 10 + (*text - '0')) % 1000000000;
                continue;
            }
            lua_pushinteger(L, number);
            lua_rawseti(L, -2, ++count);
            number = 0;
            if (*text != '.')
                break;
        }
        if (*text)
            luaL_error(L, "could not read version");
    }
}

static void push_version(lua_State *L, int index)
{
    index = lua_absindex(L, index);
    lua_newuserdatauv(L, 0, 1);
    push_components(L, index);
    lua_setiuservalue(L, -2, 1);
    luaL_setmetatable(L, version_type);
}

/* <0, 0, >0 as the version at 1 is less than, equal to or greater than that at 2. */
static int compare_versions(lua_State *L)
{
    lua_settop(L, 2);
    push_components(L, 1);
    push_components(L, 2);
    for (lua_Integer i = 1;; i++) {
        bool more = lua_rawgeti(L, 3, i) != LUA_TNIL, other = lua_rawgeti(L, 4, i) != LUA_TNIL;
        lua_Integer a = lua_tointeger(L, -2), b = lua_tointeger(L, -1);

        lua_pop(L, 2);
        if (!more || !other || a != b)
            return more != other ? (more ? 1 : -1) : (a > b) - (a < b);
    }
}

static int version_eq(lua_State *L)
{
    bool both = luaL_testudata(L, 1, version_type) && luaL_testudata(L, 2, version_type);

    lua_pushboolean(L, both && compare_versions(L) == 0);
    return 1;
}

static int version_lt(lua_State *L)
{
    lua_pushboolean(L, compare_versions(L) < 0);
    return 1;
}

static int version_le(lua_State *L)
{
    lua_pushboolean(L, compare_versions(L) <= 0);
    return 1;
}

static int version_len(lua_State *L)
{
    push_components(L, 1);
    lua_pushinteger(L, (lua_Integer)lua_rawlen(L, -1));
    return 1;
}

static int version_tostring(lua_State *L)
{
    luaL_Buffer text;

    push_components(L, 1);
    lua_replace(L, 1);
    luaL_buffinit(L, &text);
    for (lua_Integer i = 1; i <= (lua_Integer)lua_rawlen(L, 1); i++) {
        if (i > 1)
            luaL_addchar(&text, '.');
        lua_rawgeti(L, 1, i);
        luaL_addvalue(&text);
    }
    luaL_pushresult(&text);
    return 1;
}

static int version_must_be(lua_State *L)
{
    const char *format = luaL_optstring(L, 3, "expected version %s or newer, got %s");

    lua_settop(L, 2);
    if (compare_versions(L) >= 0)
        return 0;
    lua_getglobal(L, "string");
    lua_getfield(L, -1, "format");
    lua_pushstring(L, format);
    push_version(L, 2);
    luaL_tolstring(L, -1, NULL);
    lua_remove(L, -2);
    luaL_tolstring(L, 1, NULL);
    lua_call(L, 3, 1);
    return lua_error(L);
}

static int version_index(lua_State *L)
{
    if (lua_type(L, 2) == LUA_TNUMBER) {
        push_components(L, 1);
        lua_rawgeti(L, -1, lua_tointeger(L, 2));
        return 1;
    }
    if (lua_type(L, 2) == LUA_TSTRING && strcmp(lua_tostring(L, 2), "must_be_at_least") == 0) {
        lua_pushcfunction(L, version_must_be);
        return 1;
    }
    return 0;
}

static int version_new(lua_State *L)
{
    push_version(L, 1);
    return 1;
}

void version_open(lua_State *L)
{
    static const luaL_Reg methods[] = {
        { "__eq", version_eq },   { "__lt", version_lt },       { "__le", version_le },
        { "__len", version_len }, { "__index", version_index }, { "__tostring", version_tostring },
        { NULL, NULL },
    };

    luaL_newmetatable(L, version_type);
    luaL_setfuncs(L, methods, 0);
    lua_pushboolean(L, true);
    lua_setfield(L, -2, "__metatable");
    lua_pop(L, 1);
    lua_pushcfunction(L, version_new);
}

static void set_version(lua_State *L, const char *name, const char *version)
{
    lua_pushstring(L, version);
    push_version(L, -1);
    lua_setglobal(L, name);
    lua_pop(L, 1);
}

/* ------------------------------------------------------------ the conversion */

static void set_string(lua_State *L, const char *name, const char *value)
{
    if (value) {
        lua_pushstring(L, value);
        lua_setfield(L, -2, name);
    }
}

static void set_integer(lua_State *L, const char *name, int64_t value)
{
    lua_pushinteger(L, value);
    lua_setfield(L, -2, name);
}

static void set_list(lua_State *L, const char *name, const char *const *items)
{
    lua_Integer count = 0;

    new_list(L, LIST_PLAIN, 0);
    for (; items && *items; items++) {
        lua_pushstring(L, *items);
        lua_rawseti(L, -2, ++count);
    }
    lua_setfield(L, -2, name);
}

static void set_state(lua_State *L)
{
    static const char *const here[] = { ".", NULL };
    lua_host *host = host_of(L);
    const char *output = host->context->output_file;

    lua_newtable(L);
    set_list(L, "input_files", host->context->input_files);
    set_list(L, "resource_path", here);
    set_list(L, "log", NULL);
    set_list(L, "request_headers", NULL);
    if (output && strcmp(output, "-") != 0)
        set_string(L, "output_file", output);
    set_string(L, "user_data_dir", host->context->user_data_dir);
    set_string(L, "verbosity", host->context->verbose ? "INFO" : "WARNING");
    lua_pushboolean(L, false);
    lua_setfield(L, -2, "trace");
    lua_setglobal(L, "PANDOC_STATE");
}

static void set_reader_options(lua_State *L)
{
    const nc_settings *settings = nc_job_settings(host_of(L)->job);

    lua_newtable(L);
    set_integer(L, "columns", settings->columns);
    set_integer(L, "tab_stop", settings->tab_stop);
    set_list(L, "extensions", NULL);
    lua_pushboolean(L, settings->standalone);
    lua_setfield(L, -2, "standalone");
    lua_setglobal(L, "PANDOC_READER_OPTIONS");
}

static void set_writer_options(lua_State *L)
{
    static const char *const wraps[] = { "wrap-auto", "wrap-none", "wrap-preserve" };
    const nc_settings *settings = nc_job_settings(host_of(L)->job);

    lua_newtable(L);
    set_integer(L, "columns", settings->columns);
    set_integer(L, "dpi", settings->dpi);
    set_integer(L, "tab_stop", settings->tab_stop);
    set_integer(L, "toc_depth", settings->toc_depth);
    set_string(L, "wrap_text", wraps[settings->wrap]);
    set_list(L, "extensions", NULL);
    lua_pushboolean(L, settings->toc);
    lua_setfield(L, -2, "table_of_contents");
    lua_pushboolean(L, settings->number_sections);
    lua_setfield(L, -2, "number_sections");
    lua_setglobal(L, "PANDOC_WRITER_OPTIONS");
}

void globals_open(lua_State *L)
{
    lua_host *host = host_of(L);

    lua_pushstring(L, host->context->format ? host->context->format : "");
    lua_setglobal(L, "FORMAT");
    set_version(L, "PANDOC_VERSION", "3.10");
    set_version(L, "PANDOC_API_VERSION", "1.23.1.2");
    set_state(L);
    set_reader_options(L);
    set_writer_options(L);
}
