/* SPDX-License-Identifier: MIT */
/* Pictures: found once each, shown in their right proportions, no wider than the text. */
#include "docx.h"
#include "parts.h"

/* ------------------------------------------------------------ finding */

/* Kinds that Word shows. */
#define SHOWN \
    (1u << NC_IMAGE_PNG | 1u << NC_IMAGE_JPEG | 1u << NC_IMAGE_GIF | 1u << NC_IMAGE_BMP | \
     1u << NC_IMAGE_TIFF | 1u << NC_IMAGE_EMF | 1u << NC_IMAGE_WMF | 1u << NC_IMAGE_SVG)

static void load(docx *d, docx_medium *medium, const nc_node *node)
{
    const nc_media *media = nc_media_load(d->job, node, node->target->url);

    if (!media)
        return;
    medium->image = nc_image_read(media->bytes);
    if (!(SHOWN >> medium->image.kind & 1)) {
        nc_warn(d->job, node, NC_WARN_MEDIA_TYPE,
                "%.*s: Word does not show %s; its description stands instead",
                (int)(media->name.len < 200 ? media->name.len : 200), media->name.ptr,
                medium->image.kind ? nc_image_names[medium->image.kind].name : "such files");
        return;
    }
    if (!medium->image.width) {
        nc_warn(d->job, node, NC_WARN_MEDIA_TYPE,
                "%.*s: no size found; shown 300 by 200 points large",
                (int)(media->name.len < 200 ? media->name.len : 200), media->name.ptr);
        medium->image.width = 300;
        medium->image.height = 200;
        medium->image.dpi_x = medium->image.dpi_y = 72;
    }
    medium->media = media;
    medium->part_name = nc_print(d->job, "media/image%lld.%s", (long long)++d->media_count,
                                 nc_image_names[medium->image.kind].extension);
}

docx_medium *docx_find_medium(docx *d, const nc_node *image)
{
    nc_bytes url = image->target->url;
    map_entry *entry = docx_map_find(&d->media, url);

    if (entry)
        return entry->value;
    entry = docx_map_add(d->job, &d->media, url);
    if (!entry)
        return &d->no_medium;
    entry->value = nc_alloc(d->job, sizeof(docx_medium));
    if (!entry->value)
        return &d->no_medium;
    load(d, entry->value, image);
    return entry->value;
}

/* One transparent pixel. */
const nc_bytes docx_blank_picture = NC_LITERAL_INIT(
    "\211\120\116\107\015\012\032\012\000\000\000\015\111\110\104\122\000\000\000\001\000"
    "\000\000\001\010\006\000\000\000\037\025\304\211\000\000\000\013\111\104\101\124\170"
    "\234\143\140\000\002\000\000\005\000\001\172\136\253\077\000\000\000\000\111\105\116"
    "\104\256\102\140\202");

/* ------------------------------------------------------------ sizes */

typedef struct length {
    double inches; /* of a percentage: the share */
    bool given, percent;
} length;

static length length_of(docx *d, nc_bytes text)
{
    static const struct {
        const char *unit;
        double inches;
    } units[] = { { "cm", 0.3937007874 }, { "mm", 0.03937007874 }, { "in", 1 },
                  { "inch", 1 },          { "pt", 1.0 / 72 },      { "pc", 1.0 / 6 },
                  { "em", 11.0 / 64 } };
    double value = 0, place = 1;
    size_t at = 0;
    nc_bytes unit;

    for (bool point = false; at < text.len && value < 1e9; at++) {
        char c = text.ptr[at];

        if (c == '.' && !point) {
            point = true;
        } else if (c >= '0' && c <= '9') {
            value = value * 10 + (c - '0');
            place *= point ? 10 : 1;
        } else {
            break;
        }
    }
    if (!at || value <= 0)
        return (length){ 0 };
    value /= place;
    unit = (nc_bytes){ text.ptr + at, text.len - at };
    if (nc_is(unit, "%"))
        return (length){ value / 100, true, true };
    for (size_t i = 0; i < sizeof(units) / sizeof(units[0]); i++)
        if (nc_is(unit, units[i].unit))
            return (length){ value * units[i].inches, true, false };
    if (unit.len && !nc_is(unit, "px"))
        return (length){ 0 };
    return (length){ value / (double)(d->settings->dpi > 0 ? d->settings->dpi : 96), true, false };
}

/* `width: 50%` in a style attribute is what HTML has for a width attribute. */
static length side_of(docx *d, const nc_node *node, const char *name)
{
    return length_of(d, nc_attr_value(node->attr, name));
}

