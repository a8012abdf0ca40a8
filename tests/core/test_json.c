/* SPDX-License-Identifier: MIT */
/* core/json.c, core/json_text.c: tokens, escapes, numbers, leniency, limits. */
#include "core/job.h"
#include "core/json.h"

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

/* The tokens of `text` as one letter each, ! for an error. */
static const char *tokens(const char *text, bool lenient)
{
    static const char letters[] = ".!{}[]ks0tfn";
    nc_json json;
    nc_json_token token;
    size_t count = 0;
    char *out = nc_alloc(&job, strlen(text) + 2);

    nc_json_open(&json, &job, nc_string(text), 8);
    json.lenient = lenient;
    do {
        token = nc_json_next(&json);
        out[count++] = letters[token];
    } while (token > NC_JSON_ERROR);
    return out;
}

static void tokens_follow_the_grammar(void **state)
{
    (void)state;
    assert_string_equal(tokens("{\"a\": [1, true, false, null, \"x\"], \"b\":{}}", false),
                        "{k[0tfns]k{}}.");
    assert_string_equal(tokens(" -0.5e+3 ", false), "0.");
    assert_string_equal(tokens("[]x", false), "[]!");
    assert_string_equal(tokens("[1 2]", false), "[0!");
    assert_string_equal(tokens("[1,]", false), "[0!");
    assert_string_equal(tokens("{\"a\":}", false), "{k!");
    assert_string_equal(tokens("{\"a\" 1}", false), "{!");
    assert_string_equal(tokens("{1:2}", false), "{!");
    assert_string_equal(tokens("[}", false), "[!");
    assert_string_equal(tokens("01", false), "!");
    assert_string_equal(tokens("1.", false), "!");
    assert_string_equal(tokens("\"a", false), "!");
    assert_string_equal(tokens("\"a\nb\"", false), "!");
    assert_string_equal(tokens("\"\\x\"", false), "!");
    assert_string_equal(tokens("nul", false), "!");
    assert_string_equal(tokens("", false), "!");
    assert_string_equal(tokens("[[[[[[[[]]]]]]]]", false), "[[[[[[[[]]]]]]]].");
    assert_string_equal(tokens("[[[[[[[[[]]]]]]]]]", false), "[[[[[[[[!");
}

static void lenient_reads_what_pages_have(void **state)
{
    (void)state;
    assert_string_equal(tokens("[1, /* two */ 3,] // end", true), "[00].");
    assert_string_equal(tokens("{\"a\": \"x\ny\",}", true), "{ks}.");
    assert_string_equal(tokens("<!-- <![CDATA[ [1] ]]> -->", true), "[0].");
    assert_string_equal(tokens("//<![CDATA[\n{}\n//]]>", true), "{}.");
    assert_string_equal(tokens("{};", true), "{}.");
    assert_string_equal(tokens("\"it\\'s\"", true), "s.");
    assert_string_equal(tokens("[<!--]", true), "[!");
    assert_string_equal(tokens("/* open", true), "!");
}

static nc_bytes decoded(const char *text)
{
    nc_json json;

    nc_json_open(&json, &job, nc_string(text), 8);
    assert_int_equal(nc_json_next(&json), NC_JSON_STRING);
    return nc_json_keep(&json);
}

static void escapes_are_decoded(void **state)
{
    (void)state;
    assert_true(nc_is(decoded("\"plain\""), "plain"));
    assert_true(nc_is(decoded("\"\\\"\\\\\\/\\b\\f\\n\\r\\t\""), "\"\\/\b\f\n\r\t"));
    assert_true(nc_is(decoded("\"caf\\u00e9 \\u20AC\""), "caf\u00e9 \u20ac"));
    assert_true(nc_is(decoded("\"\\ud83d\\ude00!\""), "\U0001F600!"));
    assert_true(nc_is(decoded("\"\\ud83d\""), "\uFFFD"));
    assert_true(nc_is(decoded("\"\\ud83d\\u0041\""), "\uFFFDA"));
    assert_true(nc_is(decoded("\"\\ude00x\""), "\uFFFDx"));
    assert_true(nc_same(decoded("\"a\\u0000b\""), NC_LITERAL("a\0b")));
}

static void a_skipped_value_is_passed_whole(void **state)
{
    nc_json json;

    (void)state;
    nc_json_open(&json, &job, NC_LITERAL("{\"a\":[{\"x\":\"\\u0041\"},[]],\"b\":7}"), 8);
    assert_int_equal(nc_json_next(&json), NC_JSON_OBJECT);
    assert_int_equal(nc_json_skip(&json, nc_json_next(&json)), NC_JSON_ARRAY_END);
    assert_int_equal(nc_json_next(&json), NC_JSON_KEY);
    assert_true(nc_is(json.text, "b"));
    assert_int_equal(nc_json_skip(&json, NC_JSON_KEY), NC_JSON_NUMBER);
    assert_int_equal(nc_json_next(&json), NC_JSON_OBJECT_END);
}

