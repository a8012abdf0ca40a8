/* SPDX-License-Identifier: MIT */
/* pandoc.json: reading JSON into tables. Open containers lie on the Lua stack, so nesting costs no
 * recursion. */
#include "core/json.h"
#include "core/lua/value.h"

typedef struct decoding {
    lua_State *L;
    nc_json json;
    int base; /* stack index below the outermost container */
} decoding;

/* Put the value on top into the container below it, a table or a key above its table. */
static void put_value(decoding *d)
{
    lua_State *L = d->L;

    if (lua_gettop(L) == d->base + 1)
        return;
    if (lua_istable(L, -2))
        lua_rawseti(L, -2, (lua_Integer)lua_rawlen(L, -2) + 1);
    else
        lua_rawset(L, -3);
}

static void push_number(decoding *d)
{
    double number = 0;

    nc_json_double(&d->json, &number);
    lua_pushnumber(d->L, number);
}

static void push_token(decoding *d, nc_json_token token)
{
    lua_State *L = d->L;

    switch (token) {
    case NC_JSON_STRING: lua_pushlstring(L, d->json.text.ptr, d->json.text.len); break;
    case NC_JSON_NUMBER: push_number(d); break;
    case NC_JSON_NULL: lua_pushlightuserdata(L, NULL); break;
    default: lua_pushboolean(L, token == NC_JSON_TRUE);
    }
    put_value(d);
}

/* Take one token. False at the end, or where the text is not JSON. */
static bool take_token(decoding *d)
{
    lua_State *L = d->L;
    nc_json_token token = nc_json_next(&d->json);

    luaL_checkstack(L, 8, "JSON nested too deeply");
    switch (token) {
    case NC_JSON_END:
    case NC_JSON_ERROR: return false;
    case NC_JSON_OBJECT: lua_newtable(L); break;
    case NC_JSON_ARRAY: new_list(L, LIST_PLAIN, 0); break;
    case NC_JSON_OBJECT_END:
    case NC_JSON_ARRAY_END: put_value(d); break;
    case NC_JSON_KEY: lua_pushlstring(L, d->json.text.ptr, d->json.text.len); break;
    default: push_token(d, token);
    }
    return true;
}

/* decode(text) → value, or nil where the text is not JSON. */
static int decode(lua_State *L)
{
    decoding d = { .L = L };
    nc_job *job;
    nc_bytes text;

    text.ptr = luaL_checklstring(L, 1, &text.len);
    lua_settop(L, 1);
    if (nc_utf8_valid(text) != text.len)
        return 0;
    job = push_scratch(L);
    d.base = 2;
    nc_json_open(&d.json, job, text, nc_job_limits(job)->depth);
    d.json.lenient = true;
    while (take_token(&d))
        ;
    if (d.json.error || job->status || lua_gettop(L) != 3)
        lua_pushnil(L);
    close_scratches(L, 2);
    return 1;
}

void json_open(lua_State *L)
{
    static const luaL_Reg functions[] = { { "decode", decode }, { NULL, NULL } };

    luaL_newlib(L, functions);
    lua_pushlightuserdata(L, NULL);
    lua_setfield(L, -2, "null");
    lua_setfield(L, -2, "json");
}
