/* SPDX-License-Identifier: MIT */
/* core/encoding.c: from bytes to valid UTF-8. */
#include "core/encoding.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>

#include <cmocka.h>

static nc_job job;
static nc_bytes declared;

static nc_bytes declared_encoding(nc_bytes head)
{
    (void)head;
    return declared;
}

static const nc_format format = { .name = "test", .declared_encoding = declared_encoding };

static int open_job(void **state)
{
    (void)state;
    nc_job_open(&job, NULL);
    declared = (nc_bytes){ NULL, 0 };
    return 0;
}

static int close_job(void **state)
{
    (void)state;
    nc_job_close(&job);
    return 0;
}

#define DECODED(bytes, declaration) decoded(NC_LITERAL(bytes), declaration)

static nc_bytes decoded(nc_bytes raw, const char *declaration)
{
    nc_bytes text;

    declared = nc_string(declaration);
    assert_int_equal(nc_decode(&job, &format, raw, &text), NC_OK);
    assert_int_equal(nc_utf8_valid(text), text.len);
    return text;
}

static void utf8_is_not_copied(void **state)
{
    nc_bytes raw = NC_LITERAL("Zürich, naïve – all right"), text;

    (void)state;
    assert_int_equal(nc_decode(&job, &format, raw, &text), NC_OK);
    assert_ptr_equal(text.ptr, raw.ptr);
    assert_int_equal(job.messages.count, 0);
}

static void byte_order_marks_win(void **state)
{
    (void)state;
    assert_true(nc_is(DECODED("\xEF\xBB\xBFz\xC3\xBC", "shift_jis"), "zü"));
    assert_true(nc_is(DECODED("\xFF\xFEz\0\xFC\0", NULL), "zü"));
    assert_true(nc_is(DECODED("\xFE\xFF\0z\0\xFC", NULL), "zü"));
}

static void latin_1_is_windows_1252(void **state)
{
    (void)state;
    assert_true(nc_is(DECODED("\x93so\x94 \xFC", "iso-8859-1"), "“so” ü"));
    assert_true(nc_is(DECODED("\x93so\x94 \xFC", " US-ASCII "), "“so” ü"));
}

static void declarations_choose_the_decoder(void **state)
{
    static const struct {
        const char *label, *bytes, *text;
    } cases[] = {
        { "shift_jis", "\x93\xFA\x96\x7B", "日本" },
        { "euc-jp", "\xC6\xFC\xCB\xDC", "日本" },
        { "gb2312", "\xD6\xD0\xCE\xC4", "中文" },
        { "big5", "\xA4\xA4\xA4\xE5", "中文" },
        { "euc-kr", "\xC7\xD1\xB1\xDB", "한글" },
        { "koi8-r", "\xED\xC9\xD2", "Мир" },
        { "windows-1251", "\xCC\xE8\xF0", "Мир" },
        { "iso-8859-2", "\xA3\xF3\x64\xBC", "Łódź" },
        { "iso-8859-7", "\xC5\xEB\xEB", "Ελλ" },
        { "windows-1256", "\xE3\xD1", "مر" },
        { "macintosh", "\x8E", "é" },
        { "iso-2022-jp", "\x1B$BF|K\\\x1B(B", "日本" },
    };

    (void)state;
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        nc_bytes text = decoded(nc_string(cases[i].bytes), cases[i].label);

        assert_memory_equal(text.ptr, cases[i].text, strlen(cases[i].text));
    }
    assert_int_equal(job.messages.count, 0);
}

static void a_wrong_declaration_does_not_hide_utf8(void **state)
{
    (void)state;
    assert_true(nc_is(DECODED("M\xC3\xBCnchen", "iso-8859-1"), "München"));
    assert_int_equal(job.messages.count, 1);
}

static void declared_utf8_that_is_not_is_detected(void **state)
{
    (void)state;
    assert_true(nc_is(DECODED("M\xFCnchen", "utf-8"), "München"));
}

