/* SPDX-License-Identifier: MIT */
/* Reading HTML: inline elements. */
#include "plugins/html/read.h"

/* ---------------------------------------------------------------- formatting and spans */

static nc_kind formatting_kind(dom_tag tag)
{
    switch (tag) {
    case DOM_EM:
    case DOM_I: return NC_EMPH;
    case DOM_STRONG:
    case DOM_B: return NC_STRONG;
    case DOM_SUP: return NC_SUPERSCRIPT;
    case DOM_SUB: return NC_SUBSCRIPT;
    case DOM_U:
    case DOM_INS: return NC_UNDERLINE;
    default: return NC_STRIKEOUT;
    }
}

bool html_open_formatting(html_reader *reader, dom_node *element)
{
    html_open_inline(reader, element, formatting_kind(dom_node_tag(element)));
    return true;
}

static bool is_small_caps(const dom_node *element)
{
    return nc_is(dom_value(element, "class"), "smallcaps") ||
           nc_is(html_css_value(dom_value(element, "style"), "font-variant"), "small-caps");
}

static const nc_attr *span_attr(html_reader *reader, const dom_node *element)
{
    switch (dom_node_tag(element)) {
    case DOM_SMALL:
        return nc_attr_new(reader->job, (nc_bytes){ NULL, 0 }, (nc_bytes[]){ NC_LITERAL("small") },
                           1, NULL, 0);
    case DOM_SPAN:
    case DOM_BDO: return html_attr(reader->job, element, NULL, NULL);
    default: return html_attr(reader->job, element, NULL, dom_tags[dom_node_tag(element)].name);
    }
}

/* Of spans, only those that pandoc makes of small lose the space at their ends. */
bool html_open_span(html_reader *reader, dom_node *element)
{
    dom_tag tag = dom_node_tag(element);
    html_frame *frame;

    if (tag == DOM_BDO && !dom_value(element, "dir").ptr)
        return true;
    if (tag == DOM_SPAN && is_small_caps(element)) {
        html_open_inline(reader, element, NC_SMALL_CAPS);
        return true;
    }
    if (!reader->options->native_spans && tag == DOM_SPAN) {
        html_keep_tag(reader, element, false);
        return true;
    }
    frame = html_open_inline(reader, element, NC_SPAN);
    if (frame->node)
        frame->node->attr = span_attr(reader, element);
    frame->state = tag == DOM_SMALL ? NULL : frame;
    return true;
}

/* ---------------------------------------------------------------- code */

static nc_node *code_from_runs(html_reader *reader, nc_node *first, const nc_attr *attr)
{
    nc_node *code = nc_node_new(reader->job, NC_CODE), *end = first;
    size_t len = 0, at = 0;
    char *text;

    for (; end && end->kind == NC_TEXT; end = end->next)
        len += end->text.len;
    text = nc_alloc(reader->job, len + 1);
    if (!code || !text)
        return NULL;
    for (nc_node *run = first; run != end; run = run->next) {
        memcpy(text + at, run->text.ptr, run->text.len);
        at += run->text.len;
    }
    for (size_t i = 0; i < len; i++)
        if (text[i] == '\n')
            text[i] = ' ';
    code->attr = attr;
    ((nc_code *)nc_record(reader->job, code))->text = (nc_bytes){ text, len };
    nc_insert_before(reader->job, first, code);
    while (code->next != end)
        nc_detach(code->next);
    return code;
}

/* The text becomes Code within whatever formatting it has. */
static void close_code(html_reader *reader, html_frame *frame)
{
    nc_node *holder = frame->node, *node = holder ? holder->first : NULL, *next;
    nc_node *parent = html_inlines(reader);

    while (node && nc_job_status(reader->job) == NC_OK) {
        if (node->kind == NC_TEXT)
            node = code_from_runs(reader, node, frame->state);
        next = node ? node->first : NULL;
        while (node && node != holder && !next) {
            next = node->next;
            node = node->parent;
        }
        node = next;
    }
    while (holder && holder->first)
        nc_join(reader->job, parent, nc_detach(holder->first));
}

