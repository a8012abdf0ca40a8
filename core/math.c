/* SPDX-License-Identifier: MIT */
/* TeX formulas as text or HTML: letters, symbols, raised and lowered parts, spaces as TeX sets
 * them. What needs two dimensions (fractions, roots, matrices, limits of sums) is beyond that, and
 * the formula stays TeX.
 *
 * A formula is read once. Groups are on a stack of frames; when a script or an accent ends, what it
 * holds is rewritten where it stands in the output. A sign waits for what follows, for its spaces
 * depend on both neighbours. */
#include "core/math.h"
#include "core/math_commands.h"

#include <utf8proc.h>

enum { DEEPEST = 60 };

#define THIN "\u2006"
#define MEDIUM "\u2005"
#define THICK "\u2004"

typedef struct frame {
    math_class kind; /* GROUP, ACCENT, an alphabet; OPEN: a script */
    bool braced;     /* ends at its brace; otherwise after one atom */
    size_t start;    /* of its output */
    int script;      /* '^', '_' */
    const char *accent;
    const char *element;       /* the HTML element that it is, NULL for none */
    math_class alphabet, base; /* outside it, as are the next three */
    size_t raised, scripts;
    bool upright;
} frame;

typedef struct reader {
    nc_job *job;
    nc_bytes tex;
    size_t at;
    char *out;
    size_t length, capacity;
    frame frames[DEEPEST];
    size_t depth;
    math_class last;  /* of the atom before: decides about spaces */
    const char *sign; /* BINARY or RELATION that waits, else NULL */
    math_class sign_class;
    math_class base;        /* of the atom that scripts would be set on */
    size_t raised, scripts; /* where its superscript begins (SIZE_MAX: none), how many it has */
    math_class alphabet;    /* GROUP: none */
    bool upright;           /* letters stand for themselves, not for quantities */
    uint32_t (*scripted)(uint32_t character, int script); /* NULL: HTML is written */
    bool failed;
} reader;

/* ------------------------------------------------------------ output */

static void put_bytes(reader *r, nc_bytes text)
{
    if (r->length + text.len > r->capacity) {
        size_t capacity = (r->length + text.len) * 2 + 64;
        char *out = nc_alloc(r->job, capacity);

        if (!out) {
            r->failed = true;
            return;
        }
        if (r->length)
            memcpy(out, r->out, r->length);
        r->out = out;
        r->capacity = capacity;
    }
    if (text.len)
        memcpy(r->out + r->length, text.ptr, text.len);
    r->length += text.len;
}

static void put(reader *r, const char *text)
{
    put_bytes(r, nc_string(text));
}

/* Text of the formula: in HTML, its markup characters are entities. */
static void put_text(reader *r, nc_bytes text)
{
    for (size_t at = 0; at < text.len; at++) {
        char c = text.ptr[at];

        if (!r->scripted && (c == '<' || c == '>' || c == '&'))
            put(r, c == '<' ? "&lt;" : c == '>' ? "&gt;" : "&amp;");
        else
            put_bytes(r, (nc_bytes){ text.ptr + at, 1 });
    }
}

/* `<name>`, or `</name>` for "/name". */
static void put_tag(reader *r, const char *slash, const char *name)
{
    if (r->scripted || !name || !*name)
        return;
    put(r, "<");
    put(r, slash);
    put(r, name);
    put(r, ">");
}

static void put_character(reader *r, uint32_t c)
{
    char bytes[4];

    put_bytes(r, (nc_bytes){ bytes, nc_utf8_put(bytes, c) });
}

/* Print the sign that waits, now that the class of what follows is known; START: nothing follows.
 */
static void put_sign(reader *r, math_class next)
{
    bool alone = r->last == MATH_START || r->last == MATH_BINARY || r->last == MATH_RELATION ||
                 r->last == MATH_OPEN || r->last == MATH_PUNCTUATION;
    const char *space = r->sign_class == MATH_RELATION ? THICK : MEDIUM;

    if (!r->sign)
        return;
    if (next == MATH_START || (r->sign_class == MATH_BINARY &&
                               (alone || next == MATH_RELATION || next == MATH_PUNCTUATION))) {
        put_text(r, nc_string(r->sign));
        r->last = MATH_ORDINARY;
    } else {
        put(r, r->last == MATH_SPACE ? "" : space);
        put_text(r, nc_string(r->sign));
        put(r, next == MATH_SPACE ? "" : space);
        r->last = r->sign_class;
    }
    r->sign = NULL;
}

/* A name such as sin is followed by a thin space, unless scripts are on it. */
static void end_base(reader *r)
{
    if ((r->base == MATH_OPERATOR || r->base == MATH_LIMITS_OPERATOR) && r->scripts == 0)
        put(r, THIN);
    r->base = MATH_START;
}

