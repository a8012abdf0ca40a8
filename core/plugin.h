/* SPDX-License-Identifier: MIT */
/* What a format may use: the tree, the job that owns it, output buffers, and the descriptor by which a module
 * offers its formats. Modules are rebuilt with newsconv: the ABI number must match exactly.
 *
 * Threads: a job and all that it owns belong to one thread at a time. Nothing here is global.
 * Memory:  what these functions return is owned by the job and dies with it, unless they say otherwise.
 * Errors:  the first failure of a job is sticky. Once it has failed, allocation yields NULL, and functions given NULL
 *          do nothing: building code checks nc_job_status once, at its end. */
#ifndef NEWSCONV_PLUGIN_H
#define NEWSCONV_PLUGIN_H

#include <assert.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#define NC_PLUGIN_ABI 1

#if defined(__GNUC__)
#pragma GCC visibility push(default)
#endif

#if defined(__GNUC__)
#define NC_PRINTF(text, first) __attribute__((format(printf, text, first)))
#else
#define NC_PRINTF(text, first)
#endif

/* ---------------------------------------------------------------- bytes */

/* A slice: `len` bytes at `ptr`, not terminated. Text is always valid UTF-8. */
typedef struct nc_bytes {
    const char *ptr;
    size_t len;
} nc_bytes;

/* A string literal as a slice, in expressions and (NC_LITERAL_INIT) in static tables. */
#define NC_LITERAL_INIT(s) { (s), sizeof(s) - 1 }
#define NC_LITERAL(s) ((nc_bytes)NC_LITERAL_INIT(s))

static inline nc_bytes nc_string(const char *s)
{
    return (nc_bytes){ s, s ? strlen(s) : 0 };
}

static inline bool nc_same(nc_bytes a, nc_bytes b)
{
    return a.len == b.len && (a.len == 0 || memcmp(a.ptr, b.ptr, a.len) == 0);
}

static inline bool nc_is(nc_bytes a, const char *b)
{
    return nc_same(a, nc_string(b));
}

typedef struct nc_pair {
    nc_bytes key, value;
} nc_pair;

/* ---------------------------------------------------------------- status */

typedef enum nc_status {
    NC_OK,
    NC_EMEM,            /* out of memory */
    NC_EIO,             /* a file could not be read or written */
    NC_EINPUT,          /* the input is not what its format demands */
    NC_ELIMIT,          /* a limit of nc_limits was reached */
    NC_EUNSUPPORTED,    /* unknown format, extension or feature */
    NC_ESCRIPT,         /* a Lua script failed */
    NC_EUSAGE,          /* a wrong option or call */
    NC_ECANCELED        /* the caller asked to stop */
} nc_status;

typedef struct nc_job nc_job;
typedef struct nc_node nc_node;

/* Every limit, with defaults that protect a server (options.def). */
typedef struct nc_limits {
    size_t input_bytes;         /* one input, as read */
    size_t output_bytes;
    size_t memory;              /* arena and output buffers of one job, in bytes */
    size_t nodes;
    size_t depth;               /* nesting of the tree; of the parsed input */
    size_t entries;             /* files in a container */
    size_t unpacked_bytes;      /* of a container, in all */
    size_t unpack_ratio;        /* unpacked bytes a packed byte */
    size_t lua_memory;          /* bytes, each script */
    size_t lua_steps;           /* VM instructions, each script */
    size_t warnings;            /* kept in the list; the rest is counted */
} nc_limits;

typedef enum nc_wrap { NC_WRAP_AUTO, NC_WRAP_NONE, NC_WRAP_PRESERVE } nc_wrap;
typedef enum nc_article { NC_ARTICLE_AUTO, NC_ARTICLE_ALWAYS, NC_ARTICLE_NEVER } nc_article;

