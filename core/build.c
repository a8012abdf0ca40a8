/* SPDX-License-Identifier: MIT */
/* Building inlines: text becomes runs, and what meets joins as pandoc's Inlines do.
 *
 * A run lies in the input where the input is clean, else at the top of the text region, where it
 * can grow. Where two pieces of one word do not lie side by side, only that word is copied:
 *
 *     input  "…price of AT" "&amp;" "T shares rose…"
 *     runs   "…price of "      "AT&T"   " shares rose…"  */
#include "core/job.h"

/* A run shorter than a node is cheaper copied behind another than linked beside it. */
enum { SHORT_RUN = sizeof(nc_node) };

static bool is_separator(char c)
{
    return c == ' ' || c == '\n';
}

static bool is_white(char c)
{
    return c == ' ' || (c >= '\t' && c <= '\r');
}

static bool is_run(const nc_node *node)
{
    return node && node->kind == NC_TEXT && !(node->flags & NC_VERBATIM) && node->text.len;
}

static char last_char(nc_bytes text)
{
    return text.ptr[text.len - 1];
}

static size_t first_separator(nc_bytes text)
{
    size_t at = 0;

    while (at < text.len && !is_separator(text.ptr[at]))
        at++;
    return at;
}

static size_t last_word_length(nc_bytes text)
{
    size_t length = 0;

    while (length < text.len && !is_separator(text.ptr[text.len - 1 - length]))
        length++;
    return length;
}

/* Make `run`, which ends at the top of the text region, longer by `more`. */
static void grow(nc_job *job, nc_bytes *run, nc_bytes more)
{
    char *room = nc_text_take(job, more.len);

    if (room) {
        memcpy(room, more.ptr, more.len);
        run->len += more.len;
    }
}

/* Of two separators that meet one stays, a SoftBreak if either is. Returns the rest of `text`. */
static nc_bytes collapse(nc_bytes *run, nc_bytes text)
{
    if (last_char(*run) == ' ' && text.ptr[0] == '\n')
        run->len--;
    else
        text = (nc_bytes){ text.ptr + 1, text.len - 1 };
    return text;
}

/* Add as much of the clean `text` to `run` as belongs into it, and return the rest, which is to
 * stand in a run of its own behind it. `run` may end up empty: it must go then. */
static nc_bytes glue(nc_job *job, nc_bytes *run, nc_bytes text)
{
    nc_bytes word;
    char *room;

    if (is_separator(last_char(*run)) && is_separator(text.ptr[0])) {
        text = collapse(run, text);
        if (!text.len || !run->len)
            return text;
    }
    if (run->ptr + run->len == text.ptr) {
        run->len += text.len;
        return (nc_bytes){ text.ptr, 0 };
    }
    if (is_separator(last_char(*run)) || is_separator(text.ptr[0])) {
        if (text.len > SHORT_RUN || !nc_text_grows(job, *run, text.len))
            return text;
        grow(job, run, text);
        return (nc_bytes){ text.ptr, 0 };
    }
    word = (nc_bytes){ text.ptr, text.len > SHORT_RUN ? first_separator(text) : text.len };
    if (nc_text_grows(job, *run, word.len)) {
        grow(job, run, word);
        return (nc_bytes){ text.ptr + word.len, text.len - word.len };
    }
    word.len = last_word_length(*run);
    run->len -= word.len;
    word.ptr = run->ptr + run->len;
    room = nc_text_take(job, word.len + text.len);
    if (!room)
        return (nc_bytes){ text.ptr, 0 };
    memcpy(room, word.ptr, word.len);
    memcpy(room + word.len, text.ptr, text.len);
    return (nc_bytes){ room, word.len + text.len };
}

/* Append clean text: no two separators side by side in it. */
static void append_clean(nc_job *job, nc_node *parent, nc_bytes text)
{
    nc_node *last = parent->last;

    if (last && last->kind == NC_LINE_BREAK && is_separator(text.ptr[0]))
        text = (nc_bytes){ text.ptr + 1, text.len - 1 };
    if (is_run(last) && text.len) {
        text = glue(job, &last->text, text);
        if (!last->text.len && text.len) {
            last->text = text;
            return;
        }
    }
    if (text.len) {
        nc_node *run = nc_append(job, parent, nc_node_new(job, NC_TEXT));

        if (run)
            run->text = text;
    }
}

static bool is_clean(nc_bytes text)
{
    for (size_t i = 0; i < text.len; i++) {
        char c = text.ptr[i];

        if ((unsigned char)c > ' ')
            continue;
        if (is_white(c) && (!is_separator(c) || (i + 1 < text.len && is_white(text.ptr[i + 1]))))
            return false;
    }
    return true;
}

