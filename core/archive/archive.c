/* SPDX-License-Identifier: MIT */
/* Reading containers with libarchive: a list of entries with two tables over it, one by name, one
 * by folded name. */
#include "core/archive/archive.h"

#include <archive.h>
#include <archive_entry.h>
#include <locale.h>
#include <stdlib.h>
#include <utf8proc.h>

typedef struct archived {
    nc_bytes name, folded, bytes;
    nc_entry_state state;
} archived;

/* Open addressing over the entries: index + 1, 0 is free. */
typedef struct table {
    uint32_t *slots;
    size_t capacity;
} table;

struct nc_archive {
    nc_job *job;
    nc_bytes bytes;
    locale_t utf8; /* in it libarchive leaves names as they are */
    archived *entries;
    size_t count, capacity;
    table by_name, by_folded;
    size_t unpacked; /* bytes so far, of all entries */
    size_t wanted;
};

/* ---------------------------------------------------------------- names */

static uint64_t hash_bytes(nc_bytes bytes)
{
    uint64_t hash = UINT64_C(14695981039346656037); /* FNV-1a */

    for (size_t i = 0; i < bytes.len; i++)
        hash = (hash ^ (unsigned char)bytes.ptr[i]) * UINT64_C(1099511628211);
    return hash ^ (hash >> 32);
}

/* Composed, as libarchive makes names, and without case if asked. */
static nc_bytes mapped_name(nc_job *job, nc_bytes name, int how)
{
    utf8proc_uint8_t *text = NULL;
    utf8proc_ssize_t length =
        utf8proc_map((const utf8proc_uint8_t *)name.ptr, (utf8proc_ssize_t)name.len, &text,
                     how | UTF8PROC_STABLE | UTF8PROC_COMPOSE);
    nc_bytes folded = name;

    if (length >= 0 && text)
        folded = nc_copy(job, (nc_bytes){ (const char *)text, (size_t)length });
    free(text);
    return folded;
}

static nc_bytes key_of(const archived *item, bool folded)
{
    return folded ? item->folded : item->name;
}

static uint32_t *find_slot(const nc_archive *archive, const table *in, nc_bytes key, bool folded)
{
    size_t mask = in->capacity - 1, at = hash_bytes(key) & mask;

    while (in->slots[at] && !nc_same(key_of(&archive->entries[in->slots[at] - 1], folded), key))
        at = (at + 1) & mask;
    return &in->slots[at];
}

static bool grow_table(nc_archive *archive, table *in, bool folded)
{
    size_t capacity = in->capacity ? in->capacity * 2 : 64;
    uint32_t *slots;

    if (archive->count * 2 < in->capacity)
        return true;
    slots = nc_alloc(archive->job, capacity * sizeof *slots);
    if (!slots)
        return false;
    *in = (table){ slots, capacity };
    for (size_t i = 0; i < archive->count; i++) {
        uint32_t *slot = find_slot(archive, in, key_of(&archive->entries[i], folded), folded);

        if (!*slot)
            *slot = (uint32_t)i + 1;
    }
    return true;
}

static bool grow_entries(nc_archive *archive)
{
    size_t capacity = archive->capacity ? archive->capacity * 2 : 64;
    archived *entries;

    if (archive->count < archive->capacity)
        return true;
    entries = nc_alloc(archive->job, capacity * sizeof *entries);
    if (!entries)
        return false;
    if (archive->count)
        memcpy(entries, archive->entries, archive->count * sizeof *entries);
    archive->entries = entries;
    archive->capacity = capacity;
    return true;
}

/* Whether a name stays below the container. */
static bool is_inside(nc_bytes name)
{
    size_t start = 0;

    if (!name.len || name.ptr[0] == '/' || name.ptr[0] == '\\' ||
        (name.len > 1 && name.ptr[1] == ':'))
        return false;
    for (size_t i = 0; i <= name.len; i++) {
        if (i < name.len && name.ptr[i] != '/' && name.ptr[i] != '\\')
            continue;
        if (i - start == 2 && name.ptr[start] == '.' && name.ptr[start + 1] == '.')
            return false;
        start = i + 1;
    }
    return true;
}

