/* SPDX-License-Identifier: MIT */
/* The package: which parts there are, what leads to them, and the container that holds them. */
#include "docx.h"
#include "parts.h"

#define WML "application/vnd.openxmlformats-officedocument.wordprocessingml."

int64_t docx_relate(docx *d, docx_part *part, const char *type, nc_bytes target, bool external)
{
    nc_buf *rels = &part->rels;

    NC_PUT(rels, "<Relationship Id=\"rId");
    nc_put_int(rels, ++part->relation_count);
    NC_PUT(rels, "\" Type=\"");
    nc_put(rels, nc_string(type));
    NC_PUT(rels, "\" Target=\"");
    docx_put_escaped(d, rels, target);
    nc_put(rels, external ? NC_LITERAL("\" TargetMode=\"External\"/>") : NC_LITERAL("\"/>"));
    return part->relation_count;
}

/* Add a part to the package and return its buffer, to be filled now. */
nc_buf *docx_add_part(docx *d, nc_bytes name, const char *content_type)
{
    docx_file *file = nc_alloc(d->job, sizeof(*file));

    if (!file)
        return &d->scratch;
    file->name = name;
    file->content_type = content_type;
    nc_buf_open(&file->buf, d->job);
    *d->last_file = file;
    d->last_file = &file->next;
    d->newest_file = file;
    return &file->buf;
}

void docx_add_bytes(docx *d, nc_bytes name, const char *content_type, nc_bytes bytes,
                    nc_packing packing)
{
    nc_buf *buf = docx_add_part(d, name, content_type);

    if (buf == &d->scratch)
        return;
    d->newest_file->bytes = bytes;
    d->newest_file->packing = packing;
}

/* ------------------------------------------------------------ word/ */

/* A part that the document leads to. */
static nc_buf *add_word_part(docx *d, const char *name, const char *relation,
                             const char *content_type)
{
    docx_relate(d, &d->parts[PART_DOCUMENT], relation, nc_string(name), false);
    return docx_add_part(d, nc_print(d->job, "word/%s", name), content_type);
}

static void put_fonts(nc_buf *buf)
{
    NC_PUT(buf, XML_HEAD
           "<w:fonts " NS_W "><w:font w:name=\"Georgia\"><w:altName w:val=\"Liberation Serif\"/>"
           "<w:family w:val=\"roman\"/><w:pitch w:val=\"variable\"/></w:font>"
           "<w:font w:name=\"Consolas\"><w:altName w:val=\"Liberation Mono\"/>"
           "<w:family w:val=\"modern\"/><w:pitch w:val=\"fixed\"/></w:font></w:fonts>");
}

/* Notes and comments: their parts are there when there are any. */
static void add_asides(docx *d)
{
    static const struct {
        const char *name, *relation, *type, *end;
    } asides[PART_COUNT] = {
        [PART_FOOTNOTES] = { "footnotes", RELATIONS "footnotes", WML "footnotes+xml",
                             "</w:footnotes>" },
        [PART_COMMENTS] = { "comments", RELATIONS "comments", WML "comments+xml", "</w:comments>" },
    };

    for (int i = PART_FOOTNOTES; i < PART_COUNT; i++) {
        if (!(i == PART_FOOTNOTES ? d->footnote_count : d->comment_count))
            continue;
        nc_put(&d->parts[i].xml, nc_string(asides[i].end));
        docx_relate(d, &d->parts[PART_DOCUMENT], asides[i].relation,
                    nc_print(d->job, "%s.xml", asides[i].name), false);
        docx_add_bytes(d, nc_print(d->job, "word/%s.xml", asides[i].name), asides[i].type,
                       (nc_bytes){ d->parts[i].xml.ptr, d->parts[i].xml.len }, NC_ZIP_DEFLATE);
    }
}

