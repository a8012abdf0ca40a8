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

static bool has_class(const nc_node *node, const char *name)
{
    return node && node->kind == NC_DIV && nc_attr_has_class(node->attr, name);
}

void html_block(html_writer *w, const nc_node *node)
{
    if (!w->fresh && !has_class(node->parent, "columns"))
        html_newline(w);
    w->fresh = false;
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
    if (!is_bare(node))
        HTML_PUT(w, "<p>");
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
    HTML_PUT(w, "<hr />");
    return false;
}

/* ---------------------------------------------------------------- containers */

bool html_quote_open(nc_out *out, const nc_node *node)
{
    html_writer *w = html_writer_of(out);

    html_block(w, node);
    HTML_PUT(w, "<blockquote>");
    begin_lines(w);
    return true;
}

void html_quote_close(nc_out *out, const nc_node *node)
{
    (void)node;
    end_lines(html_writer_of(out), "blockquote");
}

/* More classes than this are not looked through for twins, which would take quadratic time. */
enum { CLASSES_COMPARED = 50 };

/* The heading that a Div of class `section` begins with: the section takes its identifier. */
static const nc_node *section_heading(const nc_node *div)
{
    return has_class(div, "section") && div->first && div->first->kind == NC_HEADER ? div->first
                                                                                    : NULL;
}

static bool holds_class(const nc_attr *attr, nc_bytes name)
{
    for (size_t i = 0; attr && i < attr->class_count && i < CLASSES_COMPARED; i++)
        if (nc_same(attr->classes[i], name))
            return true;
    return false;
}

/* Put the classes of `attr` that neither are `section` nor stand in `others`. */
static bool put_classes(html_writer *w, const nc_attr *attr, const nc_attr *others, bool any)
{
    for (size_t i = 0; attr && i < attr->class_count; i++) {
        if (nc_is(attr->classes[i], "section") || holds_class(others, attr->classes[i]))
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
    return any;
}

static void section_attributes(html_writer *w, const nc_node *node, const nc_attr *heading)
{
    html_id(w, heading && heading->id.len ? heading : node->attr);
    if (put_classes(w, node->attr, heading, put_classes(w, heading, NULL, false)))
        HTML_PUT(w, "\"");
    html_pairs(w, node, node->attr, NULL);
    html_pairs(w, node, heading, NULL);
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

bool html_div_open(nc_out *out, const nc_node *node)
{
    html_writer *w = html_writer_of(out);
    const nc_node *heading = section_heading(node);

    html_block(w, node);
    if (has_class(node, "section")) {
        HTML_PUT(w, "<section");
        section_attributes(w, node, heading ? heading->attr : NULL);
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
    end_lines(html_writer_of(out), has_class(node, "section") ? "section" : "div");
}

bool html_figure_open(nc_out *out, const nc_node *node)
{
    html_writer *w = html_writer_of(out);

    html_block(w, node);
    html_open(w, "figure", node);
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

/* ---------------------------------------------------------------- headings */

static void put_number(html_writer *w, size_t level)
{
    for (size_t i = 0; i < level; i++) {
        if (i)
            nc_put_char(w->buf, '.');
        nc_put_int(w->buf, w->section_numbers[i]);
    }
}

static bool is_numbered(const html_writer *w, const nc_node *node)
{
    return nc_job_settings(w->job)->number_sections && node->level >= 1 && node->level <= 6 &&
           !nc_attr_has_class(node->attr, "unnumbered");
}

void html_number_heading(html_writer *w, const nc_node *node)
{
    if (!is_numbered(w, node))
        return;
    w->section_numbers[node->level - 1]++;
    for (int64_t level = node->level; level < 6; level++)
        w->section_numbers[level] = 0;
}

void html_heading_number(html_writer *w, const nc_node *node, const char *class_name)
{
    if (!is_numbered(w, node))
        return;
    HTML_PUT(w, "<span");
    html_attribute(w, "class", nc_string(class_name));
    HTML_PUT(w, ">");
    put_number(w, (size_t)node->level);
    HTML_PUT(w, "</span> ");
}

static void put_heading_tag(html_writer *w, const nc_node *node)
{
    if (node->level >= 1 && node->level <= 6) {
        nc_put_char(w->buf, 'h');
        nc_put_int(w->buf, node->level);
    } else {
        nc_put_char(w->buf, 'p');
    }
}

bool html_heading_open(nc_out *out, const nc_node *node)
{
    html_writer *w = html_writer_of(out);

    html_block(w, node);
    HTML_PUT(w, "<");
    put_heading_tag(w, node);
    if (node->level < 1 || node->level > 6) {
        html_attribute(w, "class", NC_LITERAL("heading"));
    } else {
        html_classes(w, node->attr, NULL);
        html_number_heading(w, node);
        if (is_numbered(w, node)) {
            html_gap(w);
            HTML_PUT(w, "data-number=\"");
            put_number(w, (size_t)node->level);
            HTML_PUT(w, "\"");
        }
        html_pairs(w, node, node->attr, NULL);
    }
    if (section_heading(node->parent) != node)
        html_id(w, node->attr);
    HTML_PUT(w, ">");
    html_heading_number(w, node, "header-section-number");
    return true;
}

void html_heading_close(nc_out *out, const nc_node *node)
{
    html_writer *w = html_writer_of(out);

    HTML_PUT(w, "</");
    put_heading_tag(w, node);
    HTML_PUT(w, ">");
}
