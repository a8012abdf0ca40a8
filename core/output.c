/* SPDX-License-Identifier: MIT */
#include "core/output.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <unistd.h>

enum { NAME_TRIES = 100 };

static bool write_fully(int fd, nc_bytes bytes)
{
    while (bytes.len) {
        ssize_t put = write(fd, bytes.ptr, bytes.len);

        if (put < 0 && errno != EINTR)
            return false;
        if (put > 0)
            bytes = (nc_bytes){ bytes.ptr + put, bytes.len - (size_t)put };
    }
    return true;
}

static bool write_and_close(int fd, nc_bytes bytes)
{
    bool done = write_fully(fd, bytes);
    int why = errno;

    if (close(fd) != 0 && done) /* a full disk may show only here */
        return false;
    errno = why;
    return done;
}

/* Create a new file beside `path`. Not mkstemp, whose files have not the permissions of others. */
static int open_temporary(const char *path, char *name, size_t size)
{
    for (int i = 0; i < NAME_TRIES; i++) {
        uint64_t number;
        int fd;

        if (getrandom(&number, sizeof(number), 0) != sizeof(number))
            return -1;
        if (snprintf(name, size, "%s.%016llx", path, (unsigned long long)number) >= (int)size) {
            errno = ENAMETOOLONG;
            return -1;
        }
        fd = open(name, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
        if (fd >= 0 || errno != EEXIST)
            return fd;
    }
    return -1;
}

/* `old`: what stands there now, NULL if nothing. */
static bool replace(const char *path, const struct stat *old, nc_bytes bytes)
{
    char temporary[PATH_MAX];
    int fd = open_temporary(path, temporary, sizeof(temporary)), why;

    if (fd < 0)
        return false;
    if (old && fchmod(fd, old->st_mode & 07777) != 0) {
        close(fd);
    } else if (write_and_close(fd, bytes) && rename(temporary, path) == 0) {
        return true;
    }
    why = errno;
    unlink(temporary);
    errno = why;
    return false;
}

static bool save(const char *path, nc_bytes bytes)
{
    struct stat status;
    char *target;
    bool done;

    if (stat(path, &status) != 0)
        return errno == ENOENT && replace(path, NULL, bytes);
    if (S_ISDIR(status.st_mode)) {
        errno = EISDIR;
        return false;
    }
    if (!S_ISREG(status.st_mode)) {
        int fd = open(path, O_WRONLY | O_CLOEXEC);

        return fd >= 0 && write_and_close(fd, bytes);
    }
    target = realpath(path, NULL);
    if (!target)
        return false;
    done = access(target, W_OK) == 0 && replace(target, &status, bytes);
    free(target);
    return done;
}

nc_status nc_output_save(nc_job *job, const char *path, nc_bytes bytes)
{
    if (job->status)
        return job->status;
    if (strcmp(path, "-") == 0) {
        if (!write_fully(STDOUT_FILENO, bytes))
            nc_fail(job, NC_EIO, "cannot write to standard output: %m");
    } else if (!save(path, bytes)) {
        nc_fail(job, NC_EIO, "cannot write %s: %m", path);
    }
    return job->status;
}