static void begin_atom(reader *r, math_class class)
{
    end_base(r);
    put_sign(r, class);
    if (r->last == MATH_PUNCTUATION && r->length)
        put(r, THIN);
    r->scripts = 0;
    r->raised = SIZE_MAX;
}

/* ------------------------------------------------------------ frames */

static bool is_script(const frame *f)
{
    return f->kind == MATH_OPEN;
}

static frame *push(reader *r, math_class kind, bool braced)
{
    frame *f = &r->frames[r->depth];

    if (r->depth == DEEPEST) {
        r->failed = true;
        return &r->frames[0];
    }
    *f = (frame){ .kind = kind,
                  .braced = braced,
                  .start = r->length,
                  .alphabet = r->alphabet,
                  .base = r->base,
                  .raised = r->raised,
                  .scripts = r->scripts,
                  .upright = r->upright };
    r->depth++;
    r->last = r->base = MATH_START;
    r->raised = SIZE_MAX;
    r->scripts = 0;
    return f;
}

static bool can_be_scripted(const reader *r, nc_bytes text, int script)
{
    for (size_t at = 0; at < text.len;)
        if (!r->scripted(nc_utf8_next(text, &at), script))
            return false;
    return true;
}

/* Raise or lower what the frame holds: by the characters that Unicode has, or in parentheses. What
 * cannot be lowered is raised if it can be, as in pandoc. */
static void finish_script(reader *r, const frame *f)
{
    nc_bytes held = nc_copy(r->job, (nc_bytes){ r->out + f->start, r->length - f->start });
    int script;

    r->length = f->start;
    if (!r->scripted) {
        put_tag(r, "", f->script == '^' ? "sup" : "sub");
        put_bytes(r, held);
        put_tag(r, "/", f->script == '^' ? "sup" : "sub");
        return;
    }
    script = can_be_scripted(r, held, f->script) ? f->script
             : can_be_scripted(r, held, '^')     ? '^'
                                                 : 0;
    if (!script)
        put(r, f->script == '^' ? "^(" : "_(");
    for (size_t at = 0; script && at < held.len;)
        put_character(r, r->scripted(nc_utf8_next(held, &at), script));
    if (!script) {
        put_bytes(r, held);
        put(r, ")");
    }
}

/* What is lowered stands before what is raised, in whatever order they were given. */
static void order_scripts(reader *r, const frame *f)
{
    if (f->script == '^' && r->raised == SIZE_MAX) {
        r->raised = f->start;
    } else if (f->script == '_' && r->raised != SIZE_MAX) {
        nc_bytes raised = nc_copy(r->job, (nc_bytes){ r->out + r->raised, f->start - r->raised });
        size_t lowered = r->length - f->start;

        if (!raised.ptr)
            return;
        memmove(r->out + r->raised, r->out + f->start, lowered);
        memcpy(r->out + r->raised + lowered, raised.ptr, raised.len);
        r->raised += lowered;
    }
}

/* An accent goes on one character; over more it would need a line. */
static void finish_accent(reader *r, const frame *f)
{
    nc_bytes held = { r->out + f->start, r->length - f->start };
    bool emphasized = !r->scripted && held.len > 9 && memcmp(held.ptr, "<em>", 4) == 0;
    size_t at = 0;

    if (emphasized)
        held = (nc_bytes){ held.ptr + 4, held.len - 9 };
    if (held.len)
        nc_utf8_next(held, &at);
    if (!held.len || at != held.len)
        r->failed = true;
    if (emphasized)
        r->length -= 5; /* </em> */
    put(r, f->accent);
    if (emphasized)
        put_tag(r, "/", "em");
}

static void pop(reader *r)
{
    const frame *f = &r->frames[--r->depth];

    end_base(r);
    put_sign(r, MATH_START);
    put_tag(r, "/", f->element);
    r->alphabet = f->alphabet;
    r->upright = f->upright;
    r->last = MATH_ORDINARY;
    if (is_script(f)) {
        r->base = f->base;
        r->raised = f->raised;
        r->scripts = f->scripts + 1;
        r->failed |= r->scripts > 1 && (f->base == MATH_LIMITS || f->base == MATH_LIMITS_OPERATOR);
        finish_script(r, f);
        order_scripts(r, f);
        return;
    }
    if (f->kind == MATH_ACCENT)
        finish_accent(r, f);
    r->base = MATH_ORDINARY;
    r->raised = SIZE_MAX;
    r->scripts = 0;
}

/* Frames that wait for a single atom end with it. */
static void end_atom(reader *r)
{
    while (r->depth && !r->frames[r->depth - 1].braced && !r->failed)
        pop(r);
}

