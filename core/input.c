/* SPDX-License-Identifier: MIT */
#include "core/input.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

enum { PIPE_STEP = 64 * 1024 };

/* Read up to `size` bytes; fewer only at the end. -1: errno says why. */
static ssize_t read_fully(nc_job *job, int fd, char *to, size_t size)
{
    size_t done = 0;

    while (done < size) {
        ssize_t got = read(fd, to + done, size - done);

        if (got == 0)
            break;
        if (got > 0)
            done += (size_t)got;
        else if (errno != EINTR)
            return -1;
        else if (job->canceled && atomic_load(job->canceled))
            return nc_fail(job, NC_ECANCELED, "cancelled"), -1;
    }
    return (ssize_t)done;
}

/* A pipe, or a file whose size is not known beforehand. */
static bool read_stream(nc_job *job, int fd, nc_bytes *bytes)
{
    nc_buf *buf = nc_list_push(job, &job->buffers, sizeof(*buf));
    ssize_t got;

    if (!buf)
        return false;
    nc_buf_open(buf, job);
    buf->maximum = SIZE_MAX;
    do {
        if (buf->len > job->limits.input_bytes) {
            errno = EFBIG;
            return false;
        }
        if (!nc_buf_reserve(buf, PIPE_STEP))
            return false;
        got = read_fully(job, fd, buf->ptr + buf->len, buf->capacity - buf->len);
        if (got < 0)
            return false;
        buf->len += (size_t)got;
    } while (got > 0);
    *bytes = (nc_bytes){ buf->ptr, buf->len };
    return true;
}

static bool read_file(nc_job *job, int fd, size_t size, nc_bytes *bytes)
{
    char *room;
    ssize_t got;

    if (size > job->limits.input_bytes) {
        errno = EFBIG;
        return false;
    }
    room = nc_text_take(job, size);
    if (!room)
        return false;
    got = read_fully(job, fd, room, size);
    if (got < 0)
        return false;
    *bytes = (nc_bytes){ room, (size_t)got };
    return true;
}

static bool read_open_file(nc_job *job, int fd, nc_bytes *bytes)
{
    struct stat status;

    if (fstat(fd, &status) != 0)
        return false;
    if (S_ISDIR(status.st_mode)) {
        errno = EISDIR;
        return false;
    }
    if (S_ISREG(status.st_mode) && status.st_size > 0)
        return read_file(job, fd, (size_t)status.st_size, bytes);
    return read_stream(job, fd, bytes);
}

bool nc_input_try(nc_job *job, const char *path, nc_bytes *bytes)
{
    bool standard = !path || strcmp(path, "-") == 0, done;
    int fd = standard ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC), why;

    if (fd < 0)
        return false;
    done = read_open_file(job, fd, bytes);
    why = errno;
    if (!standard)
        close(fd);
    errno = why;
    return done && !job->status;
}

nc_status nc_input_load(nc_job *job, const char *path, nc_bytes *bytes)
{
    const char *name = path && strcmp(path, "-") != 0 ? path : "standard input";

    *bytes = (nc_bytes){ "", 0 };
    if (job->status || nc_input_try(job, path, bytes) || job->status)
        return job->status;
    if (errno == EFBIG)
        return nc_fail(job, NC_ELIMIT,
                       "%s is larger than %zu bytes; --max-input-bytes raises the limit", name,
                       job->limits.input_bytes);
    return nc_fail(job, NC_EIO, "cannot read %s: %m", name);
}
