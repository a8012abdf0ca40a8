/* SPDX-License-Identifier: MIT */
/* What the files of the DOCX writer share. One pass over the tree writes word/document.xml and, beside it,
 * word/footnotes.xml and word/comments.xml; the other parts are written from what that pass has used. */
#ifndef NEWSCONV_DOCX_H
#define NEWSCONV_DOCX_H

#include "core/image.h"
#include "core/plugin.h"
#include "core/zip/zip.h"

enum {
    MOST_LIST_LEVELS = 9,
    MOST_COLUMNS = 63,
    MOST_TABLE_DEPTH = 20,
    LONGEST_BOOKMARK = 40,
    LONGEST_TARGET = 2000,
    LONGEST_TOOLTIP = 255
};
enum {
    FIRST_BOOKMARK = 1000,
    LIST_INDENT = 567,
    LIST_HANGING = 425,
    GRID_WIDTH = 7920,
    MOST_FIGURE_DEPTH = 16
};
enum { EMU_PER_INCH = 914400, EMU_PER_TWIP = 635, TWIPS_PER_INCH = 1440 };

typedef struct docx_options {
    int paper; /* index in page_sizes */
    const char *margin;
    bool ednote;
} docx_options;

/* ------------------------------------------------------------ names: map.c */

/* Strings to what they stand for; keeps the order of adding. Lives in the arena. */
typedef struct map_entry {
    nc_bytes key;
    int64_t number;
    void *value;
    struct map_entry *next; /* in order of adding */
} map_entry;

typedef struct docx_map {
    map_entry **slots;
    size_t count, capacity;
    map_entry *first, *last;
} docx_map;

map_entry *docx_map_find(const docx_map *map, nc_bytes key);
map_entry *docx_map_add(nc_job *job, docx_map *map,
                        nc_bytes key); /* the key must not be there; NULL when memory ends */

/* Whether `name` is among `names`, which end with NULL. */
bool docx_is_one_of(nc_bytes name, const char *const *names);

/* ASCII letters in lower case, for names that are compared without regard to case. */
nc_bytes docx_fold(nc_job *job, nc_bytes name);

/* ------------------------------------------------------------ styles: styles.c */

typedef struct docx docx;

typedef enum style_id {
#define STYLE(id, ...) STYLE_##id,
#include "styles.def"
#undef STYLE
    STYLE_COUNT
} style_id;

typedef enum style_type {
    PARAGRAPH_STYLE,
    CHARACTER_STYLE,
    TABLE_STYLE,
    NUMBERING_STYLE
} style_type;

/* A style that the document can name. */
typedef struct docx_style {
    nc_bytes id; /* w:styleId, escaped */
    nc_bytes name;
    style_type type;
    bool made; /* made for a custom-style: to be defined */
} docx_style;

/* The style that a document calls `name`; made when there is none. */
const docx_style *docx_style_named(docx *d, style_type type, nc_bytes name);

/* ------------------------------------------------------------ what text and blocks inherit */

enum {
    BOLD = 1,
    ITALIC = 2,
    UNDERLINE = 4,
    STRIKE = 8,
    SUPERSCRIPT = 16,
    SUBSCRIPT = 32,
    SMALL_CAPS = 64,
    HIGHLIGHT = 128,
    RIGHT_TO_LEFT = 256,
    INSERTED = 512,
    DELETED = 1024
};

typedef struct text_format {
    uint32_t bits;
    const docx_style *style;
    nc_bytes lang;         /* checked and escaped */
    const nc_attr *change; /* of INSERTED and DELETED: who, when */
} text_format;

typedef struct docx_context {
    text_format text;
    const docx_style *paragraph, *block_style;  /* of the blocks here; of the open paragraph, NULL: body text */
    int8_t alignment; /* nc_alignment */
    bool in_list, in_link;
    bool opened;         /* this frame has opened an element that its rule closes */
    bool tasks;          /* the items of this list begin with a check box */
    int64_t bookmark;    /* opened by this frame; 0: none */
    int list_level;      /* -1: in none */
    int64_t list_number; /* w:numId */
} docx_context;

typedef struct docx_frame {
    docx_context saved;
    struct docx_frame *below;
} docx_frame;

/* ------------------------------------------------------------ the package */

typedef enum part_id { PART_DOCUMENT, PART_FOOTNOTES, PART_COMMENTS, PART_COUNT } part_id;

