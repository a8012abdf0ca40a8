/* SPDX-License-Identifier: MIT */
/* core/template*.c: compiling and applying templates. */
#include "core/job.h"
#include "core/template.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

static nc_job job;
static nc_node *values;
static nc_buf buf;

static nc_node *string(nc_node *parent, const char *text)
{
    nc_node *node = nc_append(&job, parent, nc_node_new(&job, NC_META_STRING));

    node->text = nc_string(text);
    return node;
}

static int open_job(void **state)
{
    nc_node *node;

    (void)state;
    nc_job_open(&job, NULL);
    nc_buf_open(&buf, &job);
    values = nc_node_new(&job, NC_META_MAP);
    nc_template_set(&job, values, "title", NC_LITERAL("Fair Wind"));
    nc_template_set(&job, values, "two", NC_LITERAL("AAA\nBBB"));
    nc_template_set(&job, values, "empty", NC_LITERAL(""));
    nc_template_set(&job, values, "number", NC_LITERAL("4"));
    nc_template_set(&job, values, "newlines", NC_LITERAL("x\n\n"));
    nc_template_set(&job, values, "long", NC_LITERAL("one two three four"));
    nc_meta_set(&job, values, NC_LITERAL("yes"), NC_META_BOOL)->number = 1;
    nc_meta_set(&job, values, NC_LITERAL("no"), NC_META_BOOL);
    node = nc_meta_set(&job, values, NC_LITERAL("list"), NC_META_LIST);
    string(node, "a");
    string(node, "b");
    string(node, "c");
    nc_meta_set(&job, values, NC_LITERAL("none"), NC_META_LIST);
    node = nc_meta_set(&job, values, NC_LITERAL("map"), NC_META_MAP);
    nc_template_set(&job, node, "k", NC_LITERAL("v"));
    nc_template_set(&job, node, "l", NC_LITERAL("w"));
    node = nc_meta_set(&job, values, NC_LITERAL("people"), NC_META_LIST);
    nc_template_set(&job, nc_append(&job, node, nc_node_new(&job, NC_META_MAP)), "name",
                    NC_LITERAL("Ann"));
    nc_template_set(&job, nc_append(&job, node, nc_node_new(&job, NC_META_MAP)), "name",
                    NC_LITERAL("Bo"));
    return 0;
}

static int close_job(void **state)
{
    (void)state;
    nc_buf_close(&buf);
    nc_job_close(&job);
    return 0;
}

static nc_bytes partial(void *data, nc_bytes of, nc_bytes name)
{
    (void)data;
    (void)of;
    if (nc_is(name, "item"))
        return NC_LITERAL("<$it$>\n");
    if (nc_is(name, "person"))
        return NC_LITERAL("$it.name$!");
    if (nc_is(name, "lines"))
        return NC_LITERAL("l1\n  $title$\n\n");
    if (nc_is(name, "self"))
        return NC_LITERAL("$self()$");
    return (nc_bytes){ NULL, 0 };
}

static void write_body(void *data, nc_buf *out)
{
    (void)data;
    NC_PUT(out, "<p>1</p>\n\n<p>2</p>");
}

static const char *applied(const char *text)
{
    const nc_template *compiled =
        nc_template_compile(&job, NC_LITERAL("t"), nc_string(text), partial, NULL);
    nc_template_context context = { values, write_body, NULL };

    buf.len = 0;
    nc_template_apply(&job, compiled, &context, &buf);
    nc_put_char(&buf, 0);
    return buf.ptr;
}

typedef struct example {
    const char *text, *expected;
} example;

static void check(const example *examples)
{
    for (; examples->text; examples++)
        assert_string_equal(applied(examples->text), examples->expected);
}

/* What pandoc 3.10 prints for the same templates. */
static void test_values(void **state)
{
    static const example examples[] = {
        { "", "" },
        { "a $title$ ${title} ${ title } $ title $ z",
          "a Fair Wind Fair Wind Fair Wind Fair Wind z" },
        { "[$nope$][$empty$][$none$][$no$][$yes$][$map$][$list$]",
          "[][][][false][true][true][abc]" },
        { "$map.k$ $map.nope$ $title.k$ $people.name$|", "v   |" },
        { "$list[, ]$ ${list[ :]} $list[]$ $title[, ]$ $list[\n]$",
          "a, b, c a :b :c abc Fair Wind a\nb\nc" },
        { "$list[a$b]$", "aa$bba$bc" },
        { "1$$2 $$", "1$2 $" },
        { "a $--comment $\n$-- line\nb\n  $-- c\nd", "a \nb\n  \nd" },
        { "$people.name$$for(people)$$people.name$/$it.name$ $endfor$", "Ann/Ann Bo/Bo " },
        { "x\r\ny$title$\r\n", "x\ny"
                               "Fair Wind\n" },
        { NULL, NULL },
    };

    (void)state;
    check(examples);
}

