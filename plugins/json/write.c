/* SPDX-License-Identifier: MIT */
/* Writing the tree as pandoc's JSON: one walk, no state. What stands between two children
 * follows from the fields of kinds.def that they belong to. */
#include "plugins/json/json.h"

static void put_attr(nc_buf *buf, const nc_attr *attr)
{
    if (!attr) {
        NC_PUT(buf, "[\"\",[],[]]");
        return;
    }
    nc_put_char(buf, '[');
    nc_json_put_string(buf, attr->id);
    NC_PUT(buf, ",[");
    for (size_t i = 0; i < attr->class_count; i++) {
        if (i)
            nc_put_char(buf, ',');
        nc_json_put_string(buf, attr->classes[i]);
    }
    NC_PUT(buf, "],[");
    for (size_t i = 0; i < attr->pair_count; i++) {
        nc_put(buf, i ? NC_LITERAL(",[") : NC_LITERAL("["));
        nc_json_put_string(buf, attr->pairs[i].key);
        nc_put_char(buf, ',');
        nc_json_put_string(buf, attr->pairs[i].value);
        nc_put_char(buf, ']');
    }
    NC_PUT(buf, "]]");
}

/* {"t":"AlignLeft"} */
static void put_name(nc_buf *buf, const char *name)
{
    NC_PUT(buf, "{\"t\":\"");
    nc_put(buf, nc_string(name));
    NC_PUT(buf, "\"}");
}

static void put_target(nc_buf *buf, const nc_target *target)
{
    nc_put_char(buf, '[');
    nc_json_put_string(buf, target->url);
    nc_put_char(buf, ',');
    nc_json_put_string(buf, target->title);
    nc_put_char(buf, ']');
}

static void put_list_attributes(nc_buf *buf, const nc_list_attributes *list)
{
    nc_put_char(buf, '[');
    nc_put_int(buf, list->start);
    nc_put_char(buf, ',');
    put_name(buf, nc_list_style_names[list->style]);
    nc_put_char(buf, ',');
    put_name(buf, nc_list_delim_names[list->delimiter]);
    nc_put_char(buf, ']');
}

static void put_columns(nc_buf *buf, const nc_columns *columns)
{
    nc_put_char(buf, '[');
    for (size_t i = 0; i < columns->count; i++) {
        nc_put(buf, i ? NC_LITERAL(",[") : NC_LITERAL("["));
        put_name(buf, nc_alignment_names[columns->items[i].alignment]);
        if (columns->items[i].width < 0) {
            NC_PUT(buf, ",{\"t\":\"ColWidthDefault\"}]");
        } else {
            NC_PUT(buf, ",{\"t\":\"ColWidth\",\"c\":");
            nc_json_put_double(buf, columns->items[i].width);
            NC_PUT(buf, "}]");
        }
    }
    nc_put_char(buf, ']');
}

/* A field that is no children. */
static void put_field(nc_buf *buf, const nc_field *field, const void *place)
{
    switch ((nc_field_type)field->type) {
    case NC_FIELD_ATTR: put_attr(buf, *(const nc_attr *const *)place); break;
    case NC_FIELD_TEXT: nc_json_put_string(buf, *(const nc_bytes *)place); break;
    case NC_FIELD_INT: nc_put_int(buf, *(const int64_t *)place); break;
    case NC_FIELD_BOOL: nc_put(buf, nc_string(*(const int64_t *)place ? "true" : "false")); break;
    case NC_FIELD_TARGET: put_target(buf, place); break;
    case NC_FIELD_LIST_ATTRIBUTES: put_list_attributes(buf, place); break;
    case NC_FIELD_COLUMN_SPECS: put_columns(buf, place); break;
    case NC_FIELD_QUOTE_TYPE: put_name(buf, nc_quote_type_names[*(const int64_t *)place]); break;
    case NC_FIELD_MATH_TYPE: put_name(buf, nc_math_type_names[*(const int *)place]); break;
    case NC_FIELD_ALIGNMENT: put_name(buf, nc_alignment_names[*(const int *)place]); break;
    case NC_FIELD_CITATION_MODE: put_name(buf, nc_citation_mode_names[*(const int *)place]); break;
    default: break;
    }
}