static void add_media(docx *d)
{
    for (const map_entry *entry = d->media.first; entry; entry = entry->next) {
        const docx_medium *medium = entry->value;
        nc_image_kind kind = medium ? medium->image.kind : NC_IMAGE_NONE;
        bool packed = kind == NC_IMAGE_PNG || kind == NC_IMAGE_JPEG || kind == NC_IMAGE_GIF;

        if (medium && medium->media &&
            (medium->relation[0] || medium->relation[1] || medium->relation[2]))
            docx_add_bytes(
                d, nc_print(d->job, "word/%.*s", (int)medium->part_name.len, medium->part_name.ptr),
                NULL, medium->media->bytes, packed ? NC_ZIP_STORE : NC_ZIP_DEFLATE);
    }
    if (d->blank_used)
        docx_add_bytes(d, NC_LITERAL("word/media/blank.png"), NULL, docx_blank_picture,
                       NC_ZIP_STORE);
}

static void add_rels(docx *d)
{
    static const char *const names[] = { "document", "footnotes", "comments" };

    for (int i = 0; i < PART_COUNT; i++) {
        nc_buf *buf;

        if (!d->parts[i].relation_count)
            continue;
        buf = docx_add_part(d, nc_print(d->job, "word/_rels/%s.xml.rels", names[i]), NULL);
        NC_PUT(buf, XML_HEAD "<Relationships xmlns=\"" OOXML "package/2006/relationships\">");
        nc_put(buf, (nc_bytes){ d->parts[i].rels.ptr, d->parts[i].rels.len });
        NC_PUT(buf, "</Relationships>");
    }
}

static void add_word(docx *d)
{
    docx_add_bytes(d, NC_LITERAL("word/document.xml"), WML "document.main+xml",
                   (nc_bytes){ d->parts[PART_DOCUMENT].xml.ptr, d->parts[PART_DOCUMENT].xml.len },
                   NC_ZIP_DEFLATE);
    docx_put_styles(d, add_word_part(d, "styles.xml", RELATIONS "styles", WML "styles+xml"));
    docx_put_settings(d,
                      add_word_part(d, "settings.xml", RELATIONS "settings", WML "settings+xml"));
    if (!d->reference)
        put_fonts(add_word_part(d, "fontTable.xml", RELATIONS "fontTable", WML "fontTable+xml"));
    if (d->number_count || docx_reference_has_numbers(d))
        docx_put_numbering(
            d, add_word_part(d, "numbering.xml", RELATIONS "numbering", WML "numbering+xml"));
    add_asides(d);
    docx_reference_add(d);
    add_media(d);
    add_rels(d);
}

/* ------------------------------------------------------------ the package itself */

static void add_package_rels(docx *d, bool custom)
{
    docx_part top = { 0 };
    nc_buf *buf;

    nc_buf_open(&top.rels, d->job);
    docx_relate(d, &top, RELATIONS "officeDocument", NC_LITERAL("word/document.xml"), false);
    docx_relate(d, &top, OOXML "package/2006/relationships/metadata/core-properties",
                NC_LITERAL("docProps/core.xml"), false);
    docx_relate(d, &top, RELATIONS "extended-properties", NC_LITERAL("docProps/app.xml"), false);
    if (custom)
        docx_relate(d, &top, RELATIONS "custom-properties", NC_LITERAL("docProps/custom.xml"),
                    false);
    buf = docx_add_part(d, NC_LITERAL("_rels/.rels"), NULL);
    NC_PUT(buf, XML_HEAD "<Relationships xmlns=\"" OOXML "package/2006/relationships\">");
    nc_put(buf, (nc_bytes){ top.rels.ptr, top.rels.len });
    NC_PUT(buf, "</Relationships>");
    nc_buf_close(&top.rels);
}

