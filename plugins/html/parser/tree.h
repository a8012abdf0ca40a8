/* SPDX-License-Identifier: MIT */
/* What the HTML parser yields. */
#ifndef NEWSCONV_HTML_TREE_H
#define NEWSCONV_HTML_TREE_H

#include "core/plugin.h"

typedef enum dom_tag {
    DOM_TAG_OTHER,
#define DOM_TAG(id, name, content, traits) DOM_##id,
#include "plugins/html/parser/tags.def"
#undef DOM_TAG
    DOM_TAG_COUNT
} dom_tag;

/* What the standard says of elements, by sets. */
enum {
    SPECIAL = 1,                /* 13.2.4.2 */
    FORMATTING = 2,
    SCOPE = 4,                  /* bounds each of the scopes */
    LIST_SCOPE = 8, BUTTON_SCOPE = 16, TABLE_SCOPE = 32,
    IMPLIED_END = 64, TABLE_IMPLIED_END = 128,
    MODE = 256,                 /* counts when the insertion mode is reset */
    MATH_POINT = 512, SVG_POINT = 1024 /* special and bounding where they are foreign */
};

typedef enum html_kind { HTML_ELEMENT, HTML_TEXT, HTML_COMMENT, HTML_DOCTYPE, HTML_DOCUMENT } html_kind;
typedef enum html_space { SPACE_HTML, SPACE_SVG, SPACE_MATHML } html_space;

/* html_node.flags */
enum {
    HTML_IMPLIED = 1,           /* its start tag is not in the page */
    HTML_UNENDED = 2,           /* its end tag is not in the page */
    HTML_CLONE = 4,             /* a formatting element opened again by the parser */
    HTML_LISTED = 8,            /* in the list of active formatting elements */
    HTML_GROWN = 16             /* a text in memory of its own, whose size is a power of two */
};

/* The attributes of an element, and its name where the tag does not tell it. */
typedef struct html_attributes {
    nc_bytes name;
    size_t count;
    nc_pair items[];
} html_attributes;

typedef struct html_node html_node;

struct html_node {
    html_node *parent, *next, *first;
    html_node *previous;        /* of the first child: the last one */
    uint16_t tag;               /* dom_tag; numbers above DOM_TAG_COUNT are names that tags.def does not know */
    uint8_t kind : 4, space : 4; /* html_kind, html_space */
    uint8_t flags;
    uint32_t offset;            /* in the page */
    union {
        const char *text;       /* of texts, comments */
        const html_attributes *attributes; /* of elements, doctypes; NULL: none */
    };
    union {
        uint32_t length;        /* of the text */
        uint32_t end;           /* of an element: behind its end tag in the page */
    };
    uint32_t mark;              /* the parser's while it runs, then the reader's */
};

typedef struct html_options {
    bool scripting;             /* noscript is no content */
    bool comments;              /* keep comments and doctypes */
    size_t depth;               /* of the tree, at most; 0: no limit but 65,000 */
    nc_bytes context;           /* parse a fragment in this element ("td", "svg path"); empty: a document */
} html_parse_options;

/* Parse `page` (valid UTF-8). The document, whose children are the tree; of a fragment, the children of its html element
 * are. NULL when the job fails. Owner: the arena; the page must live as long. Errors: EMEM, ELIMIT.
 * Source: HTML standard, 13.2 and 13.4. */
html_node *html_parse(nc_job *job, nc_bytes page, const html_parse_options *options);

/* The name of an element, in lower case (SVG's as SVG spells them). */
nc_bytes html_node_name(const html_node *node);

extern const char *const html_tag_names[DOM_TAG_COUNT];

#endif
