/* SPDX-License-Identifier: MIT */
/* The body of a story: head and content. */
#include "plugins/nitf/nitf.h"

void nitf_keep(nitf *w, nitf_queue *queue, const nc_node *node)
{
    if (queue->count == queue->capacity) {
        size_t capacity = queue->capacity ? queue->capacity * 2 : 16;
        const nc_node **items = nc_alloc(w->job, capacity * sizeof(const nc_node *));

        if (!items)
            return;
        if (queue->count)
            memcpy(items, queue->items, queue->count * sizeof(const nc_node *));
        queue->items = items;
        queue->capacity = capacity;
    }
    queue->items[queue->count++] = node;
}

/* ---------------------------------------------------------------- paragraphs */

/* Items and cells hold text as it is; everything else has paragraphs. */
static bool is_bare(const nc_node *node)
{
    return node->kind == NC_PLAIN && nc_bit(node->parent) & (NC_BIT(ITEM) | NC_BIT(CELL)) &&
           !nc_bit(node->previous);
}

static const char *paragraph_element(const nc_node *node)
{
    return is_bare(node) ? "" : node->kind == NC_HEADER ? "hl2" : "p";
}

static bool paragraph_open(nc_out *out, const nc_node *node)
{
    nitf *w = nitf_of(out);
    const char *element = paragraph_element(node);
    bool lede = w->first_paragraph && *element == 'p';

    if (*element) {
        nc_put_char(w->buf, '<');
        nc_put(w->buf, nc_string(element));
        nc_put(w->buf, nc_string(lede ? " lede=\"true\">" : ">"));
    }
    w->content = w->buf->len;
    return true;
}

/* Paragraphs of nothing, such as those around a picture, are taken back. */
static void paragraph_close(nc_out *out, const nc_node *node)
{
    nitf *w = nitf_of(out);
    const char *element = paragraph_element(node);
    bool lede = w->first_paragraph && *element == 'p';
    size_t opened = *element ? strlen(element) + strlen(lede ? " lede=\"true\">" : ">") + 1 : 0;

    if (nc_job_status(w->job))
        return;
    while (w->buf->len > w->content && w->buf->ptr[w->buf->len - 1] == ' ')
        w->buf->len--;
    if (w->buf->len == w->content) {
        w->buf->len -= opened;
    } else if (*element) {
        NC_PUT(w->buf, "</");
        nc_put(w->buf, nc_string(element));
        NC_PUT(w->buf, ">\n");
        w->first_paragraph = w->first_paragraph && !lede;
    }
    nitf_put_pictures(w);
}

static void line_close(nc_out *out, const nc_node *node)
{
    if (node->next)
        NC_PUT(out->buf, "<br/>");
}

static bool code_block(nc_out *out, const nc_node *node)
{
    nitf *w = nitf_of(out);

    w->any_text = w->any_text || nc_has_text(node->code->text);
    NC_PUT(w->buf, "<pre>");
    nc_put_xml(w->buf, node->code->text, true);
    NC_PUT(w->buf, "</pre>\n");
    return false;
}

static bool raw_block(nc_out *out, const nc_node *node)
{
    nc_warn(out->job, node, NC_WARN_BLOCK, "raw content of another format is left out of NITF");
    return false;
}

static bool rule(nc_out *out, const nc_node *node)
{
    (void)node;
    NC_PUT(out->buf, "<hr/>\n");
    return false;
}

static bool keep(nc_out *out, const nc_node *node)
{
    (void)out;
    (void)node;
    return true;
}

static bool skip(nc_out *out, const nc_node *node)
{
    (void)out;
    (void)node;
    return false;
}

/* ---------------------------------------------------------------- what holds blocks */

static void put_tag(nc_buf *buf, const char *before, const char *element, const char *after)
{
    nc_put(buf, nc_string(before));
    nc_put(buf, nc_string(element));
    nc_put(buf, nc_string(after));
}

/* The element of a kind that is written whole or, empty, not at all. */
static const char *element_of(const nc_node *node)
{
    if (nc_bit(node) & (NC_BIT(BULLET_LIST) | NC_BIT(ORDERED_LIST) | NC_BIT(DEFINITION_LIST) |
                        NC_BIT(TABLE_HEAD)) &&
        !node->first)
        return NULL;
    switch (node->kind) {
    case NC_BULLET_LIST: return "ul";
    case NC_ORDERED_LIST: return "ol";
    case NC_DEFINITION_LIST: return "dl";
    case NC_ITEM: return "li";
    case NC_TERM: return "dt";
    case NC_DEFINITION: return "dd";
    case NC_TABLE: return "table";
    case NC_TABLE_HEAD: return "thead";
    case NC_ROW: return "tr";
    default: return NULL;
    }
}

