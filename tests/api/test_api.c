/* SPDX-License-Identifier: MIT */
/* The public interface as an embedding program uses it: memory to memory, messages, limits,
 * progress, cancelling. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <string.h>

#include "core/newsconv.h"

static const char page[] = "<p>Harbour <em>reopens</em></p>";

static int open_handle(void **state)
{
    *state = newsconv_open();
    return *state == NULL;
}

static int close_handle(void **state)
{
    newsconv_close(*state);
    return 0;
}

static void set(newsconv *conv, const char *name, const char *value)
{
    if (newsconv_set(conv, name, value) != NEWSCONV_OK)
        fail_msg("%s=%s: %s", name, value ? value : "", newsconv_error(conv)->text);
}

static newsconv_status convert(newsconv *conv, const char *input, const char **output)
{
    size_t size;

    assert_int_equal(newsconv_input_memory(conv, "page.html", input, strlen(input)), NEWSCONV_OK);
    return newsconv_convert_memory(conv, output, &size);
}

static void test_memory_to_memory(void **state)
{
    newsconv *conv = *state;
    const char *output;

    set(conv, "to", "native");
    set(conv, "raw", NULL);
    for (int i = 0; i < 3; i++) { /* options stay from one conversion to the next */
        assert_int_equal(convert(conv, page, &output), NEWSCONV_OK);
        assert_non_null(strstr(output, "Emph [ Str \"reopens\" ]"));
        assert_null(newsconv_error(conv));
        assert_null(newsconv_message_at(conv, 0));
    }
}

static void test_wrong_options_suggest_the_nearest(void **state)
{
    newsconv *conv = *state;
    const char *output;

    assert_int_equal(newsconv_set(conv, "standalon", "true"), NEWSCONV_EUSAGE);
    assert_non_null(strstr(newsconv_error(conv)->text, "standalone"));
    assert_int_equal(newsconv_set(conv, "columns", "many"), NEWSCONV_EUSAGE);
    assert_int_equal(newsconv_set(conv, "wrap", "sometimes"), NEWSCONV_EUSAGE);
    set(conv, "to", "dokx");
    assert_int_equal(convert(conv, page, &output), NEWSCONV_EUNSUPPORTED);
    assert_null(output);
    assert_non_null(strstr(newsconv_error(conv)->text, "docx"));
    assert_int_equal(newsconv_error(conv)->exit_status, 22);
}

static void test_errors_say_where(void **state)
{
    newsconv *conv = *state;
    const newsconv_message *error;
    const char *output;

    set(conv, "from", "json");
    assert_int_equal(convert(conv, "{\n  \"blocks\": 1 }", &output), NEWSCONV_EINPUT);
    error = newsconv_error(conv);
    assert_int_equal(error->verbosity, NEWSCONV_ERROR);
    assert_int_equal(error->exit_status, 64);
    assert_string_equal(error->file, "page.html");
    assert_int_equal(newsconv_input_file(conv, "/nowhere/at/all.html"), NEWSCONV_OK);
    assert_int_equal(newsconv_convert_memory(conv, &output, &(size_t){ 0 }), NEWSCONV_EIO);
    assert_int_equal(newsconv_error(conv)->exit_status, 1);
}

static void test_warnings_are_data(void **state)
{
    newsconv *conv = *state;
    const newsconv_message *message;
    const char *output;

    set(conv, "from-encoding", "utf-8");
    assert_int_equal(convert(conv, "<p>bad \xff byte</p>", &output), NEWSCONV_OK);
    message = newsconv_message_at(conv, 0);
    assert_non_null(message);
    assert_int_equal(message->verbosity, NEWSCONV_WARNING);
    assert_string_equal(message->type, "EncodingWarning");
    assert_int_equal(message->line, 1);
    set(conv, "fail-if-warnings", NULL);
    assert_int_not_equal(convert(conv, "<p>bad \xff byte</p>", &output), NEWSCONV_OK);
    assert_int_equal(newsconv_error(conv)->exit_status, 3);
}

static void test_limits_hold(void **state)
{
    newsconv *conv = *state;
    const char *output;

    set(conv, "max-nodes", "2");
    assert_int_equal(convert(conv, page, &output), NEWSCONV_ELIMIT);
    set(conv, "max-nodes", NULL);
    assert_int_equal(convert(conv, page, &output), NEWSCONV_OK);
    set(conv, "max-input-bytes", "10");
    assert_int_equal(convert(conv, page, &output), NEWSCONV_ELIMIT);
}

