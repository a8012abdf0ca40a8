/* SPDX-License-Identifier: MIT */
/* Names of files in a book, and the addresses that name them. */
#include "plugins/epub/epub.h"

#include <ctype.h>

nc_bytes epub_folder(nc_bytes path)
{
    while (path.len && path.ptr[path.len - 1] != '/')
        path.len--;
    return path;
}

nc_bytes epub_file_name(nc_bytes path)
{
    size_t folder = epub_folder(path).len;

    return path.len ? (nc_bytes){ path.ptr + folder, path.len - folder } : path;
}

/* The part of `path` that begins at `at`, up to the next slash. */
static nc_bytes part_at(nc_bytes path, size_t at)
{
    size_t end = at;

    while (end < path.len && path.ptr[end] != '/')
        end++;
    return (nc_bytes){ path.ptr + at, end - at };
}

/* Cut the last part off; false when there is none, or only "..". */
static bool cut_part(const char *path, size_t *length, size_t root)
{
    size_t start = *length;

    while (start > root && path[start - 1] != '/')
        start--;
    if (start == *length || (*length - start == 2 && memcmp(path + start, "..", 2) == 0))
        return false;
    *length = start > root ? start - 1 : root;
    return true;
}

nc_bytes epub_join(nc_job *job, nc_bytes folder, nc_bytes address)
{
    bool absolute = address.len && address.ptr[0] == '/';
    nc_bytes whole = absolute ? address
                              : nc_print(job, "%.*s%.*s", (int)folder.len, folder.ptr,
                                         (int)address.len, address.ptr);
    char *out = nc_alloc(job, whole.len + 1);
    size_t root = whole.len && whole.ptr[0] == '/', length = root;

    if (!out)
        return whole;
    out[0] = '/';
    for (size_t at = root; at < whole.len;) {
        nc_bytes part = part_at(whole, at);

        at += part.len + 1;
        if (!part.len || nc_is(part, ".") || (nc_is(part, "..") && cut_part(out, &length, root)))
            continue;
        if (length > root)
            out[length++] = '/';
        memcpy(out + length, part.ptr, part.len);
        length += part.len;
    }
    return (nc_bytes){ out, length };
}

static int hex_value(char c)
{
    return isdigit((unsigned char)c)    ? c - '0'
           : isxdigit((unsigned char)c) ? (c | 32) - 'a' + 10
                                        : -1;
}

nc_bytes epub_decoded(nc_job *job, nc_bytes text)
{
    char *out = text.len && memchr(text.ptr, '%', text.len) ? nc_alloc(job, text.len) : NULL;
    nc_bytes decoded = { out, 0 };

    for (size_t i = 0; out && i < text.len; i++) {
        bool escape = text.ptr[i] == '%' && i + 2 < text.len && hex_value(text.ptr[i + 1]) >= 0 &&
                      hex_value(text.ptr[i + 2]) >= 0;

        out[decoded.len++] =
            escape ? (char)(hex_value(text.ptr[i + 1]) * 16 + hex_value(text.ptr[i + 2]))
                   : text.ptr[i];
        i += escape ? 2 : 0;
    }
    return out && nc_utf8_valid(decoded) == decoded.len && !memchr(out, 0, decoded.len) ? decoded
                                                                                        : text;
}

static bool is_forbidden(char c)
{
    return (unsigned char)c <= ' ' || strchr("<>|\"{}[]^`", c);
}

nc_bytes epub_escaped(nc_job *job, nc_bytes text)
{
    static const char digits[] = "0123456789ABCDEF";
    size_t count = 0, length = 0;
    char *out;

    for (size_t i = 0; i < text.len; i++)
        count += is_forbidden(text.ptr[i]);
    out = count ? nc_alloc(job, text.len + 2 * count) : NULL;
    if (!out)
        return text;
    for (size_t i = 0; i < text.len; i++) {
        unsigned char c = (unsigned char)text.ptr[i];

        if (is_forbidden(text.ptr[i])) {
            out[length++] = '%';
            out[length++] = digits[c >> 4];
            out[length++] = digits[c & 15];
        } else {
            out[length++] = text.ptr[i];
        }
    }
    return (nc_bytes){ out, length };
}

nc_bytes epub_before_fragment(nc_bytes address)
{
    const char *hash = address.len ? memchr(address.ptr, '#', address.len) : NULL;

    return hash ? (nc_bytes){ address.ptr, (size_t)(hash - address.ptr) } : address;
}

nc_bytes epub_fragment(nc_bytes address)
{
    size_t length = epub_before_fragment(address).len;

    return length < address.len ? (nc_bytes){ address.ptr + length + 1, address.len - length - 1 }
                                : (nc_bytes){ NULL, 0 };
}

nc_bytes epub_path(nc_job *job, nc_bytes folder, nc_bytes address)
{
    nc_bytes nowhere = { NULL, 0 }, path = epub_before_fragment(address);
    const char *query = path.len ? memchr(path.ptr, '?', path.len) : NULL;

    if (query)
        path.len = (size_t)(query - path.ptr);
    if (!path.len || epub_is_remote(path))
        return nowhere;
    path = epub_join(job, folder, epub_decoded(job, path));
    if (path.len && path.ptr[0] == '/')
        path = (nc_bytes){ path.ptr + 1, path.len - 1 };
    if (path.len >= 2 && path.ptr[0] == '.' && path.ptr[1] == '.' &&
        (path.len == 2 || path.ptr[2] == '/'))
        return nowhere;
    return path;
}

bool epub_is_remote(nc_bytes address)
{
    size_t at = 0;

    if (address.len >= 2 && address.ptr[0] == '/' && address.ptr[1] == '/')
        return true;
    while (at < address.len &&
           (isalnum((unsigned char)address.ptr[at]) || strchr("+.-", address.ptr[at])))
        at++;
    return at > 0 && at < address.len && address.ptr[at] == ':';
}

/* ---------------------------------------------------------------- sets */

static nc_bytes *find_slot(const epub_set *set, nc_bytes text)
{
    uint64_t hash = UINT64_C(14695981039346656037); /* FNV-1a */
    size_t at;

    for (size_t i = 0; i < text.len; i++)
        hash = (hash ^ (unsigned char)text.ptr[i]) * UINT64_C(1099511628211);
    at = (hash ^ (hash >> 32)) & (set->capacity - 1);
    while (set->slots[at].ptr && !nc_same(set->slots[at], text))
        at = (at + 1) & (set->capacity - 1);
    return &set->slots[at];
}

static bool grow_set(nc_job *job, epub_set *set)
{
    epub_set larger = { NULL, set->count, set->capacity ? set->capacity * 2 : 64 };

    larger.slots = nc_alloc(job, larger.capacity * sizeof *larger.slots);
    if (!larger.slots)
        return false;
    for (size_t i = 0; i < set->capacity; i++)
        if (set->slots[i].ptr)
            *find_slot(&larger, set->slots[i]) = set->slots[i];
    *set = larger;
    return true;
}

bool epub_set_add(nc_job *job, epub_set *set, nc_bytes text)
{
    nc_bytes *slot;

    if (!text.ptr || (set->count * 2 >= set->capacity && !grow_set(job, set)))
        return false;
    slot = find_slot(set, text);
    if (slot->ptr)
        return false;
    *slot = text;
    set->count++;
    return true;
}

bool epub_set_has(const epub_set *set, nc_bytes text)
{
    return set->capacity && text.ptr && find_slot(set, text)->ptr;
}
