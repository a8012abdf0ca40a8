/* SPDX-License-Identifier: MIT */
/* core/format.c, core/library.c, core/pipeline.c and core/api.c, with formats made for the test:
 * choosing them, their options, parts, several inputs, and the handle of newsconv.h. */
#include "core/format.h"
#include "core/newsconv.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>

#include <cmocka.h>

/* ---------------------------------------------------------------- formats */

typedef struct lines_options {
    bool shout, quiet;
    int64_t indent;
    int paper;
    const char *mark;
} lines_options;

static const nc_option lines_rows[] = {
    NC_OPT_BOOL("shout", lines_options, shout, false, "end lines with a mark"),
    NC_OPT_BOOL_RAW("quiet", lines_options, quiet, true, false, "off under --raw"),
    NC_OPT_INT("indent", lines_options, indent, 2, 0, 9, "blanks before lines"),
    NC_OPT_ENUM("paper", lines_options, paper, 1, "letter a4", "size of paper"),
    NC_OPT_STRING("mark", lines_options, mark, "what to shout"),
    NC_OPT_END
};

static int probe_lines(nc_bytes head, const char *name)
{
    (void)name;
    return head.len && head.ptr[0] == '>' ? NC_PROBE_LIKELY : NC_PROBE_NO;
}

static int probe_twin(nc_bytes head, const char *name)
{
    (void)name;
    return head.len > 1 && head.ptr[0] == '>' && head.ptr[1] == '!' ? NC_PROBE_LIKELY : NC_PROBE_NO;
}

/* "title: X" sets the title, "fail" fails, "warn" warns, "part X" is read as a part; other lines
 * are paragraphs. */
static nc_status read_line(nc_job *job, nc_node *doc, nc_bytes line)
{
    nc_node *node;

    if (line.len > 7 && memcmp(line.ptr, "title: ", 7) == 0) {
        node = nc_meta_set(job, doc->meta, NC_LITERAL("title"), NC_META_STRING);
        if (node)
            node->text = (nc_bytes){ line.ptr + 7, line.len - 7 };
        return NC_OK;
    }
    if (nc_is(line, "fail"))
        return nc_fail(job, NC_EINPUT, "a line that fails");
    if (nc_is(line, "warn"))
        nc_warn(job, NULL, NC_WARN_PARSE, "a line that warns");
    if (line.len > 5 && memcmp(line.ptr, "part ", 5) == 0)
        return nc_read_part(job, "lines", NC_LITERAL("inner"),
                            (nc_bytes){ line.ptr + 5, line.len - 5 }, doc, doc->meta);
    node = nc_append(job, doc, nc_node_new(job, NC_PARA));
    nc_text(job, node, line);
    return nc_job_status(job);
}

static nc_status read_lines(nc_job *job, const void *given, nc_bytes in, nc_node *doc)
{
    (void)given;
    while (in.len && !nc_job_status(job)) {
        const char *feed = memchr(in.ptr, '\n', in.len);
        size_t length = feed ? (size_t)(feed - in.ptr) : in.len;

        nc_at(job, 0);
        read_line(job, doc, (nc_bytes){ in.ptr, length });
        length += feed != NULL;
        in = (nc_bytes){ in.ptr + length, in.len - length };
    }
    return nc_job_status(job);
}

static nc_status write_lines(nc_job *job, const void *given, const nc_node *doc, nc_buf *buf)
{
    const lines_options *options = given;
    const nc_node *title = nc_meta_value(doc->meta, NC_LITERAL("title"));

    if (job && nc_job_settings(job)->standalone && title) {
        NC_PUT(buf, "# ");
        nc_put(buf, title->text);
        NC_PUT(buf, "\n");
    }
    for (const nc_node *block = doc->first; block; block = block->next) {
        for (int64_t i = 0; i < options->indent; i++)
            NC_PUT(buf, " ");
        nc_put(buf, nc_stringify(job, block));
        if (options->shout)
            nc_put(buf, options->mark ? nc_string(options->mark) : NC_LITERAL("!"));
        NC_PUT(buf, "\n");
    }
    return nc_job_status(job);
}

static const nc_format lines = {
    .name = "lines",
    .title = "Lines",
    .extensions = "lin LINES lines",
    .aliases = "rows",
    .options = lines_rows,
    .options_size = sizeof(lines_options),
    .template_text = "$body$",
    .probe = probe_lines,
    .read = read_lines,
    .write = write_lines,
};

