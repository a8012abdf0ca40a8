/* SPDX-License-Identifier: MIT */
/* Lists: markers, and what hangs on them.
 *
 * A list is tight when all its items begin with a Plain or a tight list, or are empty: no empty
 * lines then between the items. */
#include "plain.h"

enum { ORDERED_INDENT = 4, LARGEST_ROMAN = 3999, MARKER_SIZE = 40 };

/* The item behind `item`, on the way of is_tight: in the list around when its own has no more. */
static const nc_node *next_item(const nc_node *item, const nc_node *list)
{
    while (!item->next) {
        if (item->parent == list)
            return NULL;
        item = item->parent->parent;
    }
    return item->next;
}

static bool is_tight(const nc_node *list)
{
    const nc_node *item = list->first;

    while (item) {
        const nc_node *block = item->first;
        if (block && (nc_bit(block) & (NC_BIT(BULLET_LIST) | NC_BIT(ORDERED_LIST))) &&
            block->first) {
            item = block->first;
            continue;
        }
        if (block &&
            !(nc_bit(block) & (NC_BIT(PLAIN) | NC_BIT(BULLET_LIST) | NC_BIT(ORDERED_LIST))))
            return false;
        item = next_item(item, list);
    }
    return true;
}

static size_t put_roman(char *out, int64_t number, bool upper)
{
    static const struct {
        int value;
        const char *digits;
    } numerals[] = { { 1000, "m" }, { 900, "cm" }, { 500, "d" }, { 400, "cd" }, { 100, "c" },
                     { 90, "xc" },  { 50, "l" },   { 40, "xl" }, { 10, "x" },   { 9, "ix" },
                     { 5, "v" },    { 4, "iv" },   { 1, "i" } };
    size_t length = 0;

    if (number < 0 || number > LARGEST_ROMAN) {
        out[0] = '?';
        return 1;
    }
    for (size_t i = 0; i < sizeof(numerals) / sizeof(*numerals); i++)
        for (; number >= numerals[i].value; number -= numerals[i].value)
            for (const char *digit = numerals[i].digits; *digit; digit++)
                out[length++] = (char)(upper ? *digit - 'a' + 'A' : *digit);
    return length;
}

static size_t put_decimal(char *out, int64_t number)
{
    char digits[20];
    uint64_t rest = number < 0 ? 0 - (uint64_t)number : (uint64_t)number;
    size_t count = 0, length = 0;

    do
        digits[count++] = (char)('0' + rest % 10);
    while (rest /= 10);
    if (number < 0)
        out[length++] = '-';
    while (count)
        out[length++] = digits[--count];
    return length;
}

static size_t put_number(char *out, int64_t number, int32_t style)
{
    switch (style) {
    case NC_LOWER_ROMAN: return put_roman(out, number, false);
    case NC_UPPER_ROMAN: return put_roman(out, number, true);
    case NC_LOWER_ALPHA: out[0] = (char)('a' + (number > 1 ? (number - 1) % 26 : 0)); return 1;
    case NC_UPPER_ALPHA: out[0] = (char)('A' + (number > 1 ? (number - 1) % 26 : 0)); return 1;
    default: return put_decimal(out, number);
    }
}

/* "(iv) ", as wide as what hangs on it is indented. */
static nc_bytes ordered_marker(nc_job *job, const nc_list_attributes *list, int64_t number)
{
    char marker[MARKER_SIZE];
    size_t length = 0;

    if (list->delimiter == NC_TWO_PARENS)
        marker[length++] = '(';
    length += put_number(marker + length, number, list->style);
    marker[length++] =
        list->delimiter == NC_ONE_PAREN || list->delimiter == NC_TWO_PARENS ? ')' : '.';
    do
        marker[length++] = ' ';
    while (length < ORDERED_INDENT);
    return nc_copy(job, (nc_bytes){ marker, length });
}

static void hang(nc_layout *layout, nc_bytes marker)
{
    static const char blanks[MARKER_SIZE + 1] = "                                        ";

    nc_layout_text(layout, marker);
    nc_layout_prefix(layout, (nc_bytes){ blanks, marker.len });
}

static void hang_end(nc_layout *layout, bool tight)
{
    nc_layout_prefix_end(layout);
    nc_layout_chomp(layout);
    if (tight)
        nc_layout_line_end(layout);
    else
        nc_layout_blank_lines(layout, 1);
}