/* ---------------------------------------------------------------- fields of a node, in order */

static void put_key(nc_buf *buf, const nc_node *node, size_t field)
{
    static const char *const keys[] = { "{\"citationId\":",      ",\"citationPrefix\":",
                                        ",\"citationSuffix\":",  ",\"citationMode\":",
                                        ",\"citationNoteNum\":", ",\"citationHash\":" };

    if (node->kind == NC_CITATION)
        nc_put(buf, nc_string(keys[field]));
    else if (field)
        nc_put_char(buf, ',');
}

static void put_fields(nc_buf *buf, const nc_node *node, size_t from, size_t to);

/* A part that the tree does not have, as pandoc writes an empty one. */
static void put_empty_part(nc_buf *buf, nc_kind kind)
{
    const nc_node empty = { .kind = (uint8_t)kind };
    size_t count = nc_kinds[kind].field_count;

    if (kind == NC_SHORT_CAPTION) {
        NC_PUT(buf, "null");
        return;
    }
    if (count > 1)
        nc_put_char(buf, '[');
    put_fields(buf, &empty, 0, count);
    if (count > 1)
        nc_put_char(buf, ']');
}

/* Write the fields `from` to `to` (exclusive) of a node, all of which have no children. */
static void put_fields(nc_buf *buf, const nc_node *node, size_t from, size_t to)
{
    for (size_t i = from; i < to; i++) {
        const nc_field *field = &nc_kinds[node->kind].fields[i];

        put_key(buf, node, i);
        if (nc_is_list(field))
            NC_PUT(buf, "[]");
        else if (field->type == NC_FIELD_PART)
            put_empty_part(buf, (nc_kind)field->part);
        else
            put_field(buf, field,
                      (field->in_record ? (const char *)node->record : (const char *)node) +
                          field->offset);
    }
}

/* Write what stands between `before` (NULL: nothing yet) and `after` (NULL: nothing more),
 * children of `node`. */
static void put_between(nc_buf *buf, const nc_node *node, const nc_node *before,
                        const nc_node *after)
{
    const nc_kind_info *info = &nc_kinds[node->kind];
    size_t from = before ? nc_field_of(node, before) : 0,
           to = after ? nc_field_of(node, after) : info->field_count;

    if (before && after && from == to) {
        nc_put_char(buf, ',');
        return;
    }
    if (before && nc_is_list(&info->fields[from++]))
        nc_put_char(buf, ']');
    put_fields(buf, node, from, to);
    if (after) {
        put_key(buf, node, to);
        if (nc_is_list(&info->fields[to]))
            nc_put_char(buf, '[');
    }
}

/* ---------------------------------------------------------------- nodes */

/* Str, Space and SoftBreak of a run. */
static void put_text(nc_buf *buf, const nc_node *run)
{
    nc_word word;
    size_t at = 0;

    while (nc_words(run, &at, &word)) {
        if (word.kind == 's') {
            NC_PUT(buf, "{\"t\":\"Str\",\"c\":");
            nc_json_put_string(buf, word.text);
            NC_PUT(buf, "},");
        } else if (word.kind == ' ') {
            NC_PUT(buf, "{\"t\":\"Space\"},");
        } else {
            NC_PUT(buf, "{\"t\":\"SoftBreak\"},");
        }
    }
    if (buf->len)
        buf->len--; /* the last comma */
}

static bool is_tagged(const nc_node *node)
{
    return nc_kinds[node->kind].level != NC_LEVEL_PART && node->kind != NC_META_ENTRY;
}

/* Whether several values stand in brackets of their own: not those of a single field. */
static bool has_brackets(const nc_node *node)
{
    return nc_kinds[node->kind].field_count > 1 && node->kind != NC_CITATION;
}

