/* SPDX-License-Identifier: MIT */
/* The view: the tags, names, attributes, walking. */
#include "plugins/html/dom.h"

const dom_tag_info dom_tags[DOM_TAG_COUNT] = {
    [DOM_TAG_OTHER] = { "", DOM_IS_INLINE },
#define DOM_TAG(id, name, content, sets) [DOM_##id] = { name, DOM_IS_##content },
#include "plugins/html/tags.def"
#undef DOM_TAG
};

dom_tag dom_tag_named(nc_bytes name)
{
    size_t low = 1, high = DOM_TAG_COUNT;

    while (low < high) {
        size_t middle = low + (high - low) / 2;
        const char *other = dom_tags[middle].name;
        int order = strncmp(other, name.ptr, name.len);

        if (order == 0 && !other[name.len])
            return (dom_tag)middle;
        if (order < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return DOM_TAG_OTHER;
}

bool dom_is_part(dom_tag tag)
{
    switch (tag) {
    case DOM_TR:
    case DOM_TD:
    case DOM_TH:
    case DOM_THEAD:
    case DOM_TBODY:
    case DOM_TFOOT:
    case DOM_CAPTION:
    case DOM_COLGROUP:
    case DOM_COL:
    case DOM_DT:
    case DOM_DD: return true;
    default: return false;
    }
}

nc_bytes dom_value(const dom_node *node, const char *name)
{
    size_t count = dom_attribute_count(node);

    for (size_t i = 0; i < count; i++) {
        nc_pair pair = dom_attribute(node, i);

        if (nc_is(pair.key, name))
            return pair.value;
    }
    return (nc_bytes){ NULL, 0 };
}

dom_node *dom_following(const dom_node *root, const dom_node *node, bool skip)
{
    dom_node *next = skip ? NULL : dom_first(node);

    while (!next && node != root) {
        next = dom_next(node);
        node = dom_parent(node);
    }
    return next;
}

dom_document dom_parse(nc_job *job, html_pool *pool, nc_bytes page, bool comments)
{
    html_parse_options options = { .pool = pool,
                                   .comments = comments,
                                   .depth = nc_job_limits(job)->depth,
                                   .quiet_head = true,
                                   .no_head_text = nc_job_settings(job)->raw };
    dom_node *document = html_parse(job, page, &options);
    dom_node *root = document ? document->first : NULL;

    while (root && root->kind != DOM_ELEMENT) /* comments and the doctype */
        root = root->next;
    return (dom_document){ root };
}

nc_bytes dom_name(const dom_node *node)
{
    if (node->kind != DOM_ELEMENT)
        return (nc_bytes){ "", 0 };
    if (node->space == SPACE_HTML && node->tag && node->tag < DOM_TAG_COUNT)
        return nc_string(dom_tags[node->tag].name);
    return node->attributes ? node->attributes->name : (nc_bytes){ "", 0 };
}

nc_bytes dom_source(const dom_node *node)
{
    const dom_node *document = node;

    if (node->kind != DOM_ELEMENT || (node->flags & DOM_IMPLIED) || node->end < node->offset)
        return (nc_bytes){ "", 0 };
    while (document->parent)
        document = document->parent;
    return (nc_bytes){ document->text + node->offset, node->end - node->offset };
}

nc_bytes dom_body(const dom_node *node)
{
    if (!dom_is_script(node) || (node->flags & DOM_UNENDED))
        return (nc_bytes){ NULL, 0 };
    return node->first ? (nc_bytes){ node->first->text, node->first->length } : (nc_bytes){ "", 0 };
}
