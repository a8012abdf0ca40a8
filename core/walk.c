/* SPDX-License-Identifier: MIT */
/* Walking the tree without a stack: every node knows its parent. */
#include "core/job.h"

bool nc_walk_next(nc_walk *walk)
{
    const nc_node *node = walk->node;

    if (!node) {
        walk->node = walk->root;
        walk->entering = true;
        walk->skip = false;
        return walk->node != NULL;
    }
    if (walk->entering) {
        if (node->first && !walk->skip)
            walk->node = node->first;
        else
            walk->entering = false;
        walk->skip = false;
        return true;
    }
    if (node == walk->root)
        return false;
    walk->entering = node->next != NULL;
    walk->node = node->next ? node->next : node->parent;
    return true;
}

bool nc_words(const nc_node *run, size_t *at, nc_word *word)
{
    const char *text = run->text.ptr;
    size_t start = *at, end = start;

    if (run->text.len == 0 || (run->flags & NC_VERBATIM)) {
        *word = (nc_word){ 's', run->text };
        return (*at)++ == 0;
    }
    if (start >= run->text.len)
        return false;
    if (text[start] == ' ' || text[start] == '\n') {
        *word = (nc_word){ text[start], { text + start, 1 } };
        *at = start + 1;
        return true;
    }
    while (end < run->text.len && text[end] != ' ' && text[end] != '\n')
        end++;
    *word = (nc_word){ 's', { text + start, end - start } };
    *at = end;
    return true;
}

/* A kind without a rule keeps its children; that its own meaning is lost is said once for each
 * kind. */
static bool open_node(nc_out *out, const nc_node *node, uint64_t *warned)
{
    const nc_rule *rule = &out->rules[node->kind];

    if (rule->open)
        return rule->open(out, node);
    if (!rule->close && !(*warned & nc_bit(node))) {
        *warned |= nc_bit(node);
        nc_warn(out->job, node,
                nc_kinds[node->kind].level == NC_LEVEL_INLINE ? NC_WARN_INLINE : NC_WARN_BLOCK,
                "%s is not known to the target; its content is kept", nc_kinds[node->kind].name);
    }
    return true;
}

nc_status nc_render(nc_out *out, const nc_node *root)
{
    nc_walk walk = { .root = root };
    uint64_t warned = 0;

    while (!out->job->status && nc_walk_next(&walk)) {
        if (walk.entering)
            walk.skip = !open_node(out, walk.node, &warned);
        else if (out->rules[walk.node->kind].close)
            out->rules[walk.node->kind].close(out, walk.node);
    }
    return out->job->status;
}

/* ------------------------------------------------------------ stringify */

static void put_blanks_for_breaks(nc_buf *buf, const nc_node *run)
{
    size_t from = buf->len;

    nc_put(buf, run->text);
    if (run->flags & NC_VERBATIM)
        return;
    for (; from < buf->len; from++) /* an empty buffer may have no memory */
        if (buf->ptr[from] == '\n')
            buf->ptr[from] = ' ';
}

static void put_quote(nc_buf *buf, const nc_node *node, bool entering)
{
    static const char *const marks[2][2] = { { "\u2019", "\u2018" }, { "\u201d", "\u201c" } };

    nc_put(buf, nc_string(marks[node->number == NC_DOUBLE_QUOTE][entering]));
}

/* Returns whether the children are part of the text. */
static bool stringify_node(nc_buf *buf, const nc_node *node)
{
    switch ((nc_kind)node->kind) {
    case NC_TEXT: put_blanks_for_breaks(buf, node); return false;
    case NC_META_STRING: nc_put(buf, node->text); return false;
    case NC_META_BOOL: nc_put(buf, nc_string(node->number ? "true" : "false")); return false;
    case NC_CODE: nc_put(buf, node->code->text); return false;
    case NC_MATH: nc_put(buf, node->math->text); return false;
    case NC_LINE_BREAK: nc_put_char(buf, ' '); return false;
    case NC_NOTE:
    case NC_CITATION: /* the content of the Cite says it */ return false;
    case NC_RAW_INLINE: /* pandoc keeps the break of <br> */
        if (nc_is(node->raw->format, "html") && node->raw->text.len >= 3 &&
            memcmp(node->raw->text.ptr, "<br", 3) == 0)
            nc_put_char(buf, ' ');
        return false;
    default: return true;
    }
}

nc_bytes nc_stringify(nc_job *job, const nc_node *node)
{
    nc_walk walk = { .root = node };
    nc_bytes text;
    nc_buf buf;

    if (node && node->kind == NC_TEXT && memchr(node->text.ptr, '\n', node->text.len) == NULL)
        return node->text;
    nc_buf_open(&buf, job);
    while (!job->status && nc_walk_next(&walk)) {
        if (walk.node->kind == NC_QUOTED)
            put_quote(&buf, walk.node, walk.entering);
        if (walk.entering)
            walk.skip = !stringify_node(&buf, walk.node);
    }
    text = nc_copy(job, (nc_bytes){ buf.ptr, buf.len });
    nc_buf_close(&buf);
    return text;
}
