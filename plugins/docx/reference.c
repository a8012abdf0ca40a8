/* SPDX-License-Identifier: MIT */
/* The reference document: the newsroom's own styles, numbering, page, headers and footers. Its
 * parts are cut out of the container as they are, once the scanner has found them well-formed; of
 * the settings and the section only what is known to do no harm. */
#include "docx.h"
#include "parts.h"

enum { MOST_XML_DEPTH = 250 };

struct docx_reference {
    nc_unzip *zip;
    const char *name; /* for messages */
    nc_bytes document, rels, styles, numbering, settings;
    nc_buf section;        /* the page: the children of its last w:sectPr that we take */
    int64_t last_abstract; /* the greatest w:abstractNumId */
};

static const char main_namespace[] = OOXML "wordprocessingml/2006/main";

/* ------------------------------------------------------------ reading parts */

static void refuse(docx *d, const char *why)
{
    nc_fail(d->job, NC_EINPUT, "reference document %s: %s", d->reference->name, why);
}

/* Whether `xml` is well-formed with `root` as its root, in the usual prefixes. */
static bool is_sound(nc_bytes xml, const char *root)
{
    nc_bytes open[MOST_XML_DEPTH];
    xml_scanner scanner = { .in = xml };
    xml_event event;
    size_t depth = 0;
    bool begun = false;

    if (xml.len >= 3 && memcmp(xml.ptr, "\xef\xbb\xbf", 3) == 0)
        scanner.at = 3;
    while ((event = docx_xml_next(&scanner)) != XML_END) {
        if (event == XML_ERROR || (event == XML_START && !depth && begun))
            return false;
        if (event == XML_START && !begun && !nc_is(scanner.name, root))
            return false;
        begun = begun || event == XML_START;
        if (event == XML_START && !scanner.empty) {
            if (depth >= MOST_XML_DEPTH)
                return false;
            open[depth++] = scanner.name;
        }
        if (event == XML_CLOSE && (!depth || !nc_same(open[--depth], scanner.name)))
            return false;
    }
    return begun && depth == 0;
}

/* A part of the reference document; {NULL, 0} when it has none. A broken one ends the job. */
static nc_bytes part_of(docx *d, const char *name, const char *root)
{
    nc_bytes bytes = nc_unzip_entry(d->reference->zip, nc_string(name));

    if (bytes.ptr && (nc_utf8_valid(bytes) != bytes.len || !is_sound(bytes, root))) {
        refuse(d, nc_print(d->job, "%s is not well-formed%c", name, 0).ptr);
        return (nc_bytes){ NULL, 0 };
    }
    return bytes;
}

/* The whole element that the scanner has just entered, its end tag included. */
static nc_bytes take_element(xml_scanner *scanner)
{
    const char *begin = scanner->whole.ptr;
    size_t depth = scanner->empty ? 0 : 1;
    xml_event event;

    while (depth && (event = docx_xml_next(scanner)) != XML_END && event != XML_ERROR) {
        if (event == XML_START && !scanner->empty)
            depth++;
        if (event == XML_CLOSE)
            depth--;
    }
    return (nc_bytes){ begin, (size_t)(scanner->in.ptr + scanner->at - begin) };
}

static nc_bytes attribute_of(nc_bytes attributes, const char *wanted)
{
    nc_bytes name, value;

    while (docx_xml_attribute(&attributes, &name, &value))
        if (nc_is(name, wanted))
            return value;
    return (nc_bytes){ NULL, 0 };
}

static int64_t number_of(nc_bytes text)
{
    int64_t number = 0;

    for (size_t i = 0; i < text.len && number < INT32_MAX; i++)
        if (text.ptr[i] >= '0' && text.ptr[i] <= '9')
            number = number * 10 + (text.ptr[i] - '0');
    return number < INT32_MAX / 2 ? number : INT32_MAX / 2;
}

/* Step into the root element, which is returned in `scanner->whole`. */
static bool enter_root(xml_scanner *scanner)
{
    xml_event event;

    if (scanner->in.len >= 3 && memcmp(scanner->in.ptr, "\xef\xbb\xbf", 3) == 0)
        scanner->at = 3;
    do {
        event = docx_xml_next(scanner);
    } while (event == XML_TEXT);
    return event == XML_START;
}

