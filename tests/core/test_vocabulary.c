/* SPDX-License-Identifier: MIT */
/* core/vocabulary.c, core/date.c, core/topics.c: values in the one form that their type has. */
#include "core/date.h"
#include "core/job.h"
#include "core/topics.h"
#include "core/vocabulary.h"

#include <setjmp.h>
#include <stdarg.h>

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

static void dates_have_one_form(void **state)
{
    static const char *const pairs[][2] = {
        { "2026", "2026" },
        { "2026-03", "2026-03" },
        { "2024-02-29", "2024-02-29" },
        { "2023-02-29", NULL },
        { "2026-13-01", NULL },
        { "0000", NULL },
        { "March 2", NULL },
        { "2026-03-02T10:15Z", "2026-03-02T10:15:00Z" },
        { "2026-03-02 10:15:30.25+0530", "2026-03-02T10:15:30.25+05:30" },
        { "2026-03-02t10:15:30z", "2026-03-02T10:15:30Z" },
        { "2026-03-02T10:15:30", "2026-03-02" },
        { "2026-03-02T24:00Z", NULL },
        { "2026-03-02T10:15:60Z", NULL },
        { "2026-03-02T10:15+15:00", NULL },
        { "2026-03-02T10:15Zulu", NULL },
    };
    bool zoneless;

    (void)state;
    for (size_t i = 0; i < sizeof(pairs) / sizeof(pairs[0]); i++) {
        nc_bytes date = nc_date(&job, nc_string(pairs[i][0]), &zoneless);

        assert_true(nc_is(date, pairs[i][1]));
        assert_int_equal(zoneless, nc_is(nc_string(pairs[i][0]), "2026-03-02T10:15:30"));
    }
    assert_true(nc_is(nc_date_time(&job, NC_LITERAL("2026-03-02")), "2026-03-02T00:00:00Z"));
    assert_null(nc_date_time(&job, NC_LITERAL("2026-03")).ptr);
    assert_true(nc_is(nc_date_of_seconds(&job, 951782399), "2000-02-28T23:59:59Z"));
    assert_true(nc_is(nc_date_of_seconds(&job, 951782400), "2000-02-29T00:00:00Z"));
    assert_null(nc_date_of_seconds(&job, -1).ptr);
}

static nc_bytes read_term(const char *key, const char *value)
{
    nc_node *map = nc_node_new(&job, NC_META_MAP);
    nc_node *slot = nc_meta_set(&job, map, nc_string(key), NC_META_STRING);

    slot->text = nc_string(value);
    return nc_term_text(&job, map, key);
}

static void languages_are_checked(void **state)
{
    (void)state;
    assert_true(nc_is(read_term("lang", "en_GB"), "en-GB"));
    assert_true(nc_is(read_term("lang", "zh-Hant-TW"), "zh-Hant-TW"));
    assert_true(nc_is(read_term("lang", "sl-rozaj-biske"), "sl-rozaj-biske"));
    assert_true(nc_is(read_term("lang", "es-419"), "es-419"));
    assert_true(nc_is(read_term("lang", "english"), ""));
    assert_true(nc_is(read_term("lang", "en-"), ""));
    assert_true(nc_is(read_term("lang", "en-GB-Latn"), ""));
    assert_true(nc_is(read_term("lang", "12"), ""));
}

static void texts_are_composed_and_collapsed(void **state)
{
    (void)state;
    assert_true(nc_is(read_term("title", " e\xcc\x81t\xc3\xa9 \n x "), "\xc3\xa9t\xc3\xa9 x"));
    assert_true(nc_is(read_term("title", "\xc2\xa0"), ""));
    assert_true(nc_is(read_term("urgency", "09"), "9"));
    assert_true(nc_is(read_term("urgency", "0"), ""));
    assert_true(nc_is(read_term("urgency", "soon"), ""));
    assert_true(nc_is(read_term("pubstatus", "stat:cancelled"), "canceled"));
    assert_true(nc_is(read_term("embargoed", "2026-03-02"), "2026-03-02T00:00:00Z"));
    assert_int_equal(nc_job_status(&job), NC_OK);
}

static void an_embargo_is_never_dropped(void **state)
{
    (void)state;
    read_term("embargoed", "2026-03-02T10:00");
    assert_int_equal(nc_job_status(&job), NC_EINPUT);
}

static void topics_have_codes(void **state)
{
    nc_topic topic = nc_topic_read(NC_LITERAL("medtop:01000000 arts"));

    (void)state;
    assert_true(nc_is(topic.scheme, "medtop") && nc_is(topic.subject_code, "01000000"));
    assert_true(nc_is(topic.name, "arts"));
    topic = nc_topic_read(NC_LITERAL("subj:03010000"));
    assert_true(nc_is(topic.code, "03010000") && nc_is(topic.name, ""));
    topic = nc_topic_read(NC_LITERAL("medtop:0100000 arts"));
    assert_true(!topic.code.len && nc_is(topic.name, "medtop:0100000 arts"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(dates_have_one_form, open_job, close_job),
        cmocka_unit_test_setup_teardown(languages_are_checked, open_job, close_job),
        cmocka_unit_test_setup_teardown(texts_are_composed_and_collapsed, open_job, close_job),
        cmocka_unit_test_setup_teardown(an_embargo_is_never_dropped, open_job, close_job),
        cmocka_unit_test_setup_teardown(topics_have_codes, open_job, close_job),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
