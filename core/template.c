/* SPDX-License-Identifier: MIT */
/* Compile templates: a recursive descent over pandoc's template syntax, of bounded depth. */
#include "core/template_compile.h"

/* A list of parts that is being built. */
typedef struct part_list {
    nc_template_part *first, *last;
} part_list;

static nc_template_part *parse_parts(nc_template_compiler *c);

/* ---------------------------------------------------------------- building */

static nc_template_part *part_add(nc_template_compiler *c, part_list *list,
                                  nc_template_part_type type)
{
    nc_template_part *part = nc_alloc(c->job, sizeof *part);

    if (!part)
        return NULL;
    part->type = type;
    if (list->last)
        list->last->next = part;
    else
        list->first = part;
    list->last = part;
    return part;
}

static void text_add(nc_template_compiler *c, part_list *list, nc_bytes text)
{
    nc_template_part *last = list->last;

    if (!text.len)
        return;
    if (last && last->type == NC_TEMPLATE_TEXT && last->text.ptr + last->text.len == text.ptr)
        last->text.len += text.len;
    else if ((last = part_add(c, list, NC_TEMPLATE_TEXT)))
        last->text = text;
}

static void break_add(nc_template_compiler *c, part_list *list)
{
    c->compiled->breaks = true;
    if (!list->last || list->last->type != NC_TEMPLATE_BREAK)
        part_add(c, list, NC_TEMPLATE_BREAK);
}

/* Whether nothing but blanks stands before `place` in its line. */
static bool first_in_line(const nc_template_compiler *c, const char *place)
{
    while (place > c->start && nc_template_blank(place[-1]))
        place--;
    return place == c->start || place[-1] == '\n';
}

/* ---------------------------------------------------------------- directives */

/* Pass over `$` or `${` and blanks; returns the character that closes the directive. */
static char open_directive(nc_template_compiler *c)
{
    char closer = '$';

    c->at++;
    if (c->at < c->end && *c->at == '{') {
        c->at++;
        closer = '}';
    }
    nc_template_skip_blanks(c);
    return closer;
}

static void close_directive(nc_template_compiler *c, char closer)
{
    nc_template_skip_blanks(c);
    if (c->at < c->end && *c->at == closer)
        c->at++;
    else if (!nc_template_failed(c))
        nc_template_fail(c, c->at, closer == '$' ? "expected \"$\"" : "expected \"}\"");
}

/* Whether the directive at hand is $word$; if so, pass over it. */
static bool skip_directive(nc_template_compiler *c, const char *word)
{
    const char *from = c->at;
    char closer;

    if (c->at == c->end || *c->at != '$')
        return false;
    closer = open_directive(c);
    if (nc_template_skip(c, word)) {
        nc_template_skip_blanks(c);
        if (c->at < c->end && *c->at == closer) {
            c->at++;
            return true;
        }
    }
    c->at = from;
    return false;
}

/* Whether the directive at hand is `$elseif(`; if so, pass over it. */
static bool skip_elseif(nc_template_compiler *c, char *closer)
{
    const char *from = c->at;

    if (c->at == c->end || *c->at != '$')
        return false;
    *closer = open_directive(c);
    if (nc_template_skip(c, "elseif("))
        return true;
    c->at = from;
    return false;
}

/* Whether the directive at hand ends or divides one that is open. */
static bool at_divider(nc_template_compiler *c)
{
    const char *from = c->at;
    char closer;
    bool found = skip_elseif(c, &closer) || skip_directive(c, "else") ||
                 skip_directive(c, "endif") || skip_directive(c, "sep") ||
                 skip_directive(c, "endfor");

    c->at = from;
    return found;
}

/* The variable in `if(…)` or `for(…)`, from behind the bracket to the end of the directive. */
static nc_variable *parse_condition(nc_template_compiler *c, char closer)
{
    nc_variable *variable = nc_template_variable(c);

    if (c->at < c->end && *c->at == ')')
        c->at++;
    else if (!nc_template_failed(c))
        nc_template_fail(c, c->at, "expected \")\"");
    close_directive(c, closer);
    return variable;
}

