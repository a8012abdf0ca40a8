/* SPDX-License-Identifier: MIT */
/* Plain text as pandoc writes it: paragraphs wrapped, lists and tables drawn, notes at the end. */
#include "plain.h"

void plain_push(plain_writer *writer, plain_stack *stack, const void *item)
{
    if (stack->count == stack->capacity) {
        size_t capacity = stack->capacity ? stack->capacity * 2 : 16;
        const void **items = nc_alloc(writer->job, capacity * sizeof(*items));

        if (!items)
            return;
        if (stack->count)
            memcpy(items, stack->items, stack->count * sizeof(*items));
        stack->items = items;
        stack->capacity = capacity;
    }
    stack->items[stack->count++] = item;
}

void plain_lost(plain_writer *writer, const nc_node *node, plain_loss loss)
{
    static const struct {
        nc_warning kind;
        const char *sentence;
    } losses[LOSS_COUNT] = {
        [LOST_EMPHASIS] = { NC_WARN_FORMATTING, "emphasis is not marked in plain text" },
        [LOST_ADDRESS] = { NC_WARN_FORMATTING, "addresses of links are not written in plain text" },
        [LOST_IMAGE] = { NC_WARN_FORMATTING,
                         "of images only the description is written in plain text" },
        [LOST_ATTRIBUTES] = { NC_WARN_FORMATTING,
                              "identifiers, classes and attributes are not written in plain text" },
        [LOST_CODE] = { NC_WARN_FORMATTING, "code in a line is not marked in plain text" },
        [LOST_CITATION] = { NC_WARN_FORMATTING,
                            "of citations only the text is written in plain text" },
        [LOST_LEVEL] = { NC_WARN_FORMATTING, "headings are not marked in plain text" },
        [LOST_RAW_BLOCK] = { NC_WARN_BLOCK,
                             "raw content of another format is left out of plain text" },
        [LOST_RAW_INLINE] = { NC_WARN_INLINE,
                              "raw content of another format is left out of plain text" },
        [LOST_CAPTION] = { NC_WARN_BLOCK, "the caption of a figure is left out of plain text" },
        [LOST_SHORT_CAPTION] = { NC_WARN_LOSS, "short captions are not written in plain text" },
        [LOST_NOTE] = { NC_WARN_INLINE, "a note inside a note is left out of plain text" },
        [LOST_SPANS] = { NC_WARN_LOSS, "a cell reaches beyond its table" },
        [LOST_MATH] = { NC_WARN_INLINE, "a formula is left as TeX in plain text" },
        [LOST_NESTED_TABLE] = { NC_WARN_LIMIT,
                                "tables nested too deep are written without columns" },
        [LOST_TABLE_PARTS] = { NC_WARN_FORMATTING,
                               "of tables only columns and the first head show in plain text" },
        [LOST_LIST_STYLE] = { NC_WARN_FORMATTING,
                              "numbered examples are an ordinary list in plain text" },
    };

    if (writer->said[loss])
        return;
    writer->said[loss] = true;
    nc_warn(writer->job, node, losses[loss].kind, "%s", losses[loss].sentence);
}

static bool plain_meta_string(nc_out *out, const nc_node *node)
{
    nc_layout_run(layout_of(out), node->text);
    return false;
}