/* ------------------------------------------------------------ styles */

/* Remember the ids under which the reference document knows styles. */
static void learn_styles(docx *d)
{
    static const char *const types[] = { "paragraph", "character", "table", "numbering" };
    xml_scanner scanner = { .in = d->reference->styles };
    nc_bytes id = { NULL, 0 };
    int type = 0;
    xml_event event;

    while ((event = docx_xml_next(&scanner)) != XML_END && event != XML_ERROR) {
        if (event != XML_START)
            continue;
        if (nc_is(scanner.name, "w:style")) {
            nc_bytes spelt = attribute_of(scanner.attributes, "w:type");

            id = attribute_of(scanner.attributes, "w:styleId");
            for (type = 0; type < 3 && !nc_is(spelt, types[type]); type++)
                ;
            type = spelt.len ? type : 0;
        } else if (nc_is(scanner.name, "w:name") && id.len) {
            docx_style_known(d, (style_type)type, id, attribute_of(scanner.attributes, "w:val"));
            id.len = 0;
        }
    }
}

bool docx_reference_styles(docx *d, nc_buf *buf)
{
    nc_bytes styles;
    size_t end;

    if (!d->reference)
        return false;
    styles = d->reference->styles;
    for (end = styles.len; end && styles.ptr[end - 1] != '<'; end--)
        ;
    nc_put(buf, (nc_bytes){ styles.ptr, end - 1 });
    docx_put_missing_styles(d, buf);
    nc_put(buf, (nc_bytes){ styles.ptr + end - 1, styles.len - end + 1 });
    return true;
}

/* ------------------------------------------------------------ numbering */

/* Numbers that hang on pictures would lead to parts that are left behind. */
static void learn_numbers(docx *d)
{
    docx_reference *reference = d->reference;
    xml_scanner scanner = { .in = reference->numbering };
    xml_event event;

    while ((event = docx_xml_next(&scanner)) != XML_END && event != XML_ERROR) {
        int64_t number;

        if (event != XML_START)
            continue;
        if (nc_is(scanner.name, "w:numPicBullet")) {
            nc_warn(d->job, NULL, NC_WARN_RESOURCE,
                    "the picture bullets of the reference document are left out");
            reference->numbering = (nc_bytes){ NULL, 0 };
            d->number_base = reference->last_abstract = 0;
            return;
        }
        if (nc_is(scanner.name, "w:abstractNum")) {
            number = number_of(attribute_of(scanner.attributes, "w:abstractNumId"));
            reference->last_abstract =
                number > reference->last_abstract ? number : reference->last_abstract;
        } else if (nc_is(scanner.name, "w:num")) {
            number = number_of(attribute_of(scanner.attributes, "w:numId"));
            d->number_base = number > d->number_base ? number : d->number_base;
        }
    }
}

bool docx_reference_has_numbers(const docx *d)
{
    return d->reference && d->reference->numbering.ptr;
}

static void put_elements(nc_buf *buf, nc_bytes xml, const char *name)
{
    xml_scanner scanner = { .in = xml };
    xml_event event;

    if (!enter_root(&scanner))
        return;
    while ((event = docx_xml_next(&scanner)) != XML_END && event != XML_ERROR)
        if (event == XML_START) {
            bool wanted = nc_is(scanner.name, name);
            nc_bytes element = take_element(&scanner);

            if (wanted)
                nc_put(buf, element);
        }
}

bool docx_reference_numbers(docx *d, nc_buf *buf)
{
    xml_scanner scanner = { 0 };
    int64_t first_id;

    if (!docx_reference_has_numbers(d))
        return false;
    scanner.in = d->reference->numbering;
    first_id = d->reference->last_abstract + 1;
    if (!enter_root(&scanner) || scanner.empty)
        return false;
    NC_PUT(buf, XML_HEAD);
    nc_put(buf, scanner.whole);
    put_elements(buf, scanner.in, "w:abstractNum");
    docx_put_abstract_numbers(d, buf, first_id);
    put_elements(buf, scanner.in, "w:num");
    docx_put_numbers(d, buf, first_id);
    NC_PUT(buf, "</w:numbering>");
    return true;
}

/* ------------------------------------------------------------ settings */

/* In the order of the schema, so that what is taken can be written as it comes; note settings go
 * in between. */
