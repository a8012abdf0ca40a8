/* SPDX-License-Identifier: MIT */
/* A parsed page, as small as reading needs it: elements and texts, no comments. It is walked by its links; nothing here
 * changes it. The parser behind it is a matter of one file. */
#ifndef NEWSCONV_DOM_H
#define NEWSCONV_DOM_H

#include "core/plugin.h"

typedef enum dom_tag {
    DOM_TAG_OTHER,
#define DOM_TAG(id, name, content) DOM_##id,
#include "plugins/html/tags.def"
#undef DOM_TAG
    DOM_TAG_COUNT
} dom_tag;

typedef enum dom_content { DOM_IS_INLINE, DOM_IS_VOID, DOM_IS_EITHER, DOM_IS_BLOCK, DOM_IS_LINE } dom_content;

/* Of each tag, indexed by dom_tag. */
typedef struct dom_tag_info {
    const char *name;
    dom_content content;
} dom_tag_info;

extern const dom_tag_info dom_tags[DOM_TAG_COUNT];

/* Whether elements of that tag are parts of a table or definition list. */
bool dom_is_part(dom_tag tag);

/* The tag of a name in lower case. */
dom_tag dom_tag_named(nc_bytes name);

typedef enum dom_kind { DOM_ELEMENT, DOM_TEXT } dom_kind;

/* dom_flags: how the element came about. */
enum {
    DOM_IMPLIED = 1,            /* its start tag is not in the page */
    DOM_UNENDED = 2,            /* its end tag is not in the page */
    DOM_CLONE = 4               /* a formatting element opened again by the parser */
};

typedef struct dom_node dom_node;

/* A script or style, whose body was kept from the parser. */
typedef struct dom_script {
    size_t offset;              /* of the start tag in the page */
    nc_bytes body;
} dom_script;

typedef struct dom_document {
    dom_node *root;             /* the html element; NULL after a failure */
    const dom_script *scripts;  /* in the order of the page */
    size_t script_count;
} dom_document;

/* Parse a page. Errors: those of the job. Pages nested too deeply are flattened, with a warning. */
dom_document dom_parse(nc_job *job, nc_bytes page);

dom_kind dom_node_kind(const dom_node *node);
dom_tag dom_node_tag(const dom_node *node);         /* DOM_TAG_OTHER of a text */
unsigned dom_flags(const dom_node *node);
nc_bytes dom_name(const dom_node *node);            /* of an element, in lower case */
nc_bytes dom_text(const dom_node *node);            /* of a text, character references resolved */
nc_bytes dom_source(const dom_node *node);          /* of an element, from its start tag to behind its end tag */
size_t dom_offset(const dom_node *node);            /* bytes into the page */

dom_node *dom_parent(const dom_node *node);         /* NULL of the root */
dom_node *dom_first(const dom_node *node);
dom_node *dom_next(const dom_node *node);           /* the next sibling */

/* The next node below `root` in the order of the page, after `node` and, unless `skip`, what is in it. */
dom_node *dom_following(const dom_node *root, const dom_node *node, bool skip);

/* Attributes. Values have their character references resolved. */
size_t dom_attribute_count(const dom_node *node);
nc_pair dom_attribute(const dom_node *node, size_t index);
nc_bytes dom_value(const dom_node *node, const char *name);     /* {NULL, 0} when there is none */
const dom_script *dom_script_of(const dom_document *document, const dom_node *node);

/* A number of the reader's own at each node, 0 at first. */
uint32_t *dom_mark(dom_node *node);

#endif
