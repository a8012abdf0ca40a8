/* SPDX-License-Identifier: MIT */
/* core/build.c, core/walk.c, core/tree.c, core/equal.c: runs, words, joining, copying, comparing.
 * */
#include "core/job.h"

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

/* The inlines of `node` as pandoc sees them, Strs in <>, in one line: "<a> <b>~<c>|" (~ SoftBreak,
 * | LineBreak). */
static const char *shape(const nc_node *node)
{
    static char out[1000];
    size_t length = 0;

    out[0] = 0;
    for (const nc_node *child = node->first; child; child = child->next) {
        nc_word word;
        size_t at = 0;

        if (child->kind == NC_LINE_BREAK) {
            length += (size_t)snprintf(out + length, sizeof(out) - length, "|");
        } else if (child->kind != NC_TEXT) {
            length += (size_t)snprintf(out + length, sizeof(out) - length, "%s[",
                                       nc_kinds[child->kind].name);
            for (const nc_node *n = child->first; n; n = n->next)
                length += (size_t)snprintf(out + length, sizeof(out) - length, "%.*s",
                                           (int)n->text.len, n->text.ptr);
            length += (size_t)snprintf(out + length, sizeof(out) - length, "]");
        } else {
            while (nc_words(child, &at, &word))
                length += (size_t)snprintf(out + length, sizeof(out) - length,
                                           word.kind == 's'   ? "<%.*s>"
                                           : word.kind == ' ' ? " "
                                                              : "~",
                                           (int)word.text.len, word.text.ptr);
        }
    }
    return out;
}

static void text_collapses_white_space(void **state)
{
    nc_node *para = nc_node_new(&job, NC_PARA);

    (void)state;
    nc_text(&job, para, NC_LITERAL("  Hello\t brave \r\n  world "));
    assert_string_equal(shape(para), " <Hello> <brave>~<world> ");
    nc_trim(&job, para);
    assert_string_equal(shape(para), "<Hello> <brave>~<world>");
    assert_ptr_equal(para->first, para->last);
}

static void clean_text_is_not_copied(void **state)
{
    nc_bytes input = NC_LITERAL("one clean line of text");
    nc_node *para = nc_node_new(&job, NC_PARA);

    (void)state;
    nc_text(&job, para, input);
    assert_ptr_equal(para->first->text.ptr, input.ptr);
}

static void pieces_of_a_word_become_one_str(void **state)
{
    static const char input[] =
        "price of AT, &, T shares rose by a great many points on Tuesday afternoon, they said";
    nc_bytes head = { input, 11 }, rest = { input + 15, sizeof(input) - 16 };
    nc_node *para = nc_node_new(&job, NC_PARA);

    (void)state;
    nc_text(&job, para, head);
    nc_text(&job, para, NC_LITERAL("&"));
    nc_text(&job, para, NC_LITERAL("T"));
    nc_text(&job, para, rest);
    assert_non_null(strstr(shape(para), "<price> <of> <AT&T> <T> <shares>"));
    assert_true(para->last->text.ptr > input && para->last->text.ptr < input + sizeof(input));
}

static void separators_that_meet_become_one(void **state)
{
    nc_node *para = nc_node_new(&job, NC_PARA);

    (void)state;
    nc_text(&job, para, NC_LITERAL("a "));
    nc_text(&job, para, NC_LITERAL("\nb\n"));
    nc_text(&job, para, NC_LITERAL(" "));
    nc_text(&job, para, NC_LITERAL(" c"));
    assert_string_equal(shape(para), "<a>~<b>~<c>");
}

static void a_lone_space_may_turn_into_a_soft_break(void **state)
{
    nc_node *para = nc_node_new(&job, NC_PARA);

    (void)state;
    nc_append(&job, para, nc_node_new(&job, NC_EMPH));
    nc_text(&job, para, NC_LITERAL(" "));
    nc_text(&job, para, NC_LITERAL("\n"));
    assert_string_equal(shape(para), "Emph[]~");
}