/* Open a frame for the argument that follows: a group in braces or one atom. */
static frame *push_argument(reader *r, math_class kind)
{
    while (r->at < r->tex.len && (r->tex.ptr[r->at] == ' ' || r->tex.ptr[r->at] == '\n'))
        r->at++;
    if (r->at >= r->tex.len || r->tex.ptr[r->at] == '}') {
        r->failed = true;
        return &r->frames[0];
    }
    if (r->tex.ptr[r->at] != '{')
        return push(r, kind, false);
    r->at++;
    return push(r, kind, true);
}

/* ------------------------------------------------------------ reading */

static char ahead(const reader *r)
{
    return r->at < r->tex.len ? r->tex.ptr[r->at] : 0;
}

/* Greek letters stand for quantities as Latin ones do; signs do not. */
static bool is_letter(const char *text)
{
    size_t at = 0;
    uint32_t c = nc_utf8_next(nc_string(text), &at);

    return !text[at] && ((c >= 0x370 && c < 0x400) || c == 0x2113);
}

static void put_symbol(reader *r, const char *text, math_class class)
{
    const char *element =
        class == MATH_ORDINARY && !r->upright && *text && is_letter(text) ? "em" : NULL;

    begin_atom(r, class);
    if (class == MATH_BINARY || class == MATH_RELATION) {
        r->sign = text;
        r->sign_class = class;
    } else {
        put_tag(r, "", element);
        put_text(r, nc_string(text));
        put_tag(r, "/", element);
        r->last = r->base = class;
    }
    end_atom(r);
}

/* The text of a braced argument that has no braces in it. */
static nc_bytes read_braced(reader *r)
{
    size_t from = r->at + 1;
    const char *stop =
        r->at < r->tex.len ? memchr(r->tex.ptr + r->at, '}', r->tex.len - r->at) : NULL;
    nc_bytes text;

    if (!stop || ahead(r) != '{') {
        r->failed = true;
        return (nc_bytes){ "", 0 };
    }
    text = (nc_bytes){ r->tex.ptr + from, (size_t)(stop - r->tex.ptr) - from };
    r->failed |= memchr(text.ptr, '{', text.len) != NULL;
    r->at = from + text.len + 1;
    return text;
}

static void put_argument(reader *r, math_class class, const char *element)
{
    nc_bytes text;

    if (class == MATH_OPERATOR && ahead(r) == '*')
        r->at++;
    text = read_braced(r);
    r->failed |= memchr(text.ptr, '\\', text.len) || memchr(text.ptr, '$', text.len);
    begin_atom(r, class);
    put_tag(r, "", element);
    put_text(r, text);
    put_tag(r, "/", element);
    r->last = r->base = class;
    end_atom(r);
}

/* The environments that set one line. */
static void read_environment(reader *r)
{
    static const char *const names[] = { "equation", "equation*", "displaymath", "math" };
    nc_bytes name = read_braced(r);

    for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++)
        if (nc_is(name, names[i]))
            return;
    r->failed = true;
}

/* \left and \right: the delimiter itself follows; '.' is none. */
static void read_delimiter(reader *r)
{
    while (ahead(r) == ' ')
        r->at++;
    if (ahead(r) == '<' || ahead(r) == '>') {
        put_symbol(r, ahead(r) == '<' ? "\u27e8" : "\u27e9", MATH_OPEN);
        r->at++;
    } else if (ahead(r) == '.') {
        r->at++;
    }
}

/* An argument in an alphabet, upright, bold or in typewriter letters. */
static void begin_style(reader *r, const math_command *command)
{
    frame *f = push_argument(r, MATH_GROUP);

    if (command->class != MATH_GROUP) {
        r->alphabet = command->class;
    } else if (strcmp(command->text, "em") != 0) {
        r->upright = true;
        f->element = command->text;
        put_tag(r, "", f->element);
    }
}

static void read_command(reader *r)
{
    size_t from = r->at;
    const math_command *command;

    while ((unsigned)((ahead(r) | 0x20) - 'a') < 26)
        r->at++;
    if (r->at == from && r->at < r->tex.len)
        nc_utf8_next(r->tex, &r->at);
    command = nc_math_command((nc_bytes){ r->tex.ptr + from, r->at - from });
    if (!command) {
        r->failed = true;
        return;
    }
    switch (command->class) {
    case MATH_SPACE:
        end_base(r);
        put_sign(r, MATH_SPACE);
        put(r, command->text);
        r->last = MATH_SPACE;
        break;
    case MATH_ACCENT:
        begin_atom(r, MATH_ORDINARY);
        push_argument(r, MATH_ACCENT)->accent = command->text;
        break;
    case MATH_GROUP:
    case MATH_DOUBLE:
    case MATH_SCRIPT:
    case MATH_FRAKTUR:
        begin_atom(r, MATH_ORDINARY);
        begin_style(r, command);
        break;
    case MATH_TEXT: put_argument(r, MATH_ORDINARY, command->text); break;
    case MATH_NAME: put_argument(r, MATH_OPERATOR, NULL); break;
    case MATH_DROPPED: read_braced(r); break;
    case MATH_DELIMITER: read_delimiter(r); break;
    case MATH_NOTHING: break;
    case MATH_ENVIRONMENT: read_environment(r); break;
    default: put_symbol(r, command->text, command->class); break;
    }
}

