/* SPDX-License-Identifier: MIT */
/* Output buffers: malloc'ed, doubling, with a hard maximum from birth. */
#include "core/job.h"

#include <stdlib.h>

void nc_buf_open(nc_buf *buf, nc_job *job)
{
    *buf = (nc_buf){ .job = job, .maximum = job->limits.output_bytes };
}

void nc_buf_close(nc_buf *buf)
{
    if (buf->ptr)
        nc_job_discharge(buf->job, buf->capacity);
    free(buf->ptr);
    *buf = (nc_buf){ .job = buf->job, .maximum = buf->maximum };
}

bool nc_buf_reserve(nc_buf *buf, size_t more)
{
    size_t capacity = buf->capacity ? buf->capacity : 4096;
    char *ptr;

    if (buf->job->status)
        return false;
    if (more > buf->maximum || buf->len > buf->maximum - more) {
        nc_fail(buf->job, NC_ELIMIT,
                "output larger than %zu bytes; --max-output-bytes raises the limit", buf->maximum);
        return false;
    }
    while (capacity - buf->len < more)
        capacity = capacity <= SIZE_MAX / 2 ? capacity * 2 : buf->len + more;
    if (capacity == buf->capacity)
        return true;
    if (!nc_job_charge(buf->job, capacity - buf->capacity))
        return false;
    ptr = realloc(buf->ptr, capacity);
    if (!ptr) {
        nc_job_discharge(buf->job, capacity - buf->capacity);
        nc_fail(buf->job, NC_EMEM, "out of memory");
        return false;
    }
    buf->ptr = ptr;
    buf->capacity = capacity;
    return true;
}

void nc_put_int(nc_buf *buf, int64_t number)
{
    char digits[20];
    size_t at = sizeof(digits);
    uint64_t rest = number < 0 ? 0 - (uint64_t)number : (uint64_t)number;

    do {
        digits[--at] = (char)('0' + rest % 10);
        rest /= 10;
    } while (rest);
    if (number < 0)
        nc_put_char(buf, '-');
    nc_put(buf, (nc_bytes){ digits + at, sizeof(digits) - at });
}
