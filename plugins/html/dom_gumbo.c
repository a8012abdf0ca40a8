/* SPDX-License-Identifier: MIT */
/* The view of dom.h over gumbo's tree, which stays in the job's arena. gumbo takes it for granted that its allocator
 * yields memory: when the arena has none left, a jump over gumbo leads out. */
#include "plugins/html/scan.h"

#include <gumbo.h>
#include <setjmp.h>

enum { SMALL_CLASSES = 33, CLASSES = SMALL_CLASSES + 48 };

/* Before the bytes that gumbo sees stands the class of the block: its size in units of 16 bytes up to 512, powers of two
 * beyond. Freed blocks wait in a list for each class. */
typedef struct block {
    size_t class;
    struct block *next;         /* only of a free block: gumbo's bytes begin here */
} block;

typedef struct supply {
    nc_job *job;
    block *free[CLASSES];
    jmp_buf out;
} supply;

enum { HEADER = offsetof(block, next) };

/* The class of `size` bytes; `size` becomes what the class holds. */
static size_t class_of(size_t *size)
{
    size_t class = SMALL_CLASSES, rounded = (*size + HEADER + 15) / 16 * 16;

    if (rounded < SMALL_CLASSES * 16) {
        *size = rounded;
        return rounded / 16;
    }
    for (*size = 1024; *size < rounded; *size *= 2)
        class++;
    return class;
}

static void *take(void *data, size_t size)
{
    supply *from = data;
    size_t class, whole = size;
    block *found;

    if (size > SIZE_MAX / 4)
        longjmp(from->out, 1);
    class = class_of(&whole);
    found = from->free[class];
    if (found)
        from->free[class] = found->next;
    else
        found = nc_alloc(from->job, whole);
    if (!found)
        longjmp(from->out, 1);
    found->class = class;
    return (char *)found + HEADER;
}

static void give_back(void *data, void *bytes)
{
    supply *from = data;
    block *freed;

    if (!bytes)
        return;
    freed = (block *)(void *)((char *)bytes - HEADER);
    freed->next = from->free[freed->class];
    from->free[freed->class] = freed;
}

/* gumbo's tree is the only thing that survives the jump, and only when there was none. */
static GumboNode *parse(supply *from, nc_bytes page)
{
    GumboOptions options = kGumboDefaultOptions;

    options.allocator = take;
    options.deallocator = give_back;
    options.userdata = from;
    options.max_errors = 0;
    if (setjmp(from->out))
        return NULL;
    return gumbo_parse_with_options(&options, page.ptr, page.len)->root;
}

/* ---------------------------------------------------------------- the view */

/* A dom_node is a GumboNode under another name. The line of its start, which nobody asks for, has our tag of an element;
 * the column has the reader's mark. */
static const GumboNode *gumbo(const dom_node *node)
{
    return (const GumboNode *)(const void *)node;
}

static dom_node *view(GumboNode *node)
{
    return (dom_node *)(void *)node;
}

static bool is_element(const GumboNode *node)
{
    return node->type == GUMBO_NODE_ELEMENT || node->type == GUMBO_NODE_TEMPLATE;
}

static bool in_view(const GumboNode *node)
{
    return node->type != GUMBO_NODE_COMMENT && node->type != GUMBO_NODE_DOCUMENT;
}

static nc_bytes element_name(const GumboNode *node)
{
    GumboStringPiece name = node->v.element.original_tag;

    if (node->v.element.tag != GUMBO_TAG_UNKNOWN)
        return nc_string(gumbo_normalized_tagname(node->v.element.tag));
    gumbo_tag_from_original_text(&name);
    return (nc_bytes){ name.data, name.length };
}

static dom_node *from_index(const GumboNode *parent, size_t index)
{
    const GumboVector *children = &parent->v.element.children;

    for (; index < children->length; index++)
        if (in_view(children->data[index]))
            return view(children->data[index]);
    return NULL;
}

dom_kind dom_node_kind(const dom_node *node)
{
    return is_element(gumbo(node)) ? DOM_ELEMENT : DOM_TEXT;
}

dom_tag dom_node_tag(const dom_node *node)
{
    return is_element(gumbo(node)) ? (dom_tag)gumbo(node)->v.element.start_pos.line : DOM_TAG_OTHER;
}

unsigned dom_flags(const dom_node *node)
{
    GumboParseFlags flags = gumbo(node)->parse_flags;

    return (flags & (GUMBO_INSERTION_BY_PARSER | GUMBO_INSERTION_IMPLIED) ? DOM_IMPLIED : 0) |
           (flags & GUMBO_INSERTION_IMPLICIT_END_TAG ? DOM_UNENDED : 0) |
           (flags & (GUMBO_INSERTION_RECONSTRUCTED_FORMATTING_ELEMENT | GUMBO_INSERTION_ADOPTION_AGENCY_CLONED)
                ? DOM_CLONE : 0);
}

