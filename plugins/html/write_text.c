/* SPDX-License-Identifier: MIT */
/* Characters, lines and attributes of the HTML that is written.
 *
 * Lines are broken as the text goes by: the buffer always holds the line unbroken, and once it
 * has become too wide the last space that may be broken becomes a newline. */
#include "plugins/html/write_rules.h"

/* A byte in each of the 8 bytes of a word. */
#define EACH(byte) (UINT64_C(0x0101010101010101) * (byte))

/* ---------------------------------------------------------------- lines */

/* Columns of a character: East Asian wide ones take two. */
static size_t character_width(uint32_t c)
{
    if (c < 0x300)
        return 1;
    if (c < 0x370 || (c >= 0x200b && c <= 0x200f) || (c >= 0xfe00 && c <= 0xfe0f))
        return 0;
    if (c >= 0x1100 && (c <= 0x115f || (c >= 0x2e80 && c <= 0xa4cf && c != 0x303f) ||
                        (c >= 0xac00 && c <= 0xd7a3) || (c >= 0xf900 && c <= 0xfaff) ||
                        (c >= 0xfe30 && c <= 0xfe6f) || (c >= 0xff00 && c <= 0xff60) ||
                        (c >= 0xffe0 && c <= 0xffe6) || (c >= 0x1f300 && c <= 0x1f64f) ||
                        (c >= 0x1f900 && c <= 0x1f9ff) || (c >= 0x20000 && c <= 0x3fffd)))
        return 2;
    return 1;
}

static void begin_line(html_writer *w, size_t at)
{
    w->line = w->measured = at;
    w->width = 0;
    w->gap = 0;
}

/* Go on measuring the line, until it is too wide. Returns where the first character lies that
 * is too much, SIZE_MAX if there is none. */
static size_t overflow(html_writer *w)
{
    nc_bytes text = { w->buf->ptr, w->buf->len };
    uint64_t word;

    while (w->measured < text.len) {
        size_t at = w->measured;
        if (text.len - at >= sizeof word && w->width + sizeof word <= w->columns) {
            memcpy(&word, text.ptr + at, sizeof word);
            if (!(word & EACH(0x80))) {
                w->measured += sizeof word;
                w->width += sizeof word;
                continue;
            }
        }
        w->width += character_width(nc_utf8_next(text, &w->measured));
        if (w->width > w->columns)
            return at;
    }
    return w->width > w->columns ? w->measured : SIZE_MAX;
}

/* The space to break the line at: the last one that is not too far, else the first one behind;
 * 0 if there is none. From `from` on all spaces may be broken. */
static size_t break_place(const html_writer *w, size_t from, size_t over)
{
    const char *ptr = w->buf->ptr, *next;
    size_t first = from > w->line ? from : w->line + 1;

    for (size_t at = over < w->buf->len ? over + 1 : w->buf->len; at > first; at--)
        if (ptr[at - 1] == ' ')
            return at - 1;
    if (w->gap)
        return w->gap;
    first = over > first ? over : first;
    next = first < w->buf->len ? memchr(ptr + first, ' ', w->buf->len - first) : NULL;
    return next ? (size_t)(next - ptr) : 0;
}

/* Break the line as often as is needed, now that the buffer has grown by what begins at `from`.
 * No character takes more columns than bytes, so a line of few bytes need not be measured. */
static void settle(html_writer *w, size_t from)
{
    const char *last;
    size_t over, at;

    if (w->wrap != NC_WRAP_AUTO)
        return;
    while (w->buf->len - w->line > w->columns && (over = overflow(w)) != SIZE_MAX) {
        at = break_place(w, from, over);
        if (!at)
            return;
        w->buf->ptr[at] = '\n';
        begin_line(w, at + 1);
    }
    from = from > w->line ? from : w->line;
    last = from < w->buf->len ? memrchr(w->buf->ptr + from, ' ', w->buf->len - from) : NULL;
    if (last)
        w->gap = (size_t)(last - w->buf->ptr);
}

void html_gap(html_writer *w)
{
    nc_put_char(w->buf, ' ');
    settle(w, w->buf->len - 1);
}

