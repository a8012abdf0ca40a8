/* SPDX-License-Identifier: MIT */
/* What the HTML parser yields. */
#ifndef NEWSCONV_HTML_TREE_H
#define NEWSCONV_HTML_TREE_H

#include "core/plugin.h"

typedef enum dom_tag {
    DOM_TAG_OTHER,
#define DOM_TAG(id, name, content, traits) DOM_##id,
#include "plugins/html/tags.def"
#undef DOM_TAG
    DOM_TAG_COUNT
} dom_tag;

/* What the standard says of elements, by sets. */
enum dom_sets {
    SPECIAL = 1,                /* 13.2.4.2 */
    FORMATTING = 2,
    SCOPE = 4,                  /* bounds each of the scopes */
    LIST_SCOPE = 8, BUTTON_SCOPE = 16, TABLE_SCOPE = 32,
    IMPLIED_END = 64, TABLE_IMPLIED_END = 128,
    MODE = 256,                 /* counts when the insertion mode is reset */
    MATH_POINT = 512, SVG_POINT = 1024, /* special and bounding where they are foreign */
    HEAD_CONTENT = 2048         /* goes into the head wherever it stands */
};

typedef enum dom_kind { DOM_ELEMENT, DOM_TEXT, DOM_COMMENT, DOM_DOCTYPE, DOM_DOCUMENT } dom_kind;
typedef enum dom_space { SPACE_HTML, SPACE_SVG, SPACE_MATHML } dom_space;

/* dom_node.flags */
enum {
    DOM_IMPLIED = 1,           /* its start tag is not in the page */
    DOM_UNENDED = 2,           /* its end tag is not in the page */
    DOM_CLONE = 4,             /* a formatting element opened again by the parser */
    DOM_LISTED = 8,            /* in the list of active formatting elements */
    DOM_GROWN = 16             /* a text in memory of its own, whose size is a power of two */
};

/* The attributes of an element, and its name where the tag does not tell it. */
typedef struct dom_attributes {
    nc_bytes name;
    size_t count;
    nc_pair items[];
} dom_attributes;

typedef struct dom_node dom_node;

struct dom_node {
    dom_node *parent, *next, *first;
    dom_node *previous;        /* of the first child: the last one */
    uint16_t tag;               /* dom_tag; numbers above DOM_TAG_COUNT are names that tags.def does not know */
    uint8_t kind : 4, space : 4; /* dom_kind, dom_space */
    uint8_t flags;
    uint32_t offset;            /* in the page */
    union {
        const char *text;       /* of texts, comments */
        const dom_attributes *attributes; /* of elements, doctypes; NULL: none */
    };
    union {
        uint32_t length;        /* of the text */
        uint32_t end;           /* of an element: behind its end tag in the page */
    };
    uint32_t mark;              /* the parser's while it runs, then the reader's */
};

/* Memory for nodes that go before the job does: { .job = job }. What is taken is zeroed; NULL when memory ends. */
typedef struct html_pool {
    nc_job *job;
    nc_buf block;               /* the last one */
} html_pool;

void *html_pool_take(html_pool *pool, size_t size);
void html_pool_close(html_pool *pool);

typedef struct html_parse_options {
    html_pool *pool;            /* the nodes' owner; NULL: the arena */
    bool scripting;             /* noscript is no content */
    bool comments;              /* keep comments and doctypes */
    bool quiet_head;            /* not of the standard: noscript between <head> and </head> is no content, as for
                                 * browsers that run scripts; else an image in it would end the head */
    bool no_head_text;          /* not of the standard: text there is dropped, as pandoc does */
    size_t depth;               /* of the tree, at most; 0: no limit but 65,000 */
    size_t *work;               /* NULL, or where the steps are counted to that are not bytes scanned */
    nc_bytes context;           /* parse a fragment in this element ("td", "svg path"); empty: a document */
} html_parse_options;

/* Parse `page` (valid UTF-8). The document, whose children are the tree; of a fragment, the
 * children of its html element are. NULL when the job fails. Owner: the arena; the page must live
 * as long. Errors: EMEM, ELIMIT. Source: HTML standard, 13.2 and 13.4. */
dom_node *html_parse(nc_job *job, nc_bytes page, const html_parse_options *options);

/* The name of an element, in lower case (SVG's as SVG spells them). */
nc_bytes dom_name(const dom_node *node);

#endif
