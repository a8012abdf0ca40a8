/* SPDX-License-Identifier: MIT */
/* What stands above the story: title, authors or byline, date, abstract, contents; and the
 * dateline in it. */
#include "docx.h"
#include "parts.h"

static const nc_node *meta_of(docx *d, const char *key)
{
    return nc_meta_value(d->meta, nc_string(key));
}

static bool is_empty(const nc_node *value)
{
    if (!value)
        return true;
    if (value->kind == NC_META_STRING)
        return value->text.len == 0;
    return value->kind == NC_META_BOOL || !value->first;
}

/* 2026-03-02T09:30:00+11:00 as people write it: 2026-03-02 09:30 +11:00. Anything else as it is. */
static nc_bytes readable_date(docx *d, nc_bytes text)
{
    static const char shape[] = "0000-00-00T00:00:00";
    size_t len = sizeof(shape) - 1, zone = len;

    if (text.len < len)
        return text;
    for (size_t i = 0; i < len; i++)
        if (shape[i] == '0' ? text.ptr[i] < '0' || text.ptr[i] > '9' : text.ptr[i] != shape[i])
            return text;
    while (zone < text.len && !strchr("Z+-", text.ptr[zone]))
        zone++;
    if (zone < text.len && text.ptr[zone] == 'Z')
        return nc_print(d->job, "%.10s %.5s UTC", text.ptr, text.ptr + 11);
    return nc_print(d->job, "%.10s %.5s %.*s", text.ptr, text.ptr + 11, (int)(text.len - zone),
                    text.ptr + zone);
}

static void put_date(docx *d)
{
    nc_bytes date = docx_meta_text(d, "date");

    if (!date.len)
        return;
    docx_begin_paragraph(d, &d->styles[STYLE_DATE]);
    docx_put_text(d, readable_date(d, date));
    docx_end_paragraph(d);
}

/* One value as a paragraph, or of blocks as several. A map says its name. */
static void put_value(docx *d, const nc_node *value, style_id style)
{
    if (value && value->kind == NC_META_MAP)
        value = nc_meta_value(value, NC_LITERAL("name"));
    if (is_empty(value))
        return;
    docx_context_push(d);
    d->now.paragraph = &d->styles[style];
    if (value->kind == NC_META_BLOCKS) {
        nc_render(&d->out, value);
    } else {
        docx_begin_paragraph(d, NULL);
        if (value->kind == NC_META_STRING)
            docx_put_text(d, value->text);
        else
            nc_render(&d->out, value);
        docx_end_paragraph(d);
    }
    docx_context_pop(d);
}

static void put_all(docx *d, const char *key, style_id style)
{
    const nc_node *value = meta_of(d, key);

    if (!value || value->kind != NC_META_LIST) {
        put_value(d, value, style);
        return;
    }
    for (value = value->first; value; value = value->next)
        put_value(d, value, style);
}

/* The word for "abstract" or "contents" in the language of the document. */
static nc_bytes heading_word(docx *d, const char *key, size_t word)
{
    static const struct {
        const char *lang, *words[2];
    } languages[] = {
        { "de", { "Zusammenfassung", "Inhalt" } },    { "es", { "Resumen", "\u00cdndice" } },
        { "fr", { "R\u00e9sum\u00e9", "Sommaire" } }, { "it", { "Sommario", "Indice" } },
        { "nl", { "Samenvatting", "Inhoud" } },       { "pt", { "Resumo", "\u00cdndice" } },
    };
    static const char *const english[] = { "Abstract", "Table of Contents" };
    nc_bytes given = docx_meta_text(d, key);

    if (given.len)
        return given;
    for (size_t i = 0; i < sizeof(languages) / sizeof(languages[0]); i++)
        if (d->lang.len >= 2 && memcmp(d->lang.ptr, languages[i].lang, 2) == 0 &&
            (d->lang.len == 2 || d->lang.ptr[2] == '-'))
            return nc_string(languages[i].words[word]);
    return nc_string(english[word]);
}

static void put_abstract(docx *d)
{
    if (is_empty(meta_of(d, "abstract")))
        return;
    docx_begin_paragraph(d, &d->styles[STYLE_ABSTRACT_TITLE]);
    docx_put_text(d, heading_word(d, "abstract-title", 0));
    docx_end_paragraph(d);
    put_all(d, "abstract", STYLE_ABSTRACT);
}

