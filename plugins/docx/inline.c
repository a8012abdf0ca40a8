/* SPDX-License-Identifier: MIT */
/* Text in runs: one w:r for each change of format, opened when there is something to put into it.
 * */
#include "docx.h"

void docx_context_push(docx *d)
{
    docx_frame *frame = d->free_frames;

    if (frame)
        d->free_frames = frame->below;
    else
        frame = nc_alloc(d->job, sizeof(*frame));
    if (!frame)
        return;
    frame->saved = d->now;
    frame->below = d->frames;
    d->frames = frame;
    d->now.opened = false;
    d->now.bookmark = 0;
}

void docx_context_pop(docx *d)
{
    docx_frame *frame = d->frames;

    if (!frame)
        return;
    d->now = frame->saved;
    d->frames = frame->below;
    frame->below = d->free_frames;
    d->free_frames = frame;
}

/* ------------------------------------------------------------ runs */

static bool same_format(const text_format *a, const text_format *b)
{
    return a->bits == b->bits && a->style == b->style && a->change == b->change &&
           nc_same(a->lang, b->lang);
}

static void put_lang(docx *d, const text_format *format)
{
    static const char *const asian[] = { "zh", "ja", "ko" };
    const char *attribute = format->bits & RIGHT_TO_LEFT ? "bidi" : "val";

    for (size_t i = 0; i < sizeof(asian) / sizeof(asian[0]); i++)
        if (format->lang.len >= 2 && memcmp(format->lang.ptr, asian[i], 2) == 0)
            attribute = "eastAsia";
    NC_PUT(d->xml, "<w:lang w:");
    nc_put(d->xml, nc_string(attribute));
    NC_PUT(d->xml, "=\"");
    nc_put(d->xml, format->lang);
    NC_PUT(d->xml, "\"/>");
}

/* In the customary order of rPr. */
static void put_format(docx *d, const text_format *format)
{
    static const struct {
        uint32_t bit;
        nc_bytes xml;
    } marks[] = {
        { BOLD, NC_LITERAL_INIT("<w:b/><w:bCs/>") },
        { ITALIC, NC_LITERAL_INIT("<w:i/><w:iCs/>") },
        { SMALL_CAPS, NC_LITERAL_INIT("<w:smallCaps/>") },
        { STRIKE, NC_LITERAL_INIT("<w:strike/>") },
        { HIGHLIGHT, NC_LITERAL_INIT("<w:highlight w:val=\"yellow\"/>") },
        { UNDERLINE, NC_LITERAL_INIT("<w:u w:val=\"single\"/>") },
        { SUPERSCRIPT, NC_LITERAL_INIT("<w:vertAlign w:val=\"superscript\"/>") },
        { SUBSCRIPT, NC_LITERAL_INIT("<w:vertAlign w:val=\"subscript\"/>") },
        { RIGHT_TO_LEFT, NC_LITERAL_INIT("<w:rtl/>") },
    };

    NC_PUT(d->xml, "<w:rPr>");
    if (format->style) {
        NC_PUT(d->xml, "<w:rStyle w:val=\"");
        nc_put(d->xml, format->style->id);
        NC_PUT(d->xml, "\"/>");
    }
    for (size_t i = 0; i < sizeof(marks) / sizeof(marks[0]); i++)
        if (format->bits & marks[i].bit)
            nc_put(d->xml, marks[i].xml);
    if (format->lang.len)
        put_lang(d, format);
    NC_PUT(d->xml, "</w:rPr>");
}

bool docx_is_date(nc_bytes date)
{
    static const char shape[] = "0000-00-00T00:00:00Z";

    if (date.len != sizeof(shape) - 1)
        return false;
    for (size_t i = 0; i < date.len; i++)
        if (shape[i] == '0' ? date.ptr[i] < '0' || date.ptr[i] > '9' : date.ptr[i] != shape[i])
            return false;
    return true;
}

static void put_change(docx *d, const text_format *format)
{
    nc_bytes author = nc_attr_value(format->change, "author");
    nc_bytes date = nc_attr_value(format->change, "date");

    nc_put(d->xml,
           format->bits & DELETED ? NC_LITERAL("<w:del w:id=\"") : NC_LITERAL("<w:ins w:id=\""));
    nc_put_int(d->xml, ++d->change_count);
    NC_PUT(d->xml, "\" w:author=\"");
    docx_put_escaped(d, d->xml, author.len ? author : NC_LITERAL("unknown"));
    if (docx_is_date(date)) {
        NC_PUT(d->xml, "\" w:date=\"");
        nc_put(d->xml, date);
    }
    NC_PUT(d->xml, "\">");
}

