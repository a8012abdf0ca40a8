/* SPDX-License-Identifier: MIT */
/* TeX formulas as Office MathML (ISO/IEC 29500-1, 22.1): what newsrooms and schools write. Atoms
 * are written as they come; when a script follows, what its base has written is wrapped. A formula
 * that nests deeper than a bound, or has commands that are unknown, is not converted at all. */
#include "math.h"

static bool put_atom(docx_formula *f);
static bool put_atom_with_scripts(docx_formula *f);

void docx_math_put(docx_formula *f, const char *xml)
{
    nc_put(&f->out, nc_string(xml));
}

/* ------------------------------------------------------------ reading TeX */

char docx_math_peek(const docx_formula *f)
{
    return f->at < f->tex.len ? f->tex.ptr[f->at] : 0;
}

void docx_math_skip_blanks(docx_formula *f)
{
    while (f->at < f->tex.len &&
           (strchr(" \t\r\n~", f->tex.ptr[f->at]) || f->tex.ptr[f->at] == '%')) {
        if (f->tex.ptr[f->at] == '%')
            while (f->at < f->tex.len && f->tex.ptr[f->at] != '\n')
                f->at++;
        else
            f->at++;
    }
}

static bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* The command at the place, without backslash; nothing is taken. */
nc_bytes docx_math_peek_command(const docx_formula *f)
{
    size_t end = f->at + 1;

    if (docx_math_peek(f) != '\\')
        return (nc_bytes){ "", 0 };
    while (end < f->tex.len && is_letter(f->tex.ptr[end]))
        end++;
    if (end == f->at + 1 && end < f->tex.len)
        end++;
    return (nc_bytes){ f->tex.ptr + f->at + 1, end - f->at - 1 };
}

/* What stands between { and its }, as it is. */
nc_bytes docx_math_braced(docx_formula *f)
{
    size_t depth = 0, from;

    docx_math_skip_blanks(f);
    from = f->at + 1;
    if (docx_math_peek(f) != '{') {
        f->failed = true;
        return (nc_bytes){ "", 0 };
    }
    for (; f->at < f->tex.len; f->at++) {
        char c = f->tex.ptr[f->at];

        if (c == '\\' && f->at + 1 < f->tex.len)
            f->at++;
        else if (c == '{')
            depth++;
        else if (c == '}' && --depth == 0)
            break;
    }
    f->failed = f->failed || f->at >= f->tex.len;
    f->at += !f->failed;
    return f->failed ? (nc_bytes){ "", 0 } : (nc_bytes){ f->tex.ptr + from, f->at - 1 - from };
}

/* ------------------------------------------------------------ runs */

static void put_run(docx_formula *f, const char *script, const char *style, nc_bytes text)
{
    docx_math_put(f, "<m:r>");
    if (script || style) {
        docx_math_put(f, "<m:rPr>");
        if (script) {
            docx_math_put(f, "<m:scr m:val=\"");
            docx_math_put(f, script);
            docx_math_put(f, "\"/>");
        }
        if (style) {
            docx_math_put(f, "<m:sty m:val=\"");
            docx_math_put(f, style);
            docx_math_put(f, "\"/>");
        }
        docx_math_put(f, "</m:rPr>");
    }
    docx_math_put(f, "<m:t xml:space=\"preserve\">");
    docx_put_escaped(f->d, &f->out, text);
    docx_math_put(f, "</m:t></m:r>");
}

void docx_math_letter(docx_formula *f, nc_bytes letter)
{
    put_run(f, f->script, f->style, letter);
}

void docx_math_sign(docx_formula *f, nc_bytes sign)
{
    put_run(f, NULL, "p", sign);
}

void docx_math_words(docx_formula *f, nc_bytes text)
{
    docx_math_put(f, "<m:r><m:rPr><m:nor/></m:rPr><m:t xml:space=\"preserve\">");
    docx_put_escaped(f->d, &f->out, text);
    docx_math_put(f, "</m:t></m:r>");
}

static void put_number(docx_formula *f)
{
    size_t from = f->at;

    while (is_digit(docx_math_peek(f)) ||
           (docx_math_peek(f) == '.' && f->at + 1 < f->tex.len && is_digit(f->tex.ptr[f->at + 1])))
        f->at++;
    docx_math_letter(f, (nc_bytes){ f->tex.ptr + from, f->at - from });
}

