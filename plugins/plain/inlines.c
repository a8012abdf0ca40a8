/* SPDX-License-Identifier: MIT */
/* Inlines: mostly their text. */
#include "core/math.h"
#include "plain.h"

#include <utf8proc.h>

bool plain_skip(nc_out *out, const nc_node *node)
{
    (void)out;
    (void)node;
    return false;
}

bool plain_keep(nc_out *out, const nc_node *node)
{
    (void)out;
    (void)node;
    return true;
}

/* ------------------------------------------------------------ superscripts and subscripts */

uint32_t plain_scripted(uint32_t c, int script)
{
    static const char signs[] = "+-=()";
    const char *sign = c < 0x80 && c ? strchr(signs, (int)c) : NULL;
    bool raised = script == '^';

    if (c == 0x2212 && raised) /* the minus of formulas */
        sign = signs + 1;
    if (c == ' ' || c == '\n' || utf8proc_category((utf8proc_int32_t)c) == UTF8PROC_CATEGORY_ZS)
        return c;
    if (c >= '0' && c <= '9' && raised)
        return c == '1' ? 0xB9 : c == '2' || c == '3' ? 0xB2 + (c - '2') : 0x2070 + (c - '0');
    if (c >= '0' && c <= '9')
        return 0x2080 + (c - '0');
    if (sign)
        return (raised ? 0x207A : 0x208A) + (uint32_t)(sign - signs);
    return 0;
}

static bool text_is_scripted(nc_bytes text, int script)
{
    for (size_t at = 0; at < text.len;)
        if (!plain_scripted(nc_utf8_next(text, &at), script))
            return false;
    return true;
}

/* Whether everything in `node` can be raised (or lowered). Stops at a script inside, whose result
 * cannot be. */
static bool can_be_scripted(const nc_node *node, int script)
{
    nc_walk walk = { .root = node };

    while (nc_walk_next(&walk)) {
        const nc_node *inner = walk.node;
        if (!walk.entering || inner == node)
            continue;
        if (inner->kind == NC_TEXT && !text_is_scripted(inner->text, script))
            return false;
        if (inner->kind == NC_CODE &&
            (script == '_' || !text_is_scripted(inner->code->text, script)))
            return false;
        if (nc_bit(inner) &
            (NC_BIT(SUPERSCRIPT) | NC_BIT(SUBSCRIPT) | NC_BIT(QUOTED) | NC_BIT(IMAGE) |
             NC_BIT(MATH) | NC_BIT(NOTE) | NC_BIT(STRIKEOUT) | NC_BIT(RAW_INLINE)))
            return false;
    }
    return true;
}

static void begin_marked_script(nc_layout *layout, const nc_node *node)
{
    nc_layout_text(layout, node->kind == NC_SUPERSCRIPT ? NC_LITERAL("^(") : NC_LITERAL("_("));
    nc_layout_keep(layout);
}

bool plain_script_open(nc_out *out, const nc_node *node)
{
    plain_writer *writer = plain_of(out);

    if (!node->first)
        return false;
    if (node->kind == NC_SUBSCRIPT && can_be_scripted(node, '_'))
        writer->script = '_';
    else if (can_be_scripted(node, '^'))
        writer->script = '^'; /* subscripts too that cannot be lowered: so pandoc does */
    else
        begin_marked_script(writer->layout, node);
    return true;
}

void plain_script_close(nc_out *out, const nc_node *node)
{
    plain_writer *writer = plain_of(out);

    if (!node->first)
        return;
    if (writer->script) {
        writer->script = 0;
        return;
    }
    nc_layout_keep_end(writer->layout);
    nc_layout_text(writer->layout, NC_LITERAL(")"));
}

/* ------------------------------------------------------------ text */

static nc_bytes change_text(nc_job *job, nc_bytes text, int script)
{
    enum { SHARP_S = 0xDF };
    char *changed = nc_alloc(job, text.len * 3 + 4);
    size_t length = 0;

    if (!changed)
        return (nc_bytes){ NULL, 0 };
    for (size_t at = 0; at < text.len;) {
        uint32_t c = nc_utf8_next(text, &at);
        if (script) {
            c = plain_scripted(c, script);
        } else if (c == SHARP_S) {
            changed[length++] = 'S';
            c = 'S';
        } else {
            c = (uint32_t)utf8proc_toupper((utf8proc_int32_t)c);
        }
        length += nc_utf8_put(changed + length, c);
    }
    return (nc_bytes){ changed, length };
}

