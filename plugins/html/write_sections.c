/* SPDX-License-Identifier: MIT */
/* Headings and sections as HTML. As in pandoc, a Div that begins with a heading and holds no
 * other of that rank is the section of that heading: it is written as `section`, or, when it
 * says nothing that the heading does not say, not at all. Inside of lists, quotes, tables and
 * notes this holds only for Divs of class `section`. */
#include "plugins/html/write_rules.h"

/* More classes and pairs than this are not compared, which would take quadratic time. */
enum { COMPARED = 50 };

static bool holds_class(const nc_attr *attr, nc_bytes name)
{
    for (size_t i = 0; attr && i < attr->class_count && i < COMPARED; i++)
        if (nc_same(attr->classes[i], name))
            return true;
    return false;
}

static bool holds_pair(const nc_attr *attr, const nc_pair *pair)
{
    for (size_t i = 0; attr && i < attr->pair_count && i < COMPARED; i++)
        if (nc_same(attr->pairs[i].key, pair->key) && nc_same(attr->pairs[i].value, pair->value))
            return true;
    return false;
}

/* ---------------------------------------------------------------- which Div is a section */

/* Whether a section of rank `level` ends before `node`. */
static bool ends_section(const nc_node *node, int64_t level)
{
    while (node && node->kind == NC_DIV)
        node = node->first;
    return node && node->kind == NC_HEADER && node->level <= level;
}

static bool same_or_none(nc_bytes a, nc_bytes b)
{
    return !a.len || !b.len || nc_same(a, b);
}

static bool ids_agree(const nc_attr *a, const nc_attr *b)
{
    return !a || !b || same_or_none(a->id, b->id);
}

/* Whether the Div is nothing but the section of its first heading. */
static bool is_whole_section(const nc_node *div)
{
    const nc_node *heading = div->first;

    if (nc_attr_has_class(div->attr, "column") || nc_attr_has_class(div->attr, "columns") ||
        !ids_agree(div->attr, heading->attr))
        return false;
    for (const nc_node *block = heading->next; block; block = block->next)
        if (ends_section(block, heading->level))
            return false;
    return true;
}

/* Whether `div` has classes or pairs that its heading has not. */
static bool says_more(const nc_attr *div, const nc_attr *heading)
{
    for (size_t i = 0; div && i < div->class_count; i++)
        if (!nc_is(div->classes[i], "section") && !holds_class(heading, div->classes[i]))
            return true;
    for (size_t i = 0; div && i < div->pair_count; i++)
        if (!holds_pair(heading, &div->pairs[i]))
            return true;
    return false;
}

static size_t count_classes(const nc_attr *attr)
{
    return attr ? attr->class_count : 0;
}

static size_t count_pairs(const nc_attr *attr)
{
    return attr ? attr->pair_count : 0;
}

html_section html_section_of(const html_writer *w, const nc_node *div)
{
    const nc_node *heading = div->kind == NC_DIV ? div->first : NULL;
    const nc_attr *own = div->attr, *attr;

    if (!heading || heading->kind != NC_HEADER)
        return HTML_SECTION_NONE;
    attr = heading->attr;
    if (w->boxes) {
        bool marked = own && own->class_count && nc_is(own->classes[0], "section");
        bool same = ids_agree(own, attr) && !says_more(own, attr) &&
                    count_classes(own) == count_classes(attr) + 1 &&
                    count_pairs(own) == count_pairs(attr);
        return marked && same ? HTML_SECTION_BARE : HTML_SECTION_NONE;
    }
    if (!is_whole_section(div))
        return HTML_SECTION_NONE;
    return says_more(own, attr) || nc_attr_has_class(attr, "section") ? HTML_SECTION_MARKED
                                                                      : HTML_SECTION_BARE;
}

/* ---------------------------------------------------------------- the marks of a section */

/* Put the classes of `attr` that neither are `section` nor stand in `others`. */
static bool put_classes(html_writer *w, const nc_attr *attr, const nc_attr *others, bool any)
{
    for (size_t i = 0; attr && i < attr->class_count; i++) {
        if (nc_is(attr->classes[i], "section") || holds_class(others, attr->classes[i]) ||
            html_class_repeats(attr, i))
            continue;
        if (any) {
            nc_put_char(w->buf, ' ');
        } else {
            html_gap(w);
            HTML_PUT(w, "class=\"");
        }
        html_escape_quotes(w, attr->classes[i]);
        any = true;
    }
    return any;
}

/* The pairs of the Div whose keys the heading has not. */
static void own_pairs(html_writer *w, const nc_node *div, const nc_attr *heading)
{
    size_t count = count_pairs(div->attr);
    nc_pair *rest = nc_alloc(w->job, (count + 1) * sizeof *rest);
    nc_attr own = { .pairs = rest };

    for (size_t i = 0; rest && i < count; i++) {
        bool taken = false;
        for (size_t j = 0; j < count_pairs(heading) && j < COMPARED; j++)
            taken = taken || nc_same(heading->pairs[j].key, div->attr->pairs[i].key);
        if (!taken)
            rest[own.pair_count++] = div->attr->pairs[i];
    }
    html_pairs(w, div, &own, NULL);
}