static nc_template_part *alternative_add(nc_template_compiler *c, nc_template_part *branch)
{
    nc_template_part *next = nc_alloc(c->job, sizeof *next);

    if (next && branch) {
        next->type = NC_TEMPLATE_IF;
        branch->alternative = next;
    }
    return next;
}

/* A line end behind `$if(…)$` goes, and then the one behind `$endif$` too, so that directives
 * may have lines of their own. The same holds for `$for(…)$`. */
static void parse_if(nc_template_compiler *c, part_list *list, const char *from, char closer)
{
    nc_template_part *branch = part_add(c, list, NC_TEMPLATE_IF);
    nc_variable *variable = parse_condition(c, closer);
    bool first_line = nc_template_skip_line_end(c), own_line = first_line;

    if (!branch)
        return;
    branch->variable = variable;
    branch->parts = parse_parts(c);
    while (branch && skip_elseif(c, &closer)) {
        branch = alternative_add(c, branch);
        variable = parse_condition(c, closer);
        own_line = nc_template_skip_line_end(c);
        if (branch) {
            branch->variable = variable;
            branch->parts = parse_parts(c);
        }
    }
    if (skip_directive(c, "else")) {
        if (own_line)
            nc_template_skip_line_end(c);
        branch = alternative_add(c, branch);
        if (branch)
            branch->parts = parse_parts(c);
    }
    if (!skip_directive(c, "endif") && !nc_template_failed(c))
        nc_template_fail(c, from, "this $if$ has no $endif$");
    if (first_line)
        nc_template_skip_line_end(c);
}

static void parse_for(nc_template_compiler *c, part_list *list, const char *from, char closer)
{
    nc_template_part *loop = part_add(c, list, NC_TEMPLATE_FOR);
    nc_variable *variable = parse_condition(c, closer);
    bool own_line = nc_template_skip_line_end(c);

    if (!loop)
        return;
    loop->variable = variable;
    loop->parts = parse_parts(c);
    if (skip_directive(c, "sep")) {
        if (own_line)
            nc_template_skip_line_end(c);
        loop->separator = parse_parts(c);
    }
    if (!skip_directive(c, "endfor") && !nc_template_failed(c))
        nc_template_fail(c, from, "this $for$ has no $endfor$");
    if (own_line)
        nc_template_skip_line_end(c);
}

/* Parts that stand alone in an indented line keep their indentation in every line. */
static void nest_added(nc_template_compiler *c, part_list *list, part_list *added, const char *from,
                       bool eat)
{
    bool first = first_in_line(c, from);
    nc_template_part *nest;

    if (first && nc_template_line_end(c, c->at) && from > c->start && from[-1] != '\n') {
        nest = part_add(c, list, NC_TEMPLATE_NEST);
        if (nest)
            nest->parts = added->first;
    } else if (added->first) {
        if (list->last)
            list->last->next = added->first;
        else
            list->first = added->first;
        list->last = added->last;
    }
    if (first && eat)
        nc_template_skip_line_end(c);
}

/* ---------------------------------------------------------------- partials */

/* The parts of the partial `name`. Its last newline is not part of it. */
static nc_template_part *parse_partial(nc_template_compiler *c, nc_bytes name, const char *from)
{
    nc_template_compiler inner = *c;
    nc_template_part *parts;
    nc_bytes text = { NULL, 0 };

    if (c->partial_depth >= NC_PARTIAL_DEPTH) {
        part_list loop = { NULL, NULL };
        text_add(c, &loop, NC_LITERAL("(loop)"));
        return loop.first;
    }
    if (c->partial)
        text = c->partial(c->data, c->name, name);
    if (!text.ptr) {
        nc_template_fail(c, from, "this partial cannot be found");
        return NULL;
    }
    if (text.len && text.ptr[text.len - 1] == '\n')
        text.len--;
    inner.name = name;
    inner.start = inner.at = text.ptr;
    inner.end = text.ptr + text.len;
    inner.nested = inner.breaking = false;
    inner.partial_depth++;
    parts = parse_parts(&inner);
    if (inner.at < inner.end)
        nc_template_fail(&inner, inner.at, "this directive ends nothing");
    return parts;
}

