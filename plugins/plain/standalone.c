/* SPDX-License-Identifier: MIT */
/* The whole document: title block and body in a template, whose variables are named as pandoc's. */
#include "core/template.h"
#include "plain.h"

const char plain_template[] = "$if(titleblock)$\n"
                              "$titleblock$\n"
                              "\n"
                              "$endif$\n"
                              "$for(header-includes)$\n"
                              "$header-includes$\n"
                              "\n"
                              "$endfor$\n"
                              "$for(include-before)$\n"
                              "$include-before$\n"
                              "\n"
                              "$endfor$\n"
                              "$if(toc)$\n"
                              "$table-of-contents$\n"
                              "\n"
                              "$endif$\n"
                              "$body$\n"
                              "$for(include-after)$\n"
                              "\n"
                              "$include-after$\n"
                              "$endfor$\n";

typedef struct standalone {
    nc_out *out;
    const nc_node *doc;
} standalone;

/* Let `render` print to `buf`, and take away the line end. */
static void print_to(nc_out *out, nc_buf *buf, void (*render)(nc_out *out, const void *what),
                     const void *what)
{
    plain_writer *writer = plain_of(out);
    nc_layout *layout = writer->layout;

    writer->layout = plain_layout(writer, buf);
    render(out, what);
    nc_layout_finish(writer->layout);
    writer->layout = layout;
    if (buf->len && buf->ptr[buf->len - 1] == '\n')
        buf->len--;
}

static void print_node(nc_out *out, const void *node)
{
    nc_render(out, node);
}

static void render_value(void *data, const nc_node *value, nc_buf *buf)
{
    const standalone *page = data;

    print_to(page->out, buf, print_node, value);
}

static void print_body(nc_out *out, const void *doc)
{
    nc_render(out, doc);
    plain_write_notes(out);
}

static void write_body(void *data, nc_buf *buf)
{
    const standalone *page = data;

    print_to(page->out, buf, print_body, page->doc);
}

/* ------------------------------------------------------------ title block */

static bool is_shown(const nc_node *value)
{
    return value && (nc_bit(value) & (NC_BIT(META_STRING) | NC_BIT(META_INLINES) |
                                      NC_BIT(META_BLOCKS) | NC_BIT(META_LIST)));
}

/* A line with the values of a list one after the other. The keys of an author are its name. */
static void put_line(nc_out *out, const nc_node *meta, const char *key)
{
    const nc_node *value = nc_meta_value(meta, nc_string(key)), *item = value;
    bool list = value && value->kind == NC_META_LIST;

    if (!is_shown(value))
        return;
    for (item = list ? value->first : value; item; item = list ? item->next : NULL) {
        const nc_node *shown =
            item->kind == NC_META_MAP ? nc_meta_value(item, NC_LITERAL("name")) : item;
        if (shown)
            nc_render(out, shown);
        nc_layout_chomp(layout_of(out));
        if (list && item->next) {
            nc_layout_text(layout_of(out), NC_LITERAL(";"));
            nc_layout_space(layout_of(out));
        }
    }
    nc_layout_line_end(layout_of(out));
}

static nc_bytes text_of(nc_job *job, const nc_node *meta, const char *key)
{
    const nc_node *value = nc_meta_value(meta, nc_string(key));

    if (!value || value->kind == NC_META_LIST || value->kind == NC_META_MAP)
        return (nc_bytes){ NULL, 0 };
    return value->kind == NC_META_STRING ? value->text : nc_stringify(job, value);
}

/* Whether the body begins with the text of a field: then it is not printed twice. */
static bool opens_body(nc_job *job, const nc_node *doc, const char *key)
{
    nc_bytes text = text_of(job, doc->meta, key), opening;
    const nc_node *block = doc->first;

    while (block && block->kind == NC_DIV && block->first)
        block = block->first;
    if (!block || !(nc_bit(block) & (NC_BIT(HEADER) | NC_BIT(PARA) | NC_BIT(PLAIN))) || !text.len)
        return false;
    opening = nc_stringify(job, block);
    return block->kind == NC_HEADER
               ? nc_same(opening, text)
               : opening.len >= text.len && memcmp(opening.ptr, text.ptr, text.len) == 0;
}