static void cancel_at_once(void *data, const char *stage, double done)
{
    assert_non_null(stage);
    assert_true(done >= 0 && done <= 1);
    newsconv_cancel(data);
}

static void test_cancel_from_progress(void **state)
{
    newsconv *conv = *state;
    const char *output;

    newsconv_on_progress(conv, cancel_at_once, conv);
    assert_int_equal(convert(conv, page, &output), NEWSCONV_ECANCELED);
    assert_int_equal(newsconv_error(conv)->exit_status, 130);
    newsconv_on_progress(conv, NULL, NULL);
    assert_int_equal(convert(conv, page, &output), NEWSCONV_OK);
}

static void test_formats_and_options_can_be_listed(void **state)
{
    newsconv *conv = *state;
    const newsconv_format *format;
    size_t readers = 0, writers = 0, options = 0;

    for (size_t i = 0; (format = newsconv_format_at(conv, i)); i++) {
        assert_true(format->reads || format->writes);
        readers += format->reads;
        writers += format->writes;
    }
    assert_true(readers >= 3 && writers >= 4);
    while (newsconv_option_at(conv, NULL, options))
        options++;
    assert_true(options > 30);
    assert_non_null(strstr(newsconv_template(conv, "html"), "$body$"));
    assert_null(newsconv_template(conv, "nothing"));
    assert_non_null(newsconv_error(conv));
}

static void write_script(const char *path, const char *text)
{
    FILE *file = fopen(path, "wb");

    assert_non_null(file);
    fputs(text, file);
    fclose(file);
}

/* Scripts are compiled once for a handle, but always run as they are in the file. */
static void test_scripts_may_change_between_conversions(void **state)
{
    static const char path[] = "test-api-script.lua";
    newsconv *conv = *state;
    const char *output;

    set(conv, "to", "native");
    set(conv, "scripts", "./test-api-script.lua");
    write_script(path, "function Emph(e) return pandoc.Strong(e.content) end");
    for (int i = 0; i < 4; i++) {
        assert_int_equal(convert(conv, page, &output), NEWSCONV_OK);
        assert_non_null(strstr(output, "Strong [ Str \"reopens\" ]"));
    }
    write_script(path, "\nfunction Emph(e) return pandoc.Underline(e.content) end");
    for (int i = 0; i < 4; i++) {
        assert_int_equal(convert(conv, page, &output), NEWSCONV_OK);
        assert_non_null(strstr(output, "Underline [ Str \"reopens\" ]"));
    }
    write_script(path, "\n\nfunction Emph(e) return e.nothing.at_all end");
    for (int i = 0; i < 4; i++) {
        assert_int_equal(convert(conv, page, &output), NEWSCONV_ESCRIPT);
        assert_non_null(strstr(newsconv_error(conv)->text, "test-api-script.lua:3:"));
    }
    remove(path);
}

/* The bundled scripts, from the third conversion on from what was kept. */
static void test_kept_scripts_decide_the_same(void **state)
{
    static const char story[] = "<h1>Ferries sail again</h1><p>By Mara Lind</p><p>The first ferry "
                                "left the harbour on Monday, Reuters reports.</p><p>More to come.";
    newsconv *conv = *state;
    const char *output;
    char first[4096], next[4096];
    size_t size;

    set(conv, "to", "json");
    for (int i = 0; i < 4; i++) {
        assert_int_equal(newsconv_input_memory(conv, "a.html", story, strlen(story)), NEWSCONV_OK);
        assert_int_equal(newsconv_convert_memory(conv, &output, &size), NEWSCONV_OK);
        snprintf(i ? next : first, sizeof first, "%.*s", (int)size, output);
        assert_string_equal(i ? next : first, first);
    }
    assert_non_null(strstr(first, "Mara"));
    assert_non_null(strstr(first, "Reuters"));
}

int main(void)
{
#define EACH(test) cmocka_unit_test_setup_teardown(test, open_handle, close_handle)
    const struct CMUnitTest tests[] = {
        EACH(test_memory_to_memory),
        EACH(test_wrong_options_suggest_the_nearest),
        EACH(test_errors_say_where),
        EACH(test_warnings_are_data),
        EACH(test_limits_hold),
        EACH(test_cancel_from_progress),
        EACH(test_formats_and_options_can_be_listed),
        EACH(test_scripts_may_change_between_conversions),
        EACH(test_kept_scripts_decide_the_same),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