/* Put `parts` through the pipes that follow, if any. */
static void pipe_added(nc_template_compiler *c, part_list *list, nc_template_part *parts)
{
    nc_pipe *pipes = nc_template_pipes(c);
    nc_template_part *piped;
    nc_variable *variable;

    if (!pipes) {
        list->first = list->last = parts;
        while (list->last && list->last->next)
            list->last = list->last->next;
        return;
    }
    piped = part_add(c, list, NC_TEMPLATE_PIPED);
    variable = nc_alloc(c->job, sizeof *variable);
    if (piped && variable) {
        variable->pipes = pipes;
        piped->variable = variable;
        piped->parts = parts;
    }
}

/* ---------------------------------------------------------------- values */

/* `variable:partial()[separator]/pipes`, from behind the colon. */
static void parse_applied(nc_template_compiler *c, part_list *list, const nc_variable *variable)
{
    const char *from = ++c->at;
    nc_bytes name = nc_template_partial_name(c), separator;
    nc_template_part *loop = nc_alloc(c->job, sizeof *loop);
    part_list between = { NULL, NULL };

    if (!name.len)
        nc_template_fail(c, from, "expected the name of a partial and \"()\"");
    if (!loop || nc_template_failed(c))
        return;
    loop->type = NC_TEMPLATE_FOR;
    loop->variable = variable;
    loop->parts = parse_partial(c, name, from);
    if (nc_template_separator(c, &separator))
        text_add(c, &between, separator);
    loop->separator = between.first;
    pipe_added(c, list, loop);
}

static void parse_value(nc_template_compiler *c, part_list *list, const char *from, char closer)
{
    part_list added = { NULL, NULL };
    const char *place = c->at;
    nc_bytes name = nc_template_partial_name(c);

    if (name.len) {
        pipe_added(c, &added, parse_partial(c, name, place));
    } else {
        nc_variable *variable = nc_template_variable(c);
        if (c->at < c->end && *c->at == ':') {
            parse_applied(c, &added, variable);
        } else {
            nc_template_part *value = part_add(c, &added, NC_TEMPLATE_VALUE);
            if (value) {
                value->variable = variable;
                nc_template_separator(c, &value->text);
            }
        }
    }
    close_directive(c, closer);
    nest_added(c, list, &added, from, name.len != 0);
}

/* From behind `^`: the rest of this line, and the lines that are indented as far as the
 * directive is. */
static void parse_nest(nc_template_compiler *c, part_list *list, const char *from, char closer)
{
    bool nested = c->nested;
    size_t nest = c->nest, nest_depth = c->nest_depth;
    const char *line = from;
    nc_template_part *part = part_add(c, list, NC_TEMPLATE_NEST);

    close_directive(c, closer);
    while (line > c->start && line[-1] != '\n')
        line--;
    c->nested = true;
    c->nest = (size_t)(from - line);
    c->nest_depth = c->depth + 1;
    if (part)
        part->parts = parse_parts(c);
    c->nested = nested;
    c->nest = nest;
    c->nest_depth = nest_depth;
}

static void parse_directive(nc_template_compiler *c, part_list *list)
{
    const char *from = c->at;
    char closer = open_directive(c);

    if (nc_template_skip(c, "if(")) {
        parse_if(c, list, from, closer);
    } else if (nc_template_skip(c, "for(")) {
        parse_for(c, list, from, closer);
    } else if (nc_template_skip(c, "~")) {
        close_directive(c, closer);
        c->breaking = !c->breaking;
    } else if (nc_template_skip(c, "^")) {
        parse_nest(c, list, from, closer);
    } else {
        parse_value(c, list, from, closer);
    }
}

