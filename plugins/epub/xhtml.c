/* SPDX-License-Identifier: MIT */
/* XHTML for an HTML parser: what XML writes otherwise is written as HTML does. Clean pages are left
 * as they are.
 *
 *     <a id="x"/>         <a id="x"></a>
 *     <![CDATA[a < b]]>   a &lt; b
 *     <!DOCTYPE html [ … ]>   goes */
#include "plugins/epub/epub.h"

#include <strings.h>

typedef struct rewriter {
    nc_bytes page;
    size_t copied; /* what has been written or passed over */
    nc_buf buf;
} rewriter;

static bool begins(nc_bytes page, size_t at, const char *with)
{
    size_t length = strlen(with);

    return page.len - at >= length && memcmp(page.ptr + at, with, length) == 0;
}

/* The place behind the next `what`, the end when there is none. */
static size_t behind(nc_bytes page, size_t at, const char *what)
{
    const char *found =
        at < page.len ? memmem(page.ptr + at, page.len - at, what, strlen(what)) : NULL;

    return found ? (size_t)(found - page.ptr) + strlen(what) : page.len;
}

static void copy_to(rewriter *out, size_t at)
{
    nc_put(&out->buf, (nc_bytes){ out->page.ptr + out->copied, at - out->copied });
    out->copied = at;
}

static bool ends_name(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '/' || c == '>';
}

static bool is_void(nc_bytes name)
{
    static const char *const names[] = {
        "area",  "base", "br",   "col",   "embed",  "hr",    "img",
        "input", "link", "meta", "param", "source", "track", "wbr"
    };

    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (name.len == strlen(names[i]) && strncasecmp(name.ptr, names[i], name.len) == 0)
            return true;
    return false;
}

/* A tag from '<' on; returns the place behind it. */
static size_t read_tag(rewriter *out, size_t start)
{
    nc_bytes page = out->page, name = { page.ptr + start + 1, 0 };
    size_t at = start + 1;
    char quote = 0;

    while (at < page.len && !ends_name(page.ptr[at]))
        at++;
    name.len = at - start - 1;
    for (; at < page.len && (quote || page.ptr[at] != '>'); at++)
        if (quote ? page.ptr[at] == quote : page.ptr[at] == '"' || page.ptr[at] == '\'')
            quote = quote ? 0 : page.ptr[at];
    if (at >= page.len)
        return page.len;
    if (page.ptr[at - 1] == '/' && at - 1 > start && !is_void(name)) {
        copy_to(out, at - 1);
        nc_put_char(&out->buf, '>');
        NC_PUT(&out->buf, "</");
        nc_put(&out->buf, name);
        out->copied = at;
    }
    return at + 1;
}

static size_t read_cdata(rewriter *out, size_t start)
{
    size_t body = start + strlen("<![CDATA["), end = behind(out->page, body, "]]>");
    size_t last = end < out->page.len || begins(out->page, end - 3, "]]>") ? end - 3 : end;

    copy_to(out, start);
    for (size_t i = body; i < last; i++)
        if (out->page.ptr[i] == '<')
            NC_PUT(&out->buf, "&lt;");
        else if (out->page.ptr[i] == '&')
            NC_PUT(&out->buf, "&amp;");
        else
            nc_put_char(&out->buf, out->page.ptr[i]);
    out->copied = end;
    return end;
}

/* An internal subset: HTML ends the declaration at its first '>'. */
static size_t read_doctype(rewriter *out, size_t start)
{
    size_t end = behind(out->page, start, ">"), subset = behind(out->page, start, "[");

    if (subset >= end)
        return end;
    copy_to(out, start);
    end = behind(out->page, behind(out->page, subset, "]"), ">");
    out->copied = end;
    return end;
}

static size_t read_markup(rewriter *out, size_t at)
{
    nc_bytes page = out->page;

    if (begins(page, at, "<!--"))
        return behind(page, at + 4, "-->");
    if (begins(page, at, "<![CDATA["))
        return read_cdata(out, at);
    if (begins(page, at, "<!DOCTYPE"))
        return read_doctype(out, at);
    if (begins(page, at, "<?"))
        return behind(page, at, ">");
    return read_tag(out, at);
}

nc_bytes epub_html(nc_job *job, nc_bytes page)
{
    rewriter out = { .page = page };
    nc_bytes result;
    const char *tag;

    if (nc_utf8_valid(page) != page.len) /* another encoding: the HTML reader finds out which */
        return nc_copy(job, page);
    nc_buf_open(&out.buf, job);
    for (size_t at = 0; at < page.len && (tag = memchr(page.ptr + at, '<', page.len - at));)
        at = read_markup(&out, (size_t)(tag - page.ptr));
    if (out.copied)
        copy_to(&out, page.len);
    result = nc_copy(job, out.copied ? (nc_bytes){ out.buf.ptr, out.buf.len } : page);
    nc_buf_close(&out.buf);
    return result;
}