static void add_properties(docx *d)
{
    nc_buf custom;
    bool any;

    nc_buf_open(&custom, d->job);
    any = docx_put_custom_properties(d, &custom);
    add_package_rels(d, any);
    docx_put_core_properties(
        d, docx_add_part(d, NC_LITERAL("docProps/core.xml"),
                         "application/vnd.openxmlformats-package.core-properties+xml"));
    docx_put_app_properties(
        d, docx_add_part(d, NC_LITERAL("docProps/app.xml"),
                         "application/vnd.openxmlformats-officedocument.extended-properties+xml"));
    if (any)
        nc_put(docx_add_part(d, NC_LITERAL("docProps/custom.xml"),
                             "application/vnd.openxmlformats-officedocument.custom-properties+xml"),
               (nc_bytes){ custom.ptr, custom.len });
    nc_buf_close(&custom);
}

static nc_bytes extension_of(nc_bytes name)
{
    size_t at = name.len;

    while (at && name.ptr[at - 1] != '.')
        at--;
    return (nc_bytes){ name.ptr + at, name.len - at };
}

static const char *type_of_extension(nc_bytes extension)
{
    static const char *const others[][2] = { { "jpeg", "image/jpeg" }, { "tif", "image/tiff" } };

    for (int i = 1; i < NC_IMAGE_KINDS; i++)
        if (nc_is(extension, nc_image_names[i].extension))
            return nc_image_names[i].media_type;
    for (size_t i = 0; i < sizeof(others) / sizeof(others[0]); i++)
        if (nc_is(extension, others[i][0]))
            return others[i][1];
    return "application/octet-stream";
}

static void put_types(docx *d, nc_buf *buf)
{
    docx_map extensions = { 0 };

    NC_PUT(buf,
           XML_HEAD "<Types xmlns=\"" OOXML "package/2006/content-types\">"
                    "<Default Extension=\"rels\" "
                    "ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>"
                    "<Default Extension=\"xml\" ContentType=\"application/xml\"/>");
    docx_map_add(d->job, &extensions, NC_LITERAL("rels"));
    docx_map_add(d->job, &extensions, NC_LITERAL("xml"));
    for (const docx_file *file = d->first_file; file; file = file->next) {
        nc_bytes extension = docx_fold(d->job, extension_of(file->name));

        if (file->content_type || docx_map_find(&extensions, extension))
            continue;
        docx_map_add(d->job, &extensions, extension);
        NC_PUT(buf, "<Default Extension=\"");
        docx_put_escaped(d, buf, extension);
        NC_PUT(buf, "\" ContentType=\"");
        nc_put(buf, nc_string(type_of_extension(extension)));
        NC_PUT(buf, "\"/>");
    }
    for (const docx_file *file = d->first_file; file; file = file->next) {
        if (!file->content_type)
            continue;
        NC_PUT(buf, "<Override PartName=\"/");
        docx_put_escaped(d, buf, file->name);
        NC_PUT(buf, "\" ContentType=\"");
        nc_put(buf, nc_string(file->content_type));
        NC_PUT(buf, "\"/>");
    }
    NC_PUT(buf, "</Types>");
}

static void put_container(docx *d, nc_buf *out)
{
    nc_zip *zip = nc_zip_open(d->job);
    nc_buf types;

    nc_buf_open(&types, d->job);
    put_types(d, &types);
    nc_zip_add(zip, NC_LITERAL("[Content_Types].xml"), (nc_bytes){ types.ptr, types.len },
               NC_ZIP_DEFLATE);
    nc_buf_close(&types);
    for (const docx_file *file = d->first_file; file; file = file->next) {
        nc_bytes bytes = file->bytes.ptr ? file->bytes : (nc_bytes){ file->buf.ptr, file->buf.len };

        nc_zip_add(zip, file->name, bytes, file->packing);
    }
    nc_zip_finish(zip, out);
    nc_zip_close(zip);
}

void docx_package_write(docx *d, nc_buf *out)
{
    add_properties(d);
    add_word(d);
    if (!nc_job_status(d->job))
        put_container(d, out);
    for (docx_file *file = d->first_file; file; file = file->next)
        nc_buf_close(&file->buf);
}