static void space_beside_a_line_break_goes(void **state)
{
    nc_node *para = nc_node_new(&job, NC_PARA);

    (void)state;
    nc_text(&job, para, NC_LITERAL("a "));
    nc_join(&job, para, nc_node_new(&job, NC_LINE_BREAK));
    nc_text(&job, para, NC_LITERAL(" b"));
    assert_string_equal(shape(para), "<a>|<b>");
}

static nc_node *emph(nc_kind kind, const char *text)
{
    nc_node *node = nc_node_new(&job, kind);

    nc_text(&job, node, nc_string(text));
    return node;
}

static void equal_formatting_joins(void **state)
{
    nc_node *para = nc_node_new(&job, NC_PARA);

    (void)state;
    nc_join(&job, para, emph(NC_EMPH, "a"));
    nc_join(&job, para, emph(NC_EMPH, "b"));
    nc_join(&job, para, emph(NC_STRONG, "c"));
    nc_join(&job, para, emph(NC_SMALL_CAPS, "d"));
    nc_join(&job, para, emph(NC_SMALL_CAPS, "e"));
    assert_string_equal(shape(para), "Emph[ab]Strong[c]SmallCaps[d]SmallCaps[e]");
}

static void joining_goes_on_inside(void **state)
{
    nc_node *para = nc_node_new(&job, NC_PARA);

    (void)state;
    for (int i = 0; i < 2; i++) {
        nc_node *strong = nc_node_new(&job, NC_STRONG);

        nc_append(&job, strong, emph(NC_EMPH, i ? "b" : "a"));
        nc_join(&job, para, strong);
    }
    assert_ptr_equal(para->first, para->last);
    assert_string_equal(shape(para->first), "Emph[ab]");
}

static void exact_building_keeps_every_boundary(void **state)
{
    nc_node *para = nc_node_new(&job, NC_PARA);

    (void)state;
    nc_str(&job, para, NC_LITERAL("a"));
    nc_str(&job, para, NC_LITERAL("b"));
    nc_separator(&job, para, ' ');
    nc_separator(&job, para, ' ');
    nc_str(&job, para, NC_LITERAL("c d"));
    nc_str(&job, para, NC_LITERAL(""));
    nc_str(&job, para, NC_LITERAL("e"));
    nc_separator(&job, para, '\n');
    nc_str(&job, para, NC_LITERAL("f"));
    assert_string_equal(shape(para), "<a><b>  <c d><><e>~<f>");
}

static void words_and_spaces_share_a_run(void **state)
{
    nc_node *para = nc_node_new(&job, NC_PARA);

    (void)state;
    for (int i = 0; i < 100; i++) {
        nc_str(&job, para, NC_LITERAL("word"));
        nc_separator(&job, para, ' ');
    }
    assert_ptr_equal(para->first, para->last);
    assert_int_equal(para->first->text.len, 500);
}

static void equality_does_not_see_runs(void **state)
{
    nc_node *a = nc_node_new(&job, NC_PARA), *b = nc_node_new(&job, NC_PARA);

    (void)state;
    nc_text(&job, a, NC_LITERAL("one two"));
    nc_str(&job, b, NC_LITERAL("one"));
    nc_append(&job, b, nc_node_new(&job, NC_EMPH));
    nc_separator(&job, b, ' ');
    nc_str(&job, b, NC_LITERAL("two"));
    assert_false(nc_equal(a, b));
    nc_detach(b->first->next);
    assert_true(nc_equal(a, b));
    nc_str(&job, b, NC_LITERAL("!"));
    assert_false(nc_equal(a, b));
    assert_false(nc_equal(b, a));
}

static void a_clone_is_equal_and_apart(void **state)
{
    nc_node *doc = nc_node_new(&job, NC_DOCUMENT), *copy;
    nc_node *header = nc_append(&job, doc, nc_node_new(&job, NC_HEADER));

    (void)state;
    header->level = 2;
    nc_text(&job, header, NC_LITERAL("Harbour"));
    nc_meta_set(&job, doc->meta, NC_LITERAL("lang"), NC_META_STRING)->text = NC_LITERAL("en");
    copy = nc_clone(&job, doc);
    assert_true(nc_equal(doc, copy));
    nc_meta_set(&job, copy->meta, NC_LITERAL("lang"), NC_META_STRING)->text = NC_LITERAL("de");
    assert_false(nc_equal(doc, copy));
    assert_true(nc_is(nc_meta_value(doc->meta, NC_LITERAL("lang"))->text, "en"));
}

