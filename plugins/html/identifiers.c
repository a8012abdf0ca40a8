/* SPDX-License-Identifier: MIT */
/* Identifiers of headings, made from their text as pandoc makes them. */
#include "plugins/html/read.h"

#include <utf8proc.h>

typedef struct entry {
    nc_bytes id;
    size_t next;       /* the number to try when the id is wanted again */
    dom_node *element; /* of a note */
} entry;

struct html_identifiers {
    entry *entries;         /* open addressing; empty: id.ptr NULL */
    size_t count, capacity; /* a power of two */
};

static size_t hash(nc_bytes text)
{
    uint64_t value = 14695981039346656037u;

    for (size_t i = 0; i < text.len; i++)
        value = (value ^ (unsigned char)text.ptr[i]) * 1099511628211u;
    return (size_t)(value ^ (value >> 32));
}

/* The place of `id`, taken or free. */
static entry *find(html_identifiers *set, nc_bytes id)
{
    size_t at = hash(id) & (set->capacity - 1);

    while (set->entries[at].id.ptr && !nc_same(set->entries[at].id, id))
        at = (at + 1) & (set->capacity - 1);
    return &set->entries[at];
}

static bool grow(nc_job *job, html_identifiers *set)
{
    html_identifiers larger = { NULL, set->count, set->capacity ? set->capacity * 2 : 64 };

    larger.entries = nc_alloc(job, larger.capacity * sizeof(entry));
    if (!larger.entries)
        return false;
    for (size_t i = 0; i < set->capacity; i++)
        if (set->entries[i].id.ptr)
            *find(&larger, set->entries[i].id) = set->entries[i];
    *set = larger;
    return true;
}

/* Add `id` unless it is there; its entry, or NULL when memory ends. `is_new` says which. */
static entry *add(html_reader *reader, html_identifiers **in, nc_bytes id, bool *is_new)
{
    html_identifiers *set = *in;
    entry *found;

    if (!set)
        set = *in = nc_alloc(reader->job, sizeof *set);
    if (!set || (set->count * 2 >= set->capacity && !grow(reader->job, set)))
        return NULL;
    found = find(set, id);
    *is_new = !found->id.ptr;
    if (*is_new) {
        *found = (entry){ id, 1, NULL };
        set->count++;
    }
    return found;
}

void html_note_identifier(html_reader *reader, nc_bytes id)
{
    bool is_new;

    if (id.len)
        add(reader, &reader->identifiers, id, &is_new);
}

void html_set_note(html_reader *reader, nc_bytes id, dom_node *item)
{
    bool is_new;
    entry *found = add(reader, &reader->notes, id, &is_new);

    if (found && is_new)
        found->element = item;
}

dom_node *html_note(html_reader *reader, nc_bytes id)
{
    return reader->notes && reader->notes->capacity ? find(reader->notes, id)->element : NULL;
}

static bool is_word_character(uint32_t c)
{
    switch (utf8proc_category((utf8proc_int32_t)c)) {
    case UTF8PROC_CATEGORY_LU:
    case UTF8PROC_CATEGORY_LL:
    case UTF8PROC_CATEGORY_LT:
    case UTF8PROC_CATEGORY_LM:
    case UTF8PROC_CATEGORY_LO:
    case UTF8PROC_CATEGORY_ND:
    case UTF8PROC_CATEGORY_NL:
    case UTF8PROC_CATEGORY_NO: return true;
    default: return false;
    }
}

static bool is_letter(uint32_t c)
{
    return is_word_character(c) && utf8proc_category((utf8proc_int32_t)c) < UTF8PROC_CATEGORY_MN;
}

static bool is_mark(uint32_t c)
{
    utf8proc_category_t category = utf8proc_category((utf8proc_int32_t)c);

    return category == UTF8PROC_CATEGORY_MN || category == UTF8PROC_CATEGORY_MC ||
           category == UTF8PROC_CATEGORY_ME;
}

static uint32_t to_ascii(uint32_t c)
{
    utf8proc_int32_t parts[8];
    utf8proc_ssize_t count = utf8proc_decompose_char((utf8proc_int32_t)c, parts, 8,
                                                     UTF8PROC_DECOMPOSE | UTF8PROC_COMPAT, NULL);

    return count > 0 && parts[0] < 128 ? (uint32_t)parts[0] : 0;
}

/* Lower case, words apart by hyphens, letters, digits, "_", "-" and "." alone, from the first
 * letter on. */
static nc_bytes identifier_of(html_reader *reader, nc_bytes text)
{
    char *out = nc_alloc(reader->job, text.len * 2 + 4);
    size_t len = 0;
    bool gap = false;

    for (size_t at = 0; out && at < text.len;) {
        uint32_t c = nc_utf8_next(text, &at);

        if (reader->options->ascii_identifiers)
            c = to_ascii(c);
        if (c == ' ' || c == '\n' || c == '\t' || c == 0xA0 || c == 0x2003 || c == 0x2009 ||
            c == 0x202F || c == 0x3000) {
            gap = true;
        } else if (c == '_' || c == '-' || c == '.' || is_word_character(c) || is_mark(c)) {
            if (!len && !is_letter(c))
                continue;
            if (gap && len)
                out[len++] = '-';
            gap = false;
            len += nc_utf8_put(out + len, (uint32_t)utf8proc_tolower((utf8proc_int32_t)c));
        }
    }
    return len ? (nc_bytes){ out, len } : NC_LITERAL("section");
}

nc_bytes html_new_identifier(html_reader *reader, const nc_node *heading)
{
    nc_bytes base = identifier_of(reader, nc_stringify(reader->job, heading)), id = base;
    bool is_new = true;
    entry *first = add(reader, &reader->identifiers, base, &is_new);
    size_t number = first ? first->next : 1;

    while (!is_new && nc_job_status(reader->job) == NC_OK) {
        id = nc_print(reader->job, "%.*s-%zu", (int)base.len, base.ptr, number++);
        if (!add(reader, &reader->identifiers, id, &is_new))
            break;
    }
    if (reader->identifiers && number > 1)
        find(reader->identifiers, base)->next = number;
    return id;
}
