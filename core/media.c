/* SPDX-License-Identifier: MIT */
/* The media bag, and the files that a document may name. Nothing touches the network. */
#include "core/media.h"
#include "core/image.h"
#include "core/input.h"

#include <ctype.h>
#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <strings.h>
#include <sys/stat.h>

/* ------------------------------------------------------------ types */

/* What is no picture goes by the name; the first extension of a type is its usual one. */
static const struct {
    const char *extension, *type;
} extensions[] = {
    { "jpeg", "image/jpeg" }, { "tiff", "image/tiff" },    { "ico", "image/x-icon" },
    { "mp3", "audio/mpeg" },  { "m4a", "audio/mp4" },      { "ogg", "audio/ogg" },
    { "wav", "audio/wav" },   { "mp4", "video/mp4" },      { "webm", "video/webm" },
    { "css", "text/css" },    { "js", "text/javascript" }, { "html", "text/html" },
    { "txt", "text/plain" },
};

#define COUNT(table) (sizeof(table) / sizeof((table)[0]))

static bool has_extension(nc_bytes name, const char *extension)
{
    size_t length = strlen(extension);

    return name.len > length && name.ptr[name.len - length - 1] == '.' &&
           strncasecmp(name.ptr + name.len - length, extension, length) == 0;
}

nc_bytes nc_media_type(nc_bytes name, nc_bytes bytes)
{
    nc_image_kind kind = nc_image_read(bytes).kind;

    if (kind != NC_IMAGE_NONE)
        return nc_string(nc_image_names[kind].media_type);
    for (int i = NC_IMAGE_NONE + 1; i < NC_IMAGE_KINDS; i++)
        if (has_extension(name, nc_image_names[i].extension))
            return nc_string(nc_image_names[i].media_type);
    for (size_t i = 0; i < COUNT(extensions); i++)
        if (has_extension(name, extensions[i].extension))
            return nc_string(extensions[i].type);
    return NC_LITERAL("application/octet-stream");
}

const char *nc_media_extension(nc_bytes media_type)
{
    for (int i = NC_IMAGE_NONE + 1; i < NC_IMAGE_KINDS; i++)
        if (nc_is(media_type, nc_image_names[i].media_type))
            return nc_image_names[i].extension;
    for (size_t i = 0; i < COUNT(extensions); i++)
        if (nc_is(media_type, extensions[i].type))
            return extensions[i].extension;
    return "bin";
}

/* ------------------------------------------------------------ the bag */

static uint64_t hash_bytes(nc_bytes bytes)
{
    uint64_t hash = UINT64_C(14695981039346656037); /* FNV-1a */

    for (size_t i = 0; i < bytes.len; i++)
        hash = (hash ^ (unsigned char)bytes.ptr[i]) * UINT64_C(1099511628211);
    return hash;
}

/* The slot of `name`: holding its index + 1, or the free one where it belongs. */
static uint32_t *find_slot(const nc_job *job, nc_bytes name)
{
    const nc_media *media = job->media.items;
    size_t mask = job->media_slot_count - 1, at = hash_bytes(name) & mask;

    while (job->media_slots[at] && !nc_same(media[job->media_slots[at] - 1].name, name))
        at = (at + 1) & mask;
    return &job->media_slots[at];
}

/* Keep the table at most half full. */
static bool grow_slots(nc_job *job)
{
    size_t count = job->media_slot_count ? job->media_slot_count * 2 : 16;
    const nc_media *media = job->media.items;
    uint32_t *slots;

    if (job->media.count * 2 < job->media_slot_count)
        return true;
    slots = nc_alloc(job, count * sizeof(*slots));
    if (!slots)
        return false;
    job->media_slots = slots;
    job->media_slot_count = count;
    for (size_t i = 0; i < job->media.count; i++)
        *find_slot(job, media[i].name) = (uint32_t)i + 1;
    return true;
}