static void put_character(docx_formula *f)
{
    size_t from = f->at;
    uint32_t c = nc_utf8_next(f->tex, &f->at);
    nc_bytes text = { f->tex.ptr + from, f->at - from };

    if (c >= 0x80 || is_letter((char)c))
        docx_math_letter(f, text);
    else
        docx_math_sign(f, c == '-' ? NC_LITERAL("\u2212") : text);
}

/* ------------------------------------------------------------ arguments */

/* A group in braces, or one atom. */
void docx_math_argument(docx_formula *f)
{
    docx_math_skip_blanks(f);
    if (f->at >= f->tex.len || ++f->depth > DEEPEST_FORMULA) {
        f->failed = true;
        return;
    }
    if (docx_math_peek(f) == '{') {
        bool in_option = f->in_option;

        f->in_option = false;
        f->at++;
        docx_math_row(f);
        f->failed = f->failed || docx_math_peek(f) != '}';
        f->at++;
        f->in_option = in_option;
    } else if (is_digit(docx_math_peek(f))) {
        docx_math_letter(f, (nc_bytes){ f->tex.ptr + f->at++, 1 });
    } else if (!put_atom(f)) {
        f->failed = true;
    }
    f->depth--;
}

void docx_math_element(docx_formula *f, const char *open, const char *close)
{
    docx_math_put(f, open);
    docx_math_argument(f);
    docx_math_put(f, close);
}

/* An argument that is to stand elsewhere than where it is read. */
nc_bytes docx_math_taken_argument(docx_formula *f)
{
    size_t start = f->out.len;
    nc_bytes xml;

    docx_math_argument(f);
    xml = nc_copy(f->d->job, (nc_bytes){ f->out.ptr + start, f->out.len - start });
    f->out.len = start;
    return xml;
}

/* ------------------------------------------------------------ scripts */

static void insert(docx_formula *f, size_t at, const char *xml)
{
    size_t len = strlen(xml);

    if (!nc_buf_reserve(&f->out, len))
        return;
    memmove(f->out.ptr + at + len, f->out.ptr + at, f->out.len - at);
    memcpy(f->out.ptr + at, xml, len);
    f->out.len += len;
}

static void put_between(docx_formula *f, const char *open, nc_bytes xml, const char *close)
{
    docx_math_put(f, open);
    nc_put(&f->out, xml);
    docx_math_put(f, close);
}

/* A sum or integral: its scripts, and what it is of. */
static void put_nary(docx_formula *f, size_t start, nc_bytes sub, nc_bytes sup)
{
    bool integral = nc_is(f->sign, "\u222b") || nc_is(f->sign, "\u222e");

    f->out.len = start;
    docx_math_put(f, "<m:nary><m:naryPr><m:chr m:val=\"");
    nc_put(&f->out, f->sign);
    docx_math_put(f, integral ? "\"/><m:limLoc m:val=\"subSup\"/>"
                              : "\"/><m:limLoc m:val=\"undOvr\"/>");
    docx_math_put(f, sub.len ? "<m:subHide m:val=\"off\"/>" : "<m:subHide m:val=\"on\"/>");
    docx_math_put(f, sup.len ? "<m:supHide m:val=\"off\"/>" : "<m:supHide m:val=\"on\"/>");
    put_between(f, "</m:naryPr><m:sub>", sub, "</m:sub>");
    put_between(f, "<m:sup>", sup, "</m:sup><m:e>");
    if (++f->depth > DEEPEST_FORMULA)
        f->failed = true;
    else
        put_atom_with_scripts(f);
    f->depth--;
    docx_math_put(f, "</m:e></m:nary>");
}

static void put_limits(docx_formula *f, size_t start, nc_bytes sub, nc_bytes sup)
{
    if (sub.len) {
        insert(f, start, "<m:limLow><m:e>");
        put_between(f, "</m:e><m:lim>", sub, "</m:lim></m:limLow>");
    }
    if (sup.len) {
        insert(f, start, "<m:limUpp><m:e>");
        put_between(f, "</m:e><m:lim>", sup, "</m:lim></m:limUpp>");
    }
}