/* ---------------------------------------------------------------- text */

/* The rest of the line; its end too if the comment begins the line. */
static void skip_comment(nc_template_compiler *c)
{
    const char *from = c->at;

    while (c->at < c->end && !nc_template_line_end(c, c->at))
        c->at++;
    if (from == c->start || from[-1] == '\n')
        nc_template_skip_line_end(c);
}

/* At a line end inside $^$: whether the next line that is not empty still lies inside. */
static bool nest_goes_on(const nc_template_compiler *c)
{
    const char *p = c->at, *line = p;

    while (p < c->end && (nc_template_blank(*p) || *p == '\r' || *p == '\n'))
        if (*p++ == '\n')
            line = p;
    return p < c->end && (size_t)(p - line) >= c->nest;
}

/* A line end, with the indentation that $^$ takes off the line after it. False if it ends the
 * nesting. */
static bool parse_line_end(nc_template_compiler *c, part_list *list)
{
    const char *from = c->at;

    if (c->nested && c->depth == c->nest_depth && !nest_goes_on(c))
        return false;
    nc_template_skip_line_end(c);
    if (c->breaking)
        break_add(c, list);
    else
        text_add(c, list, (nc_bytes){ c->at - 1, 1 });
    for (size_t i = 0; c->nested && i < c->nest && c->at < c->end && nc_template_blank(*c->at); i++)
        c->at++;
    return c->at > from;
}

static void parse_text(nc_template_compiler *c, part_list *list)
{
    const char *from = c->at;

    if (c->breaking && nc_template_blank(*c->at)) {
        nc_template_skip_blanks(c);
        break_add(c, list);
        return;
    }
    while (c->at < c->end && *c->at != '$' && !nc_template_line_end(c, c->at) &&
           !(c->breaking && nc_template_blank(*c->at)))
        c->at++;
    text_add(c, list, (nc_bytes){ from, (size_t)(c->at - from) });
}

/* Parts up to the end, to a directive that ends or divides an open one, or to the end of the
 * nesting. */
static nc_template_part *parse_parts(nc_template_compiler *c)
{
    part_list list = { NULL, NULL };

    if (++c->depth > NC_TEMPLATE_DEPTH)
        nc_template_fail(c, c->at, "directives lie too deep in each other");
    while (c->at < c->end && !nc_template_failed(c)) {
        if (nc_template_line_end(c, c->at)) {
            if (!parse_line_end(c, &list))
                break;
        } else if (*c->at != '$') {
            parse_text(c, &list);
        } else if (nc_template_skip(c, "$$")) {
            text_add(c, &list, (nc_bytes){ c->at - 1, 1 });
        } else if (c->end - c->at > 2 && c->at[1] == '-' && c->at[2] == '-') {
            skip_comment(c);
        } else if (at_divider(c)) {
            break;
        } else {
            parse_directive(c, &list);
        }
    }
    c->depth--;
    return list.first;
}

const nc_template *nc_template_compile(nc_job *job, nc_bytes name, nc_bytes text,
                                       nc_partial partial, void *data)
{
    nc_template *compiled = nc_alloc(job, sizeof *compiled);
    nc_template_compiler c = {
        .job = job,
        .compiled = compiled,
        .name = name,
        .start = text.ptr,
        .at = text.ptr,
        .end = text.ptr + text.len,
        .partial = partial,
        .data = data,
    };

    if (!compiled)
        return NULL;
    compiled->parts = parse_parts(&c);
    if (c.at < c.end)
        nc_template_fail(&c, c.at, "this directive ends nothing");
    return nc_template_failed(&c) ? NULL : compiled;
}
