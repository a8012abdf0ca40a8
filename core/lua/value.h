/* SPDX-License-Identifier: MIT */
/* What the files of the script host share: elements as Lua sees them, and the ways in and out of
 * the tree.
 *
 * An element is userdata over a node (or over one word of a run) with one uservalue a property. A
 * uservalue is nil while untouched: the property is read from the node. What was read as a table,
 * or written, stays in the uservalue and is the truth from then on. An element born in Lua has no
 * node, only uservalues.
 *
 * Nodes that Lua has seen are marked held: the walk copies them before it changes anything below
 * (walk.c).
 *
 * Lua errors jump over C: nothing here may own memory other than the arena's, Lua's and the host's.
 */
#ifndef NEWSCONV_LUA_VALUE_H
#define NEWSCONV_LUA_VALUE_H

#include "core/job.h"
#include "core/lua/host.h"

#include <lauxlib.h>
#include <lua.h>
#include <lualib.h>

/* The kinds of elements: those of the tree, and what only Lua tells apart. */
enum {
    KIND_SPACE = NC_KIND_COUNT,
    KIND_SOFT_BREAK,
    KIND_ATTR,
    KIND_ATTRIBUTES, /* AttributeList */
    KIND_LIST_ATTRIBUTES,
    KIND_COUNT
};

/* nc_node.flags, the host's marks. */
enum {
    HELD = 0x80,   /* Lua has an element over this node */
    SHARED = 0x40, /* ... more than one */
    FRESH = 0x20,  /* put in by a handler: not handed to one again, but its children are */
    DONE = 0x10    /* not to be looked into */
};

typedef enum property_type {
    PROPERTY_STRING,
    PROPERTY_INTEGER,
    PROPERTY_ENUM,      /* int */
    PROPERTY_WIDE_ENUM, /* int64_t */
    PROPERTY_ATTR,
    PROPERTY_LIST_ATTRIBUTES,
    PROPERTY_COLUMNS,
    PROPERTY_CLASSES,
    PROPERTY_ATTRIBUTES,
    PROPERTY_PAIRS, /* of an AttributeList */
    PROPERTY_META,
    PROPERTY_INLINES, /* from here on: children */
    PROPERTY_BLOCKS,
    PROPERTY_PART,       /* one element: caption, head, foot */
    PROPERTY_PARTS,      /* a list of elements: rows, cells, bodies, citations */
    PROPERTY_PART_LIST,  /* the list in a nameless part: short, prefix, suffix, a body's head */
    PROPERTY_PART_LISTS, /* a list of such lists: items, lines */
    PROPERTY_DEFINITIONS
} property_type;

typedef enum list_type { LIST_PLAIN, LIST_INLINES, LIST_BLOCKS, LIST_META, LIST_TYPES } list_type;

typedef struct property {
    const char *name;
    property_type type;
    uint8_t part;   /* nc_kind */
    uint8_t preset; /* of INTEGER and ENUM, where nothing was given */
    list_type list;
    bool in_record;
    uint8_t offset;
    const char *const *names; /* of ENUM */
} property;

enum { MAX_PROPERTIES = 6, MARKED_KEPT = 64 };

typedef struct element {
    const void *tag; /* element_tag: tells elements from other userdata */
    uint8_t kind;
    nc_node *node; /* NULL: born in Lua, or a word */
    union {
        nc_bytes text;       /* Str: a word of a run */
        const nc_attr *attr; /* Attr, AttributeList */
        nc_list_attributes list;
    };
} element;

typedef struct lua_host {
    nc_job *job;
    lua_State *L;
    const nc_lua_context *context;
    bool sandbox;
    size_t memory, steps;                          /* used so far */
    int metatables[KIND_COUNT], lists[LIST_TYPES]; /* references into the registry */
    int space, soft_break;                         /* the one Space, the one SoftBreak */
    property properties[KIND_COUNT][MAX_PROPERTIES];
    uint8_t property_count[KIND_COUNT];
    size_t held;                  /* nodes marked so far */
    nc_node *marked[MARKED_KEPT]; /* the first of them */
    bool topdown;                 /* a filter put other marks */
    nc_node *document;            /* being worked on */
    nc_node *shown;    /* the document that a Pandoc handler is looking at: no walk is inside */
    char warning[512]; /* that a script is giving, piece by piece */
    size_t warning_length;
} lua_host;

static inline lua_host *host_of(lua_State *L)
{
    return *(lua_host **)lua_getextraspace(L);
}

extern const char element_tag;

/* The element at `index`, NULL if it is something else. */
static inline element *to_element(lua_State *L, int index)
{
    element *e = lua_touserdata(L, index);

    return e && lua_type(L, index) == LUA_TUSERDATA && lua_rawlen(L, index) == sizeof(element) &&
                   e->tag == &element_tag
               ? e
               : NULL;
}

/* ---------------------------------------------------------------- property.c */

void properties_make(lua_host *host);
const char *kind_name(int kind);
bool is_inline_kind(int kind);
bool is_block_kind(int kind);

/* Push the value of property `slot` (from 1) of the element at `index`; tables are made once and
 * then kept. */
void push_property(lua_State *L, int index, int slot);

/* The slot of the property `name` of a kind, 0 if it has none. */
int find_property(const lua_host *host, int kind, const char *name);

/* ---------------------------------------------------------------- element.c */