static void add_entry(nc_archive *archive, nc_bytes name)
{
    nc_job *job = archive->job;
    uint32_t *slot, *folded_slot;
    archived *item;

    if (!is_inside(name)) {
        nc_warn(job, NULL, NC_WARN_INPUT, "entry %.*s passed over: its name leads out of the book",
                (int)name.len, name.ptr);
        return;
    }
    if (!grow_entries(archive) || !grow_table(archive, &archive->by_name, false) ||
        !grow_table(archive, &archive->by_folded, true))
        return;
    slot = find_slot(archive, &archive->by_name, name, false);
    if (*slot) {
        nc_warn(job, NULL, NC_WARN_INPUT, "a second entry %.*s passed over", (int)name.len,
                name.ptr);
        return;
    }
    item = &archive->entries[archive->count];
    *item = (archived){ .name = nc_copy(job, name) };
    item->folded = mapped_name(job, item->name, UTF8PROC_CASEFOLD);
    folded_slot = find_slot(archive, &archive->by_folded, item->folded, true);
    archive->count++;
    *slot = (uint32_t)archive->count;
    if (!*folded_slot)
        *folded_slot = (uint32_t)archive->count;
}

int64_t nc_archive_find(nc_archive *archive, nc_bytes name)
{
    uint32_t found;

    if (!archive || !archive->count)
        return NC_ARCHIVE_NONE;
    found = *find_slot(archive, &archive->by_name, name, false);
    if (found)
        return (int64_t)found - 1;
    found = *find_slot(archive, &archive->by_folded,
                       mapped_name(archive->job, name, UTF8PROC_CASEFOLD), true);
    if (!found)
        return NC_ARCHIVE_NONE;
    if (!nc_same(mapped_name(archive->job, name, 0), archive->entries[found - 1].name))
        nc_warn(archive->job, NULL, NC_WARN_PARSE, "%.*s is spelt %.*s in the container",
                (int)name.len, name.ptr, (int)archive->entries[found - 1].name.len,
                archive->entries[found - 1].name.ptr);
    return (int64_t)found - 1;
}

nc_bytes nc_archive_name(const nc_archive *archive, int64_t entry)
{
    return entry >= 0 && (uint64_t)entry < archive->count ? archive->entries[entry].name
                                                          : (nc_bytes){ NULL, 0 };
}

/* ---------------------------------------------------------------- passes over the container */

static struct archive *begin_pass(const nc_archive *archive)
{
    struct archive *pass = archive_read_new();

    if (!pass)
        return NULL;
    archive_read_support_format_zip_seekable(pass);
    if (archive_read_open_memory(pass, archive->bytes.ptr, archive->bytes.len) != ARCHIVE_OK) {
        archive_read_free(pass);
        return NULL;
    }
    return pass;
}

/* The next entry's name, {NULL, 0} behind the last or where the directory breaks off. */
static nc_bytes next_name(struct archive *pass, struct archive_entry **header, int *status)
{
    *status = archive_read_next_header(pass, header);
    if (*status != ARCHIVE_OK && *status != ARCHIVE_WARN)
        return (nc_bytes){ NULL, 0 };
    return nc_string(archive_entry_pathname(*header) ? archive_entry_pathname(*header) : "");
}

static bool read_directory(nc_archive *archive, struct archive *pass)
{
    size_t most = nc_job_limits(archive->job)->entries, entries = 0;
    struct archive_entry *header;
    nc_bytes name;
    int status;

    while ((name = next_name(pass, &header, &status)).ptr && !nc_job_status(archive->job)) {
        if (++entries > most) {
            nc_fail(archive->job, NC_ELIMIT,
                    "more than %zu entries in the container; --max-entries raises the limit", most);
            return false;
        }
        if (name.len && nc_utf8_valid(name) == name.len &&
            archive_entry_filetype(header) != AE_IFDIR)
            add_entry(archive, name);
        else if (nc_utf8_valid(name) != name.len)
            nc_warn(archive->job, NULL, NC_WARN_INPUT,
                    "an entry whose name is not UTF-8 passed over");
    }
    return status == ARCHIVE_EOF;
}

nc_archive *nc_archive_open(nc_job *job, nc_bytes bytes)
{
    nc_archive *archive = nc_alloc(job, sizeof *archive);
    struct archive *pass;
    locale_t outer;
    bool good;

    if (!archive)
        return NULL;
    *archive = (nc_archive){ .job = job, .bytes = bytes };
    archive->utf8 = newlocale(LC_CTYPE_MASK, "C.UTF-8", (locale_t)0);
    outer = uselocale(archive->utf8);
    pass = begin_pass(archive);
    good = pass && read_directory(archive, pass);
    archive_read_free(pass);
    uselocale(outer);
    if (good && archive->count)
        return archive;
    if (!nc_job_status(job))
        nc_fail(job, NC_EINPUT, "not a zip container, or a damaged or truncated one");
    nc_archive_close(archive);
    return NULL;
}

void nc_archive_close(nc_archive *archive)
{
    if (archive && archive->utf8)
        freelocale(archive->utf8);
}

