/* SPDX-License-Identifier: MIT */
/* Commands of TeX formulas: fractions, roots, accents, fences, arrays; symbols come from the core's
 * table. */
#include "core/math_commands.h"
#include "math.h"

/* ------------------------------------------------------------ structures */

static void put_fraction(docx_formula *f, const char *type)
{
    docx_math_put(f, "<m:f><m:fPr><m:type m:val=\"");
    docx_math_put(f, type);
    docx_math_element(f, "\"/></m:fPr><m:num>", "</m:num>");
    docx_math_element(f, "<m:den>", "</m:den></m:f>");
}

static void put_bar_fraction(docx_formula *f)
{
    put_fraction(f, "bar");
}

static void put_binomial(docx_formula *f)
{
    docx_math_put(f, "<m:d><m:dPr><m:begChr m:val=\"(\"/><m:endChr m:val=\")\"/></m:dPr><m:e>");
    put_fraction(f, "noBar");
    docx_math_put(f, "</m:e></m:d>");
}

static void put_root(docx_formula *f)
{
    docx_math_skip_blanks(f);
    if (docx_math_peek(f) != '[') {
        docx_math_element(f, "<m:rad><m:radPr><m:degHide m:val=\"on\"/></m:radPr><m:deg/><m:e>",
                          "</m:e></m:rad>");
        return;
    }
    f->at++;
    f->in_option = true;
    docx_math_put(f, "<m:rad><m:radPr><m:degHide m:val=\"off\"/></m:radPr><m:deg>");
    docx_math_row(f);
    f->in_option = false;
    f->failed = f->failed || docx_math_peek(f) != ']';
    f->at++;
    docx_math_element(f, "</m:deg><m:e>", "</m:e></m:rad>");
}

static void put_overline(docx_formula *f)
{
    docx_math_element(f, "<m:bar><m:barPr><m:pos m:val=\"top\"/></m:barPr><m:e>", "</m:e></m:bar>");
}

static void put_underline(docx_formula *f)
{
    docx_math_element(f, "<m:bar><m:barPr><m:pos m:val=\"bot\"/></m:barPr><m:e>", "</m:e></m:bar>");
}

static void put_overbrace(docx_formula *f)
{
    docx_math_element(f,
                      "<m:groupChr><m:groupChrPr><m:chr m:val=\"\u23de\"/><m:pos m:val=\"top\"/>"
                      "<m:vertJc m:val=\"bot\"/></m:groupChrPr><m:e>",
                      "</m:e></m:groupChr>");
    f->base = BASE_LIMIT;
}

static void put_underbrace(docx_formula *f)
{
    docx_math_element(f,
                      "<m:groupChr><m:groupChrPr><m:chr m:val=\"\u23df\"/><m:pos m:val=\"bot\"/>"
                      "<m:vertJc m:val=\"top\"/></m:groupChrPr><m:e>",
                      "</m:e></m:groupChr>");
    f->base = BASE_LIMIT;
}

/* \overset{above}{base}; likewise below. */
static void put_stacked(docx_formula *f, const char *element)
{
    nc_bytes limit = docx_math_taken_argument(f);

    docx_math_put(f, "<m:");
    docx_math_put(f, element);
    docx_math_element(f, "><m:e>", "</m:e><m:lim>");
    nc_put(&f->out, limit);
    docx_math_put(f, "</m:lim></m:");
    docx_math_put(f, element);
    docx_math_put(f, ">");
}

static void put_overset(docx_formula *f)
{
    put_stacked(f, "limUpp");
}

static void put_underset(docx_formula *f)
{
    put_stacked(f, "limLow");
}

/* ------------------------------------------------------------ fences */

/* The sign behind \left or \right: one character or command; "." is none. */
static nc_bytes take_fence(docx_formula *f)
{
    nc_bytes command, sign;
    size_t from;

    docx_math_skip_blanks(f);
    command = docx_math_peek_command(f);
    if (command.len) {
        const math_command *known = nc_math_command(command);

        f->at += command.len + 1;
        f->failed = f->failed || !known;
        return nc_string(known ? known->text : "");
    }
    if (f->at >= f->tex.len) {
        f->failed = true;
        return (nc_bytes){ "", 0 };
    }
    from = f->at;
    nc_utf8_next(f->tex, &f->at);
    sign = (nc_bytes){ f->tex.ptr + from, f->at - from };
    if (nc_is(sign, "<"))
        return NC_LITERAL("\u27e8");
    if (nc_is(sign, ">"))
        return NC_LITERAL("\u27e9");
    return nc_is(sign, ".") ? (nc_bytes){ "", 0 } : sign;
}

static void put_fence(docx_formula *f, const char *open, nc_bytes sign, const char *close)
{
    docx_math_put(f, open);
    docx_put_escaped(f->d, &f->out, sign);
    docx_math_put(f, close);
}