/* What the user asked for, the same for every format. Strings live as long as the job; NULL: not given. */
typedef struct nc_settings {
    bool raw;                   /* pandoc's behaviour exactly: no article stage, no scripts, pandoc's metadata only */
    bool standalone;            /* print the whole document (template) rather than its body */
    bool keep_facts;
    bool sandbox;
    nc_article article;
    nc_wrap wrap;
    int64_t columns;
    int64_t tab_stop;
    int64_t dpi;
    bool toc;
    int64_t toc_depth;
    bool number_sections;
    const char *from_encoding;
    const char *template_file;
    const char *reference_doc;  /* its name; its bytes are in `reference` */
    nc_bytes reference;
    const char *source_date;    /* SOURCE_DATE_EPOCH: the date of what has none, in seconds since 1970 */
    int64_t input_time;         /* when the newest input file was last changed, in seconds since 1970; -1: unknown */
    const char *extract_media;
    const nc_node *variables;   /* META_MAP: -V, strings, booleans and lists of them */
} nc_settings;

/* ---------------------------------------------------------------- the tree */

typedef enum nc_kind {
#define NC_KIND(id, name, level, holds, fields) NC_##id,
#include "kinds.def"
#undef NC_KIND
    NC_KIND_COUNT
} nc_kind;

typedef enum nc_level { NC_LEVEL_BLOCK, NC_LEVEL_INLINE, NC_LEVEL_PART, NC_LEVEL_META } nc_level;

typedef enum nc_quote_type { NC_SINGLE_QUOTE, NC_DOUBLE_QUOTE } nc_quote_type;
typedef enum nc_math_type { NC_DISPLAY_MATH, NC_INLINE_MATH } nc_math_type;
typedef enum nc_alignment { NC_ALIGN_LEFT, NC_ALIGN_RIGHT, NC_ALIGN_CENTER, NC_ALIGN_DEFAULT } nc_alignment;
typedef enum nc_list_style {
    NC_DEFAULT_STYLE, NC_EXAMPLE, NC_DECIMAL, NC_LOWER_ROMAN, NC_UPPER_ROMAN, NC_LOWER_ALPHA, NC_UPPER_ALPHA
} nc_list_style;
typedef enum nc_list_delim { NC_DEFAULT_DELIM, NC_PERIOD, NC_ONE_PAREN, NC_TWO_PARENS } nc_list_delim;
typedef enum nc_citation_mode { NC_AUTHOR_IN_TEXT, NC_SUPPRESS_AUTHOR, NC_NORMAL_CITATION } nc_citation_mode;

/* Identifier, classes and key-value pairs. One block, immutable, shared by clones; NULL is the empty one. */
typedef struct nc_attr {
    nc_bytes id;
    size_t class_count, pair_count;
    const nc_bytes *classes;
    const nc_pair *pairs;
} nc_attr;

typedef struct nc_list_attributes {
    int64_t start;
    int32_t style;              /* nc_list_style */
    int32_t delimiter;          /* nc_list_delim */
} nc_list_attributes;

/* Records: the fields of a kind that do not fit into the node. Immutable once the node is in use, shared by clones. */
typedef struct nc_code {
    nc_bytes text;
} nc_code;

typedef struct nc_raw {
    nc_bytes format, text;
} nc_raw;

typedef struct nc_math {
    nc_math_type type;
    nc_bytes text;
} nc_math;

typedef struct nc_target {
    nc_bytes url, title;
} nc_target;

typedef struct nc_column {
    nc_alignment alignment;
    double width;               /* share of the text width; negative: pandoc's ColWidthDefault */
} nc_column;

typedef struct nc_columns {
    size_t count;
    const nc_column *items;
} nc_columns;

typedef struct nc_cell {
    nc_alignment alignment;
    int64_t row_span, col_span;
} nc_cell;

typedef struct nc_citation {
    nc_bytes id;
    nc_citation_mode mode;
    int64_t note_num, hash;
} nc_citation;

