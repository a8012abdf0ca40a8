/* SPDX-License-Identifier: MIT */
/* Scripts kept compiled for all conversions of one newsconv handle: compiling is the larger part of
 * what the news scripts cost. What is kept was compiled here, so it is safe to load; of a script
 * that changes meanwhile nothing new is kept. */
#include "core/library.h"
#include "core/lua/value.h"

#include <sys/stat.h>

enum { MOST_CHUNKS = 32, MOST_BYTES = 256 * 1024 };

typedef struct chunk {
    const char *path;
    struct stat file; /* when it was compiled */
    nc_bytes code;    /* empty: compiled once only, which is not worth keeping yet */
} chunk;

/* What is known of the script at `path`; NULL if nothing. */
static chunk *find_chunk(const nc_library *library, const char *path)
{
    chunk *const *chunks = library->chunks.items;

    for (size_t i = 0; i < library->chunks.count; i++)
        if (strcmp(chunks[i]->path, path) == 0)
            return chunks[i];
    return NULL;
}

static bool is_same_file(const struct stat *a, const struct stat *b)
{
    return a->st_mtim.tv_sec == b->st_mtim.tv_sec && a->st_mtim.tv_nsec == b->st_mtim.tv_nsec &&
           a->st_size == b->st_size && a->st_ino == b->st_ino && a->st_dev == b->st_dev;
}

static chunk *new_chunk(nc_library *library, const char *path)
{
    nc_job *memory = library->memory;
    chunk *made = nc_alloc(memory, sizeof *made), **place;

    if (!made)
        return NULL;
    *made = (chunk){ .path = nc_print(memory, "%s", path).ptr };
    place = made->path ? nc_list_push(memory, &library->chunks, sizeof(chunk *)) : NULL;
    if (place)
        *place = made;
    return place ? made : NULL;
}

static int add_code(lua_State *L, const void *bytes, size_t size, void *buf)
{
    (void)L;
    nc_put(buf, (nc_bytes){ bytes, size });
    return 0;
}

/* Keep the code of the function on top. */
static void keep_code(lua_State *L, nc_library *library, chunk *known)
{
    int top = lua_gettop(L);
    nc_job *job = push_scratch(L);
    nc_buf *buf = scratch_buf(L, top + 1);

    lua_pushvalue(L, top);
    lua_dump(L, add_code, buf, 0);
    if (!nc_job_status(job) && buf->len <= MOST_BYTES)
        known->code = nc_copy(library->memory, (nc_bytes){ buf->ptr, buf->len });
    close_scratches(L, top + 1);
    lua_settop(L, top);
}

static void compile(lua_State *L, const char *path)
{
    if (luaL_loadfilex(L, path, "t") != LUA_OK)
        lua_error(L);
}

void push_script(lua_State *L, const char *path)
{
    nc_library *library = host_of(L)->job->library;
    struct stat file;
    chunk *known;

    if (!library || nc_job_status(library->memory) || stat(path, &file) != 0) {
        compile(L, path);
        return;
    }
    known = find_chunk(library, path);
    if (known && known->code.len && is_same_file(&known->file, &file)) {
        if (luaL_loadbufferx(L, known->code.ptr, known->code.len, path, "b") != LUA_OK)
            lua_error(L);
        return;
    }
    compile(L, path);
    if (known && !known->code.len && is_same_file(&known->file, &file))
        keep_code(L, library, known);
    else if (!known && library->chunks.count < MOST_CHUNKS)
        known = new_chunk(library, path);
    if (known && !known->code.len)
        known->file = file;
}
