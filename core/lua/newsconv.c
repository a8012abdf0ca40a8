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

static void push_beginning(lua_State *L, const nc_node *block, size_t most)
{
    int top = lua_gettop(L);
    nc_job *job = push_scratch(L);
    luaL_Buffer out;

    luaL_buffinit(L, &out);
    add_text(L, &out, job, block->first, most);
    luaL_pushresult(&out);
    close_scratches(L, top + 1);
    lua_replace(L, top + 1);
}

/* beginning(block, most) → the first bytes of its text, at most that many: a paragraph may be a
 * whole file. */
static int beginning(lua_State *L)
{
    size_t most = (size_t)luaL_checkinteger(L, 2);

    if (!to_element(L, 1))
        return luaL_typeerror(L, 1, "AST element");
    lua_settop(L, 1);
    push_beginning(L, scratch_node(L, 1), most);
    close_scratches(L, 2);
    return 1;
}

/* ------------------------------------------------------------ blocks, without making elements of
 * all */

/* The document at 1 as it stands in the tree; NULL where its blocks are a list in Lua. */
static nc_node *document_argument(lua_State *L)
{
    const element *e = to_element(L, 1);
    bool listed;

    if (!e || e->kind != NC_DOCUMENT)
        luaL_typeerror(L, 1, "Pandoc");
    listed = lua_getiuservalue(L, 1, find_property(host_of(L), NC_DOCUMENT, "blocks")) != LUA_TNIL;
    lua_pop(L, 1);
    return listed ? NULL : e->node;
}

/* Append {index=, text=} to the list on top if the block is a paragraph. */
static bool add_paragraph(lua_State *L, const nc_node *block, lua_Integer index, size_t most)
{
    if (block->kind != NC_PARA && block->kind != NC_PLAIN)
        return false;
    lua_createtable(L, 0, 2);
    lua_pushinteger(L, index);
    lua_setfield(L, -2, "index");
    push_beginning(L, block, most);
    lua_setfield(L, -2, "text");
    lua_rawseti(L, -2, (lua_Integer)lua_rawlen(L, -2) + 1);
    return true;
}

/* paragraphs(doc, first, last, most) → lists of the first and of the last outermost paragraphs,
 * {index=, text=}, each text at most that many bytes; nothing where the blocks are a list already.
 */
static int paragraphs(lua_State *L)
{
    lua_Integer first = luaL_checkinteger(L, 2), last = luaL_checkinteger(L, 3);
    size_t most = (size_t)luaL_checkinteger(L, 4);
    const nc_node *document = document_argument(L), *block;
    lua_Integer index = 0;

    if (!document)
        return 0;
    lua_newtable(L);
    for (block = document->first; block && first > 0; block = block->next)
        first -= add_paragraph(L, block, ++index, most);
    lua_newtable(L);
    for (; block; block = block->next)
        index++;
    for (block = document->last; block && last > 0; block = block->previous)
        last -= add_paragraph(L, block, index--, most);
    return 2;
}

/* texts(doc, size, most) → the beginnings of the outermost blocks but code, until they have more
 * than `size` bytes together; nothing where the blocks are a list already. */
static int texts(lua_State *L)
{
    size_t size = (size_t)luaL_checkinteger(L, 2), most = (size_t)luaL_checkinteger(L, 3),
           total = 0;
    const nc_node *document = document_argument(L), *block;
    lua_Integer count = 0;

    if (!document)
        return 0;
    lua_newtable(L);
    for (block = document->first; block && total <= size; block = block->next) {
        if (block->kind == NC_CODE_BLOCK)
            continue;
        push_beginning(L, block, most);
        total += lua_rawlen(L, -1);
        lua_rawseti(L, -2, ++count);
    }
    return 1;
}

/* remove(doc, index) → whether that block was taken out: only out of the document that a Pandoc
 * handler was given, and where the blocks are no list yet. */
static int remove_block(lua_State *L)
{
    lua_Integer index = luaL_checkinteger(L, 2);
    nc_node *document = document_argument(L), *block = NULL;

    if (document && document == host_of(L)->shown && !(document->flags & SHARED))
        for (block = document->first; block && index > 1; index--)
            block = block->next;
    lua_pushboolean(L, block && index == 1);
    if (lua_toboolean(L, -1))
        nc_detach(block);
    return 1;
}

void open_news_module(lua_State *L)
{
    static const luaL_Reg functions[] = {
        { "beginning", beginning }, { "decide", decide }, { "facts", facts },
        { "lifted", lifted },       { "log", write_log }, { "paragraphs", paragraphs },
        { "remove", remove_block }, { "texts", texts },   { NULL, NULL },
    };

    luaL_newlib(L, functions);
}
