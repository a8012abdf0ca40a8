/* SPDX-License-Identifier: MIT */
/* What the first bytes of a page say: whether it is HTML at all, and in which encoding it claims to
 * be. */
#include "plugins/html/html.h"

static char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c + 'a' - 'A') : c;
}

static bool blank(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f';
}

static bool starts_with(nc_bytes text, const char *prefix)
{
    size_t len = strlen(prefix);

    if (text.len < len)
        return false;
    for (size_t i = 0; i < len; i++)
        if (lower(text.ptr[i]) != prefix[i])
            return false;
    return true;
}

static nc_bytes skip(nc_bytes text, size_t count)
{
    return (nc_bytes){ text.ptr + count, text.len - count };
}

static nc_bytes skip_blanks(nc_bytes text)
{
    while (text.len && blank(text.ptr[0]))
        text = skip(text, 1);
    return text;
}

/* From the next `needle` on, or empty. */
static nc_bytes find(nc_bytes text, const char *needle)
{
    while (text.len && !starts_with(text, needle))
        text = skip(text, 1);
    return text;
}

/* Behind leading white space, a byte order mark, comments and an XML declaration. */
static nc_bytes skip_prologue(nc_bytes head)
{
    static const char *const openings[] = { "\xEF\xBB\xBF", "<!--", "<?" };
    static const char *const endings[] = { "", "-->", ">" };

    for (size_t i = 0; i < 3;) {
        head = skip_blanks(head);
        if (!starts_with(head, openings[i])) {
            i++;
            continue;
        }
        head = find(skip(head, strlen(openings[i])), endings[i]);
        head = skip(head, head.len ? strlen(endings[i]) : 0);
        i = 0;
    }
    return head;
}

static bool tag_follows(nc_bytes text, const char *const *names)
{
    for (; *names; names++) {
        size_t len = strlen(*names);
        char end = text.len > len ? text.ptr[len] : ' ';

        if (starts_with(text, *names) && (blank(end) || end == '>' || end == '/'))
            return true;
    }
    return false;
}

int html_probe(nc_bytes head, const char *name)
{
    static const char *const certain[] = { "<!doctype html", "<html", "<head", "<body", NULL };
    static const char *const likely[] = { "<title",   "<meta",   "<script", "<style",      "<link",
                                          "<base",    "<p",      "<div",    "<span",       "<h1",
                                          "<h2",      "<h3",     "<h4",     "<h5",         "<h6",
                                          "<table",   "<ul",     "<ol",     "<dl",         "<a",
                                          "<b",       "<i",      "<em",     "<strong",     "<br",
                                          "<hr",      "<img",    "<pre",    "<article",    "<main",
                                          "<section", "<header", "<figure", "<blockquote", NULL };

    (void)name;
    head = skip_prologue(head);
    if (tag_follows(head, certain))
        return NC_PROBE_CERTAIN;
    return tag_follows(head, likely) ? NC_PROBE_LIKELY : NC_PROBE_NO;
}

static bool ends_value(char c, char quote)
{
    return quote ? c == quote
                 : blank(c) || c == ';' || c == '>' || c == '/' || c == '"' || c == '\'';
}

/* The value behind "charset=" or "encoding=": quoted or bare. */
static nc_bytes value_of(nc_bytes text)
{
    char quote = 0;
    size_t len = 0;

    text = skip_blanks(text);
    if (text.len && (text.ptr[0] == '"' || text.ptr[0] == '\'')) {
        quote = text.ptr[0];
        text = skip_blanks(skip(text, 1));
    }
    while (len < text.len && !ends_value(text.ptr[len], quote))
        len++;
    while (len && blank(text.ptr[len - 1]))
        len--;
    return len ? (nc_bytes){ text.ptr, len } : (nc_bytes){ NULL, 0 };
}

/* The value of the first `name` in `tag` that an equals sign follows. */
static nc_bytes declared_in(nc_bytes tag, const char *name)
{
    for (tag = find(tag, name); tag.len; tag = find(tag, name)) {
        nc_bytes rest = skip_blanks(skip(tag, strlen(name)));

        if (rest.len && rest.ptr[0] == '=')
            return value_of(skip(rest, 1));
        tag = skip(tag, 1);
    }
    return (nc_bytes){ NULL, 0 };
}

static nc_bytes upto(nc_bytes text, char end)
{
    const char *stop = text.len ? memchr(text.ptr, end, text.len) : NULL;

    return stop ? (nc_bytes){ text.ptr, (size_t)(stop - text.ptr) } : text;
}

/* HTML, 13.2.3.2: a meta element in the first 1024 bytes, outside comments. A page that can be read
 * so far as ASCII is not in UTF-16, whatever it says. */
nc_bytes html_declared_encoding(nc_bytes head)
{
    nc_bytes none = { NULL, 0 };

    if (head.len > 1024)
        head.len = 1024;
    if (starts_with(head, "<?xml")) {
        nc_bytes found = declared_in(upto(head, '>'), "encoding");

        if (found.ptr)
            return found;
    }
    for (head = find(head, "<"); head.len; head = find(skip(head, 1), "<")) {
        if (starts_with(head, "<!--"))
            head = find(head, "-->");
        else if (starts_with(head, "<meta")) {
            nc_bytes found = declared_in(upto(head, '>'), "charset");

            if (found.ptr)
                return starts_with(found, "utf-16") ? NC_LITERAL("utf-8") : found;
        }
        if (!head.len)
            break;
    }
    return none;
}