static bool element_open(nc_out *out, const nc_node *node)
{
    const char *element = element_of(node);

    if (!element)
        return true;
    put_tag(out->buf, "<", element, "");
    if (node->kind == NC_ORDERED_LIST && node->list.start > 1)
        nc_put_xml_attribute(out->buf, "seqnum",
                             nc_print(out->job, "%lld", (long long)node->list.start));
    NC_PUT(out->buf, ">");
    if (!(nc_bit(node) & (NC_BIT(ITEM) | NC_BIT(TERM))))
        NC_PUT(out->buf, "\n");
    return true;
}

static void element_close(nc_out *out, const nc_node *node)
{
    const char *element = element_of(node);

    if (!element)
        return;
    if (node->kind == NC_ROW && !node->first)
        NC_PUT(out->buf, "<td></td>");
    put_tag(out->buf, "</", element, ">\n");
    if (node->kind == NC_DEFINITION_LIST)
        nitf_put_pictures(nitf_of(out)); /* of a term without definition */
}

static bool quote_open(nc_out *out, const nc_node *node)
{
    (void)node;
    NC_PUT(out->buf, "<bq>\n<block>\n");
    return true;
}

static void quote_close(nc_out *out, const nc_node *node)
{
    (void)node;
    NC_PUT(out->buf, "</block>\n</bq>\n");
}

static bool is_head_cell(const nc_node *cell)
{
    return nc_bit(cell->parent->parent) & (NC_BIT(TABLE_HEAD) | NC_BIT(BODY_HEAD));
}

static bool cell_open(nc_out *out, const nc_node *node)
{
    static const char *const alignments[] = { [NC_ALIGN_LEFT] = "left",
                                              [NC_ALIGN_RIGHT] = "right",
                                              [NC_ALIGN_CENTER] = "center",
                                              [NC_ALIGN_DEFAULT] = "" };
    const nc_cell *cell = node->cell;

    NC_PUT(out->buf, "<t");
    nc_put_char(out->buf, is_head_cell(node) ? 'h' : 'd');
    if (cell->row_span > 1)
        nc_put_xml_attribute(out->buf, "rowspan",
                             nc_print(out->job, "%lld", (long long)cell->row_span));
    if (cell->col_span > 1)
        nc_put_xml_attribute(out->buf, "colspan",
                             nc_print(out->job, "%lld", (long long)cell->col_span));
    nc_put_xml_attribute(out->buf, "align", nc_string(alignments[cell->alignment]));
    NC_PUT(out->buf, ">");
    return true;
}

static void cell_close(nc_out *out, const nc_node *node)
{
    nc_put(out->buf, nc_string(is_head_cell(node) ? "</th>\n" : "</td>\n"));
}

/* ---------------------------------------------------------------- captions */

/* Of a picture or a table; that of another figure is its first paragraphs. */
static const char *caption_element(nc_job *job, const nc_node *caption)
{
    const nc_node *of = caption->parent;

    if (!caption->last || caption->last->kind == NC_SHORT_CAPTION)
        return NULL;
    if (of->kind == NC_TABLE)
        return "caption";
    return of->kind == NC_FIGURE && nitf_figure_image(job, of) ? "media-caption" : NULL;
}

static bool caption_open(nc_out *out, const nc_node *node)
{
    if (caption_element(out->job, node))
        put_tag(out->buf, "<", caption_element(out->job, node), ">\n");
    return true;
}

static void caption_close(nc_out *out, const nc_node *node)
{
    if (caption_element(out->job, node))
        put_tag(out->buf, "</", caption_element(out->job, node), ">\n");
}