static void put_scripts(docx_formula *f, size_t start, nc_bytes sub, nc_bytes sup)
{
    const char *element = sub.len && sup.len ? "sSubSup" : sub.len ? "sSub" : "sSup";
    nc_bytes open = nc_print(f->d->job, "<m:%s><m:e>%c", element, 0);

    insert(f, start, open.ptr);
    docx_math_put(f, "</m:e>");
    if (sub.len)
        put_between(f, "<m:sub>", sub, "</m:sub>");
    if (sup.len)
        put_between(f, "<m:sup>", sup, "</m:sup>");
    docx_math_put(f, "</m:");
    docx_math_put(f, element);
    docx_math_put(f, ">");
}

/* Primes are a superscript. */
static nc_bytes take_primes(docx_formula *f)
{
    size_t start = f->out.len;
    nc_bytes xml;

    for (; docx_math_peek(f) == '\''; f->at++)
        docx_math_sign(f, NC_LITERAL("\u2032"));
    xml = nc_copy(f->d->job, (nc_bytes){ f->out.ptr + start, f->out.len - start });
    f->out.len = start;
    return xml;
}

static bool put_atom_with_scripts(docx_formula *f)
{
    nc_bytes sub = { NULL, 0 }, sup = { NULL, 0 }, sign;
    size_t start = f->out.len;
    base_kind base;

    f->base = BASE_PLAIN;
    docx_math_skip_blanks(f);
    if (docx_math_peek(f) != '^' && docx_math_peek(f) != '_' && !put_atom(f))
        return false;
    base = f->base;
    sign = f->sign;
    for (docx_math_skip_blanks(f); !f->failed && f->at < f->tex.len; docx_math_skip_blanks(f)) {
        char c = docx_math_peek(f);
        nc_bytes command = docx_math_peek_command(f);

        if (nc_is(command, "limits") || nc_is(command, "nolimits")) {
            f->at += command.len + 1;
            continue;
        }
        if (c == '\'' && !sup.len) {
            sup = take_primes(f);
            continue;
        }
        if ((c != '^' || sup.len) && (c != '_' || sub.len))
            break;
        f->at++;
        *(c == '^' ? &sup : &sub) = docx_math_taken_argument(f);
    }
    f->failed =
        f->failed || ((docx_math_peek(f) == '^' || docx_math_peek(f) == '_') && f->at < f->tex.len);
    if (!sub.len && !sup.len)
        return true;
    f->sign = sign;
    if (base == BASE_NARY)
        put_nary(f, start, sub, sup);
    else if (base == BASE_LIMIT)
        put_limits(f, start, sub, sup);
    else
        put_scripts(f, start, sub, sup);
    f->base = BASE_PLAIN;
    return true;
}

/* Up to what ends a row: } & \\ \end \right, ] of an option, or the end. */
void docx_math_row(docx_formula *f)
{
    const char *script = f->script, *style = f->style;

    while (!f->failed && !nc_job_status(f->d->job) && put_atom_with_scripts(f))
        ;
    f->script = script;
    f->style = style;
}

/* ------------------------------------------------------------ atoms */

/* Write one atom; false at what ends the row. */
static bool put_atom(docx_formula *f)
{
    char c = docx_math_peek(f);

    if (f->at >= f->tex.len || c == '}' || c == '&' || (c == ']' && f->in_option))
        return false;
    if (c == '{')
        docx_math_argument(f);
    else if (c == '\\')
        return docx_math_command(f);
    else if (is_digit(c))
        put_number(f);
    else if (strchr("#$", c))
        f->failed = true;
    else
        put_character(f);
    return !f->failed;
}

nc_bytes docx_math(docx *d, nc_bytes tex)
{
    docx_formula f = { .d = d, .tex = tex };
    nc_bytes xml = { NULL, 0 };

    nc_buf_open(&f.out, d->job);
    docx_math_row(&f);
    if (!f.failed && f.at >= tex.len)
        xml = nc_copy(d->job, (nc_bytes){ f.out.ptr, f.out.len });
    nc_buf_close(&f.out);
    return xml;
}
