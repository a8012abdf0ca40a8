/* SPDX-License-Identifier: MIT */
/* A drawing in a page as a data: address, and tags that are kept as raw HTML. Markup is spelt as
 * pandoc spells it: attributes in double quotes, apart by one blank, elements without content
 * closed in their start tag. */
#include "plugins/html/read.h"

typedef struct markup_writer {
    char *out;
    size_t len;
    bool minimize; /* close empty elements of some names in their start tag */
} markup_writer;

static void put(markup_writer *w, nc_bytes text)
{
    if (text.len)
        memcpy(w->out + w->len, text.ptr, text.len);
    w->len += text.len;
}

static void put_lower(markup_writer *w, nc_bytes text)
{
    for (size_t i = 0; i < text.len; i++) {
        char c = text.ptr[i];

        w->out[w->len++] = c >= 'A' && c <= 'Z' ? (char)(c + 'a' - 'A') : c;
    }
}

/* References in `text` stay; characters that would be markup become some. */
static void put_escaped(markup_writer *w, nc_bytes text)
{
    for (size_t i = 0; i < text.len; i++)
        switch (text.ptr[i]) {
        case '"': put(w, NC_LITERAL("&quot;")); break;
        case '<': put(w, NC_LITERAL("&lt;")); break;
        case '>': put(w, NC_LITERAL("&gt;")); break;
        default: w->out[w->len++] = text.ptr[i];
        }
}

static nc_bytes rest(nc_bytes text, size_t from)
{
    return from < text.len ? (nc_bytes){ text.ptr + from, text.len - from }
                           : (nc_bytes){ text.ptr + text.len, 0 };
}

static size_t name_length(nc_bytes text, const char *stops)
{
    size_t len = 0;

    while (len < text.len && !html_is_space(text.ptr[len]) && text.ptr[len] &&
           !strchr(stops, text.ptr[len]))
        len++;
    return len;
}

/* One attribute at the start of `in`; what is behind it. */
static nc_bytes put_attribute(markup_writer *w, nc_bytes in)
{
    size_t len = name_length(in, "=>/");
    nc_bytes after = html_trimmed(rest(in, len)), value;

    put(w, NC_LITERAL(" "));
    put_lower(w, (nc_bytes){ in.ptr, len });
    if (!after.len || after.ptr[0] != '=')
        return rest(in, len ? len : 1);
    after = html_trimmed(rest(after, 1));
    if (after.len && (after.ptr[0] == '"' || after.ptr[0] == '\'')) {
        const char *end = memchr(after.ptr + 1, after.ptr[0], after.len - 1);

        value = (nc_bytes){ after.ptr + 1, end ? (size_t)(end - after.ptr) - 1 : after.len - 1 };
        after = rest(after, value.len + 2);
    } else {
        value = (nc_bytes){ after.ptr, name_length(after, ">") };
        after = rest(after, value.len);
    }
    if (!value.len && !w->minimize) /* as pandoc writes it */
        return after;
    put(w, NC_LITERAL("=\""));
    put_escaped(w, value);
    put(w, NC_LITERAL("\""));
    return after;
}

/* The tag at the start of `in`, a '<'; what is behind it. */
static nc_bytes put_tag(markup_writer *w, nc_bytes in)
{
    bool closing = in.len > 1 && in.ptr[1] == '/', self = false, minimal;
    size_t name = name_length(rest(in, closing ? 2 : 1), ">/");
    nc_bytes label = { in.ptr + (closing ? 2 : 1), name };

    put(w, closing ? NC_LITERAL("</") : NC_LITERAL("<"));
    put_lower(w, label);
    minimal = w->minimize && (nc_is(label, "path") || nc_is(label, "use") || nc_is(label, "rect"));
    in = rest(in, name + (closing ? 2 : 1));
    for (in = html_trimmed(in); in.len && in.ptr[0] != '>'; in = html_trimmed(in)) {
        self = in.ptr[0] == '/';
        in = self ? rest(in, 1) : put_attribute(w, in);
    }
    in = rest(in, 1);
    if (!closing && !self && minimal && in.len > name + 2 && in.ptr[0] == '<' && in.ptr[1] == '/' &&
        memcmp(in.ptr + 2, label.ptr, name) == 0 && in.ptr[name + 2] == '>') {
        self = true;
        in = rest(in, name + 3);
    }
    put(w, self && minimal ? NC_LITERAL(" />") : NC_LITERAL(">"));
    if (self && !minimal && !closing && w->minimize) {
        put(w, NC_LITERAL("</"));
        put_lower(w, label);
        put(w, NC_LITERAL(">"));
    }
    return in;
}