static void metadata_stays_sorted(void **state)
{
    nc_node *doc = nc_node_new(&job, NC_DOCUMENT);
    const char *const keys[] = { "title", "author", "date", "author" };

    (void)state;
    for (size_t i = 0; i < 4; i++)
        nc_meta_set(&job, doc->meta, nc_string(keys[i]), NC_META_LIST);
    assert_true(nc_is(doc->meta->first->text, "author"));
    assert_true(nc_is(doc->meta->first->next->text, "date"));
    assert_true(nc_is(doc->meta->last->text, "title"));
    assert_ptr_equal(doc->meta->first->next->next, doc->meta->last);
}

static void wrong_nesting_is_refused(void **state)
{
    nc_node *para = nc_node_new(&job, NC_PARA);

    (void)state;
    assert_null(nc_append(&job, para, nc_node_new(&job, NC_PARA)));
    assert_int_equal(nc_job_status(&job), NC_EUSAGE);
    assert_null(nc_node_new(&job, NC_PARA));
}

static void memory_has_a_limit(void **state)
{
    nc_node *doc = nc_node_new(&job, NC_DOCUMENT);

    (void)state;
    job.limits.memory = 1 << 20;
    for (int i = 0; i < 100000 && !nc_job_status(&job); i++)
        nc_text(&job, nc_append(&job, doc, nc_node_new(&job, NC_PARA)), NC_LITERAL("x"));
    assert_int_equal(nc_job_status(&job), NC_ELIMIT);
    assert_true(job.memory_used <= 1 << 20);
}

static void a_walk_of_a_million_levels_needs_no_stack(void **state)
{
    nc_node *doc = nc_node_new(&job, NC_DOCUMENT), *node = doc;
    nc_walk walk = { .root = doc };
    size_t entered = 0;

    (void)state;
    for (int i = 0; i < 1000000; i++)
        node = nc_append(&job, node, nc_node_new(&job, NC_BLOCK_QUOTE));
    while (nc_walk_next(&walk))
        entered += walk.entering;
    assert_int_equal(entered, 1000001);
    assert_true(nc_equal(doc, nc_clone(&job, doc)));
}

static void stringify_drops_notes_and_keeps_quotes(void **state)
{
    nc_node *para = nc_node_new(&job, NC_PARA), *quoted, *note;

    (void)state;
    nc_text(&job, para, NC_LITERAL("He said\n"));
    quoted = nc_append(&job, para, nc_node_new(&job, NC_QUOTED));
    quoted->number = NC_DOUBLE_QUOTE;
    nc_text(&job, quoted, NC_LITERAL("no"));
    note = nc_append(&job, para, nc_node_new(&job, NC_NOTE));
    nc_text(&job, nc_append(&job, note, nc_node_new(&job, NC_PARA)), NC_LITERAL("aside"));
    assert_true(nc_is(nc_stringify(&job, para), "He said \u201cno\u201d"));
}

int main(void)
{
#define TEST(function) cmocka_unit_test_setup_teardown(function, open_job, close_job)
    const struct CMUnitTest tests[] = {
        TEST(text_collapses_white_space),
        TEST(clean_text_is_not_copied),
        TEST(pieces_of_a_word_become_one_str),
        TEST(separators_that_meet_become_one),
        TEST(a_lone_space_may_turn_into_a_soft_break),
        TEST(space_beside_a_line_break_goes),
        TEST(equal_formatting_joins),
        TEST(joining_goes_on_inside),
        TEST(exact_building_keeps_every_boundary),
        TEST(words_and_spaces_share_a_run),
        TEST(equality_does_not_see_runs),
        TEST(a_clone_is_equal_and_apart),
        TEST(metadata_stays_sorted),
        TEST(wrong_nesting_is_refused),
        TEST(memory_has_a_limit),
        TEST(a_walk_of_a_million_levels_needs_no_stack),
        TEST(stringify_drops_notes_and_keeps_quotes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
