/* SPDX-License-Identifier: MIT */
/* core/layout.c, core/doc.c, core/width.c: printing, prefixes, pending lines, docs and their
 * widths. */
#include "core/job.h"
#include "core/layout.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>

#include <cmocka.h>

static nc_job job;
static nc_buf buf;
static nc_layout *layout;

static int open_job(void **state)
{
    (void)state;
    nc_job_open(&job, NULL);
    nc_buf_open(&buf, &job);
    return 0;
}

static int close_job(void **state)
{
    (void)state;
    nc_buf_close(&buf);
    nc_job_close(&job);
    return 0;
}

static void begin(size_t width)
{
    buf.len = 0;
    layout = nc_layout_new(&job, &buf, width, false);
}

static void text(const char *s)
{
    nc_layout_text(layout, nc_string(s));
}

static void run(const char *s)
{
    nc_layout_run(layout, nc_string(s));
}

static void expect(const char *want)
{
    nc_layout_finish(layout);
    nc_put_char(&buf, 0);
    assert_string_equal(buf.ptr ? buf.ptr : "", want);
}

static void lines_break_at_the_last_space_that_fits(void **state)
{
    (void)state;
    begin(10);
    run("one two three four");
    expect("one two\nthree four\n");
    begin(9);
    run("one two three four");
    expect("one two\nthree\nfour\n");
}

static void a_word_in_pieces_moves_as_one(void **state)
{
    (void)state;
    begin(10);
    run("aaaa bbb");
    text("ccc");
    run("ddd eee");
    expect("aaaa\nbbbcccddd\neee\n");
}

static void a_word_too_long_stands_alone(void **state)
{
    (void)state;
    begin(5);
    run("a abcdefghijk b");
    expect("a\nabcdefghijk\nb\n");
}

static void spaces_at_the_edges_are_dropped(void **state)
{
    (void)state;
    begin(40);
    run("  a   b ");
    nc_layout_line_end(layout);
    run(" c ");
    expect("a b\nc\n");
}

static void breaks_in_a_run_may_be_kept(void **state)
{
    (void)state;
    buf.len = 0;
    layout = nc_layout_new(&job, &buf, NC_LAYOUT_ENDLESS, true);
    run("a b\nc");
    expect("a b\nc\n");
    begin(NC_LAYOUT_ENDLESS);
    run("a b\nc");
    expect("a b c\n");
}

static void the_widest_request_for_lines_counts(void **state)
{
    (void)state;
    begin(40);
    nc_layout_blank_lines(layout, 2);
    run("a");
    nc_layout_blank_lines(layout, 1);
    nc_layout_line_end(layout);
    nc_layout_blank_lines(layout, 2);
    nc_layout_blank_lines(layout, 1);
    run("b");
    nc_layout_blank_lines(layout, 5);
    expect("a\n\n\nb\n");
}

static void chomp_forgets_pending_lines(void **state)
{
    (void)state;
    begin(40);
    run("a");
    nc_layout_blank_lines(layout, 1);
    nc_layout_chomp(layout);
    run("b");
    expect("ab\n");
}

static void newlines_of_the_text_count(void **state)
{
    (void)state;
    begin(40);
    text("a\n\n\nb\n");
    nc_layout_line_end(layout);
    run("c");
    expect("a\n\n\nb\nc\n");
    begin(40);
    text("\na");
    expect("\na\n");
}

static void prefixes_open_lines(void **state)
{
    (void)state;
    begin(9);
    nc_layout_prefix(layout, NC_LITERAL("> "));
    run("one two three");
    nc_layout_blank_lines(layout, 1);
    nc_layout_prefix(layout, NC_LITERAL("- "));
    run("four five");
    nc_layout_prefix_end(layout);
    nc_layout_prefix_end(layout);
    nc_layout_blank_lines(layout, 1);
    run("six");
    expect("> one two\n> three\n>\n> - four\n> - five\n\nsix\n");
}

static void an_empty_line_takes_what_encloses_it(void **state)
{
    (void)state;
    begin(40);
    nc_layout_prefix(layout, NC_LITERAL("> "));
    run("a");
    nc_layout_prefix_end(layout);
    nc_layout_blank_lines(layout, 1);
    nc_layout_prefix(layout, NC_LITERAL("> "));
    run("b");
    nc_layout_prefix_end(layout);
    expect("> a\n\n> b\n");
}

static void a_marker_hangs(void **state)
{
    (void)state;
    begin(8);
    text("- ");
    nc_layout_prefix(layout, NC_LITERAL("  "));
    run("one two");
    nc_layout_prefix_end(layout);
    expect("- one\n  two\n");
}