static const nc_format twin = {
    .name = "twin", .extensions = "twn", .probe = probe_twin, .read = read_lines
};

static const nc_plugin_info plugin = { NC_PLUGIN_ABI, sizeof(nc_node),
                                       (const nc_format *const[]){ &twin, &lines, NULL } };

const nc_plugin_info *const nc_linked_plugins[] = { &plugin, NULL };

/* ---------------------------------------------------------------- choosing */

static nc_job job;
static nc_library library;

static int open_library(void **state)
{
    (void)state;
    nc_job_open(&job, NULL);
    library = (nc_library){ .memory = &job };
    return nc_library_ready(&job, &library);
}

static int close_library(void **state)
{
    (void)state;
    nc_job_close(&job);
    return 0;
}

static const lines_options *chosen(const char *spec)
{
    nc_chosen choice;

    assert_int_equal(nc_format_choose(&job, &library, spec, NC_WRITING, &choice), NC_OK);
    assert_string_equal(choice.format->name, "lines");
    return choice.options;
}

static void refuses(const char *spec, nc_direction direction, nc_status status, const char *part)
{
    nc_chosen choice;

    assert_int_equal(nc_format_choose(&job, &library, spec, direction, &choice), status);
    assert_non_null(strstr(job.error.text.ptr, part));
    job.status = NC_OK;
}

static void test_formats_are_found_by_name_and_alias(void **state)
{
    (void)state;
    assert_string_equal(nc_library_at(&library, 0)->name, "lines");
    assert_string_equal(nc_library_at(&library, 1)->name, "twin");
    chosen("lines");
    chosen("rows");
    refuses("lnies", NC_WRITING, NC_EUNSUPPORTED, "did you mean lines?");
    refuses("twin", NC_WRITING, NC_EUNSUPPORTED, "can only read it");
    refuses("", NC_WRITING, NC_EUNSUPPORTED, "unknown output format");
}

static void test_switches_stand_behind_the_name(void **state)
{
    (void)state;
    assert_false(chosen("lines")->shout);
    assert_true(chosen("lines+shout")->shout);
    assert_false(chosen("lines+shout-shout")->shout);
    assert_true(chosen("lines")->quiet);
    job.settings.raw = true;
    assert_false(chosen("lines")->quiet);
    refuses("lines+shoot", NC_READING, NC_EUNSUPPORTED, "did you mean shout?");
    refuses("lines+indent", NC_READING, NC_EUNSUPPORTED, "no extension indent");
    refuses("lines+", NC_READING, NC_EUNSUPPORTED, "no extension");
}

static void set_variable(nc_node *variables, const char *name, const char *value)
{
    nc_meta_set(&job, variables, nc_string(name), NC_META_STRING)->text = nc_string(value);
}

static void test_variables_set_the_other_options(void **state)
{
    nc_node *variables = nc_node_new(&job, NC_META_MAP);

    (void)state;
    assert_int_equal(chosen("lines")->paper, 1);
    job.settings.variables = variables;
    set_variable(variables, "indent", "9");
    set_variable(variables, "paper", "letter");
    set_variable(variables, "mark", "?");
    set_variable(variables, "shout", "true");
    assert_int_equal(chosen("lines")->indent, 9);
    assert_int_equal(chosen("lines")->paper, 0);
    assert_string_equal(chosen("lines")->mark, "?");
    assert_false(chosen("lines")->shout);
    set_variable(variables, "indent", "10");
    refuses("lines", NC_WRITING, NC_EUSAGE, "0 to 9");
    set_variable(variables, "indent", "1");
    set_variable(variables, "paper", "a5");
    refuses("lines", NC_WRITING, NC_EUSAGE, "letter a4");
}

static const char *by_extension(const char *path)
{
    return nc_format_by_extension(&job, &library, path, NC_READING);
}

static void test_extensions_tell_the_format(void **state)
{
    (void)state;
    assert_string_equal(by_extension("a.lin"), "lines");
    assert_string_equal(by_extension("dir.twn/a.LIN"), "lines");
    assert_string_equal(by_extension("a.twn"), "twin");
    assert_null(by_extension("dir.lin/a"));
    assert_null(by_extension("a."));
    assert_null(by_extension("lin"));
    assert_string_equal(nc_format_by_extension(&job, &library, "a.twn", NC_WRITING), "twin");
}

