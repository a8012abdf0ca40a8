/* SPDX-License-Identifier: MIT */
/* Formulas: the TeX that a math element carries as an annotation, else TeX made from its MathML. */
#include "plugins/html/read.h"

typedef struct tex {
    html_reader *reader;
    char *out;
    size_t len, capacity;
} tex;

/* What TeX has before the children of an element, between them, and behind them. `between` comes
 * before the second child, `more` before those after it. */
typedef struct construct {
    const char *name, *before, *between, *more, *after;
} construct;

static const construct constructs[] = {
    { "mfrac", "\\frac{", "}{", "", "}" },
    { "mfenced", "\\left( {", ",", ",", "} \\right)" },
    { "mover", "", "^{", "", "}" },
    { "mroot", "", "}", "", "" },
    { "msqrt", "\\sqrt{", "", "", "}" },
    { "msub", "", "_{", "", "}" },
    { "msubsup", "", "_{", "}^{", "}" },
    { "msup", "", "^{", "", "}" },
    { "mtable", "\\begin{matrix}\n", " \\\\\n", " \\\\\n", "\n\\end{matrix}" },
    { "mtr", "", " & ", " & ", "" },
    { "munder", "", "_{", "", "}" },
    { "munderover", "", "_{", "}^{", "}" },
};

typedef struct symbol {
    const char *character, *command;
} symbol;

/* Operators that stand apart from what is beside them. */
static const symbol operators[] = {
    { "=", "=" },
    { "+", "+" },
    { "-", "-" },
    { "\xE2\x88\x92", "-" },
    { "<", "<" },
    { ">", ">" },
    { "/", "/" },
    { "\xC3\x97", "\\times" },
    { "\xC2\xB1", "\\pm" },
    { "\xC2\xB7", "\\cdot" },
    { "\xE2\x8B\x85", "\\cdot" },
    { "\xE2\x89\xA4", "\\leq" },
    { "\xE2\x89\xA5", "\\geq" },
    { "\xE2\x89\xA0", "\\neq" },
    { "\xE2\x89\x88", "\\approx" },
    { "\xE2\x89\xA1", "\\equiv" },
    { "\xE2\x88\x88", "\\in" },
    { "\xE2\x86\x92", "\\rightarrow" },
    { "\xE2\x87\x92", "\\Rightarrow" },
    { "\xE2\x86\x90", "\\leftarrow" },
    { "\xE2\x88\xAA", "\\cup" },
    { "\xE2\x88\xA9", "\\cap" },
};

static const symbol symbols[] = {
    { "\xE2\x88\x91", "\\sum" },
    { "\xE2\x88\x8F", "\\prod" },
    { "\xE2\x88\xAB", "\\int" },
    { "\xE2\x88\x9E", "\\infty" },
    { "\xE2\x88\x82", "\\partial" },
    { "\xE2\x80\xA6", "\\ldots" },
    { "\xCE\xB1", "\\alpha" },
    { "\xCE\xB2", "\\beta" },
    { "\xCE\xB3", "\\gamma" },
    { "\xCE\xB4", "\\delta" },
    { "\xCE\xB5", "\\varepsilon" },
    { "\xCE\xB8", "\\theta" },
    { "\xCE\xBB", "\\lambda" },
    { "\xCE\xBC", "\\mu" },
    { "\xCF\x80", "\\pi" },
    { "\xCF\x81", "\\rho" },
    { "\xCF\x83", "\\sigma" },
    { "\xCF\x84", "\\tau" },
    { "\xCF\x86", "\\varphi" },
    { "\xCF\x89", "\\omega" },
    { "\xCE\x94", "\\Delta" },
    { "\xCE\xA9", "\\Omega" },
    { "\xCE\xA3", "\\Sigma" },
    { "\xE2\x81\xA1", "" },
    { "\xE2\x81\xA2", "" },
    { "%", "\\%" },
    { "{", "\\{" },
    { "}", "\\}" },
};

static const char *const functions[] = {
    "arg", "cos", "cot", "deg", "det", "dim", "exp",  "gcd", "inf", "ker",  "lim",
    "ln",  "log", "max", "min", "sec", "sin", "sinh", "sup", "tan", "tanh",
};

static void put(tex *t, nc_bytes text)
{
    if (t->capacity - t->len < text.len) {
        size_t capacity = t->capacity * 2 + text.len + 64;
        char *out = nc_alloc(t->reader->job, capacity);

        if (!out)
            return;
        if (t->len)
            memcpy(out, t->out, t->len);
        t->out = out;
        t->capacity = capacity;
    }
    if (text.len)
        memcpy(t->out + t->len, text.ptr, text.len);
    t->len += text.len;
}

static void put_string(tex *t, const char *text)
{
    put(t, nc_string(text));
}

static bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

enum { LONGEST_COMMAND = 16 };

/* A command that ends in a letter needs a blank before another letter. */
static void part_from_command(tex *t, nc_bytes next)
{
    size_t at = t->len;

    while (at && t->len - at < LONGEST_COMMAND && is_letter(t->out[at - 1]))
        at--;
    if (at && at < t->len && t->out[at - 1] == '\\' && next.len && is_letter(next.ptr[0]))
        put_string(t, " ");
}