typedef struct docx_part {
    nc_buf xml, rels; /* rels: the Relationship elements */
    docx_map links;   /* target -> number of its relationship */
    int64_t relation_count, blank_relation;
} docx_part;

typedef struct docx_medium {
    const nc_media *media; /* NULL: it could not be had */
    nc_image image;
    nc_bytes part_name;           /* media/image1.png */
    int64_t relation[PART_COUNT]; /* 0: none yet */
} docx_medium;

typedef struct list_number {
    int look, level;
    int64_t start;
    struct list_number *next;
} list_number;

/* An entry of the container. */
typedef struct docx_file {
    nc_bytes name;
    const char *content_type; /* NULL: by extension */
    nc_buf buf;               /* what it holds, unless `bytes` does */
    nc_bytes bytes;
    nc_packing packing;
    struct docx_file *next;
} docx_file;

typedef struct docx_table docx_table;
typedef struct docx_reference docx_reference;

struct docx {
    nc_job *job;
    const docx_options *options;
    const nc_settings *settings;
    const nc_node *document, *meta;
    nc_out out;

    docx_part parts[PART_COUNT];
    docx_part *part; /* being written to */
    nc_buf *xml;     /* &part->xml */

    docx_context now;
    docx_frame *frames, *free_frames;
    text_format run; /* of the open run */
    bool run_open, text_open;

    bool first_paragraph;  /* the next paragraph of the body follows a heading, a list, … */
    bool number_used;      /* the item's first paragraph has taken its number */
    bool in_table;         /* text without paragraph is set close together */
    bool display_math;      /* the paragraph to come is a formula */
    bool note_pending;     /* the next paragraph begins with the number of its note */
    bool after_table;      /* the last block written is a table */
    bool has_block;        /* something has been written in this cell or note */
    bool dateline_pending; /* the first paragraph of the story is still to come */
    bool aside;            /* writing a note or a comment, of which there is none inside another */
    size_t text_to_skip;   /* bytes of the box of a task */
    int figure_depth;
    const nc_node *raw_end; /* the last block of the raw group that is being written */
    double image_share;     /* of the text width that a picture may take */
    struct {
        bool has_block, after_table;
    } body; /* of the part that a note interrupts */

    docx_style styles[STYLE_COUNT];
    docx_map custom_styles; /* type and folded name -> style */
    docx_map style_ids;     /* taken w:styleIds */

    docx_map bookmarks;   /* folded names -> 1: in the tree, 2: written */
    bool bookmarks_known; /* all identifiers of the tree are in it */
    int64_t bookmark_count, drawing_count, change_count;

    list_number *first_number, **last_number;
    int64_t number_count;
    bool looks_used[32];
    int64_t number_base; /* the greatest w:numId of the reference document */

    docx_table *table;
    int table_depth;
    int64_t footnote_count, comment_count;
    docx_map comments; /* id in the tree -> id in the part */
    int64_t heading_numbers[10];

    docx_map media; /* url -> medium */
    docx_medium no_medium;
    int64_t media_count;
    bool blank_used;                 /* the picture that older Words show in place of an SVG */
    docx_reference *reference;       /* NULL: our own styles */
    int64_t text_width, text_height; /* twips */
    int64_t page_width, page_height;    /* of the reference document, without margins */
    int64_t header_count;
    docx_map copied;            /* entries of the reference document that came along */
    bool right_to_left;
    docx_file *first_file, **last_file, *newest_file;
    nc_buf scratch;    /* takes what is written after memory has ended */
    nc_bytes lang;     /* of the document */
};

/* ------------------------------------------------------------ writing XML: xml.c */

void docx_put_attribute(docx *d, nc_buf *buf, nc_bytes value); /* escaped, for between quotes */
void docx_put_escaped(docx *d, nc_buf *buf, nc_bytes text);    /* escaped, for between tags */
nc_bytes docx_escaped(docx *d, nc_bytes text);

/* A step over XML, for raw markup and reference documents. Checks well-formedness, not namespaces. */
typedef enum xml_event { XML_END, XML_START, XML_CLOSE, XML_TEXT, XML_ERROR } xml_event;

typedef struct xml_scanner {
    nc_bytes in;
    size_t at;
    nc_bytes name;       /* of XML_START, XML_CLOSE */
    nc_bytes attributes; /* of XML_START: what stands behind the name */
    nc_bytes whole;      /* the whole tag or text */
    bool empty;          /* <tag/>: no XML_CLOSE will come */
} xml_scanner;