static void test_contents_tell_the_format(void **state)
{
    (void)state;
    assert_string_equal(nc_format_by_content(&job, &library, NC_LITERAL("> a"), ""), "lines");
    assert_null(nc_format_by_content(&job, &library, NC_LITERAL("a"), ""));
    assert_null(nc_format_by_content(&job, &library, NC_LITERAL(""), ""));
    assert_null(nc_format_by_content(&job, &library, NC_LITERAL(">!"), "both.x"));
    assert_non_null(strstr(job.error.text.ptr, "lines and twin both claim both.x"));
}

/* ---------------------------------------------------------------- the handle */

static newsconv *conv;

static int open_handle(void **state)
{
    (void)state;
    conv = newsconv_open();
    return conv && newsconv_set(conv, "to", "lines") == NEWSCONV_OK &&
                   newsconv_set(conv, "scripts", "none") == NEWSCONV_OK
               ? 0
               : -1;
}

static int close_handle(void **state)
{
    (void)state;
    newsconv_close(conv);
    return 0;
}

static void add(const char *text)
{
    assert_int_equal(newsconv_input_memory(conv, "a.lin", text, strlen(text)), NEWSCONV_OK);
}

static void converts_to(const char *expected)
{
    const char *bytes;
    size_t size;

    assert_int_equal(newsconv_convert_memory(conv, &bytes, &size), NEWSCONV_OK);
    assert_int_equal(size, strlen(expected));
    assert_memory_equal(bytes, expected, size);
    assert_null(newsconv_error(conv));
}

static const newsconv_message *fails(newsconv_status status, int exit_status)
{
    const char *bytes;
    size_t size;

    assert_int_equal(newsconv_convert_memory(conv, &bytes, &size), status);
    assert_null(bytes);
    assert_int_equal(newsconv_error(conv)->exit_status, exit_status);
    return newsconv_error(conv);
}

static void test_a_handle_converts_again_and_again(void **state)
{
    (void)state;
    add("one");
    converts_to("  one\n");
    add("two");
    converts_to("  two\n");
    add("fail");
    assert_string_equal(fails(NEWSCONV_EINPUT, 64)->file, "a.lin");
    add("three");
    converts_to("  three\n");
}

static void test_later_metadata_win_and_stories_are_counted(void **state)
{
    (void)state;
    add("title: A\none");
    add("title: B\ntwo");
    converts_to("# B\n  one\n  two\n");
    assert_string_equal(newsconv_message_at(conv, 0)->type, "SeveralStories");
    assert_null(newsconv_message_at(conv, 1));
}

static void test_what_the_user_says_wins(void **state)
{
    (void)state;
    newsconv_set(conv, "metadata", "title=Mine");
    add("title: A\none");
    converts_to("# Mine\n  one\n");
    newsconv_set(conv, "standalone", "false");
    add("title: A\none");
    converts_to("  one\n");
}

static void test_raw_writes_fragments_unless_asked(void **state)
{
    (void)state;
    newsconv_set(conv, "raw", NULL);
    add("title: A\none");
    converts_to("  one\n");
    newsconv_set(conv, "standalone", NULL);
    add("title: A\none");
    converts_to("# A\n  one\n");
}

static void test_parts_are_read_within_a_document(void **state)
{
    char deep[sizeof "part " * 50] = "";
    size_t length = 0;

    (void)state;
    add("part title: Inner\none\npart two");
    converts_to("# Inner\n  one\n  two\n");
    for (int i = 0; i < 50; i++, length += 5)
        memcpy(deep + length, "part ", 5);
    memcpy(deep + length, "end", 4);
    add(deep);
    assert_non_null(strstr(fails(NEWSCONV_ELIMIT, 4)->text, "parts within parts"));
    add("part fail");
    assert_string_equal(fails(NEWSCONV_EINPUT, 64)->file, "inner");
}