static void bad_bytes_become_replacement_characters(void **state)
{
    const nc_message *message;

    (void)state;
    assert_true(nc_is(DECODED("größer\nals \xFF ä ö ü", "utf-8"), "größer\nals \uFFFD ä ö ü"));
    message = job.messages.items;
    assert_int_equal(job.messages.count, 1);
    assert_memory_equal(message->text.ptr, "1 byte is not valid UTF-8", 25);
    assert_int_equal(message->offset, strlen("größer\nals "));
}

static void controls_never_come_through(void **state)
{
    (void)state;
    assert_true(nc_is(DECODED("a\xC2\x93z\xC2\x81", NULL), "a“z\uFFFD"));
    assert_true(nc_is(DECODED("a\0z", NULL), "a\uFFFDz"));
}

/* Quadratic work would take minutes here. */
static void many_repairs_take_linear_time(void **state)
{
    enum { PIECES = 2000000 };
    static const char *const pieces[] = { "\xC2\x93", "\xFF", "\xC2\x81" };

    (void)state;
    for (size_t i = 0; i < sizeof(pieces) / sizeof(pieces[0]); i++) {
        size_t length = strlen(pieces[i]);
        char *page = nc_alloc(&job, PIECES * length);

        for (size_t at = 0; at < PIECES; at++)
            memcpy(page + at * length, pieces[i], length);
        job.settings.from_encoding = "utf-8";
        decoded((nc_bytes){ page, PIECES * length }, NULL);
    }
}

static void the_user_overrides(void **state)
{
    (void)state;
    job.settings.from_encoding = "cp1251";
    assert_true(nc_is(DECODED("\xCC\xE8\xF0", "utf-8"), "Мир"));
    job.settings.from_encoding = "no-such";
    nc_decode(&job, &format, NC_LITERAL("x"), &(nc_bytes){ NULL, 0 });
    assert_int_equal(nc_job_status(&job), NC_EUSAGE);
}

static void every_label_has_a_decoder(void **state)
{
    static const char *const all[] = {
#define NC_ENCODING(label, decoder) label,
#include "core/encodings.def"
#undef NC_ENCODING
    };

    (void)state;
    for (size_t i = 0; i < sizeof(all) / sizeof(all[0]); i++) {
        nc_bytes text;

        if (i)
            assert_true(strcmp(all[i - 1], all[i]) < 0);
        job.settings.from_encoding = all[i];
        assert_int_equal(nc_decode(&job, &format, NC_LITERAL("plain"), &text), NC_OK);
        assert_true(text.len > 0);
    }
    job.settings.from_encoding = "x-user-defined";
    assert_true(nc_is(DECODED("a\x80\xFF", NULL), "a\uF780\uF7FF"));
    job.settings.from_encoding = "iso-2022-kr";
    assert_true(nc_is(DECODED("<script>", NULL), "\uFFFD"));
}

static void unknown_labels_count_for_nothing(void **state)
{
    (void)state;
    assert_true(nc_is(DECODED("M\xFCnchen +ADw-", "utf-7"), "München +ADw-"));
    assert_true(nc_is(DECODED("M\xFCnchen", "no-such-thing"), "München"));
}

static void truncated_input_is_no_trouble(void **state)
{
    (void)state;
    assert_true(nc_is(DECODED("\x93\xFA\x96", "shift_jis"), "日\uFFFD"));
    assert_true(nc_is(DECODED("\xFF\xFEz\0\xFC", NULL), "z\uFFFD"));
    assert_true(nc_is(DECODED("", NULL), ""));
}

int main(void)
{
#define TEST(function) cmocka_unit_test_setup_teardown(function, open_job, close_job)
    const struct CMUnitTest tests[] = {
        TEST(utf8_is_not_copied),
        TEST(byte_order_marks_win),
        TEST(latin_1_is_windows_1252),
        TEST(declarations_choose_the_decoder),
        TEST(a_wrong_declaration_does_not_hide_utf8),
        TEST(declared_utf8_that_is_not_is_detected),
        TEST(bad_bytes_become_replacement_characters),
        TEST(controls_never_come_through),
        TEST(many_repairs_take_linear_time),
        TEST(the_user_overrides),
        TEST(every_label_has_a_decoder),
        TEST(unknown_labels_count_for_nothing),
        TEST(truncated_input_is_no_trouble),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