void elements_open(lua_State *L);
element *new_element(lua_State *L, int kind);
void push_node(lua_State *L, nc_node *node);
void push_word(lua_State *L, const nc_word *word);
/* Mark a node as held: Lua has an element over it. */
void mark_held(lua_host *host, nc_node *node);
/* Whether no property of the element at `index` was written or made into a table. */
bool is_untouched(lua_State *L, int index, const element *e);

/* ---------------------------------------------------------------- list.c */

void lists_open(lua_State *L);
void push_list_type(lua_State *L, list_type type); /* its metatable */
void new_list(lua_State *L, list_type type, int size);
bool is_list(lua_State *L, int index, list_type type);
void push_inlines(lua_State *L, nc_node *parent);
void push_blocks(lua_State *L, nc_node *parent);
/* As above, by what the kind of `parent` holds; also rows and cells. */
void push_children(lua_State *L, nc_node *parent);

/* ---------------------------------------------------------------- attr.c */

void attributes_open(lua_State *L);
/* Push what `index` is as an Attr: itself if it is one, else a new one. */
void push_attr(lua_State *L, int index);
/* Push the pairs of an AttributeList as an array of {key, value}, made once. */
void push_pairs(lua_State *L, int index);
void push_classes(lua_State *L, const nc_attr *attr);
const nc_attr *commit_attr(lua_State *L, nc_job *job, int index);

/* ---------------------------------------------------------------- coerce.c: values in, as Lua
 * values */

void push_inline(lua_State *L, int index);
void push_block(lua_State *L, int index);
/* Always a new list; its items are those given, where they fit. */
void push_as_inlines(lua_State *L, int index);
void push_as_blocks(lua_State *L, int index);
void push_part(lua_State *L, int index, int kind);
/* Push what `index` is as a value of the property's type. */
void push_coerced(lua_State *L, int index, const property *p);
nc_bytes string_at(lua_State *L, int index);
int64_t integer_at(lua_State *L, int index);
int enum_at(lua_State *L, int index, const char *const *names);

/* ---------------------------------------------------------------- copy.c */

/* Push a deep copy of the element or table at `index`. */
void push_copy(lua_State *L, int index);

/* ---------------------------------------------------------------- commit.c: Lua values to nodes */

typedef struct commit {
    lua_State *L;
    nc_job *job;
    nc_node
        *adopt_from; /* untouched children of this node are moved, all others cloned; NULL: none */
    int work;        /* stack index of the list of open tasks */
    lua_Integer tasks;
    lua_Integer depth; /* of the list being filled, in lists */
} commit;

void commit_inlines(lua_State *L, nc_job *job, int index, nc_node *parent, nc_node *adopt_from);
void commit_blocks(lua_State *L, nc_job *job, int index, nc_node *parent, nc_node *adopt_from);
/* A new node without parent. */
nc_node *commit_element(lua_State *L, nc_job *job, int index, nc_node *adopt_from);
nc_bytes valid_text(nc_job *job, nc_bytes text);

/* ---------------------------------------------------------------- meta.c */

void push_meta(lua_State *L, const nc_node *value); /* any META_… value */
void commit_meta(lua_State *L, nc_job *job, int index, nc_node *map);

/* ---------------------------------------------------------------- walk.c */

/* Apply the filter table at `index` to everything below *root, and replace *root where a handler
 * does. */
void walk_document(lua_State *L, int index, nc_node **document);
void walk_below(lua_State *L, int index, nc_node **root);

/* ---------------------------------------------------------------- guard.c */

/* lua_setmetatable for metatables that a script may have touched: in the sandbox none has __gc. */
void set_metatable(lua_State *L, int index);
void guards_open(lua_State *L);

/* ---------------------------------------------------------------- pattern.c */

/* Put string.find, match, gmatch and gsub that count their steps in place of Lua's. */
void patterns_open(lua_State *L);

/* ---------------------------------------------------------------- protect.c */

/* Copies of the metadata that no script may change, and their way back. */
nc_node *protect_metadata(lua_host *host);
void restore_metadata(lua_host *host, nc_node *kept);

/* ---------------------------------------------------------------- show.c, utils.c, … */

/* named: false shows the attr of a Span alone. */
void push_native(lua_State *L, const nc_node *node, bool named);
void pandoc_open(lua_State *L);      /* pushes the module */
void utils_open(lua_State *L);       /* adds pandoc.utils and pandoc.text to the module on top */
void json_open(lua_State *L);        /* adds pandoc.json to the module on top */
void open_news_module(lua_State *L); /* pushes the module */
void globals_open(lua_State *L);
void version_open(lua_State *L); /* pushes the constructor of Version */

/* ---------------------------------------------------------------- chunk.c */

/* Push the script at `path` as a function; raises what is wrong with it. */
void push_script(lua_State *L, const char *path);

/* ---------------------------------------------------------------- scratch.c */

/* Push a box with a job for temporary nodes, and return the job. */
nc_job *push_scratch(lua_State *L);

/* The buffer of the box at `index`, empty at first. */
nc_buf *scratch_buf(lua_State *L, int index);

/* Release the boxes on the stack from `from` on. */
void close_scratches(lua_State *L, int from);

/* The node that an element is over if it is untouched; else a new one, in a scratch job that is
 * pushed. */
const nc_node *scratch_node(lua_State *L, int index);

/* Raise what made the job fail. */
int raise_job_error(lua_State *L, const nc_job *job);
/* Count steps of the script; raises an error when it has had more than its limit, or is cancelled. */
void charge_steps(lua_State *L, size_t count);

#endif