static nc_bytes breaks_to_spaces(nc_job *job, nc_bytes text)
{
    char *changed = nc_alloc(job, text.len);

    if (!changed)
        return (nc_bytes){ NULL, 0 };
    for (size_t i = 0; i < text.len; i++)
        changed[i] = text.ptr[i] == '\n' ? ' ' : text.ptr[i];
    return (nc_bytes){ changed, text.len };
}

/* Whether a line that begins with the word at `word` would read as the beginning of a list item or
 * quote. pandoc looks only at words that a space follows. */
static bool would_mislead(nc_bytes run, size_t word, size_t *end)
{
    char c = run.ptr[word];
    size_t stop = word;

    if (!(c == '>' || c == '-' || c == '+' || c == '*' || c == '(' || c == '#' || c == '@' ||
          (c >= '0' && c <= '9') || ((c | 0x20) >= 'a' && (c | 0x20) <= 'z')))
        return false;
    while (stop < run.len && run.ptr[stop] != ' ' && run.ptr[stop] != '\n')
        stop++;
    *end = stop;
    return stop < run.len &&
           (c == '>' || (stop == word + 1 && (c == '-' || c == '+' || c == '*')) ||
            plain_is_marker((nc_bytes){ run.ptr + word, stop - word }));
}

/* In lists a line must not begin with what looks like a marker: such words stay with the word
 * before. */
static void put_guarded(plain_writer *writer, nc_bytes run)
{
    size_t from = 0;

    for (size_t at = 0; at + 1 < run.len; at++) {
        size_t end;
        if ((run.ptr[at] == ' ' || run.ptr[at] == '\n') && would_mislead(run, at + 1, &end)) {
            nc_layout_run(writer->layout, (nc_bytes){ run.ptr + from, at - from });
            nc_layout_text(writer->layout, NC_LITERAL(" "));
            nc_layout_text(writer->layout, (nc_bytes){ run.ptr + at + 1, end - at - 1 });
            from = end;
            at = end - 1;
        }
    }
    nc_layout_run(writer->layout, (nc_bytes){ run.ptr + from, run.len - from });
}

/* pandoc sees to it that "!" before a link does not make an image of it, even here. */
static nc_bytes escape_exclamation(nc_job *job, nc_bytes text)
{
    if (!text.len || text.ptr[text.len - 1] != '!')
        return text;
    return nc_print(job, "%.*s\\!", (int)text.len - 1, text.ptr);
}

/* Whether a space that opens the run may stand at the beginning of a line. */
static bool begins_line(const nc_node *run)
{
    return run->previous && (nc_bit(run->previous) & (NC_BIT(LINE_BREAK) | NC_BIT(MATH)));
}

bool plain_text(nc_out *out, const nc_node *node)
{
    plain_writer *writer = plain_of(out);
    nc_bytes text = node->text;

    if (writer->capitals || writer->script)
        text = change_text(writer->job, text, writer->script);
    if (node->flags & NC_VERBATIM) {
        nc_layout_text(writer->layout, text);
        return false;
    }
    if (writer->settings->raw && (nc_bit(node->next) & (NC_BIT(LINK) | NC_BIT(SPAN))))
        text = escape_exclamation(writer->job, text);
    if (writer->in_header && writer->settings->wrap == NC_WRAP_PRESERVE)
        text = breaks_to_spaces(writer->job, text);
    if (writer->lists && (writer->settings->wrap == NC_WRAP_AUTO || begins_line(node)))
        put_guarded(writer, text);
    else
        nc_layout_run(writer->layout, text);
    return false;
}

bool plain_line_break(nc_out *out, const nc_node *node)
{
    (void)node;
    if (plain_of(out)->in_header)
        nc_layout_space(layout_of(out));
    else
        nc_layout_line_end(layout_of(out));
    return false;
}

/* ------------------------------------------------------------ formatting */

bool plain_emphasis(nc_out *out, const nc_node *node)
{
    plain_lost(plain_of(out), node, LOST_EMPHASIS);
    return true;
}

bool plain_strikeout_open(nc_out *out, const nc_node *node)
{
    if (node->first)
        nc_layout_text(layout_of(out), NC_LITERAL("~~"));
    return true;
}

static bool is_display(const nc_node *node)
{
    return node && node->kind == NC_MATH && node->math->type == NC_DISPLAY_MATH;
}

void plain_strikeout_close(nc_out *out, const nc_node *node)
{
    plain_strikeout_open(out, node);
    if (is_display(node->last))
        nc_layout_line_end(layout_of(out));
}

bool plain_small_caps_open(nc_out *out, const nc_node *node)
{
    (void)node;
    plain_of(out)->capitals++;
    return true;
}

