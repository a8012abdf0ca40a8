/* SPDX-License-Identifier: MIT */
/* Jobs for temporary nodes: to compare, print or stringify what exists only in Lua. Each lies in
 * userdata that closes it, so that an error in the middle costs nothing; what ends well closes it
 * at once. */
#include "core/lua/value.h"

static const char scratch_type[] = "newsconv.scratch";

typedef struct scratch {
    bool open;
    nc_job job;
    nc_buf buf;
} scratch;

static void release(scratch *box)
{
    if (!box->open)
        return;
    nc_buf_close(&box->buf);
    nc_job_close(&box->job);
    box->open = false;
}

static int close_one(lua_State *L)
{
    scratch *box = luaL_checkudata(L, 1, scratch_type);

    release(box);
    return 0;
}

nc_job *push_scratch(lua_State *L)
{
    scratch *box;

    luaL_checkstack(L, 8, NULL);
    box = lua_newuserdatauv(L, sizeof(scratch), 0);
    box->open = false;
    if (luaL_newmetatable(L, scratch_type)) {
        lua_pushcfunction(L, close_one);
        lua_setfield(L, -2, "__gc");
    }
    lua_setmetatable(L, -2);
    nc_job_open(&box->job, host_of(L)->job);
    nc_buf_open(&box->buf, &box->job);
    box->open = true;
    return &box->job;
}

nc_buf *scratch_buf(lua_State *L, int index)
{
    scratch *box = luaL_checkudata(L, index, scratch_type);

    return &box->buf;
}

void close_scratches(lua_State *L, int from)
{
    for (int index = from; index <= lua_gettop(L); index++) {
        scratch *box = luaL_testudata(L, index, scratch_type);

        if (box)
            release(box);
    }
}

const nc_node *scratch_node(lua_State *L, int index)
{
    const element *e = to_element(L, index);

    if (e->node && is_untouched(L, index, e))
        return e->node;
    index = lua_absindex(L, index);
    return commit_element(L, push_scratch(L), index, NULL);
}

/* A limit that a temporary job reached is the conversion's own: no pcall makes it undone. */
int raise_job_error(lua_State *L, const nc_job *job)
{
    nc_job *whole = host_of(L)->job;
    nc_bytes text = job->error.text;

    if (job != whole &&
        (job->status == NC_ELIMIT || job->status == NC_EMEM || job->status == NC_ECANCELED))
        nc_fail(whole, job->status, "%.*s", (int)text.len, text.ptr);
    luaL_where(L, 1);
    lua_pushlstring(L, text.len ? text.ptr : "out of memory", text.len ? text.len : 13);
    lua_concat(L, 2);
    return lua_error(L);
}