/* pandoc prints title, author and date. A story has more, and may say in its body what would stand
 * here. */
static void print_title_block(nc_out *out, const void *data)
{
    const nc_node *doc = data, *meta = doc->meta;
    nc_job *job = out->job;
    bool raw = plain_of(out)->settings->raw;

    if (raw || !opens_body(job, doc, "title"))
        put_line(out, meta, "title");
    if (!raw)
        put_line(out, meta, "subtitle");
    put_line(out, meta, !raw && nc_meta_value(meta, NC_LITERAL("byline")) ? "byline" : "author");
    if (!raw && !opens_body(job, doc, "dateline"))
        put_line(out, meta, "dateline");
    put_line(out, meta, "date");
}

/* ------------------------------------------------------------ table of contents */

static void put_heading(nc_out *out, const nc_node *heading, size_t depth)
{
    for (size_t i = 0; i < depth; i++)
        nc_layout_text(layout_of(out), NC_LITERAL("  "));
    nc_layout_text(layout_of(out), NC_LITERAL("- "));
    for (const nc_node *inner = heading->first; inner; inner = inner->next)
        if (inner->kind != NC_NOTE)
            nc_render(out, inner);
    nc_layout_line_end(layout_of(out));
}

/* Headings hang below the nearest one before them that has a smaller level. */
static void print_contents(nc_out *out, const void *doc)
{
    enum { LEVELS = 6 };
    int64_t deepest = plain_of(out)->settings->toc_depth, around[LEVELS];
    nc_walk walk = { .root = doc };
    size_t depth = 0;

    while (nc_walk_next(&walk)) {
        const nc_node *node = walk.node;
        if (!walk.entering)
            continue;
        walk.skip = !(nc_bit(node) & (NC_BIT(DOCUMENT) | NC_BIT(DIV)));
        if (node->kind != NC_HEADER || node->level > deepest || node->level < 1)
            continue;
        while (depth && around[depth - 1] >= node->level)
            depth--;
        put_heading(out, node, depth);
        if (depth < LEVELS)
            around[depth++] = node->level;
    }
}

static nc_bytes printed(nc_out *out, void (*render)(nc_out *out, const void *what),
                        const void *what)
{
    size_t start = out->buf->len;
    nc_bytes text = { "", 0 };

    print_to(out, out->buf, render, what);
    if (out->buf->len > start)
        text = nc_copy(out->job, (nc_bytes){ out->buf->ptr + start, out->buf->len - start });
    out->buf->len = start;
    return text;
}

void plain_write_page(nc_out *out, const nc_node *doc)
{
    nc_job *job = out->job;
    const nc_template *page = nc_template_chosen(job, nc_string(plain_template), "plain");
    standalone data = { out, doc };
    nc_template_context context = { .body = write_body, .data = &data };
    nc_node *values = nc_template_values(job, doc, render_value, &data, out->buf);
    plain_writer *writer = plain_of(out);
    size_t notes = writer->note_count;
    nc_bytes block;

    /* What is rendered again has its notes already. */
    writer->note_count = 0;
    writer->repeating = true;
    block = printed(out, print_title_block, doc);
    if (block.len)
        nc_template_set(job, values, "titleblock", block);
    if (writer->settings->toc) {
        nc_template_set(job, values, "toc", NC_LITERAL("true"));
        nc_template_set(job, values, "table-of-contents", printed(out, print_contents, doc));
    }
    writer->repeating = false;
    writer->note_count = notes;
    context.values = values;
    nc_template_apply(job, page, &context, out->buf);
}
