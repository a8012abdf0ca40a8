/* SPDX-License-Identifier: MIT */
/* Text and the marks on it. */
#include "core/uri.h"
#include "plugins/nitf/nitf.h"

static void put_text(nitf *w, nc_bytes text)
{
    w->any_text = w->any_text || nc_has_text(text);
    nc_put_xml(w->buf, text, false);
}

bool nitf_text(nc_out *out, const nc_node *node)
{
    put_text(nitf_of(out), node->text);
    return false;
}

bool nitf_code(nc_out *out, const nc_node *node)
{
    put_text(nitf_of(out), node->code->text);
    return false;
}

/* The classes are those that Superdesk writes. */
bool nitf_emphasis_open(nc_out *out, const nc_node *node)
{
    NC_PUT(out->buf, "<em class=\"");
    nc_put(out->buf, nc_string(node->kind == NC_EMPH     ? "italic\">"
                               : node->kind == NC_STRONG ? "bold\">"
                                                         : "underscore\">"));
    return true;
}

void nitf_emphasis_close(nc_out *out, const nc_node *node)
{
    (void)node;
    NC_PUT(out->buf, "</em>");
}

/* NITF has raised and lowered text in numbers alone, and only plain text there. */
static const char *script_element(const nc_node *node)
{
    if (!node->first || node->first != node->last || node->first->kind != NC_TEXT)
        return NULL;
    return node->kind == NC_SUPERSCRIPT ? "sup>" : "sub>";
}

bool nitf_script_open(nc_out *out, const nc_node *node)
{
    if (!script_element(node))
        return nitf_unmarked(out, node);
    NC_PUT(out->buf, "<num><");
    nc_put(out->buf, nc_string(script_element(node)));
    return true;
}

void nitf_script_close(nc_out *out, const nc_node *node)
{
    if (!script_element(node))
        return;
    NC_PUT(out->buf, "</");
    nc_put(out->buf, nc_string(script_element(node)));
    NC_PUT(out->buf, "</num>");
}

bool nitf_quoted_open(nc_out *out, const nc_node *node)
{
    nc_put(out->buf, nc_string(node->number == NC_SINGLE_QUOTE ? "‘" : "“"));
    return true;
}

void nitf_quoted_close(nc_out *out, const nc_node *node)
{
    nc_put(out->buf, nc_string(node->number == NC_SINGLE_QUOTE ? "’" : "”"));
}

/* Links within the document lead nowhere: identifiers are not written. */
static nc_bytes target_of(nc_job *job, const nc_node *link)
{
    nc_bytes url = link->target->url;

    return url.len && *url.ptr == '#' ? (nc_bytes){ NULL, 0 } : nc_uri(job, url);
}

bool nitf_link_open(nc_out *out, const nc_node *node)
{
    nc_bytes url = target_of(out->job, node);

    if (!url.len)
        return nitf_unmarked(out, node);
    NC_PUT(out->buf, "<a");
    nc_put_xml_attribute(out->buf, "href", url);
    nc_put_xml_attribute(out->buf, "title", node->target->title);
    nc_put_char(out->buf, '>');
    return true;
}

void nitf_link_close(nc_out *out, const nc_node *node)
{
    if (target_of(out->job, node).len)
        NC_PUT(out->buf, "</a>");
}

bool nitf_span_open(nc_out *out, const nc_node *node)
{
    nc_bytes lang = nc_attr_value(node->attr, "lang");

    if (!lang.len)
        return nitf_unmarked(out, node);
    NC_PUT(out->buf, "<lang");
    nc_put_xml_attribute(out->buf, "value", lang);
    nc_put_char(out->buf, '>');
    return true;
}

void nitf_span_close(nc_out *out, const nc_node *node)
{
    if (nc_attr_value(node->attr, "lang").len)
        NC_PUT(out->buf, "</lang>");
}

bool nitf_unmarked(nc_out *out, const nc_node *node)
{
    (void)out;
    (void)node;
    nc_warn(out->job, node, NC_WARN_FORMATTING, "NITF has no mark for %s: its text is kept",
            nc_kinds[node->kind].name);
    return true;
}

bool nitf_line_break(nc_out *out, const nc_node *node)
{
    (void)node;
    NC_PUT(out->buf, "<br/>");
    return false;
}

bool nitf_math(nc_out *out, const nc_node *node)
{
    nc_warn(out->job, node, NC_WARN_INLINE, "a formula is left as TeX in NITF");
    put_text(nitf_of(out), node->math->text);
    return false;
}

bool nitf_raw_inline(nc_out *out, const nc_node *node)
{
    nc_warn(out->job, node, NC_WARN_INLINE, "raw content of another format is left out of NITF");
    return false;
}

/* A number in brackets; the note follows the story. */
bool nitf_note(nc_out *out, const nc_node *node)
{
    nitf *w = nitf_of(out);

    nitf_keep(w, &w->notes, node);
    nc_put(w->buf, nc_print(w->job, "[%zu]", w->notes.count));
    return false;
}
