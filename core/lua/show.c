/* SPDX-License-Identifier: MIT */
/* Elements as pandoc's native text on one line: what tostring gives. Fields are written in the
 * order of kinds.def; which of them hold children, and which child is in which, says where lists
 * begin and end. */
#include "core/json.h"
#include "core/lua/value.h"

#include <stdio.h>

typedef struct shower {
    luaL_Buffer out;
    nc_job *job;
} shower;

static void put(shower *s, const char *text)
{
    luaL_addstring(&s->out, text);
}

static void put_number(shower *s, int64_t number)
{
    char text[24];

    snprintf(text, sizeof(text), number < 0 ? "(%lld)" : "%lld", (long long)number);
    put(s, text);
}

/* A string as Haskell shows it: decimal escapes for all but ASCII, "\&" where a digit would join
 * one. */
static void put_string(shower *s, nc_bytes text)
{
    static const char *const controls[] = {
        "NUL", "SOH", "STX", "ETX", "EOT", "ENQ", "ACK", "a",   "b",   "t",   "n",
        "v",   "f",   "r",   "SO",  "SI",  "DLE", "DC1", "DC2", "DC3", "DC4", "NAK",
        "SYN", "ETB", "CAN", "EM",  "SUB", "ESC", "FS",  "GS",  "RS",  "US",
    };
    bool number = false, so = false;
    char digits[16];

    put(s, "\"");
    for (size_t at = 0; at < text.len;) {
        uint32_t c = nc_utf8_next(text, &at);

        if ((number && c >= '0' && c <= '9') || (so && c == 'H'))
            put(s, "\\&");
        number = c >= 127;
        so = c == 14;
        if (c == '"' || c == '\\')
            put(s, c == '"' ? "\\\"" : "\\\\");
        else if (c < 32)
            put(s, "\\"), put(s, controls[c]);
        else if (c == 127)
            put(s, "\\DEL"), number = false;
        else if (c < 127)
            luaL_addchar(&s->out, (char)c);
        else
            snprintf(digits, sizeof(digits), "\\%u", (unsigned)c), put(s, digits);
    }
    put(s, "\"");
}

static void put_attr(shower *s, const nc_attr *attr)
{
    put(s, "(");
    put_string(s, attr ? attr->id : (nc_bytes){ "", 0 });
    put(s, ",[");
    for (size_t i = 0; attr && i < attr->class_count; i++) {
        put(s, i ? "," : "");
        put_string(s, attr->classes[i]);
    }
    put(s, "],[");
    for (size_t i = 0; attr && i < attr->pair_count; i++) {
        put(s, i ? ",(" : "(");
        put_string(s, attr->pairs[i].key);
        put(s, ",");
        put_string(s, attr->pairs[i].value);
        put(s, ")");
    }
    put(s, "])");
}

static void put_width(shower *s, double width)
{
    char text[64];
    size_t length;
    nc_buf buf;

    if (width < 0) {
        put(s, "ColWidthDefault");
        return;
    }
    nc_buf_open(&buf, s->job);
    nc_json_put_double(&buf, width);
    length = buf.len < sizeof(text) ? buf.len : 0;
    if (length)
        memcpy(text, buf.ptr, length);
    nc_buf_close(&buf); /* before Lua may raise */
    put(s, "ColWidth ");
    luaL_addlstring(&s->out, text, length);
}

static void put_columns(shower *s, const nc_columns *columns)
{
    put(s, "[");
    for (size_t i = 0; i < columns->count; i++) {
        put(s, i ? ",(" : "(");
        put(s, nc_alignment_names[columns->items[i].alignment]);
        put(s, ",");
        put_width(s, columns->items[i].width);
        put(s, ")");
    }
    put(s, "]");
}

static void put_wrapped_number(shower *s, const char *name, int64_t number)
{
    put(s, "(");
    put(s, name);
    put_number(s, number);
    put(s, ")");
}

static void put_list_attributes(shower *s, nc_list_attributes list)
{
    put(s, "(");
    put_number(s, list.start);
    put(s, ",");
    put(s, nc_list_style_names[list.style]);
    put(s, ",");
    put(s, nc_list_delim_names[list.delimiter]);
    put(s, ")");
}