xml_event docx_xml_next(xml_scanner *scanner);

/* Cut the next `name="value"` from the front of `attributes`; false when there is none. */
bool docx_xml_attribute(nc_bytes *attributes, nc_bytes *name, nc_bytes *value);

/* ------------------------------------------------------------ inline.c, document.c */

void docx_context_push(docx *d);
void docx_context_pop(docx *d);

void docx_run_open(docx *d); /* in the format of now */
void docx_run_close(docx *d);
void docx_put_text(docx *d, nc_bytes text);
void docx_put_code(docx *d, nc_bytes text);
void docx_put_break(docx *d);
nc_bytes docx_language(docx *d, const nc_node *node,
                       nc_bytes lang);                    /* as a checked tag, or {NULL, 0} */
void docx_apply_attributes(docx *d, const nc_node *node); /* custom-style, dir, lang */

/* Say what of an attr is lost: all but the classes and keys named, each followed by a blank. */
void docx_warn_of_attributes(docx *d, const nc_node *node, const char *classes, const char *keys);

void docx_begin_paragraph(docx *d, const docx_style *style); /* NULL: body text */
void docx_end_paragraph(docx *d);
void docx_put_empty_paragraph(docx *d);
bool docx_is_display(const nc_node *node);  /* a formula on a line of its own */
bool docx_is_date(nc_bytes date); /* 2026-03-02T10:00:00Z */
void docx_put_number(docx *d);
void docx_put_note_number(docx *d);
docx_table *docx_open_grid(docx *d, const nc_node *figure);
size_t docx_grid_columns(const docx_table *table);
void docx_open_grid_cell(docx *d, docx_table *table);
void docx_close_grid_cell(docx *d);
void docx_close_grid(docx *d);

bool docx_open_comment(docx *d, const nc_node *span);
void docx_close_comment(docx *d, const nc_node *span);
void docx_raw(docx *d, const nc_node *node, bool in_paragraph);

/* The kinds whose identifier becomes a bookmark, which links lead to. */
#define DOCX_MARKED                                                                                                    \
    (NC_BIT(DIV) | NC_BIT(HEADER) | NC_BIT(SPAN) | NC_BIT(CODE_BLOCK) | NC_BIT(TABLE) | NC_BIT(FIGURE) |               \
     NC_BIT(IMAGE) | NC_BIT(LINK) | NC_BIT(CODE))

int64_t docx_open_bookmark(docx *d, const nc_node *node); /* 0: none was written */
void docx_close_bookmark(docx *d, int64_t number);
nc_bytes docx_bookmark_name(docx *d, nc_bytes id);
bool docx_has_bookmark(docx *d, nc_bytes id); /* in the tree */

/* Begin a link to `url` in the frame of now; false when there can be none. */
bool docx_link_to(docx *d, const nc_node *node, nc_bytes url);

docx_medium *docx_find_medium(docx *d, const nc_node *image);

/* The docx of a rule. */
static inline docx *docx_of(nc_out *out)
{
    return out->state;
}

/* The rules, by file: document.c, inline.c, list.c, table.c, notes.c, media.c. */
#define OPEN(kind) bool docx_open_##kind(nc_out *out, const nc_node *node);
#define CLOSE(kind) void docx_close_##kind(nc_out *out, const nc_node *node);
#define BOTH(kind) OPEN(kind) CLOSE(kind)
BOTH(paragraph)
BOTH(header) BOTH(line_block) BOTH(line) BOTH(quote) BOTH(div) BOTH(figure) BOTH(plain) BOTH(term)
    BOTH(definition) CLOSE(definition_list) OPEN(code_block) OPEN(raw_block) OPEN(rule) OPEN(text)
        OPEN(code) OPEN(line_break) OPEN(math) OPEN(raw_inline) OPEN(nothing) OPEN(content)
            BOTH(format) BOTH(quoted) BOTH(link) BOTH(span) BOTH(list) BOTH(item) BOTH(table)
                BOTH(caption) BOTH(table_head) BOTH(table_body) BOTH(table_foot) BOTH(row)
                    BOTH(cell) BOTH(note) BOTH(image)
#undef OPEN
#undef CLOSE
#undef BOTH

                        extern const nc_rule docx_rules[NC_KIND_COUNT];

#endif
