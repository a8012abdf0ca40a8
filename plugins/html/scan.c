/* SPDX-License-Identifier: MIT */
/* Before a page is parsed: bodies of scripts and styles are set aside, comments dropped, and tags beyond the bounds on
 * depth, open formatting elements and attributes taken out, for the parser's time is quadratic in each. The stack here
 * follows the rules of HTML 13.2.6 only so far that it is never less deep than the parser's. */
#include "plugins/html/scan.h"

enum {
    MAX_DEPTH = 512,            /* as browsers have it */
    MAX_FORMATTING = 64,
    MAX_ATTRIBUTES = 256
};

typedef struct open_element {
    nc_bytes name;
    dom_tag tag;
    unsigned formatting;        /* open formatting elements outside it, where it shields them */
} open_element;

typedef struct array {
    void *items;
    size_t count, capacity;
} array;

typedef struct scanner {
    nc_job *job;
    nc_bytes page;
    char *out;
    size_t at, len, capacity;
    array gaps, scripts;
    open_element *stack;
    size_t depth, max_depth, dropped;
    unsigned formatting;
    size_t open[DOM_TAG_COUNT], skipped[DOM_TAG_COUNT];
    bool in_head;
} scanner;

typedef struct markup_tag {
    size_t start, name_end, end;        /* `end`: behind '>'; start of what follows */
    size_t cut;                         /* where the attributes end that are kept */
    dom_tag tag;
    nc_bytes name;
    bool closing, self_closing;
} markup_tag;

/* ---------------------------------------------------------------- output */

static void *push(nc_job *job, array *list, size_t size)
{
    if (list->count == list->capacity) {
        size_t capacity = list->capacity ? list->capacity * 2 : 64;
        void *items = nc_alloc(job, capacity * size);

        if (!items)
            return NULL;
        if (list->count)
            memcpy(items, list->items, list->count * size);
        list->items = items;
        list->capacity = capacity;
    }
    return (char *)list->items + list->count++ * size;
}

static void emit(scanner *s, nc_bytes bytes)
{
    if (s->capacity - s->len < bytes.len) {
        size_t capacity = s->capacity * 2 + bytes.len;
        char *out = nc_alloc(s->job, capacity);

        if (!out)
            return;
        memcpy(out, s->out, s->len);
        s->out = out;
        s->capacity = capacity;
    }
    if (bytes.len)
        memcpy(s->out + s->len, bytes.ptr, bytes.len);
    s->len += bytes.len;
}

/* Copy the page from `start` to `end`, noting where it came from. */
static void keep(scanner *s, size_t start, size_t end)
{
    scan_gap *last = s->gaps.count ? (scan_gap *)s->gaps.items + s->gaps.count - 1 : NULL;

    if (start >= end)
        return;
    if (!last || start - last->page != s->len - last->kept) {
        scan_gap *gap = push(s->job, &s->gaps, sizeof *gap);

        if (gap)
            *gap = (scan_gap){ s->len, start };
    }
    emit(s, (nc_bytes){ s->page.ptr + start, end - start });
}

static void keep_escaped(scanner *s, size_t start, size_t end)
{
    while (start < end) {
        const char *less = memchr(s->page.ptr + start, '<', end - start);
        size_t stop = less ? (size_t)(less - s->page.ptr) : end;

        keep(s, start, stop);
        if (less)
            emit(s, NC_LITERAL("&lt;"));
        start = stop + (less ? 1 : 0);
    }
}

/* ---------------------------------------------------------------- reading tags */

static bool blank(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f';
}

static bool letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c + 'a' - 'A') : c;
}

static char peek(const scanner *s, size_t at)
{
    return at < s->page.len ? s->page.ptr[at] : '\0';
}

static bool same_name(nc_bytes a, nc_bytes b)
{
    size_t i = 0;

    while (i < a.len && a.len == b.len && lower(a.ptr[i]) == lower(b.ptr[i]))
        i++;
    return i == b.len && a.len == b.len;
}

