/* SPDX-License-Identifier: MIT */
/* The files of templates: the one that the user names, and partials beside it. */
#include "core/input.h"
#include "core/template.h"

/* The template being compiled. */
typedef struct place {
    nc_job *job;
    nc_bytes folder;    /* with its slash; empty: the current one */
    nc_bytes extension; /* with its dot */
} place;

static nc_bytes folder_of(nc_bytes path)
{
    while (path.len && path.ptr[path.len - 1] != '/')
        path.len--;
    return path;
}

/* The extension of a file name with its dot; empty if it has none. */
static nc_bytes extension_of(nc_bytes path)
{
    size_t at = path.len;

    while (at && path.ptr[at - 1] != '/' && path.ptr[at - 1] != '.')
        at--;
    if (!at || path.ptr[at - 1] == '/')
        return (nc_bytes){ "", 0 };
    return (nc_bytes){ path.ptr + at - 1, path.len - at + 1 };
}

/* Read a template as UTF-8 text; a byte order mark goes. */
static bool read_text(nc_job *job, const char *path, nc_bytes *text)
{
    if (!nc_input_try(job, path, text))
        return false;
    if (text->len >= 3 && memcmp(text->ptr, "\xef\xbb\xbf", 3) == 0)
        *text = (nc_bytes){ text->ptr + 3, text->len - 3 };
    if (nc_utf8_valid(*text) != text->len) {
        nc_fail(job, NC_EINPUT, "template %s: not UTF-8", path);
        return false;
    }
    if (!text->ptr)
        text->ptr = "";
    return true;
}

static nc_bytes read_partial(void *data, nc_bytes of, nc_bytes name)
{
    const place *beside = data;
    nc_bytes extension = extension_of(name).len ? NC_LITERAL("") : beside->extension, text;
    nc_bytes path =
        nc_print(beside->job, "%.*s%.*s%.*s", (int)beside->folder.len, beside->folder.ptr,
                 (int)name.len, name.ptr, (int)extension.len, extension.ptr);

    (void)of;
    if (path.ptr && read_text(beside->job, path.ptr, &text))
        return text;
    return (nc_bytes){ NULL, 0 };
}

const nc_template *nc_template_chosen(nc_job *job, nc_bytes preset, const char *extension)
{
    const char *path = nc_job_settings(job)->template_file;
    nc_bytes text;
    place beside = { job, { "", 0 }, nc_print(job, ".%s", extension) };

    if (!path)
        return nc_template_compile(job, NC_LITERAL("default"), preset, NULL, NULL);
    if (!extension_of(nc_string(path)).len)
        path = nc_print(job, "%s.%s", path, extension).ptr;
    if (!path || !read_text(job, path, &text)) {
        nc_fail(job, NC_EIO, "the template %s cannot be read", path ? path : "");
        return NULL;
    }
    beside.folder = folder_of(nc_string(path));
    beside.extension = extension_of(nc_string(path));
    return nc_template_compile(job, nc_string(path), text, read_partial, &beside);
}
