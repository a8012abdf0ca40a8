/* SPDX-License-Identifier: MIT */
/* The metadata vocabulary: its table, and values checked by it. */
#include "core/vocabulary.h"
#include "core/date.h"

#include <stdlib.h>
#include <utf8proc.h>

const nc_term nc_vocabulary[] = {
#define NC_TERM(key, type, many, minimum, maximum, meaning, newsml, nitf) \
    { #key, NC_TERM_##type, many, minimum, maximum, meaning, newsml, nitf },
#include "core/vocabulary.def"
#undef NC_TERM
    { 0 },
};

/* ---------------------------------------------------------------- plain text */

/* Source: Unicode, property White_Space. */
bool nc_is_blank(uint32_t c)
{
    return (c >= 9 && c <= 13) || (c >= 0x1c && c <= 0x20) || c == 0x85 || c == 0xa0 ||
           c == 0x1680 || (c >= 0x2000 && c <= 0x200a) || c == 0x2028 || c == 0x2029 ||
           c == 0x202f || c == 0x205f || c == 0x3000;
}

bool nc_has_text(nc_bytes text)
{
    for (size_t at = 0; at < text.len;)
        if (!nc_is_blank(nc_utf8_next(text, &at)))
            return true;
    return false;
}

/* Characters that XML 1.0 has none of go, with a warning: metadata end in attributes. */
static bool is_kept(nc_job *job, uint32_t c)
{
    if (c >= ' ' && c != 0xfffe && c != 0xffff)
        return true;
    nc_warn(job, NULL, NC_WARN_CHARACTER, "the character U+%04X cannot stand in XML; dropped",
            (unsigned)c);
    return false;
}

static nc_bytes collapsed(nc_job *job, nc_bytes text, bool *ascii)
{
    char *out = nc_alloc(job, text.len + 1);
    size_t len = 0;
    bool space = false;

    for (size_t at = 0; out && at < text.len;) {
        size_t from = at;
        uint32_t c = nc_utf8_next(text, &at);

        *ascii = *ascii && c < 0x80;
        if (c == ' ' || (c >= 9 && c <= 13)) {
            space = len != 0;
        } else if (is_kept(job, c)) {
            if (space)
                out[len++] = ' ';
            space = false;
            memcpy(out + len, text.ptr + from, at - from);
            len += at - from;
        }
    }
    return (nc_bytes){ out, out ? len : 0 };
}

static nc_bytes cleaned(nc_job *job, nc_bytes text)
{
    bool ascii = true;
    utf8proc_uint8_t *composed = NULL;
    utf8proc_ssize_t len;

    text = collapsed(job, text, &ascii);
    if (!nc_has_text(text))
        return (nc_bytes){ "", 0 };
    if (ascii)
        return text;
    len = utf8proc_map((const utf8proc_uint8_t *)text.ptr, (utf8proc_ssize_t)text.len, &composed,
                       UTF8PROC_STABLE | UTF8PROC_COMPOSE);
    if (len > 0)
        text = nc_copy(job, (nc_bytes){ (const char *)composed, (size_t)len });
    free(composed);
    return text;
}

/* ---------------------------------------------------------------- items */

const nc_node *nc_term_first(const nc_node *meta, const char *key)
{
    const nc_node *value = nc_meta_value(meta, nc_string(key));

    return value && value->kind == NC_META_LIST ? value->first : value;
}

const nc_node *nc_term_next(const nc_node *item)
{
    return item && item->parent && item->parent->kind == NC_META_LIST ? item->next : NULL;
}

static nc_bytes value_text(nc_job *job, const nc_node *value)
{
    if (!value ||
        !(nc_bit(value) & (NC_BIT(META_STRING) | NC_BIT(META_INLINES) | NC_BIT(META_BLOCKS))))
        return (nc_bytes){ "", 0 };
    return cleaned(job, value->kind == NC_META_STRING ? value->text : nc_stringify(job, value));
}

nc_bytes nc_term_field(nc_job *job, const nc_node *item, const char *field)
{
    if (!item || item->kind != NC_META_MAP)
        return (nc_bytes){ "", 0 };
    return value_text(job, nc_meta_value(item, nc_string(field)));
}

nc_bytes nc_term_item(nc_job *job, const nc_node *item)
{
    return item && item->kind == NC_META_MAP ? nc_term_field(job, item, "name")
                                             : value_text(job, item);
}

/* ---------------------------------------------------------------- values by their type */

static bool is_alphanumeric(char c)
{
    return (c >= '0' && c <= '9') || ((c | 32) >= 'a' && (c | 32) <= 'z');
}

static bool is_letters(nc_bytes text)
{
    for (size_t i = 0; i < text.len; i++)
        if ((text.ptr[i] | 32) < 'a' || (text.ptr[i] | 32) > 'z')
            return false;
    return true;
}

/* What a subtag of that length may be behind the language: extlang and script, region, variant. */
static bool is_subtag(nc_bytes sub)
{
    bool digit = sub.len && sub.ptr[0] <= '9';

    switch (sub.len) {
    case 2: return is_letters(sub);
    case 3: return is_letters(sub) || (digit && sub.ptr[1] <= '9' && sub.ptr[2] <= '9');
    case 4: return digit || is_letters(sub);
    default: return sub.len >= 5 && sub.len <= 8;
    }
}

/* A language of 2 or 3 letters; then extlang (3 letters), script (4), region (2 letters or 3
 * digits) and variants, each group at most once and in this order. Singletons (extensions) are not
 * taken. Source: RFC 5646, 2.1. */
static bool is_language(nc_bytes tag)
{
    size_t start = 0;
    int last = 0;

    for (size_t i = 0; i <= tag.len; i++) {
        nc_bytes sub = { tag.ptr + start, i - start };
        int rank;

        if (i < tag.len && tag.ptr[i] != '-') {
            if (!is_alphanumeric(tag.ptr[i]))
                return false;
            continue;
        }
        if (!start && (sub.len < 2 || sub.len > 3 || !is_letters(sub)))
            return false;
        if (start && !is_subtag(sub))
            return false;
        rank = !start                            ? 1
               : sub.len == 3 && is_letters(sub) ? 2
               : sub.len == 4 && is_letters(sub) ? 3
               : sub.len == 2 || sub.len == 3    ? 4
                                                 : 5;
        if (rank < last || (rank == last && rank < 5))
            return false;
        last = rank;
        start = i + 1;
    }
    return true;
}

static nc_bytes language(nc_job *job, nc_bytes given)
{
    nc_bytes tag = nc_copy(job, given);
    char *bytes = (char *)(uintptr_t)tag.ptr; /* a copy of our own */

    for (size_t i = 0; i < tag.len; i++)
        if (bytes[i] == '_')
            bytes[i] = '-';
    return tag.len && is_language(tag) ? tag : (nc_bytes){ NULL, 0 };
}

static nc_bytes number(nc_job *job, const nc_term *term, nc_bytes given)
{
    int64_t value = 0;

    for (size_t i = 0; i < given.len; i++) {
        if (given.ptr[i] < '0' || given.ptr[i] > '9' || value > INT64_C(1000000000))
            return (nc_bytes){ NULL, 0 };
        value = value * 10 + (given.ptr[i] - '0');
    }
    if (value < term->minimum || value > term->maximum)
        return (nc_bytes){ NULL, 0 };
    return nc_print(job, "%lld", (long long)value);
}

/* Source: IPTC NewsCodes, scheme pubstatusg2; "cancelled" is the other spelling. */
static nc_bytes status(nc_bytes given)
{
    static const struct {
        const char *given;
        nc_bytes status;
    } known[] = {
        { "usable", NC_LITERAL_INIT("usable") },
        { "withheld", NC_LITERAL_INIT("withheld") },
        { "canceled", NC_LITERAL_INIT("canceled") },
        { "cancelled", NC_LITERAL_INIT("canceled") },
    };

    if (given.len > 5 && memcmp(given.ptr, "stat:", 5) == 0)
        given = (nc_bytes){ given.ptr + 5, given.len - 5 };
    for (size_t i = 0; i < sizeof(known) / sizeof(known[0]); i++)
        if (nc_is(given, known[i].given))
            return known[i].status;
    return (nc_bytes){ NULL, 0 };
}

static nc_bytes date(nc_job *job, const nc_term *term, nc_bytes given)
{
    bool zoneless;
    nc_bytes result = nc_date(job, given, &zoneless);

    if (term->type == NC_TERM_RELEASE)
        return zoneless ? (nc_bytes){ NULL, 0 } : nc_date_time(job, result);
    if (zoneless)
        nc_warn(job, NULL, NC_WARN_METADATA, "%s: \"%.*s\" says no time zone: only the day is kept",
                term->key, (int)given.len, given.ptr);
    return result;
}

static nc_bytes checked(nc_job *job, const nc_term *term, nc_bytes given)
{
    switch (term->type) {
    case NC_TERM_DATE:
    case NC_TERM_RELEASE: return date(job, term, given);
    case NC_TERM_LANGUAGE: return language(job, given);
    case NC_TERM_NUMBER: return number(job, term, given);
    case NC_TERM_STATUS: return status(given);
    case NC_TERM_TEXT: break;
    }
    return given;
}

static bool must_be_understood(const nc_term *term)
{
    return term->type == NC_TERM_STATUS || term->type == NC_TERM_RELEASE;
}

static void refuse(nc_job *job, const nc_term *term, nc_bytes given)
{
    static const char *const wanted[] = {
        [NC_TERM_DATE] = "is no date (2026-03-02T10:15:00Z)",
        [NC_TERM_RELEASE] = "is no time with a zone (2026-03-02T10:15:00Z)",
        [NC_TERM_LANGUAGE] = "is no language tag (en-GB)",
        [NC_TERM_NUMBER] = "is no number that is allowed here",
        [NC_TERM_STATUS] = "is none of usable, withheld, canceled",
    };
    int len = given.len < 80 ? (int)given.len : 80;

    if (must_be_understood(term))
        nc_fail(job, NC_EINPUT, "%s: \"%.*s\" %s", term->key, len, given.ptr, wanted[term->type]);
    else
        nc_warn(job, NULL, NC_WARN_METADATA, "%s: \"%.*s\" %s and was left out", term->key, len,
                given.ptr, wanted[term->type]);
}

nc_bytes nc_term_text(nc_job *job, const nc_node *meta, const char *key)
{
    const nc_term *term = nc_vocabulary;
    const nc_node *item = nc_term_first(meta, key);
    nc_bytes given = nc_term_item(job, item), result;

    while (term->key && strcmp(term->key, key) != 0)
        term++;
    if (!term->key || !item || (!given.len && !must_be_understood(term)))
        return given;
    result = checked(job, term, given);
    if (result.ptr)
        return result;
    refuse(job, term, given);
    return (nc_bytes){ "", 0 };
}