static void common_elements_match_in_one_step(void **state)
{
    nc_json json;

    (void)state;
    nc_json_open(&json, &job, NC_LITERAL("[{\"t\":\"Space\"},{\"t\":\"a\\n\"},{\"t\":1}]"), 8);
    assert_int_equal(nc_json_next(&json), NC_JSON_ARRAY);
    assert_true(nc_json_match(&json, NC_LITERAL("{\"t\":"), NC_LITERAL("}")));
    assert_true(nc_is(json.text, "Space"));
    assert_false(nc_json_match(&json, NC_LITERAL("{\"t\":"), NC_LITERAL("}")));
    assert_int_equal(nc_json_skip(&json, nc_json_next(&json)), NC_JSON_OBJECT_END);
    assert_false(nc_json_match(&json, NC_LITERAL("{\"t\":"), NC_LITERAL("}")));
    assert_int_equal(nc_json_next(&json), NC_JSON_OBJECT);
}

static bool as_int(const char *text, int64_t *number)
{
    nc_json json;

    nc_json_open(&json, &job, nc_string(text), 8);
    assert_int_equal(nc_json_next(&json), NC_JSON_NUMBER);
    return nc_json_int(&json, number);
}

static void integers_keep_to_64_bits(void **state)
{
    int64_t number;

    (void)state;
    assert_true(as_int("-7", &number) && number == -7);
    assert_true(as_int("0", &number) && number == 0);
    assert_true(as_int("1.0", &number) && number == 1);
    assert_true(as_int("12e2", &number) && number == 1200);
    assert_true(as_int("9223372036854775807", &number) && number == INT64_MAX);
    assert_true(as_int("-9223372036854775808", &number) && number == INT64_MIN);
    assert_false(as_int("9223372036854775808", &number));
    assert_false(as_int("1.5", &number));
    assert_false(as_int("1e19", &number));
    assert_false(as_int("1e999999999999", &number));
}

/* A number read and written again. */
static const char *again(const char *text)
{
    nc_json json;
    nc_buf buf;
    double number;
    const char *result;

    nc_json_open(&json, &job, nc_string(text), 8);
    assert_int_equal(nc_json_next(&json), NC_JSON_NUMBER);
    if (!nc_json_double(&json, &number))
        return "none";
    nc_buf_open(&buf, &job);
    nc_json_put_double(&buf, number);
    result = nc_print(&job, "%.*s", (int)buf.len, buf.ptr).ptr;
    nc_buf_close(&buf);
    return result;
}

static void numbers_come_back(void **state)
{
    static const char *const pairs[][2] = {
        { "0.5", "0.5" },
        { "1", "1.0" },
        { "0.01", "1.0e-2" },
        { "0.1", "0.1" },
        { "12345678", "1.2345678e7" },
        { "9999999", "9999999.0" },
        { "-0.25", "-0.25" },
        { "5e-324", "5.0e-324" },
        { "0.3333333333333333", "0.3333333333333333" },
        { "1e400", "none" },
        { "0", "0.0" },
        { "123.456", "123.456" },
        { "1e25", "1.0e25" },
        { "0.000000000000000000000000000000000000000000000000001", "1.0e-51" },
        { "100000000000000000000000000000000000000000000000001", "1.0e50" },
    };

    (void)state;
    for (size_t i = 0; i < sizeof(pairs) / sizeof(*pairs); i++) {
        const char *result = again(pairs[i][0]);

        assert_memory_equal(result, pairs[i][1], strlen(pairs[i][1]));
    }
}

static void numbers_of_any_size_are_shown(void **state)
{
    static const char *const pairs[][2] = {
        { "1.50", "1.5" },
        { "12.0", "12" },
        { "1e3", "1000" },
        { "-0", "0" },
        { "0.05", "5.0e-2" },
        { "1e400", "1.0e400" },
        { "99999999999999999999", "9.9999999999999999999e19" },
        { "12345.678", "12345.678" },
    };

    (void)state;
    for (size_t i = 0; i < sizeof(pairs) / sizeof(*pairs); i++) {
        nc_buf buf;

        nc_buf_open(&buf, &job);
        nc_json_put_number(&buf, nc_string(pairs[i][0]));
        assert_true(nc_is((nc_bytes){ buf.ptr, buf.len }, pairs[i][1]));
        nc_buf_close(&buf);
    }
}

static void strings_are_escaped_as_pandoc_does(void **state)
{
    nc_buf buf;

    (void)state;
    nc_buf_open(&buf, &job);
    nc_json_put_string(&buf, NC_LITERAL("a\"\\\n\r\t\b\x1f\x7f</\u00e9\u2028 and so on\0"));
    assert_true(nc_same(
        (nc_bytes){ buf.ptr, buf.len },
        NC_LITERAL("\"a\\\"\\\\\\n\\r\\t\\u0008\\u001f\x7f</\u00e9\u2028 and so on\\u0000\"")));
    nc_buf_close(&buf);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(tokens_follow_the_grammar),
        cmocka_unit_test(lenient_reads_what_pages_have),
        cmocka_unit_test(escapes_are_decoded),
        cmocka_unit_test(a_skipped_value_is_passed_whole),
        cmocka_unit_test(common_elements_match_in_one_step),
        cmocka_unit_test(integers_keep_to_64_bits),
        cmocka_unit_test(numbers_come_back),
        cmocka_unit_test(numbers_of_any_size_are_shown),
        cmocka_unit_test(strings_are_escaped_as_pandoc_does),
    };

    return cmocka_run_group_tests(tests, open_job, close_job);
}
