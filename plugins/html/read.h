/* SPDX-License-Identifier: MIT */
/* Reading HTML, shared by the files that do it. The page is walked once; what is open at the moment
 * is a stack of frames:
 *
 *     container   holds blocks: the document, div, list item, cell, …
 *     list        ul, ol: holds items, and opens one for what is not in any
 *     leaf        holds the inlines of a block: a paragraph, heading, term; or a Plain that text
 * opened by itself inline      em, a, span, …: built apart, joined to the frame below when it is
 * closed
 *
 * A block that opens ends the inlines and the leaf that are open, wherever in the page their
 * elements end: pandoc's tree is made from tags, not from the element tree. */
#ifndef NEWSCONV_HTML_READ_H
#define NEWSCONV_HTML_READ_H

#include "plugins/html/attributes.h"
#include "plugins/html/html.h"

typedef struct html_reader html_reader;
typedef struct html_frame html_frame;

typedef enum html_frame_type { HTML_CONTAINER, HTML_LIST, HTML_LEAF, HTML_INLINE } html_frame_type;

struct html_frame {
    dom_node *element; /* NULL: opened by text, or for content that no item holds */
    html_frame_type type;
    nc_node *node;
    void (*close)(html_reader *reader,
                  html_frame *frame); /* NULL: nothing to do but to put the node in its place */
    void *state;                      /* the handler's own */
};

typedef struct html_identifiers html_identifiers;
typedef struct html_reference html_reference;

struct html_reader {
    nc_job *job;
    const html_options *options;
    nc_bytes page;
    dom_document document;
    nc_node *doc;
    html_frame *frames;
    size_t depth, capacity;
    html_identifiers *identifiers;
    html_identifiers *notes;    /* the items of endnote sections, by id */
    html_reference *references; /* to notes, the last first */
    bool in_note;
    nc_bytes base;     /* of relative addresses; empty: none */
    size_t quotes;     /* open q elements */
    bool has_marks;    /* an extension gives marks in the text a meaning */
    bool raw;          /* as pandoc does it */
    bool space_before; /* white space that no block has taken was the last thing read */
};

/* The marks that html_survey leaves at elements (dom_mark). */
enum {
    HTML_FRAMED = 1,    /* a frame of it is open */
    HTML_HAS_BLOCK = 2, /* of an inline element: a block is in it */
    HTML_BROKEN = 4,    /* pandoc cannot parse it: only its content counts */
    HTML_HIDDEN = 8,    /* left out by the article stage */
    HTML_HAS_MAIN = 16, /* a main element is in it or is it */
    HTML_RAW = 32,      /* its start tag was kept as raw HTML */
    HTML_CHOSEN = 64    /* an epub:switch of which a case was taken */
};

/* What an element means: `open` says whether the walk goes on to its children. NULL: an element
 * without meaning. */
typedef bool (*html_handler)(html_reader *reader, dom_node *element);

html_handler html_handler_of(dom_tag tag);

/* ---------------------------------------------------------------- read.c: the stack */

html_frame *html_top(html_reader *reader);
html_frame *html_push(html_reader *reader, dom_node *element, html_frame_type type, nc_node *node);
void html_pop(html_reader *reader);

/* End the inlines and the leaf that are open. A paragraph that is ended by what cannot end it has
 * never been one for pandoc: `proper` false makes it Plain. */
void html_end_leaf(html_reader *reader, bool proper);

/* The container that takes the next block; the leaf must have been ended. */
nc_node *html_container(html_reader *reader);

/* End the leaf and append a block; it is opened as a container unless `element` is NULL. */
html_frame *html_open_block(html_reader *reader, dom_node *element, nc_node *block);

/* The node that takes the next inline: opens a Plain where there is none. */
nc_node *html_inlines(html_reader *reader);

/* Open an inline element. */
html_frame *html_open_inline(html_reader *reader, dom_node *element, nc_kind kind);

/* What closes an inline unless its handler says otherwise: space at its ends goes outside it, but
 * for a Span whose frame has a state. */
void html_close_inline(html_reader *reader, html_frame *frame);

/* Read an element, or what an element holds, into what is open. */
void html_walk(html_reader *reader, dom_node *root);

/* Text, its white space as it is in the page. */
void html_add_text(html_reader *reader, nc_bytes text);

/* The same where marks in the text mean something. */
void html_add_marked_text(html_reader *reader, nc_bytes text);
void html_add_math(html_reader *reader, nc_math_type type, nc_bytes tex);

/* Whether a leaf is open whose element is in the page. */
bool html_in_leaf(const html_reader *reader);