void docx_put_title_block(docx *d)
{
    bool byline = !d->settings->raw && !is_empty(meta_of(d, "byline"));

    put_all(d, "title", STYLE_TITLE);
    put_all(d, "subtitle", STYLE_SUBTITLE);
    put_all(d, byline ? "byline" : "author", STYLE_AUTHOR);
    if (d->settings->raw)
        put_all(d, "date", STYLE_DATE);
    else
        put_date(d);
    put_abstract(d);
    d->first_paragraph = true;
}

/* ------------------------------------------------------------ contents */

/* One line of the contents: a link to the heading's bookmark. */
static void put_contents_line(docx *d, const nc_node *header)
{
    docx_begin_paragraph(
        d, &d->styles[STYLE_TOC_1 + (header->level > 3 ? 3 : (int)header->level) - 1]);
    if (header->attr && header->attr->id.len) {
        NC_PUT(d->xml, "<w:hyperlink w:anchor=\"");
        docx_put_escaped(d, d->xml, docx_bookmark_name(d, header->attr->id));
        NC_PUT(d->xml, "\" w:history=\"1\">");
    }
    docx_put_text(d, nc_stringify(d->job, header));
    docx_run_close(d);
    if (header->attr && header->attr->id.len)
        NC_PUT(d->xml, "</w:hyperlink>");
    docx_end_paragraph(d);
}

static void put_contents_lines(docx *d, int64_t depth)
{
    nc_walk walk = { .root = d->document };

    while (nc_walk_next(&walk)) {
        const nc_node *node = walk.node;

        if (!walk.entering)
            continue;
        walk.skip = node->kind != NC_DOCUMENT && node->kind != NC_DIV;
        if (node->kind == NC_HEADER && node->level >= 1 && node->level <= depth &&
            !nc_attr_has_class(node->attr, "unlisted"))
            put_contents_line(d, node);
    }
}

/* A field, which Word brings up to date (page numbers and all); filled with what we know, for
 * those who do not. */
void docx_put_contents(docx *d)
{
    int64_t depth =
        d->settings->toc_depth > 0 && d->settings->toc_depth < 9 ? d->settings->toc_depth : 3;

    NC_PUT(d->xml, "<w:sdt><w:sdtPr><w:docPartObj><w:docPartGallery w:val=\"Table of Contents\"/>"
                   "<w:docPartUnique/></w:docPartObj></w:sdtPr><w:sdtContent>");
    docx_begin_paragraph(d, &d->styles[STYLE_TOC_HEADING]);
    docx_put_text(d, heading_word(d, "toc-title", 1));
    docx_end_paragraph(d);
    NC_PUT(d->xml, "<w:p><w:r><w:fldChar w:fldCharType=\"begin\" w:dirty=\"true\"/></w:r><w:r>"
                   "<w:instrText xml:space=\"preserve\">TOC \\o &quot;1-");
    nc_put_int(d->xml, depth);
    NC_PUT(d->xml, "&quot; \\h \\z \\u</w:instrText></w:r>"
                   "<w:r><w:fldChar w:fldCharType=\"separate\"/></w:r></w:p>");
    put_contents_lines(d, depth);
    NC_PUT(d->xml,
           "<w:p><w:r><w:fldChar w:fldCharType=\"end\"/></w:r></w:p></w:sdtContent></w:sdt>");
    d->first_paragraph = true;
}

/* ------------------------------------------------------------ dateline */

static bool ends_in_dash(nc_bytes text)
{
    static const char *const dashes[] = { "-", "\u2013", "\u2014", ":" };

    for (size_t i = 0; i < sizeof(dashes) / sizeof(dashes[0]); i++) {
        size_t len = strlen(dashes[i]);

        if (text.len >= len && memcmp(text.ptr + text.len - len, dashes[i], len) == 0)
            return true;
    }
    return false;
}

/* Called when the first paragraph of the story has begun. */
void docx_put_dateline(docx *d)
{
    const docx_style *style = d->now.text.style;
    nc_bytes dateline;

    if (!d->dateline_pending || d->aside || d->table || d->now.paragraph)
        return;
    d->dateline_pending = false;
    dateline = docx_meta_text(d, "dateline");
    if (!dateline.len)
        return;
    d->now.text.style = &d->styles[STYLE_DATELINE];
    docx_put_text(d, dateline);
    d->now.text.style = style;
    docx_put_text(d, ends_in_dash(dateline) ? NC_LITERAL(" ") : NC_LITERAL(" \u2013 "));
}