static void text_close(docx *d)
{
    if (d->text_open)
        nc_put(d->xml, d->run.bits & DELETED ? NC_LITERAL("</w:delText>") : NC_LITERAL("</w:t>"));
    d->text_open = false;
}

void docx_run_close(docx *d)
{
    if (!d->run_open)
        return;
    text_close(d);
    NC_PUT(d->xml, "</w:r>");
    if (d->run.bits & (INSERTED | DELETED))
        nc_put(d->xml, d->run.bits & DELETED ? NC_LITERAL("</w:del>") : NC_LITERAL("</w:ins>"));
    d->run_open = false;
}

void docx_run_open(docx *d)
{
    const text_format *format = &d->now.text;

    if (d->run_open && same_format(&d->run, format))
        return;
    docx_run_close(d);
    d->run = *format;
    d->run_open = true;
    if (format->bits & (INSERTED | DELETED))
        put_change(d, format);
    NC_PUT(d->xml, "<w:r>");
    if (format->bits & ~(uint32_t)(INSERTED | DELETED) || format->style || format->lang.len)
        put_format(d, format);
}

static void text_open(docx *d)
{
    if (d->text_open)
        return;
    if (d->run.bits & DELETED)
        NC_PUT(d->xml, "<w:delText xml:space=\"preserve\">");
    else
        NC_PUT(d->xml, "<w:t xml:space=\"preserve\">");
    d->text_open = true;
}

static void put_piece(docx *d, nc_bytes piece)
{
    if (!piece.len)
        return;
    text_open(d);
    docx_put_escaped(d, d->xml, piece);
}

static void put_element(docx *d, nc_bytes element)
{
    text_close(d);
    nc_put(d->xml, element);
}

/* What Word has elements for: tab, soft hyphen, no-break hyphen. Returns the bytes it takes, 0:
 * it is no such. */
static size_t special_at(nc_bytes text, size_t at, nc_bytes *element)
{
    const unsigned char *c = (const unsigned char *)text.ptr + at;
    size_t left = text.len - at;

    if (c[0] == '\t') {
        *element = NC_LITERAL("<w:tab/>");
        return 1;
    }
    if (c[0] == 0xc2 && left > 1 && c[1] == 0xad) {
        *element = NC_LITERAL("<w:softHyphen/>");
        return 2;
    }
    if (c[0] == 0xe2 && left > 2 && c[1] == 0x80 && c[2] == 0x91) {
        *element = NC_LITERAL("<w:noBreakHyphen/>");
        return 3;
    }
    return 0;
}

/* The length of the text from `at` on that goes into w:t as it is. */
static size_t plain_length(nc_bytes text, size_t at)
{
    static const bool special[256] = {
        [0] = 1,   [1] = 1,   [2] = 1,   [3] = 1,    [4] = 1,    [5] = 1,    [6] = 1,  [7] = 1,
        [8] = 1,   [9] = 1,   [10] = 1,  [11] = 1,   [12] = 1,   [13] = 1,   [14] = 1, [15] = 1,
        [16] = 1,  [17] = 1,  [18] = 1,  [19] = 1,   [20] = 1,   [21] = 1,   [22] = 1, [23] = 1,
        [24] = 1,  [25] = 1,  [26] = 1,  [27] = 1,   [28] = 1,   [29] = 1,   [30] = 1, [31] = 1,
        ['&'] = 1, ['<'] = 1, ['>'] = 1, [0xc2] = 1, [0xe2] = 1, [0xef] = 1,
    };
    size_t end = at;

    while (end < text.len && !special[(unsigned char)text.ptr[end]])
        end++;
    return end - at;
}

static size_t character_length(unsigned char lead)
{
    return lead < 0xc0 ? 1 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
}

void docx_put_text(docx *d, nc_bytes text)
{
    size_t at = 0;

    docx_run_open(d);
    while (at < text.len) {
        size_t length = plain_length(text, at);
        nc_bytes element;

        if (length) {
            text_open(d);
            nc_put(d->xml, (nc_bytes){ text.ptr + at, length });
            at += length;
            continue;
        }
        length = special_at(text, at, &element);
        if (length) {
            put_element(d, element);
        } else {
            length = character_length((unsigned char)text.ptr[at]);
            if (length > text.len - at)
                length = text.len - at;
            put_piece(d, (nc_bytes){ text.ptr + at, length });
        }
        at += length;
    }
}

/* Breaks stand in runs of their own, without format. */
void docx_put_break(docx *d)
{
    docx_run_close(d);
    NC_PUT(d->xml, "<w:r><w:br/></w:r>");
}