static void sides(const docx *d, const nc_image *image, length width, length height, double *x,
                  double *y)
{
    double ratio = ((double)image->width / (double)image->dpi_x) /
                   ((double)image->height / (double)image->dpi_y);
    double line = (double)d->text_width / TWIPS_PER_INCH;

    *x = (double)image->width / (double)image->dpi_x;
    *y = (double)image->height / (double)image->dpi_y;
    /* pandoc takes a percentage for a bound only. */
    if (width.percent && !d->settings->raw)
        width = (length){ width.inches * line, true, false };
    if (width.percent)
        width.given = false;
    if (height.percent)
        height.given = false;
    if (width.given && height.given) {
        *x = width.inches;
        *y = height.inches;
    } else if (width.given) {
        *x = width.inches;
        *y = *x / ratio;
    } else if (height.given) {
        *y = height.inches;
        *x = *y * ratio;
    }
}

/* In EMU, scaled down to what the line (and outside --raw, the page) holds. */
static void fit(docx *d, const nc_node *node, const nc_image *image, int64_t *cx, int64_t *cy)
{
    length width = side_of(d, node, "width"), height = side_of(d, node, "height");
    double most = (double)(d->text_width * EMU_PER_TWIP) * d->image_share, x, y;
    double highest = (double)(d->text_height * EMU_PER_TWIP);

    sides(d, image, width, height, &x, &y);
    x *= EMU_PER_INCH;
    y *= EMU_PER_INCH;
    if (width.percent && width.inches < 1)
        most = most * width.inches;
    if (x > most) {
        y *= most / x;
        x = most;
    }
    if (y > highest) {
        x *= highest / y;
        y = highest;
    }
    *cx = x < 1 ? 1 : (int64_t)x;
    *cy = y < 1 ? 1 : (int64_t)y;
}

/* ------------------------------------------------------------ w:drawing */

static void put_size(docx *d, const char *name, int64_t cx, int64_t cy)
{
    NC_PUT(d->xml, "<");
    nc_put(d->xml, nc_string(name));
    NC_PUT(d->xml, " cx=\"");
    nc_put_int(d->xml, cx);
    NC_PUT(d->xml, "\" cy=\"");
    nc_put_int(d->xml, cy);
    NC_PUT(d->xml, "\"/>");
}

static void put_name(docx *d, const nc_node *node, int64_t id)
{
    nc_bytes title = node->target->title, alt = nc_attr_value(node->attr, "alt");

    NC_PUT(d->xml, "<wp:docPr id=\"");
    nc_put_int(d->xml, id);
    NC_PUT(d->xml, "\" name=\"Picture ");
    nc_put_int(d->xml, id);
    NC_PUT(d->xml, "\" descr=\"");
    docx_put_escaped(d, d->xml, alt.len ? alt : nc_stringify(d->job, node));
    if (title.len) {
        NC_PUT(d->xml, "\" title=\"");
        docx_put_escaped(d, d->xml, title);
    }
    NC_PUT(d->xml, "\"/>");
}

static int64_t blank_relation(docx *d)
{
    if (!d->part->blank_relation)
        d->part->blank_relation =
            docx_relate(d, d->part, RELATIONS "image", NC_LITERAL("media/blank.png"), false);
    d->blank_used = true;
    return d->part->blank_relation;
}

static int64_t relation_of(docx *d, docx_medium *medium)
{
    int64_t *relation = &medium->relation[d->part - d->parts];

    if (!*relation)
        *relation = docx_relate(d, d->part, RELATIONS "image", medium->part_name, false);
    return *relation;
}

/* EXIF says how a photograph was held; Word asks for the turn, in 60,000ths of a degree. */
static int turn_of(const nc_image *image)
{
    return image->orientation == 3   ? 10800000
           : image->orientation == 6 ? 5400000
           : image->orientation == 8 ? 16200000
                                     : 0;
}

/* Word shows an SVG only as an extension of a picture in pixels. */
static void put_blip(docx *d, docx_medium *medium)
{
    bool svg = medium->image.kind == NC_IMAGE_SVG;

    NC_PUT(d->xml, "<a:blip r:embed=\"rId");
    nc_put_int(d->xml, svg ? blank_relation(d) : relation_of(d, medium));
    if (!svg) {
        NC_PUT(d->xml, "\"/>");
        return;
    }
    NC_PUT(
        d->xml,
        "\"><a:extLst><a:ext uri=\"{96DAC541-7B7A-43D3-8B79-37D633B846F1}\"><asvg:svgBlip "
        "xmlns:asvg=\"http://schemas.microsoft.com/office/drawing/2016/SVG/main\" r:embed=\"rId");
    nc_put_int(d->xml, relation_of(d, medium));
    NC_PUT(d->xml, "\"/></a:ext></a:extLst></a:blip>");
}

