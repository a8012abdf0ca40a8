/* SPDX-License-Identifier: MIT */
/* What of the view does not depend on the parser: the tags, and walking. */
#include "plugins/html/dom.h"

const dom_tag_info dom_tags[DOM_TAG_COUNT] = {
    [DOM_TAG_OTHER] = { "", DOM_IS_INLINE },
#define DOM_TAG(id, name, content) [DOM_##id] = { name, DOM_IS_##content },
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
    case DOM_TR: case DOM_TD: case DOM_TH: case DOM_THEAD: case DOM_TBODY: case DOM_TFOOT: case DOM_CAPTION:
    case DOM_COLGROUP: case DOM_COL: case DOM_DT: case DOM_DD:
        return true;
    default:
        return false;
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
