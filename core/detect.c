/* SPDX-License-Identifier: MIT */
#include "core/detect.h"
#include "core/library.h"

#include <dlfcn.h>
#include <strings.h>

typedef bool detect_function(nc_bytes raw, char *name, size_t size);

/* A long page of markup tells less than the text in it: leave out tags, scripts of ASCII and all
 * that has no byte above 0x7F near it. */
static nc_bytes telling_part(nc_job *job, nc_bytes raw)
{
    enum { AROUND = 64, MOST = 16 * 1024 };
    char *room = nc_text_take(job, MOST);
    size_t length = 0, from = 0;

    for (size_t i = 0; room && i < raw.len && length < MOST; i++) {
        size_t start, end;

        if ((unsigned char)raw.ptr[i] < 0x80)
            continue;
        start = i > from + AROUND ? i - AROUND : from;
        end = raw.len - i > AROUND ? i + AROUND : raw.len;
        if (end - start > MOST - length)
            end = start + (MOST - length);
        memcpy(room + length, raw.ptr + start, end - start);
        length += end - start;
        from = i = end;
    }
    return room ? (nc_bytes){ room, length } : NC_LITERAL("");
}

#ifdef NEWSCONV_STATIC_PLUGINS
detect_function nc_detect;

static detect_function *load(nc_job *job)
{
    (void)job;
    return nc_detect;
}
#else
static detect_function *load(nc_job *job)
{
    nc_bytes path = nc_print(job, "%s/detect.so", nc_modules_folder(job));
    void *module = job->status ? NULL : dlopen(path.ptr, RTLD_NOW | RTLD_LOCAL);
    detect_function *function = NULL;
    void *symbol = module ? dlsym(module, "nc_detect") : NULL;

    memcpy(&function, &symbol, sizeof(function)); /* ISO C knows no cast from object to function */
    return function;
}
#endif

/* What uchardet calls nearly ASCII or a rare relative is read as what the web means by it. */
static bool is_trusted(const char *name)
{
    static const char *const doubtful[] = { "ASCII", "UTF-8", "ISO-8859-1", "ISO-8859-15" };

    for (size_t i = 0; i < sizeof(doubtful) / sizeof(doubtful[0]); i++)
        if (strcasecmp(name, doubtful[i]) == 0)
            return false;
    return true;
}

const char *nc_detect_encoding(nc_job *job, nc_bytes raw)
{
    detect_function *detect = load(job);
    char name[64] = "";

    if (!detect) {
        nc_warn(
            job, NULL, NC_WARN_ENCODING,
            "the encoding is not declared and cannot be detected (detect.so is missing); read as "
            "windows-1252");
        return "CP1252";
    }
    if (!detect(telling_part(job, raw), name, sizeof(name)) || !is_trusted(name))
        return "CP1252";
    return nc_print(job, "%s", name).ptr;
}
