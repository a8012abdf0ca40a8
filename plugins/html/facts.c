/* SPDX-License-Identifier: MIT */
/* Facts: what a page says of itself, for the scripts to judge. A slice each; nothing is parsed
 * here.
 *
 *     syntax      name                        value
 *     json-ld     ""                          the whole script
 *     meta        the name                    the content
 *     dc          the name (dc.date, …)       the content
 *     opengraph   the property (og:title, …)  the content
 *     microdata   the itemprop                content, datetime, address or text
 *     time        itemprop, class or ""       datetime or text
 *     link        canonical, author, …        the address
 *     rel         author                      the text of the link
 *     class       author, byline, date, …     the text of an element whose class says that it is
 * one title       ""                          the title element heading     h1 its text lang html,
 * body                  the language */
#include "plugins/html/article.h"

enum { MOST_TEXT = 600 };

nc_bytes html_some_text(html_reader *reader, const dom_node *element, size_t most)
{
    char *out = nc_alloc(reader->job, most + 4);
    size_t len = 0;
    bool gap = false;

    for (const dom_node *node = element; out && node && len < most;
         node = dom_following(element, node, false)) {
        nc_bytes text = dom_text(node);
        dom_tag tag = dom_node_tag(node);

        gap |= tag == DOM_BR || dom_tags[tag].content >= DOM_IS_BLOCK;
        for (size_t i = 0; i < text.len && len + 1 < most; i++) {
            if (html_is_space(text.ptr[i])) {
                gap = true;
                continue;
            }
            if (gap && len)
                out[len++] = ' ';
            gap = false;
            out[len++] = text.ptr[i];
        }
    }
    return (nc_bytes){ out ? out : "", nc_utf8_valid((nc_bytes){ out ? out : "", len }) };
}

static void add(html_reader *reader, const dom_node *node, const char *syntax, nc_bytes name,
                nc_bytes value)
{
    nc_fact fact = {
        .syntax = syntax, .name = name, .value = value, .offset = (uint32_t)dom_offset(node)
    };

    if (value.len)
        nc_fact_add(reader->job, &fact);
}

static bool begins_with(nc_bytes text, const char *prefix)
{
    size_t len = strlen(prefix);

    return text.len >= len &&
           html_same_ignoring_case((nc_bytes){ text.ptr, len }, nc_string(prefix));
}

static void meta_facts(html_reader *reader, const dom_node *node)
{
    nc_bytes name = dom_value(node, "name"), property = dom_value(node, "property");
    nc_bytes content = html_trimmed(dom_value(node, "content"));

    if (property.len)
        add(reader, node, "opengraph", property, content);
    if (name.len)
        add(reader, node, begins_with(name, "dc.") || begins_with(name, "dcterms.") ? "dc" : "meta",
            name, content);
}

static void link_facts(html_reader *reader, const dom_node *node)
{
    nc_bytes rel = dom_value(node, "rel");
    static const char *const wanted[] = { "canonical", "author", "license", "publisher",
                                          "shortlink" };

    for (size_t i = 0; i < sizeof wanted / sizeof *wanted; i++)
        if (rel.len && html_has_word(rel, wanted[i])) {
            add(reader, node, "link", nc_string(wanted[i]), dom_value(node, "href"));
            if (dom_node_tag(node) == DOM_A)
                add(reader, node, "rel", nc_string(wanted[i]),
                    html_some_text(reader, node, MOST_TEXT));
        }
}

static void script_facts(html_reader *reader, const dom_node *node)
{
    nc_bytes body = dom_body(node);

    if (body.ptr && html_same_ignoring_case(html_trimmed(dom_value(node, "type")),
                                            NC_LITERAL("application/ld+json")))
        add(reader, node, "json-ld", (nc_bytes){ "", 0 }, body);
}

static void item_facts(html_reader *reader, const dom_node *node, nc_bytes property)
{
    static const char *const attributes[] = { "content", "datetime", "href", "src" };
    nc_bytes value = { NULL, 0 };

    for (size_t i = 0; i < 4 && !value.ptr; i++)
        value = dom_value(node, attributes[i]);
    if (!value.ptr)
        value = html_some_text(reader, node, MOST_TEXT);
    add(reader, node, "microdata", property, html_trimmed(value));
}

static void time_facts(html_reader *reader, const dom_node *node)
{
    nc_bytes value = dom_value(node, "datetime"), name = dom_value(node, "itemprop");

    if (!name.len)
        name = dom_value(node, "class");
    add(reader, node, "time", name, value.len ? value : html_some_text(reader, node, MOST_TEXT));
}

static void element_facts(html_reader *reader, const dom_node *node)
{
    nc_bytes property = dom_value(node, "itemprop");
    const char *role = html_class_meaning(node);

    if (property.len && !nc_is(property, "articleBody"))
        item_facts(reader, node, property);
    if (role)
        add(reader, node, "class", nc_string(role), html_some_text(reader, node, MOST_TEXT));
}

void html_collect_facts(html_reader *reader)
{
    dom_node *root = reader->document.root;

    add(reader, root, "lang", NC_LITERAL("html"), html_trimmed(dom_value(root, "lang")));
    for (dom_node *node = root; node; node = dom_following(root, node, false)) {
        switch (dom_node_kind(node) == DOM_TEXT ? DOM_TAG_COUNT : dom_node_tag(node)) {
        case DOM_TAG_COUNT: continue;
        case DOM_META: meta_facts(reader, node); break;
        case DOM_LINK:
        case DOM_A: link_facts(reader, node); break;
        case DOM_SCRIPT: script_facts(reader, node); break;
        case DOM_TIME: time_facts(reader, node); break;
        case DOM_TITLE:
            add(reader, node, "title", (nc_bytes){ "", 0 },
                html_some_text(reader, node, MOST_TEXT));
            break;
        case DOM_H1:
            add(reader, node, "heading", NC_LITERAL("h1"), html_some_text(reader, node, MOST_TEXT));
            break;
        case DOM_BODY:
            add(reader, node, "lang", NC_LITERAL("body"), html_trimmed(dom_value(node, "lang")));
            break;
        default: break;
        }
        element_facts(reader, node);
    }
}