void html_newline(html_writer *w)
{
    settle(w, w->buf->len);
    nc_put_char(w->buf, '\n');
    begin_line(w, w->buf->len);
}

void html_end_line(html_writer *w)
{
    settle(w, w->buf->len);
}

/* ---------------------------------------------------------------- characters */

static uint64_t zero_bytes(uint64_t word)
{
    return (word - EACH(1)) & ~word & EACH(0x80);
}

/* Whether one of 8 bytes may need care: & < > newline, and 0x86 which is the second byte of
 * arrows. */
static bool needs_care(uint64_t word)
{
    return (zero_bytes(word ^ EACH('&')) | zero_bytes((word | EACH(2)) ^ EACH('>')) |
            zero_bytes(word ^ EACH('\n')) | zero_bytes(word ^ EACH(0x86))) != 0;
}

/* The number of bytes at the start of `text` that can be copied. */
static size_t plain_bytes(nc_bytes text)
{
    size_t at = 0;
    uint64_t word;

    for (; text.len - at >= sizeof word; at += sizeof word) {
        memcpy(&word, text.ptr + at, sizeof word);
        if (needs_care(word))
            break;
    }
    for (; at < text.len; at++) {
        unsigned char c = (unsigned char)text.ptr[at];
        if (c == '&' || c == '<' || c == '>' || c == '\n' || c == 0x86)
            break;
    }
    return at;
}

/* Put the character at text.ptr[at] that stopped plain_bytes, and return how many bytes it took. */
static void put_special(html_writer *w, nc_bytes text, size_t at)
{
    char c = text.ptr[at];

    if (c == '&') {
        HTML_PUT(w, "&amp;");
    } else if (c == '<') {
        HTML_PUT(w, "&lt;");
    } else if (c == '>') {
        HTML_PUT(w, "&gt;");
    } else {
        nc_put_char(w->buf, c);
    }
}

/* Arrows that browsers would else show as emoji: U+21A9 and U+2194. `at` is their second byte. */
static bool is_arrow(nc_bytes text, size_t at)
{
    unsigned char last = at + 1 < text.len ? (unsigned char)text.ptr[at + 1] : 0;

    static const char selector[] = "\xef\xb8\x8e";
    bool selected = text.len - at >= 5 && memcmp(text.ptr + at + 2, selector, 3) == 0;

    return at && (unsigned char)text.ptr[at] == 0x86 && (unsigned char)text.ptr[at - 1] == 0xe2 &&
           (last == 0xa9 || last == 0x94) && !selected;
}

static void escape(html_writer *w, nc_bytes text)
{
    size_t at = 0;

    while (at < text.len) {
        size_t count = plain_bytes((nc_bytes){ text.ptr + at, text.len - at });
        nc_put(w->buf, (nc_bytes){ text.ptr + at, count });
        at += count;
        if (at >= text.len)
            break;
        if (is_arrow(text, at)) {
            nc_put(w->buf, (nc_bytes){ text.ptr + at, 2 });
            HTML_PUT(w, "\xef\xb8\x8e");
            at += 2;
        } else {
            put_special(w, text, at++);
        }
    }
}

/* Put `text` by `put`, and know where lines begin if there are newlines in it. */
static void put_lines(html_writer *w, nc_bytes text, void (*put)(html_writer *, nc_bytes))
{
    const char *newline = text.len ? memchr(text.ptr, '\n', text.len) : NULL;
    size_t first = newline ? (size_t)(newline - text.ptr) : text.len, start;

    put(w, (nc_bytes){ text.ptr, first });
    if (!newline)
        return;
    html_end_line(w);
    start = w->buf->len;
    put(w, (nc_bytes){ text.ptr + first, text.len - first });
    for (size_t i = w->buf->len; i > start; i--)
        if (w->buf->ptr[i - 1] == '\n') {
            begin_line(w, i);
            break;
        }
}

void html_escape(html_writer *w, nc_bytes text)
{
    put_lines(w, text, escape);
}

static void put_raw(html_writer *w, nc_bytes text)
{
    nc_put(w->buf, text);
}

void html_raw(html_writer *w, nc_bytes text)
{
    put_lines(w, text, put_raw);
}

