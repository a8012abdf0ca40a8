/* SPDX-License-Identifier: MIT */
/* Formulas in paragraphs: those in the line, and those that stand on one of their own and divide
 * their paragraph. */
#include "math.h"

static bool is_in_paragraph(const nc_node *node)
{
    return nc_bit(node->parent) & (NC_BIT(PARA) | NC_BIT(PLAIN));
}

bool docx_is_display(const nc_node *node)
{
    return node && node->kind == NC_MATH && node->math->type == NC_DISPLAY_MATH &&
           is_in_paragraph(node);
}

static bool is_only_blank(const nc_node *text)
{
    for (size_t i = 0; i < text->text.len; i++)
        if (text->text.ptr[i] != ' ' && text->text.ptr[i] != '\n')
            return false;
    return true;
}

/* Whether the paragraph has more than blanks beside the displayed formula `node`, behind or before
 * it. */
static bool has_content(const nc_node *node, bool behind)
{
    if (!docx_is_display(node))
        return false;
    for (node = behind ? node->next : node->previous; node;
         node = behind ? node->next : node->previous)
        if (node->kind != NC_TEXT || !is_only_blank(node))
            return true;
    return false;
}

/* End the paragraph and begin another like it. */
static void turn_paragraph(docx *d, bool display)
{
    docx_end_paragraph(d);
    d->display_math = display;
    docx_begin_paragraph(d, d->now.block_style);
}

static void put_tex(docx *d, const nc_node *node)
{
    const docx_style *style = d->now.text.style;

    nc_warn(d->job, node, NC_WARN_INLINE,
            "a formula that cannot be converted is kept as its TeX source");
    d->now.text.style = &d->styles[STYLE_MATH];
    docx_put_text(d, node->math->text);
    d->now.text.style = style;
}

bool docx_open_math(nc_out *out, const nc_node *node)
{
    docx *d = docx_of(out);
    bool display = node->math->type == NC_DISPLAY_MATH;
    nc_bytes xml = docx_math(d, node->math->text);

    if (!xml.ptr) {
        put_tex(d, node);
        return false;
    }
    docx_run_close(d);
    if (display && has_content(node, false))
        turn_paragraph(d, true);
    if (display)
        NC_PUT(d->xml, "<m:oMathPara><m:oMathParaPr><m:jc m:val=\"center\"/></m:oMathParaPr>");
    NC_PUT(d->xml, "<m:oMath>");
    nc_put(d->xml, xml);
    NC_PUT(d->xml, "</m:oMath>");
    if (display)
        NC_PUT(d->xml, "</m:oMathPara>");
    if (display && has_content(node, true))
        turn_paragraph(d, docx_is_display(node->next));
    d->first_paragraph = d->first_paragraph || display;
    if (!display && !node->previous && !node->next &&
        nc_bit(node->parent) & (NC_BIT(PARA) | NC_BIT(PLAIN)))
        docx_put_text(d, NC_LITERAL("\u200b")); /* alone, Word would set it as a display */
    return false;
}