static void test_failures_have_pandocs_exit_statuses(void **state)
{
    (void)state;
    newsconv_input_file(conv, "/nowhere/a.lin");
    fails(NEWSCONV_EIO, 1);
    newsconv_input_memory(conv, "a.unknown", "a", 1);
    fails(NEWSCONV_EUNSUPPORTED, 21);
    newsconv_set(conv, "max-input-bytes", "2");
    add("one");
    fails(NEWSCONV_ELIMIT, 4);
    newsconv_set(conv, "max-input-bytes", NULL);
    newsconv_set(conv, "from", "lines+x");
    add("one");
    fails(NEWSCONV_EUNSUPPORTED, 23);
    newsconv_set(conv, "from", NULL);
    newsconv_set(conv, "to", "nothing");
    add("one");
    fails(NEWSCONV_EUNSUPPORTED, 22);
    newsconv_set(conv, "to", "lines");
    newsconv_set(conv, "variable", "indent=x");
    add("one");
    assert_int_equal(newsconv_convert_file(conv, "/tmp/never.lin"), NEWSCONV_EUSAGE);
    assert_int_equal(newsconv_error(conv)->exit_status, 6);
}

static void test_warnings_fail_when_asked(void **state)
{
    (void)state;
    add("warn\nwarn");
    converts_to("  warn\n  warn\n");
    assert_string_equal(newsconv_message_at(conv, 0)->text, "a line that warns");
    assert_int_equal(newsconv_message_at(conv, 0)->times, 2);
    newsconv_set(conv, "fail-if-warnings", NULL);
    add("warn");
    fails(NEWSCONV_EINPUT, 3);
}

static void cancel_at_reading(void *data, const char *stage, double done)
{
    assert_true(done >= 0 && done < 1);
    if (strcmp(stage, "read") == 0)
        newsconv_cancel(data);
}

static void test_a_cancelled_conversion_ends_and_the_next_one_runs(void **state)
{
    (void)state;
    newsconv_on_progress(conv, cancel_at_reading, conv);
    add("one");
    fails(NEWSCONV_ECANCELED, 130);
    newsconv_on_progress(conv, NULL, NULL);
    add("one");
    converts_to("  one\n");
}

static void test_formats_options_and_templates_are_listed(void **state)
{
    (void)state;
    assert_string_equal(newsconv_format_at(conv, 0)->name, "lines");
    assert_string_equal(newsconv_format_at(conv, 1)->name, "twin");
    assert_false(newsconv_format_at(conv, 1)->writes);
    assert_null(newsconv_format_at(conv, 2));
    assert_true(newsconv_option_at(conv, "lines", 0)->extension);
    assert_string_equal(newsconv_option_at(conv, "lines", 2)->preset, "2");
    assert_string_equal(newsconv_option_at(conv, "lines", 3)->preset, "a4");
    assert_null(newsconv_option_at(conv, "lines", 5));
    assert_null(newsconv_error(conv));
    assert_null(newsconv_option_at(conv, "twin", 0));
    assert_null(newsconv_option_at(conv, "nothing", 0));
    assert_non_null(newsconv_error(conv));
    assert_string_equal(newsconv_template(conv, "lines"), "$body$");
    assert_null(newsconv_template(conv, "nothing"));
}

int main(void)
{
#define LIBRARY_TEST(function) \
    cmocka_unit_test_setup_teardown(function, open_library, close_library)
#define HANDLE_TEST(function) cmocka_unit_test_setup_teardown(function, open_handle, close_handle)
    const struct CMUnitTest tests[] = {
        LIBRARY_TEST(test_formats_are_found_by_name_and_alias),
        LIBRARY_TEST(test_switches_stand_behind_the_name),
        LIBRARY_TEST(test_variables_set_the_other_options),
        LIBRARY_TEST(test_extensions_tell_the_format),
        LIBRARY_TEST(test_contents_tell_the_format),
        HANDLE_TEST(test_a_handle_converts_again_and_again),
        HANDLE_TEST(test_later_metadata_win_and_stories_are_counted),
        HANDLE_TEST(test_what_the_user_says_wins),
        HANDLE_TEST(test_raw_writes_fragments_unless_asked),
        HANDLE_TEST(test_parts_are_read_within_a_document),
        HANDLE_TEST(test_failures_have_pandocs_exit_statuses),
        HANDLE_TEST(test_warnings_fail_when_asked),
        HANDLE_TEST(test_a_cancelled_conversion_ends_and_the_next_one_runs),
        HANDLE_TEST(test_formats_options_and_templates_are_listed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
