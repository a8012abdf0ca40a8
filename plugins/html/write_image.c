/* SPDX-License-Identifier: MIT */
/* Pictures, sounds and films as HTML. */
#include "plugins/html/write_rules.h"

/* ---------------------------------------------------------------- sizes */

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* `12.5` at the start of `text`; returns its bytes, 0 if there is no number. */
static size_t parse_number(nc_bytes text, double *number)
{
    double value = 0, place = 1;
    size_t at = 0, point;

    for (; at < text.len && is_digit(text.ptr[at]); at++)
        value = value * 10 + (text.ptr[at] - '0');
    if (!at || at > 15)
        return 0;
    point = at;
    if (at < text.len && text.ptr[at] == '.') {
        for (at++; at < text.len && is_digit(text.ptr[at]); at++)
            value += (text.ptr[at] - '0') * (place /= 10);
        if (at == point + 1)
            return 0;
    }
    *number = value;
    return at;
}

/* A number with at most five decimals and at least `least` of them. */
static nc_bytes print_number(nc_job *job, double number, size_t least)
{
    nc_bytes text = nc_print(job, "%.5f", number);
    size_t point = text.len > 6 ? text.len - 6 : 0;

    while (text.len > point + 1 + least && text.ptr[text.len - 1] == '0')
        text.len--;
    if (text.len == point + 1)
        text.len--;
    return text;
}

typedef struct dimension {
    const char *name;
    bool pixels, other; /* a whole number of pixels; a length for a style */
    nc_bytes text;
} dimension;

static dimension parse_dimension(nc_job *job, const nc_node *image, const char *name)
{
    static const char *const units[] = { "cm", "mm", "in", "em", "pt", "pc" };
    nc_bytes value = nc_attr_value(image->attr, name), unit;
    dimension d = { .name = name };
    double number = 0;
    size_t count = value.ptr ? parse_number(value, &number) : 0;

    if (!value.ptr)
        return d;
    unit = (nc_bytes){ value.ptr + count, value.len - count };
    d.pixels = count && (!unit.len || nc_is(unit, "px"));
    if (d.pixels) {
        d.text = nc_print(job, "%lld", (long long)number);
        return d;
    }
    if (nc_is(unit, "inch"))
        unit = NC_LITERAL("in");
    d.other = nc_is(unit, "%");
    for (size_t i = 0; i < sizeof units / sizeof *units; i++)
        d.other = d.other || nc_is(unit, units[i]);
    d.other = d.other && count;
    if (!d.other)
        nc_warn(job, image, NC_WARN_LOSS, "the %s of an image was left out: %.*s is no length",
                name, (int)value.len, value.ptr);
    d.text = print_number(job, number, nc_is(unit, "%") ? 1 : 0);
    d.text = nc_print(job, "%.*s%.*s", (int)d.text.len, d.text.ptr, (int)unit.len, unit.ptr);
    return d;
}

/* ---------------------------------------------------------------- attributes */

static void style_part(html_writer *w, bool *any, const char *name, nc_bytes value)
{
    if (*any) {
        HTML_PUT(w, ";");
    } else {
        html_gap(w);
        HTML_PUT(w, "style=\"");
    }
    *any = true;
    nc_put(w->buf, nc_string(name));
    if (name[0])
        HTML_PUT(w, ":");
    html_escape_quotes(w, value);
}

static void style_attribute(html_writer *w, const nc_attr *attr, const dimension *width,
                            const dimension *height)
{
    nc_bytes own = nc_attr_value(attr, "style");
    bool any = false;

    if (own.ptr)
        style_part(w, &any, "", own);
    if (width->other)
        style_part(w, &any, "width", width->text);
    if (height->other)
        style_part(w, &any, "height", height->text);
    if (any)
        HTML_PUT(w, "\"");
}

/* All pairs but those that have become a style or a size. */
static void other_pairs(html_writer *w, const nc_node *node)
{
    const nc_attr *attr = node->attr;
    nc_pair *rest = nc_alloc(w->job, (attr->pair_count + 1) * sizeof *rest);
    nc_attr others = { .pairs = rest };

    for (size_t i = 0; rest && i < attr->pair_count; i++) {
        nc_bytes key = attr->pairs[i].key;
        if (!nc_is(key, "style") && !nc_is(key, "width") && !nc_is(key, "height"))
            rest[others.pair_count++] = attr->pairs[i];
    }
    html_pairs(w, node, &others, NULL);
}

