/* SPDX-License-Identifier: MIT */
/* Reading HTML: the walk over the page, and the stack of what is open. */
#include "plugins/html/read.h"

/* ---------------------------------------------------------------- frames */

html_frame *html_top(html_reader *reader)
{
    return &reader->frames[reader->depth - 1];
}

html_frame *html_push(html_reader *reader, dom_node *element, html_frame_type type, nc_node *node)
{
    if (reader->depth == reader->capacity) {
        size_t capacity = reader->capacity * 2;
        html_frame *frames = nc_alloc(reader->job, capacity * sizeof *frames);

        if (!frames)
            return html_top(reader);
        memcpy(frames, reader->frames, reader->depth * sizeof *frames);
        reader->frames = frames;
        reader->capacity = capacity;
    }
    if (element)
        *dom_mark(element) |= HTML_FRAMED;
    reader->frames[reader->depth++] = (html_frame){ element, type, node, NULL, NULL };
    return html_top(reader);
}

void html_pop(html_reader *reader)
{
    html_frame frame = *html_top(reader);

    if (reader->depth < 2)
        return;
    reader->depth--;
    if (frame.element)
        *dom_mark(frame.element) &= ~(uint32_t)HTML_FRAMED;
    if (frame.close)
        frame.close(reader, &frame);
}

/* A Plain without content is none. */
static void close_leaf(html_reader *reader, html_frame *frame)
{
    nc_trim(reader->job, frame->node);
    if (frame->node && !frame->node->first)
        nc_detach(frame->node);
}

bool html_in_leaf(const html_reader *reader)
{
    for (size_t i = reader->depth; i > 0; i--)
        if (reader->frames[i - 1].type == HTML_LEAF)
            return reader->frames[i - 1].element != NULL;
        else if (reader->frames[i - 1].type != HTML_INLINE)
            return false;
    return false;
}

/* Make the leaf on top a Plain; its element is now one without meaning. */
static void dissolve_leaf(html_reader *reader, html_frame *leaf)
{
    nc_node *plain = nc_node_new(reader->job, NC_PLAIN);

    if (!plain || !leaf->element || leaf->node->parent == NULL)
        return;
    nc_insert_before(reader->job, leaf->node, plain);
    nc_move_children(reader->job, plain, leaf->node);
    nc_detach(leaf->node);
    *dom_mark(leaf->element) &= ~(uint32_t)HTML_FRAMED;
    leaf->element = NULL;
    leaf->node = plain;
    leaf->close = close_leaf;
}

void html_end_leaf(html_reader *reader, bool proper)
{
    while (html_top(reader)->type == HTML_INLINE)
        html_pop(reader);
    if (html_top(reader)->type != HTML_LEAF)
        return;
    if (!proper)
        dissolve_leaf(reader, html_top(reader));
    html_pop(reader);
}

static void close_stray_item(html_reader *reader, html_frame *frame)
{
    html_fix_plains(reader, frame->node, true);
}

/* What holds only parts of its own cannot take a block: it ends there. */
static const uint64_t holders_of_parts = NC_BIT(TABLE) | NC_BIT(TABLE_HEAD) | NC_BIT(TABLE_BODY) |
                                         NC_BIT(TABLE_FOOT) | NC_BIT(ROW) | NC_BIT(DEFINITION_LIST);

nc_node *html_container(html_reader *reader)
{
    html_frame *top = html_top(reader);

    while (holders_of_parts & nc_bit(top->node)) {
        html_pop(reader);
        top = html_top(reader);
    }

    if (top->type == HTML_LIST) {
        nc_node *item = top->node->last;

        if (!item)
            item = nc_append(reader->job, top->node, nc_node_new(reader->job, NC_ITEM));
        top = html_push(reader, NULL, HTML_CONTAINER, item);
        top->close = close_stray_item;
    }
    return top->node;
}

html_frame *html_open_block(html_reader *reader, dom_node *element, nc_node *block)
{
    html_end_leaf(reader, true);
    nc_append(reader->job, html_container(reader), block);
    return element ? html_push(reader, element, HTML_CONTAINER, block) : html_top(reader);
}

nc_node *html_inlines(html_reader *reader)
{
    html_frame *top = html_top(reader);

    if (top->type != HTML_LEAF && top->type != HTML_INLINE) {
        nc_node *plain =
            nc_append(reader->job, html_container(reader), nc_node_new(reader->job, NC_PLAIN));

        top = html_push(reader, NULL, HTML_LEAF, plain);
        top->close = close_leaf;
    }
    return top->node;
}

