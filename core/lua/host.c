/* SPDX-License-Identifier: MIT */
/* States and scripts: opening a state with what a script may use, running the file, and turning its
 * errors into the job's. The only lua_pcall is here. */
#include "core/lua/value.h"

#include <stdlib.h>

enum { HOOK_INTERVAL = 10000 };

/* What runs inside the protected call. */
typedef struct run {
    lua_host *host;
    const char *path;
    const char *const *names;
} run;

/* ------------------------------------------------------------ limits */

static void *allocate(void *data, void *block, size_t old_size, size_t new_size)
{
    lua_host *host = data;
    void *result;

    if (!block)
        old_size = 0;
    if (!new_size) {
        free(block);
        host->memory -= old_size;
        return NULL;
    }
    if (new_size > old_size && new_size - old_size > host->job->limits.lua_memory - host->memory)
        return NULL;
    result = realloc(block, new_size);
    if (result)
        host->memory += new_size - old_size;
    return result;
}

static void count_steps(lua_State *L, lua_Debug *debug)
{
    (void)debug;
    charge_steps(L, HOOK_INTERVAL);
}

/* An exhausted budget is raised again at the next instruction, so that a script cannot catch it for
 * good. */
void charge_steps(lua_State *L, size_t count)
{
    lua_host *host = host_of(L);
    nc_job *job = host->job;

    host->steps = count > SIZE_MAX - host->steps ? SIZE_MAX : host->steps + count;
    if (job->canceled && atomic_load_explicit(job->canceled, memory_order_relaxed))
        nc_fail(job, NC_ECANCELED, "cancelled");
    else if (host->steps > job->limits.lua_steps)
        nc_fail(job, NC_ELIMIT,
                "a script ran for more than %zu steps; --max-lua-steps raises the limit",
                job->limits.lua_steps);
    if (job->status) {
        lua_sethook(L, count_steps, LUA_MASKCOUNT, 1);
        raise_job_error(L, job);
    }
}

/* ------------------------------------------------------------ what a script may use */

static int print_to_log(lua_State *L)
{
    int count = lua_gettop(L);
    luaL_Buffer text;

    luaL_buffinit(L, &text);
    for (int i = 1; i <= count; i++) {
        if (i > 1)
            luaL_addchar(&text, '\t');
        luaL_tolstring(L, i, NULL);
        luaL_addvalue(&text);
    }
    luaL_pushresult(&text);
    nc_warn(host_of(L)->job, NULL, NC_WARN_SCRIPT_INFO, "%s", lua_tostring(L, -1));
    return 0;
}

/* A warning comes in pieces; `more` says that another follows. */
static void warn_to_log(void *data, const char *message, int more)
{
    lua_host *host = data;
    size_t room = sizeof(host->warning) - 1 - host->warning_length;
    size_t length = strlen(message);

    if (length > room)
        length = room;
    memcpy(host->warning + host->warning_length, message, length);
    host->warning_length += length;
    if (more)
        return;
    host->warning[host->warning_length] = 0;
    if (host->warning[0] != '@') /* "@on", "@off": warnings are always on */
        nc_warn(host->job, NULL, NC_WARN_SCRIPT, "%s", host->warning);
    host->warning_length = 0;
}

/* `load` of text alone: binary chunks can crash the machine. Upvalue 1: the original. */
static int load_text(lua_State *L)
{
    lua_settop(L, 4);
    lua_pushliteral(L, "t");
    lua_replace(L, 3);
    lua_pushvalue(L, lua_upvalueindex(1));
    lua_insert(L, 1);
    if (lua_isnil(L, 5)) /* no environment given */
        lua_settop(L, 4);
    lua_call(L, lua_gettop(L) - 1, LUA_MULTRET);
    return lua_gettop(L);
}

static FILE *open_script(lua_State *L, const char *folder, const char *name)
{
    return fopen(lua_pushfstring(L, "%s/%s.lua", folder, name), "rb");
}

