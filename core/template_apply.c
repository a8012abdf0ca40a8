/* SPDX-License-Identifier: MIT */
/* Apply compiled templates: parts are written straight to the buffer; what must be indented,
 * filled or piped is changed there, at its tail. */
#include "core/template_parts.h"

/* What a name stands for inside a loop: its own variable, and `it`. */
typedef struct scope scope;
struct scope {
    const scope *outer;
    const nc_path *path;
    const nc_node *value;
};

/* The row of blocks ($x/left 20$) that the buffer ends with. */
typedef struct row {
    size_t start, end; /* where it lies in the buffer; end 0: there is none */
    size_t width;      /* columns of its blocks */
} row;

typedef struct state {
    nc_job *job;
    nc_buf *buf;
    const nc_template *compiled;
    const nc_template_context *context;
    const scope *scope;
    size_t nest_start; /* where the innermost nested parts begin in the buffer */
    row row;
} state;

static void apply_parts(state *s, const nc_template_part *parts);

/* ---------------------------------------------------------------- values */

/* The tail of the buffer from `start`, taken out of it. */
static nc_bytes take_tail(state *s, size_t start)
{
    nc_bytes text = nc_copy(s->job, (nc_bytes){ s->buf->ptr + start, s->buf->len - start });

    s->buf->len = start;
    return text;
}

static const nc_node *string_value(state *s, nc_bytes text)
{
    nc_node *node = nc_node_new(s->job, NC_META_STRING);

    if (node)
        node->text = text;
    return node;
}

static bool is_body(const state *s, const nc_path *path)
{
    return s->context->body && !path->next && nc_is(path->name, "body");
}

static const nc_node *body_value(state *s)
{
    size_t start = s->buf->len;

    s->context->body(s->context->data, s->buf);
    return string_value(s, take_tail(s, start));
}

/* What is left of `path` behind `prefix`; false if it does not begin with that. */
static bool path_behind(const nc_path *path, const nc_path *prefix, const nc_path **rest)
{
    for (; prefix; prefix = prefix->next, path = path->next)
        if (!path || !nc_same(path->name, prefix->name))
            return false;
    *rest = path;
    return true;
}

static const nc_node *look_up(state *s, const nc_path *path)
{
    const nc_node *value = s->context->values;
    const nc_path *rest = path;
    bool it = nc_is(path->name, "it");

    for (const scope *inner = s->scope; inner; inner = inner->outer)
        if (it || path_behind(path, inner->path, &rest)) {
            value = inner->value;
            rest = it ? path->next : rest;
            it = false;
            break;
        }
    if (rest == path && is_body(s, path) && !nc_meta_value(value, path->name))
        return body_value(s);
    for (; rest && value; rest = rest->next)
        value = value->kind == NC_META_MAP ? nc_meta_value(value, rest->name) : NULL;
    return it ? NULL : value;
}

static const nc_node *piped(state *s, const nc_pipe *pipe, const nc_node *value)
{
    for (; pipe; pipe = pipe->next)
        value = nc_pipe_apply(s->job, pipe, value);
    return value;
}

static const nc_node *value_of(state *s, const nc_variable *variable)
{
    return piped(s, variable->pipes, look_up(s, variable->path));
}

static bool is_true(const nc_node *value)
{
    nc_walk walk = { .root = value };

    while (value && nc_walk_next(&walk)) {
        const nc_node *node = walk.node;
        if (node->kind == NC_META_MAP || (node->kind == NC_META_STRING && node->text.len) ||
            (node->kind == NC_META_BOOL && node->number))
            return true;
    }
    return false;
}

/* Lists are put item by item, maps as `true`. */
static void put_value(state *s, const nc_node *value)
{
    nc_walk walk = { .root = value };

    while (value && nc_walk_next(&walk)) {
        const nc_node *node = walk.node;
        if (!walk.entering)
            continue;
        if (node->kind == NC_META_STRING) {
            nc_put(s->buf, node->text);
        } else if (node->kind == NC_META_MAP || node->kind == NC_META_BOOL) {
            bool truth = node->kind == NC_META_MAP || node->number;
            walk.skip = true;
            nc_put(s->buf, truth ? NC_LITERAL("true") : NC_LITERAL("false"));
        }
    }
}

/* ---------------------------------------------------------------- lines at the tail of the
 * buffer */

