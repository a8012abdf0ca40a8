/* SPDX-License-Identifier: MIT */
/* The printer: text into the buffer, line ends where they must be.
 *
 *     > prefix of the line | text that stays … last_space … word that may still go to the next line
 *                                               ^ becomes a line end when the word passes the width
 */
#include "core/layout_private.h"

nc_layout *nc_layout_new(nc_job *job, nc_buf *buf, size_t width, bool keep_breaks)
{
    nc_layout *layout = nc_alloc(job, sizeof(*layout));

    if (!layout)
        return NULL;
    *layout = (nc_layout){ .job = job, .buf = buf, .width = width, .keep_breaks = keep_breaks };
    layout->last_space = SIZE_MAX;
    return layout;
}

void nc_layout_reset(nc_layout *layout, size_t width)
{
    layout->width = width;
    layout->any = layout->open = layout->space = false;
    layout->breaks = layout->keeps = 0;
    layout->marks.count = 0;
    layout->last_space = SIZE_MAX;
}

static nc_layout_prefix_mark prefix_mark(const nc_layout *layout)
{
    const nc_layout_prefix_mark *marks = layout->marks.items;

    return layout->marks.count ? marks[layout->marks.count - 1] : (nc_layout_prefix_mark){ 0, 0 };
}

static void put_line_ends(nc_layout *layout)
{
    size_t length = layout->break_prefix;

    nc_put_char(layout->buf, '\n');
    if (layout->breaks > 1) {
        while (length && layout->prefix[length - 1] == ' ')
            length--;
        while (--layout->breaks) {
            nc_put(layout->buf, (nc_bytes){ layout->prefix, length });
            nc_put_char(layout->buf, '\n');
        }
    }
    layout->breaks = 0;
    layout->open = false;
}

/* Print what is pending, so that text can follow. */
static void begin_text(nc_layout *layout)
{
    if (layout->breaks)
        put_line_ends(layout);
    if (!layout->open) {
        nc_layout_prefix_mark mark = prefix_mark(layout);
        nc_put(layout->buf, (nc_bytes){ layout->prefix, mark.length });
        layout->column = mark.width;
        layout->open = layout->any = true;
        layout->last_space = SIZE_MAX;
        if (layout->space && layout->keeps) {
            nc_put_char(layout->buf, ' ');
            layout->column++;
        }
    } else if (layout->space) {
        if (layout->keeps == 0) {
            layout->last_space = layout->buf->len;
            layout->after_space = layout->column + 1;
        }
        nc_put_char(layout->buf, ' ');
        layout->column++;
    }
    layout->space = false;
}

/* The last word does not fit: its space becomes a line end. */
static void break_line(nc_layout *layout)
{
    nc_layout_prefix_mark mark = prefix_mark(layout);
    nc_buf *buf = layout->buf;
    size_t word = layout->last_space + 1;

    if (!nc_buf_reserve(buf, mark.length))
        return;
    memmove(buf->ptr + word + mark.length, buf->ptr + word, buf->len - word);
    if (mark.length)
        memcpy(buf->ptr + word, layout->prefix, mark.length);
    buf->ptr[layout->last_space] = '\n';
    buf->len += mark.length;
    layout->column = mark.width + (layout->column - layout->after_space);
    layout->last_space = SIZE_MAX;
}

static void put_piece(nc_layout *layout, const char *text, size_t length, size_t width)
{
    begin_text(layout);
    nc_put(layout->buf, (nc_bytes){ text, length });
    layout->column += width;
    if (layout->column > layout->width && layout->last_space != SIZE_MAX)
        break_line(layout);
}

void nc_layout_text(nc_layout *layout, nc_bytes text)
{
    const char *end = text.ptr + text.len, *line = text.ptr;

    if (nc_layout_take(layout, NC_DOC_TEXT, text, 0))
        return;
    while (line < end) {
        const char *stop = memchr(line, '\n', (size_t)(end - line));
        size_t length = (size_t)((stop ? stop : end) - line);

        if (length)
            put_piece(layout, line, length, nc_text_width((nc_bytes){ line, length }));
        if (!stop)
            break;
        if (!layout->any) { /* a line end of the text itself counts even here */
            layout->any = true;
            nc_put_char(layout->buf, '\n');
        } else {
            layout->breaks++;
            layout->break_prefix = prefix_mark(layout).length;
        }
        layout->space = false;
        line = stop + 1;
    }
}

/* Print words up to `end` or a '\n' without looking at columns: single spaces go with them. */
static const char *put_words_endless(nc_layout *layout, const char *at, const char *end)
{
    const char *from = at;

    while (at < end && *at != '\n' &&
           !(*at == ' ' && (at + 1 == end || at[1] == ' ' || at[1] == '\n')))
        at++;
    begin_text(layout);
    nc_put(layout->buf, (nc_bytes){ from, (size_t)(at - from) });
    return at;
}

static bool is_narrow(char c)
{
    return (unsigned char)(c - 0x21) < 0x7F - 0x21;
}

/* Whether a byte begins a letter of two bytes: Latin, Greek, Cyrillic. All of them are narrow. */
static bool begins_letter(char byte)
{
    unsigned char c = (unsigned char)byte;

    return (c >= 0xC3 && c <= 0xCB) || (c >= 0xCE && c <= 0xD1);
}

static const char *put_word(nc_layout *layout, const char *at, const char *end)
{
    const char *from = at, *taken = at;
    size_t width = 0;

    for (;;) {
        size_t used = 0;

        for (; at < end && (is_narrow(*at) || begins_letter(*at)); width++)
            at += is_narrow(*at) ? 1 : 2;
        if (at >= end || *at == ' ' || *at == '\n')
            break;
        if (at > taken && is_narrow(at[-1])) { /* what follows may be shown with it */
            at--;
            width--;
        }
        width += nc_character_width((nc_bytes){ at, (size_t)(end - at) }, &used);
        at += used;
        taken = at;
    }
    put_piece(layout, from, (size_t)(at - from), width);
    return at;
}