void docx_put_code(docx *d, nc_bytes text)
{
    const docx_style *style = d->now.text.style;

    d->now.text.style = &d->styles[STYLE_VERBATIM];
    while (text.len) {
        const char *end = memchr(text.ptr, '\n', text.len);
        size_t length = end ? (size_t)(end - text.ptr) : text.len;

        if (length)
            docx_put_text(d, (nc_bytes){ text.ptr, length });
        if (!end)
            break;
        text = (nc_bytes){ end + 1, text.len - length - 1 };
        if (text.len)
            docx_put_break(d);
    }
    d->now.text.style = style;
}

/* ------------------------------------------------------------ attributes */

nc_bytes docx_language(docx *d, const nc_node *node, nc_bytes lang)
{
    nc_bytes tag = nc_copy(d->job, lang);
    char *text = (char *)(uintptr_t)tag.ptr;
    size_t subtag = 0, at;
    bool good = tag.len && ((text[0] | 32) >= 'a' && (text[0] | 32) <= 'z');

    for (at = 0; good && at <= tag.len; at++) {
        char c = at < tag.len ? text[at] : '-', lower = (char)(c | 32);

        if (c == '-' || c == '_') {
            good = subtag >= (subtag == at ? 2 : 1) && subtag <= 8;
            subtag = 0;
            if (at < tag.len)
                text[at] = '-';
        } else {
            good = (lower >= 'a' && lower <= 'z') || (c >= '0' && c <= '9');
            subtag++;
        }
    }
    if (good)
        return tag;
    if (lang.len)
        nc_warn(d->job, node, NC_WARN_LOSS, "\"%.*s\" is no language tag; dropped",
                (int)(lang.len < 40 ? lang.len : 40), lang.ptr);
    return (nc_bytes){ NULL, 0 };
}

void docx_apply_attributes(docx *d, const nc_node *node)
{
    nc_bytes dir = nc_attr_value(node->attr, "dir"), lang = nc_attr_value(node->attr, "lang");

    if (nc_is(dir, "rtl"))
        d->now.text.bits |= RIGHT_TO_LEFT;
    else if (nc_is(dir, "ltr"))
        d->now.text.bits &= ~(uint32_t)RIGHT_TO_LEFT;
    if (lang.len)
        d->now.text.lang = docx_language(d, node, lang);
}

/* Whether `name` is one of `names`, each of which is followed by a blank. */
static bool is_among(nc_bytes name, const char *names)
{
    for (const char *end; (end = strchr(names, ' ')) != NULL; names = end + 1)
        if ((size_t)(end - names) == name.len && memcmp(names, name.ptr, name.len) == 0)
            return true;
    return false;
}

void docx_warn_of_attributes(docx *d, const nc_node *node, const char *classes, const char *keys)
{
    const nc_attr *attr = node->attr;
    bool lost = attr && attr->id.len && !(nc_bit(node) & DOCX_MARKED);

    if (!attr)
        return;
    for (size_t i = 0; i < attr->class_count; i++)
        lost = lost || !is_among(attr->classes[i], classes);
    for (size_t i = 0; i < attr->pair_count; i++)
        lost = lost || !is_among(attr->pairs[i].key, keys);
    if (lost)
        nc_warn(d->job, node, NC_WARN_LOSS,
                "docx has no place for the classes and attributes of %s",
                nc_kinds[node->kind].name);
}

/* ------------------------------------------------------------ rules */

static bool is_blank(char c)
{
    return c == ' ' || c == '\n';
}

bool docx_open_text(nc_out *out, const nc_node *node)
{
    docx *d = docx_of(out);
    nc_bytes text = node->text;
    size_t skip = d->text_to_skip < text.len ? d->text_to_skip : text.len;

    d->text_to_skip -= skip;
    text = (nc_bytes){ text.ptr + skip, text.len - skip };
    if (docx_is_display(node->next))
        while (text.len && is_blank(text.ptr[text.len - 1]))
            text.len--;
    if (docx_is_display(node->previous))
        while (text.len && is_blank(*text.ptr))
            text = (nc_bytes){ text.ptr + 1, text.len - 1 };
    if (text.len || !node->text.len)
        docx_put_text(d, text);
    return false;
}

bool docx_open_line_break(nc_out *out, const nc_node *node)
{
    (void)node;
    docx_put_break(docx_of(out));
    return false;
}

bool docx_open_code(nc_out *out, const nc_node *node)
{
    docx *d = docx_of(out);
    int64_t bookmark = docx_open_bookmark(d, node);

    docx_warn_of_attributes(d, node, "", "");
    docx_put_code(d, node->code->text);
    docx_close_bookmark(d, bookmark);
    return false;
}