static bool follows(const scanner *s, size_t at, const char *text)
{
    nc_bytes wanted = nc_string(text);

    return s->page.len - at >= wanted.len && same_name((nc_bytes){ s->page.ptr + at, wanted.len }, wanted);
}

static size_t find(const scanner *s, size_t at, const char *text)
{
    while (at < s->page.len) {
        const char *found = memchr(s->page.ptr + at, text[0], s->page.len - at);

        if (!found)
            break;
        at = (size_t)(found - s->page.ptr);
        if (follows(s, at, text))
            return at;
        at++;
    }
    return s->page.len;
}

static dom_tag tag_of(nc_bytes name)
{
    char small[16];

    if (name.len > sizeof small)
        return DOM_TAG_OTHER;
    for (size_t i = 0; i < name.len; i++)
        small[i] = lower(name.ptr[i]);
    return dom_tag_named((nc_bytes){ small, name.len });
}

/* Behind an attribute that begins at `at`. */
static size_t attribute_end(const scanner *s, size_t at)
{
    const char *page = s->page.ptr;
    size_t len = s->page.len;

    at++;                       /* even '=' may begin a name */
    while (at < len && !blank(page[at]) && page[at] != '/' && page[at] != '>' && page[at] != '=')
        at++;
    while (at < len && blank(page[at]))
        at++;
    if (peek(s, at) != '=')
        return at;
    at++;
    while (at < len && blank(page[at]))
        at++;
    if (peek(s, at) == '"' || peek(s, at) == '\'') {
        const char *quote = memchr(page + at + 1, page[at], len - at - 1);

        return quote ? (size_t)(quote - page) + 1 : len;
    }
    while (at < len && !blank(page[at]) && page[at] != '>')
        at++;
    return at;
}

/* Read the tag at `start`, a '<' before a letter or "/letter". False when the page ends in it. */
static bool read_tag(const scanner *s, size_t start, markup_tag *tag)
{
    const char *page = s->page.ptr;
    size_t at = start + 1, count = 0;

    *tag = (markup_tag){ .start = start, .closing = peek(s, at) == '/' };
    at += tag->closing;
    tag->name.ptr = page + at;
    while (at < s->page.len && !blank(page[at]) && page[at] != '/' && page[at] != '>')
        at++;
    tag->name.len = (size_t)(page + at - tag->name.ptr);
    tag->name_end = at;
    tag->tag = tag_of(tag->name);
    while (at < s->page.len && page[at] != '>') {
        tag->self_closing = page[at] == '/';
        if (tag->self_closing || blank(page[at])) {
            at++;
        } else {
            if (count++ == MAX_ATTRIBUTES)
                tag->cut = at;
            at = attribute_end(s, at);
        }
    }
    tag->end = at + 1;
    return at < s->page.len;
}

/* ---------------------------------------------------------------- the stack of open elements */

static bool is_formatting(dom_tag tag)
{
    switch (tag) {
    case DOM_B: case DOM_BIG: case DOM_CODE: case DOM_EM: case DOM_FONT: case DOM_I: case DOM_S: case DOM_SMALL:
    case DOM_STRIKE: case DOM_STRONG: case DOM_TT: case DOM_U:
        return true;
    default:
        return false;
    }
}

static bool is_table_part(dom_tag tag)
{
    switch (tag) {
    case DOM_CAPTION: case DOM_COLGROUP: case DOM_TBODY: case DOM_THEAD: case DOM_TFOOT: case DOM_TR: case DOM_TD:
    case DOM_TH:
        return true;
    default:
        return false;
    }
}

static bool shields(dom_tag tag)
{
    return tag == DOM_TD || tag == DOM_TH || tag == DOM_CAPTION || tag == DOM_TABLE || tag == DOM_BUTTON ||
           tag == DOM_OBJECT || tag == DOM_TEMPLATE;
}

static bool is_heading(dom_tag tag)
{
    return tag >= DOM_H1 && tag <= DOM_H6;
}

static bool in_foreign(const scanner *s)
{
    return s->open[DOM_SVG] || s->open[DOM_MATH];
}

