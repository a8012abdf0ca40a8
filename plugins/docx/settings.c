/* SPDX-License-Identifier: MIT */
/* word/settings.xml and word/numbering.xml, and the page: our own, or those of the reference
 * document with ours. */
#include "docx.h"
#include "parts.h"

enum { SIDE_MARGIN = 1753, EDGE_MARGIN = 1440, HEADER_MARGIN = 708 }; /* twips */

/* ------------------------------------------------------------ the page */

static const struct {
    int64_t width, height;
} papers[] = { { 11906, 16838 }, { 12240, 15840 } };

/* A length such as 2.5cm in twips; 0 when it is none. */
static int64_t twips_of(const char *text)
{
    static const struct {
        const char *unit;
        double twips;
    } units[] = { { "cm", 1440 / 2.54 }, { "mm", 1440 / 25.4 }, { "in", 1440 }, { "pt", 20 } };
    double value = 0, place = 0;
    size_t at = 0;

    for (; text[at] == '.' || (text[at] >= '0' && text[at] <= '9'); at++) {
        if (text[at] == '.') {
            place = 1;
        } else if (value < 1e6) {
            value = value * 10 + (text[at] - '0');
            place *= 10;
        }
    }
    value = place > 1 ? value / place : value;
    for (size_t i = 0; at && i < sizeof(units) / sizeof(units[0]); i++)
        if (strcmp(text + at, units[i].unit) == 0 && value * units[i].twips < 5000)
            return (int64_t)(value * units[i].twips + 0.5);
    return 0;
}

static int64_t margin_of(docx *d, int64_t preset)
{
    int64_t margin = d->options->margin ? twips_of(d->options->margin) : preset;

    if (margin)
        return margin;
    nc_warn(d->job, NULL, NC_WARN_OPTION,
            "margin: \"%s\" is no length up to 8 cm, such as 2.5cm or 1in", d->options->margin);
    return preset;
}

void docx_measure_page(docx *d)
{
    d->text_width = papers[d->options->paper].width - 2 * margin_of(d, SIDE_MARGIN);
    d->text_height = papers[d->options->paper].height - 2 * margin_of(d, EDGE_MARGIN);
}

static void put_number(nc_buf *buf, const char *before, int64_t number)
{
    nc_put(buf, nc_string(before));
    nc_put_int(buf, number);
}

void docx_put_section(docx *d, nc_buf *buf)
{
    int64_t side = margin_of(d, SIDE_MARGIN), edge = margin_of(d, EDGE_MARGIN);

    if (docx_reference_section(d, buf))
        return;
    put_number(buf, "<w:sectPr><w:pgSz w:w=\"", papers[d->options->paper].width);
    put_number(buf, "\" w:h=\"", papers[d->options->paper].height);
    put_number(buf, "\"/><w:pgMar w:top=\"", edge);
    put_number(buf, "\" w:right=\"", side);
    put_number(buf, "\" w:bottom=\"", edge);
    put_number(buf, "\" w:left=\"", side);
    put_number(buf, "\" w:header=\"", HEADER_MARGIN);
    put_number(buf, "\" w:footer=\"", HEADER_MARGIN);
    NC_PUT(buf, "\" w:gutter=\"0\"/>");
    if (d->right_to_left)
        NC_PUT(buf, "<w:bidi/>");
    NC_PUT(buf, "</w:sectPr>");
}

/* ------------------------------------------------------------ word/settings.xml */

void docx_put_settings(docx *d, nc_buf *buf)
{
    if (docx_reference_settings(d, buf))
        return;
    NC_PUT(buf, XML_HEAD "<w:settings " NS_W
                         "><w:zoom w:percent=\"100\"/><w:defaultTabStop w:val=\"720\"/>"
                         "<w:characterSpacingControl w:val=\"doNotCompress\"/>");
    docx_put_note_settings(d, buf);
    NC_PUT(buf, "<w:compat><w:compatSetting w:name=\"compatibilityMode\" "
                "w:uri=\"http://schemas.microsoft.com/office/word\" w:val=\"15\"/></w:compat>"
                "<w:decimalSymbol w:val=\".\"/><w:listSeparator w:val=\",\"/></w:settings>");
}

/* The lines above the notes, which word/footnotes.xml begins with. */
void docx_put_note_settings(docx *d, nc_buf *buf)
{
    if (d->footnote_count)
        NC_PUT(buf,
               "<w:footnotePr><w:footnote w:id=\"-1\"/><w:footnote w:id=\"0\"/></w:footnotePr>");
}

/* ------------------------------------------------------------ word/numbering.xml */

void docx_put_numbering(docx *d, nc_buf *buf)
{
    int64_t first_id = 1;

    if (docx_reference_numbers(d, buf))
        return;
    NC_PUT(buf, XML_HEAD "<w:numbering " NS_W ">");
    docx_put_abstract_numbers(d, buf, first_id);
    docx_put_numbers(d, buf, first_id);
    NC_PUT(buf, "</w:numbering>");
}
