/* SPDX-License-Identifier: MIT */
/* docProps: what the metadata say, where Word and its like look for it. */
#include "docx.h"
#include "parts.h"

/* ------------------------------------------------------------ values as text */

/* White space collapsed, none at the ends. */
static nc_bytes collapsed(docx *d, nc_bytes text)
{
    char *out = nc_alloc(d->job, text.len + 1);
    size_t len = 0;

    for (size_t i = 0; out && i < text.len; i++) {
        bool blank = strchr(" \t\r\n", text.ptr[i]) && text.ptr[i];

        if (!blank)
            out[len++] = text.ptr[i];
        else if (len && out[len - 1] != ' ')
            out[len++] = ' ';
    }
    if (len && out[len - 1] == ' ')
        len--;
    return (nc_bytes){ out, out ? len : 0 };
}

static nc_bytes value_text(docx *d, const nc_node *value)
{
    if (value && value->kind == NC_META_MAP)
        value = nc_meta_value(value, NC_LITERAL("name"));
    if (!value)
        return (nc_bytes){ NULL, 0 };
    return collapsed(d, nc_stringify(d->job, value));
}

/* The values of a list, `separator` between them. */
static nc_bytes joined(docx *d, const nc_node *value, nc_bytes separator)
{
    nc_buf buf;
    nc_bytes text;

    if (!value || (value->kind != NC_META_LIST && value->kind != NC_META_BLOCKS))
        return value_text(d, value);
    nc_buf_open(&buf, d->job);
    for (value = value->first; value; value = value->next) {
        nc_bytes one = value_text(d, value);

        if (one.len && buf.len)
            nc_put(&buf, separator);
        nc_put(&buf, one);
    }
    text = nc_copy(d->job, (nc_bytes){ buf.ptr, buf.len });
    nc_buf_close(&buf);
    return text;
}

nc_bytes docx_meta_text(docx *d, const char *key)
{
    return joined(d, nc_meta_value(d->meta, nc_string(key)), NC_LITERAL("; "));
}

/* ------------------------------------------------------------ dates */

static int digits(const char *at, int count)
{
    int value = 0;

    for (int i = 0; i < count; i++) {
        if (at[i] < '0' || at[i] > '9')
            return -1;
        value = value * 10 + (at[i] - '0');
    }
    return value;
}

/* Days since 1970-01-01 of a date in the Gregorian calendar. */
static int64_t days_of(int64_t year, int month, int day)
{
    int64_t y = month > 2 ? year : year - 1, era = y / 400, of_era = y - era * 400;
    int64_t of_year = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1;

    return era * 146097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719468;
}

static nc_bytes date_of_seconds(docx *d, int64_t seconds)
{
    int64_t day = seconds / 86400, rest = seconds % 86400, z, era, of_era, year, of_year, month;

    if (rest < 0) {
        rest += 86400;
        day--;
    }
    z = day + 719468;
    era = z / 146097;
    of_era = z - era * 146097;
    year = (of_era - of_era / 1460 + of_era / 36524 - of_era / 146096) / 365;
    of_year = of_era - (365 * year + year / 4 - year / 100);
    month = (5 * of_year + 2) / 153;
    return nc_print(d->job, "%04lld-%02lld-%02lldT%02lld:%02lld:%02lldZ",
                    (long long)(year + era * 400 + (month >= 10)),
                    (long long)(month < 10 ? month + 3 : month - 9),
                    (long long)(of_year - (153 * month + 2) / 5 + 1), (long long)(rest / 3600),
                    (long long)(rest / 60 % 60), (long long)(rest % 60));
}

/* The zone behind a time, in seconds; false when it is none. */
static bool zone_of(nc_bytes zone, int64_t *seconds)
{
    int hours, minutes;

    *seconds = 0;
    if (zone.len == 0 || nc_is(zone, "Z") || nc_is(zone, "z"))
        return true;
    if (zone.len < 5 || (*zone.ptr != '+' && *zone.ptr != '-'))
        return false;
    hours = digits(zone.ptr + 1, 2);
    minutes = digits(zone.ptr + (zone.len == 6 ? 4 : 3), 2);
    if (hours < 0 || minutes < 0)
        return false;
    *seconds = (*zone.ptr == '-' ? -1 : 1) * (hours * 3600 + minutes * 60);
    return true;
}