static void pop_to(scanner *s, size_t depth)
{
    while (s->depth > depth) {
        const open_element *top = &s->stack[--s->depth];

        s->open[top->tag]--;
        if (shields(top->tag))
            s->formatting = top->formatting;
    }
}

/* What may not be passed on the way up to the element that `tag` closes. */
static bool stops(dom_tag tag, dom_tag passed)
{
    if (is_table_part(tag) || tag == DOM_TABLE)
        return passed == DOM_TABLE || passed == DOM_TEMPLATE;
    if (shields(passed) || passed == DOM_TAG_OTHER)
        return tag != DOM_TAG_OTHER || shields(passed);
    if (tag == DOM_LI)
        return passed == DOM_UL || passed == DOM_OL;
    return dom_tags[tag].content < DOM_IS_BLOCK && dom_tags[passed].content >= DOM_IS_BLOCK;
}

static bool closes(const markup_tag *tag, const open_element *open)
{
    if (tag->tag == DOM_TAG_OTHER)
        return open->tag == DOM_TAG_OTHER && same_name(tag->name, open->name);
    return open->tag == tag->tag || (is_heading(tag->tag) && is_heading(open->tag));
}

static void close_element(scanner *s, const markup_tag *tag)
{
    for (size_t i = s->depth; i > 0; i--) {
        if (closes(tag, &s->stack[i - 1])) {
            if (is_formatting(tag->tag) && s->formatting)
                s->formatting--;
            pop_to(s, i - 1);
            return;
        }
        if (stops(tag->tag, s->stack[i - 1].tag))
            return;
    }
}

/* Pop the nearest `tag`, with all above it, unless `fence` or a shield comes first. */
static void end_open(scanner *s, dom_tag wanted, bool through_blocks)
{
    if (!s->open[wanted])
        return;
    for (size_t i = s->depth; i > 0; i--) {
        dom_tag passed = s->stack[i - 1].tag;

        if (passed == wanted) {
            pop_to(s, i - 1);
            return;
        }
        if (passed == DOM_TABLE || (!through_blocks && (shields(passed) || dom_tags[passed].content >= DOM_IS_BLOCK)))
            return;
    }
}

/* The end tags that a start tag implies. */
static void imply_ends(scanner *s, dom_tag tag)
{
    if (is_table_part(tag)) {
        end_open(s, DOM_TD, true);
        end_open(s, DOM_TH, true);
        end_open(s, DOM_CAPTION, true);
        if (tag != DOM_TD && tag != DOM_TH)
            end_open(s, DOM_TR, true);
        if (tag == DOM_TBODY || tag == DOM_THEAD || tag == DOM_TFOOT) {
            end_open(s, DOM_TBODY, true);
            end_open(s, DOM_THEAD, true);
            end_open(s, DOM_TFOOT, true);
        }
        end_open(s, DOM_COLGROUP, true);
    } else if (dom_tags[tag].content >= DOM_IS_BLOCK && tag != DOM_TABLE) {
        end_open(s, DOM_P, false);
        if (tag == DOM_LI)
            end_open(s, DOM_LI, false);
        if (tag == DOM_DD || tag == DOM_DT) {
            end_open(s, DOM_DD, false);
            end_open(s, DOM_DT, false);
        }
    } else if (tag == DOM_OPTION && s->depth && s->stack[s->depth - 1].tag == DOM_OPTION) {
        pop_to(s, s->depth - 1);
    }
}

static bool holds_nothing(const scanner *s, const markup_tag *tag)
{
    dom_content content = dom_tags[tag->tag].content;

    return content == DOM_IS_VOID || content == DOM_IS_LINE || tag->tag == DOM_HTML || tag->tag == DOM_HEAD ||
           tag->tag == DOM_BODY || (tag->self_closing && in_foreign(s)) ||
           (is_table_part(tag->tag) && !s->open[DOM_TABLE]);
}

