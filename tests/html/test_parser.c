/* SPDX-License-Identifier: MIT */
/* plugins/html/parser: trees, slices and bounds. The standard's own cases run in shared-html5lib.
 */
#include "core/job.h"
#include "plugins/html/dom.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

static nc_job job;

static int open_job(void **state)
{
    (void)state;
    nc_job_open(&job, NULL);
    return 0;
}

static int close_job(void **state)
{
    (void)state;
    nc_job_close(&job);
    return 0;
}

/* The body's content in one line: p(Hello b(w)). */
static const char *shape_of(const dom_node *root)
{
    static char out[4000];
    const dom_node *node = root->first;
    size_t length = 0;

    out[0] = 0;
    while (node) {
        nc_bytes text = node->kind == DOM_TEXT ? dom_text(node) : dom_name(node);

        length += (size_t)snprintf(out + length, sizeof(out) - length, "%.*s%s", (int)text.len,
                                   text.ptr, node->kind == DOM_TEXT ? "" : "(");
        if (node->first) {
            node = node->first;
            continue;
        }
        if (node->kind == DOM_ELEMENT)
            length += (size_t)snprintf(out + length, sizeof(out) - length, ")");
        while (node != root && !node->next) {
            node = node->parent;
            if (node != root)
                length += (size_t)snprintf(out + length, sizeof(out) - length, ")");
        }
        node = node == root ? NULL : node->next;
    }
    return out;
}

static dom_node *parse(nc_bytes page, size_t depth)
{
    dom_node *document = html_parse(&job, page, &(html_parse_options){ .depth = depth });

    assert_non_null(document);
    return document;
}

static const char *body_of(const char *page)
{
    dom_node *html = parse(nc_string(page), 0)->first;

    return shape_of(html->first->next);
}

static void trees_follow_the_standard(void **state)
{
    static const char *const cases[][2] = {
        { "<p>Hello <b>w<p>x</b> y", "p(Hello b(w))p(b(x) y)" },
        { "<table>a<tr><td>b</table>", "atable(tbody(tr(td(b))))" },
        { "<ul><li>a<li>b<p>c<li>d</ul>e", "ul(li(a)li(bp(c))li(d))e" },
        { "<a>1<div>2<a>3</div>4", "a(1)div(a(2)a(3))a(4)" },
        { "<svg><title><p>x</title><g></svg>y", "svg(title(p(xg(y))))" },
        { "x<!-- no --> y<!-->z", "x yz" },
        { "a &amp; b &notin; &notit; &#x93;q&#148;", "a & b ∉ ¬it; “q”" },
        { "<pre>\n\nx</pre><textarea>\r\na</textarea>", "pre(\nx)textarea(a)" },
        { "<select><option>a<option>b<p>c</select>d", "select(option(a)option(bp(c)))d" },
        { "1 < 2 </ 3><4>", "1 < 2 <4>" },
        { "<dl><dt>a<dd>b<dt>c</dl>", "dl(dt(a)dd(b)dt(c))" },
        { "<script>if (a<b) '</p>'</script>x", "x" },
        { "<p><button><p>x</button>y", "p(button(p(x))y)" },
        { "x</p></br><br/>", "xp()br()br()" },
    };

    (void)state;
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
        assert_string_equal(body_of(cases[i][0]), cases[i][1]);
}

static void texts_without_references_are_slices(void **state)
{
    nc_bytes page = NC_LITERAL("<body><p title='a b'>clean text<!-- x --> &lt;</p>");
    dom_node *paragraph = parse(page, 0)->first->first->next->first;

    (void)state;
    assert_true(dom_value(paragraph, "title").ptr > page.ptr);
    assert_true(dom_value(paragraph, "title").ptr < page.ptr + page.len);
    assert_true(nc_is(dom_text(paragraph->first), "clean text <"));
    assert_null(paragraph->first->next);
}

static void sources_run_from_start_to_end_tag(void **state)
{
    dom_node *paragraph =
        parse(NC_LITERAL("<body><p>a <b>c</b></p> <i>d"), 0)->first->first->next->first;

    (void)state;
    assert_true(nc_is(dom_source(paragraph), "<p>a <b>c</b></p>"));
    assert_true(nc_is(dom_source(paragraph->first->next), "<b>c</b>"));
    assert_true(dom_flags(paragraph->next->next) & DOM_UNENDED);
    assert_false(dom_flags(paragraph) & DOM_UNENDED);
}