/* Push the path of NAME.lua in the first script folder that has it. */
static bool push_script_path(lua_State *L, const char *name)
{
    const char *const *folder = host_of(L)->context->script_folders;

    for (; folder && *folder; folder++) {
        FILE *file = open_script(L, *folder, name);

        if (file) {
            fclose(file);
            return true;
        }
        lua_pop(L, 1);
    }
    return false;
}

/* `require` of our own modules and of files in the script folders. Upvalue 1: the modules loaded.
 */
static int require_script(lua_State *L)
{
    const char *name = luaL_checkstring(L, 1);

    if (lua_getfield(L, lua_upvalueindex(1), name) != LUA_TNIL)
        return 1;
    if (name[strspn(name, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-")] ||
        !push_script_path(L, name))
        return luaL_error(L, "module '%s' not found", name);
    push_script(L, lua_tostring(L, -1));
    lua_call(L, 0, 1);
    if (lua_isnil(L, -1))
        lua_pushboolean(L, true);
    lua_pushvalue(L, -1);
    lua_setfield(L, lua_upvalueindex(1), name);
    return 1;
}

static void open_sandbox_libraries(lua_State *L)
{
    static const luaL_Reg libraries[] = {
        { LUA_GNAME, luaopen_base },        { LUA_TABLIBNAME, luaopen_table },
        { LUA_STRLIBNAME, luaopen_string }, { LUA_MATHLIBNAME, luaopen_math },
        { LUA_UTF8LIBNAME, luaopen_utf8 },  { LUA_COLIBNAME, luaopen_coroutine },
    };
    static const char *const removed[] = { "dofile", "loadfile", "collectgarbage" };

    for (size_t i = 0; i < sizeof(libraries) / sizeof(libraries[0]); i++) {
        luaL_requiref(L, libraries[i].name, libraries[i].func, 1);
        lua_pop(L, 1);
    }
    for (size_t i = 0; i < sizeof(removed) / sizeof(removed[0]); i++) {
        lua_pushnil(L);
        lua_setglobal(L, removed[i]);
    }
    lua_getglobal(L, "load");
    lua_pushcclosure(L, load_text, 1);
    lua_setglobal(L, "load");
    lua_register(L, "print", print_to_log);
    guards_open(L);
    patterns_open(L);
    luaL_getsubtable(L, LUA_REGISTRYINDEX, LUA_LOADED_TABLE);
    lua_pushcclosure(L, require_script, 1);
    lua_setglobal(L, "require");
}

/* Make the value on top a global and a module of that name; pops it. */
static void set_module(lua_State *L, const char *name)
{
    luaL_getsubtable(L, LUA_REGISTRYINDEX, LUA_LOADED_TABLE);
    lua_pushvalue(L, -2);
    lua_setfield(L, -2, name);
    lua_pop(L, 1);
    lua_setglobal(L, name);
}

static void set_submodules(lua_State *L)
{
    static const char *const names[] = { "utils", "List", "text", "json", "types" };

    luaL_getsubtable(L, LUA_REGISTRYINDEX, LUA_LOADED_TABLE);
    lua_getglobal(L, "pandoc");
    for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
        lua_getfield(L, -1, names[i]);
        if (strcmp(names[i], "text") == 0) {
            lua_pushvalue(L, -1);
            lua_setfield(L, -4, "text");
        }
        lua_pushfstring(L, "pandoc.%s", names[i]);
        lua_insert(L, -2);
        lua_rawset(L, -4);
    }
    lua_pop(L, 2);
}

/* The Lua state has its libraries, the modules and the globals that are the same for each script.
 */
static void open_state(lua_host *host)
{
    lua_State *L = host->L;

    lua_gc(L, LUA_GCSTOP); /* all of this stays */
    lua_setwarnf(L, warn_to_log, host);
    lua_sethook(L, count_steps, LUA_MASKCOUNT, HOOK_INTERVAL);
    if (host->sandbox)
        open_sandbox_libraries(L);
    else
        luaL_openlibs(L);
    properties_make(host);
    lists_open(L);
    attributes_open(L);
    elements_open(L);
    pandoc_open(L);
    set_module(L, "pandoc");
    set_submodules(L);
    if (host->sandbox) {
        open_news_module(L);
        set_module(L, "newsconv");
    }
    globals_open(L);
    lua_gc(L, LUA_GCRESTART);
}

/* ------------------------------------------------------------ running */

/* Load the script at `path` and run it. Pushes the environment that its globals go to, and the last
 * value it returned, or nothing more. */
static bool load_script(lua_State *L, const char *path, bool own_globals)
{
    int top = lua_gettop(L) + 1;

    if (own_globals) {
        lua_newtable(L);
        lua_createtable(L, 0, 1);
        lua_pushglobaltable(L);
        lua_setfield(L, -2, "__index");
        lua_setmetatable(L, -2);
    } else {
        lua_pushglobaltable(L);
    }
    lua_pushstring(L, path);
    lua_setfield(L, -2, "PANDOC_SCRIPT_FILE");
    if (host_of(L)->sandbox)
        push_script(L, path);
    else if (luaL_loadfilex(L, path, NULL) != LUA_OK)
        lua_error(L);
    lua_pushvalue(L, top);
    lua_setupvalue(L, -2, 1);
    lua_call(L, 0, LUA_MULTRET);
    if (lua_gettop(L) == top)
        return false;
    lua_copy(L, -1, top + 1);
    lua_settop(L, top + 1);
    return true;
}

/* Stack: …, environment, what the script returned. */
static void apply_returned(lua_State *L)
{
    lua_host *host = host_of(L);
    lua_Integer count;

    if (lua_type(L, -1) == LUA_TSTRING)
        luaL_error(L, "table expected, got string");
    if (!lua_istable(L, -1))
        luaL_error(L, "attempt to index a %s value", luaL_typename(L, -1));
    count = (lua_Integer)lua_rawlen(L, -1);
    if (count == 0)
        walk_document(L, -1, &host->document);
    for (lua_Integer i = 1; i <= count; i++) {
        if (lua_rawgeti(L, -1, i) != LUA_TTABLE)
            luaL_error(L, "attempt to index a %s value", luaL_typename(L, -1));
        walk_document(L, -1, &host->document);
        lua_pop(L, 1);
    }
}

static void run_script(lua_State *L, const char *path, bool own_globals)
{
    host_of(L)->steps = 0;
    if (load_script(L, path, own_globals))
        apply_returned(L);
    else
        walk_document(L, -1, &host_of(L)->document);
    lua_settop(L, 1);
}

/* The scripts' path for `name`, in the arena. */
static const char *script_path(lua_State *L, const char *name)
{
    lua_host *host = host_of(L);
    nc_bytes path = nc_string(name);

    if (!strchr(name, '/') && !(path.len > 4 && strcmp(name + path.len - 4, ".lua") == 0)) {
        if (!push_script_path(L, name)) {
            nc_fail(host->job, NC_EUSAGE, "there is no script '%s'", name);
            raise_job_error(L, host->job);
        }
        path = nc_string(lua_tostring(L, -1));
    }
    path = nc_print(host->job, "%s", path.ptr);
    if (host->job->status)
        raise_job_error(L, host->job);
    return path.ptr;
}

static void run_news_scripts(lua_State *L, run *r)
{
    lua_host *host = r->host;

    for (const char *const *name = r->names; *name; name++) {
        nc_node *kept = protect_metadata(host);

        r->path = script_path(L, *name);
        host->document->flags &= (uint8_t) ~(HELD | SHARED); /* an earlier script is done with it */
        run_script(L, r->path, true);
        restore_metadata(host, kept);
    }
}

static int run_protected(lua_State *L)
{
    run *r = lua_touserdata(L, 1);

    open_state(r->host);
    if (r->names)
        run_news_scripts(L, r);
    else
        run_script(L, r->path, false);
    return 0;
}

static int explain(lua_State *L)
{
    const nc_lua_context *context = host_of(L)->context;
    const char *text = luaL_tolstring(L, 1, NULL);

    if (context->verbose)
        luaL_traceback(L, L, text, 1);
    return 1;
}

/* The script's error as the job's. */
static void report(lua_host *host, int result, const char *path)
{
    const char *text = lua_tostring(host->L, -1);

    if (result == LUA_ERRMEM && !host->job->status)
        nc_fail(host->job, NC_ELIMIT,
                "%s needs more than %zu bytes; --max-lua-memory raises the limit",
                path ? path : "a script", host->job->limits.lua_memory);
    else
        nc_fail(host->job, NC_ESCRIPT, "Error running filter %s:\n%s", path ? path : "",
                text ? text : "unknown error");
}

static void clear_marks_below(nc_node *root)
{
    nc_walk walk = { .root = root };

    while (nc_walk_next(&walk))
        ((nc_node *)(uintptr_t)walk.node)->flags &= NC_VERBATIM;
}

/* Few marks are cleared one by one: the tree may be large. */
static void clear_marks(lua_host *host, nc_node *doc)
{
    for (size_t i = 0; i < host->held && i < MARKED_KEPT; i++)
        host->marked[i]->flags &= NC_VERBATIM;
    if (host->held > MARKED_KEPT || (host->held && host->topdown)) {
        clear_marks_below(doc);
        clear_marks_below(doc->meta);
    }
}

/* Hand the tree that the scripts left back to the caller's document, without the host's marks. */
static void hand_over(lua_host *host, nc_node *doc)
{
    nc_node *made = host->document;

    if (made != doc) {
        while (doc->first)
            nc_detach(doc->first);
        nc_move_children(host->job, doc, made);
        doc->meta = made->meta;
        doc->meta->parent = doc;
    }
    clear_marks(host, doc);
}

static nc_status execute(lua_host *host, nc_node *doc, run *r)
{
    nc_job *job = host->job;
    int result;

    if (job->status || !doc)
        return job->status;
    host->document = doc;
    host->L = lua_newstate(allocate, host);
    if (!host->L)
        return nc_fail(job, NC_EMEM, "out of memory");
    *(lua_host **)lua_getextraspace(host->L) = host;
    r->host = host;
    lua_pushcfunction(host->L, explain);
    lua_pushcfunction(host->L, run_protected);
    lua_pushlightuserdata(host->L, r);
    result = lua_pcall(host->L, 1, 0, 1);
    if (result != LUA_OK)
        report(host, result, r->path);
    else
        hand_over(host, doc);
    lua_close(host->L);
    return job->status;
}

static const char *find_filter(nc_job *job, const nc_lua_context *context, const char *path)
{
    FILE *file = fopen(path, "rb");
    nc_bytes other;

    if (file || strchr(path, '/') || !context->user_data_dir) {
        if (file)
            fclose(file);
        return path;
    }
    other = nc_print(job, "%s/filters/%s", context->user_data_dir, path);
    file = fopen(other.ptr, "rb");
    if (!file)
        return path;
    fclose(file);
    return other.ptr;
}

nc_status nc_lua_filter(nc_job *job, nc_node *doc, const nc_lua_context *context, const char *path)
{
    lua_host host = { .job = job, .context = context, .sandbox = job->settings.sandbox };
    run r = { .path = find_filter(job, context, path) };

    return execute(&host, doc, &r);
}

nc_status nc_lua_scripts(nc_job *job, nc_node *doc, const nc_lua_context *context,
                         const char *const *names)
{
    lua_host host = { .job = job, .context = context, .sandbox = true };
    run r = { .names = names };

    return names && *names ? execute(&host, doc, &r) : job->status;
}
