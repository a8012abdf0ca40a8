/* SPDX-License-Identifier: MIT */
/* Writing the tree as pandoc's native: one walk, driven by kinds.def as the JSON writer is;
 * layout.c breaks the lines.
 *
 *     constructor   Name field field     (Name field) as a field of another
 *     list          [ a , b ]
 *     record        Citation { citationId = "x" , … } */
#include "plugins/native/write.h"

/* Whether a node is shown as a constructor or record, by its name. Items, terms and the like are
 * bare lists. */
static bool has_name(const nc_node *node)
{
    return nc_kinds[node->kind].name[0] != '\0';
}

static bool has_fields(const nc_node *node)
{
    return nc_kinds[node->kind].field_count || node->kind == NC_META_LIST;
}

/* Whether a node stands as a field of a constructor rather than in a list. */
static bool is_argument(const nc_node *node)
{
    return node->kind == NC_CAPTION || node->kind == NC_TABLE_HEAD || node->kind == NC_TABLE_FOOT;
}

static void put_comma(layout *out)
{
    layout_break(out, 0);
    LAYOUT_TEXT(out, ", ");
}

static void open_list(layout *out)
{
    layout_begin(out);
    LAYOUT_TEXT(out, "[ ");
}

static void close_list(layout *out)
{
    layout_break(out, 0);
    LAYOUT_TEXT(out, "]");
    layout_end(out);
}

/* ---------------------------------------------------------------- fields */

static void begin_field(layout *out, const nc_node *node, size_t field)
{
    static const char *const keys[] = { "citationId =",   "citationPrefix =",  "citationSuffix =",
                                        "citationMode =", "citationNoteNum =", "citationHash =" };

    if (node->kind == NC_CITATION) {
        if (field)
            put_comma(out);
        layout_begin(out);
        layout_text(out, nc_string(keys[field]));
        layout_break(out, 2);
    } else if (field) {
        layout_break(out, 0);
    }
}

static void end_field(layout *out, const nc_node *node)
{
    if (node->kind == NC_CITATION)
        layout_end(out);
}

/* A part that the tree does not have, as pandoc shows an empty one. */
static void put_empty_part(layout *out, nc_kind kind)
{
    switch (kind) {
    case NC_SHORT_CAPTION: LAYOUT_TEXT(out, "Nothing"); return;
    case NC_CAPTION: LAYOUT_TEXT(out, "(Caption Nothing [])"); return;
    case NC_TABLE_HEAD: LAYOUT_TEXT(out, "(TableHead ( \"\" , [] , [] ) [])"); return;
    case NC_TABLE_FOOT: LAYOUT_TEXT(out, "(TableFoot ( \"\" , [] , [] ) [])"); return;
    default: LAYOUT_TEXT(out, "[]");
    }
}

/* Write the fields `from` to `to` (exclusive) of a node, all of which have no children. */
static void put_fields(layout *out, const nc_node *node, size_t from, size_t to)
{
    for (size_t i = from; i < to; i++) {
        const nc_field *field = &nc_kinds[node->kind].fields[i];
        const char *base = field->in_record ? node->record : (const void *)node;

        begin_field(out, node, i);
        if (nc_is_list(field))
            LAYOUT_TEXT(out, "[]");
        else if (field->type == NC_FIELD_PART)
            put_empty_part(out, (nc_kind)field->part);
        else
            native_field(out, field, base + field->offset, node->kind != NC_CITATION);
        end_field(out, node);
    }
}

/* Write what stands between `before` (NULL: nothing yet) and `after` (NULL: nothing more),
 * children of `node`. */
static void put_between(layout *out, const nc_node *node, const nc_node *before,
                        const nc_node *after)
{
    const nc_kind_info *info = &nc_kinds[node->kind];
    size_t from = before ? nc_field_of(node, before) : 0;
    size_t to = after ? nc_field_of(node, after) : info->field_count;

    if (before && after && from == to) {
        put_comma(out);
        return;
    }
    if (before) {
        if (nc_is_list(&info->fields[from++]))
            close_list(out);
        end_field(out, node);
    }
    put_fields(out, node, from, to);
    if (after) {
        begin_field(out, node, to);
        if (nc_is_list(&info->fields[to]))
            open_list(out);
    }
}

/* [ ( [term] , [ [definition] , [definition] ] ) , … ] */
static void put_between_definitions(layout *out, const nc_node *before, const nc_node *after)
{
    bool to_definition = after && after->kind == NC_DEFINITION;

    if (!before && !after) {
        LAYOUT_TEXT(out, "[]");
        return;
    }
    if (before && before->kind == NC_DEFINITION && !to_definition)
        close_list(out);
    if (before && before->kind == NC_TERM && !to_definition) {
        put_comma(out);
        LAYOUT_TEXT(out, "[]");
    }
    if (before && !to_definition) {
        layout_break(out, 0);
        LAYOUT_TEXT(out, ")");
        layout_end(out);
    }
    if (before && after)
        put_comma(out);
    if (to_definition && before && before->kind == NC_TERM)
        open_list(out);
    if (!before)
        open_list(out);
    if (after && !to_definition) {
        layout_begin(out);
        LAYOUT_TEXT(out, "( ");
    }
    if (!after)
        close_list(out);
}

/* Metadata: fromList [ ( "key" , value ) , … ] and [ value , … ] */
static void put_between_values(layout *out, const nc_node *before, const nc_node *after)
{
    if (before && after)
        put_comma(out);
    else if (after)
        open_list(out);
    else if (before)
        close_list(out);
    else
        LAYOUT_TEXT(out, "[]");
}