static bool is_kept_setting(nc_bytes name, bool before_notes)
{
    static const char *const before[] = { "w:zoom",
                                          "w:mirrorMargins",
                                          "w:bordersDoNotSurroundHeader",
                                          "w:bordersDoNotSurroundFooter",
                                          "w:gutterAtTop",
                                          "w:defaultTabStop",
                                          "w:autoHyphenation",
                                          "w:consecutiveHyphenLimit",
                                          "w:hyphenationZone",
                                          "w:doNotHyphenateCaps",
                                          "w:evenAndOddHeaders",
                                          "w:bookFoldPrinting",
                                          "w:drawingGridHorizontalSpacing",
                                          "w:drawingGridVerticalSpacing",
                                          "w:displayHorizontalDrawingGridEvery",
                                          "w:displayVerticalDrawingGridEvery",
                                          "w:characterSpacingControl",
                                          "w:defaultTableStyle",
                                          NULL };
    static const char *const after[] = { "w:compat",        "w:themeFontLang", "w:clrSchemeMapping",
                                         "w:decimalSymbol", "w:listSeparator", NULL };

    return docx_is_one_of(name, before_notes ? before : after);
}

static void put_settings(docx *d, nc_buf *buf, bool before_notes)
{
    xml_scanner scanner = { .in = d->reference->settings };
    xml_event event;

    if (!enter_root(&scanner))
        return;
    while ((event = docx_xml_next(&scanner)) != XML_END && event != XML_ERROR)
        if (event == XML_START) {
            bool kept = is_kept_setting(scanner.name, before_notes);
            nc_bytes element = take_element(&scanner);

            if (kept)
                nc_put(buf, element);
        }
}

bool docx_reference_settings(docx *d, nc_buf *buf)
{
    xml_scanner scanner = { 0 };

    if (!d->reference || !d->reference->settings.ptr)
        return false;
    scanner.in = d->reference->settings;
    if (!enter_root(&scanner) || scanner.empty)
        return false;
    NC_PUT(buf, XML_HEAD);
    nc_put(buf, scanner.whole);
    put_settings(d, buf, true);
    docx_put_note_settings(d, buf);
    put_settings(d, buf, false);
    NC_PUT(buf, "</w:settings>");
    return true;
}

/* ------------------------------------------------------------ the page, headers and footers */

static nc_bytes relation_target(nc_bytes rels, nc_bytes id)
{
    xml_scanner scanner = { .in = rels };
    xml_event event;

    while (id.len && (event = docx_xml_next(&scanner)) != XML_END && event != XML_ERROR)
        if (event == XML_START && nc_is(scanner.name, "Relationship") &&
            nc_same(attribute_of(scanner.attributes, "Id"), id) &&
            !attribute_of(scanner.attributes, "TargetMode").len)
            return attribute_of(scanner.attributes, "Target");
    return (nc_bytes){ NULL, 0 };
}

/* The name in the container of a target that lies in word/. */
static nc_bytes entry_of(docx *d, nc_bytes target)
{
    if (target.len && *target.ptr == '/')
        return (nc_bytes){ target.ptr + 1, target.len - 1 };
    return nc_print(d->job, "word/%.*s", (int)target.len, target.ptr);
}

/* Take over the pictures of a header with its relationships. Those that lead elsewhere make the
 * header unusable. */
static bool add_header_rels(docx *d, nc_bytes rels, nc_bytes name)
{
    xml_scanner scanner = { .in = rels };
    xml_event event;
    nc_buf *buf;

    if (!rels.ptr)
        return true;
    while ((event = docx_xml_next(&scanner)) != XML_END && event != XML_ERROR) {
        nc_bytes target = attribute_of(scanner.attributes, "Target"), entry, bytes;

        if (event != XML_START || !nc_is(scanner.name, "Relationship") ||
            attribute_of(scanner.attributes, "TargetMode").len)
            continue;
        entry = entry_of(d, target);
        if (docx_map_find(&d->copied, entry))
            continue;
        bytes = nc_unzip_entry(d->reference->zip, entry);
        if (!bytes.ptr || nc_image_read(bytes).kind == NC_IMAGE_NONE)
            return false;
        docx_map_add(d->job, &d->copied, entry);
        docx_add_bytes(d, entry, NULL, bytes, NC_ZIP_DEFLATE);
    }
    buf = docx_add_part(d, nc_print(d->job, "word/_rels/%.*s.rels", (int)name.len, name.ptr), NULL);
    nc_put(buf, rels);
    return true;
}

