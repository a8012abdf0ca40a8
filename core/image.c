/* SPDX-License-Identifier: MIT */
/* Pictures by their magic number, and the sizes in their headers. */
#include "core/image.h"

const nc_image_name nc_image_names[NC_IMAGE_KINDS] = {
    [NC_IMAGE_NONE] = { "", "bin", "application/octet-stream" },
    [NC_IMAGE_PNG] = { "png", "png", "image/png" },
    [NC_IMAGE_JPEG] = { "jpeg", "jpg", "image/jpeg" },
    [NC_IMAGE_GIF] = { "gif", "gif", "image/gif" },
    [NC_IMAGE_BMP] = { "bmp", "bmp", "image/bmp" },
    [NC_IMAGE_TIFF] = { "tiff", "tiff", "image/tiff" },
    [NC_IMAGE_WEBP] = { "webp", "webp", "image/webp" },
    [NC_IMAGE_AVIF] = { "avif", "avif", "image/avif" },
    [NC_IMAGE_SVG] = { "svg", "svg", "image/svg+xml" },
    [NC_IMAGE_EMF] = { "emf", "emf", "image/x-emf" },
    [NC_IMAGE_WMF] = { "wmf", "wmf", "image/x-wmf" },
    [NC_IMAGE_PDF] = { "pdf", "pdf", "application/pdf" },
    [NC_IMAGE_EPS] = { "eps", "eps", "application/postscript" },
};

enum { USUAL_DPI = 72, SCREEN_DPI = 96, MOST_BLOCKS = 4096 };

/* ------------------------------------------------------------ numbers: zero past the end */

static uint32_t byte_at(nc_bytes b, size_t at)
{
    return at < b.len ? (unsigned char)b.ptr[at] : 0;
}

static uint32_t big16(nc_bytes b, size_t at)
{
    return byte_at(b, at) << 8 | byte_at(b, at + 1);
}

static uint32_t big32(nc_bytes b, size_t at)
{
    return big16(b, at) << 16 | big16(b, at + 2);
}

static uint32_t little16(nc_bytes b, size_t at)
{
    return byte_at(b, at + 1) << 8 | byte_at(b, at);
}

static uint32_t little32(nc_bytes b, size_t at)
{
    return little16(b, at + 2) << 16 | little16(b, at);
}

static uint32_t little24(nc_bytes b, size_t at)
{
    return byte_at(b, at + 2) << 16 | little16(b, at);
}

static bool has_at(nc_bytes b, size_t at, const char *magic, size_t size)
{
    return at <= b.len && b.len - at >= size && memcmp(b.ptr + at, magic, size) == 0;
}

#define HAS_AT(bytes, at, literal) has_at((bytes), (at), (literal), sizeof(literal) - 1)

static nc_bytes from(nc_bytes b, size_t at)
{
    return at < b.len ? (nc_bytes){ b.ptr + at, b.len - at } : (nc_bytes){ "", 0 };
}

static void set_dpi(nc_image *image, int64_t x, int64_t y)
{
    if (x > 0 && y > 0) {
        image->dpi_x = x;
        image->dpi_y = y;
    }
}

/* ------------------------------------------------------------ PNG, GIF, BMP, WebP */

static void read_png(nc_bytes b, nc_image *image)
{
    size_t at = 8;

    image->width = big32(b, 16);
    image->height = big32(b, 20);
    for (int i = 0; i < MOST_BLOCKS && at < b.len && !HAS_AT(b, at + 4, "IDAT"); i++) {
        if (HAS_AT(b, at + 4, "pHYs") && byte_at(b, at + 16) == 1)
            set_dpi(image, (int64_t)big32(b, at + 8) * 254 / 10000,
                    (int64_t)big32(b, at + 12) * 254 / 10000);
        at += (size_t)big32(b, at) + 12;
    }
}

static void read_gif(nc_bytes b, nc_image *image)
{
    image->width = little16(b, 6);
    image->height = little16(b, 8);
}

static void read_bmp(nc_bytes b, nc_image *image)
{
    int64_t height = (int32_t)little32(b, 22);

    if (little32(b, 14) < 40) { /* the header of OS/2 */
        image->width = little16(b, 18);
        image->height = little16(b, 20);
        return;
    }
    image->width = little32(b, 18);
    image->height = height < 0 ? -height : height;
    set_dpi(image, (int64_t)little32(b, 38) * 254 / 10000, (int64_t)little32(b, 42) * 254 / 10000);
}

