/* SPDX-License-Identifier: MIT */
/* Scalars as pandoc understands them. Its booleans are those of YAML 1.1 without mixed case;
 * numbers are shown anew. */
#include "plugins/yaml/yaml.h"
#include "core/json.h"

/* ---------------------------------------------------------------- what plain scalars look like */

static bool is_one_of(nc_bytes text, const char *const *words)
{
    for (size_t i = 0; words[i]; i++)
        if (nc_is(text, words[i]))
            return true;
    return false;
}

static bool is_null(nc_bytes text)
{
    static const char *const words[] = { "~", "null", "Null", "NULL", NULL };

    return text.len == 0 || is_one_of(text, words);
}

static bool is_bool(nc_bytes text, bool *value)
{
    static const char *const yes[] = { "y",    "Y",    "yes", "Yes", "YES", "true",
                                       "True", "TRUE", "on",  "On",  "ON",  NULL };
    static const char *const no[] = { "n",     "N",     "no",  "No",  "NO",  "false",
                                      "False", "FALSE", "off", "Off", "OFF", NULL };

    *value = text.len <= 5 && is_one_of(text, yes);
    return *value || (text.len <= 5 && is_one_of(text, no));
}

static size_t digits_at(nc_bytes text, size_t at)
{
    size_t end = at;

    while (end < text.len && text.ptr[end] >= '0' && text.ptr[end] <= '9')
        end++;
    return end - at;
}

/* Digits, perhaps a point with digits, perhaps an exponent. */
static bool is_decimal(nc_bytes text)
{
    size_t at = text.len && (text.ptr[0] == '-' || text.ptr[0] == '+'),
           digits = digits_at(text, at);

    if (!digits)
        return false;
    at += digits;
    if (at < text.len && text.ptr[at] == '.')
        at += 1 + digits_at(text, at + 1);
    if (at < text.len && (text.ptr[at] == 'e' || text.ptr[at] == 'E')) {
        at++;
        at += at < text.len && (text.ptr[at] == '-' || text.ptr[at] == '+');
        digits = digits_at(text, at);
        if (!digits)
            return false;
        at += digits;
    }
    return at == text.len;
}

static int digit_value(char c)
{
    return c >= '0' && c <= '9'   ? c - '0'
           : c >= 'a' && c <= 'f' ? c - 'a' + 10
           : c >= 'A' && c <= 'F' ? c - 'A' + 10
                                  : 99;
}

/* 0x1F and 0o17, of up to 60 bits. */
static bool is_based(nc_bytes text, int64_t *value)
{
    int base = text.len > 2 && text.ptr[0] == '0' ? (text.ptr[1] == 'x'   ? 16
                                                     : text.ptr[1] == 'o' ? 8
                                                                          : 0)
                                                  : 0;

    *value = 0;
    for (size_t i = 2; base && i < text.len; i++) {
        int digit = digit_value(text.ptr[i]);

        if (digit >= base || *value >> 56)
            return false;
        *value = *value * base + digit;
    }
    return base != 0;
}

/* ---------------------------------------------------------------- values */

static nc_node *append_inlines(nc_job *job, nc_node *parent, nc_bytes text)
{
    nc_node *value = nc_append(job, parent, nc_node_new(job, NC_META_INLINES));

    nc_text(job, value, text);
    return value;
}

static nc_node *append_decimal(nc_job *job, nc_node *parent, nc_bytes text)
{
    char room[96];
    nc_buf shown = { .job = job, .ptr = room, .capacity = sizeof(room) };

    if (text.ptr[0] == '+')
        text = (nc_bytes){ text.ptr + 1, text.len - 1 };
    nc_json_put_number(&shown, text);
    return append_inlines(job, parent, nc_copy(job, (nc_bytes){ shown.ptr, shown.len }));
}

static bool is_blank(char c)
{
    return c == ' ' || (c >= '\t' && c <= '\r');
}

/* Take the next paragraph off `text`: up to a blank line, without white space around it. False
 * at the end. */
static bool next_paragraph(nc_bytes *text, nc_bytes *paragraph)
{
    size_t start = 0, end, at;

    while (start < text->len && is_blank(text->ptr[start]))
        start++;
    for (end = at = start; at < text->len; at++) {
        if (!is_blank(text->ptr[at])) {
            end = at + 1;
        } else if (text->ptr[at] == '\n') {
            size_t next = at + 1;

            while (next < text->len && (text->ptr[next] == ' ' || text->ptr[next] == '\t'))
                next++;
            if (next < text->len && text->ptr[next] == '\n')
                break;
            at = next - 1;
        }
    }
    *paragraph = (nc_bytes){ text->ptr + start, end - start };
    *text = (nc_bytes){ text->ptr + at, text->len - at };
    return end > start;
}

/* Text that ends with a line feed is blocks; other text is inlines, its paragraphs apart by line
 * breaks. */
static nc_node *append_text(nc_job *job, nc_node *parent, nc_bytes text)
{
    bool blocks = text.len && text.ptr[text.len - 1] == '\n';
    nc_node *value =
        nc_append(job, parent, nc_node_new(job, blocks ? NC_META_BLOCKS : NC_META_INLINES));
    nc_bytes paragraph;

    while (next_paragraph(&text, &paragraph)) {
        if (blocks) {
            nc_text(job, nc_append(job, value, nc_node_new(job, NC_PARA)), paragraph);
        } else {
            if (value && value->first)
                nc_append(job, value, nc_node_new(job, NC_LINE_BREAK));
            nc_text(job, value, paragraph);
        }
    }
    return value;
}

nc_node *yaml_append_scalar(nc_job *job, nc_node *parent, nc_bytes text, scalar_type type)
{
    nc_node *value;
    int64_t number;
    bool flag;

    if (type == SCALAR_TEXT)
        return append_text(job, parent, text);
    if (is_null(text))
        return nc_append(job, parent, nc_node_new(job, NC_META_STRING));
    if (is_bool(text, &flag)) {
        value = nc_append(job, parent, nc_node_new(job, NC_META_BOOL));
        if (value)
            value->number = flag;
        return value;
    }
    if (is_based(text, &number))
        return append_inlines(job, parent, nc_print(job, "%lld", (long long)number));
    if (is_decimal(text))
        return append_decimal(job, parent, text);
    return append_text(job, parent, text);
}
