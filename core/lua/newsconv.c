/* SPDX-License-Identifier: MIT */
/* The module `newsconv`: what the news scripts need beyond pandoc's API. Under pandoc there is no
 * such module. */
#include "core/lua/value.h"

static void set_text(lua_State *L, const char *name, nc_bytes text)
{
    lua_pushlstring(L, text.len ? text.ptr : "", text.len);
    lua_setfield(L, -2, name);
}

/* facts(doc) → list of {syntax=, name=, value=}, in the order of the document. */
static int facts(lua_State *L)
{
    const nc_job *job = host_of(L)->job;
    const nc_fact *fact;

    new_list(L, LIST_PLAIN, 0);
    for (size_t i = 0; (fact = nc_fact_at(job, i)); i++) {
        lua_createtable(L, 0, 3);
        set_text(L, "syntax", nc_string(fact->syntax));
        set_text(L, "name", fact->name);
        set_text(L, "value", fact->value);
        lua_rawseti(L, -2, (lua_Integer)i + 1);
    }
    return 1;
}

static nc_bytes text_field(lua_State *L, const char *name)
{
    nc_bytes text;

    lua_getfield(L, 1, name); /* stays on the stack */
    text.ptr = luaL_optlstring(L, -1, "", &text.len);
    return valid_text(host_of(L)->job, text);
}

/* decide{key=, value=, evidence=, confidence=}: a record of why. */
static int decide(lua_State *L)
{
    nc_decision decision = { .offset = UINT32_MAX };

    luaL_checktype(L, 1, LUA_TTABLE);
    decision.key = text_field(L, "key");
    decision.value = text_field(L, "value");
    decision.evidence = text_field(L, "evidence");
    lua_getfield(L, 1, "confidence");
    decision.confidence = luaL_optnumber(L, -1, 1);
    nc_decide(host_of(L)->job, &decision);
    return 0;
}

static int write_log(lua_State *L)
{
    nc_warn(host_of(L)->job, NULL, NC_WARN_SCRIPT_INFO, "%s", luaL_checkstring(L, 1));
    return 0;
}

/* lifted(what, text): that text has left the body. */
static int lifted(lua_State *L)
{
    nc_warn(host_of(L)->job, NULL, NC_WARN_LIFTED, "%s taken out of the body: %s",
            luaL_checkstring(L, 1), luaL_checkstring(L, 2));
    return 0;
}

/* Add the text of a node, as stringify has it, until `most` bytes are there. */
static void add_text(lua_State *L, luaL_Buffer *out, nc_job *job, const nc_node *node, size_t most)
{
    for (; node && luaL_bufflen(out) < most; node = node->next) {
        nc_bytes text = node->kind == NC_TEXT ? node->text : nc_stringify(job, node);
        size_t room = most - luaL_bufflen(out);

        if (job->status)
            raise_job_error(L, job);
        if (text.len > room)
            text.len = nc_utf8_valid((nc_bytes){ text.ptr, room });
        luaL_addlstring(out, text.len ? text.ptr : "", text.len);
        if (text.len + 4 > room)
            return;
    }
}

/* beginning(block, most) → the first bytes of its text, at most that many: a paragraph may be a
 * whole file. */
static int beginning(lua_State *L)
{
    size_t most = (size_t)luaL_checkinteger(L, 2);
    const nc_node *node;
    nc_job *job;
    luaL_Buffer out;

    if (!to_element(L, 1))
        return luaL_typeerror(L, 1, "AST element");
    lua_settop(L, 1);
    node = scratch_node(L, 1);
    job = push_scratch(L);
    luaL_buffinit(L, &out);
    add_text(L, &out, job, node->first, most);
    luaL_pushresult(&out);
    close_scratches(L, 2);
    return 1;
}

void open_news_module(lua_State *L)
{
    static const luaL_Reg functions[] = {
        { "beginning", beginning }, { "decide", decide }, { "facts", facts },
        { "lifted", lifted },       { "log", write_log }, { NULL, NULL },
    };

    luaL_newlib(L, functions);
}
