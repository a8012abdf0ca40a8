/* SPDX-License-Identifier: MIT */
/* Blocks, other than tables and notes, as HTML. */
#include "plugins/html/write_rules.h"

bool html_is_html(nc_bytes format)
{
    static const char *const names[] = { "html",     "html4", "html5",    "slidy",
                                         "slideous", "s5",    "dzslides", "revealjs" };
    char lower[12];

    if (format.len >= sizeof lower)
        return false;
    for (size_t i = 0; i < format.len; i++)
        lower[i] = format.ptr[i] >= 'A' && format.ptr[i] <= 'Z' ? (char)(format.ptr[i] | 32)
                                                                : format.ptr[i];
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (nc_is((nc_bytes){ lower, format.len }, names[i]))
            return true;
    return false;
}

/* More classes than this are not looked through for each block in a Div. */
enum { CLASSES_SEEN = 50 };

static bool has_class(const nc_node *node, const char *name)
{
    const nc_attr *attr = node && node->kind == NC_DIV ? node->attr : NULL;

    for (size_t i = 0; attr && i < attr->class_count && i < CLASSES_SEEN; i++)
        if (nc_is(attr->classes[i], name))
            return true;
    return false;
}

void html_block(html_writer *w, const nc_node *node)
{
    if (!w->fresh && !has_class(node->parent, "columns"))
        html_newline(w);
    w->fresh = false;
}

/* A Div that readers put around a block which cannot have attributes itself: they go to its tag. */
static bool lends_attributes(const nc_node *div)
{
    static const uint64_t takers = NC_BIT(PARA) | NC_BIT(BLOCK_QUOTE) | NC_BIT(ORDERED_LIST) |
                                   NC_BIT(BULLET_LIST) | NC_BIT(DEFINITION_LIST) |
                                   NC_BIT(HORIZONTAL_RULE) | NC_BIT(FIGURE) | NC_BIT(TABLE);

    return div && div->kind == NC_DIV && div->first && div->first == div->last &&
           (nc_bit(div->first) & takers) && nc_is(nc_attr_value(div->attr, "wrapper"), "1");
}

void html_lent_attributes(html_writer *w, const nc_node *node)
{
    if (!lends_attributes(node->parent))
        return;
    html_id(w, node->parent->attr);
    html_classes(w, node->parent->attr, NULL);
    html_pairs(w, node->parent, node->parent->attr, "wrapper");
}

void html_open(html_writer *w, const char *name, const nc_node *node)
{
    HTML_PUT(w, "<");
    nc_put(w->buf, nc_string(name));
    html_attributes(w, node, node->attr);
    HTML_PUT(w, ">");
}

void html_close(html_writer *w, const char *name)
{
    HTML_PUT(w, "</");
    nc_put(w->buf, nc_string(name));
    HTML_PUT(w, ">");
}

/* Begin / end the lines of what holds blocks. */
static void begin_lines(html_writer *w)
{
    html_newline(w);
    w->fresh = true;
}

static void end_lines(html_writer *w, const char *name)
{
    html_newline(w);
    html_close(w, name);
    w->fresh = false;
}

/* ---------------------------------------------------------------- paragraphs */

bool html_plain_open(nc_out *out, const nc_node *node)
{
    if (!node->first)
        return false;
    html_block(html_writer_of(out), node);
    return true;
}

/* The label of a checkbox holds the whole paragraph. */
static void end_label(html_writer *w, const nc_node *node)
{
    if (node->parent && node->parent->kind == NC_ITEM && !node->previous &&
        html_is_task(node->parent))
        HTML_PUT(w, "</label>");
}

void html_plain_close(nc_out *out, const nc_node *node)
{
    html_writer *w = html_writer_of(out);

    end_label(w, node);
    html_backlink(w, node);
}

/* The paragraphs of a bibliography's entries are lines without tags. */
static bool is_bare(const nc_node *node)
{
    return has_class(node->parent, "csl-entry");
}

bool html_para_open(nc_out *out, const nc_node *node)
{
    html_writer *w = html_writer_of(out);

    if (!node->first && !(w->note && w->note->last == node))
        return false;
    html_block(w, node);
    if (!is_bare(node)) {
        HTML_PUT(w, "<p");
        html_lent_attributes(w, node);
        HTML_PUT(w, ">");
    }
    return true;
}

void html_para_close(nc_out *out, const nc_node *node)
{
    html_writer *w = html_writer_of(out);

    if (!node->first && !(w->note && w->note->last == node))
        return;
    end_label(w, node);
    html_backlink(w, node);
    if (!is_bare(node))
        HTML_PUT(w, "</p>");
}

bool html_line_block_open(nc_out *out, const nc_node *node)
{
    html_writer *w = html_writer_of(out);

    html_block(w, node);
    HTML_PUT(w, "<div");
    html_attribute(w, "class", NC_LITERAL("line-block"));
    HTML_PUT(w, ">");
    return true;
}

void html_line_block_close(nc_out *out, const nc_node *node)
{
    (void)node;
    HTML_PUT(html_writer_of(out), "</div>");
}

void html_line_close(nc_out *out, const nc_node *node)
{
    html_writer *w = html_writer_of(out);

    if (node->next) {
        HTML_PUT(w, "<br />");
        html_newline(w);
    }
}

bool html_code_block_open(nc_out *out, const nc_node *node)
{
    html_writer *w = html_writer_of(out);

    html_block(w, node);
    html_open(w, "pre", node);
    HTML_PUT(w, "<code>");
    html_end_words(w);
    html_escape_quotes(w, node->code->text);
    HTML_PUT(w, "</code></pre>");
    return false;
}

