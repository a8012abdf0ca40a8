/* SPDX-License-Identifier: MIT */
/* Write HTML 5: the table of rules, and the walk over the document. */
#include "plugins/html/write_rules.h"

/* Parts without a mark of their own. */
static bool pass(nc_out *out, const nc_node *node)
{
    (void)out;
    (void)node;
    return true;
}

/* What has no place in the text: the sources of a citation, the short caption of a list of
 * tables, metadata. */
static bool skip(nc_out *out, const nc_node *node)
{
    (void)out;
    (void)node;
    return false;
}

const nc_rule html_rules[NC_KIND_COUNT] = {
    [NC_PLAIN] = { html_plain_open, html_plain_close },
    [NC_PARA] = { html_para_open, html_para_close },
    [NC_LINE_BLOCK] = { html_line_block_open, html_line_block_close },
    [NC_CODE_BLOCK] = { html_code_block_open, NULL },
    [NC_RAW_BLOCK] = { html_raw_block_open, NULL },
    [NC_BLOCK_QUOTE] = { html_quote_open, html_quote_close },
    [NC_ORDERED_LIST] = { html_ordered_list_open, html_ordered_list_close },
    [NC_BULLET_LIST] = { html_bullet_list_open, html_bullet_list_close },
    [NC_DEFINITION_LIST] = { html_definition_list_open, html_definition_list_close },
    [NC_HEADER] = { html_heading_open, html_heading_close },
    [NC_HORIZONTAL_RULE] = { html_rule_open, NULL },
    [NC_TABLE] = { html_table_open, html_table_close },
    [NC_FIGURE] = { html_figure_open, html_figure_close },
    [NC_DIV] = { html_div_open, html_div_close },

    [NC_TEXT] = { html_run, NULL },
    [NC_EMPH] = { html_emph_open, html_emph_close },
    [NC_UNDERLINE] = { html_underline_open, html_underline_close },
    [NC_STRONG] = { html_strong_open, html_strong_close },
    [NC_STRIKEOUT] = { html_strikeout_open, html_strikeout_close },
    [NC_SUPERSCRIPT] = { html_superscript_open, html_superscript_close },
    [NC_SUBSCRIPT] = { html_subscript_open, html_subscript_close },
    [NC_SMALL_CAPS] = { html_small_caps_open, html_span_end_close },
    [NC_QUOTED] = { html_quoted_open, html_quoted_close },
    [NC_CITE] = { html_cite_open, html_span_end_close },
    [NC_CODE] = { html_code_open, NULL },
    [NC_LINE_BREAK] = { html_line_break_open, NULL },
    [NC_MATH] = { html_math_open, NULL },
    [NC_RAW_INLINE] = { html_raw_inline_open, NULL },
    [NC_LINK] = { html_link_open, html_link_close },
    [NC_IMAGE] = { html_image_open, NULL },
    [NC_NOTE] = { html_note_open, html_note_close },
    [NC_SPAN] = { html_span_open, html_span_close },

    [NC_DOCUMENT] = { pass, NULL },
    [NC_LINE] = { pass, html_line_close },
    [NC_ITEM] = { html_item_open, html_item_close },
    [NC_TERM] = { html_term_open, html_term_close },
    [NC_DEFINITION] = { html_definition_open, html_definition_close },
    [NC_CAPTION] = { html_caption_open, html_caption_close },
    [NC_SHORT_CAPTION] = { skip, NULL },
    [NC_TABLE_HEAD] = { html_table_head_open, html_table_head_close },
    [NC_TABLE_BODY] = { html_table_body_open, html_table_body_close },
    [NC_BODY_HEAD] = { html_body_head_open, html_body_head_close },
    [NC_TABLE_FOOT] = { html_table_foot_open, html_table_foot_close },
    [NC_ROW] = { html_row_open, html_row_close },
    [NC_CELL] = { html_cell_open, html_cell_close },
    [NC_CITATION] = { skip, NULL },
    [NC_PREFIX] = { skip, NULL },
    [NC_SUFFIX] = { skip, NULL },

    [NC_META_MAP] = { skip, NULL },
    [NC_META_ENTRY] = { skip, NULL },
    [NC_META_LIST] = { skip, NULL },
    [NC_META_STRING] = { html_run, NULL },
    [NC_META_BOOL] = { skip, NULL },
    [NC_META_INLINES] = { pass, NULL },
    [NC_META_BLOCKS] = { pass, NULL },
};

/* A walk, and the one that it interrupts: the captions of figures come after what they describe. */
typedef struct detour detour;
struct detour {
    nc_walk walk;
    detour *outer;
};

static detour *begin_detour(html_writer *w, detour *outer)
{
    detour *inner = nc_alloc(w->job, sizeof *inner);

    if (!inner)
        return outer;
    *inner = (detour){ .walk = { .root = w->detour }, .outer = outer };
    w->detour_root = w->detour;
    w->detour = NULL;
    return inner;
}

static detour *end_detour(html_writer *w, detour *inner)
{
    html_figure_end(w);
    w->detour_root = inner->outer->outer ? inner->outer->walk.root : NULL;
    return inner->outer;
}

/* Blocks and parts inside of which Divs are no sections of the document. */
#define BOXES \
    (NC_BIT(BLOCK_QUOTE) | NC_BIT(ITEM) | NC_BIT(DEFINITION) | NC_BIT(CELL) | NC_BIT(NOTE) | \
     NC_BIT(FIGURE) | NC_BIT(CAPTION))

void html_render(html_writer *w, const nc_node *node)
{
    detour first = { .walk = { .root = node } }, *at = &first;

    while (at && nc_job_status(w->job) == NC_OK) {
        nc_walk *walk = &at->walk;
        if (!nc_walk_next(walk)) {
            at = at->outer ? end_detour(w, at) : NULL;
            continue;
        }
        const nc_rule *rule = &html_rules[walk->node->kind];
        bool box = (nc_bit(walk->node) & BOXES) != 0;
        if (walk->entering) {
            w->boxes += box;
            walk->skip = !rule->open(&w->out, walk->node);
            continue;
        }
        if (rule->close)
            rule->close(&w->out, walk->node);
        w->boxes -= box;
        if (w->detour)
            at = begin_detour(w, at);
    }
}

nc_status html_write(nc_job *job, const void *options, const nc_node *doc, nc_buf *buf)
{
    const nc_settings *settings = nc_job_settings(job);
    html_writer w = {
        .out = { .job = job, .buf = buf, .rules = html_rules },
        .job = job,
        .buf = buf,
        .options = options,
        .wrap = settings->wrap,
        .columns = settings->columns > 0 ? (size_t)settings->columns : 72,
        .fresh = true,
    };

    w.out.state = &w;
    w.line = w.measured = buf->len;
    if (settings->standalone)
        return html_standalone(&w, doc);
    html_body(&w, doc);
    if (buf->len)
        nc_put_char(buf, '\n');
    return nc_job_status(job);
}

void html_body(html_writer *w, const nc_node *doc)
{
    html_begin_numbers(w, doc);
    html_render(w, doc);
    html_notes(w);
    html_end_line(w);
}
