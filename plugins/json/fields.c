/* SPDX-License-Identifier: MIT */
/* Reading the fields that are no children: attributes, targets, numbers, names. */
#include "plugins/json/json.h"

static void expect(nc_json *json, nc_json_token token, nc_json_token wanted)
{
    if (token != wanted)
        nc_json_error(json, NC_EINPUT,
                      wanted == NC_JSON_ARRAY       ? "an array should be here"
                      : wanted == NC_JSON_ARRAY_END ? "an array with too many elements"
                      : wanted == NC_JSON_STRING    ? "a string should be here"
                      : wanted == NC_JSON_NUMBER    ? "a number should be here"
                                                    : "an object should be here");
}

static nc_bytes read_text(nc_json *json, nc_json_token token)
{
    expect(json, token, NC_JSON_STRING);
    return json->error ? NC_LITERAL("") : nc_json_keep(json);
}

static int64_t read_int(nc_json *json, nc_json_token token)
{
    int64_t number = 0;

    expect(json, token, NC_JSON_NUMBER);
    if (!json->error && !nc_json_int(json, &number))
        nc_json_error(json, NC_EINPUT, "an integer should be here");
    return number;
}

static int find_name(nc_bytes name, const char *const *names)
{
    for (int i = 0; names[i]; i++)
        if (nc_is(name, names[i]))
            return i;
    return -1;
}

int json_read_name(nc_json *json, nc_json_token token, const char *const *names, double *number)
{
    int found = -1;

    expect(json, token, NC_JSON_OBJECT);
    while ((token = nc_json_next(json)) == NC_JSON_KEY) {
        bool is_tag = nc_is(json->text, "t"), is_number = number && nc_is(json->text, "c");

        token = nc_json_next(json);
        if (is_tag && token == NC_JSON_STRING)
            found = find_name(json->text, names);
        else if (is_number && token == NC_JSON_NUMBER && nc_json_double(json, number))
            continue;
        else
            nc_json_skip(json, token);
        if (is_tag && found < 0)
            nc_json_error(json, NC_EINPUT, "a name that is not known here");
    }
    if (found < 0)
        nc_json_error(json, NC_EINPUT, "an object without its name \"t\"");
    return found;
}

/* ---------------------------------------------------------------- attributes */

/* A list of strings or pairs that grows while it is read. */
typedef struct strings {
    nc_bytes *items;
    size_t count, capacity;
} strings;

enum { FEW = 16 };

static void add_string(nc_json *json, strings *list, nc_bytes text)
{
    if (list->count == list->capacity) {
        nc_bytes *items = nc_alloc(json->job, list->capacity * 2 * sizeof(*items));

        if (!items) {
            nc_json_error(json, NC_EMEM, "out of memory");
            return;
        }
        memcpy(items, list->items, list->count * sizeof(*items));
        list->items = items;
        list->capacity *= 2;
    }
    list->items[list->count++] = text;
}

static void read_classes(nc_json *json, strings *list)
{
    nc_json_token token;

    expect(json, nc_json_next(json), NC_JSON_ARRAY);
    while ((token = nc_json_next(json)) != NC_JSON_ARRAY_END && !json->error)
        add_string(json, list, read_text(json, token));
}

static void read_pairs(nc_json *json, strings *list)
{
    nc_json_token token;

    expect(json, nc_json_next(json), NC_JSON_ARRAY);
    while ((token = nc_json_next(json)) != NC_JSON_ARRAY_END && !json->error) {
        expect(json, token, NC_JSON_ARRAY);
        add_string(json, list, read_text(json, nc_json_next(json)));
        add_string(json, list, read_text(json, nc_json_next(json)));
        expect(json, nc_json_next(json), NC_JSON_ARRAY_END);
    }
}

static const nc_attr *read_attr(nc_json *json, nc_json_token token)
{
    nc_bytes id, class_room[FEW], pair_room[FEW];
    strings classes = { class_room, 0, FEW }, pairs = { pair_room, 0, FEW };

    expect(json, token, NC_JSON_ARRAY);
    id = read_text(json, nc_json_next(json));
    read_classes(json, &classes);
    read_pairs(json, &pairs);
    expect(json, nc_json_next(json), NC_JSON_ARRAY_END);
    if (json->error)
        return NULL;
    static_assert(sizeof(nc_pair) == 2 * sizeof(nc_bytes), "a pair is two strings");
    return nc_attr_new(json->job, id, classes.items, classes.count,
                       (const nc_pair *)(const void *)pairs.items, pairs.count / 2);
}