/* nc_node.flags. The other bits belong to core. */
enum {
    NC_VERBATIM = 1             /* TEXT: the whole run is one Str, whatever characters it has */
};

/* One node, one cache line. Read the fields directly; change the links only through functions.
 *
 * TEXT is a *run*: in it ' ' stands for pandoc's Space, '\n' for SoftBreak, and what lies between for Strs. Where two
 * runs meet there is a Str boundary only between two characters that are neither ("a" "b" is Str "a", Str "b";
 * "a " "b" is Str "a", Space, Str "b"). A run of length zero is Str "". Whoever must see single Strs calls nc_words;
 * every other code treats neighbouring runs as one text. */
struct nc_node {
    nc_node *parent, *previous, *next, *first, *last;
    uint8_t kind;               /* nc_kind */
    uint8_t flags;
    uint16_t part;              /* which input, chapter or entry it comes from: index into the job's parts */
    uint32_t offset;            /* byte offset in that part; UINT32_MAX: unknown */
    union {
        nc_bytes text;          /* TEXT, META_STRING; META_ENTRY: the key */
        nc_list_attributes list; /* ORDERED_LIST */
        struct {
            const nc_attr *attr; /* every kind with an attr */
            union {
                int64_t level;  /* HEADER */
                int64_t number; /* QUOTED: nc_quote_type; META_BOOL; TABLE_BODY: row head columns */
                const void *record;
                const nc_code *code;            /* CODE, CODE_BLOCK */
                const nc_raw *raw;              /* RAW_BLOCK, RAW_INLINE */
                const nc_math *math;
                const nc_target *target;        /* LINK, IMAGE */
                const nc_columns *columns;      /* TABLE */
                const nc_cell *cell;
                const nc_citation *citation;
                nc_node *meta;  /* DOCUMENT: its META_MAP, never NULL; not among the children */
            };
        };
    };
};

static_assert(sizeof(void *) != 8 || sizeof(nc_node) == 64, "a node fits one cache line");

/* Sets of kinds, for tests such as NC_BIT(PARA) & nc_bit(node). */
#define NC_BIT(id) (UINT64_C(1) << NC_##id)
#define NC_BLOCKS (NC_BIT(DIV) * 2 - 1)
#define NC_INLINES (NC_BIT(SPAN) * 2 - NC_BIT(TEXT))
#define NC_META_VALUES \
    (NC_BIT(META_MAP) | NC_BIT(META_LIST) | NC_BIT(META_STRING) | NC_BIT(META_BOOL) | NC_BIT(META_INLINES) | \
     NC_BIT(META_BLOCKS))

static inline uint64_t nc_bit(const nc_node *node)
{
    return node ? UINT64_C(1) << node->kind : 0;
}

/* The types of fields in kinds.def, with the C type that each is stored as. */
typedef enum nc_field_type {
    NC_FIELD_ATTR,              /* const nc_attr * */
    NC_FIELD_TEXT,              /* nc_bytes */
    NC_FIELD_INT,               /* int64_t */
    NC_FIELD_BOOL,              /* int64_t */
    NC_FIELD_TARGET,            /* nc_target: url and title */
    NC_FIELD_LIST_ATTRIBUTES,   /* nc_list_attributes */
    NC_FIELD_COLUMN_SPECS,      /* nc_columns */
    NC_FIELD_QUOTE_TYPE,        /* int64_t */
    NC_FIELD_MATH_TYPE,         /* enum, as the three below */
    NC_FIELD_ALIGNMENT,
    NC_FIELD_CITATION_MODE,
    NC_FIELD_INLINES,           /* children */
    NC_FIELD_BLOCKS,            /* children */
    NC_FIELD_PART,              /* the child of kind `part` */
    NC_FIELD_PARTS              /* the children of kind `part` */
} nc_field_type;