static void of_equal_attributes_the_first_counts(void **state)
{
    dom_node *node = parse(NC_LITERAL("<body><p a=1 A=2 b a=3>"), 0)->first->first->next->first;

    (void)state;
    assert_int_equal(dom_attribute_count(node), 2);
    assert_true(nc_is(dom_value(node, "a"), "1"));
}

static size_t depth_of(const dom_node *root)
{
    const dom_node *node = root;
    size_t depth = 0, deepest = 0;

    while (node) {
        deepest = depth > deepest ? depth : deepest;
        if (node->first) {
            node = node->first;
            depth++;
            continue;
        }
        while (node != root && !node->next) {
            node = node->parent;
            depth--;
        }
        node = node == root ? NULL : node->next;
    }
    return deepest;
}

static nc_bytes repeated(const char *start, const char *piece, size_t times)
{
    size_t head = strlen(start), length = strlen(piece);
    char *page = nc_alloc(&job, head + times * length);

    memcpy(page, start, head);
    for (size_t i = 0; i < times; i++)
        memcpy(page + head + i * length, piece, length);
    return (nc_bytes){ page, head + times * length };
}

static void deep_pages_are_flattened(void **state)
{
    static const char *const pieces[] = { "<div>",           "<b>",      "<span>", "<x>",
                                          "<table><tr><td>", "<ul><li>", "<svg>",  "<svg><desc>",
                                          "<template>",      "<object>", "<a>" };

    (void)state;
    for (size_t i = 0; i < sizeof(pieces) / sizeof(pieces[0]); i++) {
        dom_node *document = parse(repeated("<body>", pieces[i], 20000), 100);

        assert_true(depth_of(document) <= 110);
    }
    assert_int_equal(job.messages.count, 1);
}

static void balanced_depth_is_left_in_order(void **state)
{
    char page[10000] = "<body>";
    dom_node *body;

    (void)state;
    for (int i = 0; i < 200; i++)
        strncat(page, "<div><p>", sizeof(page) - strlen(page) - 1);
    for (int i = 0; i < 200; i++)
        strncat(page, "</div>", sizeof(page) - strlen(page) - 1);
    strncat(page, "<p>after", sizeof(page) - strlen(page) - 1);
    body = parse(nc_string(page), 50)->first->first->next;
    assert_true(nc_is(dom_name(body->first->next), "p"));
}

/* Bytes of memory for each byte of input: 56 for a node are the most part, and "a<p>" makes two. */
static void memory_is_bounded_whatever_comes(void **state)
{
    static const char *const pieces[] = {
        "<b>",
        "<p>a",
        "a<br>",
        "<font color=x>a<p>",
        "<a>",
        "</b><b>",
        "<table>a",
        "&nGt;",
        "&amp;",
        "<x y z>",
        "<p><b><i><u>",
        "<li>",
        "<nobr>",
        "<!---->a",
        "<td>",
        "\r",
        "<select><selectedcontent><option>a</select>",
        "<b><p></b>",
        "<a><div>",
    };

    (void)state;
    for (size_t i = 0; i < sizeof(pieces) / sizeof(pieces[0]); i++) {
        nc_bytes page = repeated("<body>", pieces[i], 100000 / strlen(pieces[i]) * 10);
        size_t before = job.memory_used;

        parse(page, 512);
        assert_true(job.memory_used - before < 64 * page.len + (2 << 20));
    }
}

static void many_attributes_are_told_apart(void **state)
{
    size_t room = 3000000, length = (size_t)snprintf(NULL, 0, "<body><p");
    char *page = nc_alloc(&job, room);
    dom_node *node;

    (void)state;
    memcpy(page, "<body><p", length);
    for (int i = 0; i < 200000; i++)
        length += (size_t)snprintf(page + length, room - length, " a%d", i % 100000);
    page[length++] = '>';
    node = parse((nc_bytes){ page, length }, 0)->first->first->next->first;
    assert_int_equal(dom_attribute_count(node), 100000);
}

int main(void)
{
#define TEST(function) cmocka_unit_test_setup_teardown(function, open_job, close_job)
    const struct CMUnitTest tests[] = {
        TEST(trees_follow_the_standard),         TEST(texts_without_references_are_slices),
        TEST(sources_run_from_start_to_end_tag), TEST(of_equal_attributes_the_first_counts),
        TEST(deep_pages_are_flattened),          TEST(balanced_depth_is_left_in_order),
        TEST(memory_is_bounded_whatever_comes),  TEST(many_attributes_are_told_apart),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