/* A picture that is turned by a quarter reaches beyond its extent. */
static void put_room(docx *d, const nc_image *image, int64_t cx, int64_t cy)
{
    bool lying = image->orientation == 6 || image->orientation == 8;
    int64_t more = lying ? (cx - cy) / 2 : 0, across = more < 0 ? -more : 0,
            down = more > 0 ? more : 0;
    nc_bytes room =
        nc_print(d->job, "<wp:effectExtent l=\"%lld\" t=\"%lld\" r=\"%lld\" b=\"%lld\"/>",
                 (long long)across, (long long)down, (long long)across, (long long)down);

    nc_put(d->xml, room);
}

static void put_picture(docx *d, docx_medium *medium, int64_t id, int64_t cx, int64_t cy)
{
    int turn = turn_of(&medium->image);

    NC_PUT(
        d->xml,
        "<wp:cNvGraphicFramePr><a:graphicFrameLocks noChangeAspect=\"1\"/></wp:cNvGraphicFramePr>"
        "<a:graphic><a:graphicData uri=\"" OOXML "drawingml/2006/picture\"><pic:pic><pic:nvPicPr>"
        "<pic:cNvPr id=\"");
    nc_put_int(d->xml, id);
    NC_PUT(d->xml, "\" name=\"");
    nc_put(d->xml, medium->part_name);
    NC_PUT(d->xml,
           "\"/><pic:cNvPicPr><a:picLocks noChangeAspect=\"1\"/></pic:cNvPicPr></pic:nvPicPr>"
           "<pic:blipFill>");
    put_blip(d, medium);
    NC_PUT(d->xml, "<a:stretch><a:fillRect/></a:stretch></pic:blipFill><pic:spPr><a:xfrm");
    if (turn) {
        NC_PUT(d->xml, " rot=\"");
        nc_put_int(d->xml, turn);
        NC_PUT(d->xml, "\"");
    }
    NC_PUT(d->xml, "><a:off x=\"0\" y=\"0\"/>");
    put_size(d, "a:ext", cx, cy);
    NC_PUT(d->xml, "</a:xfrm><a:prstGeom prst=\"rect\"><a:avLst/></a:prstGeom></pic:spPr></pic:pic>"
                   "</a:graphicData></a:graphic>");
}

static bool is_remote(nc_bytes url)
{
    return (url.len > 8 && memcmp(url.ptr, "https://", 8) == 0) ||
           (url.len > 7 && memcmp(url.ptr, "http://", 7) == 0);
}

/* The description stands for a picture that could not be had, and outside --raw leads to where it
 * is. */
static bool put_description(docx *d, const nc_node *node)
{
    if (!d->settings->raw && is_remote(node->target->url) &&
        docx_link_to(d, node, node->target->url) && !node->first)
        docx_put_text(d, NC_LITERAL("[\u2026]"));
    return true;
}

bool docx_open_image(nc_out *out, const nc_node *node)
{
    docx *d = docx_of(out);
    docx_medium *medium = docx_find_medium(d, node);
    int64_t cx, cy, id;

    docx_context_push(d);
    docx_warn_of_attributes(d, node, "", "width height alt dir lang ");
    d->now.bookmark = docx_open_bookmark(d, node);
    if (!medium->media)
        return put_description(d, node);
    fit(d, node, &medium->image, &cx, &cy);
    id = ++d->drawing_count;
    docx_run_close(d);
    docx_run_open(d);
    NC_PUT(d->xml, "<w:drawing><wp:inline distT=\"0\" distB=\"0\" distL=\"0\" distR=\"0\">");
    put_size(d, "wp:extent", cx, cy);
    put_room(d, &medium->image, cx, cy);
    put_name(d, node, id);
    put_picture(d, medium, id, cx, cy);
    NC_PUT(d->xml, "</wp:inline></w:drawing>");
    docx_run_close(d);
    return false;
}

void docx_close_image(nc_out *out, const nc_node *node)
{
    docx *d = docx_of(out);

    (void)node;
    if (d->now.opened) {
        docx_run_close(d);
        NC_PUT(d->xml, "</w:hyperlink>");
    }
    docx_close_bookmark(d, d->now.bookmark);
    docx_context_pop(d);
}
