/* SPDX-License-Identifier: MIT */
/* A parsed page, as small as reading needs it: elements and texts, no comments. It is walked by its links; nothing here
 * changes it. Texts of scripts and styles are apart: dom_body. */
#ifndef NEWSCONV_DOM_H
#define NEWSCONV_DOM_H

#include "plugins/html/parser/tree.h"

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

typedef struct dom_document {
    dom_node *root;             /* the html element; NULL after a failure */
} dom_document;

/* Parse a page, with comments if asked. Owner: the pool; texts and attributes live as long as the job.
 * Errors: those of the job. Pages nested too deeply are flattened, with a warning. */
dom_document dom_parse(nc_job *job, html_pool *pool, nc_bytes page, bool comments);

static inline dom_kind dom_node_kind(const dom_node *node)
{
    return (dom_kind)node->kind;
}

/* DOM_TAG_OTHER of a text. */
static inline dom_tag dom_node_tag(const dom_node *node)
{
    return node->tag < DOM_TAG_COUNT ? (dom_tag)node->tag : DOM_TAG_OTHER;
}

static inline unsigned dom_flags(const dom_node *node)
{
    return node->flags;
}

/* Of a comment. */
static inline nc_bytes dom_comment(const dom_node *node)
{
    return (nc_bytes){ node->text, node->length };
}

/* Of a text, character references resolved. */
static inline nc_bytes dom_text(const dom_node *node)
{
    return node->kind == DOM_TEXT ? (nc_bytes){ node->text, node->length } : (nc_bytes){ "", 0 };
}

/* Bytes into the page. */
static inline size_t dom_offset(const dom_node *node)
{
    return node->offset;
}

/* NULL of the root. */
static inline dom_node *dom_parent(const dom_node *node)
{
    return node->parent && node->parent->kind == DOM_ELEMENT ? node->parent : NULL;
}

/* Elements whose text is no content. */
static inline bool dom_is_script(const dom_node *node)
{
    return (node->tag == DOM_SCRIPT || node->tag == DOM_STYLE || node->tag == DOM_IFRAME) &&
           node->space == SPACE_HTML;
}

static inline dom_node *dom_first(const dom_node *node)
{
    return dom_is_script(node) ? NULL : node->first;
}

/* The next sibling. */
static inline dom_node *dom_next(const dom_node *node)
{
    return node->parent && node->parent->kind == DOM_ELEMENT ? node->next : NULL;
}

/* The page from the start tag of an element to behind its end tag. */
nc_bytes dom_source(const dom_node *node);

/* The text of a script or style that its end tag ends; {NULL, 0} of any other element. */
nc_bytes dom_body(const dom_node *node);

/* The next node below `root` in the order of the page, after `node` and, unless `skip`, what is in it. */
dom_node *dom_following(const dom_node *root, const dom_node *node, bool skip);

/* Attributes. Values have their character references resolved. */
static inline size_t dom_attribute_count(const dom_node *node)
{
    return node->kind == DOM_ELEMENT && node->attributes ? node->attributes->count : 0;
}

static inline nc_pair dom_attribute(const dom_node *node, size_t index)
{
    return node->attributes->items[index];
}

nc_bytes dom_value(const dom_node *node, const char *name);     /* {NULL, 0} when there is none */
/* A number of the reader's own at each node, 0 at first. */
static inline uint32_t *dom_mark(dom_node *node)
{
    return &node->mark;
}

#endif