static const nc_rule rules[NC_KIND_COUNT] = {
    [NC_DOCUMENT] = { plain_keep, NULL },
    [NC_PLAIN] = { plain_paragraph_open, plain_paragraph_close },
    [NC_PARA] = { plain_paragraph_open, plain_paragraph_close },
    [NC_LINE_BLOCK] = { plain_keep, plain_block_close },
    [NC_LINE] = { plain_keep, plain_line_close },
    [NC_CODE_BLOCK] = { plain_code_block, plain_block_close },
    [NC_RAW_BLOCK] = { plain_raw_block, NULL },
    [NC_BLOCK_QUOTE] = { plain_quote_open, plain_quote_close },
    [NC_ORDERED_LIST] = { plain_list_open, plain_list_close },
    [NC_BULLET_LIST] = { plain_list_open, plain_list_close },
    [NC_ITEM] = { plain_item_open, plain_item_close },
    [NC_DEFINITION_LIST] = { plain_list_open, plain_list_close },
    [NC_TERM] = { plain_term_open, plain_term_close },
    [NC_DEFINITION] = { plain_definition_open, plain_definition_close },
    [NC_HEADER] = { plain_header_open, plain_header_close },
    [NC_HORIZONTAL_RULE] = { plain_rule, NULL },
    [NC_TABLE] = { plain_table_open, plain_table_close },
    [NC_TABLE_HEAD] = { plain_block, NULL },
    [NC_TABLE_BODY] = { plain_block, NULL },
    [NC_BODY_HEAD] = { plain_keep, NULL },
    [NC_TABLE_FOOT] = { plain_block, NULL },
    [NC_ROW] = { plain_row_open, NULL },
    [NC_CELL] = { plain_cell_open, plain_cell_close },
    [NC_FIGURE] = { plain_figure_open, plain_figure_close },
    [NC_CAPTION] = { plain_caption_open, plain_caption_close },
    [NC_SHORT_CAPTION] = { plain_short_caption, NULL },
    [NC_DIV] = { plain_block, plain_block_close },
    [NC_TEXT] = { plain_text, NULL },
    [NC_EMPH] = { plain_emphasis, NULL },
    [NC_UNDERLINE] = { plain_emphasis, NULL },
    [NC_STRONG] = { plain_emphasis, NULL },
    [NC_STRIKEOUT] = { plain_strikeout_open, plain_strikeout_close },
    [NC_SUPERSCRIPT] = { plain_script_open, plain_script_close },
    [NC_SUBSCRIPT] = { plain_script_open, plain_script_close },
    [NC_SMALL_CAPS] = { plain_small_caps_open, plain_small_caps_close },
    [NC_QUOTED] = { plain_quoted_open, plain_quoted_close },
    [NC_CITE] = { plain_keep, NULL },
    [NC_CITATION] = { plain_citation, NULL },
    [NC_CODE] = { plain_code, NULL },
    [NC_LINE_BREAK] = { plain_line_break, NULL },
    [NC_MATH] = { plain_math, NULL },
    [NC_RAW_INLINE] = { plain_raw_inline, NULL },
    [NC_LINK] = { plain_link, NULL },
    [NC_IMAGE] = { plain_image_open, plain_image_close },
    [NC_NOTE] = { plain_note, NULL },
    [NC_SPAN] = { plain_span, NULL },
    [NC_META_STRING] = { plain_meta_string, NULL },
    [NC_META_INLINES] = { plain_keep, NULL },
    [NC_META_BLOCKS] = { plain_keep, NULL },
};

/* pandoc counts the notes in metadata, whether they are printed or not. */
static void find_meta_notes(plain_writer *writer, const nc_node *meta)
{
    nc_walk walk = { .root = meta };

    while (nc_walk_next(&walk)) {
        if (!walk.entering || walk.node->kind != NC_NOTE)
            continue;
        walk.skip = true;
        writer->note_count++;
        plain_push(writer, &writer->notes, walk.node);
    }
}

/* The list of notes may grow while it is written. */
void plain_write_notes(nc_out *out)
{
    plain_writer *writer = plain_of(out);

    writer->in_notes = true;
    for (size_t i = 0; i < writer->notes.count; i++) {
        const nc_node *note = writer->notes.items[i];

        nc_layout_blank_lines(writer->layout, 1);
        nc_layout_text(writer->layout, nc_print(writer->job, "[%zu] ", i + 1));
        if (nc_bit(note->first) & NC_BIT(CODE_BLOCK))
            nc_layout_line_end(writer->layout);
        for (const nc_node *block = note->first; block; block = block->next)
            nc_render(out, block);
    }
}

nc_layout *plain_layout(plain_writer *writer, nc_buf *buf)
{
    const nc_settings *settings = writer->settings;
    bool wraps = settings->wrap == NC_WRAP_AUTO && settings->columns > 0;

    return nc_layout_new(writer->job, buf, wraps ? (size_t)settings->columns : NC_LAYOUT_ENDLESS,
                         settings->wrap == NC_WRAP_PRESERVE);
}

static nc_status write_plain(nc_job *job, const void *options, const nc_node *doc, nc_buf *buf)
{
    plain_writer writer = { .job = job, .settings = nc_job_settings(job) };
    nc_out out = { .job = job, .buf = buf, .rules = rules, .state = &writer };

    (void)options;
    if (writer.settings->standalone) {
        plain_write_page(&out, doc);
        return nc_job_status(job);
    }
    if (writer.settings->raw)
        find_meta_notes(&writer, doc->meta);
    writer.layout = plain_layout(&writer, buf);
    nc_render(&out, doc);
    plain_write_notes(&out);
    nc_layout_finish(writer.layout);
    return nc_job_status(job);
}

static const nc_format plain = {
    .name = "plain",
    .title = "Plain text",
    .extensions = "txt text",
    .media_types = "text/plain",
    .template_text = plain_template,
    .write = write_plain,
};

NC_PLUGIN(&plain);