/* Most of prose: words of narrow characters, one space before each, that fit on the line that is
 * open. `at` is a space. Returns the space before the first word that asks for more, or the end. */
static const char *put_fitting_words(nc_layout *layout, const char *at, const char *end)
{
    enum { SHORT = 16 };
    nc_buf *buf = layout->buf;
    size_t column = layout->column, last_space = layout->last_space;
    char *out;

    if (!nc_buf_reserve(buf, (size_t)(end - at) + SHORT))
        return end;
    out = buf->ptr + buf->len;
    while (at < end) {
        const char *word = at + 1, *stop = word;
        size_t length;

        while (stop < end && is_narrow(*stop))
            stop++;
        length = (size_t)(stop - word);
        if (length == 0 || column + 1 + length > layout->width || (stop < end && *stop != ' '))
            break;
        *out = ' ';
        if (end - word >= SHORT && length <= SHORT)
            memcpy(out + 1, word, SHORT);
        else
            memcpy(out + 1, word, length);
        last_space = (size_t)(out - buf->ptr);
        layout->after_space = column + 1;
        out += length + 1;
        column += length + 1;
        at = stop;
    }
    buf->len = (size_t)(out - buf->ptr);
    layout->column = column;
    layout->last_space = last_space;
    return at;
}

void nc_layout_run(nc_layout *layout, nc_bytes run)
{
    const char *at = run.ptr, *end = run.ptr + run.len;

    if (nc_layout_take(layout, NC_DOC_RUN, run, layout ? layout->keep_breaks : 0))
        return;
    while (at < end) {
        if (*at == '\n' && layout->keep_breaks) {
            nc_layout_line_end(layout);
            at++;
        } else if (*at == ' ' || *at == '\n') {
            if (*at == ' ' && layout->open && !layout->breaks && !layout->space && !layout->keeps &&
                layout->width != NC_LAYOUT_ENDLESS)
                at = put_fitting_words(layout, at, end);
            if (at == end)
                break;
            layout->space = true;
            at++;
        } else if (layout->width == NC_LAYOUT_ENDLESS) {
            at = put_words_endless(layout, at, end);
        } else {
            at = put_word(layout, at, end);
        }
    }
}

void nc_layout_space(nc_layout *layout)
{
    if (!nc_layout_take(layout, NC_DOC_SPACE, (nc_bytes){ NULL, 0 }, 0))
        layout->space = true;
}

static void want_breaks(nc_layout *layout, size_t count)
{
    if (nc_layout_take(layout, NC_DOC_BREAKS, (nc_bytes){ NULL, 0 }, count))
        return;
    layout->space = false;
    if (!layout->any || layout->breaks >= count)
        return;
    if (layout->breaks < 2)
        layout->break_prefix = prefix_mark(layout).length;
    layout->breaks = count;
}

void nc_layout_line_end(nc_layout *layout)
{
    want_breaks(layout, 1);
}

void nc_layout_blank_lines(nc_layout *layout, size_t count)
{
    want_breaks(layout, count + 1);
}

void nc_layout_chomp(nc_layout *layout)
{
    if (nc_layout_take(layout, NC_DOC_CHOMP, (nc_bytes){ NULL, 0 }, 0))
        return;
    layout->breaks = 0;
    layout->space = false;
}

static bool grow_prefix(nc_layout *layout, size_t length)
{
    size_t capacity = layout->prefix_capacity;
    char *prefix;

    if (length <= capacity)
        return true;
    capacity = length > SIZE_MAX / 2 ? length : length * 2;
    prefix = nc_alloc(layout->job, capacity);
    if (!prefix)
        return false;
    if (layout->prefix)
        memcpy(prefix, layout->prefix, layout->prefix_capacity);
    layout->prefix = prefix;
    layout->prefix_capacity = capacity;
    return true;
}

void nc_layout_prefix(nc_layout *layout, nc_bytes prefix)
{
    nc_layout_prefix_mark mark, *next;

    if (nc_layout_take(layout, NC_DOC_PREFIX, prefix, 0))
        return;
    mark = prefix_mark(layout);
    if (!grow_prefix(layout, mark.length + prefix.len))
        return;
    next = nc_list_push(layout->job, &layout->marks, sizeof(*next));
    if (!next)
        return;
    if (prefix.len)
        memcpy(layout->prefix + mark.length, prefix.ptr, prefix.len);
    *next = (nc_layout_prefix_mark){ mark.length + prefix.len, mark.width + nc_text_width(prefix) };
}

void nc_layout_prefix_end(nc_layout *layout)
{
    if (nc_layout_take(layout, NC_DOC_PREFIX_END, (nc_bytes){ NULL, 0 }, 0))
        return;
    if (layout->marks.count)
        layout->marks.count--;
    if (layout->break_prefix > prefix_mark(layout).length)
        layout->break_prefix = prefix_mark(layout).length;
}

void nc_layout_keep(nc_layout *layout)
{
    if (!nc_layout_take(layout, NC_DOC_KEEP, (nc_bytes){ NULL, 0 }, 0))
        layout->keeps++;
}

void nc_layout_keep_end(nc_layout *layout)
{
    if (!nc_layout_take(layout, NC_DOC_KEEP_END, (nc_bytes){ NULL, 0 }, 0) && layout->keeps)
        layout->keeps--;
}

void nc_layout_finish(nc_layout *layout)
{
    if (!layout || layout->job->status)
        return;
    if (layout->any)
        nc_put_char(layout->buf, '\n');
    nc_layout_reset(layout, layout->width);
}
