/* SPDX-License-Identifier: MIT */
/* Functions of Lua's libraries as the sandbox has them. Lua counts no steps in C and in finalizers,
 * so what could run there without end is refused, or pays for its steps before it runs. */
#include "core/lua/value.h"

static void refuse_finalizer(lua_State *L, int metatable)
{
    metatable = lua_absindex(L, metatable);
    lua_pushliteral(L, "__gc");
    if (lua_rawget(L, metatable) != LUA_TNIL)
        luaL_error(L, "the sandbox has no finalizers (__gc)");
    lua_pop(L, 1);
}

void set_metatable(lua_State *L, int index)
{
    if (host_of(L)->sandbox)
        refuse_finalizer(L, -1);
    lua_setmetatable(L, index);
}

/* Call the function that was replaced, upvalue 1, with the same arguments. */
static int call_original(lua_State *L)
{
    lua_pushvalue(L, lua_upvalueindex(1));
    lua_insert(L, 1);
    lua_call(L, lua_gettop(L) - 1, LUA_MULTRET);
    return lua_gettop(L);
}

static int guarded_setmetatable(lua_State *L)
{
    if (lua_istable(L, 2))
        refuse_finalizer(L, 2);
    return call_original(L);
}

/* Nothing, repeated without end, takes no memory that would end it. */
static int guarded_rep(lua_State *L)
{
    size_t length, between;
    lua_Integer count = luaL_checkinteger(L, 2);

    luaL_checklstring(L, 1, &length);
    luaL_optlstring(L, 3, "", &between);
    if (count > 0 && length + between == 0)
        charge_steps(L, (size_t)count);
    return call_original(L);
}

/* table.move(from, first, last, at, to) goes over each number, whatever stands there. */
static int guarded_move(lua_State *L)
{
    lua_Integer first = luaL_checkinteger(L, 2), last = luaL_checkinteger(L, 3);

    if (last >= first)
        charge_steps(L, (size_t)last - (size_t)first);
    return call_original(L);
}

/* table.insert and table.remove shift all that __len says. */
static int guarded_shift(lua_State *L)
{
    if (lua_istable(L, 1)) {
        lua_Integer length = luaL_len(L, 1);

        if (length > (lua_Integer)lua_rawlen(L, 1))
            charge_steps(L, (size_t)length);
    }
    return call_original(L);
}

static void replace(lua_State *L, const char *library, const char *name, lua_CFunction guard)
{
    lua_getglobal(L, library);
    lua_getfield(L, -1, name);
    lua_pushcclosure(L, guard, 1);
    lua_setfield(L, -2, name);
    lua_pop(L, 1);
}

void guards_open(lua_State *L)
{
    replace(L, LUA_GNAME, "setmetatable", guarded_setmetatable);
    replace(L, LUA_STRLIBNAME, "rep", guarded_rep);
    replace(L, LUA_TABLIBNAME, "move", guarded_move);
    replace(L, LUA_TABLIBNAME, "insert", guarded_shift);
    replace(L, LUA_TABLIBNAME, "remove", guarded_shift);
}