/* What stands before the first field. */
static void open_node(nc_buf *buf, const nc_node *node)
{
    if (is_tagged(node)) {
        NC_PUT(buf, "{\"t\":\"");
        nc_put(buf, nc_string(nc_kinds[node->kind].name));
        nc_put_char(buf, '"');
        if (!nc_kinds[node->kind].field_count && node->kind != NC_META_LIST) {
            nc_put_char(buf, '}');
            return;
        }
        NC_PUT(buf, ",\"c\":");
    }
    if (has_brackets(node))
        nc_put_char(buf, '[');
    else if (node->kind == NC_META_LIST)
        nc_put_char(buf, '[');
    else if (node->kind == NC_META_MAP)
        nc_put_char(buf, '{');
}

static void close_node(nc_buf *buf, const nc_node *node)
{
    if (has_brackets(node))
        nc_put_char(buf, ']');
    else if (node->kind == NC_META_LIST)
        nc_put_char(buf, ']');
    else if (node->kind == NC_META_MAP || node->kind == NC_CITATION)
        nc_put_char(buf, '}');
    if (is_tagged(node) && (nc_kinds[node->kind].field_count || node->kind == NC_META_LIST))
        nc_put_char(buf, '}');
}

/* TERM DEFINITION DEFINITION TERM … is flat in the tree: [[term,[definition,definition]],…] */
static void put_between_definitions(nc_buf *buf, const nc_node *before, const nc_node *after)
{
    bool defined = before && before->kind == NC_DEFINITION;

    if (!before)
        nc_put(buf, after ? NC_LITERAL("[[") : NC_LITERAL("[]"));
    else if (after && after->kind == NC_DEFINITION)
        nc_put(buf, defined ? NC_LITERAL(",") : NC_LITERAL(",["));
    else if (after)
        nc_put(buf, defined ? NC_LITERAL("]],[") : NC_LITERAL(",[]],["));
    else
        nc_put(buf, defined ? NC_LITERAL("]]]") : NC_LITERAL(",[]]]"));
}

static void put_between_children(nc_buf *buf, const nc_node *node, const nc_node *before,
                                 const nc_node *after)
{
    if (node->kind == NC_DEFINITION_LIST)
        put_between_definitions(buf, before, after);
    else if (nc_kinds[node->kind].level != NC_LEVEL_META || node->kind == NC_META_INLINES ||
             node->kind == NC_META_BLOCKS)
        put_between(buf, node, before, after);
    else if (before && after)
        nc_put_char(buf, ',');
    else if (node->kind == NC_META_STRING || node->kind == NC_META_BOOL)
        put_fields(buf, node, 0, 1);
}

static void put_tree(nc_job *job, nc_buf *buf, const nc_node *root)
{
    nc_walk walk = { .root = root };

    while (!nc_job_status(job) && nc_walk_next(&walk)) {
        const nc_node *node = walk.node;

        if (walk.entering && node != root)
            put_between_children(buf, node->parent, node->previous, node);
        if (node->kind == NC_TEXT) {
            if (walk.entering)
                put_text(buf, node);
        } else if (walk.entering) {
            if (node->kind == NC_META_ENTRY) {
                nc_json_put_string(buf, node->text);
                nc_put_char(buf, ':');
            } else if (node != root) {
                open_node(buf, node);
            }
        } else if (node != root && node->kind != NC_META_ENTRY) {
            put_between_children(buf, node, node->last, NULL);
            close_node(buf, node);
        }
    }
}

nc_status json_write(nc_job *job, const void *options, const nc_node *doc, nc_buf *buf)
{
    (void)options;
    NC_PUT(buf, "{\"pandoc-api-version\":[1,23,1,2],\"meta\":{");
    put_tree(job, buf, doc->meta);
    NC_PUT(buf, "},\"blocks\":");
    put_tree(job, buf, doc);
    nc_put(buf, doc->first ? NC_LITERAL("]}\n") : NC_LITERAL("[]}\n"));
    return nc_job_status(job);
}
