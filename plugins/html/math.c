/* SPDX-License-Identifier: MIT */
/* Math in a page. */
#include "plugins/html/read.h"

/* The TeX that a math element carries as an annotation, else its text. */
nc_bytes html_math(html_reader *reader, dom_node *element)
{
    for (dom_node *node = element; node; node = dom_following(element, node, false))
        if (nc_is(dom_value(node, "encoding"), "application/x-tex"))
            return html_all_text(reader, node);
    return html_trimmed(html_all_text(reader, element));
}
