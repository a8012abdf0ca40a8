/* SPDX-License-Identifier: MIT */
/* Make the context of a template from a document's metadata and the user's variables. */
#include "core/template.h"

void nc_template_set(nc_job *job, nc_node *map, const char *key, nc_bytes text)
{
    nc_node *value = nc_meta_set(job, map, nc_string(key), NC_META_STRING);

    if (value)
        value->text = text;
}

static nc_bytes rendered(nc_job *job, const nc_node *value, nc_template_render render, void *data,
                         nc_buf *scratch)
{
    size_t start = scratch->len;
    nc_bytes text = { "", 0 };

    render(data, value, scratch);
    if (scratch->len > start)
        text = nc_copy(job, (nc_bytes){ scratch->ptr + start, scratch->len - start });
    scratch->len = start;
    return text;
}

/* Lay the user's variables over those in `map`. */
static void add_variables(nc_job *job, nc_node *map, const nc_node *variables)
{
    for (const nc_node *entry = variables ? variables->first : NULL; entry; entry = entry->next) {
        nc_node *value =
            entry->first ? nc_meta_set(job, map, entry->text, entry->first->kind) : NULL;

        if (!value)
            continue;
        nc_append(job, value->parent, nc_clone(job, entry->first));
        nc_detach(value);
    }
}

nc_node *nc_template_values(nc_job *job, const nc_node *doc, nc_template_render render, void *data,
                            nc_buf *scratch)
{
    nc_node *map = nc_node_new(job, NC_META_MAP), *at = NULL;
    nc_walk walk = { .root = doc->meta };

    while (map && nc_walk_next(&walk)) {
        const nc_node *node = walk.node;
        bool text = (nc_bit(node) &
                     (NC_BIT(META_STRING) | NC_BIT(META_INLINES) | NC_BIT(META_BLOCKS))) != 0;
        nc_node *made;

        if (!walk.entering) {
            at = at ? at->parent : NULL;
            continue;
        }
        walk.skip = text;
        made =
            node == doc->meta
                ? map
                : nc_append(job, at, nc_node_new(job, text ? NC_META_STRING : (nc_kind)node->kind));
        if (!made)
            break;
        at = made;
        if (text)
            made->text = rendered(job, node, render, data, scratch);
        else if (node->kind == NC_META_ENTRY)
            made->text = node->text;
        else if (node->kind == NC_META_BOOL)
            made->number = node->number;
    }
    add_variables(job, map, nc_job_settings(job)->variables);
    return map;
}