void html_close_inline(html_reader *reader, html_frame *frame)
{
    nc_node *parent = html_inlines(reader), *node = frame->node;
    nc_node *first = node ? node->first : NULL, *last = node ? node->last : NULL;
    nc_bytes leading = { "", 0 }, trailing = { "", 0 };

    if (!node)
        return;
    if (node->kind != NC_SPAN || !frame->state) {
        if (first && first->kind == NC_TEXT && first->text.len && html_is_space(first->text.ptr[0]))
            leading = (nc_bytes){ first->text.ptr, 1 };
        if (last && last->kind == NC_TEXT && last->text.len &&
            html_is_space(last->text.ptr[last->text.len - 1]))
            trailing = (nc_bytes){ last->text.ptr + last->text.len - 1, 1 };
        nc_trim(reader->job, node);
    }
    if (leading.len)
        nc_text(reader->job, parent, leading);
    nc_join(reader->job, parent, node);
    if (trailing.len)
        nc_text(reader->job, parent, trailing);
}

html_frame *html_open_inline(html_reader *reader, dom_node *element, nc_kind kind)
{
    html_frame *frame;

    html_inlines(reader);
    frame = html_push(reader, element, HTML_INLINE, nc_node_new(reader->job, kind));
    frame->close = html_close_inline;
    return frame;
}

void html_add_text(html_reader *reader, nc_bytes text)
{
    html_frame_type type = html_top(reader)->type;

    reader->space_before = type != HTML_LEAF && type != HTML_INLINE && html_is_blank(text);
    if (reader->space_before)
        return;
    if (reader->has_marks)
        html_add_marked_text(reader, text);
    else
        nc_text(reader->job, html_inlines(reader), text);
}

void html_fix_plains(html_reader *reader, nc_node *container, bool in_list)
{
    uint64_t paraish = NC_BIT(PARA) | NC_BIT(CODE_BLOCK) | NC_BIT(HEADER) | NC_BIT(BLOCK_QUOTE);
    const nc_node *found = NULL;
    nc_node *next;

    if (!in_list)
        paraish |= NC_BIT(BULLET_LIST) | NC_BIT(ORDERED_LIST) | NC_BIT(DEFINITION_LIST);
    for (nc_node *block = container ? container->first : NULL; block && !found; block = block->next)
        if (paraish & nc_bit(block))
            found = block;
    for (nc_node *block = found ? container->first : NULL; block; block = next) {
        nc_node *para = block->kind == NC_PLAIN ? nc_node_new(reader->job, NC_PARA) : NULL;

        next = block->next;
        if (para) {
            nc_insert_before(reader->job, block, para);
            nc_move_children(reader->job, para, block);
            nc_detach(block);
        }
    }
}

nc_bytes html_all_text(html_reader *reader, const dom_node *element)
{
    size_t len = 0;
    char *out = NULL;

    for (int pass = 0; pass < 2; pass++) {
        size_t at = 0;

        for (const dom_node *node = element; node; node = dom_following(element, node, false)) {
            nc_bytes text = dom_node_tag(node) == DOM_BR ? NC_LITERAL("\n") : dom_text(node);

            if (out && text.len)
                memcpy(out + at, text.ptr, text.len);
            at += text.len;
        }
        len = at;
        if (!out)
            out = nc_alloc(reader->job, len + 1);
        if (!out)
            return (nc_bytes){ "", 0 };
    }
    return (nc_bytes){ out, len };
}

/* ---------------------------------------------------------------- the walk */

/* The blocks that end a paragraph as they should. */
static bool ends_paragraph(dom_tag tag)
{
    return (tag >= DOM_H1 && tag <= DOM_H6) || tag == DOM_DL || tag == DOM_OL || tag == DOM_UL ||
           tag == DOM_TABLE || tag == DOM_DIV || tag == DOM_MAIN || tag == DOM_P;
}

/* An element without meaning: a block is a break in the text, any other only its content. */
static void pass_boundary(html_reader *reader, dom_tag tag)
{
    dom_content content = dom_tags[tag].content;

    if (content == DOM_IS_BLOCK || content == DOM_IS_LINE)
        html_end_leaf(reader, ends_paragraph(tag));
    else if (content == DOM_IS_EITHER && !html_in_leaf(reader))
        html_end_leaf(reader, true);
}

/* Between the parts of a table or definition list nothing can stand: true if `node` does. */
static bool is_between_parts(html_reader *reader, const dom_node *node)
{
    const nc_node *in = html_top(reader)->node;

    if (!(holders_of_parts & nc_bit(in)) || dom_is_part(dom_node_tag(node)) ||
        dom_node_tag(node) == DOM_DIV)
        return false;
    if (!html_is_blank(dom_node_kind(node) == DOM_TEXT ? dom_text(node)
                                                       : html_all_text(reader, node)))
        nc_warn(reader->job, in, NC_WARN_INPUT,
                "text between the parts of a table or definition list dropped");
    return true;
}