/* Where the line that the buffer ends with begins, not before the innermost nested parts. */
static size_t line_start(const state *s)
{
    size_t at = s->buf->len;

    while (at > s->nest_start && s->buf->ptr[at - 1] != '\n')
        at--;
    return at;
}

static size_t current_column(const state *s)
{
    size_t start = line_start(s);

    return nc_template_width((nc_bytes){ s->buf->ptr + start, s->buf->len - start });
}

/* Indent the lines after the first of the tail that begins at `start`, empty ones aside. */
static void indent_tail(state *s, size_t start, size_t indent)
{
    nc_buf *buf = s->buf;
    size_t lines = 0, from = buf->len, to;

    for (size_t i = start; i + 1 < buf->len; i++)
        lines += buf->ptr[i] == '\n' && buf->ptr[i + 1] != '\n';
    if (!lines || !indent || !nc_buf_reserve(buf, lines * indent))
        return;
    to = buf->len += lines * indent;
    while (lines) {
        char c = buf->ptr[--from];
        if (c == '\n' && to < buf->len && buf->ptr[to] != '\n') {
            to -= indent;
            memset(buf->ptr + to, ' ', indent);
            lines--;
        }
        buf->ptr[--to] = c;
    }
}

/* Turn the white space that $~$ let be broken into blanks and newlines, from `start` on. */
static void fill_tail(state *s, size_t start, size_t column)
{
    const nc_settings *settings = nc_job_settings(s->job);
    size_t limit = settings->wrap == NC_WRAP_AUTO && settings->columns > 0
                       ? (size_t)settings->columns
                       : SIZE_MAX;
    char *ptr = s->buf->ptr;
    size_t to = start, end = s->buf->len;

    for (size_t at = start; at < end;) {
        bool gap = ptr[at] == NC_BREAK_BYTE;
        size_t word, width;
        while (at < end && ptr[at] == NC_BREAK_BYTE)
            at++;
        for (word = at; at < end && ptr[at] != NC_BREAK_BYTE && ptr[at] != '\n';)
            at++;
        width = nc_template_width((nc_bytes){ ptr + word, at - word });
        if (gap && column && at > word) {
            bool fits = column + 1 + width <= limit;
            ptr[to++] = fits ? ' ' : '\n';
            column = fits ? column + 1 : 0;
        }
        memmove(ptr + to, ptr + word, at - word);
        to += at - word;
        column += width;
        if (at < end && ptr[at] == '\n') {
            ptr[to++] = ptr[at++];
            column = 0;
        }
    }
    s->buf->len = to;
}

/* ---------------------------------------------------------------- blocks */

/* Cut the first line off `text`. */
static nc_bytes cut_line(nc_bytes *text)
{
    const char *end = text->len ? memchr(text->ptr, '\n', text->len) : NULL;
    nc_bytes line = { text->ptr, end ? (size_t)(end - text->ptr) : text->len };
    size_t next = line.len + (end != NULL);

    *text = (nc_bytes){ text->ptr + next, text->len - next };
    return line;
}

/* Put a block behind the row of blocks that the buffer ends with, line by line. */
static void put_beside(state *s, nc_bytes block, size_t width)
{
    nc_bytes left = take_tail(s, s->row.start);

    while (left.len || block.len) {
        nc_bytes line = cut_line(&left);
        size_t columns = nc_template_width(line);
        nc_put(s->buf, line);
        if (block.len)
            for (; columns < s->row.width; columns++)
                nc_put_char(s->buf, ' ');
        nc_put(s->buf, cut_line(&block));
        if (left.len || block.len)
            nc_put_char(s->buf, '\n');
    }
    s->row.width += width;
    s->row.end = s->buf->len;
}

static const nc_pipe *block_pipe(const nc_variable *variable)
{
    const nc_pipe *last = variable->pipes;

    while (last && last->next)
        last = last->next;
    return last && last->type >= NC_PIPE_LEFT ? last : NULL;
}

/* The lines of a block stand below each other, and blocks that follow each other stand side by
 * side. */
static void put_block(state *s, const nc_pipe *pipe, const nc_node *value)
{
    size_t width = pipe->width + nc_template_width(pipe->before) + nc_template_width(pipe->after);

    if (s->row.end && s->row.end == s->buf->len) {
        put_beside(s, value->text, width);
        return;
    }
    s->row = (row){ s->buf->len, 0, width };
    nc_put(s->buf, value->text);
    s->row.end = s->buf->len;
}