/* RFC 3339, or its date alone, as W3CDTF in UTC; {NULL, 0} when it is something else. */
static nc_bytes w3c_date(docx *d, nc_bytes text)
{
    static const int month_days[] = { 31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };
    int year, month, day, hour = 0, minute = 0, second = 0;
    int64_t zone = 0;
    size_t at = 19;

    if (text.len < 10 || text.ptr[4] != '-' || text.ptr[7] != '-')
        return (nc_bytes){ NULL, 0 };
    year = digits(text.ptr, 4);
    month = digits(text.ptr + 5, 2);
    day = digits(text.ptr + 8, 2);
    if (year < 1 || month < 1 || month > 12 || day < 1 || day > month_days[month - 1])
        return (nc_bytes){ NULL, 0 };
    if (text.len > 10) {
        if (text.len < 16 || !strchr("Tt ", text.ptr[10]) || text.ptr[13] != ':')
            return (nc_bytes){ NULL, 0 };
        hour = digits(text.ptr + 11, 2);
        minute = digits(text.ptr + 14, 2);
        if (text.len >= 19 && text.ptr[16] == ':')
            second = digits(text.ptr + 17, 2);
        else
            at = 16;
        if (at == 19 && text.len > 19 && text.ptr[19] == '.')
            for (at = 20; at < text.len && digits(text.ptr + at, 1) >= 0; at++)
                ;
        if (hour < 0 || hour > 23 || minute < 0 || minute > 59 || second < 0 || second > 60 ||
            !zone_of((nc_bytes){ text.ptr + at, text.len - at }, &zone))
            return (nc_bytes){ NULL, 0 };
    }
    return date_of_seconds(d, days_of(year, month, day) * 86400 + hour * 3600 + minute * 60 +
                                  second - zone);
}

/* SOURCE_DATE_EPOCH, for what has no date of its own; never the clock. */
static nc_bytes build_date(docx *d)
{
    const char *text = d->settings->source_date;
    int64_t seconds = 0;

    for (; text && *text >= '0' && *text <= '9' && seconds < INT64_C(100000000000); text++)
        seconds = seconds * 10 + (*text - '0');
    return text && !*text && seconds ? date_of_seconds(d, seconds) : (nc_bytes){ NULL, 0 };
}

/* ------------------------------------------------------------ docProps/core.xml */

static void put_element(docx *d, nc_buf *buf, const char *name, nc_bytes text)
{
    if (!text.len)
        return;
    NC_PUT(buf, "<");
    nc_put(buf, nc_string(name));
    NC_PUT(buf, ">");
    docx_put_escaped(d, buf, text);
    NC_PUT(buf, "</");
    nc_put(buf, nc_string(name));
    NC_PUT(buf, ">");
}

static void put_date(nc_buf *buf, const char *name, nc_bytes date)
{
    if (!date.len)
        return;
    NC_PUT(buf, "<dcterms:");
    nc_put(buf, nc_string(name));
    NC_PUT(buf, " xsi:type=\"dcterms:W3CDTF\">");
    nc_put(buf, date);
    NC_PUT(buf, "</dcterms:");
    nc_put(buf, nc_string(name));
    NC_PUT(buf, ">");
}

/* Word takes 255 characters. */
static nc_bytes shortened(docx *d, const char *key, nc_bytes text)
{
    size_t at = 0;

    for (int count = 0; at < text.len && count < 255; count++)
        nc_utf8_next(text, &at);
    if (at < text.len)
        nc_warn(d->job, NULL, NC_WARN_METADATA,
                "%s is cut to the 255 characters that a property may have", key);
    return (nc_bytes){ text.ptr, at };
}

void docx_put_core_properties(docx *d, nc_buf *buf)
{
    const nc_node *keywords = nc_meta_value(d->meta, NC_LITERAL("keywords"));
    nc_bytes date = docx_meta_text(d, "date"), updated = docx_meta_text(d, "updated");
    nc_bytes genre = d->settings->raw ? (nc_bytes){ NULL, 0 } : docx_meta_text(d, "genre"), build;

    NC_PUT(
        buf, XML_HEAD
        "<cp:coreProperties xmlns:cp=\"" OOXML "package/2006/metadata/core-properties\" "
        "xmlns:dc=\"http://purl.org/dc/elements/1.1/\" xmlns:dcterms=\"http://purl.org/dc/terms/\" "
        "xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\">");
    put_element(d, buf, "dc:title", shortened(d, "title", docx_meta_text(d, "title")));
    put_element(d, buf, "dc:creator", docx_meta_text(d, "author"));
    put_element(d, buf, "cp:keywords", joined(d, keywords, NC_LITERAL(", ")));
    put_element(d, buf, "dc:description", docx_meta_text(d, "description"));
    put_element(d, buf, "dc:subject", shortened(d, "subject", docx_meta_text(d, "subject")));
    put_element(d, buf, "cp:category",
                shortened(d, "category", genre.len ? genre : docx_meta_text(d, "category")));
    if (!d->settings->raw)
        put_element(d, buf, "dc:identifier", docx_meta_text(d, "guid"));
    if (nc_meta_value(d->meta, NC_LITERAL("lang")))
        put_element(d, buf, "dc:language", d->lang);
    date = w3c_date(d, date);
    build = build_date(d);
    updated = updated.len ? w3c_date(d, updated) : date;
    put_date(buf, "created", date.len ? date : build);
    put_date(buf, "modified", updated.len ? updated : build);
    NC_PUT(buf, "</cp:coreProperties>");
}

