/* SPDX-License-Identifier: MIT */
/* Strings, numbers, attributes and the other fields that are no children, as Haskell shows them. */
#include "plugins/native/write.h"
#include "core/json.h"

/* ---------------------------------------------------------------- strings */

/* The escape of one character, without its length in `room`; {NULL, 0}: it stands for itself. */
static nc_bytes escape(uint32_t c, char room[12])
{
    static const char *const controls[] = {
        "\\NUL", "\\SOH", "\\STX", "\\ETX", "\\EOT", "\\ENQ", "\\ACK", "\\a",
        "\\b",   "\\t",   "\\n",   "\\v",   "\\f",   "\\r",   "\\SO",  "\\SI",
        "\\DLE", "\\DC1", "\\DC2", "\\DC3", "\\DC4", "\\NAK", "\\SYN", "\\ETB",
        "\\CAN", "\\EM",  "\\SUB", "\\ESC", "\\FS",  "\\GS",  "\\RS",  "\\US",
    };
    size_t at = 12;

    if (c < 0x20)
        return nc_string(controls[c]);
    if (c == '"' || c == '\\')
        return nc_string(c == '"' ? "\\\"" : "\\\\");
    if (c < 0x7F)
        return (nc_bytes){ NULL, 0 };
    if (c == 0x7F)
        return NC_LITERAL("\\DEL");
    for (; c; c /= 10)
        room[--at] = (char)('0' + c % 10);
    room[--at] = '\\';
    return (nc_bytes){ room + at, 12 - at };
}

/* \1234 before a digit and \SO before H would read as something else without \& between. */
static bool needs_gap(uint32_t before, char next)
{
    return (before > 0x7F && next >= '0' && next <= '9') || (before == 0x0E && next == 'H');
}

static bool is_plain(char c)
{
    return c >= 0x20 && c < 0x7F && c != '"' && c != '\\';
}

/* How long `text` is when shown; stops counting somewhere past `enough`. */
static size_t shown_length(nc_bytes text, size_t enough)
{
    size_t length = 2;

    for (size_t at = 0; at < text.len && length <= enough;) {
        char room[12];

        if (is_plain(text.ptr[at])) {
            at++;
            length++;
        } else {
            uint32_t c = nc_utf8_next(text, &at);

            length += escape(c, room).len + (at < text.len && needs_gap(c, text.ptr[at]) ? 2 : 0);
        }
    }
    return length;
}

void native_string(layout *out, nc_bytes text)
{
    layout_room(out, shown_length(text, out->width));
    nc_put_char(out->buf, '"');
    for (size_t at = 0; at < text.len;) {
        size_t plain = at;
        char room[12];
        uint32_t c;

        while (plain < text.len && is_plain(text.ptr[plain]))
            plain++;
        nc_put(out->buf, (nc_bytes){ text.ptr + at, plain - at });
        at = plain;
        if (at == text.len)
            break;
        c = nc_utf8_next(text, &at);
        nc_put(out->buf, escape(c, room));
        if (at < text.len && needs_gap(c, text.ptr[at]))
            NC_PUT(out->buf, "\\&");
    }
    nc_put_char(out->buf, '"');
}

/* ---------------------------------------------------------------- lists and tuples */

/* Begin a list or tuple, or go on to its next element. */
static void next_element(layout *out, size_t index, char open)
{
    char text[2] = { index ? ',' : open, ' ' };

    if (index)
        layout_break(out, 0);
    else
        layout_begin(out);
    layout_text(out, (nc_bytes){ text, 2 });
}

static void end_elements(layout *out, char close)
{
    layout_break(out, 0);
    layout_text(out, (nc_bytes){ &close, 1 });
    layout_end(out);
}

static void put_attr(layout *out, const nc_attr *attr)
{
    size_t classes = attr ? attr->class_count : 0, pairs = attr ? attr->pair_count : 0;

    next_element(out, 0, '(');
    native_string(out, attr ? attr->id : NC_LITERAL(""));
    next_element(out, 1, '(');
    for (size_t i = 0; i < classes; i++) {
        next_element(out, i, '[');
        native_string(out, attr->classes[i]);
    }
    if (classes)
        end_elements(out, ']');
    else
        LAYOUT_TEXT(out, "[]");
    next_element(out, 2, '(');
    for (size_t i = 0; i < pairs; i++) {
        next_element(out, i, '[');
        next_element(out, 0, '(');
        native_string(out, attr->pairs[i].key);
        next_element(out, 1, '(');
        native_string(out, attr->pairs[i].value);
        end_elements(out, ')');
    }
    if (pairs)
        end_elements(out, ']');
    else
        LAYOUT_TEXT(out, "[]");
    end_elements(out, ')');
}

/* ---------------------------------------------------------------- numbers and records */