static void kept_text_does_not_break(void **state)
{
    (void)state;
    begin(6);
    nc_layout_keep(layout);
    run("aa bb cc");
    nc_layout_keep_end(layout);
    run(" dd");
    expect("aa bb cc\ndd\n");
}

static void columns_are_those_of_a_terminal(void **state)
{
    static const struct {
        const char *text;
        size_t width;
    } cases[] = { { "abc", 3 },
                  { "", 0 },
                  { "\u00e9", 1 },
                  { "e\u0301", 1 },
                  { "\u6f22\u5b57", 4 },
                  { "\u200b", 0 },
                  { "\u00ad", 0 },
                  { "\u2026", 1 },
                  { "\u0434\u0430", 2 },
                  { "\U0001f44d\U0001f3fd", 2 },
                  { "\u2764\ufe0f", 2 },
                  { "\u2764", 1 },
                  { "1\ufe0f\u20e3", 2 },
                  { "\U0001f1e9\U0001f1ea", 2 },
                  { "\U0001f468\u200d\U0001f469\u200d\U0001f467x", 3 },
                  { "\u0915\u093f", 2 },
                  { "a\U0001f3fd", 3 } };

    (void)state;
    for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++)
        assert_int_equal(nc_text_width(nc_string(cases[i].text)), cases[i].width);
}

static void wide_characters_break_earlier(void **state)
{
    (void)state;
    begin(7);
    run("\u6f22\u5b57 \u6f22\u5b57 ab");
    expect("\u6f22\u5b57\n\u6f22\u5b57 ab\n");
    begin(5);
    run("e\u0301e\u0301e\u0301 1\ufe0f\u20e3 a\u20e3");
    expect("e\u0301e\u0301e\u0301\n1\ufe0f\u20e3 a\u20e3\n");
}

static void docs_are_measured(void **state)
{
    nc_extent extent;

    (void)state;
    begin(10);
    nc_layout_record(layout);
    run("one twenty\nthree");
    nc_layout_line_end(layout);
    text("- ");
    nc_layout_prefix(layout, NC_LITERAL("  "));
    run("a b");
    nc_layout_prefix_end(layout);
    extent = nc_doc_measure(nc_layout_recorded(layout));
    assert_int_equal(extent.natural, 16);
    assert_int_equal(extent.least, 6);
    nc_layout_record(layout);
    assert_true(nc_doc_empty(nc_layout_recorded(layout)));
}

static void docs_are_played_and_cut_into_lines(void **state)
{
    const nc_doc *doc;
    nc_lines lines;

    (void)state;
    begin(30);
    nc_layout_record(layout);
    run("one two abcdefgh");
    nc_layout_blank_lines(layout, 1);
    doc = nc_layout_recorded(layout);
    lines = nc_layout_lines(layout, doc, 3);
    assert_int_equal(lines.count, 5);
    assert_memory_equal(lines.items[2].text.ptr, "ab", 2);
    assert_int_equal(lines.items[2].width, 2);
    assert_memory_equal(lines.items[4].text.ptr, "fgh", 3);
    nc_layout_play(layout, doc);
    nc_layout_play(layout, doc);
    expect("one two abcdefgh\n\none two abcdefgh\n");
}

static void a_job_that_failed_prints_nothing(void **state)
{
    (void)state;
    begin(10);
    nc_fail(&job, NC_EINPUT, "stop");
    run("a b");
    nc_layout_record(layout);
    assert_null(nc_layout_recorded(layout));
    nc_layout_finish(layout);
    assert_int_equal(buf.len, 0);
    assert_null(nc_layout_new(&job, &buf, 10, false));
    nc_layout_run(NULL, NC_LITERAL("a"));
    nc_layout_prefix(NULL, NC_LITERAL("a"));
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, open_job, close_job)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(lines_break_at_the_last_space_that_fits),
        TEST(a_word_in_pieces_moves_as_one),
        TEST(a_word_too_long_stands_alone),
        TEST(spaces_at_the_edges_are_dropped),
        TEST(breaks_in_a_run_may_be_kept),
        TEST(the_widest_request_for_lines_counts),
        TEST(chomp_forgets_pending_lines),
        TEST(newlines_of_the_text_count),
        TEST(prefixes_open_lines),
        TEST(an_empty_line_takes_what_encloses_it),
        TEST(a_marker_hangs),
        TEST(kept_text_does_not_break),
        TEST(columns_are_those_of_a_terminal),
        TEST(wide_characters_break_earlier),
        TEST(docs_are_measured),
        TEST(docs_are_played_and_cut_into_lines),
        TEST(a_job_that_failed_prints_nothing),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
