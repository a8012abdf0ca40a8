/* SPDX-License-Identifier: MIT */
/* Inlines, other than text and notes, as HTML. */
#include "plugins/html/write_rules.h"

/* An inline that is a tag around its content. */
#define TAG(rule, name) \
    bool html_##rule##_open(nc_out *out, const nc_node *node) \
    { \
        (void)node; \
        HTML_PUT(html_writer_of(out), "<" name ">"); \
        return true; \
    } \
    void html_##rule##_close(nc_out *out, const nc_node *node) \
    { \
        (void)node; \
        HTML_PUT(html_writer_of(out), "</" name ">"); \
    }

TAG(emph, "em")
TAG(underline, "u")
TAG(strong, "strong")
TAG(strikeout, "del")
TAG(superscript, "sup")
TAG(subscript, "sub")

/* ---------------------------------------------------------------- spans */

bool html_small_caps_open(nc_out *out, const nc_node *node)
{
    html_writer *w = html_writer_of(out);

    (void)node;
    HTML_PUT(w, "<span");
    html_attribute(w, "class", NC_LITERAL("smallcaps"));
    HTML_PUT(w, ">");
    return true;
}

void html_span_end_close(nc_out *out, const nc_node *node)
{
    (void)node;
    HTML_PUT(html_writer_of(out), "</span>");
}

/* Classes that are elements of HTML, or (csl-) stand for one. NULL: an ordinary class. */
static const char *span_element(nc_bytes class_name)
{
    static const char *const names[][2] = { { "kbd", "kbd" },
                                            { "mark", "mark" },
                                            { "dfn", "dfn" },
                                            { "abbr", "abbr" },
                                            { "underline", "u" } };

    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (nc_is(class_name, names[i][0]))
            return names[i][1];
    return NULL;
}

/* The Divs that bibliographies put into lines. */
static bool is_csl_block(const nc_attr *attr)
{
    static const char *const names[] = { "csl-block", "csl-left-margin", "csl-right-inline",
                                         "csl-indent" };

    if (!attr || attr->class_count != 1 || attr->id.len)
        return false;
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (nc_is(attr->classes[0], names[i]))
            return true;
    return false;
}

static bool put_csl_styles(html_writer *w, const nc_attr *attr)
{
    static const char *const styles[][2] = { { "csl-no-emph", "font-style:normal;" },
                                             { "csl-no-strong", "font-weight:normal;" },
                                             { "csl-no-smallcaps", "font-variant:normal;" } };
    bool any = false;

    for (size_t i = 0; i < sizeof styles / sizeof *styles; i++) {
        if (!nc_attr_has_class(attr, styles[i][0]))
            continue;
        if (!any) {
            html_gap(w);
            HTML_PUT(w, "style=\"");
        }
        nc_put(w->buf, nc_string(styles[i][1]));
        any = true;
    }
    if (any)
        HTML_PUT(w, "\"");
    return any;
}

static bool is_plain_class(nc_bytes name)
{
    static const char *const styles[] = { "csl-no-emph", "csl-no-strong", "csl-no-smallcaps" };

    for (size_t i = 0; i < sizeof styles / sizeof *styles; i++)
        if (nc_is(name, styles[i]))
            return false;
    return !span_element(name);
}

static void span_attributes(html_writer *w, const nc_node *node)
{
    const nc_attr *attr = node->attr;
    bool any = false;

    if (!w->toc)
        html_id(w, attr);
    for (size_t i = 0; attr && i < attr->class_count; i++) {
        if (!is_plain_class(attr->classes[i]) || !attr->classes[i].len ||
            html_class_repeats(attr, i))
            continue;
        if (any) {
            nc_put_char(w->buf, ' ');
        } else {
            html_gap(w);
            HTML_PUT(w, "class=\"");
        }
        html_escape_quotes(w, attr->classes[i]);
        any = true;
    }
    if (any)
        HTML_PUT(w, "\"");
    html_pairs(w, node, attr, put_csl_styles(w, attr) ? "style" : NULL);
}

/* The elements that the classes name, the first around the others. */
static void open_elements(html_writer *w, const nc_node *node)
{
    const nc_attr *attr = node->attr;
    bool outer = true;

    for (size_t i = 0; i < attr->class_count; i++) {
        const char *name = span_element(attr->classes[i]);
        if (!name)
            continue;
        HTML_PUT(w, "<");
        nc_put(w->buf, nc_string(name));
        if (outer)
            span_attributes(w, node);
        HTML_PUT(w, ">");
        outer = false;
    }
    if (outer) {
        HTML_PUT(w, "<span");
        span_attributes(w, node);
        HTML_PUT(w, ">");
    }
}

bool html_span_open(nc_out *out, const nc_node *node)
{
    html_writer *w = html_writer_of(out);

    if (is_csl_block(node->attr)) {
        HTML_PUT(w, "<div");
        html_classes(w, node->attr, NULL);
        html_pairs(w, node, node->attr, NULL);
        HTML_PUT(w, ">");
    } else if (node->attr) {
        open_elements(w, node);
    } else {
        HTML_PUT(w, "<span>");
    }
    return true;
}