static const char *code_class(dom_tag tag)
{
    return tag == DOM_SAMP ? "sample" : tag == DOM_VAR ? "variable" : NULL;
}

bool html_open_code(html_reader *reader, dom_node *element)
{
    html_frame *frame = html_open_inline(reader, element, NC_SPAN);

    frame->close = close_code;
    frame->state =
        (void *)(uintptr_t)html_attr(reader->job, element, NULL, code_class(dom_node_tag(element)));
    return true;
}

/* ---------------------------------------------------------------- quotes, links, images */

/* A source that the quotation names is kept on a Span in the quotes. */
static void close_quoted(html_reader *reader, html_frame *frame)
{
    nc_bytes source = dom_value(frame->element, "cite");

    reader->quotes--;
    if (source.len && frame->node) {
        nc_node *span = nc_node_new(reader->job, NC_SPAN);
        nc_pair cite = { NC_LITERAL("cite"), source };

        nc_trim(reader->job, frame->node);
        nc_move_children(reader->job, span, frame->node);
        nc_append(reader->job, frame->node, span);
        if (span)
            span->attr = nc_attr_new(reader->job, (nc_bytes){ NULL, 0 }, NULL, 0, &cite, 1);
    }
    html_close_inline(reader, frame);
}

bool html_open_quoted(html_reader *reader, dom_node *element)
{
    html_frame *frame = html_open_inline(reader, element, NC_QUOTED);

    if (frame->node)
        frame->node->number = reader->quotes % 2 ? NC_SINGLE_QUOTE : NC_DOUBLE_QUOTE;
    reader->quotes++;
    frame->close = close_quoted;
    return true;
}

static void set_target(html_reader *reader, nc_node *node, const dom_node *element, const char *url)
{
    nc_target *target = nc_record(reader->job, node);

    target->url = html_url(reader->job, reader->base, dom_value(element, url));
    target->title = dom_value(element, "title");
}

/* Without an address it is a Span. */
bool html_open_link(html_reader *reader, dom_node *element)
{
    bool address = dom_value(element, "href").ptr != NULL;
    html_frame *frame;

    if (html_is_reference(reader, element) && html_open_reference(reader, element))
        return false;
    frame = html_open_inline(reader, element, address ? NC_LINK : NC_SPAN);
    if (!frame->node)
        return false;
    frame->node->attr = html_attr(reader->job, element, "href title", NULL);
    if (address)
        set_target(reader, frame->node, element, "href");
    return true;
}

/* An image without a source is no image, and for pandoc a break in the text. */
bool html_open_image(html_reader *reader, dom_node *element)
{
    nc_node *image;

    if (!dom_value(element, "src").ptr) {
        if (reader->raw)
            html_end_leaf(reader, false);
        return false;
    }
    image = nc_node_new(reader->job, NC_IMAGE);
    if (!image)
        return false;
    image->attr = html_attr(reader->job, element, "src alt title", NULL);
    set_target(reader, image, element, "src");
    nc_text(reader->job, image, dom_value(element, "alt"));
    nc_join(reader->job, html_inlines(reader), image);
    return false;
}

bool html_open_break(html_reader *reader, dom_node *element)
{
    (void)element;
    nc_join(reader->job, html_inlines(reader), nc_node_new(reader->job, NC_LINE_BREAK));
    return false;
}

/* ---------------------------------------------------------------- math, drawings, frames, scripts
 */

void html_add_math(html_reader *reader, nc_math_type type, nc_bytes tex)
{
    nc_node *math = nc_node_new(reader->job, NC_MATH);
    nc_math *record = nc_record(reader->job, math);

    record->type = type;
    record->text = tex;
    nc_join(reader->job, html_inlines(reader), math);
}

bool html_open_math(html_reader *reader, dom_node *element)
{
    bool display = nc_is(dom_value(element, "display"), "block");

    html_add_math(reader, display ? NC_DISPLAY_MATH : NC_INLINE_MATH, html_math(reader, element));
    return false;
}

/* The address of the one picture that a drawing shows, as covers of books do; {NULL, 0} when there
 * is more to it. */