/* Indent the row of blocks, now that nothing more is put beside it. */
static void end_row(state *s)
{
    row last = s->row;
    size_t start = last.start;

    s->row.end = 0;
    if (!last.end || last.end != s->buf->len)
        return;
    while (start > s->nest_start && s->buf->ptr[start - 1] != '\n')
        start--;
    indent_tail(s, last.start,
                nc_template_width((nc_bytes){ s->buf->ptr + start, last.start - start }));
}

/* ---------------------------------------------------------------- parts */

static void apply_value(state *s, const nc_template_part *part)
{
    const nc_pipe *block = block_pipe(part->variable);
    const nc_node *value;

    if (!part->variable->pipes && !part->text.len && is_body(s, part->variable->path) &&
        !nc_meta_value(s->context->values, part->variable->path->name)) {
        s->context->body(s->context->data, s->buf);
        return;
    }
    value = value_of(s, part->variable);
    if (value && block && value->kind == NC_META_STRING) {
        put_block(s, block, value);
    } else if (value && part->text.len && value->kind == NC_META_LIST) {
        for (const nc_node *item = value->first; item; item = item->next) {
            put_value(s, item);
            if (item->next)
                nc_put(s->buf, part->text);
        }
    } else {
        put_value(s, value);
    }
}

static void apply_if(state *s, const nc_template_part *part)
{
    while (part && part->variable && !is_true(value_of(s, part->variable)))
        part = part->alternative;
    if (part)
        apply_parts(s, part->parts);
}

static void apply_for(state *s, const nc_template_part *part)
{
    const nc_node *value = value_of(s, part->variable);
    bool list = value && value->kind == NC_META_LIST;
    scope inner = { s->scope, part->variable->path, list ? value->first : value };

    while (inner.value && nc_job_status(s->job) == NC_OK) {
        s->scope = &inner;
        apply_parts(s, part->parts);
        s->scope = inner.outer;
        inner.value = list ? inner.value->next : NULL;
        if (inner.value)
            apply_parts(s, part->separator);
    }
}

static void apply_nest(state *s, const nc_template_part *part)
{
    size_t start = s->buf->len, column = current_column(s), outer = s->nest_start;

    s->nest_start = start;
    apply_parts(s, part->parts);
    if (s->compiled->breaks)
        fill_tail(s, start, column);
    s->nest_start = outer;
    indent_tail(s, start, column);
}

static void apply_piped(state *s, const nc_template_part *part)
{
    size_t start = s->buf->len;

    apply_parts(s, part->parts);
    put_value(s, piped(s, part->variable->pipes, string_value(s, take_tail(s, start))));
}

static void apply_parts(state *s, const nc_template_part *parts)
{
    for (; parts && nc_job_status(s->job) == NC_OK; parts = parts->next) {
        if (s->row.end && (parts->type != NC_TEMPLATE_VALUE || !block_pipe(parts->variable)))
            end_row(s);
        switch (parts->type) {
        case NC_TEMPLATE_TEXT: nc_put(s->buf, parts->text); break;
        case NC_TEMPLATE_BREAK: nc_put_char(s->buf, NC_BREAK_BYTE); break;
        case NC_TEMPLATE_VALUE: apply_value(s, parts); break;
        case NC_TEMPLATE_IF: apply_if(s, parts); break;
        case NC_TEMPLATE_FOR: apply_for(s, parts); break;
        case NC_TEMPLATE_NEST: apply_nest(s, parts); break;
        case NC_TEMPLATE_PIPED: apply_piped(s, parts); break;
        }
    }
}

nc_status nc_template_apply(nc_job *job, const nc_template *compiled,
                            const nc_template_context *context, nc_buf *buf)
{
    state s = {
        .job = job, .buf = buf, .compiled = compiled, .context = context, .nest_start = buf->len
    };
    size_t start = buf->len;

    if (!compiled)
        return nc_job_status(job);
    apply_parts(&s, compiled->parts);
    end_row(&s);
    if (compiled->breaks && nc_job_status(job) == NC_OK)
        fill_tail(&s, start, 0);
    return nc_job_status(job);
}
