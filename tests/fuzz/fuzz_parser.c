/* SPDX-License-Identifier: MIT */
/* Fuzz the HTML parser alone, and hold its tree to what it promises: one parent for each node, no
 * circles, no two texts side by side, a bounded depth, slices that lie in the page or the arena,
 * bounded work and memory. The first byte chooses how to parse. */
#include "core/job.h"
#include "plugins/html/dom.h"

#include <stdio.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum {
    DEPTH = 60,
    SLACK = 8,                /* parts of a table, raw text and text may lie a little deeper */
    WORK_A_BYTE = 16 * DEPTH, /* an adoption takes the stack apart up to eight times and more */
    MEMORY_A_BYTE = 160,
    MEMORY_AT_LEAST = 1 << 20
};

static void demand_at(bool condition, int line)
{
    if (!condition) {
        fprintf(stderr, "line %d: the tree is not what it should be\n", line);
        abort();
    }
}

#define demand(condition) demand_at((condition), __LINE__)

/* Reading the first and last byte is enough: elsewhere than in the page or the arena, the sanitizer
 * stops it. */
static void read_slice(nc_bytes slice)
{
    volatile char byte;

    if (slice.len) {
        byte = slice.ptr[0];
        byte = slice.ptr[slice.len - 1];
        (void)byte;
    }
}

static void check_node(const dom_node *node)
{
    const dom_node *last = node->first ? node->first->previous : NULL;

    demand(!last || (last->parent == node && !last->next));
    demand(!node->next || (node->next->previous == node && node->next->parent == node->parent));
    if (node->kind == DOM_TEXT) {
        demand(node->length && !node->first);
        demand(!node->next || node->next->kind != DOM_TEXT);
        read_slice((nc_bytes){ node->text, node->length });
    }
    for (size_t i = 0; node->kind == DOM_ELEMENT && i < dom_attribute_count(node); i++) {
        read_slice(dom_attribute(node, i).key);
        read_slice(dom_attribute(node, i).value);
    }
    demand(node->kind != DOM_ELEMENT || node->mark == 0);
}

static void check_tree(const dom_node *root, size_t most_nodes, size_t most_depth)
{
    const dom_node *node = root;
    size_t count = 0, depth = 0;

    while (node) {
        demand(++count <= most_nodes && depth <= most_depth);
        check_node(node);
        if (node->first) {
            demand(node->first->parent == node);
            node = node->first;
            depth++;
            continue;
        }
        while (node != root && !node->next) {
            node = node->parent;
            depth--;
        }
        node = node == root ? NULL : node->next;
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const char *const contexts[] = {
        "", "", "", "", "td", "select", "svg path", "template"
    };
    html_parse_options options = { .depth = DEPTH };
    size_t work = 0;
    nc_bytes page;
    nc_job job;
    dom_node *document;

    if (!size)
        return 0;
    nc_job_open(&job, NULL);
    page = nc_copy(&job, (nc_bytes){ (const char *)data + 1, size - 1 });
    options.context = nc_string(contexts[data[0] & 7]);
    options.scripting = data[0] & 8;
    options.comments = data[0] & 16;
    options.quiet_head = options.no_head_text = data[0] & 32;
    options.work = &work;
    if (nc_utf8_valid(page) == page.len && (document = html_parse(&job, page, &options))) {
        size_t most_nodes = 4 * page.len + 2048;

        demand(work <= WORK_A_BYTE * (page.len + 64));
        demand(job.memory_used <= MEMORY_AT_LEAST + MEMORY_A_BYTE * page.len);
        check_tree(document, most_nodes, options.comments ? 2 * DEPTH : 2 * DEPTH + SLACK);
    }
    nc_job_close(&job);
    return 0;
}
