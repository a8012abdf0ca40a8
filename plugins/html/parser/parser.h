/* SPDX-License-Identifier: MIT */
/* The HTML parser: tokenizer and tree construction of the WHATWG standard (HTML, 13.2), building
 * straight into the job's arena. Texts and attribute values are slices of the input wherever it
 * says what they say.
 *
 *   tokenizer.c  ──token──►  parse.c (dispatch)  ──►  mode_*.c (one table of small functions a
 * mode)
 *   attributes.c                                       stack.c, formatting.c, insert.c, foreign.c
 *   references.c
 *
 * Linear whatever comes: the stack of open elements is bounded by the limit on depth and answers
 * questions of scope by its chains, without being walked; the list of formatting elements and the
 * clones made from it are bounded. */
#ifndef NEWSCONV_HTML_PARSER_H
#define NEWSCONV_HTML_PARSER_H

#include "core/plugin.h"
#include "plugins/html/dom.h"

enum {
    MOST_FORMATTING = 64,       /* entries behind the last marker of the formatting list: a limit of our own */
    MOST_NAMES = 60000          /* different unknown element names in a page that are told apart */
};

/* 13.2.5: what the tokenizer makes of text. */
typedef enum html_content {
    HTML_DATA, HTML_RCDATA, HTML_RAWTEXT, HTML_SCRIPT, HTML_PLAINTEXT
} html_content;

/* 13.2.4.1 */
typedef enum html_mode {
    MODE_INITIAL, MODE_BEFORE_HTML, MODE_BEFORE_HEAD, MODE_IN_HEAD, MODE_IN_HEAD_NOSCRIPT, MODE_AFTER_HEAD,
    MODE_IN_BODY, MODE_TEXT, MODE_IN_TABLE, MODE_IN_TABLE_TEXT, MODE_IN_CAPTION, MODE_IN_COLUMN_GROUP,
    MODE_IN_TABLE_BODY, MODE_IN_ROW,
    MODE_IN_CELL, MODE_IN_TEMPLATE, MODE_AFTER_BODY, MODE_IN_FRAMESET, MODE_AFTER_FRAMESET, MODE_AFTER_AFTER_BODY,
    MODE_AFTER_AFTER_FRAMESET, MODE_COUNT
} html_mode;

typedef enum html_token_kind {
    TOKEN_SPACE,                /* text of white space alone */
    TOKEN_TEXT, TOKEN_START, TOKEN_END, TOKEN_COMMENT, TOKEN_DOCTYPE, TOKEN_EOF, TOKEN_KINDS
} html_token_kind;

typedef struct html_token {
    html_token_kind kind;
    uint16_t tag;
    bool self_closing;
    bool force_quirks;          /* DOCTYPE */
    size_t offset, end;         /* in the page */
    nc_bytes name;              /* of a tag or DOCTYPE, in lower case */
    nc_bytes text;              /* of text and comments */
    nc_pair *attributes;        /* of a tag; the parser's own until an element is made */
    size_t attribute_count;
    nc_bytes public_id, system_id; /* DOCTYPE; ptr NULL: missing */
} html_token;

/* Where on the stack (index + 1, 0: nowhere) the topmost element of some sort is. */
typedef struct html_tops {
    uint16_t scope, list_scope, button_scope, table_scope, special, mode, html;
    uint16_t item_bound;        /* special, but not address, div or p: what a list item does not look beyond */
} html_tops;

typedef struct html_entry {
    dom_node *node;
    uint16_t same;              /* the entry below with the same tag, index + 1 */
    html_tops tops;             /* before this one was pushed */
} html_entry;