static void escape_quotes(html_writer *w, nc_bytes text)
{
    size_t from = 0;

    for (size_t at = 0; at < text.len; at++) {
        char c = text.ptr[at];
        nc_bytes entity = c == '&'    ? NC_LITERAL("&amp;")
                          : c == '<'  ? NC_LITERAL("&lt;")
                          : c == '>'  ? NC_LITERAL("&gt;")
                          : c == '"'  ? NC_LITERAL("&quot;")
                          : c == '\'' ? NC_LITERAL("&#39;")
                                      : (nc_bytes){ NULL, 0 };
        if (!entity.len)
            continue;
        nc_put(w->buf, (nc_bytes){ text.ptr + from, at - from });
        nc_put(w->buf, entity);
        from = at + 1;
    }
    nc_put(w->buf, (nc_bytes){ text.ptr + from, text.len - from });
}

void html_escape_quotes(html_writer *w, nc_bytes text)
{
    put_lines(w, text, escape_quotes);
}

/* ---------------------------------------------------------------- runs */

/* What of a run is not written as text: the box of a task, which becomes a checkbox, and the
 * space behind it. */
static size_t skipped_bytes(html_writer *w, const nc_node *node)
{
    size_t count = 0;

    if (w->skip_space) {
        w->skip_space = false;
        return node->text.len != 0;
    }
    if (!node->previous && node->text.len >= 3 && node->text.ptr[0] == '\xe2')
        count = html_task_box(w, node);
    if (!count || node->text.len > count)
        return count ? count + 1 : 0;
    w->skip_space = true;
    return count;
}

/* Whether a space here would be one at the beginning of a line or behind another one. */
static bool space_is_lost(const html_writer *w)
{
    size_t len = w->buf->len;

    return w->wrap == NC_WRAP_AUTO && (len == w->line || (w->gap && w->gap + 1 == len));
}

/* The character at `at` of a run that is not copied; returns how many bytes it took. */
static size_t put_run_special(html_writer *w, nc_bytes text, size_t at)
{
    if (text.ptr[at] == '\n') {
        if (w->wrap == NC_WRAP_PRESERVE)
            html_newline(w);
        else if (w->wrap == NC_WRAP_NONE)
            nc_put_char(w->buf, ' ');
        else if (!space_is_lost(w))
            html_gap(w);
        return 1;
    }
    if (is_arrow(text, at)) {
        nc_put(w->buf, (nc_bytes){ text.ptr + at, 2 });
        HTML_PUT(w, "\xef\xb8\x8e");
        return 2;
    }
    put_special(w, text, at);
    return 1;
}

/* Put text without markup characters. With lines broken, several spaces are one, and none begins a
 * line. */
static void put_plain(html_writer *w, nc_bytes text)
{
    while (text.len) {
        const char *twice = NULL;
        size_t from = w->buf->len, count = text.len;

        if (text.ptr[0] == ' ' && space_is_lost(w)) {
            text = (nc_bytes){ text.ptr + 1, text.len - 1 };
            continue;
        }
        if (w->wrap == NC_WRAP_AUTO)
            twice = memmem(text.ptr, text.len, "  ", 2);
        if (twice)
            count = (size_t)(twice - text.ptr) + 1;
        nc_put(w->buf, (nc_bytes){ text.ptr, count });
        settle(w, from);
        text = (nc_bytes){ text.ptr + count, text.len - count };
    }
}

static void put_words(html_writer *w, nc_bytes text)
{
    while (text.len) {
        size_t count = plain_bytes(text);

        put_plain(w, (nc_bytes){ text.ptr, count });
        if (count < text.len)
            count += put_run_special(w, text, count);
        text = (nc_bytes){ text.ptr + count, text.len - count };
    }
}

void html_text(html_writer *w, nc_bytes text)
{
    if (w->wrap != NC_WRAP_AUTO) {
        html_escape(w, text);
        return;
    }
    while (text.len) {
        const char *end = memchr(text.ptr, '\n', text.len);
        size_t len = end ? (size_t)(end - text.ptr) : text.len, blanks = 0;
        while (w->buf->len == w->line && blanks < len && text.ptr[blanks] == ' ')
            blanks++;
        for (size_t i = 0; i < blanks; i++)
            nc_put_char(w->buf, ' ');
        put_words(w, (nc_bytes){ text.ptr + blanks, len - blanks });
        if (end)
            html_newline(w);
        len += end != NULL;
        text = (nc_bytes){ text.ptr + len, text.len - len };
    }
}

