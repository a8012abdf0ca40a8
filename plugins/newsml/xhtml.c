/* SPDX-License-Identifier: MIT */
/* The story as XHTML that is well-formed XML and valid HTML: few elements, no identifiers, no
 * classes. */
#include "core/uri.h"
#include "plugins/newsml/newsml.h"

typedef struct xhtml {
    nc_job *job;
    nc_buf *buf;
    size_t content; /* where in buf the content of the open paragraph begins */
    size_t links;   /* open ones: HTML has no link in a link */
    bool any_text;
    const nc_node **notes;
    size_t note_count, note_capacity;
} xhtml;

static xhtml *xhtml_of(nc_out *out)
{
    return out->state;
}

static void put_tag(nc_buf *buf, const char *before, const char *element, const char *after)
{
    nc_put(buf, nc_string(before));
    nc_put(buf, nc_string(element));
    nc_put(buf, nc_string(after));
}

static void put_text(xhtml *w, nc_bytes text, bool lines)
{
    w->any_text = w->any_text || nc_has_text(text);
    nc_put_xml(w->buf, text, lines);
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

/* ---------------------------------------------------------------- paragraphs */

/* Where text may stand without a paragraph around it. */
static bool is_bare(const nc_node *node)
{
    uint64_t holders = NC_BIT(ITEM) | NC_BIT(CELL) | NC_BIT(DEFINITION) | NC_BIT(CAPTION);

    return node->kind == NC_PLAIN && nc_bit(node->parent) & holders &&
           !(nc_bit(node->previous) & NC_BLOCKS);
}

/* The headline of the item is the heading of the first level. */
static const char *paragraph_element(const nc_node *node)
{
    static const char *const headings[] = { "h2", "h2", "h2", "h3", "h4", "h5", "h6" };

    if (node->kind == NC_HEADER)
        return headings[node->level < 0 ? 0 : node->level > 6 ? 6 : node->level];
    return is_bare(node) ? "" : "p";
}

static bool paragraph_open(nc_out *out, const nc_node *node)
{
    const char *element = paragraph_element(node);

    if (*element)
        put_tag(out->buf, "<", element, ">");
    xhtml_of(out)->content = out->buf->len;
    return true;
}

/* Paragraphs of nothing are taken back. */
static void paragraph_close(nc_out *out, const nc_node *node)
{
    const char *element = paragraph_element(node);

    if (nc_job_status(out->job) || !*element)
        return;
    if (out->buf->len == xhtml_of(out)->content)
        out->buf->len -= strlen(element) + 2;
    else
        put_tag(out->buf, "</", element, ">\n");
}

static void line_close(nc_out *out, const nc_node *node)
{
    if (node->next)
        NC_PUT(out->buf, "<br/>");
}

static bool code_block(nc_out *out, const nc_node *node)
{
    NC_PUT(out->buf, "<pre>");
    put_text(xhtml_of(out), node->code->text, true);
    NC_PUT(out->buf, "</pre>\n");
    return false;
}

static bool rule(nc_out *out, const nc_node *node)
{
    (void)node;
    NC_PUT(out->buf, "<hr/>\n");
    return false;
}

static bool raw(nc_out *out, const nc_node *node)
{
    nc_warn(out->job, node, node->kind == NC_RAW_BLOCK ? NC_WARN_BLOCK : NC_WARN_INLINE,
            "raw content is left out of NewsML-G2");
    return false;
}

/* ---------------------------------------------------------------- elements that hold others */

static const char *const elements[NC_KIND_COUNT] = {
    [NC_BLOCK_QUOTE] = "blockquote",
    [NC_BULLET_LIST] = "ul",
    [NC_ORDERED_LIST] = "ol",
    [NC_DEFINITION_LIST] = "dl",
    [NC_ITEM] = "li",
    [NC_TERM] = "dt",
    [NC_DEFINITION] = "dd",
    [NC_TABLE] = "table",
    [NC_TABLE_HEAD] = "thead",
    [NC_ROW] = "tr",
    [NC_FIGURE] = "figure",
    [NC_EMPH] = "em",
    [NC_STRONG] = "strong",
    [NC_UNDERLINE] = "u",
    [NC_STRIKEOUT] = "s",
    [NC_SUPERSCRIPT] = "sup",
    [NC_SUBSCRIPT] = "sub",
};

/* Empty, some are not valid, the others of no use. */
static bool is_left_out(const nc_node *node)
{
    return !node->first && nc_bit(node) & (NC_BIT(BULLET_LIST) | NC_BIT(ORDERED_LIST) |
                                           NC_BIT(DEFINITION_LIST) | NC_BIT(TABLE_HEAD));
}

static bool element_open(nc_out *out, const nc_node *node)
{
    if (is_left_out(node))
        return false;
    put_tag(out->buf, "<", elements[node->kind], "");
    if (node->kind == NC_ORDERED_LIST && node->list.start != 1)
        nc_put_xml_attribute(out->buf, "start",
                             nc_print(out->job, "%lld", (long long)node->list.start));
    NC_PUT(out->buf, ">");
    return true;
}

static void element_close(nc_out *out, const nc_node *node)
{
    if (is_left_out(node))
        return;
    if (node->kind == NC_ROW && !node->first)
        NC_PUT(out->buf, "<td></td>");
    put_tag(out->buf, "</", elements[node->kind],
            nc_kinds[node->kind].level == NC_LEVEL_INLINE ? ">" : ">\n");
}

static const char *caption_element(const nc_node *caption)
{
    if (!(nc_bit(caption->last) & NC_BLOCKS))
        return NULL;
    return caption->parent->kind == NC_TABLE ? "caption" : "figcaption";
}

static bool caption_open(nc_out *out, const nc_node *node)
{
    if (caption_element(node))
        put_tag(out->buf, "<", caption_element(node), ">");
    return true;
}

static void caption_close(nc_out *out, const nc_node *node)
{
    if (caption_element(node))
        put_tag(out->buf, "</", caption_element(node), ">\n");
}

static const char *cell_element(const nc_node *cell)
{
    return nc_bit(cell->parent->parent) & (NC_BIT(TABLE_HEAD) | NC_BIT(BODY_HEAD)) ? "th" : "td";
}

static void put_span(nc_out *out, const char *name, int64_t span)
{
    if (span > 1)
        nc_put_xml_attribute(out->buf, name, nc_print(out->job, "%lld", (long long)span));
}

static bool cell_open(nc_out *out, const nc_node *node)
{
    put_tag(out->buf, "<", cell_element(node), "");
    put_span(out, "rowspan", node->cell->row_span);
    put_span(out, "colspan", node->cell->col_span);
    NC_PUT(out->buf, ">");
    return true;
}

static void cell_close(nc_out *out, const nc_node *node)
{
    put_tag(out->buf, "</", cell_element(node), ">");
}

/* ---------------------------------------------------------------- inlines */

static bool text(nc_out *out, const nc_node *node)
{
    put_text(xhtml_of(out), node->text, false);
    return false;
}

static bool unmarked(nc_out *out, const nc_node *node)
{
    nc_warn(out->job, node, NC_WARN_FORMATTING, "attributes and small capitals are not written");
    return true;
}

static bool code(nc_out *out, const nc_node *node)
{
    NC_PUT(out->buf, "<code>");
    put_text(xhtml_of(out), node->code->text, false);
    NC_PUT(out->buf, "</code>");
    return false;
}

static bool math(nc_out *out, const nc_node *node)
{
    nc_warn(out->job, node, NC_WARN_INLINE, "a formula is left as TeX in NewsML-G2");
    put_text(xhtml_of(out), node->math->text, false);
    return false;
}

static bool line_break(nc_out *out, const nc_node *node)
{
    (void)node;
    NC_PUT(out->buf, "<br/>");
    return false;
}

static bool quoted_open(nc_out *out, const nc_node *node)
{
    nc_put(out->buf, nc_string(node->number == NC_SINGLE_QUOTE ? "‘" : "“"));
    return true;
}

static void quoted_close(nc_out *out, const nc_node *node)
{
    nc_put(out->buf, nc_string(node->number == NC_SINGLE_QUOTE ? "’" : "”"));
}

/* Links within the document lead nowhere: identifiers are not written. */
static bool link_open(nc_out *out, const nc_node *node)
{
    nc_bytes url = node->target->url;

    if (xhtml_of(out)->links++)
        return true;
    NC_PUT(out->buf, "<a");
    if (url.len && *url.ptr != '#')
        nc_put_xml_attribute(out->buf, "href", nc_uri(out->job, url));
    NC_PUT(out->buf, ">");
    return true;
}

static void link_close(nc_out *out, const nc_node *node)
{
    (void)node;
    if (--xhtml_of(out)->links == 0)
        NC_PUT(out->buf, "</a>");
}

/* Bytes in an address are not for receivers: those pictures are their words. */
static bool image(nc_out *out, const nc_node *node)
{
    nc_bytes url = nc_uri(out->job, node->target->url);
    nc_bytes words = nc_stringify(out->job, node);

    if (!url.len || (url.len > 5 && memcmp(url.ptr, "data:", 5) == 0)) {
        nc_warn(out->job, node, NC_WARN_RESOURCE, "a picture without an address is left out");
        put_text(xhtml_of(out), words, false);
        return false;
    }
    NC_PUT(out->buf, "<img");
    nc_put_xml_attribute(out->buf, "src", url);
    NC_PUT(out->buf, " alt=\"");
    nc_put_xml(out->buf, words, false);
    NC_PUT(out->buf, "\"/>");
    return false;
}

/* A number in brackets; the note follows the story. */
static bool note(nc_out *out, const nc_node *node)
{
    xhtml *w = xhtml_of(out);

    if (w->note_count == w->note_capacity) {
        size_t capacity = w->note_capacity ? w->note_capacity * 2 : 16;
        const nc_node **notes = nc_alloc(w->job, capacity * sizeof(const nc_node *));

        if (!notes)
            return false;
        if (w->note_count)
            memcpy(notes, w->notes, w->note_count * sizeof(const nc_node *));
        w->notes = notes;
        w->note_capacity = capacity;
    }
    w->notes[w->note_count++] = node;
    nc_put(w->buf, nc_print(w->job, "[%zu]", w->note_count));
    return false;
}

static const nc_rule rules[NC_KIND_COUNT] = {
    [NC_DOCUMENT] = { keep, NULL },
    [NC_PLAIN] = { paragraph_open, paragraph_close },
    [NC_PARA] = { paragraph_open, paragraph_close },
    [NC_HEADER] = { paragraph_open, paragraph_close },
    [NC_LINE_BLOCK] = { paragraph_open, paragraph_close },
    [NC_LINE] = { keep, line_close },
    [NC_CODE_BLOCK] = { code_block, NULL },
    [NC_RAW_BLOCK] = { raw, NULL },
    [NC_BLOCK_QUOTE] = { element_open, element_close },
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
    [NC_FIGURE] = { element_open, element_close },
    [NC_CAPTION] = { caption_open, caption_close },
    [NC_SHORT_CAPTION] = { skip, NULL },
    [NC_DIV] = { keep, NULL },
    [NC_TEXT] = { text, NULL },
    [NC_EMPH] = { element_open, element_close },
    [NC_STRONG] = { element_open, element_close },
    [NC_UNDERLINE] = { element_open, element_close },
    [NC_STRIKEOUT] = { element_open, element_close },
    [NC_SUPERSCRIPT] = { element_open, element_close },
    [NC_SUBSCRIPT] = { element_open, element_close },
    [NC_SMALL_CAPS] = { unmarked, NULL },
    [NC_QUOTED] = { quoted_open, quoted_close },
    [NC_CITE] = { keep, NULL },
    [NC_CITATION] = { skip, NULL },
    [NC_CODE] = { code, NULL },
    [NC_LINE_BREAK] = { line_break, NULL },
    [NC_MATH] = { math, NULL },
    [NC_RAW_INLINE] = { raw, NULL },
    [NC_LINK] = { link_open, link_close },
    [NC_IMAGE] = { image, NULL },
    [NC_NOTE] = { note, NULL },
    [NC_SPAN] = { unmarked, NULL },
};

/* Notes may hold notes: the list grows while it is written. */
static void put_notes(nc_out *out)
{
    xhtml *w = xhtml_of(out);

    for (size_t i = 0; i < w->note_count; i++) {
        nc_put(w->buf, nc_print(w->job, "<p>[%zu]</p>\n", i + 1));
        for (const nc_node *block = w->notes[i]->first; block; block = block->next)
            nc_render(out, block);
    }
}

void newsml_put_xhtml(newsml *w)
{
    xhtml body = { .job = w->job, .buf = w->buf };
    nc_out out = { .job = w->job, .buf = w->buf, .rules = rules, .state = &body };

    NC_PUT(w->buf, "<html xmlns=\"http://www.w3.org/1999/xhtml\"");
    nc_put_xml_attribute(w->buf, "lang", w->news.lang);
    nc_put_xml_attribute(w->buf, "xml:lang", w->news.lang);
    NC_PUT(w->buf, ">\n<head>\n");
    nc_put_xml_element(w->buf, "title", w->news.headline);
    NC_PUT(w->buf, "</head>\n<body>\n");
    nc_render(&out, w->doc);
    put_notes(&out);
    if (!body.any_text) {
        nc_warn(w->job, NULL, NC_WARN_METADATA, "no text: receivers get the headline in its place");
        nc_put_xml_element(w->buf, "p", w->news.headline);
    }
    NC_PUT(w->buf, "</body>\n</html>\n");
}