typedef struct nc_field {
    const char *name;           /* as pandoc's Lua API spells it */
    uint8_t type;               /* nc_field_type */
    uint8_t part;               /* nc_kind, of PART and PARTS */
    bool in_record;
    uint8_t offset;             /* in the node or the record */
} nc_field;

typedef struct nc_kind_info {
    const char *name;           /* "" for parts that pandoc has no name for */
    nc_level level;
    uint64_t holds;             /* set of kinds */
    size_t field_count;
    nc_field fields[6];
} nc_kind_info;

/* The kinds of kinds.def, indexed by nc_kind. */
extern const nc_kind_info nc_kinds[NC_KIND_COUNT];

/* Whether a field is a list of children. */
static inline bool nc_is_list(const nc_field *field)
{
    return field->type == NC_FIELD_INLINES || field->type == NC_FIELD_BLOCKS || field->type == NC_FIELD_PARTS;
}

/* The number of the field of `node` to which its `child` belongs. */
static inline size_t nc_field_of(const nc_node *node, const nc_node *child)
{
    const nc_kind_info *info = &nc_kinds[node->kind];
    size_t content = 0;

    for (size_t i = 0; i < info->field_count; i++) {
        const nc_field *field = &info->fields[i];

        if ((field->type == NC_FIELD_PART || field->type == NC_FIELD_PARTS) && field->part == child->kind)
            return i;
        if (field->type == NC_FIELD_INLINES || field->type == NC_FIELD_BLOCKS)
            content = i;
    }
    return content;
}

/* pandoc's spelling of the values of quote type, math type, alignment, list style, list delimiter and citation mode,
 * indexed by value and ended by NULL. */
extern const char *const nc_quote_type_names[];
extern const char *const nc_math_type_names[];
extern const char *const nc_alignment_names[];
extern const char *const nc_list_style_names[];
extern const char *const nc_list_delim_names[];
extern const char *const nc_citation_mode_names[];

/* Make a node of `kind` without parent, children or attr; a DOCUMENT has an empty META_MAP. Kinds with a record get a
 * shared empty one (empty texts, spans of 1, NC_ALIGN_DEFAULT), lists start at 1.
 * Errors: NULL when memory ends or limits->nodes is reached. */
nc_node *nc_node_new(nc_job *job, nc_kind kind);

/* Give `node` a fresh record of its kind and return it to be filled in: `nc_target *t = nc_record(job, link)`.
 * Never NULL, so that it may be written at once: after a failure it is scratch memory of the job.
 * The record begins as a copy of the one that the node had. */
void *nc_record(nc_job *job, nc_node *node);

/* Say where in the input the reader is: nodes made from here on carry `offset` (bytes from the start of the part). */
void nc_at(nc_job *job, size_t offset);

/* Append `child` as the last child of `parent` and return it. Nothing is merged.
 * Owner:  `child` moves; it must not have a parent.
 * Errors: NULL in, NULL out; EUSAGE if `parent` may not hold this kind (kinds.def). */
nc_node *nc_append(nc_job *job, nc_node *parent, nc_node *child);

/* Insert `node` before `sibling`, as nc_append otherwise. */
nc_node *nc_insert_before(nc_job *job, nc_node *sibling, nc_node *node);

/* Take `node` with all below it out of its parent, and return it; it may be appended elsewhere. NULL is fine. */
nc_node *nc_detach(nc_node *node);

/* Move all children of `from` behind those of `to`. One step for each child. */
void nc_move_children(nc_job *job, nc_node *to, nc_node *from);

/* A deep copy without parent. Attrs, records and text are shared. */
nc_node *nc_clone(nc_job *job, const nc_node *node);

/* Whether two trees are equal as pandoc's are: the cutting of text into runs and source positions do not count. */
bool nc_equal(const nc_node *a, const nc_node *b);

/* ---------------------------------------------------------------- building inlines, for readers */