/* Turn the Plains of a container into Paras, if any of its blocks asks for it (pandoc's fixPlains).
 */
void html_fix_plains(html_reader *reader, nc_node *container, bool in_list);

/* All text in `element`, slices put together; br is a line feed. */
nc_bytes html_all_text(html_reader *reader, const dom_node *element);

/* ---------------------------------------------------------------- the handlers */

bool html_open_paragraph(html_reader *reader, dom_node *element);
bool html_open_heading(html_reader *reader, dom_node *element);
bool html_open_div(html_reader *reader, dom_node *element);
bool html_open_quote_block(html_reader *reader, dom_node *element);
bool html_open_pre(html_reader *reader, dom_node *element);
bool html_open_rule(html_reader *reader, dom_node *element);
bool html_open_figure(html_reader *reader, dom_node *element);
bool html_open_figcaption(html_reader *reader, dom_node *element);
bool html_open_list(html_reader *reader, dom_node *element);
bool html_open_item(html_reader *reader, dom_node *element);
bool html_open_definitions(html_reader *reader, dom_node *element);
bool html_open_term(html_reader *reader, dom_node *element);
bool html_open_definition(html_reader *reader, dom_node *element);
bool html_open_table(html_reader *reader, dom_node *element);
bool html_open_table_part(html_reader *reader, dom_node *element);

bool html_open_formatting(html_reader *reader, dom_node *element);
bool html_open_span(html_reader *reader, dom_node *element);
bool html_open_code(html_reader *reader, dom_node *element);
bool html_open_quoted(html_reader *reader, dom_node *element);
bool html_open_link(html_reader *reader, dom_node *element);
bool html_open_image(html_reader *reader, dom_node *element);
bool html_open_break(html_reader *reader, dom_node *element);
bool html_open_math(html_reader *reader, dom_node *element);
bool html_open_svg(html_reader *reader, dom_node *element);
bool html_open_script(html_reader *reader, dom_node *element);
bool html_open_style(html_reader *reader, dom_node *element);
bool html_open_input(html_reader *reader, dom_node *element);
bool html_open_frame(html_reader *reader, dom_node *element);

/* ---------------------------------------------------------------- the rest */

/* A look over the whole page before it is read: the marks. */
void html_survey(html_reader *reader);
bool html_is_main(const dom_node *element);

/* Title, meta elements and language as pandoc has them. */
void html_read_metadata(html_reader *reader);

/* An identifier for a heading that has none; and note one that the page gives. */
nc_bytes html_new_identifier(html_reader *reader, const nc_node *heading);
void html_note_identifier(html_reader *reader, nc_bytes id);

/* Notes: remember an item of an endnote section; the item of that id, or NULL. */
void html_set_note(html_reader *reader, nc_bytes id, dom_node *item);
dom_node *html_note(html_reader *reader, nc_bytes id);

/* Note the items of an endnote section, which is hidden from the walk; and read the notes that were
 * referred to. */
void html_note_section(html_reader *reader, dom_node *section);
bool html_open_reference(html_reader *reader, dom_node *link);
void html_read_notes(html_reader *reader);

/* Chapters of books (epub.c): hide what is not text; the rest say no where the switch is off. */
void html_survey_epub(html_reader *reader);
nc_bytes html_epub_type(const html_reader *reader, const dom_node *element);
bool html_is_chapter(const html_reader *reader, const dom_node *element);
bool html_is_note_section(const html_reader *reader, const dom_node *element);
bool html_is_reference(const html_reader *reader, const dom_node *link);
bool html_is_switch(const html_reader *reader, const dom_node *element);

/* TeX of a math element. */
nc_bytes html_math(html_reader *reader, dom_node *element);

/* A drawing as a data: address. */
nc_bytes html_svg_address(html_reader *reader, const dom_node *element);

/* The start tag of an element as raw HTML; and a script, style or textarea with its body, as a raw
 * block or inline. */
nc_bytes html_start_tag(html_reader *reader, const dom_node *element);
void html_add_raw(html_reader *reader, nc_kind kind, nc_bytes text);
void html_add_comment(html_reader *reader, const dom_node *comment);
void html_add_raw_element(html_reader *reader, const dom_node *element, nc_kind kind);

/* Under raw_html, keep the start or end tag of an element without meaning. */
void html_keep_tag(html_reader *reader, dom_node *element, bool end);

/* Facts for the scripts; then the title, and, unless the user wants the whole page, what is not the
 * story is marked HTML_HIDDEN. */
void html_collect_facts(html_reader *reader);
void html_pick_article(html_reader *reader);

#endif