void html_section_open(html_writer *w, const nc_node *div)
{
    const nc_attr *heading = div->first->attr;

    HTML_PUT(w, "<section");
    html_id(w, heading && heading->id.len ? heading : div->attr);
    if (put_classes(w, div->attr, heading, put_classes(w, heading, NULL, false)))
        HTML_PUT(w, "\"");
    own_pairs(w, div, heading);
    html_pairs(w, div, heading, NULL);
}

/* ---------------------------------------------------------------- headings */

/* Numbers begin with the highest rank that there is. */
static void put_number(html_writer *w, size_t level)
{
    for (size_t i = w->first_level - 1; i < level; i++) {
        if (i >= w->first_level)
            nc_put_char(w->buf, '.');
        nc_put_int(w->buf, w->section_numbers[i]);
    }
}

static bool is_numbered(const html_writer *w, const nc_node *node)
{
    return w->first_level && !w->boxes && node->level >= (int64_t)w->first_level &&
           node->level <= 6 && !nc_attr_has_class(node->attr, "unnumbered");
}

void html_begin_numbers(html_writer *w, const nc_node *doc)
{
    nc_walk walk = { .root = doc };

    memset(w->section_numbers, 0, sizeof w->section_numbers);
    if (!nc_job_settings(w->job)->number_sections)
        return;
    w->first_level = 6;
    while (nc_walk_next(&walk)) {
        int64_t level = walk.node->kind == NC_HEADER ? walk.node->level : 6;
        walk.skip = !(nc_bit(walk.node) & (NC_BIT(DOCUMENT) | NC_BIT(DIV)));
        if (level >= 1 && level < (int64_t)w->first_level)
            w->first_level = (size_t)level;
    }
}

void html_number_heading(html_writer *w, const nc_node *node)
{
    if (!is_numbered(w, node))
        return;
    w->section_numbers[node->level - 1]++;
    for (int64_t level = node->level; level < 6; level++)
        w->section_numbers[level] = 0;
}

void html_heading_number(html_writer *w, const nc_node *node, const char *class_name)
{
    if (!is_numbered(w, node))
        return;
    HTML_PUT(w, "<span");
    html_attribute(w, "class", nc_string(class_name));
    HTML_PUT(w, ">");
    put_number(w, (size_t)node->level);
    HTML_PUT(w, "</span> ");
}

static void put_heading_tag(html_writer *w, const nc_node *node)
{
    if (node->level >= 1 && node->level <= 6) {
        nc_put_char(w->buf, 'h');
        nc_put_int(w->buf, node->level);
    } else {
        nc_put_char(w->buf, 'p');
    }
}

/* The identifier goes to the heading, or to the section around it. */
static void heading_id(html_writer *w, const nc_node *node)
{
    html_section section =
        node->parent->first == node ? html_section_of(w, node->parent) : HTML_SECTION_NONE;

    if (section == HTML_SECTION_MARKED)
        return;
    if (node->attr && node->attr->id.len)
        html_id(w, node->attr);
    else if (section == HTML_SECTION_BARE)
        html_id(w, node->parent->attr);
}

static void heading_classes(html_writer *w, const nc_node *node)
{
    if (node->level <= 6) {
        html_classes(w, node->attr, NULL);
        return;
    }
    nc_warn(w->job, node, NC_WARN_LOSS, "a heading of level %lld became a paragraph: HTML has six",
            (long long)node->level);
    html_gap(w);
    HTML_PUT(w, "class=\"heading");
    for (size_t i = 0; i < count_classes(node->attr); i++) {
        nc_put_char(w->buf, ' ');
        html_escape_quotes(w, node->attr->classes[i]);
    }
    HTML_PUT(w, "\"");
}

bool html_heading_open(nc_out *out, const nc_node *node)
{
    html_writer *w = html_writer_of(out);

    html_block(w, node);
    HTML_PUT(w, "<");
    put_heading_tag(w, node);
    if (w->boxes)
        heading_id(w, node);
    heading_classes(w, node);
    html_number_heading(w, node);
    if (is_numbered(w, node)) {
        html_gap(w);
        HTML_PUT(w, "data-number=\"");
        put_number(w, (size_t)node->level);
        HTML_PUT(w, "\"");
    }
    html_pairs(w, node, node->attr, NULL);
    if (!w->boxes)
        heading_id(w, node);
    HTML_PUT(w, ">");
    html_heading_number(w, node, "header-section-number");
    return true;
}

void html_heading_close(nc_out *out, const nc_node *node)
{
    html_writer *w = html_writer_of(out);

    HTML_PUT(w, "</");
    put_heading_tag(w, node);
    HTML_PUT(w, ">");
}