/* Append text in which white space separates words: every run of blanks, tabs, carriage returns and form feeds becomes
 * one Space, or one SoftBreak if a line feed is in it. Joins on to text before it as pandoc's Inlines do: neighbouring
 * Strs become one, neighbouring spaces one, and a space beside a LineBreak goes. No-break spaces are characters.
 * Owner:  `text` is kept as a slice where it is clean, so it must live as long as the job (nc_copy). */
void nc_text(nc_job *job, nc_node *parent, nc_bytes text);

/* Append one Str exactly as it is, merged with nothing, whatever it holds: for JSON, and for Lua. `text` is copied. */
void nc_str(nc_job *job, nc_node *parent, nc_bytes text);

/* Append one Space (' ') or SoftBreak ('\n'), merged with nothing. */
void nc_separator(nc_job *job, nc_node *parent, char separator);

/* Append an inline as pandoc's Inlines do: Emph behind Emph becomes one, as do Strong, Underline, Strikeout,
 * Superscript, Subscript; space beside a LineBreak goes. Returns the node that now holds the content. */
nc_node *nc_join(nc_job *job, nc_node *parent, nc_node *inline_node);

/* Drop Space and SoftBreak at both ends of the children of `node` (pandoc's trimInlines). */
void nc_trim(nc_job *job, nc_node *node);

/* ---------------------------------------------------------------- reading the tree, for writers */

/* A walk over `root` and all below it, root included: each node is entered, and left after its children. A walk takes
 * no memory and never recurses. Setting `skip` on entering passes over the children: the node is left at once.
 * The tree must not change below the walk, but the fields of nodes may.
 *
 *     nc_walk walk = { .root = doc };
 *     while (nc_walk_next(&walk))
 *         if (walk.entering) … walk.node … */
typedef struct nc_walk {
    const nc_node *root, *node;
    bool entering, skip;
} nc_walk;

bool nc_walk_next(nc_walk *walk);

/* Cut a TEXT node into what pandoc sees. Start with *at = 0; false when the run is used up.
 * kind: 's' Str (its text in word->text), ' ' Space, '\n' SoftBreak. */
typedef struct nc_word {
    char kind;
    nc_bytes text;
} nc_word;

bool nc_words(const nc_node *run, size_t *at, nc_word *word);

/* pandoc's `stringify`: the text of `node` without formatting. Notes and raw content are left out, Space, SoftBreak and
 * LineBreak are blanks, quotes are kept as characters; blocks follow each other without separator. */
nc_bytes nc_stringify(nc_job *job, const nc_node *node);

/* ---------------------------------------------------------------- attributes and metadata */

/* An attr from its parts. The arrays are copied, the strings are not. NULL (the empty attr) when all is empty. */
const nc_attr *nc_attr_new(nc_job *job, nc_bytes id, const nc_bytes *classes, size_t class_count, const nc_pair *pairs,
                           size_t pair_count);

/* The value of the first pair with that key; {NULL, 0} when there is none. */
nc_bytes nc_attr_value(const nc_attr *attr, const char *key);

bool nc_attr_has_class(const nc_attr *attr, const char *name);

/* The value at `key` of a META_MAP, NULL if there is none. */
nc_node *nc_meta_value(const nc_node *map, nc_bytes key);

/* Set `key` of a META_MAP to a new empty value of `kind` (META_…), in place of an older one; returned to be filled.
 * Owner:  `key` is kept as a slice. */
nc_node *nc_meta_set(nc_job *job, nc_node *map, nc_bytes key, nc_kind kind);

/* Bring a META_MAP into order whose entries were appended as they came: sorted by key, each key once; of several the
 * first or the last stays. Returns a key that stood more than once, {NULL, 0} if none did. For large maps. */
nc_bytes nc_meta_sort(nc_job *job, nc_node *map, bool last_stays);

/* ---------------------------------------------------------------- the job */

/* `size` zeroed bytes, aligned for any type. NULL when memory or the limit ends. */
void *nc_alloc(nc_job *job, size_t size);

