/* SPDX-License-Identifier: MIT */
/* Writing containers: libdeflate packs, libzip lays out. libzip takes an entry as it is when its
 * source reports the method, both sizes and the checksum. */
#include "core/zip/zip.h"

#include <libdeflate.h>
#include <zip.h>

enum { PACKING_LEVEL = 6 };

/* 1980-01-01 00:00, the first moment that a container can name. */
enum { DOS_DATE = 1 << 5 | 1, DOS_TIME = 0 };

typedef struct entry {
    const char *name;
    nc_bytes bytes;  /* what goes into the container */
    nc_buf packed;   /* holds the bytes if they were packed */
    size_t size, at; /* unpacked size; how far libzip has read */
    uint32_t checksum;
    nc_packing packing;
    struct entry *next;
} entry;

struct nc_zip {
    nc_job *job;
    struct libdeflate_compressor *compressor;
    entry *first, **last;
};

nc_zip *nc_zip_open(nc_job *job)
{
    nc_zip *zip = nc_alloc(job, sizeof(*zip));

    if (!zip)
        return NULL;
    *zip = (nc_zip){ .job = job, .last = &zip->first };
    zip->compressor = libdeflate_alloc_compressor(PACKING_LEVEL);
    if (!zip->compressor) {
        nc_fail(job, NC_EMEM, "out of memory");
        return NULL;
    }
    return zip;
}

void nc_zip_close(nc_zip *zip)
{
    if (!zip)
        return;
    for (entry *e = zip->first; e; e = e->next)
        nc_buf_close(&e->packed);
    libdeflate_free_compressor(zip->compressor);
}

static void pack(nc_zip *zip, entry *e)
{
    size_t bound = libdeflate_deflate_compress_bound(zip->compressor, e->bytes.len);

    if (!nc_buf_reserve(&e->packed, bound))
        return;
    e->packed.len = libdeflate_deflate_compress(zip->compressor, e->bytes.ptr, e->bytes.len,
                                                e->packed.ptr, bound);
    if (e->packed.len == 0 || e->packed.len >= e->bytes.len) {
        e->packing = NC_ZIP_STORE;
        e->packed.len = 0;
        nc_put(&e->packed, e->bytes);
    }
    e->bytes = (nc_bytes){ e->packed.ptr, e->packed.len };
}

void nc_zip_add(nc_zip *zip, nc_bytes name, nc_bytes bytes, nc_packing packing)
{
    entry *e = zip ? nc_alloc(zip->job, sizeof(*e)) : NULL;

    if (!e || nc_job_status(zip->job))
        return;
    e->name = nc_zip_name(zip->job, name);
    e->bytes = bytes;
    e->size = bytes.len;
    e->packing = packing;
    e->checksum = libdeflate_crc32(0, bytes.ptr, bytes.len);
    nc_buf_open(&e->packed, zip->job);
    *zip->last = e;
    zip->last = &e->next;
    if (packing == NC_ZIP_DEFLATE && bytes.len)
        pack(zip, e);
    else
        e->packing = NC_ZIP_STORE;
}

/* ------------------------------------------------------------ what libzip sees of an entry */

static zip_int64_t source_stat(const entry *e, void *data, zip_uint64_t len)
{
    zip_stat_t *stat = data;

    if (len < sizeof(*stat))
        return -1;
    zip_stat_init(stat);
    stat->valid = ZIP_STAT_SIZE | ZIP_STAT_COMP_SIZE | ZIP_STAT_COMP_METHOD | ZIP_STAT_CRC;
    stat->size = e->size;
    stat->comp_size = e->bytes.len;
    stat->comp_method = e->packing == NC_ZIP_STORE ? ZIP_CM_STORE : ZIP_CM_DEFLATE;
    stat->crc = e->checksum;
    return sizeof(*stat);
}

static zip_int64_t source_read(entry *e, void *data, zip_uint64_t len)
{
    size_t left = e->bytes.len - e->at, size = len < left ? (size_t)len : left;

    if (size)
        memcpy(data, e->bytes.ptr + e->at, size);
    e->at += size;
    return (zip_int64_t)size;
}

static zip_int64_t source(void *user, void *data, zip_uint64_t len, zip_source_cmd_t command)
{
    entry *e = user;

    switch (command) {
    case ZIP_SOURCE_OPEN: e->at = 0; return 0;
    case ZIP_SOURCE_READ: return source_read(e, data, len);
    case ZIP_SOURCE_STAT: return source_stat(e, data, len);
    case ZIP_SOURCE_CLOSE:
    case ZIP_SOURCE_FREE: return 0;
    case ZIP_SOURCE_SUPPORTS: return ZIP_SOURCE_SUPPORTS_READABLE;
    default: return -1;
    }
}

/* ------------------------------------------------------------ laying out */

static bool add_entries(nc_zip *zip, zip_t *archive)
{
    for (entry *e = zip->first; e; e = e->next) {
        zip_source_t *from = zip_source_function(archive, source, e);
        zip_int64_t index;

        if (!from)
            return false;
        index = zip_file_add(archive, e->name, from, ZIP_FL_ENC_UTF_8);
        if (index < 0) {
            zip_source_free(from);
            return false;
        }
        if (zip_file_set_dostime(archive, (zip_uint64_t)index, DOS_TIME, DOS_DATE, 0) < 0 ||
            zip_set_file_compression(archive, (zip_uint64_t)index,
                                     e->packing == NC_ZIP_STORE ? ZIP_CM_STORE : ZIP_CM_DEFLATE,
                                     0) < 0)
            return false;
    }
    return true;
}

/* Copy what libzip wrote into memory to the end of `out`. */
static bool copy_out(zip_source_t *memory, nc_buf *out)
{
    zip_stat_t stat;
    zip_int64_t got = -1;

    if (zip_source_stat(memory, &stat) < 0 || !(stat.valid & ZIP_STAT_SIZE) ||
        zip_source_open(memory) < 0)
        return false;
    if (nc_buf_reserve(out, stat.size))
        got = zip_source_read(memory, out->ptr + out->len, stat.size);
    zip_source_close(memory);
    if (got < 0 || (zip_uint64_t)got != stat.size)
        return false;
    out->len += stat.size;
    return true;
}

static bool lay_out(nc_zip *zip, zip_source_t *memory, nc_buf *out)
{
    zip_t *archive = zip_open_from_source(memory, ZIP_TRUNCATE, NULL);

    if (!archive)
        return false;
    zip_source_keep(memory); /* so that it outlives the archive */
    if (!add_entries(zip, archive) || zip_close(archive) < 0) {
        zip_discard(archive);
        zip_source_free(memory);
        return false;
    }
    return copy_out(memory, out);
}

nc_status nc_zip_finish(nc_zip *zip, nc_buf *out)
{
    zip_source_t *memory;

    if (!zip || nc_job_status(zip->job))
        return zip ? nc_job_status(zip->job) : NC_EMEM;
    memory = zip_source_buffer_create(NULL, 0, 0, NULL);
    if (!memory || !lay_out(zip, memory, out))
        nc_fail(zip->job, NC_EMEM, "out of memory while writing the container");
    zip_source_free(memory);
    return nc_job_status(zip->job);
}
