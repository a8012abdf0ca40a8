/* SPDX-License-Identifier: MIT */
/* Reading containers from memory. An entry is unpacked only into room that the limits allow. */
#include "core/zip/zip.h"

#include <zip.h>

struct nc_unzip {
    nc_job *job;
    const char *name;
    zip_t *archive;
    size_t unpacked; /* bytes so far, of all entries */
};

nc_unzip *nc_unzip_open(nc_job *job, nc_bytes bytes, const char *name)
{
    nc_unzip *zip = nc_alloc(job, sizeof(*zip));
    zip_source_t *from = zip ? zip_source_buffer_create(bytes.ptr, bytes.len, 0, NULL) : NULL;

    if (!from)
        return NULL;
    *zip = (nc_unzip){ .job = job, .name = name };
    zip->archive = zip_open_from_source(from, ZIP_RDONLY, NULL);
    if (!zip->archive) {
        zip_source_free(from);
        nc_fail(job, NC_EINPUT, "%s: not a zip container, or a damaged one", name);
        return NULL;
    }
    if ((zip_uint64_t)zip_get_num_entries(zip->archive, 0) > nc_job_limits(job)->entries) {
        zip_discard(zip->archive);
        nc_fail(job, NC_ELIMIT, "%s: more than %zu entries; --max-entries raises the limit", name,
                nc_job_limits(job)->entries);
        return NULL;
    }
    return zip;
}

void nc_unzip_close(nc_unzip *zip)
{
    if (zip)
        zip_discard(zip->archive);
}

/* Whether an entry of `size` bytes, packed into `packed`, is within the limits. */
static bool within_limits(nc_unzip *zip, const zip_stat_t *stat)
{
    const nc_limits *limits = nc_job_limits(zip->job);
    uint64_t ratio_free = 64 * 1024; /* small entries may be packed as well as they can */

    if (stat->size > limits->unpacked_bytes ||
        zip->unpacked > limits->unpacked_bytes - stat->size) {
        nc_fail(zip->job, NC_ELIMIT,
                "%s: more than %zu bytes unpacked; --max-unpacked-bytes raises the limit",
                zip->name, limits->unpacked_bytes);
        return false;
    }
    if (stat->size > ratio_free && stat->size / limits->unpack_ratio > stat->comp_size) {
        nc_fail(zip->job, NC_ELIMIT,
                "%s: %s is packed more than %zu times; --max-unpack-ratio raises the limit",
                zip->name, stat->name, limits->unpack_ratio);
        return false;
    }
    return true;
}

static nc_bytes read_entry(nc_unzip *zip, const zip_stat_t *stat)
{
    zip_file_t *file = zip_fopen_index(zip->archive, stat->index, 0);
    char *bytes = file ? nc_alloc(zip->job, stat->size + 1) : NULL;
    bool good = bytes && zip_fread(file, bytes, stat->size) == (zip_int64_t)stat->size;
    char rest;

    /* Reading on past the end makes libzip check the checksum. */
    if (good && zip_fread(file, &rest, 1) != 0)
        good = false;
    if (file)
        zip_fclose(file);
    if (!good) {
        nc_fail(zip->job, NC_EINPUT, "%s: %s cannot be unpacked", zip->name, stat->name);
        return (nc_bytes){ NULL, 0 };
    }
    zip->unpacked += stat->size;
    return (nc_bytes){ bytes, stat->size };
}

nc_bytes nc_unzip_entry(nc_unzip *zip, nc_bytes name)
{
    nc_bytes nothing = { NULL, 0 };
    const char *spelt;
    zip_int64_t index;
    zip_stat_t stat;

    if (!zip || nc_job_status(zip->job))
        return nothing;
    spelt = nc_zip_name(zip->job, name);
    index = spelt ? zip_name_locate(zip->archive, spelt, ZIP_FL_NOCASE) : -1;
    if (index < 0)
        return nothing;
    zip_stat_init(&stat);
    if (zip_stat_index(zip->archive, (zip_uint64_t)index, 0, &stat) < 0 ||
        !(stat.valid & ZIP_STAT_SIZE) || !(stat.valid & ZIP_STAT_COMP_SIZE)) {
        nc_fail(zip->job, NC_EINPUT, "%s: %s cannot be unpacked", zip->name, spelt);
        return nothing;
    }
    return within_limits(zip, &stat) ? read_entry(zip, &stat) : nothing;
}