static void put_between_children(layout *out, const nc_node *node, const nc_node *before,
                                 const nc_node *after)
{
    switch ((nc_kind)node->kind) {
    case NC_DEFINITION_LIST: put_between_definitions(out, before, after); break;
    case NC_META_MAP:
    case NC_META_LIST: put_between_values(out, before, after); break;
    case NC_META_ENTRY: break;
    default: put_between(out, node, before, after);
    }
}

/* ---------------------------------------------------------------- nodes */

static void put_str(layout *out, nc_bytes text)
{
    layout_begin(out);
    LAYOUT_TEXT(out, "Str");
    layout_break(out, 2);
    native_string(out, text);
    layout_end(out);
}

/* Str, Space and SoftBreak of a run. */
static void put_text(layout *out, const nc_node *run)
{
    nc_word word;
    size_t at = 0;
    bool first = true;

    for (; nc_words(run, &at, &word); first = false) {
        if (!first)
            put_comma(out);
        if (word.kind == 's')
            put_str(out, word.text);
        else
            layout_text(out, word.kind == ' ' ? NC_LITERAL("Space") : NC_LITERAL("SoftBreak"));
    }
}

static void open_from_list(layout *out)
{
    layout_begin(out);
    LAYOUT_TEXT(out, "fromList");
    layout_break(out, 2);
}

static void open_node(layout *out, const nc_node *node)
{
    if (node->kind == NC_META_ENTRY) {
        layout_begin(out);
        LAYOUT_TEXT(out, "( ");
        native_string(out, node->text);
        put_comma(out);
    } else if (node->kind == NC_SHORT_CAPTION) {
        LAYOUT_TEXT(out, "(");
        layout_begin(out);
        LAYOUT_TEXT(out, "Just");
        layout_break(out, 2);
    }
    if (!has_name(node))
        return;
    if (is_argument(node))
        LAYOUT_TEXT(out, "(");
    layout_begin(out);
    layout_text(out, nc_string(nc_kinds[node->kind].name));
    if (has_fields(node)) {
        layout_break(out, 2);
        if (node->kind == NC_META_MAP) {
            LAYOUT_TEXT(out, "(");
            open_from_list(out);
            return;
        }
        layout_begin(out);
        if (node->kind == NC_CITATION)
            LAYOUT_TEXT(out, "{ ");
    }
}

static void close_node(layout *out, const nc_node *node)
{
    if (node->kind == NC_META_ENTRY || node->kind == NC_CITATION) {
        layout_break(out, 0);
        layout_text(out, node->kind == NC_CITATION ? NC_LITERAL("}") : NC_LITERAL(")"));
    }
    if (node->kind == NC_META_ENTRY || node->kind == NC_SHORT_CAPTION ||
        (has_name(node) && has_fields(node)))
        layout_end(out);
    if (has_name(node))
        layout_end(out);
    if (is_argument(node) || node->kind == NC_SHORT_CAPTION)
        LAYOUT_TEXT(out, ")");
}

static void put_meta_map_end(layout *out, const nc_node *node)
{
    if (node->kind == NC_META_MAP) {
        layout_end(out);
        LAYOUT_TEXT(out, ")");
        layout_end(out);
    } else {
        close_node(out, node);
    }
}

/* All below `root`, without its own name. */
static void put_tree(layout *out, const nc_node *root)
{
    nc_walk walk = { .root = root };

    while (!nc_job_status(out->job) && nc_walk_next(&walk)) {
        const nc_node *node = walk.node;

        if (walk.entering && node != root)
            put_between_children(out, node->parent, node->previous, node);
        if (node->kind == NC_TEXT) {
            if (walk.entering)
                put_text(out, node);
        } else if (!walk.entering) {
            put_between_children(out, node, node->last, NULL);
            if (node != root)
                put_meta_map_end(out, node);
        } else if (node != root) {
            open_node(out, node);
        }
    }
}

/* Pandoc Meta { unMeta = fromList [ … ] } [ … ] */
static void put_standalone(layout *out, const nc_node *doc)
{
    layout_begin(out);
    LAYOUT_TEXT(out, "Pandoc");
    layout_break(out, 2);
    layout_begin(out);
    layout_begin(out);
    LAYOUT_TEXT(out, "Meta");
    layout_break(out, 2);
    layout_begin(out);
    LAYOUT_TEXT(out, "{ ");
    layout_begin(out);
    LAYOUT_TEXT(out, "unMeta =");
    layout_break(out, 2);
    open_from_list(out);
    put_tree(out, doc->meta);
    layout_end(out);
    layout_end(out);
    layout_break(out, 0);
    LAYOUT_TEXT(out, "}");
    layout_end(out);
    layout_end(out);
    layout_break(out, 0);
    put_tree(out, doc);
    layout_end(out);
    layout_end(out);
}

nc_status native_write(nc_job *job, const void *options, const nc_node *doc, nc_buf *buf)
{
    const nc_settings *settings = nc_job_settings(job);
    layout out;

    (void)options;
    layout_open(&out, job, buf, settings->columns > 0 ? (size_t)settings->columns : 72);
    if (settings->standalone)
        put_standalone(&out, doc);
    else
        put_tree(&out, doc);
    NC_PUT(buf, "\n");
    return nc_job_status(job);
}