/* A copy of `bytes` in the job's text region. */
nc_bytes nc_copy(nc_job *job, nc_bytes bytes);

/* Text made as printf makes it, independent of the locale. */
nc_bytes nc_print(nc_job *job, const char *format, ...) NC_PRINTF(2, 3);

/* Record the first failure of the job and return its code; later calls change nothing. The sentence says what was
 * wrong, where, and what to do; it has no newline and does not repeat the name of the input. */
nc_status nc_fail(nc_job *job, nc_status code, const char *format, ...) NC_PRINTF(3, 4);

/* The kinds of warnings (core/warnings.def); each has a type name in logs and a verbosity. */
typedef enum nc_warning {
#define NC_WARNING(id, type, verbosity, meaning) NC_WARN_##id,
#include "warnings.def"
#undef NC_WARNING
    NC_WARNING_COUNT
} nc_warning;

/* Add a warning to the job's list, with the place of `node` (NULL: none). The same sentence again is counted, not
 * listed. Fails the job under --fail-if-warnings. */
void nc_warn(nc_job *job, const nc_node *node, nc_warning kind, const char *format, ...) NC_PRINTF(4, 5);

nc_status nc_job_status(const nc_job *job);

/* The name of the input being read, for messages. */
const char *nc_job_name(const nc_job *job);

const nc_limits *nc_job_limits(const nc_job *job);
const nc_settings *nc_job_settings(const nc_job *job);

/* What a document says of itself, for scripts to judge. `syntax`: json-ld, meta, opengraph, dc, microdata, time, link,
 * title, …; `value` is a slice as it stands in the input (of json-ld the whole script). */
typedef struct nc_fact {
    const char *syntax;
    nc_bytes name, value;
    uint16_t part;
    uint32_t offset;
} nc_fact;

/* Add a fact. Owner: `syntax` is static, the slices live as long as the job. */
void nc_fact_add(nc_job *job, const nc_fact *fact);

/* The fact number `index`, NULL past the last. */
const nc_fact *nc_fact_at(const nc_job *job, size_t index);

/* A record of why a value was chosen, for --explain and for embedders. confidence: 0 to 1. */
typedef struct nc_decision {
    nc_bytes key, value, evidence;
    double confidence;
    uint16_t part;
    uint32_t offset;
} nc_decision;

void nc_decide(nc_job *job, const nc_decision *decision);

/* ---------------------------------------------------------------- media and files that the document names */

typedef struct nc_media {
    nc_bytes name;              /* as the tree's image targets spell it */
    nc_bytes media_type;
    nc_bytes bytes;
} nc_media;

/* Put bytes into the media bag under `name`, in place of older ones. Slices are kept, not copied. */
void nc_media_add(nc_job *job, nc_bytes name, nc_bytes media_type, nc_bytes bytes);

/* The medium number `index` in order of adding, NULL past the last. */
const nc_media *nc_media_at(const nc_job *job, size_t index);

/* What an image target names: from the media bag, from a data: URI, or from a file below the resource path, links
 * resolved; media type by content, then extension. NULL, with a warning, when it cannot be had. Nothing is fetched. */
const nc_media *nc_media_load(nc_job *job, const nc_node *image, nc_bytes url);

/* ---------------------------------------------------------------- output */

/* A growing buffer with a hard maximum. Writing to one that failed does nothing. */
typedef struct nc_buf {
    nc_job *job;
    char *ptr;
    size_t len, capacity, maximum;
} nc_buf;

/* Prepare an empty buffer / release what it holds: for writers that need one of their own.
 * Owner:  the caller closes it. */
void nc_buf_open(nc_buf *buf, nc_job *job);
void nc_buf_close(nc_buf *buf);

/* Make room for `more` bytes behind len. Errors: false and a failed job when the maximum or memory is reached. */
bool nc_buf_reserve(nc_buf *buf, size_t more);