/* The closing sign is a property, which stands before the content. */
static void put_fenced(docx_formula *f)
{
    nc_bytes open = take_fence(f), close = { "", 0 }, inside;
    size_t start = f->out.len;

    if (++f->depth > DEEPEST_FORMULA)
        f->failed = true;
    else
        docx_math_row(f);
    f->depth--;
    if (f->failed || !nc_is(docx_math_peek_command(f), "right")) {
        f->failed = true;
        return;
    }
    f->at += sizeof("\\right") - 1;
    close = take_fence(f);
    inside = nc_copy(f->d->job, (nc_bytes){ f->out.ptr + start, f->out.len - start });
    f->out.len = start;
    put_fence(f, "<m:d><m:dPr><m:begChr m:val=\"", open, "\"/>");
    put_fence(f, "<m:endChr m:val=\"", close, "\"/><m:grow/></m:dPr><m:e>");
    nc_put(&f->out, inside);
    docx_math_put(f, "</m:e></m:d>");
}

/* ------------------------------------------------------------ arrays */

/* The most cells of a row, counted ahead; ends at the \end of this environment. */
static int count_columns(const docx_formula *f)
{
    int columns = 1, here = 1, depth = 0;

    for (size_t at = f->at; at < f->tex.len && columns < 64; at++) {
        nc_bytes rest = { f->tex.ptr + at, f->tex.len - at };
        char c = *rest.ptr;

        if (c == '\\' && rest.len > 1 && rest.ptr[1] == '\\' && !depth)
            here = 1;
        else if (rest.len > 6 && memcmp(rest.ptr, "\\begin", 6) == 0)
            depth++;
        else if (rest.len > 4 && memcmp(rest.ptr, "\\end", 4) == 0 && --depth < 0)
            break;
        depth += (c == '{') - (c == '}');
        if (c == '\\')
            at++;
        here += c == '&' && !depth;
        columns = here > columns ? here : columns;
    }
    return columns;
}

static void put_row_of_cells(docx_formula *f, int columns)
{
    int cells = 0;

    docx_math_put(f, "<m:mr>");
    do {
        f->at += cells && docx_math_peek(f) == '&';
        docx_math_put(f, "<m:e>");
        docx_math_row(f);
        docx_math_put(f, "</m:e>");
        cells++;
    } while (!f->failed && docx_math_peek(f) == '&' && cells < columns);
    for (; cells < columns; cells++)
        docx_math_put(f, "<m:e/>");
    docx_math_put(f, "</m:mr>");
}

static void put_cells(docx_formula *f, const char *alignment)
{
    int columns = count_columns(f);

    docx_math_put(f, "<m:m><m:mPr><m:mcs><m:mc><m:mcPr><m:count m:val=\"");
    nc_put_int(&f->out, columns);
    docx_math_put(f, "\"/><m:mcJc m:val=\"");
    docx_math_put(f, alignment);
    docx_math_put(f, "\"/></m:mcPr></m:mc></m:mcs></m:mPr>");
    do {
        put_row_of_cells(f, columns);
        if (nc_is(docx_math_peek_command(f), "\\"))
            f->at += 2;
        else if (!nc_is(docx_math_peek_command(f), "end"))
            f->failed = true; /* a brace or fence that the environment does not hold */
        docx_math_skip_blanks(f);
    } while (!f->failed && f->at < f->tex.len && !nc_is(docx_math_peek_command(f), "end"));
    docx_math_put(f, "</m:m>");
}

static const struct {
    const char *name, *open, *close, *alignment; /* alignment NULL: what stands inside, as it is */
} environments[] = {
    { "equation", NULL, NULL, NULL },    { "equation*", NULL, NULL, NULL },
    { "displaymath", NULL, NULL, NULL }, { "math", NULL, NULL, NULL },
    { "matrix", NULL, NULL, "center" },  { "pmatrix", "(", ")", "center" },
    { "bmatrix", "[", "]", "center" },   { "Bmatrix", "{", "}", "center" },
    { "vmatrix", "|", "|", "center" },   { "Vmatrix", "\u2016", "\u2016", "center" },
    { "cases", "{", "", "left" },        { "aligned", NULL, NULL, "left" },
    { "align", NULL, NULL, "left" },     { "align*", NULL, NULL, "left" },
    { "split", NULL, NULL, "left" },     { "gathered", NULL, NULL, "center" },
    { "gather", NULL, NULL, "center" },  { "gather*", NULL, NULL, "center" },
};

static void put_environment(docx_formula *f)
{
    nc_bytes name = docx_math_braced(f);
    size_t i = 0, count = sizeof(environments) / sizeof(environments[0]);

    while (i < count && !nc_is(name, environments[i].name))
        i++;
    if (f->failed || i == count || ++f->depth > DEEPEST_FORMULA) {
        f->failed = true;
        return;
    }
    if (environments[i].open) {
        put_fence(f, "<m:d><m:dPr><m:begChr m:val=\"", nc_string(environments[i].open), "\"/>");
        put_fence(f, "<m:endChr m:val=\"", nc_string(environments[i].close),
                  "\"/><m:grow/></m:dPr><m:e>");
    }
    if (environments[i].alignment)
        put_cells(f, environments[i].alignment);
    else
        docx_math_row(f);
    if (environments[i].open)
        docx_math_put(f, "</m:e></m:d>");
    f->depth--;
    if (!nc_is(docx_math_peek_command(f), "end")) {
        f->failed = true;
        return;
    }
    f->at += sizeof("\\end") - 1;
    f->failed = !nc_same(docx_math_braced(f), name) || f->failed;
}