static void read_webp(nc_bytes b, nc_image *image)
{
    if (HAS_AT(b, 12, "VP8X")) {
        image->width = little24(b, 24) + 1;
        image->height = little24(b, 27) + 1;
    } else if (HAS_AT(b, 12, "VP8L")) {
        uint32_t bits = little32(b, 21);

        image->width = (bits & 0x3fff) + 1;
        image->height = (bits >> 14 & 0x3fff) + 1;
    } else if (HAS_AT(b, 12, "VP8 ")) {
        image->width = little16(b, 26) & 0x3fff;
        image->height = little16(b, 28) & 0x3fff;
    }
}

/* ------------------------------------------------------------ TIFF, and EXIF, which is one */

typedef struct tiff {
    nc_bytes bytes;
    bool big;
    double x_resolution, y_resolution;
    int64_t width, height;
    uint32_t unit, orientation;
} tiff;

static uint32_t tiff16(const tiff *t, size_t at)
{
    return t->big ? big16(t->bytes, at) : little16(t->bytes, at);
}

static uint32_t tiff32(const tiff *t, size_t at)
{
    return t->big ? big32(t->bytes, at) : little32(t->bytes, at);
}

static double tiff_ratio(const tiff *t, size_t at)
{
    uint32_t below = tiff32(t, at + 4);

    return below ? (double)tiff32(t, at) / below : 0;
}

static void tiff_field(tiff *t, size_t at)
{
    uint32_t type = tiff16(t, at + 2);
    uint32_t value = type == 3 ? tiff16(t, at + 8) : tiff32(t, at + 8);

    switch (tiff16(t, at)) {
    case 256: t->width = value; break;
    case 257: t->height = value; break;
    case 274: t->orientation = value; break;
    case 282: t->x_resolution = tiff_ratio(t, value); break;
    case 283: t->y_resolution = tiff_ratio(t, value); break;
    case 296: t->unit = value; break;
    default: break;
    }
}

static void read_tiff(nc_bytes b, nc_image *image, bool is_exif)
{
    tiff t = { .bytes = b, .big = HAS_AT(b, 0, "MM"), .unit = 2 };
    size_t at = tiff32(&t, 4);
    double factor;
    uint32_t count;

    count = tiff16(&t, at);
    for (uint32_t i = 0; i < count && at + 2 + i * (size_t)12 < b.len; i++)
        tiff_field(&t, at + 2 + i * (size_t)12);
    factor = t.unit == 2 ? 1 : t.unit == 3 ? 2.54 : 0;
    if (t.x_resolution * factor < 1e6 && t.y_resolution * factor < 1e6)
        set_dpi(image, (int64_t)(t.x_resolution * factor), (int64_t)(t.y_resolution * factor));
    if (t.orientation >= 1 && t.orientation <= 8)
        image->orientation = (int)t.orientation;
    if (!is_exif) {
        image->width = t.width;
        image->height = t.height;
    }
}

/* ------------------------------------------------------------ JPEG */

static void read_jfif(nc_bytes b, size_t at, nc_image *image)
{
    uint32_t unit = byte_at(b, at + 7);

    if (unit == 1)
        set_dpi(image, big16(b, at + 8), big16(b, at + 10));
    else if (unit == 2)
        set_dpi(image, big16(b, at + 8) * 254 / 100, big16(b, at + 10) * 254 / 100);
}

static bool is_frame(uint32_t marker)
{
    return marker >= 0xc0 && marker <= 0xcf && marker != 0xc4 && marker != 0xc8 && marker != 0xcc;
}

static void read_jpeg(nc_bytes b, nc_image *image)
{
    size_t at = 2;
    nc_image exif = *image;

    for (int i = 0; i < MOST_BLOCKS && at + 4 <= b.len && byte_at(b, at) == 0xff; i++) {
        uint32_t marker = byte_at(b, at + 1);
        size_t body = at + 4;

        if (is_frame(marker)) {
            image->height = big16(b, body + 1);
            image->width = big16(b, body + 3);
            break;
        }
        if (marker == 0xe0 && HAS_AT(b, body, "JFIF\0"))
            read_jfif(b, body, image);
        if (marker == 0xe1 && HAS_AT(b, body, "Exif\0\0"))
            read_tiff(from(b, body + 6), &exif, true);
        at += marker == 0xff ? 1 : big16(b, at + 2) + (size_t)2;
    }
    image->orientation = exif.orientation;
    if (image->dpi_x == USUAL_DPI && image->dpi_y == USUAL_DPI)
        set_dpi(image, exif.dpi_x, exif.dpi_y);
}

/* ------------------------------------------------------------ vectors */