static nc_bytes put_comment(markup_writer *w, nc_bytes in)
{
    size_t len = 4;

    while (len < in.len &&
           !(in.ptr[len - 1] == '>' && in.ptr[len - 2] == '-' && in.ptr[len - 3] == '-'))
        len++;
    put(w, (nc_bytes){ in.ptr, len });
    return rest(in, len);
}

static nc_bytes base64(nc_job *job, nc_bytes prefix, nc_bytes bytes)
{
    static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    char *out = nc_alloc(job, prefix.len + (bytes.len + 2) / 3 * 4);
    size_t len = prefix.len;

    if (!out)
        return (nc_bytes){ "", 0 };
    memcpy(out, prefix.ptr, prefix.len);
    for (size_t i = 0; i < bytes.len; i += 3) {
        size_t left = bytes.len - i;
        uint32_t three = (uint32_t)(unsigned char)bytes.ptr[i] << 16;

        three |= left > 1 ? (uint32_t)(unsigned char)bytes.ptr[i + 1] << 8 : 0;
        three |= left > 2 ? (unsigned char)bytes.ptr[i + 2] : 0;
        out[len++] = digits[three >> 18];
        out[len++] = digits[three >> 12 & 63];
        out[len++] = left > 1 ? digits[three >> 6 & 63] : '=';
        out[len++] = left > 2 ? digits[three & 63] : '=';
    }
    return (nc_bytes){ out, len };
}

/* The tag that `source` begins with. */
static nc_bytes first_tag(nc_bytes source)
{
    char quote = 0;

    for (size_t i = 0; i < source.len; i++) {
        char c = source.ptr[i];

        if (quote)
            quote = c == quote ? 0 : quote;
        else if (c == '"' || c == '\'')
            quote = c;
        else if (c == '>')
            return (nc_bytes){ source.ptr, i + 1 };
    }
    return (nc_bytes){ "", 0 };
}

nc_bytes html_start_tag(html_reader *reader, const dom_node *element)
{
    nc_bytes in = first_tag(dom_source(element));
    markup_writer w = { in.len && in.len < SIZE_MAX / 8 ? nc_alloc(reader->job, in.len * 6 + 64)
                                                        : NULL,
                        0, false };

    if (!w.out)
        return (nc_bytes){ "", 0 };
    put_tag(&w, in);
    return (nc_bytes){ w.out, w.len };
}

nc_bytes html_svg_address(html_reader *reader, const dom_node *element)
{
    nc_bytes in = dom_source(element);
    markup_writer w = { in.len < SIZE_MAX / 8 ? nc_alloc(reader->job, in.len * 6 + 64) : NULL, 0,
                        true };

    while (w.out && in.len) {
        const char *less = memchr(in.ptr, '<', in.len);
        size_t text = less ? (size_t)(less - in.ptr) : in.len;

        put_escaped(&w, (nc_bytes){ in.ptr, text });
        in = rest(in, text);
        if (in.len > 3 && memcmp(in.ptr, "<!--", 4) == 0)
            in = put_comment(&w, in);
        else if (in.len)
            in = put_tag(&w, in);
    }
    return base64(reader->job, NC_LITERAL("data:image/svg+xml;base64,"),
                  (nc_bytes){ w.out, w.len });
}
