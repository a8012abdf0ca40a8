/* SPDX-License-Identifier: MIT */
/* html-tree: print the tree that the parser makes of standard input, in the form of the html5lib
 * tests.
 *
 *     html-tree [--fragment CONTEXT] [--scripting] < page.html */
#include "core/input.h"
#include "plugins/html/parser/tree.h"

#include <stdio.h>
#include <stdlib.h>

static void indent(size_t depth)
{
    printf("| %*s", (int)(depth * 2), "");
}

static void put(nc_bytes text)
{
    fwrite(text.ptr, 1, text.len, stdout);
}

static const char *space_prefix(const dom_node *node)
{
    return node->space == SPACE_SVG ? "svg " : node->space == SPACE_MATHML ? "math " : "";
}

/* "xlink:href" of a foreign element is printed as "xlink href". */
static nc_bytes shown_name(nc_job *job, const dom_node *node, nc_bytes name)
{
    static const char *const qualified[] = { "xlink:actuate", "xlink:arcrole", "xlink:href",
                                             "xlink:role",    "xlink:show",    "xlink:title",
                                             "xlink:type",    "xml:lang",      "xml:space",
                                             "xmlns:xlink" };

    for (size_t i = 0; node->space != SPACE_HTML && i < sizeof(qualified) / sizeof(char *); i++)
        if (nc_is(name, qualified[i])) {
            nc_bytes copy = nc_copy(job, name);

            *(char *)(uintptr_t)memchr(copy.ptr, ':', copy.len) = ' ';
            return copy;
        }
    return name;
}

static int compare_pairs(const void *a, const void *b)
{
    nc_bytes x = ((const nc_pair *)a)->key, y = ((const nc_pair *)b)->key;
    int order = memcmp(x.ptr, y.ptr, x.len < y.len ? x.len : y.len);

    return order ? order : (x.len > y.len) - (x.len < y.len);
}

static void print_attributes(nc_job *job, const dom_node *node, size_t depth)
{
    size_t count = node->attributes ? node->attributes->count : 0;
    nc_pair *sorted = nc_alloc(job, (count + 1) * sizeof(nc_pair));

    for (size_t i = 0; sorted && i < count; i++)
        sorted[i] = (nc_pair){ shown_name(job, node, node->attributes->items[i].key),
                               node->attributes->items[i].value };
    if (!sorted)
        return;
    qsort(sorted, count, sizeof(nc_pair), compare_pairs);
    for (size_t i = 0; i < count; i++) {
        indent(depth);
        put(sorted[i].key);
        fputs("=\"", stdout);
        put(sorted[i].value);
        fputs("\"\n", stdout);
    }
}

static void print_doctype(const dom_node *node)
{
    const nc_pair *ids = node->attributes->items;

    fputs("<!DOCTYPE ", stdout);
    put(node->attributes->name);
    if (ids[0].value.ptr || ids[1].value.ptr) {
        fputs(" \"", stdout);
        put(ids[0].value);
        fputs("\" \"", stdout);
        put(ids[1].value);
        fputs("\"", stdout);
    }
    fputs(">\n", stdout);
}

static void print_node(nc_job *job, const dom_node *node, size_t depth)
{
    nc_bytes text = { node->text, node->length };

    indent(depth);
    switch ((dom_kind)node->kind) {
    case DOM_TEXT:
        putchar('"');
        put(text);
        fputs("\"\n", stdout);
        break;
    case DOM_COMMENT:
        fputs("<!-- ", stdout);
        put(text);
        fputs(" -->\n", stdout);
        break;
    case DOM_DOCTYPE: print_doctype(node); break;
    default:
        printf("<%s", space_prefix(node));
        put(dom_name(node));
        fputs(">\n", stdout);
        print_attributes(job, node, depth + 1);
    }
}

static bool is_template(const dom_node *node)
{
    return node->kind == DOM_ELEMENT && node->space == SPACE_HTML && node->tag == DOM_TEMPLATE;
}

static void print_tree(nc_job *job, const dom_node *root)
{
    const dom_node *node = root->first;
    size_t depth = 0;

    while (node) {
        print_node(job, node, depth);
        if (is_template(node)) {
            indent(++depth);
            fputs("content\n", stdout);
        }
        if (node->first) {
            node = node->first;
            depth++;
            continue;
        }
        depth -= is_template(node);
        while (node && !node->next) {
            node = node->parent;
            if (node == root)
                return;
            depth--;
            depth -= is_template(node);
        }
        node = node->next;
    }
}

int main(int count, char **words)
{
    html_parse_options options = { .comments = true };
    dom_node *document;
    nc_bytes page;
    nc_job job;

    for (int i = 1; i < count; i++) {
        if (strcmp(words[i], "--scripting") == 0)
            options.scripting = true;
        else if (strcmp(words[i], "--fragment") == 0 && i + 1 < count)
            options.context = nc_string(words[++i]);
    }
    nc_job_open(&job, NULL);
    if (nc_input_load(&job, NULL, &page) == NC_OK && (document = html_parse(&job, page, &options)))
        print_tree(&job, options.context.len ? document->first : document);
    if (job.status)
        fprintf(stderr, "html-tree: %.*s\n", (int)job.error.text.len, job.error.text.ptr);
    nc_job_close(&job);
    return job.status != NC_OK;
}