static const char *command_for(const symbol *list, size_t count, nc_bytes text)
{
    for (size_t i = 0; i < count; i++)
        if (nc_is(text, list[i].character))
            return list[i].command;
    return NULL;
}

static const construct *construct_of(const dom_node *element)
{
    nc_bytes name = dom_name(element);

    for (size_t i = 0; i < sizeof constructs / sizeof *constructs; i++)
        if (nc_is(name, constructs[i].name))
            return &constructs[i];
    return NULL;
}

/* ---------------------------------------------------------------- tokens */

static void put_operator(tex *t, nc_bytes text)
{
    const char *apart = command_for(operators, sizeof operators / sizeof *operators, text);

    if (!apart) {
        part_from_command(t, text);
        put(t, text);
        return;
    }
    if (t->len && t->out[t->len - 1] != ' ')
        put_string(t, " ");
    put_string(t, apart);
    put_string(t, " ");
}

static void put_identifier(tex *t, nc_bytes text)
{
    size_t at = 0;

    for (size_t i = 0; i < sizeof functions / sizeof *functions; i++)
        if (nc_is(text, functions[i])) {
            put_string(t, "\\");
            put(t, text);
            put_string(t, " ");
            return;
        }
    if (text.len)
        nc_utf8_next(text, &at);
    part_from_command(t, text);
    put_string(t, at < text.len ? "{" : "");
    put(t, text);
    put_string(t, at < text.len ? "}" : "");
}

static void put_token(tex *t, const dom_node *node)
{
    nc_bytes name = dom_name(dom_parent(node)), text = html_trimmed(dom_text(node));
    const char *command = command_for(symbols, sizeof symbols / sizeof *symbols, text);

    if (!text.len)
        return;
    if (nc_is(name, "mtext") || nc_is(name, "ms")) {
        put_string(t, "\\text{");
        put(t, text);
        put_string(t, "}");
    } else if (command) {
        put_string(t, command);
    } else if (nc_is(name, "mi")) {
        put_identifier(t, text);
    } else if (nc_is(name, "mo")) {
        put_operator(t, text);
    } else {
        part_from_command(t, text);
        put(t, text);
    }
}

/* ---------------------------------------------------------------- constructs */

enum { COUNT_SHIFT = 8 }; /* children seen, in the mark of a construct */

static void begin_child(tex *t, dom_node *parent)
{
    const construct *in = construct_of(parent);
    uint32_t number = *dom_mark(parent) >> COUNT_SHIFT;

    *dom_mark(parent) += 1u << COUNT_SHIFT;
    if (!in || number == 0)
        return;
    if (number == 1 && in->name[1] == 'u' && in->name[2] == 'n')
        put_string(t, "\\limits");
    put_string(t, number == 1 ? in->between : in->more);
}

/* The index of a root stands before what is under it. */
static void begin_root(tex *t, const dom_node *root)
{
    const dom_node *index = dom_first(root);

    while (index && (dom_node_kind(index) == DOM_TEXT || index == dom_first(root)))
        index = dom_next(index);
    put_string(t, "\\sqrt[");
    if (index)
        put(t, html_trimmed(html_all_text(t->reader, index)));
    put_string(t, "]{");
}

/* Whether the walk goes on into the element. */
static bool begin(tex *t, dom_node *element, const dom_node *formula)
{
    const construct *in = construct_of(element);
    dom_node *parent = dom_parent(element);
    bool is_index = element != formula && nc_is(dom_name(parent), "mroot") &&
                    *dom_mark(parent) >> COUNT_SHIFT == 1;

    if (element != formula)
        begin_child(t, parent);
    *dom_mark(element) &= (1u << COUNT_SHIFT) - 1;
    if (is_index || nc_is(dom_name(element), "annotation"))
        return false;
    if (in && nc_is(nc_string(in->name), "mroot"))
        begin_root(t, element);
    else if (in)
        put_string(t, in->before);
    return true;
}

static void end(tex *t, const dom_node *element)
{
    const construct *in = construct_of(element);

    if (!in)
        return;
    while (t->len && t->out[t->len - 1] == ' ')
        t->len--;
    put_string(t, in->after);
}

static nc_bytes from_mathml(html_reader *reader, dom_node *formula)
{
    tex t = { .reader = reader };
    dom_node *node = formula;

    while (node) {
        bool is_text = dom_node_kind(node) == DOM_TEXT;
        dom_node *next = NULL;

        if (is_text)
            put_token(&t, node);
        else if (begin(&t, node, formula))
            next = dom_first(node);
        while (!next && node) {
            if (dom_node_kind(node) == DOM_ELEMENT)
                end(&t, node);
            if (node == formula)
                return html_trimmed((nc_bytes){ t.out ? t.out : "", t.len });
            next = dom_next(node);
            node = next ? node : dom_parent(node);
        }
        node = next;
    }
    return (nc_bytes){ "", 0 };
}

nc_bytes html_math(html_reader *reader, dom_node *element)
{
    for (dom_node *node = element; node; node = dom_following(element, node, false))
        if (nc_is(dom_value(node, "encoding"), "application/x-tex"))
            return html_all_text(reader, node);
    return from_mathml(reader, element);
}