static void media_attributes(html_writer *w, const nc_node *node)
{
    const nc_attr *attr = node->attr;
    const nc_target *target = node->target;
    dimension width = parse_dimension(w->job, node, "width"),
              height = parse_dimension(w->job, node, "height");

    html_attribute(w, "src", target->url);
    if (target->title.len)
        html_attribute(w, "title", target->title);
    html_id(w, attr);
    html_classes(w, attr, NULL);
    style_attribute(w, attr, &width, &height);
    if (attr && attr->pair_count)
        other_pairs(w, node);
    if (width.pixels)
        html_attribute(w, "width", width.text);
    if (height.pixels)
        html_attribute(w, "height", height.text);
}

/* ---------------------------------------------------------------- sounds and films */

static bool is_one_of(nc_bytes word, const char *words)
{
    for (const char *at = words; *at;) {
        size_t len = strcspn(at, " ");
        if (nc_same(word, (nc_bytes){ at, len }))
            return true;
        at += len + (at[len] == ' ');
    }
    return false;
}

/* What is no picture. Outside --raw, addresses of programs that make pictures are pictures. */
static const char *embed_element(nc_bytes extension, bool raw)
{
    static const char others[] =
        "php html htm xhtml swf txt json js css xml pl py zip doc docx eps ps "
        "tex md csv ogx m3u8 ts img dll exe ttf woff";

    return nc_is(extension, "pdf") || (raw && is_one_of(extension, others)) ? "embed" : NULL;
}

/* What the extension of a file says that it is: "audio", "video", "embed", or NULL. */
static const char *media_element(nc_bytes url, bool raw)
{
    static const char videos[] = "mp4 m4v mov qt webm ogv mpg mpeg mpe m2v avi wmv asf flv mkv 3gp";
    static const char sounds[] =
        "mp3 ogg oga wav aac flac m4a mid midi wma aif aiff mpga weba opus rm "
        "ra au snd spx";
    char bytes[8];
    nc_bytes extension = { bytes, 0 };
    size_t end = 0, at;

    while (end < url.len && url.ptr[end] != '?' && url.ptr[end] != '#')
        end++;
    for (at = end; at > 0 && url.ptr[at - 1] != '.' && url.ptr[at - 1] != '/';)
        at--;
    if (!at || url.ptr[at - 1] != '.' || end - at >= sizeof bytes ||
        (url.len > 5 && memcmp(url.ptr, "data:", 5) == 0))
        return NULL;
    for (; at < end; at++) {
        bool upper = url.ptr[at] >= 'A' && url.ptr[at] <= 'Z';
        bytes[extension.len++] = upper ? (char)(url.ptr[at] | 32) : url.ptr[at];
    }
    if (is_one_of(extension, videos))
        return "video";
    return is_one_of(extension, sounds) ? "audio" : embed_element(extension, raw);
}

static void put_embed(html_writer *w, const nc_node *node)
{
    nc_bytes text = nc_stringify(w->job, node);

    if (text.len)
        nc_warn(w->job, node, NC_WARN_LOSS,
                "the description of what is no picture was left out: %.*s", (int)text.len,
                text.ptr);
    HTML_PUT(w, "<embed");
    media_attributes(w, node);
    HTML_PUT(w, " />");
}

static void put_media(html_writer *w, const nc_node *node, const char *element)
{
    nc_bytes text = nc_stringify(w->job, node);

    HTML_PUT(w, "<");
    nc_put(w->buf, nc_string(element));
    media_attributes(w, node);
    html_attribute(w, "controls", NC_LITERAL(""));
    HTML_PUT(w, "><a");
    html_attribute(w, "href", node->target->url);
    HTML_PUT(w, ">");
    html_escape(w, text.len ? text : element[0] == 'a' ? NC_LITERAL("Audio") : NC_LITERAL("Video"));
    HTML_PUT(w, "</a>");
    html_close(w, element);
}

bool html_image_open(nc_out *out, const nc_node *node)
{
    html_writer *w = html_writer_of(out);
    const char *element = media_element(node->target->url, nc_job_settings(w->job)->raw);
    nc_bytes alt;

    if (element && element[0] == 'e') {
        put_embed(w, node);
        return false;
    }
    if (element) {
        put_media(w, node, element);
        return false;
    }
    alt = nc_attr_value(node->attr, "alt").ptr ? (nc_bytes){ NULL, 0 } : nc_stringify(w->job, node);
    HTML_PUT(w, "<img");
    media_attributes(w, node);
    if (alt.len)
        html_attribute(w, "alt", alt);
    HTML_PUT(w, " />");
    return false;
}
