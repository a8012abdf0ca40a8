/* SPDX-License-Identifier: MIT */
/* --extract-media: what the images show goes into files, and the images name these. */
#include "core/media.h"
#include "core/output.h"

#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <sys/stat.h>

/* A relative name without "..", absolute parts or an address can be used as it is. */
static bool is_plain_name(nc_bytes name)
{
    return name.len && name.len < 200 && name.ptr[0] != '/' && name.ptr[0] != '.' &&
           !memmem(name.ptr, name.len, "..", 2) && !memchr(name.ptr, ':', name.len) &&
           !memchr(name.ptr, '?', name.len) && !memchr(name.ptr, '%', name.len) &&
           !memchr(name.ptr, '\\', name.len);
}

/* FNV-1a over the bytes, twice with different seeds: 128 bits are enough to tell pictures apart. */
static nc_bytes name_by_content(nc_job *job, const nc_media *media)
{
    uint64_t a = UINT64_C(14695981039346656037), b = UINT64_C(0x9E3779B97F4A7C15);

    for (size_t i = 0; i < media->bytes.len; i++) {
        a = (a ^ (unsigned char)media->bytes.ptr[i]) * UINT64_C(1099511628211);
        b = (b ^ (unsigned char)media->bytes.ptr[i]) * UINT64_C(0x5851F42D4C957F2D);
    }
    return nc_print(job, "%016llx%016llx.%s", (unsigned long long)a, (unsigned long long)b,
                    nc_media_extension(media->media_type));
}

/* Make the folders above `path`. */
static bool make_folders(const char *path)
{
    char folder[PATH_MAX];

    for (size_t i = 1; path[i] && i < sizeof(folder); i++) {
        if (path[i] != '/')
            continue;
        memcpy(folder, path, i);
        folder[i] = 0;
        if (mkdir(folder, 0777) != 0 && errno != EEXIST)
            return false;
    }
    return true;
}

static nc_status save_medium(nc_job *job, const nc_media *media, const char *folder, nc_bytes *path)
{
    nc_bytes name = is_plain_name(media->name) ? media->name : name_by_content(job, media);

    *path = nc_print(job, "%s/%.*s", folder, (int)name.len, name.ptr);
    if (job->status)
        return job->status;
    if (!make_folders(path->ptr))
        return nc_fail(job, NC_EIO, "cannot make the folder of %s: %m", path->ptr);
    return nc_output_save(job, path->ptr, media->bytes);
}

nc_status nc_media_extract(nc_job *job, nc_node *doc, const char *folder)
{
    nc_walk walk = { .root = doc };

    while (!job->status && nc_walk_next(&walk)) {
        nc_node *image = (nc_node *)(uintptr_t)walk.node; /* the walk allows fields to change */
        const nc_media *media;
        nc_bytes path;

        if (!walk.entering || image->kind != NC_IMAGE)
            continue;
        media = nc_media_load(job, image, image->target->url);
        if (media && save_medium(job, media, folder, &path) == NC_OK) {
            nc_media_add(job, path, media->media_type, media->bytes);
            ((nc_target *)nc_record(job, image))->url = path;
        }
    }
    return job->status;
}
