/* SPDX-License-Identifier: MIT */
/* The pipes of templates: each makes a new value of a value. */
#include "core/template_parts.h"

#include <utf8proc.h>

/* ---------------------------------------------------------------- of strings */

static nc_bytes map_characters(nc_job *job, nc_bytes text,
                               utf8proc_int32_t (*map)(utf8proc_int32_t))
{
    char *out = nc_alloc(job, text.len * 4 + 1);
    size_t len = 0;

    for (size_t at = 0; out && at < text.len;)
        len += nc_utf8_put(out + len, (uint32_t)map((utf8proc_int32_t)nc_utf8_next(text, &at)));
    return (nc_bytes){ out, len };
}

static nc_bytes uppercase(nc_job *job, const nc_pipe *pipe, nc_bytes text)
{
    (void)pipe;
    return map_characters(job, text, utf8proc_toupper);
}

static nc_bytes lowercase(nc_job *job, const nc_pipe *pipe, nc_bytes text)
{
    (void)pipe;
    return map_characters(job, text, utf8proc_tolower);
}

static nc_bytes reversed(nc_job *job, const nc_pipe *pipe, nc_bytes text)
{
    char *out = nc_alloc(job, text.len + 1);
    size_t end = text.len;

    (void)pipe;
    for (size_t at = 0; out && at < text.len;) {
        size_t from = at;
        nc_utf8_next(text, &at);
        end -= at - from;
        memcpy(out + end, text.ptr + from, at - from);
    }
    return (nc_bytes){ out, out ? text.len : 0 };
}

static nc_bytes chomped(nc_job *job, const nc_pipe *pipe, nc_bytes text)
{
    (void)job;
    (void)pipe;
    while (text.len && (text.ptr[text.len - 1] == '\n' || text.ptr[text.len - 1] == '\r'))
        text.len--;
    return text;
}

/* The whole number that `text` is, -1 if it is none. */
static int64_t whole_number(nc_bytes text)
{
    int64_t number = 0;

    for (size_t i = 0; i < text.len; i++) {
        if (text.ptr[i] < '0' || text.ptr[i] > '9' || number > 99999999)
            return -1;
        number = number * 10 + (text.ptr[i] - '0');
    }
    return text.len ? number : -1;
}

static nc_bytes alphabetic(nc_job *job, const nc_pipe *pipe, nc_bytes text)
{
    int64_t number = whole_number(text);

    (void)pipe;
    return number < 1 ? text : nc_print(job, "%c", (char)('a' + (number - 1) % 26));
}

static nc_bytes roman(nc_job *job, const nc_pipe *pipe, nc_bytes text)
{
    static const struct {
        int value;
        const char *digits;
    } steps[] = {
        { 1000, "m" }, { 900, "cm" }, { 500, "d" }, { 400, "cd" }, { 100, "c" },
        { 90, "xc" },  { 50, "l" },   { 40, "xl" }, { 10, "x" },   { 9, "ix" },
        { 5, "v" },    { 4, "iv" },   { 1, "i" },
    };
    int64_t number = whole_number(text);
    char out[32] = "";
    size_t len = 0;

    (void)pipe;
    if (number < 1 || number > 3999)
        return text;
    for (size_t i = 0; number; i++)
        for (; number >= steps[i].value; number -= steps[i].value)
            for (const char *p = steps[i].digits; *p; p++)
                out[len++] = *p;
    return nc_copy(job, (nc_bytes){ out, len });
}

/* ---------------------------------------------------------------- blocks: left, center, right */

size_t nc_template_width(nc_bytes text)
{
    size_t width = 0;

    for (size_t at = 0; at < text.len;) {
        int columns = utf8proc_charwidth((utf8proc_int32_t)nc_utf8_next(text, &at));
        width += columns > 0 ? (size_t)columns : 0;
    }
    return width;
}

/* Cut `len` bytes as a line off `text`, with what separates it from the next one. */
static nc_bytes cut_line(nc_bytes *text, size_t len)
{
    nc_bytes line = { text->ptr, len };
    size_t next = len;

    while (next < text->len && text->ptr[next] == ' ')
        next++;
    if (next < text->len && text->ptr[next] == '\n')
        next++;
    *text = (nc_bytes){ text->ptr + next, text->len - next };
    return line;
}

/* Cut the next line of at most `width` columns off `text`: at a newline, or before a word that
 * is too much. A word longer than a line is cut so that its first part is the short one. */
static nc_bytes next_line(nc_bytes *text, size_t width)
{
    size_t at = 0, columns = 0, good = 0;

    while (at < text->len && text->ptr[at] != '\n') {
        size_t end = at, characters = 0, word;
        for (; end < text->len && text->ptr[end] != ' ' && text->ptr[end] != '\n'; characters++)
            nc_utf8_next(*text, &end);
        word = nc_template_width((nc_bytes){ text->ptr + at, end - at });
        if (columns + word > width && good)
            break;
        if (word > width) {
            size_t part = characters % width ? characters % width : width;
            for (end = at; part; part--)
                nc_utf8_next(*text, &end);
            return cut_line(text, end);
        }
        good = end;
        for (at = end, columns += word; at < text->len && text->ptr[at] == ' '; at++)
            columns++;
    }
    return cut_line(text, good);
}

static size_t fill(char *out, size_t count)
{
    if (out)
        memset(out, ' ', count);
    return count;
}

static size_t place(char *out, nc_bytes bytes)
{
    if (out && bytes.len)
        memcpy(out, bytes.ptr, bytes.len);
    return bytes.len;
}

/* One line of a block at `out`; with `out` NULL only its length is found. Space before an empty
 * right border goes. */