bool docx_open_format(nc_out *out, const nc_node *node)
{
    static const uint32_t bits[NC_KIND_COUNT] = {
        [NC_EMPH] = ITALIC,         [NC_STRONG] = BOLD,           [NC_UNDERLINE] = UNDERLINE,
        [NC_STRIKEOUT] = STRIKE,    [NC_SMALL_CAPS] = SMALL_CAPS, [NC_SUPERSCRIPT] = SUPERSCRIPT,
        [NC_SUBSCRIPT] = SUBSCRIPT,
    };
    docx *d = docx_of(out);
    uint32_t bit = bits[node->kind];

    docx_context_push(d);
    if (bit & (SUPERSCRIPT | SUBSCRIPT))
        d->now.text.bits &= ~(uint32_t)(SUPERSCRIPT | SUBSCRIPT);
    d->now.text.bits |= bit;
    return true;
}

void docx_close_format(nc_out *out, const nc_node *node)
{
    (void)node;
    docx_context_pop(docx_of(out));
}

bool docx_open_quoted(nc_out *out, const nc_node *node)
{
    docx_put_text(docx_of(out),
                  node->number == NC_DOUBLE_QUOTE ? NC_LITERAL("\u201c") : NC_LITERAL("\u2018"));
    return true;
}

void docx_close_quoted(nc_out *out, const nc_node *node)
{
    docx_put_text(docx_of(out),
                  node->number == NC_DOUBLE_QUOTE ? NC_LITERAL("\u201d") : NC_LITERAL("\u2019"));
}

/* Parts that the target has no place for. */
bool docx_open_nothing(nc_out *out, const nc_node *node)
{
    if (node->first || node->kind == NC_CITATION)
        nc_warn(out->job, node, NC_WARN_LOSS,
                node->kind == NC_CITATION
                    ? "docx has no place for the sources of a citation; its text is kept"
                    : "docx has no place for a short caption");
    return false;
}

bool docx_open_content(nc_out *out, const nc_node *node)
{
    (void)out;
    (void)node;
    return true;
}

/* ------------------------------------------------------------ spans */

static void apply_classes(docx *d, const nc_node *node)
{
    const nc_attr *attr = node->attr;

    if (nc_attr_has_class(attr, "mark"))
        d->now.text.bits |= HIGHLIGHT;
    if (nc_attr_has_class(attr, "csl-no-emph"))
        d->now.text.bits &= ~(uint32_t)ITALIC;
    if (nc_attr_has_class(attr, "csl-no-strong"))
        d->now.text.bits &= ~(uint32_t)BOLD;
    if (nc_attr_has_class(attr, "csl-no-smallcaps"))
        d->now.text.bits &= ~(uint32_t)SMALL_CAPS;
    if (nc_attr_has_class(attr, "insertion") || nc_attr_has_class(attr, "deletion")) {
        d->now.text.bits &= ~(uint32_t)(INSERTED | DELETED);
        d->now.text.bits |= nc_attr_has_class(attr, "deletion") ? DELETED : INSERTED;
        d->now.text.change = attr;
    }
}

bool docx_open_span(nc_out *out, const nc_node *node)
{
    docx *d = docx_of(out);
    nc_bytes custom = nc_attr_value(node->attr, "custom-style");

    if (nc_attr_has_class(node->attr, "comment-start") ||
        nc_attr_has_class(node->attr, "comment-end"))
        return docx_open_comment(d, node);
    docx_context_push(d);
    docx_warn_of_attributes(
        d, node,
        "mark csl-no-emph csl-no-strong csl-no-smallcaps insertion deletion csl-block "
        "csl-left-margin csl-right-inline csl-indent paragraph-insertion "
        "paragraph-deletion anchor ",
        "custom-style dir lang author date ");
    d->now.bookmark = docx_open_bookmark(d, node);
    if (custom.len)
        d->now.text.style = docx_style_named(d, CHARACTER_STYLE, custom);
    docx_apply_attributes(d, node);
    apply_classes(d, node);
    if (nc_attr_has_class(node->attr, "csl-right-inline"))
        docx_put_text(d, NC_LITERAL("\t"));
    return true;
}

void docx_close_span(nc_out *out, const nc_node *node)
{
    docx *d = docx_of(out);

    if (nc_attr_has_class(node->attr, "comment-start") ||
        nc_attr_has_class(node->attr, "comment-end")) {
        docx_close_comment(d, node);
        return;
    }
    docx_close_bookmark(d, d->now.bookmark);
    docx_context_pop(d);
}