typedef struct html_parser {
    nc_job *job;
    nc_bytes in;
    size_t at;
    bool scripting, keep_comments, quiet_head, no_head_text;
    bool in_written_head;       /* behind <head>, and neither </head> nor <body> has come */
    dom_node *document;
    dom_node *context;         /* of a fragment, else NULL */

    /* tokenizer */
    html_token token;
    html_content content;
    bool skip_line_feed;        /* after <pre>, <listing>, <textarea> */
    nc_pair *attributes;
    size_t attribute_capacity;
    uint16_t last_start;        /* the tag that ends RCDATA and the like */
    uint32_t *seen_attributes;  /* hash table of a tag with many attributes */
    size_t seen_capacity;

    /* names: the tags of tags.def, then unknown ones in order of appearance */
    uint16_t *name_slots;
    size_t name_slot_count;
    nc_bytes *names;
    size_t name_count, name_capacity;

    /* tree construction */
    html_mode mode, original_mode;
    uint8_t *template_modes;
    size_t template_count, template_capacity;
    html_entry *stack;
    dom_node **above;          /* room for taking the top of the stack apart */
    size_t above_capacity;
    size_t depth, stack_capacity, most_depth;
    html_tops tops;
    uint16_t *last;             /* for each tag, HTML and foreign apart: its topmost entry, index + 1 */
    size_t last_capacity;
    uint32_t *unopened;         /* for each known tag: start tags below the limit on depth, not on the stack */
    size_t unopened_count;
    dom_node **formatting;     /* NULL: a marker */
    size_t formatting_count, formatting_capacity;
    size_t clones_left;
    size_t work;                /* steps taken: pushes, pops, entries looked at, tokens processed */
    dom_node *head, *form;
    dom_node **selected;        /* the <selectedcontent> elements */
    size_t selected_count, selected_capacity;
    bool frameset_ok, foster, quirks, flattened;
    nc_bytes *table_text;
    size_t table_text_count, table_text_capacity;
    html_pool *pool;           /* NULL: the arena */
    dom_node *slab;            /* nodes not used yet */
    size_t slab_left;
} html_parser;

/* ------------------------------------------------------------ tokenizer.c, attributes.c,
 * references.c */

/* Read the next token into parser->token. Ends with TOKEN_EOF. */
void parser_next_token(html_parser *parser);

/* Read the attributes of a tag from parser->at on, to behind its '>'. False: the input ended in the
 * tag. */
bool parser_read_attributes(html_parser *parser);

/* A text with its character references resolved and line ends made '\n'; `flags` of html_scan say
 * what is in it. */
nc_bytes parser_resolve(html_parser *parser, nc_bytes raw, bool in_attribute, bool references);

/* Make a copy in lower case if need be; NUL becomes U+FFFD. */
nc_bytes parser_lower(html_parser *parser, nc_bytes name);

/* Scan for `stop` from parser->in.ptr[at]; *special is set if '&', CR or NUL come before it. */
size_t parser_scan_to(const html_parser *parser, size_t at, char stop, bool *special);

bool parser_is_space(char c);

/* The number of a tag name; unknown ones get one of their own. */
uint16_t parser_tag_number(html_parser *parser, nc_bytes name);

/* Grow an array in the arena to hold one more. */
void *parser_grow(html_parser *parser, void *items, size_t count, size_t *capacity, size_t size);

/* ------------------------------------------------------------ stack.c */

void parser_push(html_parser *parser, dom_node *node);
void parser_pop(html_parser *parser);

/* Pop up to and including the topmost entry with this tag (HTML namespace); it must be there. */
void parser_pop_until(html_parser *parser, dom_tag tag);

/* The same for a foreign element. */
void parser_pop_foreign(html_parser *parser, uint16_t tag);

/* Take `node` off the stack wherever it is / put it in above `below`. */
void parser_remove_entry(html_parser *parser, dom_node *node);
void parser_insert_entry(html_parser *parser, dom_node *node, size_t index);

dom_node *parser_current(const html_parser *parser);
bool parser_current_is(const html_parser *parser, dom_tag tag);

/* Index + 1 of the topmost HTML element with this tag, 0 if there is none. */
size_t parser_topmost(const html_parser *parser, uint16_t tag);

/* The same for foreign elements. */
size_t parser_topmost_foreign(const html_parser *parser, uint16_t tag);

typedef enum html_scope { IN_SCOPE, IN_LIST_SCOPE, IN_BUTTON_SCOPE, IN_TABLE_SCOPE } html_scope;

/* 13.2.4.2: "has an element in (…) scope". */
bool parser_in_scope(const html_parser *parser, dom_tag tag, html_scope scope);

/* Whether this very node is on the stack and in scope. */
bool parser_node_in_scope(const html_parser *parser, const dom_node *node);

bool parser_on_stack(const html_parser *parser, const dom_node *node);

/* 13.2.6.3; `except`: a tag that stays, DOM_TAG_OTHER for none. */
void parser_generate_implied_end_tags(html_parser *parser, dom_tag except);
void parser_generate_all_implied_end_tags(html_parser *parser);

/* Whether the tag of the current token belongs into the head: base, link, meta, script, style, title and the like. */
bool parser_is_head_content(const html_parser *parser);

/* The traits of an element on the stack: those of its tag in HTML, those of integration points
 * elsewhere. */
unsigned parser_traits(const dom_node *node);

/* ------------------------------------------------------------ insert.c */

dom_node *parser_node_new(html_parser *parser, dom_kind kind);

/* An element for the current token, in no tree yet. */
dom_node *parser_create_element(html_parser *parser, dom_space space);