bool plain_list_open(nc_out *out, const nc_node *node)
{
    plain_writer *writer = plain_of(out);
    int64_t start = node->kind == NC_ORDERED_LIST ? node->list.start : 0;
    plain_list_state *list = nc_alloc(writer->job, sizeof(*list));

    if (!list)
        return false;
    if (node->kind == NC_ORDERED_LIST && node->list.style == NC_EXAMPLE)
        plain_lost(writer, node, LOST_LIST_STYLE);
    *list = (plain_list_state){ writer->list, start,
                                node->kind != NC_DEFINITION_LIST && is_tight(node) };
    writer->list = list;
    writer->lists++;
    return true;
}

void plain_list_close(nc_out *out, const nc_node *node)
{
    plain_writer *writer = plain_of(out);

    (void)node;
    if (writer->list) {
        writer->list = writer->list->outer;
        writer->lists--;
    }
    nc_layout_blank_lines(writer->layout, 1);
}

bool plain_item_open(nc_out *out, const nc_node *node)
{
    plain_writer *writer = plain_of(out);
    const nc_node *list = node->parent;

    if (list->kind == NC_BULLET_LIST) {
        hang(writer->layout, NC_LITERAL("- "));
    } else {
        hang(writer->layout, ordered_marker(writer->job, &list->list, writer->list->number));
        if (writer->list->number < INT64_MAX)
            writer->list->number++;
    }
    return true;
}

void plain_item_close(nc_out *out, const nc_node *node)
{
    (void)node;
    hang_end(layout_of(out), plain_of(out)->list->tight);
}

/* ------------------------------------------------------------ definition lists */

bool plain_term_open(nc_out *out, const nc_node *node)
{
    const nc_node *definition = node->next;

    plain_of(out)->list->tight = definition && definition->kind == NC_DEFINITION &&
                                 definition->first && definition->first->kind == NC_PLAIN;
    nc_layout_blank_lines(layout_of(out), 1);
    nc_layout_keep(layout_of(out));
    return true;
}

void plain_term_close(nc_out *out, const nc_node *node)
{
    (void)node;
    nc_layout_keep_end(layout_of(out));
    nc_layout_blank_lines(layout_of(out), plain_of(out)->list->tight ? 0 : 1);
}

bool plain_definition_open(nc_out *out, const nc_node *node)
{
    (void)node;
    hang(layout_of(out), NC_LITERAL("  "));
    return true;
}

void plain_definition_close(nc_out *out, const nc_node *node)
{
    bool last = !node->next || node->next->kind == NC_TERM;

    hang_end(layout_of(out), plain_of(out)->list->tight && !last);
}

/* ------------------------------------------------------------ text that looks like a marker */

static size_t span_of(nc_bytes word, size_t from, const char *set)
{
    size_t at = from;

    while (at < word.len && strchr(set, word.ptr[at]) && word.ptr[at])
        at++;
    return at - from;
}

/* A roman numeral, in one case, that takes all of `word`: each step is optional, in falling order.
 */
static bool is_roman(nc_bytes word, const char *digits)
{
    static const char *const steps[] = { "m*", "cm", "d",  "cd", "c*", "xc", "l",
                                         "xl", "x*", "ix", "v",  "iv", "i*" };
    static const char lower[] = "mdclxvi";
    size_t at = 0;

    for (size_t i = 0; i < sizeof(steps) / sizeof(*steps); i++) {
        char want[2];
        size_t count = strlen(steps[i]);
        bool many = steps[i][count - 1] == '*';

        count -= many;
        for (size_t k = 0; k < count; k++)
            want[k] = digits[strchr(lower, steps[i][k]) - lower];
        while (word.len - at >= count && memcmp(word.ptr + at, want, count) == 0) {
            at += count;
            if (!many)
                break;
        }
    }
    return word.len && at == word.len;
}

static bool is_number(nc_bytes word)
{
    unsigned char c = word.len ? (unsigned char)word.ptr[0] : 0;

    if (word.len == 1 && (c == '#' || (unsigned)(c | 0x20) - 'a' < 26))
        return true;
    if (c == '@')
        return true;
    return (word.len && span_of(word, 0, "0123456789") == word.len) || is_roman(word, "mdclxvi") ||
           is_roman(word, "MDCLXVI");
}

bool plain_is_marker(nc_bytes word)
{
    char last = word.len > 1 ? word.ptr[word.len - 1] : 0;

    if (last != '.' && last != ')')
        return false;
    word.len--;
    if (last == ')' && word.ptr[0] == '(') {
        word.ptr++;
        word.len--;
    }
    return is_number(word);
}