static void test_conditions_and_loops(void **state)
{
    static const example examples[] = {
        { "$if(title)$yes$else$no$endif$", "yes" },
        { "$if(no)$yes$else$no$endif$ $if(none)$a$endif$$if(empty)$b$endif$$if(map)$c$endif$",
          "no c" },
        { "${if(nope)}1${ elseif(title) }2${ else }3${ endif }", "2" },
        { "$if(x)$\nX\n$elseif(two)$\nELIF\n$elseif(title)$\nE2\n$else$\nE\n$endif$\nz",
          "ELIF\nz" },
        { "$if(title)$ x\n y $endif$ z", " x\n y  z" },
        { "  $if(title)$\n  in\n  $else$\n  out\n  $endif$\nz", "    in\n  z" },
        { "$if(title)$  \nyes\n$endif$   \nafter", "  \nyes\n   \nafter" },
        { "$if(title)$yes\n$endif$\nafter", "yes\n\nafter" },
        { "$if(title)$\nyes$endif$\nafter", "yesafter" },
        { "$for(list)$\n$it$\n$sep$\n,\n$endfor$\nafter", "a\n,\nb\n,\nc\nafter" },
        { "$for(list)$\n$it$$sep$,\n$endfor$\nafter", "a,\nb,\ncafter" },
        { "$for(list)$$list$$sep$, $endfor$", "a, b, c" },
        { "$for(none)$x$endfor$$for(nope)$y$endfor$$for(title)$$it$$endfor$", "Fair Wind" },
        { "$for(map)$$it.k$$map.l$$endfor$", "vw" },
        { "$for(people)$$for(list)$$it$$people.name$$endfor$;$endfor$", "aAnnbAnncAnn;aBobBocBo;" },
        { "$for(map/pairs)$$it.key$=$it.value$$sep$,$endfor$", "k=v,l=w" },
        { "$if(nope/length)$0 is text$endif$", "0 is text" },
        { NULL, NULL },
    };

    (void)state;
    check(examples);
}

static void test_pipes(void **state)
{
    static const example examples[] = {
        { "$title/uppercase$ $title/lowercase$ $title/reverse$ $title/length$",
          "FAIR WIND fair wind dniW riaF 9" },
        { "$list/length$ $map/length$ $nope/length$ $list/length/roman$", "3 2 0 iii" },
        { "$list/first$ $list/last$ $list/rest$ $list/allbutlast$ $list/reverse$",
          "a c bc ab cba" },
        { "$list/uppercase[, ]$ $map/pairs/first$", "A, B, C true" },
        { "$number/roman$ $number/alpha$ $number/alpha/uppercase$ $title/roman$",
          "iv d D Fair Wind" },
        { "$newlines/chomp$|$title/nowrap$", "x|Fair Wind" },
        { "$title/left 12 \"<\" \">\"$ $title/right 12 \"|\" \"|\"$",
          "<Fair Wind   > |   Fair Wind|" },
        { "[$title/center 12 \"\" \"!\"$] $number/left 5$|$number/right 5$|",
          "[ Fair Wind  !] 4|    4|" },
        { "x $number/left 3 \"a\\\"\" \"\"$y", "x a\"4y" },
        { "|$long/left 8 \"<\" \">\"$|", "|<one two >\n <three   >\n <four    >|" },
        { NULL, NULL },
    };

    (void)state;
    check(examples);
    assert_string_equal(applied("$long/left 7 \"| \"$$number/left 3 \" | \" \" |\"$\n"),
                        "| one two | 4   |\n| three\n| four\n");
    assert_string_equal(applied("$title/left 5 \"\" \"\"$"), "Fair\nWind");
    assert_string_equal(applied("$two/left 2$|"), "A\nAA\nB\nBB|");
}