void html_span_close(nc_out *out, const nc_node *node)
{
    html_writer *w = html_writer_of(out);
    const nc_attr *attr = node->attr;
    bool any = false;

    if (is_csl_block(attr)) {
        HTML_PUT(w, "</div>");
        return;
    }
    for (size_t i = attr ? attr->class_count : 0; i > 0; i--) {
        const char *name = span_element(attr->classes[i - 1]);
        if (!name)
            continue;
        html_close(w, name);
        any = true;
    }
    if (!any)
        HTML_PUT(w, "</span>");
}

bool html_quoted_open(nc_out *out, const nc_node *node)
{
    nc_put(out->buf, node->number == NC_SINGLE_QUOTE ? NC_LITERAL("\xe2\x80\x98")
                                                     : NC_LITERAL("\xe2\x80\x9c"));
    return true;
}

void html_quoted_close(nc_out *out, const nc_node *node)
{
    nc_put(out->buf, node->number == NC_SINGLE_QUOTE ? NC_LITERAL("\xe2\x80\x99")
                                                     : NC_LITERAL("\xe2\x80\x9d"));
}

/* Identifiers of the sources; what else a citation has is in the text that it holds. */
bool html_cite_open(nc_out *out, const nc_node *node)
{
    html_writer *w = html_writer_of(out);
    bool any = false;

    HTML_PUT(w, "<span");
    html_attribute(w, "class", NC_LITERAL("citation"));
    html_gap(w);
    HTML_PUT(w, "data-cites=\"");
    for (const nc_node *child = node->first; child && child->kind == NC_CITATION;
         child = child->next) {
        if (any)
            nc_put_char(w->buf, ' ');
        html_escape_quotes(w, child->citation->id);
        any = true;
    }
    HTML_PUT(w, "\">");
    return true;
}

/* ---------------------------------------------------------------- leaves */

bool html_code_open(nc_out *out, const nc_node *node)
{
    html_writer *w = html_writer_of(out);
    const char *name = nc_attr_has_class(node->attr, "sample")     ? "samp"
                       : nc_attr_has_class(node->attr, "variable") ? "var"
                                                                   : "code";

    HTML_PUT(w, "<");
    nc_put(w->buf, nc_string(name));
    html_id(w, node->attr);
    html_classes(w, node->attr, name[0] == 's' ? "sample" : name[0] == 'v' ? "variable" : NULL);
    html_pairs(w, node, node->attr, NULL);
    HTML_PUT(w, ">");
    html_escape(w, node->code->text);
    html_close(w, name);
    return false;
}

bool html_line_break_open(nc_out *out, const nc_node *node)
{
    html_writer *w = html_writer_of(out);

    (void)node;
    HTML_PUT(w, "<br />");
    html_newline(w);
    return false;
}

bool html_math_open(nc_out *out, const nc_node *node)
{
    html_writer *w = html_writer_of(out);
    bool display = node->math->type == NC_DISPLAY_MATH;

    HTML_PUT(w, "<span");
    html_attribute(w, "class", display ? NC_LITERAL("math display") : NC_LITERAL("math inline"));
    HTML_PUT(w, ">");
    if (!html_formula(w, node)) {
        nc_bytes dollars = display ? NC_LITERAL("$$") : NC_LITERAL("$");
        nc_put(w->buf, dollars);
        html_text(w, node->math->text);
        nc_put(w->buf, dollars);
    }
    HTML_PUT(w, "</span>");
    return false;
}

bool html_raw_inline_open(nc_out *out, const nc_node *node)
{
    html_writer *w = html_writer_of(out);
    const nc_raw *raw = node->raw;

    if (html_is_html(raw->format))
        html_raw(w, raw->text);
    else
        nc_warn(w->job, node, NC_WARN_INLINE, "raw %.*s is not HTML and was left out",
                (int)raw->format.len, raw->format.ptr);
    return false;
}

/* ---------------------------------------------------------------- links */

bool html_link_open(nc_out *out, const nc_node *node)
{
    html_writer *w = html_writer_of(out);
    const nc_target *target = node->target;

    if (w->toc)
        return true;
    if (w->links++) {
        nc_warn(w->job, node, NC_WARN_INLINE, "a link inside of a link was left out: %.*s",
                (int)target->url.len, target->url.ptr);
        html_open(w, "span", node);
        return true;
    }
    HTML_PUT(w, "<a");
    html_attribute(w, "href", target->url);
    html_attributes(w, node, node->attr);
    if (target->title.len)
        html_attribute(w, "title", target->title);
    HTML_PUT(w, ">");
    return true;
}

void html_link_close(nc_out *out, const nc_node *node)
{
    html_writer *w = html_writer_of(out);

    (void)node;
    if (w->toc)
        return;
    html_close(w, --w->links ? "span" : "a");
}