/* A copy of `text` with each run of white space as one separator. */
static nc_bytes cleaned(nc_job *job, nc_bytes text)
{
    char *room = nc_text_take(job, text.len);
    size_t length = 0;

    if (!room)
        return (nc_bytes){ "", 0 };
    for (size_t i = 0; i < text.len;) {
        char separator = ' ';

        if (!is_white(text.ptr[i])) {
            room[length++] = text.ptr[i++];
            continue;
        }
        for (; i < text.len && is_white(text.ptr[i]); i++)
            if (text.ptr[i] == '\n')
                separator = '\n';
        room[length++] = separator;
    }
    nc_text_return(job, text.len - length);
    return (nc_bytes){ room, length };
}

void nc_text(nc_job *job, nc_node *parent, nc_bytes text)
{
    if (!parent || !text.len || job->status)
        return;
    if (!is_clean(text))
        text = cleaned(job, text);
    if (text.len)
        append_clean(job, parent, text);
}

/* ------------------------------------------------------------ exact building */

/* Append a piece that may share a run with what is before it where that changes no boundary. */
static void append_exact(nc_job *job, nc_node *parent, nc_bytes piece, bool shares)
{
    nc_node *last = parent->last, *run;

    if (shares && is_run(last) && nc_text_grows(job, last->text, piece.len)) {
        grow(job, &last->text, piece);
        return;
    }
    run = nc_append(job, parent, nc_node_new(job, NC_TEXT));
    if (run)
        run->text = nc_copy(job, piece);
}

void nc_str(nc_job *job, nc_node *parent, nc_bytes text)
{
    bool verbatim = first_separator(text) < text.len;

    if (!parent || job->status)
        return;
    append_exact(job, parent, text,
                 text.len && !verbatim && is_run(parent->last) &&
                     is_separator(last_char(parent->last->text)));
    if (verbatim && parent->last)
        parent->last->flags |= NC_VERBATIM;
}

void nc_separator(nc_job *job, nc_node *parent, char separator)
{
    if (parent && !job->status)
        append_exact(job, parent, (nc_bytes){ &separator, 1 }, true);
}

/* ------------------------------------------------------------ joining */

#define MERGING_KINDS \
    (NC_BIT(EMPH) | NC_BIT(STRONG) | NC_BIT(UNDERLINE) | NC_BIT(STRIKEOUT) | NC_BIT(SUPERSCRIPT) | \
     NC_BIT(SUBSCRIPT))

static void drop_if_empty(nc_node *run)
{
    if (!run->text.len)
        nc_detach(run);
}

/* Join two neighbours; returns the pair's left part if the join goes on inside it, behind its child
 * *seam. */
static nc_node *join_pair(nc_job *job, nc_node *left, nc_node **seam)
{
    nc_node *right = left->next;

    *seam = NULL;
    if (is_run(left) && is_run(right)) {
        right->text = glue(job, &left->text, right->text);
        drop_if_empty(right);
        drop_if_empty(left);
    } else if (is_run(left) && right->kind == NC_LINE_BREAK) {
        left->text.len -= is_separator(last_char(left->text));
        drop_if_empty(left);
    } else if (left->kind == NC_LINE_BREAK && is_run(right)) {
        size_t skip = is_separator(right->text.ptr[0]);

        right->text = (nc_bytes){ right->text.ptr + skip, right->text.len - skip };
        drop_if_empty(right);
    } else if (left->kind == right->kind && (nc_bit(left) & MERGING_KINDS)) {
        *seam = left->last;
        nc_move_children(job, left, right);
        nc_detach(right);
        return left;
    }
    return NULL;
}

nc_node *nc_join(nc_job *job, nc_node *parent, nc_node *inline_node)
{
    nc_node *before = parent ? parent->last : NULL, *seam = before, *merged;

    if (!nc_append(job, parent, inline_node))
        return NULL;
    if (!before)
        return inline_node;
    merged = join_pair(job, before, &seam);
    while (seam && seam->next)
        join_pair(job, seam, &seam);
    return merged ? merged : inline_node;
}

void nc_trim(nc_job *job, nc_node *node)
{
    (void)job;
    if (!node)
        return;
    while (is_run(node->first) && is_separator(node->first->text.ptr[0])) {
        nc_bytes *text = &node->first->text;

        *text = (nc_bytes){ text->ptr + 1, text->len - 1 };
        drop_if_empty(node->first);
    }
    while (is_run(node->last) && is_separator(last_char(node->last->text))) {
        node->last->text.len--;
        drop_if_empty(node->last);
    }
}