static inline void nc_put(nc_buf *buf, nc_bytes bytes)
{
    if (bytes.len && (buf->capacity - buf->len >= bytes.len || nc_buf_reserve(buf, bytes.len))) {
        memcpy(buf->ptr + buf->len, bytes.ptr, bytes.len);
        buf->len += bytes.len;
    }
}

static inline void nc_put_char(nc_buf *buf, char c)
{
    if (buf->capacity > buf->len || nc_buf_reserve(buf, 1))
        buf->ptr[buf->len++] = c;
}

#define NC_PUT(buf, literal) nc_put((buf), NC_LITERAL(literal))

/* An integer in decimal. */
void nc_put_int(nc_buf *buf, int64_t number);

/* A writer as a table: one pair of functions for each kind. `open` says whether the children are to be visited; a kind
 * without a rule keeps its children (and its loss is warned of once); TEXT is given run by run. */
typedef struct nc_out nc_out;

typedef struct nc_rule {
    bool (*open)(nc_out *out, const nc_node *node);
    void (*close)(nc_out *out, const nc_node *node);
} nc_rule;

struct nc_out {
    nc_job *job;
    nc_buf *buf;
    const nc_rule *rules;       /* NC_KIND_COUNT of them */
    void *state;                /* the writer's own */
};

/* Walk `root`, calling the rules. Returns nc_job_status. May be called again from within a rule on another subtree. */
nc_status nc_render(nc_out *out, const nc_node *root);

/* ---------------------------------------------------------------- UTF-8 */

/* The length of the longest valid prefix, so that `nc_utf8_valid(b) == b.len` asks for validity. */
size_t nc_utf8_valid(nc_bytes bytes);

/* The character at text.ptr[*at] of valid UTF-8, moving *at behind it. *at must be below text.len. */
uint32_t nc_utf8_next(nc_bytes text, size_t *at);

/* Write a character as UTF-8 into 4 bytes and return how many it took. */
size_t nc_utf8_put(char out[4], uint32_t character);

/* ---------------------------------------------------------------- options and formats */

typedef enum nc_option_type {
    NC_OPTION_END,
    NC_OPTION_BOOL,             /* bool: a switch, +name and -name (pandoc's extensions) */
    NC_OPTION_INT,              /* int64_t */
    NC_OPTION_ENUM,             /* int, the index in `values` */
    NC_OPTION_STRING            /* const char *, NULL when not given */
} nc_option_type;

/* One option of a format: parser, help and manual are made from these rows. Other values than switches: -V. */
typedef struct nc_option {
    const char *name;
    nc_option_type type;
    size_t offset;              /* of the member in the format's options struct */
    int64_t preset;             /* BOOL, INT, ENUM */
    int64_t minimum, maximum;   /* INT */
    const char *values;         /* ENUM: names apart by blanks */
    const char *help;
    bool raw_preset;            /* BOOL: the default under --raw */
} nc_option;

#define NC_OPT_BOOL(name, struct_, member, preset, help) \
    { (name), NC_OPTION_BOOL, offsetof(struct_, member), (preset), 0, 1, NULL, (help), (preset) }
/* A switch whose default under --raw is another. */
#define NC_OPT_BOOL_RAW(name, struct_, member, preset, raw, help) \
    { (name), NC_OPTION_BOOL, offsetof(struct_, member), (preset), 0, 1, NULL, (help), (raw) }
#define NC_OPT_INT(name, struct_, member, preset, minimum, maximum, help) \
    { (name), NC_OPTION_INT, offsetof(struct_, member), (preset), (minimum), (maximum), NULL, (help), false }
#define NC_OPT_ENUM(name, struct_, member, preset, values, help) \
    { (name), NC_OPTION_ENUM, offsetof(struct_, member), (preset), 0, 0, (values), (help), false }
#define NC_OPT_STRING(name, struct_, member, help) \
    { (name), NC_OPTION_STRING, offsetof(struct_, member), 0, 0, 0, NULL, (help), false }