bool html_run(nc_out *out, const nc_node *node)
{
    html_writer *w = html_writer_of(out);
    size_t skipped = skipped_bytes(w, node);
    nc_bytes text = { node->text.ptr + skipped, node->text.len - skipped };

    if (node->flags & NC_VERBATIM)
        html_text(w, text);
    else
        put_words(w, text);
    return false;
}

void html_end_words(html_writer *w)
{
    settle(w, w->buf->len);
    w->gap = 0;
}

/* ---------------------------------------------------------------- attributes */

void html_attribute(html_writer *w, const char *name, nc_bytes value)
{
    html_gap(w);
    nc_put(w->buf, nc_string(name));
    HTML_PUT(w, "=\"");
    html_escape_quotes(w, value);
    HTML_PUT(w, "\"");
}

void html_id(html_writer *w, const nc_attr *attr)
{
    if (attr && attr->id.len)
        html_attribute(w, "id", attr->id);
}

/* More classes and pairs than this on one element are not looked through for twins, which would
 * take quadratic time. */
enum { COMPARED = 200 };

bool html_class_repeats(const nc_attr *attr, size_t index)
{
    for (size_t i = 0; i < index && i < COMPARED; i++)
        if (nc_same(attr->classes[i], attr->classes[index]))
            return true;
    return false;
}

void html_classes(html_writer *w, const nc_attr *attr, const char *without)
{
    bool any = false;

    for (size_t i = 0; attr && i < attr->class_count; i++) {
        if (!attr->classes[i].len || (without && nc_is(attr->classes[i], without)) ||
            html_class_repeats(attr, i))
            continue;
        if (!any) {
            html_gap(w);
            HTML_PUT(w, "class=\"");
        } else {
            nc_put_char(w->buf, ' ');
        }
        html_escape_quotes(w, attr->classes[i]);
        any = true;
    }
    if (any)
        HTML_PUT(w, "\"");
}

/* A name that would end the attribute, or begin another one, is none. */
static bool is_attribute_name(nc_bytes name)
{
    for (size_t i = 0; i < name.len; i++) {
        unsigned char c = (unsigned char)name.ptr[i];
        if (c <= ' ' || c == 0x7f || c == '"' || c == '\'' || c == '>' || c == '/' || c == '=' ||
            c == '<')
            return false;
    }
    return name.len != 0;
}

static bool begins(nc_bytes text, const char *with)
{
    size_t len = strlen(with);

    return text.len >= len && memcmp(text.ptr, with, len) == 0;
}

static bool seen_before(const nc_attr *attr, size_t index)
{
    for (size_t i = 0; i < index; i++)
        if (nc_same(attr->pairs[i].key, attr->pairs[index].key))
            return true;
    return false;
}

void html_pairs(html_writer *w, const nc_node *node, const nc_attr *attr, const char *without)
{
    for (size_t i = 0; attr && i < attr->pair_count; i++) {
        nc_bytes key = attr->pairs[i].key;
        if (!key.len || (without && nc_is(key, without)))
            continue;
        if (!is_attribute_name(key) || (i < COMPARED && seen_before(attr, i))) {
            nc_warn(w->job, node, NC_WARN_LOSS, "attribute %.*s left out: its name is %s",
                    (int)key.len, key.ptr, is_attribute_name(key) ? "taken" : "not one of HTML");
            continue;
        }
        html_gap(w);
        if (!begins(key, "data-") && !begins(key, "aria-") && !memchr(key.ptr, ':', key.len) &&
            !html_known_attribute(key))
            HTML_PUT(w, "data-");
        nc_put(w->buf, key);
        HTML_PUT(w, "=\"");
        html_escape_quotes(w, attr->pairs[i].value);
        HTML_PUT(w, "\"");
    }
}

void html_attributes(html_writer *w, const nc_node *node, const nc_attr *attr)
{
    html_id(w, attr);
    html_classes(w, attr, NULL);
    html_pairs(w, node, attr, NULL);
}