static double number_at(nc_bytes b, size_t *at)
{
    double value = 0, place = 1;
    bool minus = byte_at(b, *at) == '-', point = false;

    if (minus || byte_at(b, *at) == '+')
        ++*at;
    for (; *at < b.len && value < 1e12 && place > 1e-12; ++*at) {
        char c = b.ptr[*at];

        if (c == '.' && !point) {
            point = true;
        } else if (c >= '0' && c <= '9') {
            value = value * 10 + (c - '0');
            place = point ? place / 10 : 1;
        } else {
            break;
        }
    }
    return (minus ? -value : value) * place;
}

/* Four numbers apart by blanks or commas. */
static void four_numbers(nc_bytes b, size_t at, double out[4])
{
    for (int i = 0; i < 4; i++) {
        while (at < b.len && strchr(" \t\r\n,[", b.ptr[at]) && b.ptr[at])
            at++;
        out[i] = number_at(b, &at);
    }
}

/* A length of SVG in pixels of 1/96 inch; 0 if it is a share of something or no length. */
static double svg_length(nc_bytes b)
{
    static const struct {
        const char *unit;
        double pixels;
    } units[] = { { "px", 1 },         { "pt", 96.0 / 72 }, { "pc", 16 }, { "mm", 96 / 25.4 },
                  { "cm", 96 / 2.54 }, { "in", 96 },        { "em", 16 }, { "ex", 8 } };
    size_t at = 0;
    double value = number_at(b, &at);
    nc_bytes unit = from(b, at);

    if (at == 0 || byte_at(b, at) == '%')
        return 0;
    for (size_t i = 0; i < sizeof(units) / sizeof(units[0]); i++)
        if (has_at(unit, 0, units[i].unit, 2))
            return value * units[i].pixels;
    return value;
}