static nc_bytes only_picture(const html_reader *reader, const dom_node *drawing)
{
    nc_bytes address = { NULL, 0 };

    if (reader->raw || !reader->options->epub_html_exts)
        return address;
    for (const dom_node *node = dom_first(drawing); node;
         node = dom_following(drawing, node, false)) {
        if (dom_node_kind(node) != DOM_ELEMENT)
            continue;
        if (address.ptr || !nc_is(dom_name(node), "image"))
            return (nc_bytes){ NULL, 0 };
        address = dom_value(node, "xlink:href");
        if (!address.ptr)
            address = dom_value(node, "href");
    }
    return address;
}

/* A drawing becomes an image whose address holds it. */
bool html_open_svg(html_reader *reader, dom_node *element)
{
    nc_bytes picture = only_picture(reader, element);
    nc_node *image;
    nc_target *target;

    if (reader->options->raw_html) {
        html_keep_tag(reader, element, false);
        return true;
    }
    image = nc_node_new(reader->job, NC_IMAGE);
    target = nc_record(reader->job, image);
    if (image)
        image->attr = html_attr_plain(reader->job, element, NULL);
    target->url = picture.len ? html_url(reader->job, reader->base, picture)
                              : html_svg_address(reader, element);
    nc_join(reader->job, html_inlines(reader), image);
    return false;
}

bool html_open_script(html_reader *reader, dom_node *element)
{
    static const char prefix[] = "math/tex";
    nc_bytes type = dom_value(element, "type");
    bool display = false;

    if (type.len < sizeof prefix - 1 || memcmp(type.ptr, prefix, sizeof prefix - 1) != 0) {
        html_end_leaf(reader, !reader->raw);
        if (reader->options->raw_html)
            html_add_raw_element(reader, element, NC_RAW_BLOCK);
        return false;
    }
    for (size_t i = 0; i + 12 <= type.len; i++)
        display |= memcmp(type.ptr + i, "mode=display", 12) == 0;
    html_add_math(reader, display ? NC_DISPLAY_MATH : NC_INLINE_MATH, dom_body(element));
    return false;
}

/* A style element within a line, or behind white space, pandoc keeps; at the start of a block it
 * does not. */
bool html_open_style(html_reader *reader, dom_node *element)
{
    html_frame_type type = html_top(reader)->type;
    bool in_line = type == HTML_LEAF || type == HTML_INLINE || reader->space_before;
    bool is_style = dom_node_tag(element) == DOM_STYLE;

    if (!is_style)
        html_end_leaf(reader, false);
    if (reader->raw && in_line && is_style)
        html_add_raw_element(reader, element, NC_RAW_INLINE);
    else if (reader->options->raw_html)
        html_add_raw_element(reader, element, NC_RAW_BLOCK);
    return false;
}

/* A checkbox in a list item is a sign; other inputs are nothing. */
bool html_open_input(html_reader *reader, dom_node *element)
{
    bool checkbox = nc_is(dom_value(element, "type"), "checkbox");

    for (const dom_node *up = checkbox ? dom_parent(element) : NULL; up; up = dom_parent(up))
        if (dom_node_tag(up) == DOM_LI) {
            html_add_text(reader, dom_value(element, "checked").ptr ? NC_LITERAL("\xE2\x98\x92 ")
                                                                    : NC_LITERAL("\xE2\x98\x90 "));
            return false;
        }
    html_keep_tag(reader, element, false);
    return false;
}

/* What a frame shows is another document: a link to it is what can be kept. pandoc would fetch it.
 */
bool html_open_frame(html_reader *reader, dom_node *element)
{
    nc_bytes address = dom_value(element, "src"), title = html_trimmed(dom_value(element, "title"));
    nc_node *link;

    if (!html_in_leaf(reader))
        html_end_leaf(reader, true);
    if (reader->raw && reader->options->epub_html_exts)
        html_keep_tag(reader, element, false);
    if (reader->raw || !address.len || nc_is(address, "about:blank"))
        return false;
    link = nc_node_new(reader->job, NC_LINK);
    if (!link)
        return false;
    set_target(reader, link, element, "src");
    nc_text(reader->job, link, title.len ? title : ((const nc_target *)link->target)->url);
    nc_join(reader->job, html_inlines(reader), link);
    return false;
}
