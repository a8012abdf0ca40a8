/* SPDX-License-Identifier: MIT */
/* core/option.c and core/nearest.c: options by name, their values, and the nearest name. */
#include "core/option.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>

#include <cmocka.h>

static nc_job job;
static nc_config config;

static int open_config(void **state)
{
    (void)state;
    nc_job_open(&job, NULL);
    return nc_config_reset(&job, &config);
}

static int close_config(void **state)
{
    (void)state;
    nc_job_close(&job);
    return 0;
}

static void set(const char *name, const char *value)
{
    assert_int_equal(nc_config_set(&job, &config, name, value), NC_OK);
}

/* Setting fails, with a sentence that has `part` in it. */
static void refuses(const char *name, const char *value, const char *part)
{
    assert_int_equal(nc_config_set(&job, &config, name, value), NC_EUSAGE);
    assert_non_null(strstr(job.error.text.ptr, part));
    job.status = NC_OK;
}

static void test_every_option_begins_at_its_default(void **state)
{
    (void)state;
    assert_int_equal(config.settings.columns, 72);
    assert_int_equal(config.settings.wrap, NC_WRAP_AUTO);
    assert_int_equal(config.standalone, -1);
    assert_int_equal(config.limits.input_bytes, (size_t)1 << 30);
    assert_false(config.settings.raw);
    assert_null(config.to);
}

static void test_values_are_checked(void **state)
{
    (void)state;
    refuses("columns", "0", "1 to 100000");
    refuses("columns", "12x", "12x");
    refuses("columns", "99999999999999999999", "number");
    refuses("wrap", "atuo", "did you mean auto?");
    refuses("toc", "perhaps", "true or false");
    refuses("max-depth", "-1", "64M");
    refuses("max-memory", "9999999999G", "64M");
}

static void test_unknown_names_suggest_the_nearest(void **state)
{
    (void)state;
    refuses("stadalone", NULL, "did you mean --standalone?");
    refuses("max-dpeth", "1", "did you mean --max-depth?");
    refuses("zzzzzzzzzzzz", NULL, "unknown option --zzzzzzzzzzzz");
    assert_null(strstr(job.error.text.ptr, "did you mean"));
    refuses("help", NULL, "command only");
}

static void test_limits_take_suffixes(void **state)
{
    (void)state;
    set("max-memory", "64M");
    assert_int_equal(config.limits.memory, 64u << 20);
    set("max-nodes", "3k");
    assert_int_equal(config.limits.nodes, 3072);
    set("max-memory", NULL);
    assert_int_equal(config.limits.memory, (size_t)6 << 30);
}

static void test_synonyms_stand_for_another_option(void **state)
{
    (void)state;
    set("write", "html");
    set("from", "");
    assert_string_equal(config.from, "");
    set("from", NULL);
    assert_null(config.from);
    assert_string_equal(config.to, "html");
    set("table-of-contents", NULL);
    assert_true(config.settings.toc);
}

static const nc_node *metadata(const char *key)
{
    return nc_meta_value(config.metadata, nc_string(key));
}

static void test_metadata_are_booleans_strings_and_lists(void **state)
{
    (void)state;
    set("metadata", "draft");
    set("metadata", "done=false");
    set("metadata", "title:Harbour: reopened=yes");
    set("metadata", "author=Ada");
    set("metadata", "author=Ben");
    set("metadata", "author=true");
    assert_int_equal(metadata("draft")->kind, NC_META_BOOL);
    assert_int_equal(metadata("draft")->number, 1);
    assert_int_equal(metadata("done")->number, 0);
    assert_true(nc_is(metadata("title")->text, "Harbour: reopened=yes"));
    assert_int_equal(metadata("author")->kind, NC_META_LIST);
    assert_true(nc_is(metadata("author")->first->text, "Ada"));
    assert_true(nc_is(metadata("author")->first->next->text, "Ben"));
    assert_int_equal(metadata("author")->last->kind, NC_META_BOOL);
    set("metadata", NULL);
    assert_null(config.metadata->first);
}

static void test_lists_grow_and_are_forgotten(void **state)
{
    (void)state;
    set("lua-filter", "a.lua");
    set("lua-filter", "b.lua");
    assert_int_equal(config.filters.count, 2);
    assert_string_equal(((const char **)config.filters.items)[1], "b.lua");
    set("lua-filter", NULL);
    assert_int_equal(config.filters.count, 0);
}

static void test_each_row_has_help_and_a_name_of_its_own(void **state)
{
    const newsconv_option *option, *other;

    (void)state;
    for (size_t i = 0; (option = nc_option_row(i)); i++) {
        assert_true(option->name ? true : option->group && *option->group);
        for (size_t k = 0; option->name && k < i; k++) {
            other = nc_option_row(k);
            assert_false(other->name && strcmp(option->name, other->name) == 0);
            assert_false(other->name && option->letter && option->letter == other->letter);
        }
    }
}

int main(void)
{
#define CONFIG_TEST(function) cmocka_unit_test_setup_teardown(function, open_config, close_config)
    const struct CMUnitTest tests[] = {
        CONFIG_TEST(test_every_option_begins_at_its_default),
        CONFIG_TEST(test_values_are_checked),
        CONFIG_TEST(test_unknown_names_suggest_the_nearest),
        CONFIG_TEST(test_limits_take_suffixes),
        CONFIG_TEST(test_synonyms_stand_for_another_option),
        CONFIG_TEST(test_metadata_are_booleans_strings_and_lists),
        CONFIG_TEST(test_lists_grow_and_are_forgotten),
        CONFIG_TEST(test_each_row_has_help_and_a_name_of_its_own),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