/* A number has at most 25 characters; those below zero are in parentheses as arguments. */
static void put_number(layout *out, nc_buf *digits, bool argument)
{
    bool parentheses = argument && digits->len && digits->ptr[0] == '-';

    layout_room(out, digits->len + (parentheses ? 2 : 0));
    if (parentheses)
        nc_put_char(out->buf, '(');
    nc_put(out->buf, (nc_bytes){ digits->ptr, digits->len });
    if (parentheses)
        nc_put_char(out->buf, ')');
}

static void put_int(layout *out, int64_t number, bool argument)
{
    char room[40];
    nc_buf digits = { .job = out->job, .ptr = room, .capacity = sizeof(room) };

    nc_put_int(&digits, number);
    put_number(out, &digits, argument);
}

/* A constructor with one number: RowSpan 1 */
static void put_wrapped(layout *out, nc_bytes name, const int64_t *number, const double *fraction)
{
    char room[40];
    nc_buf digits = { .job = out->job, .ptr = room, .capacity = sizeof(room) };

    if (number)
        nc_put_int(&digits, *number);
    else
        nc_json_put_double(&digits, *fraction);
    layout_begin(out);
    layout_text(out, name);
    layout_break(out, 2);
    put_number(out, &digits, true);
    layout_end(out);
}

static void put_columns(layout *out, const nc_columns *columns)
{
    for (size_t i = 0; i < columns->count; i++) {
        const nc_column *column = &columns->items[i];

        next_element(out, i, '[');
        next_element(out, 0, '(');
        layout_text(out, nc_string(nc_alignment_names[column->alignment]));
        next_element(out, 1, '(');
        if (column->width < 0)
            LAYOUT_TEXT(out, "ColWidthDefault");
        else
            put_wrapped(out, NC_LITERAL("ColWidth"), NULL, &column->width);
        end_elements(out, ')');
    }
    if (columns->count)
        end_elements(out, ']');
    else
        LAYOUT_TEXT(out, "[]");
}

static void put_list_attributes(layout *out, const nc_list_attributes *list)
{
    next_element(out, 0, '(');
    put_int(out, list->start, false);
    next_element(out, 1, '(');
    layout_text(out, nc_string(nc_list_style_names[list->style]));
    next_element(out, 2, '(');
    layout_text(out, nc_string(nc_list_delim_names[list->delimiter]));
    end_elements(out, ')');
}

static void put_target(layout *out, const nc_target *target)
{
    next_element(out, 0, '(');
    native_string(out, target->url);
    next_element(out, 1, '(');
    native_string(out, target->title);
    end_elements(out, ')');
}

/* Some fields are wrapped in a constructor of their own, which only Haskell's form shows. */
static bool put_newtype(layout *out, const nc_field *field, const void *place)
{
    static const char *const wrapped[][2] = { { "row_span", "(RowSpan" },
                                              { "col_span", "(ColSpan" },
                                              { "row_head_columns", "(RowHeadColumns" },
                                              { "format", "(Format" } };

    for (size_t i = 0; i < sizeof(wrapped) / sizeof(*wrapped); i++) {
        if (strcmp(field->name, wrapped[i][0]) != 0)
            continue;
        LAYOUT_TEXT(out, "(");
        if (field->type == NC_FIELD_INT) {
            put_wrapped(out, nc_string(wrapped[i][1] + 1), place, NULL);
        } else {
            layout_begin(out);
            layout_text(out, nc_string(wrapped[i][1] + 1));
            layout_break(out, 2);
            native_string(out, *(const nc_bytes *)place);
            layout_end(out);
        }
        LAYOUT_TEXT(out, ")");
        return true;
    }
    return false;
}

void native_field(layout *out, const nc_field *field, const void *place, bool argument)
{
    const char *name = NULL;

    if (put_newtype(out, field, place))
        return;
    switch ((nc_field_type)field->type) {
    case NC_FIELD_ATTR: put_attr(out, *(const nc_attr *const *)place); break;
    case NC_FIELD_TEXT: native_string(out, *(const nc_bytes *)place); break;
    case NC_FIELD_INT: put_int(out, *(const int64_t *)place, argument); break;
    case NC_FIELD_BOOL: name = *(const int64_t *)place ? "True" : "False"; break;
    case NC_FIELD_TARGET: put_target(out, place); break;
    case NC_FIELD_LIST_ATTRIBUTES: put_list_attributes(out, place); break;
    case NC_FIELD_COLUMN_SPECS: put_columns(out, place); break;
    case NC_FIELD_QUOTE_TYPE: name = nc_quote_type_names[*(const int64_t *)place]; break;
    case NC_FIELD_MATH_TYPE: name = nc_math_type_names[*(const int *)place]; break;
    case NC_FIELD_ALIGNMENT: name = nc_alignment_names[*(const int *)place]; break;
    case NC_FIELD_CITATION_MODE: name = nc_citation_mode_names[*(const int *)place]; break;
    default: break;
    }
    if (name)
        layout_text(out, nc_string(name));
}