bool html_raw_block_open(nc_out *out, const nc_node *node)
{
    html_writer *w = html_writer_of(out);
    const nc_raw *raw = node->raw;

    if (!html_is_html(raw->format)) {
        nc_warn(w->job, node, NC_WARN_BLOCK, "a block of raw %.*s is not HTML and was left out",
                (int)raw->format.len, raw->format.ptr);
        return false;
    }
    html_block(w, node);
    html_raw(w, raw->text);
    return false;
}

bool html_rule_open(nc_out *out, const nc_node *node)
{
    html_writer *w = html_writer_of(out);

    html_block(w, node);
    HTML_PUT(w, "<hr");
    html_lent_attributes(w, node);
    HTML_PUT(w, " />");
    return false;
}

/* ---------------------------------------------------------------- containers */

bool html_quote_open(nc_out *out, const nc_node *node)
{
    html_writer *w = html_writer_of(out);

    html_block(w, node);
    HTML_PUT(w, "<blockquote");
    html_lent_attributes(w, node);
    HTML_PUT(w, ">");
    begin_lines(w);
    return true;
}

void html_quote_close(nc_out *out, const nc_node *node)
{
    (void)node;
    end_lines(html_writer_of(out), "blockquote");
}

/* A column's width is a style. */
static void div_attributes(html_writer *w, const nc_node *node)
{
    const nc_attr *attr = node->attr;
    nc_bytes width =
        has_class(node, "column") ? nc_attr_value(attr, "width") : (nc_bytes){ NULL, 0 };
    bool role = nc_attr_value(attr, "role").ptr != NULL;

    html_id(w, attr);
    html_classes(w, attr, NULL);
    html_pairs(w, node, attr, width.ptr ? "width" : NULL);
    if (width.ptr && !nc_attr_value(attr, "style").ptr)
        html_attribute(w, "style", nc_print(w->job, "width:%.*s;", (int)width.len, width.ptr));
    if (!role && (has_class(node, "csl-bib-body") || (attr && nc_is(attr->id, "refs"))))
        html_attribute(w, "role", NC_LITERAL("list"));
    else if (!role && has_class(node, "csl-entry"))
        html_attribute(w, "role", NC_LITERAL("listitem"));
}

/* Whether a Div decides about the marks of the lists in it: those of slides appear one by one. */
static bool sets_incremental(const nc_node *node)
{
    return has_class(node, "incremental") || has_class(node, "nonincremental");
}

static void begin_marks(html_writer *w, bool incremental)
{
    html_marks *marks = nc_alloc(w->job, sizeof *marks);

    if (marks)
        *marks = (html_marks){ w->marks, incremental };
    w->marks = marks;
}

bool html_div_open(nc_out *out, const nc_node *node)
{
    html_writer *w = html_writer_of(out);
    html_section section = html_section_of(w, node);

    if (sets_incremental(node))
        begin_marks(w, has_class(node, "incremental"));
    if (section == HTML_SECTION_BARE || lends_attributes(node))
        return true;
    html_block(w, node);
    if (section == HTML_SECTION_MARKED) {
        html_section_open(w, node);
    } else if (has_class(node, "section")) {
        HTML_PUT(w, "<section");
        html_id(w, node->attr);
        html_classes(w, node->attr, "section");
        html_pairs(w, node, node->attr, NULL);
    } else {
        HTML_PUT(w, "<div");
        div_attributes(w, node);
    }
    HTML_PUT(w, ">");
    begin_lines(w);
    return true;
}

void html_div_close(nc_out *out, const nc_node *node)
{
    html_writer *w = html_writer_of(out);
    html_section section = html_section_of(w, node);

    if (sets_incremental(node) && w->marks)
        w->marks = w->marks->outer;
    if (section == HTML_SECTION_BARE || lends_attributes(node))
        return;
    end_lines(w, section == HTML_SECTION_MARKED || has_class(node, "section") ? "section" : "div");
}

bool html_figure_open(nc_out *out, const nc_node *node)
{
    html_writer *w = html_writer_of(out);

    html_block(w, node);
    HTML_PUT(w, "<figure");
    html_attributes(w, node, node->attr);
    html_lent_attributes(w, node);
    HTML_PUT(w, ">");
    begin_lines(w);
    return true;
}

/* A caption that only says what the picture's own text says is not to be read aloud twice. */
static bool caption_is_alt(nc_job *job, const nc_node *caption)
{
    const nc_node *block = caption->next, *image;
    nc_bytes alt;

    if (!block || block->next || block->kind != NC_PLAIN)
        return false;
    image = block->first;
    if (!image || image->next || image->kind != NC_IMAGE)
        return false;
    alt = nc_attr_value(image->attr, "alt");
    return nc_same(alt.ptr ? alt : nc_stringify(job, image), nc_stringify(job, caption));
}

/* The caption comes after what it describes. */
void html_figure_close(nc_out *out, const nc_node *node)
{
    html_writer *w = html_writer_of(out);
    const nc_node *caption = node->first;

    if (!caption || caption->kind != NC_CAPTION || !caption->last ||
        caption->last->kind == NC_SHORT_CAPTION) {
        end_lines(w, "figure");
        return;
    }
    html_newline(w);
    HTML_PUT(w, "<figcaption");
    if (caption_is_alt(w->job, caption))
        html_attribute(w, "aria-hidden", NC_LITERAL("true"));
    HTML_PUT(w, ">");
    w->fresh = true;
    w->detour = caption;
}

void html_figure_end(html_writer *w)
{
    HTML_PUT(w, "</figcaption>");
    end_lines(w, "figure");
}