static const nc_rule rules[NC_KIND_COUNT] = {
    [NC_DOCUMENT] = { keep, NULL },
    [NC_PLAIN] = { paragraph_open, paragraph_close },
    [NC_PARA] = { paragraph_open, paragraph_close },
    [NC_HEADER] = { paragraph_open, paragraph_close },
    [NC_LINE_BLOCK] = { paragraph_open, paragraph_close },
    [NC_LINE] = { keep, line_close },
    [NC_CODE_BLOCK] = { code_block, NULL },
    [NC_RAW_BLOCK] = { raw_block, NULL },
    [NC_BLOCK_QUOTE] = { quote_open, quote_close },
    [NC_ORDERED_LIST] = { element_open, element_close },
    [NC_BULLET_LIST] = { element_open, element_close },
    [NC_ITEM] = { element_open, element_close },
    [NC_DEFINITION_LIST] = { element_open, element_close },
    [NC_TERM] = { element_open, element_close },
    [NC_DEFINITION] = { element_open, element_close },
    [NC_HORIZONTAL_RULE] = { rule, NULL },
    [NC_TABLE] = { element_open, element_close },
    [NC_TABLE_HEAD] = { element_open, element_close },
    [NC_TABLE_BODY] = { keep, NULL },
    [NC_BODY_HEAD] = { keep, NULL },
    [NC_TABLE_FOOT] = { keep, NULL },
    [NC_ROW] = { element_open, element_close },
    [NC_CELL] = { cell_open, cell_close },
    [NC_FIGURE] = { nitf_figure_open, nitf_figure_close },
    [NC_CAPTION] = { caption_open, caption_close },
    [NC_SHORT_CAPTION] = { skip, NULL },
    [NC_DIV] = { keep, NULL },
    [NC_TEXT] = { nitf_text, NULL },
    [NC_EMPH] = { nitf_emphasis_open, nitf_emphasis_close },
    [NC_STRONG] = { nitf_emphasis_open, nitf_emphasis_close },
    [NC_UNDERLINE] = { nitf_emphasis_open, nitf_emphasis_close },
    [NC_STRIKEOUT] = { nitf_unmarked, NULL },
    [NC_SUPERSCRIPT] = { nitf_script_open, nitf_script_close },
    [NC_SUBSCRIPT] = { nitf_script_open, nitf_script_close },
    [NC_SMALL_CAPS] = { nitf_unmarked, NULL },
    [NC_QUOTED] = { nitf_quoted_open, nitf_quoted_close },
    [NC_CITE] = { keep, NULL },
    [NC_CITATION] = { skip, NULL },
    [NC_CODE] = { nitf_code, NULL },
    [NC_LINE_BREAK] = { nitf_line_break, NULL },
    [NC_MATH] = { nitf_math, NULL },
    [NC_RAW_INLINE] = { nitf_raw_inline, NULL },
    [NC_LINK] = { nitf_link_open, nitf_link_close },
    [NC_IMAGE] = { nitf_image, NULL },
    [NC_NOTE] = { nitf_note, NULL },
    [NC_SPAN] = { nitf_span_open, nitf_span_close },
};

/* ---------------------------------------------------------------- the body */

static void put_head(nc_job *job, nc_buf *buf, const nc_node *meta, nc_bytes headline)
{
    nc_bytes byline = nc_term_text(job, meta, "byline");
    nc_bytes credit = nc_term_text(job, meta, "credit"), summary, supplier = { "", 0 };
    const nc_node *source = nc_term_first(meta, "source");

    NC_PUT(buf, "<body.head>\n<hedline>\n");
    nc_put_xml_element(buf, "hl1", headline);
    nc_put_xml_element(buf, "hl2", nc_term_text(job, meta, "subtitle"));
    NC_PUT(buf, "</hedline>\n");
    nc_put_xml_element(buf, "byline", byline.len ? byline : nc_news_authors(job, meta));
    for (const nc_node *item = source; item && !supplier.len; item = nc_term_next(item))
        if (nc_news_supplied(job, meta, nc_term_item(job, item)))
            supplier = nc_term_item(job, item);
    nc_put_xml_element(buf, "distributor", supplier.len || source ? supplier : credit);
    nc_put_xml_element(buf, "dateline", nc_term_text(job, meta, "dateline"));
    summary = nc_term_text(job, meta, "description");
    if (summary.len) {
        NC_PUT(buf, "<abstract>\n");
        nc_put_xml_element(buf, "p", summary);
        NC_PUT(buf, "</abstract>\n");
    }
    NC_PUT(buf, "</body.head>\n");
}

/* Notes may hold notes: the queue grows while it is written. */
static void put_notes(nc_out *out)
{
    nitf *w = nitf_of(out);

    for (size_t i = 0; i < w->notes.count; i++) {
        NC_PUT(w->buf, "<fn>\n<body.content>\n");
        nc_put(w->buf, nc_print(w->job, "<p>[%zu]</p>\n", i + 1));
        for (const nc_node *block = w->notes.items[i]->first; block; block = block->next)
            nc_render(out, block);
        NC_PUT(w->buf, "</body.content>\n</fn>\n");
    }
}

void nitf_put_body(nc_job *job, nc_buf *buf, const nc_node *doc, nc_bytes headline, bool blocked)
{
    nitf w = { .job = job, .buf = buf, .first_paragraph = true };
    nc_out out = { .job = job, .buf = buf, .rules = rules, .state = &w };

    NC_PUT(buf, "<body>\n");
    put_head(job, buf, doc->meta, headline);
    nc_put(buf, blocked ? NC_LITERAL("<body.content>\n<block>\n") : NC_LITERAL("<body.content>\n"));
    nc_render(&out, doc);
    put_notes(&out);
    if (!w.any_text) {
        nc_warn(job, NULL, NC_WARN_METADATA, "no text: receivers get the headline in its place");
        nc_put_xml_element(buf, "p", headline);
    }
    nc_put(buf,
           blocked ? NC_LITERAL("</block>\n</body.content>\n") : NC_LITERAL("</body.content>\n"));
    NC_PUT(buf, "</body>\n");
}