/* w:headerReference or w:footerReference: the part that it names comes along under a new number. */
static void take_header(docx *d, const xml_scanner *scanner, bool header)
{
    docx_reference *reference = d->reference;
    nc_bytes target = relation_target(reference->rels, attribute_of(scanner->attributes, "r:id"));
    nc_bytes type = attribute_of(scanner->attributes, "w:type"), entry = entry_of(d, target), bytes,
             rels, name;
    const char *content_type =
        header ? "application/vnd.openxmlformats-officedocument.wordprocessingml.header+xml"
               : "application/vnd.openxmlformats-officedocument.wordprocessingml.footer+xml";
    int64_t relation;

    bytes = target.len ? nc_unzip_entry(reference->zip, entry) : target;
    if (!bytes.ptr || !is_sound(bytes, header ? "w:hdr" : "w:ftr")) {
        nc_warn(d->job, NULL, NC_WARN_RESOURCE,
                "a header or footer of the reference document cannot be read");
        return;
    }
    name =
        nc_print(d->job, "%s%lld.xml", header ? "header" : "footer", (long long)++d->header_count);
    rels = nc_unzip_entry(reference->zip, nc_print(d->job, "word/_rels/%.*s.rels",
                                                   (int)(entry.len - 5), entry.ptr + 5));
    if (!add_header_rels(d, rels, name)) {
        nc_warn(d->job, NULL, NC_WARN_RESOURCE,
                "a header or footer of the reference document needs parts that "
                "are not pictures; it is left out");
        return;
    }
    docx_add_bytes(d, nc_print(d->job, "word/%.*s", (int)name.len, name.ptr), content_type, bytes,
                   NC_ZIP_DEFLATE);
    relation = docx_relate(d, &d->parts[PART_DOCUMENT],
                           header ? RELATIONS "header" : RELATIONS "footer", name, false);
    nc_put(&reference->section, header ? NC_LITERAL("<w:headerReference w:type=\"")
                                       : NC_LITERAL("<w:footerReference w:type=\""));
    docx_put_escaped(d, &reference->section, type.len ? type : NC_LITERAL("default"));
    NC_PUT(&reference->section, "\" r:id=\"rId");
    nc_put_int(&reference->section, relation);
    NC_PUT(&reference->section, "\"/>");
}

static void measure(docx *d, const xml_scanner *scanner)
{
    if (nc_is(scanner->name, "w:pgSz")) {
        d->page_width = number_of(attribute_of(scanner->attributes, "w:w"));
        d->page_height = number_of(attribute_of(scanner->attributes, "w:h"));
    } else if (nc_is(scanner->name, "w:pgMar")) {
        d->page_width -= number_of(attribute_of(scanner->attributes, "w:left")) +
                         number_of(attribute_of(scanner->attributes, "w:right"));
        d->page_height -= number_of(attribute_of(scanner->attributes, "w:top")) +
                          number_of(attribute_of(scanner->attributes, "w:bottom"));
    }
}

static void take_section(docx *d, nc_bytes section)
{
    static const char *const kept[] = { "w:pgSz",          "w:pgMar",     "w:paperSrc",
                                        "w:pgBorders",     "w:lnNumType", "w:pgNumType",
                                        "w:cols",          "w:vAlign",    "w:titlePg",
                                        "w:textDirection", "w:bidi",      "w:rtlGutter",
                                        "w:docGrid",       NULL };
    xml_scanner scanner = { .in = section };
    xml_event event;

    if (docx_xml_next(&scanner) != XML_START || scanner.empty)
        return;
    while ((event = docx_xml_next(&scanner)) != XML_END && event != XML_ERROR) {
        bool header;

        if (event != XML_START)
            continue;
        header = nc_is(scanner.name, "w:headerReference");
        measure(d, &scanner);
        if (header || nc_is(scanner.name, "w:footerReference")) {
            take_header(d, &scanner, header);
            take_element(&scanner);
        } else if (docx_is_one_of(scanner.name, kept)) {
            nc_put(&d->reference->section, take_element(&scanner));
        } else {
            take_element(&scanner);
        }
    }
    if (d->page_width > TWIPS_PER_INCH && d->page_height > TWIPS_PER_INCH) {
        d->text_width = d->page_width;
        d->text_height = d->page_height;
    }
}

