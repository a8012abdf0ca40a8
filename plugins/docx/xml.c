/* SPDX-License-Identifier: MIT */
/* XML out: escaping. XML in: a scanner that checks form, for raw markup and reference documents.
 * It knows no entities but the five and refuses a DOCTYPE, so there is nothing to expand or to
 * fetch. */
#include "docx.h"
#include "core/xml_out.h"

void docx_put_escaped(docx *d, nc_buf *buf, nc_bytes text)
{
    (void)d;
    nc_put_xml(buf, text, false);
}

nc_bytes docx_escaped(docx *d, nc_bytes text)
{
    nc_buf buf;
    nc_bytes out;

    nc_buf_open(&buf, d->job);
    docx_put_escaped(d, &buf, text);
    out = nc_copy(d->job, (nc_bytes){ buf.ptr, buf.len });
    nc_buf_close(&buf);
    return out;
}

/* ------------------------------------------------------------ scanning */

static bool is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

static bool is_name(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == ':' ||
           c == '_' || c == '-' || c == '.' || (unsigned char)c >= 0x80;
}

static nc_bytes take_name(nc_bytes *in)
{
    nc_bytes name = { in->ptr, 0 };

    while (name.len < in->len && is_name(in->ptr[name.len]))
        name.len++;
    in->ptr += name.len;
    in->len -= name.len;
    return name;
}

static void skip_blanks(nc_bytes *in)
{
    while (in->len && is_blank(*in->ptr)) {
        in->ptr++;
        in->len--;
    }
}

/* Whether `text` begins with a reference to a character that XML 1.0 allows: &#9; or &#x2014; */
static bool is_character_reference(nc_bytes text)
{
    bool hex = text.len > 2 && text.ptr[2] == 'x';
    size_t at = hex ? 3 : 2, from = at;
    uint32_t c = 0;

    if (text.len < 4 || text.ptr[1] != '#')
        return false;
    for (; at < text.len && c < 0x110000; at++) {
        char lower = (char)(text.ptr[at] | 32);

        if (text.ptr[at] >= '0' && text.ptr[at] <= '9')
            c = c * (hex ? 16 : 10) + (uint32_t)(text.ptr[at] - '0');
        else if (hex && lower >= 'a' && lower <= 'f')
            c = c * 16 + (uint32_t)(lower - 'a') + 10;
        else
            break;
    }
    return at > from && at < text.len && text.ptr[at] == ';' &&
           (c == 9 || c == 10 || c == 13 || (c >= 0x20 && c < 0xd800) ||
            (c >= 0xe000 && c < 0xfffe) || (c >= 0x10000 && c < 0x110000));
}

/* Whether every & begins one of the references that XML knows by itself. */
static bool references_are_known(nc_bytes text)
{
    static const char *const known[] = { "&amp;", "&lt;", "&gt;", "&quot;", "&apos;" };

    for (const char *at = text.ptr, *end = text.ptr + text.len;
         at < end && (at = memchr(at, '&', (size_t)(end - at))) != NULL; at++) {
        nc_bytes rest = { at, (size_t)(end - at) };
        bool good = is_character_reference(rest);

        for (size_t i = 0; !good && i < sizeof(known) / sizeof(known[0]); i++)
            good = rest.len >= strlen(known[i]) && memcmp(at, known[i], strlen(known[i])) == 0;
        if (!good)
            return false;
    }
    return true;
}

bool docx_xml_attribute(nc_bytes *attributes, nc_bytes *name, nc_bytes *value)
{
    const char *end;
    char quote;

    skip_blanks(attributes);
    *name = take_name(attributes);
    skip_blanks(attributes);
    if (!name->len || !attributes->len || *attributes->ptr != '=')
        return false;
    attributes->ptr++;
    attributes->len--;
    skip_blanks(attributes);
    quote = attributes->len ? *attributes->ptr : 0;
    if (quote != '"' && quote != '\'')
        return false;
    end = memchr(attributes->ptr + 1, quote, attributes->len - 1);
    if (!end)
        return false;
    *value = (nc_bytes){ attributes->ptr + 1, (size_t)(end - attributes->ptr) - 1 };
    attributes->len -= (size_t)(end + 1 - attributes->ptr);
    attributes->ptr = end + 1;
    return !memchr(value->ptr, '<', value->len) && references_are_known(*value);
}

static bool attributes_are_good(nc_bytes attributes)
{
    nc_bytes name, value;

    for (;;) {
        skip_blanks(&attributes);
        if (!attributes.len)
            return true;
        if (!docx_xml_attribute(&attributes, &name, &value))
            return false;
    }
}

/* Where the tag that begins at `at` ends: behind its >; 0 if it does not. */
static size_t tag_end(nc_bytes in, size_t at)
{
    char quote = 0;

    for (; at < in.len; at++) {
        char c = in.ptr[at];

        if (quote)
            quote = c == quote ? 0 : quote;
        else if (c == '"' || c == '\'')
            quote = c;
        else if (c == '>')
            return at + 1;
    }
    return 0;
}

static xml_event scan_tag(xml_scanner *s)
{
    size_t end = tag_end(s->in, s->at);
    nc_bytes tag;
    bool closing;

    if (!end)
        return XML_ERROR;
    s->whole = (nc_bytes){ s->in.ptr + s->at, end - s->at };
    s->at = end;
    tag = (nc_bytes){ s->whole.ptr + 1, s->whole.len - 2 };
    closing = tag.len && *tag.ptr == '/';
    s->empty = !closing && tag.len && tag.ptr[tag.len - 1] == '/';
    if (closing)
        tag = (nc_bytes){ tag.ptr + 1, tag.len - 1 };
    if (s->empty)
        tag.len--;
    s->name = take_name(&tag);
    s->attributes = tag;
    if (!s->name.len || (tag.len && !is_blank(*tag.ptr)))
        return XML_ERROR;
    if (closing) {
        skip_blanks(&tag);
        return tag.len ? XML_ERROR : XML_CLOSE;
    }
    return attributes_are_good(tag) ? XML_START : XML_ERROR;
}

/* Pass over a comment or processing instruction; false when it is something else, or has no end. */
static bool skip_aside(xml_scanner *s, const char *begin, const char *end)
{
    size_t left = s->in.len - s->at, len = strlen(begin);
    const char *found;

    if (left < len || memcmp(s->in.ptr + s->at, begin, len) != 0)
        return false;
    found = memmem(s->in.ptr + s->at + len, left - len, end, strlen(end));
    if (!found)
        return false;
    s->at = (size_t)(found - s->in.ptr) + strlen(end);
    return true;
}

xml_event docx_xml_next(xml_scanner *s)
{
    while (s->at < s->in.len && s->in.ptr[s->at] == '<' &&
           (skip_aside(s, "<!--", "-->") || skip_aside(s, "<?", "?>")))
        ;
    if (s->at >= s->in.len)
        return XML_END;
    if (s->in.ptr[s->at] != '<') {
        const char *next = memchr(s->in.ptr + s->at, '<', s->in.len - s->at);
        size_t end = next ? (size_t)(next - s->in.ptr) : s->in.len;

        s->whole = (nc_bytes){ s->in.ptr + s->at, end - s->at };
        s->at = end;
        return references_are_known(s->whole) ? XML_TEXT : XML_ERROR;
    }
    return scan_tag(s);
}
