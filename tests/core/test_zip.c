/* SPDX-License-Identifier: MIT */
#include "core/job.h"
#include "core/zip/zip.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <cmocka.h>

static void write_sample(nc_job *job, nc_buf *out)
{
    nc_zip *zip = nc_zip_open(job);
    char *blanks = nc_alloc(job, 5000);

    memset(blanks, ' ', 5000);
    nc_zip_add(zip, NC_LITERAL("first.xml"), (nc_bytes){ blanks, 5000 }, NC_ZIP_DEFLATE);
    nc_zip_add(zip, NC_LITERAL("media/short.bin"), NC_LITERAL("\x01\x02"), NC_ZIP_DEFLATE);
    nc_zip_add(zip, NC_LITERAL("media/stored.bin"), NC_LITERAL("stored bytes"), NC_ZIP_STORE);
    nc_zip_add(zip, NC_LITERAL("empty"), NC_LITERAL(""), NC_ZIP_DEFLATE);
    assert_int_equal(nc_zip_finish(zip, out), NC_OK);
    nc_zip_close(zip);
}

static void what_is_written_reads_back(void **state)
{
    nc_job job;
    nc_buf out;
    nc_unzip *zip;
    nc_bytes got;

    (void)state;
    nc_job_open(&job, NULL);
    nc_buf_open(&out, &job);
    write_sample(&job, &out);
    assert_true(out.len < 1000);
    zip = nc_unzip_open(&job, (nc_bytes){ out.ptr, out.len }, "sample.zip");
    assert_non_null(zip);
    got = nc_unzip_entry(zip, NC_LITERAL("FIRST.xml"));
    assert_int_equal(got.len, 5000);
    assert_int_equal(got.ptr[4999], ' ');
    assert_true(nc_is(nc_unzip_entry(zip, NC_LITERAL("media/stored.bin")), "stored bytes"));
    assert_int_equal(nc_unzip_entry(zip, NC_LITERAL("media/short.bin")).len, 2);
    assert_non_null(nc_unzip_entry(zip, NC_LITERAL("empty")).ptr);
    assert_null(nc_unzip_entry(zip, NC_LITERAL("absent")).ptr);
    nc_unzip_close(zip);
    nc_buf_close(&out);
    assert_int_equal(nc_job_status(&job), NC_OK);
    nc_job_close(&job);
}

static void same_entries_give_the_same_bytes(void **state)
{
    nc_job job;
    nc_buf a, b;

    (void)state;
    nc_job_open(&job, NULL);
    nc_buf_open(&a, &job);
    nc_buf_open(&b, &job);
    write_sample(&job, &a);
    write_sample(&job, &b);
    assert_int_equal(a.len, b.len);
    assert_memory_equal(a.ptr, b.ptr, a.len);
    nc_buf_close(&a);
    nc_buf_close(&b);
    nc_job_close(&job);
}

static void entries_carry_the_fixed_date_and_no_extra_fields(void **state)
{
    static const char header[] = "PK\x03\x04";
    nc_job job;
    nc_buf out;

    (void)state;
    nc_job_open(&job, NULL);
    nc_buf_open(&out, &job);
    write_sample(&job, &out);
    assert_memory_equal(out.ptr, header, 4);
    assert_int_equal(out.ptr[6] & 8, 0); /* no data descriptor */
    assert_memory_equal(out.ptr + 10, "\0\0\x21\0", 4);
    assert_memory_equal(out.ptr + 28, "\0\0", 2);
    assert_memory_equal(out.ptr + 30, "first.xml", 9);
    nc_buf_close(&out);
    nc_job_close(&job);
}

static nc_status read_damaged(const nc_buf *good, size_t at, size_t len)
{
    nc_job job;
    nc_status status;
    nc_unzip *zip;
    char *bytes = malloc(len);

    nc_job_open(&job, NULL);
    memcpy(bytes, good->ptr, len);
    if (at < len)
        bytes[at] = (char)(bytes[at] ^ 0x55);
    zip = nc_unzip_open(&job, (nc_bytes){ bytes, len }, "damaged.zip");
    nc_unzip_entry(zip, NC_LITERAL("first.xml"));
    nc_unzip_close(zip);
    status = nc_job_status(&job);
    nc_job_close(&job);
    free(bytes);
    return status;
}

static void damaged_containers_are_refused_or_read(void **state)
{
    nc_job job;
    nc_buf out;

    (void)state;
    nc_job_open(&job, NULL);
    nc_buf_open(&out, &job);
    write_sample(&job, &out);
    for (size_t at = 0; at < out.len; at++)
        read_damaged(&out, at, out.len);
    for (size_t len = 1; len < out.len; len += 7)
        assert_int_equal(read_damaged(&out, len, len), NC_EINPUT);
    nc_buf_close(&out);
    nc_job_close(&job);
}

static void limits_hold_against_bombs(void **state)
{
    nc_job job;
    nc_buf out;
    nc_unzip *zip;

    (void)state;
    nc_job_open(&job, NULL);
    nc_buf_open(&out, &job);
    write_sample(&job, &out);
    job.limits.unpacked_bytes = 4000;
    zip = nc_unzip_open(&job, (nc_bytes){ out.ptr, out.len }, "bomb.zip");
    assert_null(nc_unzip_entry(zip, NC_LITERAL("first.xml")).ptr);
    assert_int_equal(nc_job_status(&job), NC_ELIMIT);
    nc_unzip_close(zip);
    nc_buf_close(&out);
    nc_job_close(&job);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_written_reads_back),
        cmocka_unit_test(same_entries_give_the_same_bytes),
        cmocka_unit_test(entries_carry_the_fixed_date_and_no_extra_fields),
        cmocka_unit_test(damaged_containers_are_refused_or_read),
        cmocka_unit_test(limits_hold_against_bombs),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
