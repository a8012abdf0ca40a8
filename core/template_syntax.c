/* SPDX-License-Identifier: MIT */
/* The small pieces of template syntax: names, variables with their pipes, separators, line ends. */
#include "core/template_compile.h"

const char *const nc_pipe_names[NC_PIPE_COUNT] = {
    "pairs",   "first", "last",   "rest",  "allbutlast", "uppercase", "lowercase", "length",
    "reverse", "chomp", "nowrap", "alpha", "roman",      "left",      "center",    "right",
};

bool nc_template_failed(const nc_template_compiler *c)
{
    return nc_job_status(c->job) != NC_OK;
}

void nc_template_fail(nc_template_compiler *c, const char *place, const char *what)
{
    size_t line = 1, column = 1;

    for (const char *p = c->start; p < place; p++) {
        column = *p == '\n' ? 1 : column + 1;
        line += *p == '\n';
    }
    nc_fail(c->job, NC_EUSAGE, "template %.*s (line %zu, column %zu): %s", (int)c->name.len,
            c->name.ptr, line, column, what);
    c->at = c->end;
}

/* ---------------------------------------------------------------- characters */

bool nc_template_blank(char c)
{
    return c == ' ' || c == '\t';
}

static bool is_letter(char c)
{
    return (c | 32) >= 'a' && (c | 32) <= 'z';
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

void nc_template_skip_blanks(nc_template_compiler *c)
{
    while (c->at < c->end && nc_template_blank(*c->at))
        c->at++;
}

/* The bytes of a line end at `at`: 0, 1 or 2. */
size_t nc_template_line_end(const nc_template_compiler *c, const char *at)
{
    if (at < c->end && *at == '\n')
        return 1;
    return c->end - at >= 2 && at[0] == '\r' && at[1] == '\n' ? 2 : 0;
}

bool nc_template_skip_line_end(nc_template_compiler *c)
{
    size_t len = nc_template_line_end(c, c->at);

    c->at += len;
    return len != 0;
}

bool nc_template_skip(nc_template_compiler *c, const char *word)
{
    size_t len = strlen(word);

    if ((size_t)(c->end - c->at) < len || memcmp(c->at, word, len) != 0)
        return false;
    c->at += len;
    return true;
}

/* ---------------------------------------------------------------- variables and pipes */

/* A letter, then letters, digits, '-' and '_'. */
static nc_bytes parse_name(nc_template_compiler *c)
{
    const char *from = c->at;

    if (c->at == c->end || !is_letter(*c->at)) {
        nc_template_fail(c, c->at, "expected the name of a variable");
        return (nc_bytes){ from, 0 };
    }
    while (c->at < c->end &&
           (is_letter(*c->at) || is_digit(*c->at) || *c->at == '-' || *c->at == '_'))
        c->at++;
    return (nc_bytes){ from, (size_t)(c->at - from) };
}

static bool is_keyword(nc_bytes name)
{
    static const char *const words[] = { "if", "else", "elseif", "endif", "for", "sep", "endfor" };

    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (nc_is(name, words[i]))
            return true;
    return false;
}

/* ` "text"` with backslash escapes, if it follows. */
static nc_bytes parse_border(nc_template_compiler *c)
{
    const char *open = c->at;
    char *text;
    size_t len = 0;

    nc_template_skip_blanks(c);
    if (c->at == open || c->at == c->end || *c->at != '"') {
        c->at = open;
        return (nc_bytes){ NULL, 0 };
    }
    open = ++c->at;
    while (c->at < c->end && *c->at != '"')
        c->at += *c->at == '\\' && c->end - c->at > 1 ? 2 : 1;
    if (c->at >= c->end) {
        nc_template_fail(c, open, "the string that begins here has no end");
        return (nc_bytes){ NULL, 0 };
    }
    text = nc_alloc(c->job, (size_t)(c->at - open) + 1);
    for (const char *p = open; text && p < c->at; p++)
        text[len++] = *p == '\\' ? *++p : *p;
    c->at++;
    return (nc_bytes){ text, len };
}

static void parse_block_pipe(nc_template_compiler *c, nc_pipe *pipe)
{
    nc_template_skip_blanks(c);
    if (c->at == c->end || !is_digit(*c->at)) {
        nc_template_fail(c, c->at, "expected the width of the block, a number");
        return;
    }
    while (c->at < c->end && is_digit(*c->at)) {
        pipe->width = pipe->width * 10 + (size_t)(*c->at++ - '0');
        if (pipe->width > 1000) {
            nc_template_fail(c, c->at, "a block is at most 1000 columns wide");
            return;
        }
    }
    pipe->before = parse_border(c);
    pipe->after = parse_border(c);
}

nc_pipe *nc_template_pipes(nc_template_compiler *c)
{
    nc_pipe *first = NULL, **link = &first;

    while (c->at < c->end && *c->at == '/') {
        const char *from = ++c->at;
        nc_bytes name = parse_name(c);
        nc_pipe *pipe = nc_alloc(c->job, sizeof *pipe);
        int type = 0;

        if (!pipe || nc_template_failed(c))
            return NULL;
        while (type < NC_PIPE_COUNT && !nc_is(name, nc_pipe_names[type]))
            type++;
        if (type == NC_PIPE_COUNT) {
            nc_template_fail(c, from, "unknown pipe");
            return NULL;
        }
        pipe->type = (nc_pipe_type)type;
        if (type >= NC_PIPE_LEFT)
            parse_block_pipe(c, pipe);
        *link = pipe;
        link = &pipe->next;
    }
    return first;
}

nc_variable *nc_template_variable(nc_template_compiler *c)
{
    nc_variable *variable = nc_alloc(c->job, sizeof *variable);
    nc_path **link = variable ? &variable->path : NULL;
    const char *from = c->at;

    while (link) {
        nc_path *path = nc_alloc(c->job, sizeof *path);
        if (!path)
            return NULL;
        path->name = parse_name(c);
        *link = path;
        link = NULL;
        if (c->at < c->end && *c->at == '.') {
            c->at++;
            link = &path->next;
        }
    }
    if (variable && !variable->path->next && is_keyword(variable->path->name))
        nc_template_fail(c, from, "this keyword is not expected here");
    if (variable)
        variable->pipes = nc_template_pipes(c);
    return variable;
}

static bool is_partial_name(char c)
{
    return is_letter(c) || is_digit(c) || (c && strchr("_-./\\", c));
}

nc_bytes nc_template_partial_name(nc_template_compiler *c)
{
    const char *from = c->at;
    nc_bytes name = { from, 0 };

    while (c->at < c->end && is_partial_name(*c->at))
        c->at++;
    name.len = (size_t)(c->at - from);
    if (!name.len || !nc_template_skip(c, "()")) {
        c->at = from;
        name.len = 0;
    }
    return name;
}

/* `[text]`, if it follows. */
bool nc_template_separator(nc_template_compiler *c, nc_bytes *text)
{
    const char *from = c->at;

    *text = (nc_bytes){ NULL, 0 };
    if (c->at == c->end || *c->at != '[')
        return false;
    text->ptr = ++c->at;
    while (c->at < c->end && *c->at != ']')
        c->at++;
    text->len = (size_t)(c->at - text->ptr);
    if (c->at == c->end)
        nc_template_fail(c, from, "this separator has no \"]\"");
    else
        c->at++;
    return true;
}