/* ---------------------------------------------------------------- the other records */

static nc_target read_target(nc_json *json, nc_json_token token)
{
    nc_target target;

    expect(json, token, NC_JSON_ARRAY);
    target.url = read_text(json, nc_json_next(json));
    target.title = read_text(json, nc_json_next(json));
    expect(json, nc_json_next(json), NC_JSON_ARRAY_END);
    return target;
}

static nc_list_attributes read_list_attributes(nc_json *json, nc_json_token token)
{
    nc_list_attributes list;

    expect(json, token, NC_JSON_ARRAY);
    list.start = read_int(json, nc_json_next(json));
    list.style = json_read_name(json, nc_json_next(json), nc_list_style_names, NULL);
    list.delimiter = json_read_name(json, nc_json_next(json), nc_list_delim_names, NULL);
    expect(json, nc_json_next(json), NC_JSON_ARRAY_END);
    return list;
}

static nc_column read_column(nc_json *json, nc_json_token token)
{
    static const char *const widths[] = { "ColWidthDefault", "ColWidth", NULL };
    nc_column column;
    double width = -1;

    expect(json, token, NC_JSON_ARRAY);
    column.alignment =
        (nc_alignment)json_read_name(json, nc_json_next(json), nc_alignment_names, NULL);
    column.width = json_read_name(json, nc_json_next(json), widths, &width) == 1 ? width : -1;
    expect(json, nc_json_next(json), NC_JSON_ARRAY_END);
    return column;
}

static nc_columns read_columns(nc_json *json, nc_json_token token)
{
    nc_column *items = NULL;
    size_t count = 0, capacity = 0;

    expect(json, token, NC_JSON_ARRAY);
    while ((token = nc_json_next(json)) != NC_JSON_ARRAY_END && !json->error) {
        if (count == capacity) {
            nc_column *more = nc_alloc(json->job, (capacity * 2 + 8) * sizeof(*more));

            if (!more) {
                nc_json_error(json, NC_EMEM, "out of memory");
                break;
            }
            if (count)
                memcpy(more, items, count * sizeof(*more));
            items = more;
            capacity = capacity * 2 + 8;
        }
        items[count++] = read_column(json, token);
    }
    return (nc_columns){ count, items };
}

void json_read_field(nc_json *json, const nc_field *field, nc_json_token token, void *place)
{
    switch ((nc_field_type)field->type) {
    case NC_FIELD_ATTR: *(const nc_attr **)place = read_attr(json, token); break;
    case NC_FIELD_TEXT: *(nc_bytes *)place = read_text(json, token); break;
    case NC_FIELD_INT: *(int64_t *)place = read_int(json, token); break;
    case NC_FIELD_BOOL:
        if (token != NC_JSON_TRUE && token != NC_JSON_FALSE)
            nc_json_error(json, NC_EINPUT, "true or false should be here");
        *(int64_t *)place = token == NC_JSON_TRUE;
        break;
    case NC_FIELD_TARGET: *(nc_target *)place = read_target(json, token); break;
    case NC_FIELD_LIST_ATTRIBUTES:
        *(nc_list_attributes *)place = read_list_attributes(json, token);
        break;
    case NC_FIELD_COLUMN_SPECS: *(nc_columns *)place = read_columns(json, token); break;
    case NC_FIELD_QUOTE_TYPE:
        *(int64_t *)place = json_read_name(json, token, nc_quote_type_names, NULL);
        break;
    case NC_FIELD_MATH_TYPE:
        *(int *)place = json_read_name(json, token, nc_math_type_names, NULL);
        break;
    case NC_FIELD_ALIGNMENT:
        *(int *)place = json_read_name(json, token, nc_alignment_names, NULL);
        break;
    case NC_FIELD_CITATION_MODE:
        *(int *)place = json_read_name(json, token, nc_citation_mode_names, NULL);
        break;
    default: break; /* children are not read here */
    }
}