void nc_archive_want(nc_archive *archive, int64_t entry)
{
    if (entry >= 0 && (uint64_t)entry < archive->count &&
        archive->entries[entry].state == NC_ENTRY_UNREAD) {
        archive->entries[entry].state = NC_ENTRY_WANTED;
        archive->wanted++;
    }
}

nc_entry_state nc_archive_entry(const nc_archive *archive, int64_t entry, nc_bytes *bytes)
{
    *bytes = (nc_bytes){ NULL, 0 };
    if (entry < 0 || (uint64_t)entry >= archive->count)
        return NC_ENTRY_UNREAD;
    *bytes = archive->entries[entry].bytes;
    return archive->entries[entry].state;
}

/* Whether `size` bytes, unpacked from `packed`, are within the limits. */
static bool within_limits(nc_archive *archive, const archived *item, size_t size, int64_t packed)
{
    const nc_limits *limits = nc_job_limits(archive->job);
    size_t ratio_free = 64 * 1024; /* small entries may be packed as well as they can */

    if (size > limits->unpacked_bytes || archive->unpacked > limits->unpacked_bytes - size) {
        nc_fail(archive->job, NC_ELIMIT,
                "more than %zu bytes unpacked; --max-unpacked-bytes raises the limit",
                limits->unpacked_bytes);
        return false;
    }
    if (size > ratio_free && packed >= 0 && limits->unpack_ratio &&
        size / limits->unpack_ratio > (uint64_t)packed) {
        nc_fail(archive->job, NC_ELIMIT,
                "%.*s is packed more than %zu times; --max-unpack-ratio raises the limit",
                (int)item->name.len, item->name.ptr, limits->unpack_ratio);
        return false;
    }
    return true;
}

/* Unpack into `buf`, block by block, so that a lie about the size costs no more than the limits
 * allow. */
static bool unpack(nc_archive *archive, struct archive *pass, const archived *item, nc_buf *buf)
{
    int64_t start = archive_filter_bytes(pass, -1), offset;
    const void *block;
    size_t size;
    int status;

    while ((status = archive_read_data_block(pass, &block, &size, &offset)) == ARCHIVE_OK) {
        if (!within_limits(archive, item, buf->len + size,
                           archive_filter_bytes(pass, -1) - start + (int64_t)size))
            return false;
        nc_put(buf, (nc_bytes){ block, size });
        if (nc_job_status(archive->job))
            return false;
    }
    return status == ARCHIVE_EOF;
}

/* Unpack an entry into `buf`, the same for all, and keep what came out. */
static void read_entry(nc_archive *archive, struct archive *pass, archived *item, nc_buf *buf,
                       nc_archive_keep keep)
{
    nc_bytes unpacked;

    buf->len = 0;
    item->state = unpack(archive, pass, item, buf) ? NC_ENTRY_READ : NC_ENTRY_DAMAGED;
    unpacked = (nc_bytes){ buf->ptr ? buf->ptr : "", buf->len };
    if (item->state == NC_ENTRY_READ) {
        item->bytes = keep ? keep(archive->job, unpacked) : nc_copy(archive->job, unpacked);
        archive->unpacked += unpacked.len;
    }
}

static void read_wanted(nc_archive *archive, struct archive *pass, nc_archive_keep keep)
{
    struct archive_entry *header;
    nc_bytes name;
    nc_buf buf;
    int status;

    nc_buf_open(&buf, archive->job);
    while (archive->wanted && !nc_job_status(archive->job) &&
           (name = next_name(pass, &header, &status)).ptr) {
        uint32_t found = *find_slot(archive, &archive->by_name, name, false);
        archived *item = found ? &archive->entries[found - 1] : NULL;

        if (!item || item->state != NC_ENTRY_WANTED)
            continue;
        archive->wanted--;
        if (archive_entry_is_encrypted(header))
            item->state = NC_ENTRY_LOCKED;
        else
            read_entry(archive, pass, item, &buf, keep);
    }
    nc_buf_close(&buf);
}

nc_status nc_archive_fetch(nc_archive *archive, nc_archive_keep keep)
{
    struct archive *pass;
    locale_t outer;

    if (!archive->wanted || nc_job_status(archive->job))
        return nc_job_status(archive->job);
    outer = uselocale(archive->utf8);
    pass = begin_pass(archive);
    if (pass)
        read_wanted(archive, pass, keep);
    else
        nc_fail(archive->job, NC_EMEM, "out of memory");
    archive_read_free(pass);
    uselocale(outer);
    return nc_job_status(archive->job);
}