/* Whether the start tag may stay. */
static bool open_element_for(scanner *s, const markup_tag *tag)
{
    bool formatting = is_formatting(tag->tag);

    if (holds_nothing(s, tag))
        return true;
    imply_ends(s, tag->tag);
    if (s->depth == s->max_depth || (formatting && s->formatting == MAX_FORMATTING)) {
        s->skipped[tag->tag]++;
        s->dropped++;
        return false;
    }
    s->stack[s->depth++] = (open_element){ tag->name, tag->tag, s->formatting };
    s->open[tag->tag]++;
    if (shields(tag->tag))
        s->formatting = 0;
    s->formatting += formatting;
    return true;
}

/* ---------------------------------------------------------------- what stands between '<' and '>' */

/* Where "</name" begins, after `at`. */
static size_t end_tag_of(const scanner *s, const markup_tag *tag)
{
    size_t at = tag->end;

    for (; at < s->page.len; at++) {
        const char *less = memchr(s->page.ptr + at, '<', s->page.len - at);
        char after;

        if (!less)
            return s->page.len;
        at = (size_t)(less - s->page.ptr);
        if (peek(s, at + 1) != '/' || s->page.len - at - 2 < tag->name.len ||
            !same_name((nc_bytes){ less + 2, tag->name.len }, tag->name))
            continue;
        after = peek(s, at + 2 + tag->name.len);
        if (blank(after) || after == '/' || after == '>')
            return at;
    }
    return s->page.len;
}

/* The end tag at `at`, if there is one: behind it. */
static size_t behind_end_tag(const scanner *s, size_t at)
{
    size_t end = at < s->page.len ? find(s, at, ">") : at;

    return end < s->page.len ? end + 1 : end;
}

static void set_script_aside(scanner *s, const markup_tag *tag)
{
    size_t body_end = end_tag_of(s, tag);
    dom_script *script = push(s->job, &s->scripts, sizeof *script);

    if (script)
        *script = (dom_script){ tag->start, { s->page.ptr + tag->end, body_end - tag->end } };
    keep(s, tag->start, tag->self_closing ? tag->end - 2 : tag->end);
    if (tag->self_closing)
        emit(s, NC_LITERAL(">"));
    if (tag->tag == DOM_STYLE && in_foreign(s))
        keep_escaped(s, tag->end, body_end);
    emit(s, tag->tag == DOM_STYLE ? NC_LITERAL("</style>") : NC_LITERAL("</script>"));
    s->at = behind_end_tag(s, body_end);
}

/* title and textarea: only text, in which no tag may be seen by anyone. */
static void keep_text_element(scanner *s, const markup_tag *tag)
{
    size_t body_end = end_tag_of(s, tag);

    keep(s, tag->start, tag->end);
    keep_escaped(s, tag->end, body_end);
    s->at = behind_end_tag(s, body_end);
    emit(s, tag->tag == DOM_TITLE ? NC_LITERAL("</title>") : NC_LITERAL("</textarea>"));
}

/* Elements in which the parser would see no tags, but only in some places: iframe loses its content, of the others the
 * tags go and the content stays. */
static bool is_unsafe(const markup_tag *tag)
{
    static const char *const names[] = { "plaintext", "xmp", "noembed", "noframes", "listing" };

    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (same_name(tag->name, nc_string(names[i])))
            return true;
    return false;
}

static void end_tag(scanner *s, const markup_tag *tag)
{
    if (tag->tag == DOM_HEAD)
        s->in_head = false;
    if (s->skipped[tag->tag]) {
        s->skipped[tag->tag]--;
        return;
    }
    if (is_unsafe(tag))
        return;
    close_element(s, tag);
    keep(s, tag->start, tag->end);
}

static void start_tag(scanner *s, const markup_tag *tag)
{
    if (tag->tag == DOM_HEAD || tag->tag == DOM_BODY)
        s->in_head = tag->tag == DOM_HEAD;
    if (is_unsafe(tag) || !open_element_for(s, tag))
        return;
    if (tag->cut) {
        keep(s, tag->start, tag->cut);
        emit(s, NC_LITERAL(">"));
        s->dropped++;
    } else {
        keep(s, tag->start, tag->end);
    }
}

