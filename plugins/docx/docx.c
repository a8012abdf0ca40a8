/* SPDX-License-Identifier: MIT */
/* Word's DOCX (ISO/IEC 29500-1, Transitional), written. */
#include "docx.h"
#include "parts.h"

static const nc_option options[] = {
    NC_OPT_ENUM("papersize", docx_options, paper, 0, "a4 letter", "the paper"),
    NC_OPT_BOOL_RAW("ednote", docx_options, ednote, false, true,
                    "keep the note to editors among the properties"),
    NC_OPT_STRING("margin", docx_options, margin, "the margins, all four: 2.5cm, 1in"), NC_OPT_END
};

const nc_rule docx_rules[NC_KIND_COUNT] = {
    [NC_DOCUMENT] = { docx_open_content, NULL },
    [NC_META_INLINES] = { docx_open_content, NULL },
    [NC_META_BLOCKS] = { docx_open_content, NULL },
    [NC_META_LIST] = { docx_open_content, NULL },
    [NC_PLAIN] = { docx_open_plain, docx_close_plain },
    [NC_PARA] = { docx_open_paragraph, docx_close_paragraph },
    [NC_LINE_BLOCK] = { docx_open_line_block, docx_close_line_block },
    [NC_LINE] = { docx_open_line, docx_close_line },
    [NC_CODE_BLOCK] = { docx_open_code_block, NULL },
    [NC_RAW_BLOCK] = { docx_open_raw_block, NULL },
    [NC_BLOCK_QUOTE] = { docx_open_quote, docx_close_quote },
    [NC_ORDERED_LIST] = { docx_open_list, docx_close_list },
    [NC_BULLET_LIST] = { docx_open_list, docx_close_list },
    [NC_ITEM] = { docx_open_item, docx_close_item },
    [NC_DEFINITION_LIST] = { docx_open_content, docx_close_definition_list },
    [NC_TERM] = { docx_open_term, docx_close_term },
    [NC_DEFINITION] = { docx_open_definition, docx_close_definition },
    [NC_HEADER] = { docx_open_header, docx_close_header },
    [NC_HORIZONTAL_RULE] = { docx_open_rule, NULL },
    [NC_TABLE] = { docx_open_table, docx_close_table },
    [NC_CAPTION] = { docx_open_caption, docx_close_caption },
    [NC_SHORT_CAPTION] = { docx_open_nothing, NULL },
    [NC_TABLE_HEAD] = { docx_open_table_head, docx_close_table_head },
    [NC_TABLE_BODY] = { docx_open_table_body, docx_close_table_body },
    [NC_BODY_HEAD] = { docx_open_content, NULL },
    [NC_TABLE_FOOT] = { docx_open_table_foot, docx_close_table_foot },
    [NC_ROW] = { docx_open_row, docx_close_row },
    [NC_CELL] = { docx_open_cell, docx_close_cell },
    [NC_FIGURE] = { docx_open_figure, docx_close_figure },
    [NC_DIV] = { docx_open_div, docx_close_div },
    [NC_TEXT] = { docx_open_text, NULL },
    [NC_EMPH] = { docx_open_format, docx_close_format },
    [NC_UNDERLINE] = { docx_open_format, docx_close_format },
    [NC_STRONG] = { docx_open_format, docx_close_format },
    [NC_STRIKEOUT] = { docx_open_format, docx_close_format },
    [NC_SUPERSCRIPT] = { docx_open_format, docx_close_format },
    [NC_SUBSCRIPT] = { docx_open_format, docx_close_format },
    [NC_SMALL_CAPS] = { docx_open_format, docx_close_format },
    [NC_QUOTED] = { docx_open_quoted, docx_close_quoted },
    [NC_CITE] = { docx_open_content, NULL },
    [NC_CITATION] = { docx_open_nothing, NULL },
    [NC_CODE] = { docx_open_code, NULL },
    [NC_LINE_BREAK] = { docx_open_line_break, NULL },
    [NC_MATH] = { docx_open_math, NULL },
    [NC_RAW_INLINE] = { docx_open_raw_inline, NULL },
    [NC_LINK] = { docx_open_link, docx_close_link },
    [NC_IMAGE] = { docx_open_image, docx_close_image },
    [NC_NOTE] = { docx_open_note, docx_close_note },
    [NC_SPAN] = { docx_open_span, docx_close_span },
};