void docx_put_app_properties(docx *d, nc_buf *buf)
{
    nc_bytes publisher = d->settings->raw ? (nc_bytes){ NULL, 0 } : docx_meta_text(d, "publisher");

    NC_PUT(buf, XML_HEAD "<Properties xmlns=\"" OOXML "officeDocument/2006/extended-properties\">"
                         "<Application>newsconv</Application>");
    put_element(d, buf, "Company", publisher);
    NC_PUT(buf, "</Properties>");
}

/* ------------------------------------------------------------ docProps/custom.xml */

/* Keys that have a place of their own, or that are the writer's business. Under --raw they are
 * pandoc's. */
static bool is_placed(const docx *d, nc_bytes key)
{
    static const char *const always[] = { "title",
                                          "author",
                                          "keywords",
                                          "subject",
                                          "description",
                                          "lang",
                                          "category",
                                          "abstract-title",
                                          "toc-title",
                                          "header-includes",
                                          "include-before",
                                          "include-after",
                                          "dir",
                                          "facts",
                                          NULL };
    static const char *const ours[] = { "guid", "genre", "date", "updated", "abstract", NULL };

    return docx_is_one_of(key, always) || (!d->settings->raw && docx_is_one_of(key, ours));
}

/* Notes to editors stay in the house unless they are asked for. */
static bool is_withheld(docx *d, const nc_node *entry)
{
    if (!nc_is(entry->text, "ednote") || d->options->ednote)
        return false;
    nc_warn(d->job, entry, NC_WARN_METADATA,
            "the note to editors is left out; -t docx+ednote keeps it");
    return true;
}

static void put_custom(docx *d, nc_buf *buf, nc_bytes name, nc_bytes text, int64_t pid)
{
    NC_PUT(buf, "<property fmtid=\"{D5CDD505-2E9C-101B-9397-08002B2CF9AE}\" pid=\"");
    nc_put_int(buf, pid);
    NC_PUT(buf, "\" name=\"");
    docx_put_escaped(d, buf, name);
    NC_PUT(buf, "\"><vt:lpwstr>");
    docx_put_escaped(d, buf, text);
    NC_PUT(buf, "</vt:lpwstr></property>");
}

/* Returns whether there was any. */
bool docx_put_custom_properties(docx *d, nc_buf *buf)
{
    docx_map names = { 0 };
    int64_t pid = 2;

    NC_PUT(buf, XML_HEAD "<Properties xmlns=\"" OOXML
                         "officeDocument/2006/custom-properties\" xmlns:vt=\"" OOXML
                         "officeDocument/2006/docPropsVTypes\">");
    for (const nc_node *entry = d->meta ? d->meta->first : NULL; entry; entry = entry->next) {
        nc_bytes name = entry->text, folded = docx_fold(d->job, name), text;

        if (is_placed(d, name) || !name.len || is_withheld(d, entry))
            continue;
        if (entry->first && entry->first->kind == NC_META_MAP) {
            nc_warn(d->job, entry, NC_WARN_METADATA,
                    "%.*s: a map of metadata has no place among the properties",
                    (int)(name.len < 60 ? name.len : 60), name.ptr);
            continue;
        }
        if (docx_map_find(&names, folded)) {
            nc_warn(d->job, entry, NC_WARN_METADATA,
                    "%.*s: the names of properties differ by more than case",
                    (int)(name.len < 60 ? name.len : 60), name.ptr);
            continue;
        }
        text = entry->first && entry->first->kind == NC_META_BOOL
                   ? nc_string(entry->first->number ? "true" : "false")
                   : joined(d, entry->first, NC_LITERAL("; "));
        docx_map_add(d->job, &names, folded);
        put_custom(d, buf, name, text, pid++);
    }
    NC_PUT(buf, "</Properties>");
    return pid > 2;
}