static const nc_media *find_media(const nc_job *job, nc_bytes name)
{
    const nc_media *media = job->media.items;
    uint32_t index = job->media_slot_count ? *find_slot(job, name) : 0;

    return index ? &media[index - 1] : NULL;
}

void nc_media_add(nc_job *job, nc_bytes name, nc_bytes media_type, nc_bytes bytes)
{
    nc_media *media = (nc_media *)(uintptr_t)find_media(job, name);

    if (!media) {
        if (!grow_slots(job))
            return;
        media = nc_list_push(job, &job->media, sizeof(*media));
        if (!media)
            return;
        media->name = name;
        *find_slot(job, name) = (uint32_t)job->media.count;
    }
    media->media_type = media_type;
    media->bytes = bytes;
}

const nc_media *nc_media_at(const nc_job *job, size_t index)
{
    const nc_media *media = job->media.items;

    return index < job->media.count ? &media[index] : NULL;
}

/* ------------------------------------------------------------ data: URIs */

static int hex_value(char c)
{
    return isdigit((unsigned char)c)    ? c - '0'
           : isxdigit((unsigned char)c) ? (c | 32) - 'a' + 10
                                        : -1;
}

/* %41 becomes A; a lone % stays. */
static nc_bytes percent_decoded(nc_job *job, nc_bytes text)
{
    nc_bytes copy = nc_copy(job, text);
    char *to = (char *)(uintptr_t)copy.ptr;
    size_t length = 0;

    for (size_t i = 0; i < copy.len; i++) {
        bool escaped = copy.ptr[i] == '%' && i + 2 < copy.len && hex_value(copy.ptr[i + 1]) >= 0 &&
                       hex_value(copy.ptr[i + 2]) >= 0;

        to[length++] = escaped
                           ? (char)(hex_value(copy.ptr[i + 1]) * 16 + hex_value(copy.ptr[i + 2]))
                           : copy.ptr[i];
        i += escaped ? 2 : 0;
    }
    return (nc_bytes){ copy.ptr, length };
}

static int base64_value(char c)
{
    static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    const char *at = c ? strchr(digits, c) : NULL;

    return at ? (int)(at - digits) : c == '-' ? 62 : c == '_' ? 63 : -1;
}

static bool base64_decoded(nc_job *job, nc_bytes text, nc_bytes *bytes)
{
    static const int shift[4] = { 0, 0, 4, 2 }; /* by how many digits of the group are read */
    char *room = nc_text_take(job, text.len / 4 * 3 + 3);
    uint32_t bits = 0;
    size_t length = 0, count = 0;

    if (!room)
        return false;
    for (size_t i = 0; i < text.len && text.ptr[i] != '='; i++) {
        int value = base64_value(text.ptr[i]);

        if (isspace((unsigned char)text.ptr[i]))
            continue;
        if (value < 0)
            return false;
        bits = bits << 6 | (uint32_t)value;
        if (++count % 4 != 1)
            room[length++] = (char)(bits >> shift[count % 4]);
    }
    *bytes = (nc_bytes){ room, length };
    return true;
}

bool nc_data_uri(nc_job *job, nc_bytes uri, nc_bytes *media_type, nc_bytes *bytes)
{
    const char *comma;
    nc_bytes head;
    bool base64;

    if (uri.len < 5 || strncasecmp(uri.ptr, "data:", 5) != 0)
        return false;
    comma = memchr(uri.ptr, ',', uri.len);
    if (!comma)
        return false;
    head = (nc_bytes){ uri.ptr + 5, (size_t)(comma - uri.ptr) - 5 };
    base64 = head.len >= 7 && strncasecmp(head.ptr + head.len - 7, ";base64", 7) == 0;
    *bytes = percent_decoded(job, (nc_bytes){ comma + 1, uri.len - head.len - 6 });
    if (base64 && !base64_decoded(job, *bytes, bytes))
        return false;
    media_type->ptr = head.ptr;
    for (media_type->len = 0; media_type->len < head.len; media_type->len++)
        if (head.ptr[media_type->len] == ';')
            break;
    if (!media_type->len)
        *media_type = NC_LITERAL("text/plain");
    return true;
}