/* ------------------------------------------------------------ the document as a whole */

/* Languages written from right to left, by the primary subtag. */
static bool is_right_to_left(nc_bytes lang)
{
    static const char languages[] = " ar ckb dv fa he iw ku-arab ps sd ug ur yi ";
    size_t len = 0;

    while (len < lang.len && lang.ptr[len] != '-')
        len++;
    for (const char *at = languages; (at = strchr(at, ' ')) != NULL; at++)
        if (strlen(at) > len + 1 && at[len + 1] == ' ' && len && memcmp(at + 1, lang.ptr, len) == 0)
            return true;
    return false;
}

static void settle_language(docx *d)
{
    nc_bytes lang = docx_meta_text(d, "lang"), dir = docx_meta_text(d, "dir");

    if (lang.len)
        lang = docx_language(d, NULL, lang);
    d->lang = lang.len ? lang : NC_LITERAL("en-US");
    d->right_to_left =
        nc_is(dir, "rtl") || (!dir.len && !d->settings->raw && is_right_to_left(d->lang));
    if (d->right_to_left)
        d->now.text.bits |= RIGHT_TO_LEFT;
}

static void begin_parts(docx *d)
{
    for (int i = 0; i < PART_COUNT; i++) {
        nc_buf_open(&d->parts[i].xml, d->job);
        nc_buf_open(&d->parts[i].rels, d->job);
    }
    NC_PUT(&d->parts[PART_DOCUMENT].xml, XML_HEAD "<w:document " NS_STORY "><w:body>");
    NC_PUT(&d->parts[PART_FOOTNOTES].xml, XML_HEAD
           "<w:footnotes " NS_STORY "><w:footnote w:type=\"separator\" w:id=\"-1\"><w:p><w:r>"
           "<w:separator/></w:r></w:p></w:footnote><w:footnote w:type=\"continuationSeparator\" "
           "w:id=\"0\"><w:p><w:r><w:continuationSeparator/></w:r></w:p></w:footnote>");
    NC_PUT(&d->parts[PART_COMMENTS].xml, XML_HEAD "<w:comments " NS_STORY ">");
}

static void write_story(docx *d)
{
    bool raw = d->settings->raw;

    if (raw || d->settings->standalone)
        docx_put_title_block(d);
    if (d->settings->toc)
        docx_put_contents(d);
    d->dateline_pending = !raw && d->settings->standalone;
    nc_render(&d->out, d->document);
    docx_end_comments(d);
    if (d->after_table)
        docx_put_empty_paragraph(d);
    docx_put_section(d, d->xml);
    NC_PUT(d->xml, "</w:body></w:document>");
}

static void close_parts(docx *d)
{
    for (int i = 0; i < PART_COUNT; i++) {
        nc_buf_close(&d->parts[i].xml);
        nc_buf_close(&d->parts[i].rels);
    }
    nc_buf_close(&d->scratch);
}

static nc_status write_docx(nc_job *job, const void *given, const nc_node *doc, nc_buf *buf)
{
    docx *d = nc_alloc(job, sizeof(*d));

    if (!d)
        return nc_job_status(job);
    d->job = job;
    d->options = given;
    d->settings = nc_job_settings(job);
    d->document = doc;
    d->meta = doc->meta;
    d->out = (nc_out){ .job = job, .rules = docx_rules, .state = d };
    d->part = &d->parts[PART_DOCUMENT];
    d->out.buf = d->xml = &d->part->xml;
    d->last_file = &d->first_file;
    d->last_number = &d->first_number;
    d->image_share = 1;
    d->now.list_level = -1;
    d->now.alignment = NC_ALIGN_DEFAULT;
    nc_buf_open(&d->scratch, job);
    begin_parts(d);
    docx_measure_page(d);
    settle_language(d);
    if (docx_reference_open(d)) {
        docx_styles_settle(d);
        write_story(d);
        docx_package_write(d, buf);
    }
    docx_reference_close(d);
    close_parts(d);
    return nc_job_status(job);
}

static const nc_format docx_format = {
    .name = "docx",
    .title = "Word document",
    .extensions = "docx docm dotx",
    .media_types = "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    .flags = NC_FORMAT_BINARY,
    .options = options,
    .options_size = sizeof(docx_options),
    .write = write_docx,
};

NC_PLUGIN(&docx_format);