/* A field that is no list of children. */
static void put_scalar(shower *s, const nc_node *node, const nc_field *field)
{
    const char *base = field->in_record ? node->record : (const char *)node;
    const void *at = base + field->offset;

    switch ((nc_field_type)field->type) {
    case NC_FIELD_ATTR: put_attr(s, node->attr); break;
    case NC_FIELD_TEXT:
        if (node->kind == NC_RAW_BLOCK || node->kind == NC_RAW_INLINE)
            put(s, field->offset ? "" : "(Format ");
        put_string(s, *(const nc_bytes *)at);
        if ((node->kind == NC_RAW_BLOCK || node->kind == NC_RAW_INLINE) && !field->offset)
            put(s, ")");
        break;
    case NC_FIELD_TARGET:
        put(s, "(");
        put_string(s, node->target->url);
        put(s, ",");
        put_string(s, node->target->title);
        put(s, ")");
        break;
    case NC_FIELD_LIST_ATTRIBUTES: put_list_attributes(s, node->list); break;
    case NC_FIELD_COLUMN_SPECS: put_columns(s, node->columns); break;
    case NC_FIELD_QUOTE_TYPE: put(s, nc_quote_type_names[node->number]); break;
    case NC_FIELD_MATH_TYPE: put(s, nc_math_type_names[node->math->type]); break;
    case NC_FIELD_ALIGNMENT: put(s, nc_alignment_names[node->cell->alignment]); break;
    case NC_FIELD_INT:
        if (node->kind == NC_HEADER)
            put_number(s, node->level);
        else
            put_wrapped_number(s,
                               node->kind == NC_TABLE_BODY            ? "RowHeadColumns "
                               : strcmp(field->name, "row_span") == 0 ? "RowSpan "
                                                                      : "ColSpan ",
                               *(const int64_t *)at);
        break;
    default: break;
    }
}

/* ------------------------------------------------------------ children */

static bool is_child_field(const nc_field *field)
{
    return field->type >= NC_FIELD_INLINES;
}

/* The number of the field of `parent` that `child` belongs to. */
static size_t field_of(const nc_node *parent, const nc_node *child)
{
    const nc_kind_info *info = &nc_kinds[parent->kind];
    bool part = nc_kinds[child->kind].level == NC_LEVEL_PART;

    for (size_t i = 0; i < info->field_count; i++) {
        const nc_field *field = &info->fields[i];

        if (field->type == NC_FIELD_PART || field->type == NC_FIELD_PARTS) {
            if (field->part == child->kind ||
                (field->part == NC_TERM && child->kind == NC_DEFINITION))
                return i;
        } else if (is_child_field(field) && !part) {
            return i;
        }
    }
    return 0;
}

/* Whether the children of a field stand in brackets: all but the one named part. */
static bool in_brackets(const nc_field *field)
{
    return field->type != NC_FIELD_PART;
}

static void put_missing(shower *s, const nc_field *field)
{
    if (in_brackets(field) || field->part == NC_BODY_HEAD)
        put(s, "[]");
    else if (field->part == NC_SHORT_CAPTION)
        put(s, "Nothing");
    else if (field->part == NC_CAPTION)
        put(s, "(Caption Nothing [])");
    else
        put(s, field->part == NC_TABLE_HEAD ? "(TableHead (\"\",[],[]) [])"
                                            : "(TableFoot (\"\",[],[]) [])");
}

static bool is_named(const nc_node *node)
{
    return nc_kinds[node->kind].name[0] && node->kind != NC_DOCUMENT;
}

/* A citation is shown as a record: its fields have their names in it. */
static void put_citation(shower *s, const nc_node *node, size_t field)
{
    static const char *const labels[] = { "Citation {citationId = ", ", citationPrefix = ",
                                          ", citationSuffix = ",     ", citationMode = ",
                                          ", citationNoteNum = ",    ", citationHash = " };
    const nc_citation *citation = node->citation;

    put(s, labels[field]);
    if (field == 0)
        put_string(s, citation->id);
    else if (field == 3)
        put(s, nc_citation_mode_names[citation->mode]);
    else if (field >= 4)
        put_number(s, field == 4 ? citation->note_num : citation->hash);
}

/* Write the fields of `node` from `from` up to (not including) `to`, as far as they have no
 * children. */
static void put_fields(shower *s, const nc_node *node, size_t from, size_t to)
{
    const nc_kind_info *info = &nc_kinds[node->kind];

    for (size_t i = from; i < to; i++) {
        const nc_field *field = &info->fields[i];

        if (node->kind == NC_CITATION) {
            put_citation(s, node, i);
            put(s, is_child_field(field) ? "[]" : "");
            continue;
        }
        put(s, is_named(node) ? " " : "");
        if (is_child_field(field))
            put_missing(s, field);
        else
            put_scalar(s, node, field);
    }
    if (node->kind == NC_CITATION && to == info->field_count)
        put(s, "}");
}

/* What stands before a child: end of the field before, fields between, begin of its own. */
static void put_before_child(shower *s, const nc_node *child, bool first)
{
    const nc_node *parent = child->parent;
    const nc_kind_info *info = &nc_kinds[parent->kind];
    size_t field = field_of(parent, child), from = 0;

    if (!first) {
        size_t before = field_of(parent, child->previous);

        if (before == field) {
            put(s, parent->kind != NC_DEFINITION_LIST ? ","
                   : child->kind == NC_TERM           ? "]),("
                   : child->previous->kind == NC_TERM ? ",["
                                                      : ",");
            return;
        }
        put(s, in_brackets(&info->fields[before]) ? "]" : "");
        from = before + 1;
    }
    put_fields(s, parent, from, field);
    if (parent->kind == NC_CITATION)
        put_citation(s, parent, field);
    else if (is_named(parent))
        put(s, " ");
    put(s, in_brackets(&info->fields[field]) ? "[" : "");
    put(s, parent->kind == NC_DEFINITION_LIST ? "(" : "");
}

