/* SPDX-License-Identifier: MIT */
/* core/media.c: the media bag, data: URIs, and which files a document may name. */
#include "core/media.h"

#include <ftw.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

static nc_job job;
static char folder[] = "/tmp/newsconv-media-XXXXXX";

static void put_file(const char *name, const char *text)
{
    char path[200];
    FILE *file;

    snprintf(path, sizeof(path), "%s/%s", folder, name);
    file = fopen(path, "w");
    assert_non_null(file);
    fputs(text, file);
    fclose(file);
}

static int open_job(void **state)
{
    char path[200];

    (void)state;
    nc_job_open(&job, NULL);
    memcpy(folder + sizeof(folder) - 7, "XXXXXX", 6);
    assert_non_null(mkdtemp(folder));
    put_file("secret.txt", "secret");
    snprintf(path, sizeof(path), "%s/docs", folder);
    mkdir(path, 0777);
    *(const char **)nc_list_push(&job, &job.resource_path, sizeof(char *)) =
        nc_print(&job, "%s", path).ptr;
    put_file("docs/a b.gif", "GIF89a");
    return 0;
}

static int remove_entry(const char *path, const struct stat *status, int type, struct FTW *place)
{
    (void)status, (void)type, (void)place;
    return remove(path);
}

static int close_job(void **state)
{
    (void)state;
    nc_job_close(&job);
    return nftw(folder, remove_entry, 8, FTW_DEPTH | FTW_PHYS);
}

static const nc_media *load(const char *url)
{
    return nc_media_load(&job, NULL, nc_string(url));
}

static void data_uris_are_decoded(void **state)
{
    static const struct {
        const char *uri, *type, *bytes;
    } cases[] = {
        { "data:text/plain;charset=utf-8,a%20b%", "text/plain", "a b%" },
        { "data:image/gif;base64,R0lGODlh", "image/gif", "GIF89a" },
        { "data:image/gif;base64,R0lG\nODk=", "image/gif", "GIF89" },
        { "DATA:image/gif;BASE64,R0lGOA==", "image/gif", "GIF8" },
        { "data:,x", "text/plain", "x" },
    };

    (void)state;
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        const nc_media *media = load(cases[i].uri);

        assert_non_null(media);
        assert_true(nc_is(media->media_type, cases[i].type));
        assert_true(nc_is(media->bytes, cases[i].bytes));
    }
}

static void bad_data_uris_give_a_warning(void **state)
{
    (void)state;
    assert_null(load("data:image/gif;base64,R0l!"));
    assert_null(load("data:image/gif"));
    assert_int_equal(job.messages.count, 2);
}

static void files_below_the_path_are_found(void **state)
{
    const nc_media *media = load("a%20b.gif?size=big");

    (void)state;
    assert_non_null(media);
    assert_true(nc_is(media->media_type, "image/gif"));
    assert_ptr_equal(load("a%20b.gif?size=big"), media);
    assert_non_null(load("./a b.gif"));
}

static void files_outside_the_path_are_not_read(void **state)
{
    char link[200], target[200];

    (void)state;
    snprintf(link, sizeof(link), "%s/docs/link.txt", folder);
    snprintf(target, sizeof(target), "%s/secret.txt", folder);
    assert_int_equal(symlink(target, link), 0);
    assert_null(load("/etc/passwd"));
    assert_null(load("file:///etc/passwd"));
    assert_null(load("../secret.txt"));
    assert_null(load("%2e%2e/secret.txt"));
    assert_null(load("link.txt"));
    assert_null(load("."));
    assert_null(load("http://example.org/a.gif"));
    assert_null(load("//example.org/a.gif"));
    assert_int_equal(job.messages.count, 8);
    assert_int_equal(nc_job_status(&job), NC_OK);
}

static void a_bag_of_many_finds_each(void **state)
{
    (void)state;
    for (int i = 0; i < 5000; i++)
        nc_media_add(&job, nc_print(&job, "%d.png", i), NC_LITERAL("image/png"), NC_LITERAL("x"));
    nc_media_add(&job, NC_LITERAL("77.png"), NC_LITERAL("image/gif"), NC_LITERAL("y"));
    assert_true(nc_is(load("77.png")->bytes, "y"));
    assert_true(nc_is(load("4999.png")->bytes, "x"));
    assert_null(nc_media_at(&job, 5000));
}

static void extracted_images_name_their_files(void **state)
{
    nc_node *doc = nc_node_new(&job, NC_DOCUMENT);
    nc_node *para = nc_append(&job, doc, nc_node_new(&job, NC_PARA));
    nc_node *image = nc_append(&job, para, nc_node_new(&job, NC_IMAGE));
    char out[200];

    (void)state;
    ((nc_target *)nc_record(&job, image))->url = NC_LITERAL("data:image/gif;base64,R0lGODlh");
    snprintf(out, sizeof(out), "%s/out/media", folder);
    assert_int_equal(nc_media_extract(&job, doc, out), NC_OK);
    assert_memory_equal(image->target->url.ptr, out, strlen(out));
    assert_memory_equal(image->target->url.ptr + image->target->url.len - 4, ".gif", 4);
    assert_int_equal(
        access(nc_print(&job, "%.*s", (int)image->target->url.len, image->target->url.ptr).ptr,
               R_OK),
        0);
}

int main(void)
{
#define TEST(function) cmocka_unit_test_setup_teardown(function, open_job, close_job)
    const struct CMUnitTest tests[] = {
        TEST(data_uris_are_decoded),          TEST(bad_data_uris_give_a_warning),
        TEST(files_below_the_path_are_found), TEST(files_outside_the_path_are_not_read),
        TEST(a_bag_of_many_finds_each),       TEST(extracted_images_name_their_files),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