static void test_nesting(void **state)
{
    static const example examples[] = {
        { "  $two$\nx $two$ y\n", "  AAA\n  BBB\nx AAA\nBBB y\n" },
        { "  $body$\n$body$", "  <p>1</p>\n\n  <p>2</p>\n<p>1</p>\n\n<p>2</p>" },
        { "    $two$  \n", "    AAA\nBBB  \n" },
        { "$number$  $^$$two$\n   ($title$)\nz", "4  AAA\n   BBB\n   (Fair Wind)\nz" },
        { "$two$  $^$$two$ tail\n  rest", "AAA\nBBB  AAA\n     BBB tail\n  rest" },
        { "k $^$$two$ tail\n  rest\n     rest2\n\n  after\nmore",
          "k AAA\n  BBB tail\n  rest\n     rest2\n\n  after\nmore" },
        { "$for(list)$\n  $it$ $^$$two$\n    ($title$)\n\n    after\n$endfor$\n",
          "  a AAA\n    BBB\n    (Fair Wind)\n\n    after\n"
          "  b AAA\n    BBB\n    (Fair Wind)\n\n    after\n"
          "  c AAA\n    BBB\n    (Fair Wind)\n\n    after\n" },
        { "a $^$$if(title)$x$endif$\nb", "a x\nb" },
        { NULL, NULL },
    };

    (void)state;
    check(examples);
}

static void test_partials(void **state)
{
    static const example examples[] = {
        { "$list:item()$ ${ list:item()[; ] } $title:item()$",
          "<a><b><c> <a>; <b>; <c> <Fair Wind>" },
        { "${people:person()[, ]/uppercase} $people:person()$", "ANN!, BO! Ann!Bo!" },
        { "  $lines()$\nx", "  l1\n    Fair Wind\nx" },
        { "x $lines()$ y", "x l1\n  Fair Wind\n y" },
        { "$lines()/uppercase$|", "L1\n  FAIR WIND\n|" },
        { "$self()$", "(loop)" },
        { NULL, NULL },
    };

    (void)state;
    check(examples);
}

static void test_breakable_space(void **state)
{
    (void)state;
    job.settings.columns = 20;
    assert_string_equal(applied("a b\n$~$ first words here that\n  are $title$ so on$~$ x"),
                        "a b\nfirst words here\nthat are Fair Wind\nso on x");
    job.settings.wrap = NC_WRAP_NONE;
    assert_string_equal(applied("$~$first words here that\nare wide $~$x y"),
                        "first words here that are wide x y");
}

static void test_errors(void **state)
{
    static const char *const wrong[] = {
        "$if(x)$ abc",
        "$foo",
        "a$endif$",
        "${if(x)",
        "$if$",
        "$else$",
        "$1$",
        "$x..y$",
        "$x/foo$",
        "$x/left$",
        "$x/left 3 \"a$",
        "$nopart()$",
        "a $",
        "$if (x)$",
        "$for(list[,])$$endfor$",
        "$list[,]/uppercase$",
        "$for(x)$$else$$endfor$",
        "$sep$",
        "$x:item$",
        "$list[",
        "${x$",
        "$x.$",
        "$",
    };

    (void)state;
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        close_job(NULL);
        open_job(NULL);
        assert_null(nc_template_compile(&job, NC_LITERAL("t"), nc_string(wrong[i]), partial, NULL));
        assert_int_equal(nc_job_status(&job), NC_EUSAGE);
    }
    close_job(NULL);
    open_job(NULL);
    nc_template_compile(&job, NC_LITERAL("page"), NC_LITERAL("ab\n  $for(x)$ a $else$ $endfor$"),
                        partial, NULL);
    assert_true(
        nc_same(job.error.text,
                NC_LITERAL("template page (line 2, column 3): this $for$ has no $endfor$")));
}

/* Directives nested too deep are refused, not recursed into. */
static void test_depth(void **state)
{
    static char text[100000];
    size_t len = 0;

    (void)state;
    while (len + 20 < sizeof text) {
        memcpy(text + len, "$if(title)$", 11);
        len += 11;
    }
    assert_null(nc_template_compile(&job, NC_LITERAL("t"), (nc_bytes){ text, len }, NULL, NULL));
    assert_int_equal(nc_job_status(&job), NC_EUSAGE);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_values, open_job, close_job),
        cmocka_unit_test_setup_teardown(test_conditions_and_loops, open_job, close_job),
        cmocka_unit_test_setup_teardown(test_pipes, open_job, close_job),
        cmocka_unit_test_setup_teardown(test_nesting, open_job, close_job),
        cmocka_unit_test_setup_teardown(test_partials, open_job, close_job),
        cmocka_unit_test_setup_teardown(test_breakable_space, open_job, close_job),
        cmocka_unit_test_setup_teardown(test_errors, open_job, close_job),
        cmocka_unit_test_setup_teardown(test_depth, open_job, close_job),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