static size_t block_line(char *out, const nc_pipe *pipe, nc_bytes line)
{
    size_t width = nc_template_width(line);
    size_t space = width < pipe->width ? pipe->width - width : 0;
    size_t left = pipe->type == NC_PIPE_LEFT ? 0 : pipe->type == NC_PIPE_RIGHT ? space : space / 2;
    size_t len = place(out, pipe->before);

    len += fill(out ? out + len : NULL, left);
    len += place(out ? out + len : NULL, line);
    if (pipe->after.len)
        len += fill(out ? out + len : NULL, space - left);
    return len + place(out ? out + len : NULL, pipe->after);
}

static nc_bytes block(nc_job *job, const nc_pipe *pipe, nc_bytes text)
{
    nc_bytes rest = text, line;
    size_t size = 0, len = 0;
    char *out;

    if (!pipe->width)
        return text;
    do
        size += block_line(NULL, pipe, next_line(&rest, pipe->width)) + 1;
    while (rest.len);
    out = nc_alloc(job, size);
    if (!out)
        return text;
    do {
        line = next_line(&text, pipe->width);
        len += block_line(out + len, pipe, line);
        if (text.len)
            out[len++] = '\n';
    } while (text.len);
    return (nc_bytes){ out, len };
}

/* ---------------------------------------------------------------- of lists and maps */

static nc_node *string_node(nc_job *job, nc_bytes text)
{
    nc_node *node = nc_node_new(job, NC_META_STRING);

    if (node)
        node->text = text;
    return node;
}

static const nc_node *pairs(nc_job *job, const nc_node *value)
{
    nc_node *list = nc_node_new(job, NC_META_LIST);
    int64_t number = 0;

    for (const nc_node *child = value->first; child; child = child->next) {
        bool entry = child->kind == NC_META_ENTRY;
        const nc_node *held = entry ? child->first : child;
        nc_node *pair = nc_append(job, list, nc_node_new(job, NC_META_MAP));
        nc_node *key = nc_meta_set(job, pair, NC_LITERAL("key"), NC_META_STRING);
        nc_node *place_of_value =
            held ? nc_meta_set(job, pair, NC_LITERAL("value"), held->kind) : NULL;

        if (!key || !place_of_value)
            return list;
        key->text = entry ? child->text : nc_print(job, "%lld", (long long)++number);
        nc_append(job, place_of_value->parent, nc_clone(job, held));
        nc_detach(place_of_value);
    }
    return list;
}

/* The children of a list from `first` up to but not including `end`. */
static const nc_node *some(nc_job *job, const nc_node *first, const nc_node *end)
{
    nc_node *list = nc_node_new(job, NC_META_LIST);

    for (; first && first != end; first = first->next)
        nc_append(job, list, nc_clone(job, first));
    return list;
}

static const nc_node *backwards(nc_job *job, const nc_node *value)
{
    nc_node *list = nc_node_new(job, NC_META_LIST);

    for (const nc_node *child = value->last; child; child = child->previous)
        nc_append(job, list, nc_clone(job, child));
    return list;
}

static const nc_node *length_of(nc_job *job, const nc_node *value)
{
    size_t count = 0;

    if (value && value->kind == NC_META_STRING)
        for (size_t at = 0; at < value->text.len; count++)
            nc_utf8_next(value->text, &at);
    for (const nc_node *child = value ? value->first : NULL; child; child = child->next)
        count++;
    return string_node(job, nc_print(job, "%zu", count));
}

typedef nc_bytes (*string_pipe)(nc_job *job, const nc_pipe *pipe, nc_bytes text);

static const string_pipe string_pipes[NC_PIPE_COUNT] = {
    [NC_PIPE_UPPERCASE] = uppercase, [NC_PIPE_LOWERCASE] = lowercase, [NC_PIPE_REVERSE] = reversed,
    [NC_PIPE_CHOMP] = chomped,       [NC_PIPE_ALPHA] = alphabetic,    [NC_PIPE_ROMAN] = roman,
    [NC_PIPE_LEFT] = block,          [NC_PIPE_CENTER] = block,        [NC_PIPE_RIGHT] = block,
};

/* All strings in `value` through a pipe of strings. */
static const nc_node *map_strings(nc_job *job, const nc_pipe *pipe, const nc_node *value)
{
    nc_node *copy = nc_clone(job, value);
    nc_walk walk = { .root = copy };

    while (copy && nc_walk_next(&walk)) {
        nc_node *node = (nc_node *)walk.node; /* of our own copy */
        if (walk.entering && node->kind == NC_META_STRING)
            node->text = string_pipes[pipe->type](job, pipe, node->text);
    }
    return copy;
}

static const nc_node *list_pipe(nc_job *job, const nc_pipe *pipe, const nc_node *value)
{
    switch (pipe->type) {
    case NC_PIPE_FIRST: return value->first;
    case NC_PIPE_LAST: return value->last;
    case NC_PIPE_REST: return some(job, value->first ? value->first->next : NULL, NULL);
    case NC_PIPE_ALLBUTLAST: return some(job, value->first, value->last);
    case NC_PIPE_REVERSE: return backwards(job, value);
    default: return value;
    }
}

const nc_node *nc_pipe_apply(nc_job *job, const nc_pipe *pipe, const nc_node *value)
{
    bool several = value && (value->kind == NC_META_LIST || value->kind == NC_META_MAP);

    if (pipe->type == NC_PIPE_LENGTH)
        return length_of(job, value);
    if (!value)
        return NULL;
    if (pipe->type == NC_PIPE_PAIRS)
        return several ? pairs(job, value) : value;
    if (value->kind == NC_META_LIST &&
        (pipe->type <= NC_PIPE_ALLBUTLAST || pipe->type == NC_PIPE_REVERSE))
        return list_pipe(job, pipe, value);
    return string_pipes[pipe->type] ? map_strings(job, pipe, value) : value;
}
