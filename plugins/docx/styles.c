/* SPDX-License-Identifier: MIT */
/* word/styles.xml: our own styles, those of the reference document, and those that a custom-style
 * asks for. */
#include "docx.h"
#include "parts.h"

enum { DEFAULT = 1, QUICK = 2, OWN = 4, HIDDEN = 8 };

typedef struct style_row {
    const char *id, *name;
    style_type type;
    const char *based_on, *next;
    unsigned flags;
    const char *paragraph, *run;
} style_row;

static const style_row rows[STYLE_COUNT] = {
#define STYLE(id, style_id, name, type, based_on, next, flags, paragraph, run) \
    [STYLE_##id] = { style_id, name, type##_STYLE, based_on, next, flags, paragraph, run },
#include "styles.def"
#undef STYLE
};

static const char *const type_names[] = { "paragraph", "character", "table", "numbering" };

/* Cells with room at the sides; the head set off by rules above and below, the end by one more. */
/* clang-format off */
#define RULE(side, size) \
    "<w:" side " w:val=\"single\" w:sz=\"" size "\" w:space=\"0\" w:color=\"7F7F7F\"/>"
static const char normal_table[] =
    "<w:tblPr><w:tblInd w:w=\"0\" w:type=\"dxa\"/><w:tblCellMar><w:top w:w=\"0\" w:type=\"dxa\"/>"
    "<w:left w:w=\"108\" w:type=\"dxa\"/><w:bottom w:w=\"0\" w:type=\"dxa\"/>"
    "<w:right w:w=\"108\" w:type=\"dxa\"/></w:tblCellMar></w:tblPr>";
static const char ruled_table[] =
    "<w:tblPr><w:tblBorders>" RULE("top", "8") RULE("bottom", "8") RULE("insideH", "2")
    "</w:tblBorders></w:tblPr>"
    "<w:tblStylePr w:type=\"firstRow\"><w:rPr><w:b/><w:bCs/></w:rPr><w:tcPr><w:tcBorders>"
    RULE("bottom", "8") "</w:tcBorders><w:vAlign w:val=\"bottom\"/></w:tcPr></w:tblStylePr>"
    "<w:tblStylePr w:type=\"lastRow\"><w:tcPr><w:tcBorders>" RULE("top", "8")
    "</w:tcBorders></w:tcPr></w:tblStylePr>";
/* clang-format on */

/* The key of a style: names are compared without regard to case, types are apart. */
static nc_bytes key_of(docx *d, style_type type, nc_bytes name)
{
    nc_bytes folded = docx_fold(d->job, name);

    return nc_print(d->job, "%d:%.*s", (int)type, (int)folded.len, folded.ptr);
}

/* An id that no other style has: `wanted`, or it with a number. */
static nc_bytes free_id(docx *d, nc_bytes wanted)
{
    nc_bytes id = wanted;

    for (int number = 1; docx_map_find(&d->style_ids, id); number++)
        id = nc_print(d->job, "%.*s%d", (int)wanted.len, wanted.ptr, number);
    docx_map_add(d->job, &d->style_ids, id);
    return id;
}

/* Make the style `name` known under the id that the reference document gives it. */
void docx_style_known(docx *d, style_type type, nc_bytes id, nc_bytes name)
{
    nc_bytes key = key_of(d, type, name);
    docx_style *known = nc_alloc(d->job, sizeof(*known));
    map_entry *entry = known && !docx_map_find(&d->custom_styles, key)
                           ? docx_map_add(d->job, &d->custom_styles, key)
                           : NULL;

    if (!docx_map_find(&d->style_ids, id))
        docx_map_add(d->job, &d->style_ids, id);
    if (!entry)
        return;
    *known = (docx_style){ .id = id, .name = name, .type = type };
    entry->value = known;
}

/* Settle the ids of our own styles: those that the reference document has by name keep its id. */
void docx_styles_settle(docx *d)
{
    for (int i = 0; i < STYLE_COUNT; i++) {
        nc_bytes name = nc_string(rows[i].name), key = key_of(d, rows[i].type, name);
        map_entry *entry = docx_map_find(&d->custom_styles, key);

        if (entry) {
            d->styles[i] = *(docx_style *)entry->value;
            continue;
        }
        d->styles[i] = (docx_style){ free_id(d, nc_string(rows[i].id)), name, rows[i].type, true };
        entry = docx_map_add(d->job, &d->custom_styles, key);
        if (entry)
            entry->value = &d->styles[i];
    }
}

/* The id of a new style: its name without what an id may not have. */
static nc_bytes id_from_name(docx *d, nc_bytes name)
{
    char *id = nc_alloc(d->job, name.len + 1);
    size_t len = 0;

    for (size_t i = 0; id && i < name.len; i++) {
        unsigned char c = (unsigned char)name.ptr[i];

        if ((c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') ||
            c == '_' || c == '-' || c == '.' || (c >= 0x80 && c != 0xef))
            id[len++] = (char)c;
    }
    return len ? (nc_bytes){ id, len } : NC_LITERAL("Style");
}

const docx_style *docx_style_named(docx *d, style_type type, nc_bytes name)
{
    nc_bytes key = key_of(d, type, name);
    map_entry *entry = docx_map_find(&d->custom_styles, key);
    docx_style *made;

    if (entry)
        return entry->value;
    made = nc_alloc(d->job, sizeof(*made));
    entry = made ? docx_map_add(d->job, &d->custom_styles, key) : NULL;
    if (!entry)
        return &d->styles[STYLE_NORMAL];
    *made = (docx_style){ free_id(d, id_from_name(d, name)), name, type, true };
    entry->value = made;
    return made;
}

/* ------------------------------------------------------------ writing */

static void put_value(docx *d, nc_buf *buf, const char *element, nc_bytes value)
{
    NC_PUT(buf, "<w:");
    nc_put(buf, nc_string(element));
    NC_PUT(buf, " w:val=\"");
    docx_put_escaped(d, buf, value);
    NC_PUT(buf, "\"/>");
}

static void put_start(docx *d, nc_buf *buf, const docx_style *style, bool is_default, bool is_own)
{
    NC_PUT(buf, "<w:style w:type=\"");
    nc_put(buf, nc_string(type_names[style->type]));
    NC_PUT(buf, "\"");
    if (is_default)
        NC_PUT(buf, " w:default=\"1\"");
    if (is_own)
        NC_PUT(buf, " w:customStyle=\"1\"");
    NC_PUT(buf, " w:styleId=\"");
    docx_put_escaped(d, buf, style->id);
    NC_PUT(buf, "\">");
    put_value(d, buf, "name", style->name);
}

/* The id by which the document knows the style that we call `id`. */
static nc_bytes settled_id(const docx *d, const char *id)
{
    for (int i = 0; i < STYLE_COUNT; i++)
        if (strcmp(rows[i].id, id) == 0)
            return d->styles[i].id;
    return nc_string(id);
}

static void put_own(docx *d, nc_buf *buf, int i)
{
    const style_row *row = &rows[i];

    put_start(d, buf, &d->styles[i], row->flags & DEFAULT && !d->reference, row->flags & OWN);
    if (row->based_on)
        put_value(d, buf, "basedOn", settled_id(d, row->based_on));
    if (row->next)
        put_value(d, buf, "next", settled_id(d, row->next));
    if (row->flags & HIDDEN)
        NC_PUT(buf, "<w:uiPriority w:val=\"99\"/><w:semiHidden/><w:unhideWhenUsed/>");
    if (row->flags & QUICK)
        NC_PUT(buf, "<w:qFormat/>");
    if (*row->paragraph) {
        NC_PUT(buf, "<w:pPr>");
        nc_put(buf, nc_string(row->paragraph));
        NC_PUT(buf, "</w:pPr>");
    }
    if (*row->run) {
        NC_PUT(buf, "<w:rPr>");
        nc_put(buf, nc_string(row->run));
        NC_PUT(buf, "</w:rPr>");
    }
    if (i == STYLE_TABLE_NORMAL)
        nc_put(buf, nc_string(normal_table));
    if (i == STYLE_TABLE)
        nc_put(buf, nc_string(ruled_table));
    NC_PUT(buf, "</w:style>");
}

static void put_made(docx *d, nc_buf *buf, const docx_style *style)
{
    static const int bases[] = { STYLE_BODY_TEXT, STYLE_DEFAULT_FONT, STYLE_TABLE, STYLE_NO_LIST };

    put_start(d, buf, style, false, true);
    put_value(d, buf, "basedOn", d->styles[bases[style->type]].id);
    NC_PUT(buf, "<w:qFormat/></w:style>");
}

/* Define what the document can name and the reference document does not define. */
void docx_put_missing_styles(docx *d, nc_buf *buf)
{
    for (int i = 0; i < STYLE_COUNT; i++)
        if (d->styles[i].made)
            put_own(d, buf, i);
    for (const map_entry *entry = d->custom_styles.first; entry; entry = entry->next) {
        const docx_style *style = entry->value;

        if (style && style->made && (style < d->styles || style >= d->styles + STYLE_COUNT))
            put_made(d, buf, style);
    }
}

void docx_put_styles(docx *d, nc_buf *buf)
{
    if (docx_reference_styles(d, buf))
        return;
    NC_PUT(buf, XML_HEAD
           "<w:styles " NS_W ">"
           "<w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii=\"Georgia\" w:hAnsi=\"Georgia\" "
           "w:eastAsia=\"MS Mincho\" w:cs=\"Times New Roman\"/><w:sz w:val=\"22\"/>"
           "<w:szCs w:val=\"22\"/><w:lang w:val=\"");
    nc_put(buf, d->lang);
    NC_PUT(buf,
           "\" w:eastAsia=\"zh-CN\" w:bidi=\"ar-SA\"/></w:rPr></w:rPrDefault><w:pPrDefault><w:pPr>"
           "<w:spacing w:after=\"120\" w:line=\"288\" w:lineRule=\"auto\"/></w:pPr></w:pPrDefault>"
           "</w:docDefaults>");
    docx_put_missing_styles(d, buf);
    NC_PUT(buf, "</w:styles>");
}