static bool enter(html_reader *reader, dom_node *node)
{
    dom_tag tag = dom_node_tag(node);
    uint32_t marks = *dom_mark(node);
    html_handler handler = html_handler_of(tag);

    nc_at(reader->job, dom_offset(node));
    if ((marks & HTML_HIDDEN) || is_between_parts(reader, node))
        return false;
    if (dom_node_kind(node) == DOM_TEXT) {
        html_add_text(reader, dom_text(node));
        return false;
    }
    if (dom_node_kind(node) == DOM_COMMENT) {
        html_add_comment(reader, node);
        return false;
    }
    if (tag != DOM_STYLE)
        reader->space_before = false;
    if (tag == DOM_HEAD)
        return (dom_flags(node) & DOM_IMPLIED) != 0;
    if (dom_flags(node) & DOM_CLONE)
        return true;
    if (handler && !(marks & HTML_BROKEN))
        return handler(reader, node);
    if ((marks & HTML_BROKEN) && dom_tags[tag].content == DOM_IS_INLINE)
        html_end_leaf(reader, false);
    pass_boundary(reader, tag);
    html_keep_tag(reader, node, false);
    return true;
}

static void leave(html_reader *reader, dom_node *node)
{
    if (dom_node_tag(node) == DOM_STYLE)
        return;
    reader->space_before = false;
    if (*dom_mark(node) & HTML_FRAMED)
        while (*dom_mark(node) & HTML_FRAMED)
            html_pop(reader);
    else if (!html_handler_of(dom_node_tag(node)) ||
             dom_tags[dom_node_tag(node)].content == DOM_IS_BLOCK)
        pass_boundary(reader, dom_node_tag(node));
    html_keep_tag(reader, node, true);
}

void html_walk(html_reader *reader, dom_node *root)
{
    dom_node *node = root;

    while (node && nc_job_status(reader->job) == NC_OK) {
        dom_node *next = enter(reader, node) ? dom_first(node) : NULL;

        while (!next) {
            if (dom_node_kind(node) == DOM_ELEMENT)
                leave(reader, node);
            if (node == root)
                return;
            next = dom_next(node);
            node = dom_parent(node);
        }
        node = next;
    }
}

/* Under pandoc's rules only main elements count, if there are any. */
static void walk_page(html_reader *reader)
{
    dom_node *root = reader->document.root, *next;

    if (!(*dom_mark(root) & HTML_HAS_MAIN) || !reader->raw) {
        html_walk(reader, root);
        return;
    }
    for (dom_node *node = root; node; node = next) {
        bool is_main = html_is_main(node);

        next = dom_following(root, node, is_main || !(*dom_mark(node) & HTML_HAS_MAIN));
        if (is_main)
            html_walk(reader, node);
    }
}

static void read_page(html_reader *reader)
{
    reader->capacity = 64;
    reader->frames = nc_alloc(reader->job, reader->capacity * sizeof *reader->frames);
    if (!reader->frames)
        return;
    reader->frames[reader->depth++] = (html_frame){ NULL, HTML_CONTAINER, reader->doc, NULL, NULL };
    html_survey(reader);
    html_read_metadata(reader);
    if (!reader->raw && !reader->options->epub_html_exts) {
        html_collect_facts(reader);
        html_pick_article(reader);
    }
    walk_page(reader);
    while (reader->depth > 1)
        html_pop(reader);
    html_fix_plains(reader, reader->doc, false);
    html_read_notes(reader);
}

/* pandoc sees no tabs: they are blanks up to the next tab stop. */
static nc_bytes without_tabs(nc_job *job, nc_bytes page)
{
    size_t stop = (size_t)nc_job_settings(job)->tab_stop, tabs = 0, len = 0, column = 0;
    char *out;

    for (size_t i = 0; i < page.len; i++)
        tabs += page.ptr[i] == '\t';
    out = tabs && stop && stop < 100 && page.len < SIZE_MAX / 200
              ? nc_alloc(job, page.len + tabs * stop)
              : NULL;
    if (!out)
        return page;
    for (size_t i = 0; i < page.len; i++) {
        size_t blanks = page.ptr[i] == '\t' ? stop - column % stop : 0;

        column = page.ptr[i] == '\n'
                     ? 0
                     : column + blanks + (!blanks && ((unsigned char)page.ptr[i] & 0xC0) != 0x80);
        memset(out + len, ' ', blanks);
        len += blanks;
        if (!blanks)
            out[len++] = page.ptr[i];
    }
    return (nc_bytes){ out, len };
}

nc_status html_read(nc_job *job, const void *options, nc_bytes in, nc_node *doc)
{
    html_reader reader = { .job = job, .options = options, .page = in, .doc = doc };
    html_pool pool = { .job = job };

    reader.raw = nc_job_settings(job)->raw;
    reader.has_marks = reader.options->smart || reader.options->tex_math_dollars ||
                       reader.options->tex_math_double_backslash ||
                       reader.options->tex_math_single_backslash;
    if (reader.raw)
        reader.page = without_tabs(job, in);
    reader.document = dom_parse(job, &pool, reader.page, reader.raw && reader.options->raw_html);
    if (reader.document.root)
        read_page(&reader);
    html_pool_close(&pool);
    return nc_job_status(job);
}
