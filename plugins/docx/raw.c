/* SPDX-License-Identifier: MIT */
/* Raw openxml: passed through only when the document stays whole. The pieces of one element may
 * be blocks of their own with others between them, so the blocks of one group are checked
 * together. */
#include "docx.h"

enum { MOST_RAW_DEPTH = 64 };

typedef struct raw_check {
    nc_bytes open[MOST_RAW_DEPTH];
    int depth;
    bool in_paragraph;
} raw_check;

/* What may stand where the raw markup stands. */
static bool may_stand(nc_bytes name, bool in_paragraph)
{
    static const char *const anywhere[] = { "w:bookmarkStart", "w:bookmarkEnd",
                                            "w:permStart",     "w:permEnd",
                                            "w:proofErr",      "w:sdt",
                                            "w:customXml",     NULL };
    static const char *const blocks[] = { "w:p", "w:tbl", NULL };
    static const char *const inlines[] = { "w:r",     "w:fldSimple", "w:hyperlink", "w:smartTag",
                                           "w:ins",   "w:del",       "w:dir",       "w:bdo",
                                           "m:oMath", "m:oMathPara", NULL };

    return docx_is_one_of(name, anywhere) || docx_is_one_of(name, in_paragraph ? inlines : blocks);
}

static bool is_known_prefix(nc_bytes name)
{
    static const char *const prefixes[] = { "w", "m", "r",   "wp",  "a", "pic",
                                            "v", "o", "w10", "xml", NULL };
    const char *colon = memchr(name.ptr, ':', name.len);

    return colon && docx_is_one_of((nc_bytes){ name.ptr, (size_t)(colon - name.ptr) }, prefixes);
}

/* Names that lead to other parts would lead nowhere. */
static bool is_leading_out(nc_bytes name)
{
    static const char *const names[] = {
        "w:footnoteReference", "w:endnoteReference", "w:commentReference", "w:numId", "w:altChunk",
        "w:headerReference",   "w:footerReference",  "w:subDoc",           NULL
    };

    return docx_is_one_of(name, names) || (name.len > 2 && memcmp(name.ptr, "r:", 2) == 0);
}

/* A style that the markup names is defined, so that it has one. */
static void know_style(docx *d, nc_bytes element, nc_bytes value)
{
    style_type type = nc_is(element, "w:rStyle")     ? CHARACTER_STYLE
                      : nc_is(element, "w:tblStyle") ? TABLE_STYLE
                                                     : PARAGRAPH_STYLE;

    if (!docx_map_find(&d->style_ids, value))
        docx_style_named(d, type, value);
}

static bool attributes_are_good(docx *d, const xml_scanner *scanner)
{
    static const char *const styles[] = { "w:pStyle", "w:rStyle", "w:tblStyle", NULL };
    nc_bytes rest = scanner->attributes, name, value;

    while (docx_xml_attribute(&rest, &name, &value)) {
        if (!is_known_prefix(name) && memchr(name.ptr, ':', name.len))
            return false;
        if (is_leading_out(name))
            return false;
        if (nc_is(name, "w:val") && docx_is_one_of(scanner->name, styles))
            know_style(d, scanner->name, value);
    }
    return true;
}

static bool start_is_good(docx *d, raw_check *check, const xml_scanner *scanner)
{
    if (!is_known_prefix(scanner->name) || is_leading_out(scanner->name) ||
        !attributes_are_good(d, scanner))
        return false;
    if (check->depth == 0 && !may_stand(scanner->name, check->in_paragraph))
        return false;
    if (scanner->empty)
        return true;
    if (check->depth >= MOST_RAW_DEPTH)
        return false;
    check->open[check->depth++] = scanner->name;
    return true;
}

static bool is_only_blank(nc_bytes text)
{
    for (size_t i = 0; i < text.len; i++)
        if (!strchr(" \t\r\n", text.ptr[i]) || !text.ptr[i])
            return false;
    return true;
}

static bool has_controls(nc_bytes text)
{
    for (size_t i = 0; i < text.len; i++)
        if ((unsigned char)text.ptr[i] < 0x20 && !strchr("\t\r\n", text.ptr[i]))
            return true;
    return memchr(text.ptr, 0, text.len) != NULL;
}

/* Check one piece of raw markup; elements may stay open behind it. */
static bool piece_is_good(docx *d, raw_check *check, nc_bytes text)
{
    xml_scanner scanner = { .in = text };
    xml_event event;

    if (has_controls(text))
        return false;
    while ((event = docx_xml_next(&scanner)) != XML_END) {
        bool good = false;

        if (event == XML_START)
            good = start_is_good(d, check, &scanner);
        else if (event == XML_CLOSE)
            good = check->depth && nc_same(check->open[--check->depth], scanner.name);
        else if (event == XML_TEXT)
            good = check->depth || is_only_blank(scanner.whole);
        if (!good)
            return false;
    }
    return true;
}

/* The last block of the group that begins with `node`: where all is closed again. NULL when that
 * never comes. */
static const nc_node *group_end(docx *d, const nc_node *node, bool in_paragraph)
{
    raw_check check = { .in_paragraph = in_paragraph };

    for (; node; node = node->next) {
        bool raw = nc_bit(node) & (NC_BIT(RAW_BLOCK) | NC_BIT(RAW_INLINE)) &&
                   nc_is(node->raw->format, "openxml");

        if (raw && !piece_is_good(d, &check, node->raw->text))
            return NULL;
        if (check.depth == 0)
            return node;
    }
    return NULL;
}

void docx_raw(docx *d, const nc_node *node, bool in_paragraph)
{
    nc_warning kind = in_paragraph ? NC_WARN_INLINE : NC_WARN_BLOCK;

    if (!nc_is(node->raw->format, "openxml")) {
        nc_warn(d->job, node, kind, "raw %.*s is left out of docx",
                (int)(node->raw->format.len < 40 ? node->raw->format.len : 40),
                node->raw->format.ptr);
        return;
    }
    if (!d->raw_end)
        d->raw_end = group_end(d, node, in_paragraph);
    if (!d->raw_end) {
        nc_warn(d->job, node, kind, "raw openxml that would make the file unreadable is left out");
        return;
    }
    docx_run_close(d);
    nc_put(d->xml, node->raw->text);
    if (!in_paragraph) {
        d->has_block = true;
        d->after_table = true; /* it may be: a paragraph behind it does no harm */
    }
    if (d->raw_end == node)
        d->raw_end = NULL;
}

bool docx_open_raw_block(nc_out *out, const nc_node *node)
{
    docx_raw(docx_of(out), node, false);
    return false;
}

bool docx_open_raw_inline(nc_out *out, const nc_node *node)
{
    docx_raw(docx_of(out), node, true);
    return false;
}