static void begin_script(reader *r, int script)
{
    put_sign(r, MATH_START);
    push_argument(r, MATH_OPEN)->script = script;
}

static void read_primes(reader *r)
{
    static const char *const primes[] = { "\u2032", "\u2033", "\u2034" };
    size_t count = 0;

    put_sign(r, MATH_START);
    for (; ahead(r) == '\'' && count < 2; r->at++)
        count++;
    push(r, MATH_OPEN, false)->script = '^';
    put(r, primes[count]);
    end_atom(r);
}

static void close_group(reader *r)
{
    if (!r->depth || !r->frames[r->depth - 1].braced) {
        r->failed = true;
        return;
    }
    pop(r);
    end_atom(r);
}

static void put_letter(reader *r)
{
    size_t from = r->at;
    uint32_t c = nc_utf8_next(r->tex, &r->at);
    utf8proc_category_t category = utf8proc_category((utf8proc_int32_t)c);
    bool quantity = r->alphabet == MATH_GROUP && !r->upright && category >= UTF8PROC_CATEGORY_LU &&
                    category <= UTF8PROC_CATEGORY_LO;

    begin_atom(r, MATH_ORDINARY);
    put_tag(r, "", quantity ? "em" : NULL);
    if (r->alphabet == MATH_GROUP)
        put_text(r, (nc_bytes){ r->tex.ptr + from, r->at - from });
    else
        put_character(r, nc_math_letter(c, r->alphabet));
    put_tag(r, "/", quantity ? "em" : NULL);
    r->last = r->base = MATH_ORDINARY;
    end_atom(r);
}

static void read_sign(reader *r, char c)
{
    static const struct {
        char sign;
        const char *text;
        math_class class;
    } signs[] = { { '+', "+", MATH_BINARY },      { '-', "\u2212", MATH_BINARY },
                  { '*', "*", MATH_BINARY },      { '=', "=", MATH_RELATION },
                  { '<', "<", MATH_RELATION },    { '>', ">", MATH_RELATION },
                  { ':', ":", MATH_RELATION },    { ',', ",", MATH_PUNCTUATION },
                  { ';', ";", MATH_PUNCTUATION }, { '(', "(", MATH_OPEN },
                  { '[', "[", MATH_OPEN } };

    if (c == ':' && ahead(r) == '=') {
        r->at++;
        put_symbol(r, ":=", MATH_RELATION);
        return;
    }
    for (size_t i = 0; i < sizeof(signs) / sizeof(*signs); i++)
        if (signs[i].sign == c) {
            put_symbol(r, signs[i].text, signs[i].class);
            return;
        }
    r->at--;
    put_letter(r);
}

static void read_one(reader *r)
{
    char c = r->tex.ptr[r->at++];

    switch (c) {
    case ' ':
    case '\t':
    case '\n': break;
    case '\\': read_command(r); break;
    case '%':
        while (ahead(r) && ahead(r) != '\n')
            r->at++;
        break;
    case '~': put_symbol(r, "\u00a0", MATH_ORDINARY); break;
    case '{':
        begin_atom(r, MATH_ORDINARY);
        push(r, MATH_GROUP, true);
        break;
    case '}': close_group(r); break;
    case '^':
    case '_': begin_script(r, c); break;
    case '\'': read_primes(r); break;
    case '"':
    case '$':
    case '&':
    case '#':
    case '`': r->failed = true; break;
    default: read_sign(r, c); break;
    }
}

static nc_bytes read_formula(nc_job *job, nc_bytes tex, uint32_t (*scripted)(uint32_t, int))
{
    reader r = {
        .job = job, .tex = tex, .alphabet = MATH_GROUP, .raised = SIZE_MAX, .scripted = scripted
    };

    while (r.at < tex.len && !r.failed)
        read_one(&r);
    end_base(&r);
    put_sign(&r, MATH_START);
    if (r.failed || r.depth)
        return (nc_bytes){ NULL, 0 };
    return r.out ? (nc_bytes){ r.out, r.length } : NC_LITERAL("");
}

nc_bytes nc_math_text(nc_job *job, nc_bytes tex,
                      uint32_t (*scripted)(uint32_t character, int script))
{
    return read_formula(job, tex, scripted);
}

nc_bytes nc_math_html(nc_job *job, nc_bytes tex)
{
    return read_formula(job, tex, NULL);
}
