/* SPDX-License-Identifier: MIT */
/* Preloaded into newsconv (LD_PRELOAD), lets its allocation number $FAIL_AT fail, and says so by
 * making the file $FAIL_REPORT. Only calls from newsconv's own code count: what libraries do
 * without memory is theirs. */
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

void *__libc_malloc(size_t size);
void *__libc_calloc(size_t count, size_t size);
void *__libc_realloc(void *old, size_t size);

static atomic_long calls;

static bool is_own(const void *caller)
{
    Dl_info info;

    return dladdr(caller, &info) && info.dli_fname && strstr(info.dli_fname, "newsconv");
}

static bool must_fail(const void *caller)
{
    static _Thread_local bool inside;
    const char *wanted = getenv("FAIL_AT"), *report = getenv("FAIL_REPORT");

    if (!wanted || !report || inside)
        return false;
    inside = true;
    bool fails = is_own(caller) && atomic_fetch_add(&calls, 1) + 1 == strtol(wanted, NULL, 10);
    if (fails)
        close(open(report, O_CREAT | O_WRONLY, 0600));
    inside = false;
    if (fails)
        errno = ENOMEM;
    return fails;
}

void *malloc(size_t size)
{
    return must_fail(__builtin_return_address(0)) ? NULL : __libc_malloc(size);
}

void *calloc(size_t count, size_t size)
{
    return must_fail(__builtin_return_address(0)) ? NULL : __libc_calloc(count, size);
}

void *realloc(void *old, size_t size)
{
    return must_fail(__builtin_return_address(0)) ? NULL : __libc_realloc(old, size);
}