/* ------------------------------------------------------------ symbols and styles */

static void put_in_style(docx_formula *f, const char *script, const char *style)
{
    const char *outer_script = f->script, *outer_style = f->style;

    f->script = script;
    f->style = style;
    docx_math_argument(f);
    f->script = outer_script;
    f->style = outer_style;
}

static void put_accent(docx_formula *f, const char *accent)
{
    docx_math_put(f, "<m:acc><m:accPr><m:chr m:val=\"");
    docx_math_put(f, accent);
    docx_math_element(f, "\"/></m:accPr><m:e>", "</m:e></m:acc>");
}

/* Greek letters are quantities as Latin ones are; other symbols are signs. */
static void put_ordinary(docx_formula *f, const char *text)
{
    nc_bytes symbol = nc_string(text);
    size_t at = 0;
    uint32_t c = nc_utf8_next(symbol, &at);

    if (nc_is(symbol, "\u222b") || nc_is(symbol, "\u222e")) {
        f->base = BASE_NARY;
        f->sign = symbol;
    }
    if ((c >= 0x370 && c < 0x400) || c == 0x2113 || c == 0x210f)
        docx_math_letter(f, symbol);
    else
        docx_math_sign(f, symbol);
}

static void put_group(docx_formula *f, const math_command *command)
{
    if (strcmp(command->text, "strong") == 0)
        put_in_style(f, NULL, "b");
    else if (strcmp(command->text, "em") == 0)
        put_in_style(f, NULL, "i");
    else
        put_in_style(f, NULL, "p");
}

static void put_operator(docx_formula *f, nc_bytes name, bool limits)
{
    docx_math_sign(f, name);
    f->base = limits ? BASE_LIMIT : BASE_PLAIN;
}

static void put_known(docx_formula *f, const math_command *command)
{
    switch (command->class) {
    case MATH_ORDINARY: put_ordinary(f, command->text); break;
    case MATH_BINARY:
    case MATH_RELATION:
    case MATH_OPEN:
    case MATH_PUNCTUATION: docx_math_sign(f, nc_string(command->text)); break;
    case MATH_OPERATOR:
    case MATH_LIMITS_OPERATOR:
        put_operator(f, nc_string(command->text), command->class == MATH_LIMITS_OPERATOR);
        break;
    case MATH_LIMITS:
        docx_math_sign(f, nc_string(command->text));
        f->base = BASE_NARY;
        f->sign = nc_string(command->text);
        break;
    case MATH_SPACE: docx_math_letter(f, nc_string(command->text)); break;
    case MATH_ACCENT: put_accent(f, command->text); break;
    case MATH_GROUP: put_group(f, command); break;
    case MATH_DOUBLE: put_in_style(f, "double-struck", NULL); break;
    case MATH_SCRIPT: put_in_style(f, "script", NULL); break;
    case MATH_FRAKTUR: put_in_style(f, "fraktur", NULL); break;
    case MATH_TEXT: docx_math_words(f, docx_math_braced(f)); break;
    case MATH_NAME: put_operator(f, docx_math_braced(f), false); break;
    case MATH_DROPPED: docx_math_braced(f); break;
    case MATH_NOTHING: break;
    default: f->failed = true;
    }
}

/* ------------------------------------------------------------ by name */

static const struct {
    const char *name;
    void (*put)(docx_formula *f);
} structures[] = {
    { "frac", put_bar_fraction },   { "dfrac", put_bar_fraction },
    { "tfrac", put_bar_fraction },  { "cfrac", put_bar_fraction },
    { "binom", put_binomial },      { "sqrt", put_root },
    { "overline", put_overline },   { "underline", put_underline },
    { "overbrace", put_overbrace }, { "underbrace", put_underbrace },
    { "overset", put_overset },     { "stackrel", put_overset },
    { "underset", put_underset },   { "left", put_fenced },
    { "begin", put_environment },
};

bool docx_math_command(docx_formula *f)
{
    nc_bytes name = docx_math_peek_command(f);
    const math_command *command;

    if (nc_is(name, "right") || nc_is(name, "end") || nc_is(name, "\\") || !name.len) {
        f->failed = f->failed || !name.len;
        return false;
    }
    f->at += name.len + 1;
    for (size_t i = 0; i < sizeof(structures) / sizeof(structures[0]); i++)
        if (nc_is(name, structures[i].name)) {
            structures[i].put(f);
            return !f->failed;
        }
    command = nc_math_command(name);
    if (command)
        put_known(f, command);
    else
        f->failed = true;
    return !f->failed;
}