static bool is_blank(uint32_t c)
{
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

/* The value of attribute `name` in the start tag that `tag` begins with. */
static nc_bytes tag_attribute(nc_bytes tag, const char *name)
{
    size_t len = strlen(name), at = 1;

    while (at < tag.len && tag.ptr[at] != '>') {
        size_t begin = at, value;
        char quote;

        while (at < tag.len && tag.ptr[at] != '=' && tag.ptr[at] != '>' &&
               !is_blank(byte_at(tag, at)))
            at++;
        value = at;
        while (is_blank(byte_at(tag, value)))
            value++;
        if (byte_at(tag, value) != '=') {
            at = value > begin ? value : begin + 1;
            continue;
        }
        do {
            value++;
        } while (is_blank(byte_at(tag, value)));
        quote = (char)byte_at(tag, value);
        if (quote != '"' && quote != '\'')
            break;
        size_t end = ++value;
        while (end < tag.len && tag.ptr[end] != quote)
            end++;
        if (at - begin == len && memcmp(tag.ptr + begin, name, len) == 0)
            return (nc_bytes){ tag.ptr + value, (end < tag.len ? end : tag.len) - value };
        at = end + 1;
    }
    return (nc_bytes){ "", 0 };
}

static void read_svg(nc_bytes tag, nc_image *image)
{
    nc_bytes view = tag_attribute(tag, "viewBox");
    double box[4] = { 0 }, width = svg_length(tag_attribute(tag, "width")),
           height = svg_length(tag_attribute(tag, "height"));

    four_numbers(view, 0, box);
    if (box[2] > 0 && box[3] > 0) {
        if (width <= 0 && height <= 0) {
            width = box[2];
            height = box[3];
        }
        if (width <= 0)
            width = height * box[2] / box[3];
        if (height <= 0)
            height = width * box[3] / box[2];
    }
    image->dpi_x = image->dpi_y = SCREEN_DPI;
    if (width > 0 && height > 0 && width < 1e9 && height < 1e9) {
        image->width = width < 1 ? 1 : (int64_t)(width + 0.5);
        image->height = height < 1 ? 1 : (int64_t)(height + 0.5);
    }
}

/* Where `<svg` begins the root of an XML document; len when it does not. */
static size_t find_svg(nc_bytes b)
{
    size_t at = HAS_AT(b, 0, "\xef\xbb\xbf") ? 3 : 0, most = b.len < 65536 ? b.len : 65536;

    for (; at < most; at++) {
        const char *end = NULL;

        if (is_blank(byte_at(b, at)))
            continue;
        if (HAS_AT(b, at, "<svg") && (is_blank(byte_at(b, at + 4)) || byte_at(b, at + 4) == '>'))
            return at;
        if (HAS_AT(b, at, "<!--"))
            end = memmem(b.ptr + at, most - at, "-->", 3);
        else if (HAS_AT(b, at, "<?") || HAS_AT(b, at, "<!"))
            end = memchr(b.ptr + at, '>', most - at);
        if (!end)
            break;
        at = (size_t)(end - b.ptr) + (HAS_AT(b, at, "<!--") ? 2 : 0);
    }
    return b.len;
}

static void read_emf(nc_bytes b, nc_image *image)
{
    /* The frame is in hundredths of a millimetre. */
    int64_t width = (int32_t)little32(b, 32) - (int64_t)(int32_t)little32(b, 24);
    int64_t height = (int32_t)little32(b, 36) - (int64_t)(int32_t)little32(b, 28);

    image->dpi_x = image->dpi_y = SCREEN_DPI;
    image->width = width > 0 ? width * SCREEN_DPI / 2540 : 0;
    image->height = height > 0 ? height * SCREEN_DPI / 2540 : 0;
}

static void read_wmf(nc_bytes b, nc_image *image)
{
    image->width = (int16_t)little16(b, 10) - (int16_t)little16(b, 6);
    image->height = (int16_t)little16(b, 12) - (int16_t)little16(b, 8);
    set_dpi(image, little16(b, 14), little16(b, 14));
}

/* The box named by `key`, in points. */
static void read_box(nc_bytes b, const char *key, nc_image *image)
{
    size_t most = b.len < 1 << 20 ? b.len : 1 << 20;
    const char *found = memmem(b.ptr, most, key, strlen(key));
    double box[4];

    if (!found)
        return;
    four_numbers(b, (size_t)(found - b.ptr) + strlen(key), box);
    if (box[2] > box[0] && box[3] > box[1] && box[2] - box[0] < 1e9 && box[3] - box[1] < 1e9) {
        image->width = (int64_t)(box[2] - box[0] + 0.5);
        image->height = (int64_t)(box[3] - box[1] + 0.5);
    }
}

/* ------------------------------------------------------------ by magic number */

static nc_image_kind find_kind(nc_bytes b)
{
    if (HAS_AT(b, 0, "\x89PNG\r\n\x1a\n"))
        return NC_IMAGE_PNG;
    if (HAS_AT(b, 0, "\xff\xd8\xff"))
        return NC_IMAGE_JPEG;
    if (HAS_AT(b, 0, "GIF87a") || HAS_AT(b, 0, "GIF89a"))
        return NC_IMAGE_GIF;
    if (HAS_AT(b, 0, "II*\0") || HAS_AT(b, 0, "MM\0*"))
        return NC_IMAGE_TIFF;
    if (HAS_AT(b, 0, "RIFF") && HAS_AT(b, 8, "WEBP"))
        return NC_IMAGE_WEBP;
    if (HAS_AT(b, 4, "ftypavif") || HAS_AT(b, 4, "ftypavis"))
        return NC_IMAGE_AVIF;
    if (HAS_AT(b, 0, "\x01\0\0\0") && HAS_AT(b, 40, " EMF"))
        return NC_IMAGE_EMF;
    if (HAS_AT(b, 0, "\xd7\xcd\xc6\x9a"))
        return NC_IMAGE_WMF;
    if (HAS_AT(b, 0, "%PDF-"))
        return NC_IMAGE_PDF;
    if (HAS_AT(b, 0, "%!PS-Adobe"))
        return NC_IMAGE_EPS;
    if (HAS_AT(b, 0, "BM") && b.len >= 26 && little32(b, 14) >= 12 && little32(b, 14) <= 200)
        return NC_IMAGE_BMP;
    return find_svg(b) < b.len ? NC_IMAGE_SVG : NC_IMAGE_NONE;
}

nc_image nc_image_read(nc_bytes bytes)
{
    nc_image image = { .dpi_x = USUAL_DPI, .dpi_y = USUAL_DPI, .orientation = 1 };

    if (!bytes.len)
        return image;
    image.kind = find_kind(bytes);
    switch (image.kind) {
    case NC_IMAGE_PNG: read_png(bytes, &image); break;
    case NC_IMAGE_JPEG: read_jpeg(bytes, &image); break;
    case NC_IMAGE_GIF: read_gif(bytes, &image); break;
    case NC_IMAGE_BMP: read_bmp(bytes, &image); break;
    case NC_IMAGE_TIFF: read_tiff(bytes, &image, false); break;
    case NC_IMAGE_WEBP: read_webp(bytes, &image); break;
    case NC_IMAGE_SVG: read_svg(from(bytes, find_svg(bytes)), &image); break;
    case NC_IMAGE_EMF: read_emf(bytes, &image); break;
    case NC_IMAGE_WMF: read_wmf(bytes, &image); break;
    case NC_IMAGE_PDF: read_box(bytes, "/MediaBox", &image); break;
    case NC_IMAGE_EPS: read_box(bytes, "%%BoundingBox:", &image); break;
    default: break;
    }
    if (image.width <= 0 || image.height <= 0)
        image.width = image.height = 0;
    return image;
}
