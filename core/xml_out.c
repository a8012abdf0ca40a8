/* SPDX-License-Identifier: MIT */
/* XML out: escaping. */
#include "core/xml_out.h"

static void warn_of_character(nc_job *job, uint32_t character)
{
    nc_warn(job, NULL, NC_WARN_CHARACTER, "the character U+%04X cannot stand in XML; dropped",
            (unsigned)character);
}

/* U+FFFE and U+FFFF, the two beyond the controls that XML 1.0 forbids. */
static bool is_noncharacter(nc_bytes text, size_t at)
{
    return text.len - at >= 3 && (unsigned char)text.ptr[at + 1] == 0xbf &&
           (unsigned char)text.ptr[at + 2] >= 0xbe;
}

/* What takes the place of the byte at `at`, and how many bytes of text that is; {NULL, 0}:
 * itself. */
static nc_bytes replacement(nc_job *job, nc_bytes text, size_t at, size_t *taken)
{
    unsigned char c = (unsigned char)text.ptr[at];

    *taken = 1;
    switch (c) {
    case '&': return NC_LITERAL("&amp;");
    case '<': return NC_LITERAL("&lt;");
    case '>': return NC_LITERAL("&gt;");
    case '"': return NC_LITERAL("&quot;");
    case '\t':
    case '\n':
    case '\r': return NC_LITERAL(" ");
    case 0xef:
        if (!is_noncharacter(text, at))
            return (nc_bytes){ NULL, 0 };
        *taken = 3;
        warn_of_character(job, 0xff40u | (unsigned char)text.ptr[at + 2]);
        return NC_LITERAL("");
    default:
        if (c >= 0x20)
            return (nc_bytes){ NULL, 0 };
        warn_of_character(job, c);
        return NC_LITERAL("");
    }
}

void nc_put_xml(nc_buf *buf, nc_bytes text, bool lines)
{
    size_t from = 0, taken;

    for (size_t at = 0; at < text.len; at += taken) {
        nc_bytes instead;

        if (lines && (text.ptr[at] == '\n' || text.ptr[at] == '\t')) {
            taken = 1;
            continue;
        }
        instead = replacement(buf->job, text, at, &taken);
        if (!instead.ptr)
            continue;
        nc_put(buf, (nc_bytes){ text.ptr + from, at - from });
        nc_put(buf, instead);
        from = at + taken;
    }
    if (text.len)
        nc_put(buf, (nc_bytes){ text.ptr + from, text.len - from });
}

void nc_put_xml_attribute(nc_buf *buf, const char *name, nc_bytes value)
{
    if (!value.len)
        return;
    nc_put_char(buf, ' ');
    nc_put(buf, nc_string(name));
    NC_PUT(buf, "=\"");
    nc_put_xml(buf, value, false);
    nc_put_char(buf, '"');
}

void nc_put_xml_element(nc_buf *buf, const char *name, nc_bytes text)
{
    if (!text.len)
        return;
    nc_put_char(buf, '<');
    nc_put(buf, nc_string(name));
    nc_put_char(buf, '>');
    nc_put_xml(buf, text, false);
    NC_PUT(buf, "</");
    nc_put(buf, nc_string(name));
    NC_PUT(buf, ">\n");
}