nc_bytes dom_name(const dom_node *node)
{
    return is_element(gumbo(node)) ? element_name(gumbo(node)) : (nc_bytes){ "", 0 };
}

nc_bytes dom_text(const dom_node *node)
{
    return is_element(gumbo(node)) ? (nc_bytes){ "", 0 } : nc_string(gumbo(node)->v.text.text);
}

nc_bytes dom_source(const dom_node *node)
{
    const GumboElement *element = &gumbo(node)->v.element;
    const char *start = element->original_tag.data;
    const GumboStringPiece *last = element->original_end_tag.data ? &element->original_end_tag : &element->original_tag;

    if (!is_element(gumbo(node)) || !start || last->data < start)
        return (nc_bytes){ "", 0 };
    return (nc_bytes){ start, (size_t)(last->data - start) + last->length };
}

dom_node *dom_parent(const dom_node *node)
{
    GumboNode *parent = gumbo(node)->parent;

    return parent && parent->type != GUMBO_NODE_DOCUMENT ? view(parent) : NULL;
}

dom_node *dom_first(const dom_node *node)
{
    return is_element(gumbo(node)) ? from_index(gumbo(node), 0) : NULL;
}

dom_node *dom_next(const dom_node *node)
{
    const GumboNode *parent = gumbo(node)->parent;

    return parent && is_element(parent) ? from_index(parent, gumbo(node)->index_within_parent + 1) : NULL;
}

size_t dom_attribute_count(const dom_node *node)
{
    return is_element(gumbo(node)) ? gumbo(node)->v.element.attributes.length : 0;
}

nc_pair dom_attribute(const dom_node *node, size_t index)
{
    const GumboAttribute *attribute = gumbo(node)->v.element.attributes.data[index];

    return (nc_pair){ nc_string(attribute->name), nc_string(attribute->value) };
}

uint32_t *dom_mark(dom_node *node)
{
    GumboNode *marked = (GumboNode *)(void *)node;

    return is_element(marked) ? &marked->v.element.start_pos.column : &marked->v.text.start_pos.column;
}

/* ---------------------------------------------------------------- from gumbo to the view */

static size_t page_offset(const scan_result *scan, size_t kept)
{
    size_t low = 0, high = scan->gap_count;

    while (low < high) {
        size_t middle = low + (high - low) / 2;

        if (scan->gaps[middle].kept <= kept)
            low = middle + 1;
        else
            high = middle;
    }
    return low ? kept - scan->gaps[low - 1].kept + scan->gaps[low - 1].page : kept;
}

size_t dom_offset(const dom_node *node)
{
    return is_element(gumbo(node)) ? gumbo(node)->v.element.start_pos.offset : gumbo(node)->v.text.start_pos.offset;
}

/* Number the tags, clear the marks and turn places in the scanned page into places in the page. */
static void prepare(dom_node *root, const scan_result *scan, const dom_tag *tags)
{
    for (dom_node *node = root; node; node = dom_following(root, node, false)) {
        GumboNode *at = (GumboNode *)(void *)node;
        GumboSourcePosition *place = is_element(at) ? &at->v.element.start_pos : &at->v.text.start_pos;

        place->offset = (unsigned)page_offset(scan, place->offset);
        place->column = 0;
        if (is_element(at))
            place->line = at->v.element.tag == GUMBO_TAG_UNKNOWN ? (unsigned)dom_tag_named(element_name(at))
                                                                  : (unsigned)tags[at->v.element.tag];
    }
}

dom_document dom_parse(nc_job *job, nc_bytes page)
{
    supply *from = nc_alloc(job, sizeof *from);
    dom_tag tags[GUMBO_TAG_LAST] = { DOM_TAG_OTHER };
    scan_result scan = html_scan(job, page);
    GumboNode *root;

    if (!from || nc_job_status(job) != NC_OK)
        return (dom_document){ NULL, NULL, 0 };
    from->job = job;
    root = parse(from, scan.kept);
    if (!root)
        return (dom_document){ NULL, NULL, 0 };
    for (int tag = 0; tag < GUMBO_TAG_UNKNOWN; tag++)
        tags[tag] = dom_tag_named(nc_string(gumbo_normalized_tagname((GumboTag)tag)));
    prepare(view(root), &scan, tags);
    return (dom_document){ view(root), scan.scripts, scan.script_count };
}

const dom_script *dom_script_of(const dom_document *document, const dom_node *node)
{
    const dom_script *scripts = document->scripts;
    size_t low = 0, high = document->script_count, at = dom_offset(node);

    while (low < high) {
        size_t middle = low + (high - low) / 2;

        if (scripts[middle].offset < at)
            low = middle + 1;
        else
            high = middle;
    }
    return low < document->script_count && scripts[low].offset == at ? &scripts[low] : NULL;
}
