/* SPDX-License-Identifier: MIT */
/* Inside the plain writer. */
#ifndef NEWSCONV_PLAIN_H
#define NEWSCONV_PLAIN_H

#include "core/layout.h"
#include "core/plugin.h"

/* What plain text has no means for; each is said once for a document. */
typedef enum plain_loss {
    LOST_EMPHASIS, LOST_ADDRESS, LOST_IMAGE, LOST_ATTRIBUTES, LOST_CODE, LOST_CITATION, LOST_LEVEL, LOST_RAW_BLOCK,
    LOST_RAW_INLINE, LOST_CAPTION, LOST_SHORT_CAPTION, LOST_NOTE, LOST_SPANS, LOST_MATH, LOST_NESTED_TABLE,
    LOST_TABLE_PARTS, LOST_LIST_STYLE, LOSS_COUNT
} plain_loss;

typedef struct plain_table plain_table;

/* A list around the place. */
typedef struct plain_list_state {
    struct plain_list_state *outer;
    int64_t number;             /* of the next item */
    bool tight;                 /* no empty lines between items; of definition lists: after the term */
} plain_list_state;

/* A growing array of pointers in the arena. */
typedef struct plain_stack {
    const void **items;
    size_t count, capacity;
} plain_stack;

typedef struct plain_writer {
    nc_job *job;
    nc_layout *layout;
    const nc_settings *settings;
    plain_stack notes;          /* nc_node: NOTE, printed at the end */
    plain_stack captions;       /* nc_doc: of the figures around, printed behind them */
    size_t note_count;          /* numbers given */
    bool in_notes;
    bool repeating;             /* writing again what was written: notes are known */
    plain_list_state *list;     /* the innermost; notes begin without one */
    size_t lists;               /* around the place; in one, Plain is not followed by an empty line */
    size_t capitals;            /* SmallCaps around the place */
    size_t figures;             /* that are written as their caption in brackets */
    bool in_header;
    int script;                 /* '^' or '_': digits are raised or lowered */
    plain_table *table;         /* the innermost */
    size_t table_depth;
    bool said[LOSS_COUNT];
} plain_writer;

static inline plain_writer *plain_of(nc_out *out)
{
    return out->state;
}

static inline nc_layout *layout_of(nc_out *out)
{
    return plain_of(out)->layout;
}

void plain_push(plain_writer *writer, plain_stack *stack, const void *item);

/* Say that something is not written, once for each kind of loss. */
void plain_lost(plain_writer *writer, const nc_node *node, plain_loss loss);

/* A printer with the width and wrapping that the user wants. */
nc_layout *plain_layout(plain_writer *writer, nc_buf *buf);

void plain_write_notes(nc_out *out);

/* standalone.c */
extern const char plain_template[];

void plain_write_page(nc_out *out, const nc_node *doc);

/* blocks.c */
bool plain_block(nc_out *out, const nc_node *node);
bool plain_paragraph_open(nc_out *out, const nc_node *node);
void plain_paragraph_close(nc_out *out, const nc_node *node);
bool plain_header_open(nc_out *out, const nc_node *node);
void plain_header_close(nc_out *out, const nc_node *node);
bool plain_quote_open(nc_out *out, const nc_node *node);
void plain_quote_close(nc_out *out, const nc_node *node);
void plain_line_close(nc_out *out, const nc_node *node);
void plain_block_close(nc_out *out, const nc_node *node);
bool plain_code_block(nc_out *out, const nc_node *node);
bool plain_raw_block(nc_out *out, const nc_node *node);
bool plain_rule(nc_out *out, const nc_node *node);
bool plain_figure_open(nc_out *out, const nc_node *node);
void plain_figure_close(nc_out *out, const nc_node *node);
bool plain_caption_open(nc_out *out, const nc_node *node);
void plain_caption_close(nc_out *out, const nc_node *node);
bool plain_short_caption(nc_out *out, const nc_node *node);

/* lists.c */
bool plain_list_open(nc_out *out, const nc_node *node);
void plain_list_close(nc_out *out, const nc_node *node);
bool plain_item_open(nc_out *out, const nc_node *node);
void plain_item_close(nc_out *out, const nc_node *node);
bool plain_term_open(nc_out *out, const nc_node *node);
void plain_term_close(nc_out *out, const nc_node *node);
bool plain_definition_open(nc_out *out, const nc_node *node);
void plain_definition_close(nc_out *out, const nc_node *node);

/* Whether `word` looks like the marker of an ordered list: "1.", "(iv)", "b)", "#.". */
bool plain_is_marker(nc_bytes word);

/* inlines.c */
bool plain_text(nc_out *out, const nc_node *node);
bool plain_skip(nc_out *out, const nc_node *node);
bool plain_keep(nc_out *out, const nc_node *node);
bool plain_emphasis(nc_out *out, const nc_node *node);
bool plain_strikeout_open(nc_out *out, const nc_node *node);
void plain_strikeout_close(nc_out *out, const nc_node *node);
/* The raised ('^') or lowered ('_') form of a character, 0 if there is none. */
uint32_t plain_scripted(uint32_t character, int script);

bool plain_script_open(nc_out *out, const nc_node *node);
void plain_script_close(nc_out *out, const nc_node *node);
bool plain_small_caps_open(nc_out *out, const nc_node *node);
void plain_small_caps_close(nc_out *out, const nc_node *node);
bool plain_quoted_open(nc_out *out, const nc_node *node);
void plain_quoted_close(nc_out *out, const nc_node *node);
bool plain_citation(nc_out *out, const nc_node *node);
bool plain_code(nc_out *out, const nc_node *node);
bool plain_line_break(nc_out *out, const nc_node *node);
bool plain_math(nc_out *out, const nc_node *node);
bool plain_raw_inline(nc_out *out, const nc_node *node);
bool plain_link(nc_out *out, const nc_node *node);
bool plain_image_open(nc_out *out, const nc_node *node);
void plain_image_close(nc_out *out, const nc_node *node);
bool plain_note(nc_out *out, const nc_node *node);
bool plain_span(nc_out *out, const nc_node *node);

/* table.c */
bool plain_table_open(nc_out *out, const nc_node *node);
void plain_table_close(nc_out *out, const nc_node *node);
bool plain_row_open(nc_out *out, const nc_node *node);
bool plain_cell_open(nc_out *out, const nc_node *node);
void plain_cell_close(nc_out *out, const nc_node *node);

#endif