/* The last section of the document, which is that of its end. */
static void learn_section(docx *d)
{
    xml_scanner scanner = { .in = d->reference->document };
    nc_bytes section = { NULL, 0 };
    xml_event event;

    while ((event = docx_xml_next(&scanner)) != XML_END && event != XML_ERROR)
        if (event == XML_START && nc_is(scanner.name, "w:sectPr"))
            section = take_element(&scanner);
    if (section.ptr)
        take_section(d, section);
}

bool docx_reference_section(docx *d, nc_buf *buf)
{
    if (!d->reference || !d->reference->section.len)
        return false;
    NC_PUT(buf, "<w:sectPr>");
    nc_put(buf, (nc_bytes){ d->reference->section.ptr, d->reference->section.len });
    NC_PUT(buf, "</w:sectPr>");
    return true;
}

/* ------------------------------------------------------------ opening, and the other parts */

void docx_reference_add(docx *d)
{
    static const struct {
        const char *name, *root, *relation, *type;
    } parts[] = {
        { "theme/theme1.xml", "a:theme", RELATIONS "theme",
          "application/vnd.openxmlformats-officedocument.theme+xml" },
        { "fontTable.xml", "w:fonts", RELATIONS "fontTable",
          "application/vnd.openxmlformats-officedocument.wordprocessingml.fontTable+xml" },
    };

    if (!d->reference)
        return;
    for (size_t i = 0; i < sizeof(parts) / sizeof(parts[0]); i++) {
        nc_bytes entry = nc_print(d->job, "word/%s%c", parts[i].name, 0);
        nc_bytes bytes = part_of(d, entry.ptr, parts[i].root);

        /* Embedded fonts are left behind, and with them a table that leads to them. */
        if (!bytes.ptr || memmem(bytes.ptr, bytes.len, " r:", 3))
            continue;
        docx_relate(d, &d->parts[PART_DOCUMENT], parts[i].relation, nc_string(parts[i].name),
                    false);
        docx_add_bytes(d, (nc_bytes){ entry.ptr, strlen(entry.ptr) }, parts[i].type, bytes,
                       NC_ZIP_DEFLATE);
    }
}

/* Our parts and the reference's share one namespace under one prefix. */
static bool speaks_our_namespace(docx *d)
{
    xml_scanner scanner = { .in = d->reference->styles };

    return enter_root(&scanner) && !scanner.empty &&
           nc_is(attribute_of(scanner.attributes, "xmlns:w"), main_namespace);
}

static bool learn(docx *d)
{
    docx_reference *reference = d->reference;

    reference->document = part_of(d, "word/document.xml", "w:document");
    reference->styles = part_of(d, "word/styles.xml", "w:styles");
    reference->numbering = part_of(d, "word/numbering.xml", "w:numbering");
    reference->settings = part_of(d, "word/settings.xml", "w:settings");
    reference->rels = part_of(d, "word/_rels/document.xml.rels", "Relationships");
    if (nc_job_status(d->job))
        return false;
    if (!reference->document.ptr || !reference->styles.ptr) {
        refuse(d, "no Word document: word/document.xml or word/styles.xml is missing");
        return false;
    }
    if (!speaks_our_namespace(d)) {
        refuse(
            d,
            "its markup is not that of a Word document; Strict Open XML is to be saved as *.docx "
            "first");
        return false;
    }
    learn_styles(d);
    learn_numbers(d);
    learn_section(d);
    return !nc_job_status(d->job);
}

bool docx_reference_open(docx *d)
{
    const char *path = d->settings->reference_doc;

    if (!path)
        return true;
    d->reference = nc_alloc(d->job, sizeof(*d->reference));
    if (!d->reference)
        return false;
    d->reference->name = path;
    nc_buf_open(&d->reference->section, d->job);
    d->reference->zip = nc_unzip_open(d->job, d->settings->reference, path);
    return d->reference->zip && learn(d);
}

void docx_reference_close(docx *d)
{
    if (!d->reference)
        return;
    nc_unzip_close(d->reference->zip);
    nc_buf_close(&d->reference->section);
}