static void put_after_children(shower *s, const nc_node *node)
{
    const nc_kind_info *info = &nc_kinds[node->kind];
    size_t from = 0;

    if (node->last) {
        from = field_of(node, node->last);
        put(s, node->kind == NC_DEFINITION_LIST ? "])" : "");
        put(s, in_brackets(&info->fields[from]) ? "]" : "");
        from++;
    }
    put_fields(s, node, from, info->field_count);
}

/* ------------------------------------------------------------ nodes */

static void put_words(shower *s, const nc_node *run)
{
    size_t at = 0;
    bool first = true;
    nc_word word;

    for (; nc_words(run, &at, &word); first = false) {
        put(s, first ? "" : ",");
        put(s, word.kind == 's' ? "Str " : word.kind == ' ' ? "Space" : "SoftBreak");
        if (word.kind == 's')
            put_string(s, word.text);
    }
}

/* A part that is one argument of its parent stands in parentheses; a short caption is a Just. */
static void put_part_opening(shower *s, const nc_node *node, bool inside)
{
    if (inside && node->parent &&
        (node->kind == NC_CAPTION || node->kind == NC_TABLE_HEAD || node->kind == NC_TABLE_FOOT))
        put(s, "(");
    if (node->kind == NC_SHORT_CAPTION)
        put(s, "(Just ");
}

static void put_part_closing(shower *s, const nc_node *node, bool inside)
{
    if (node->kind == NC_SHORT_CAPTION ||
        (inside &&
         (node->kind == NC_CAPTION || node->kind == NC_TABLE_HEAD || node->kind == NC_TABLE_FOOT)))
        put(s, ")");
}

static void show_blocks(shower *s, const nc_node *root)
{
    nc_walk walk = { .root = root };

    while (nc_walk_next(&walk)) {
        const nc_node *node = walk.node;
        bool inside = node != root;

        if (node->kind == NC_TEXT) {
            if (walk.entering && inside)
                put_before_child(s, node, !node->previous);
            if (walk.entering)
                put_words(s, node);
            continue;
        }
        if (!walk.entering) {
            put_after_children(s, node);
            put_part_closing(s, node, inside);
            continue;
        }
        if (inside)
            put_before_child(s, node, !node->previous);
        put_part_opening(s, node, inside);
        if (is_named(node) && node->kind != NC_CITATION)
            put(s, nc_kinds[node->kind].name);
    }
}

/* ------------------------------------------------------------ metadata */

static void open_meta(shower *s, const nc_node *node)
{
    put(s, node->previous ? "," : "");
    switch ((nc_kind)node->kind) {
    case NC_META_ENTRY:
        put(s, "(");
        put_string(s, node->text);
        put(s, ",");
        break;
    case NC_META_MAP:
        put(s, node->parent && node->parent->kind != NC_DOCUMENT ? "MetaMap (fromList ["
                                                                 : "fromList [");
        break;
    case NC_META_LIST: put(s, "MetaList ["); break;
    case NC_META_STRING:
        put(s, "MetaString ");
        put_string(s, node->text);
        break;
    case NC_META_BOOL: put(s, node->number ? "MetaBool True" : "MetaBool False"); break;
    default: show_blocks(s, node);
    }
}

static void show_meta(shower *s, const nc_node *map)
{
    nc_walk walk = { .root = map };

    while (nc_walk_next(&walk)) {
        const nc_node *node = walk.node;

        if (walk.entering) {
            open_meta(s, node);
            walk.skip = node->kind == NC_META_INLINES || node->kind == NC_META_BLOCKS;
        } else if (node->kind == NC_META_ENTRY) {
            put(s, ")");
        } else if (node->kind == NC_META_LIST) {
            put(s, "]");
        } else if (node->kind == NC_META_MAP) {
            put(s, node != map ? "])" : "]");
        }
    }
}

void push_native(lua_State *L, const nc_node *node, bool named)
{
    shower s = { .job = host_of(L)->job };

    luaL_buffinit(L, &s.out);
    if (node->kind == NC_DOCUMENT) {
        put(&s, "Pandoc (Meta {unMeta = ");
        show_meta(&s, node->meta);
        put(&s, "}) ");
    }
    if (node->kind == NC_SPAN && !named)
        put_attr(&s, node->attr);
    else
        show_blocks(&s, node);
    luaL_pushresult(&s.out);
}