/* Insert an element for the current token and push it. False when it lies too deep: then it is in
 * the tree but not on the stack, and its end tag will be passed over. */
bool parser_insert_element(html_parser *parser);

/* The same for what the modes rely on to be on the stack, however deep. */
void parser_insert_pushed(html_parser *parser);

/* Insert an element for a tag that is not in the page. */
void parser_insert_implied(html_parser *parser, dom_tag tag);

/* Insert an element that has no content: it is not pushed. */
void parser_insert_void(html_parser *parser);

/* Insert an element and read its content as text. */
void parser_insert_raw(html_parser *parser, html_content content);

void parser_insert_foreign(html_parser *parser, dom_space space);
void parser_insert_text(html_parser *parser, nc_bytes text);

/* A comment for the current token, under `parent` (NULL: the appropriate place). */
void parser_insert_comment(html_parser *parser, dom_node *parent);

void parser_append(dom_node *parent, dom_node *child);
void parser_detach(dom_node *node);
void parser_move_children(dom_node *to, dom_node *from);

/* 13.2.6.1: insert `node` at the appropriate place for `target`. */
void parser_insert_at_place(html_parser *parser, dom_node *target, dom_node *node);

/* ------------------------------------------------------------ formatting.c */

void parser_push_formatting(html_parser *parser, dom_node *node);
void parser_push_marker(html_parser *parser);
void parser_clear_to_marker(html_parser *parser);
void parser_reconstruct_formatting(html_parser *parser);
void parser_remove_formatting(html_parser *parser, const dom_node *node);

/* The entry with this tag behind the last marker, NULL if there is none. */
dom_node *parser_find_formatting(const html_parser *parser, dom_tag tag);

/* 13.2.6.4.7: the adoption agency algorithm, for the tag of the current token. False: treat it as
 * any other end tag. */
bool parser_adopt(html_parser *parser);

/* ------------------------------------------------------------ modes */

/* What handles a kind of token in a mode. True: the token is to be processed again, in the mode
 * that is set now. */
typedef bool parser_handler(html_parser *parser);

typedef struct html_mode_handlers {
    parser_handler *on[TOKEN_KINDS];
} html_mode_handlers;

extern const html_mode_handlers parser_mode_initial, parser_mode_before_html, parser_mode_before_head,
    parser_mode_in_head,
    parser_mode_in_head_noscript, parser_mode_after_head, parser_mode_in_body, parser_mode_text, parser_mode_in_table,
    parser_mode_in_table_text, parser_mode_in_caption, parser_mode_in_column_group, parser_mode_in_table_body,
    parser_mode_in_row,
    parser_mode_in_cell, parser_mode_in_template, parser_mode_after_body, parser_mode_in_frameset,
    parser_mode_after_frameset,
    parser_mode_after_after_body, parser_mode_after_after_frameset;

/* Process the current token once with the rules of a mode; true: again, in the mode that is set
 * now. */
bool parser_apply(html_parser *parser, const html_mode_handlers *mode);

bool parser_ignore(html_parser *parser);
bool parser_use_body(html_parser *parser);        /* "process the token using the rules for" in body */
bool parser_use_head(html_parser *parser);        /* … in head */
bool parser_use_template(html_parser *parser);
bool parser_comment_here(html_parser *parser);
bool parser_comment_on_document(html_parser *parser);
bool parser_insert_space(html_parser *parser);
bool parser_stop(html_parser *parser);
bool parser_end_in_body(html_parser *parser);
bool parser_end_other(html_parser *parser);      /* "any other end tag" */
bool parser_close_p(html_parser *parser);
bool parser_is_hidden_input(const html_parser *parser);

/* Pop until the topmost HTML element of one of these tags has been popped. */
void parser_pop_until_one_of(html_parser *parser, const dom_tag *tags, size_t count);

/* 13.2.4.1: reset the insertion mode appropriately. */
void parser_reset_mode(html_parser *parser);
void parser_push_template_mode(html_parser *parser, html_mode mode);

/* Foreign content (13.2.6.5): whether its rules hold for the current token, and the rules. */
bool parser_is_foreign_token(const html_parser *parser);
bool parser_in_foreign(html_parser *parser);

/* Name and attributes of a foreign element as SVG and MathML spell them. */
void parser_adjust_foreign(html_parser *parser, dom_space space);

/* ------------------------------------------------------------ selected.c */

/* Give each <selectedcontent> a copy of its select's chosen option. */
void parser_fill_selected(html_parser *parser);

/* ------------------------------------------------------------ parse.c */

/* Process the current token in the current mode until it is used up. */
void parser_process(html_parser *parser);

#endif