static void element_tag(scanner *s, const markup_tag *tag)
{
    s->at = tag->end;
    if (tag->closing) {
        end_tag(s, tag);
    } else if (tag->tag == DOM_SCRIPT || tag->tag == DOM_STYLE) {
        set_script_aside(s, tag);
    } else if ((tag->tag == DOM_TITLE || tag->tag == DOM_TEXTAREA) && !in_foreign(s)) {
        keep_text_element(s, tag);
    } else if (tag->tag == DOM_NOSCRIPT && s->in_head) {
        s->at = behind_end_tag(s, end_tag_of(s, tag));
    } else if (tag->tag == DOM_IFRAME) {
        keep(s, tag->start, tag->end);
        emit(s, NC_LITERAL("</iframe>"));
        s->at = behind_end_tag(s, end_tag_of(s, tag));
    } else {
        start_tag(s, tag);
    }
}

/* HTML 13.2.5.43 and following: "<!-->" and "<!--->" are whole comments, "--!>" ends one as well. */
static size_t comment_end(const scanner *s, size_t at)
{
    size_t dashes = at + 4;

    if (peek(s, dashes) == '>')
        return dashes + 1;
    if (peek(s, dashes) == '-' && peek(s, dashes + 1) == '>')
        return dashes + 2;
    while ((dashes = find(s, dashes, "--")) < s->page.len) {
        size_t end = dashes + 2;

        if (peek(s, end) == '>')
            return end + 1;
        if (peek(s, end) == '!' && peek(s, end + 1) == '>')
            return end + 2;
        dashes++;
    }
    return s->page.len;
}

/* Comments, processing instructions and CDATA; the doctype stays. */
static void declaration(scanner *s, size_t at)
{
    if (follows(s, at, "<!--")) {
        s->at = comment_end(s, at);
        if (in_foreign(s))
            keep(s, at, s->at);
    } else if (follows(s, at, "<![CDATA[") && in_foreign(s)) {
        size_t end = find(s, at, "]]>");

        keep_escaped(s, at + 9, end);
        s->at = end < s->page.len ? end + 3 : end;
    } else {
        s->at = behind_end_tag(s, at);
        if (follows(s, at, "<!doctype"))
            keep(s, at, s->at);
    }
}

static void markup(scanner *s)
{
    size_t at = s->at;
    char next = peek(s, at + 1);
    markup_tag tag;

    if (letter(next) || (next == '/' && letter(peek(s, at + 2)))) {
        if (read_tag(s, at, &tag))
            element_tag(s, &tag);
        else
            s->at = s->page.len;
    } else if (next == '!' || next == '?' || (next == '/' && at + 2 < s->page.len)) {
        declaration(s, at);
    } else {
        keep(s, at, at + 1);
        s->at = at + 1;
    }
}

static void scan(scanner *s)
{
    while (s->at < s->page.len && nc_job_status(s->job) == NC_OK) {
        const char *less = memchr(s->page.ptr + s->at, '<', s->page.len - s->at);
        size_t text_end = less ? (size_t)(less - s->page.ptr) : s->page.len;

        if (!s->in_head || !nc_job_settings(s->job)->raw)
            keep(s, s->at, text_end);
        s->at = text_end;
        if (less)
            markup(s);
    }
}

scan_result html_scan(nc_job *job, nc_bytes page)
{
    size_t limit = nc_job_limits(job)->depth;
    scanner s = { .job = job, .page = page, .capacity = page.len + 64 };

    s.max_depth = limit < MAX_DEPTH ? limit : MAX_DEPTH;
    s.out = nc_alloc(job, s.capacity);
    s.stack = nc_alloc(job, (s.max_depth + 1) * sizeof *s.stack);
    if (s.out && s.stack)
        scan(&s);
    if (s.dropped)
        nc_warn(job, NULL, NC_WARN_LIMIT, "%zu tags dropped: the page nests too deep or has too many attributes",
                s.dropped);
    return (scan_result){
        { s.out, s.len }, s.scripts.items, s.scripts.count, s.gaps.items, s.gaps.count
    };
}