/* ------------------------------------------------------------ files below the resource path */

/* Whether `path`, links resolved, is a regular file below `folder`; its real name in `real`. */
static bool lies_below(const char *folder, const char *path, char real[PATH_MAX])
{
    char root[PATH_MAX];
    struct stat status;
    size_t length;

    if (!realpath(folder, root) || !realpath(path, real))
        return false;
    length = strcmp(root, "/") == 0 ? 0 : strlen(root);
    return strncmp(real, root, length) == 0 && real[length] == '/' && stat(real, &status) == 0 &&
           S_ISREG(status.st_mode);
}

static bool read_below(nc_job *job, nc_bytes name, nc_bytes *bytes)
{
    const char *const *folders = job->resource_path.items;
    char path[PATH_MAX], real[PATH_MAX];

    for (size_t i = 0; i < job->resource_path.count; i++) {
        int length =
            name.len && name.ptr[0] == '/'
                ? snprintf(path, sizeof(path), "%.*s", (int)name.len, name.ptr)
                : snprintf(path, sizeof(path), "%s/%.*s", folders[i], (int)name.len, name.ptr);

        if (length > 0 && (size_t)length < sizeof(path) && lies_below(folders[i], path, real) &&
            nc_input_try(job, real, bytes))
            return true;
    }
    return false;
}

bool nc_resource_read(nc_job *job, nc_bytes name, nc_bytes *bytes)
{
    nc_bytes plain = name;

    if (plain.len >= 7 && strncasecmp(plain.ptr, "file://", 7) == 0)
        plain = (nc_bytes){ plain.ptr + 7, plain.len - 7 };
    if (!plain.len || plain.len >= PATH_MAX || memchr(plain.ptr, 0, plain.len))
        return false;
    if (read_below(job, plain, bytes))
        return true;
    for (size_t i = 0; i < plain.len; i++)
        if (plain.ptr[i] == '?' || plain.ptr[i] == '#')
            plain.len = i;
    plain = percent_decoded(job, plain);
    return !memchr(plain.ptr, 0, plain.len) && read_below(job, plain, bytes);
}

static bool is_remote(nc_bytes url)
{
    size_t at = 0;

    if (url.len >= 2 && url.ptr[0] == '/' && url.ptr[1] == '/')
        return true;
    while (at < url.len && (isalnum((unsigned char)url.ptr[at]) || strchr("+.-", url.ptr[at])))
        at++;
    return at > 1 && at < url.len && url.ptr[at] == ':' && strncasecmp(url.ptr, "file:", 5) != 0;
}

/* What is said of an address: data: URIs can be megabytes. */
static int shown(nc_bytes url)
{
    return (int)nc_utf8_valid((nc_bytes){ url.ptr, url.len < 200 ? url.len : 200 });
}

const nc_media *nc_media_load(nc_job *job, const nc_node *image, nc_bytes url)
{
    const nc_media *found = find_media(job, url);
    nc_bytes type, bytes;

    if (found || job->status)
        return found;
    if (nc_data_uri(job, url, &type, &bytes)) {
        nc_media_add(job, url, type, bytes);
    } else if (is_remote(url)) {
        nc_warn(job, image, NC_WARN_RESOURCE,
                "%.*s is not here: nothing is fetched from the network", shown(url), url.ptr);
    } else if (nc_resource_read(job, url, &bytes)) {
        nc_media_add(job, url, nc_media_type(url, bytes), bytes);
        nc_warn(job, image, NC_WARN_LOADED, "read %.*s", shown(url), url.ptr);
    } else if (job->settings.sandbox) {
        nc_warn(job, image, NC_WARN_RESOURCE, "%.*s was not read: the sandbox has no files",
                shown(url), url.ptr);
    } else {
        nc_warn(job, image, NC_WARN_RESOURCE,
                "%.*s was not found below the resource path; --resource-path names more folders",
                shown(url), url.ptr);
    }
    return find_media(job, url);
}