#define NC_OPT_END { NULL, NC_OPTION_END, 0, 0, 0, 0, NULL, NULL, false }

/* What a probe answers. Two formats that claim the same bytes with the same step are a defect. */
enum {
    NC_PROBE_NO = 0,
    NC_PROBE_FALLBACK = 10,     /* text that nobody else knows */
    NC_PROBE_LIKELY = 50,       /* looks like it */
    NC_PROBE_CERTAIN = 100      /* a signature */
};

/* nc_format.flags */
enum {
    NC_FORMAT_BINARY = 1,       /* input and output are bytes: no decoding, and no terminal */
    NC_FORMAT_DECIDED = 2,      /* what it reads has been decided on: no scripts unless asked for */
    NC_FORMAT_BOOK = 4          /* its metadata are its own: news scripts only when asked for */
};

typedef struct nc_format {
    const char *name;
    const char *title;
    const char *extensions;     /* file name extensions without dot, apart by blanks */
    const char *media_types;
    const char *aliases;        /* other names, apart by blanks */
    unsigned flags;
    const nc_option *options;   /* ended by NC_OPT_END; NULL: none */
    size_t options_size;
    const char *template_text;  /* the default template (docs/manual.md, Templates); NULL: none */

    /* How sure the format is that `head` (the first 4 KiB, as bytes) is its own. `name`: of the file, or "". Pure. */
    int (*probe)(nc_bytes head, const char *name);

    /* The encoding that the document itself declares in its first bytes, {NULL, 0} if none. Pure. */
    nc_bytes (*declared_encoding)(nc_bytes head);

    /* Read `in` into `doc`, a DOCUMENT. Text is valid UTF-8 unless NC_FORMAT_BINARY. It lives as long as the job: the
     * tree may point into it. Returns nc_job_status. */
    nc_status (*read)(nc_job *job, const void *options, nc_bytes in, nc_node *doc);

    /* Write `doc` to `buf`. Returns nc_job_status. */
    nc_status (*write)(nc_job *job, const void *options, const nc_node *doc, nc_buf *buf);
} nc_format;

/* Let the format `name` (with switches: "html+article") read `in`, and append its blocks to `parent`, which holds
 * blocks; metadata that it finds is set in the META_MAP `meta` (NULL: not). `part` names the place for messages.
 * Errors: those of the reader; EUNSUPPORTED for an unknown format. */
nc_status nc_read_part(nc_job *job, const char *name, nc_bytes part, nc_bytes in, nc_node *parent, nc_node *meta);

/* Let the format `name` write `doc` (a DOCUMENT) to `buf`, as a fragment. Errors as above. */
nc_status nc_write_part(nc_job *job, const char *name, const nc_node *doc, nc_buf *buf);

typedef struct nc_plugin_info {
    uint32_t abi;               /* NC_PLUGIN_ABI */
    uint32_t node_size;         /* sizeof(nc_node): guards against another compiler's layout */
    const nc_format *const *formats; /* ended by NULL */
} nc_plugin_info;

/* The one exported symbol of a module: NC_PLUGIN(&text, &plain); In a static build NC_PLUGIN_NAME tells the modules
 * apart. */
#ifndef NC_PLUGIN_NAME
#define NC_PLUGIN_NAME nc_plugin
#endif
#if defined(__GNUC__)
#define NC_EXPORT __attribute__((visibility("default")))
#else
#define NC_EXPORT
#endif
#define NC_PLUGIN(...) \
    extern NC_EXPORT const nc_plugin_info NC_PLUGIN_NAME; \
    NC_EXPORT const nc_plugin_info NC_PLUGIN_NAME = { \
        NC_PLUGIN_ABI, sizeof(nc_node), (const nc_format *const[]){ __VA_ARGS__, NULL } }

#if defined(__GNUC__)
#pragma GCC visibility pop
#endif

#endif