void plain_small_caps_close(nc_out *out, const nc_node *node)
{
    (void)node;
    plain_of(out)->capitals--;
}

bool plain_quoted_open(nc_out *out, const nc_node *node)
{
    nc_layout_text(layout_of(out),
                   node->number == NC_DOUBLE_QUOTE ? NC_LITERAL("\u201c") : NC_LITERAL("\u2018"));
    return true;
}

void plain_quoted_close(nc_out *out, const nc_node *node)
{
    nc_layout_text(layout_of(out),
                   node->number == NC_DOUBLE_QUOTE ? NC_LITERAL("\u201d") : NC_LITERAL("\u2019"));
}

/* A citation is its printed text; the record behind it is lost. */
bool plain_citation(nc_out *out, const nc_node *node)
{
    plain_lost(plain_of(out), node, LOST_CITATION);
    return false;
}

bool plain_code(nc_out *out, const nc_node *node)
{
    plain_writer *writer = plain_of(out);
    nc_bytes text = node->code->text;

    if (node->attr)
        plain_lost(writer, node, LOST_ATTRIBUTES);
    plain_lost(writer, node, LOST_CODE);
    if (writer->script)
        text = change_text(writer->job, text, writer->script);
    nc_layout_text(writer->layout, text);
    return false;
}

bool plain_math(nc_out *out, const nc_node *node)
{
    plain_writer *writer = plain_of(out);
    bool display = is_display(node);
    uint64_t around = nc_bit(node->parent);
    nc_bytes text = nc_math_text(writer->job, node->math->text, plain_scripted);

    /* Marks around a formula stay on its line. */
    if (display && (node->previous ||
                    !(around & (NC_BIT(STRIKEOUT) | NC_BIT(SUPERSCRIPT) | NC_BIT(SUBSCRIPT)))))
        nc_layout_line_end(writer->layout);
    if (text.ptr) {
        nc_layout_text(writer->layout, text);
    } else {
        nc_bytes mark = display ? NC_LITERAL("$$") : NC_LITERAL("$");
        plain_lost(writer, node, LOST_MATH);
        nc_layout_text(writer->layout, mark);
        nc_layout_text(writer->layout, node->math->text);
        nc_layout_text(writer->layout, mark);
    }
    if (display && (node->next || !(around & NC_BIT(STRIKEOUT))))
        nc_layout_line_end(writer->layout);
    return false;
}

bool plain_raw_inline(nc_out *out, const nc_node *node)
{
    if (nc_is(node->raw->format, "plain"))
        nc_layout_text(layout_of(out), node->raw->text);
    else
        plain_lost(plain_of(out), node, LOST_RAW_INLINE);
    return false;
}

/* ------------------------------------------------------------ links, images, notes */

bool plain_link(nc_out *out, const nc_node *node)
{
    if (!node->first || node->first->next || node->first->kind != NC_TEXT ||
        !nc_same(node->first->text, node->target->url))
        plain_lost(plain_of(out), node, LOST_ADDRESS);
    return true;
}

bool plain_image_open(nc_out *out, const nc_node *node)
{
    plain_lost(plain_of(out), node, LOST_IMAGE);
    nc_layout_text(layout_of(out), NC_LITERAL("["));
    return !(node->first && !node->first->next && node->first->kind == NC_TEXT &&
             nc_same(node->first->text, node->target->url));
}

void plain_image_close(nc_out *out, const nc_node *node)
{
    (void)node;
    nc_layout_text(layout_of(out), NC_LITERAL("]"));
}

/* Notes inside notes have numbers, but pandoc never prints them. */
bool plain_note(nc_out *out, const nc_node *node)
{
    plain_writer *writer = plain_of(out);

    nc_layout_text(writer->layout, nc_print(writer->job, "[%zu]", ++writer->note_count));
    if (writer->repeating)
        return false;
    if (writer->in_notes && writer->settings->raw)
        plain_lost(writer, node, LOST_NOTE);
    else
        plain_push(writer, &writer->notes, node);
    return false;
}

/* Entries of a bibliography begin a line. */
bool plain_span(nc_out *out, const nc_node *node)
{
    if (!node->attr)
        return true;
    plain_lost(plain_of(out), node, LOST_ATTRIBUTES);
    if (nc_attr_has_class(node->attr, "csl-block") ||
        nc_attr_has_class(node->attr, "csl-left-margin") ||
        nc_attr_has_class(node->attr, "csl-indent"))
        nc_layout_line_end(layout_of(out));
    return true;
}
