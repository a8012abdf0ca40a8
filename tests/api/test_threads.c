/* SPDX-License-Identifier: MIT */
/* Eight conversions at once give what one after the other gives. Meant for ThreadSanitizer. */
#include "core/newsconv.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { THREADS = 8, ROUNDS = 6 };

/* libzip asks for the local time; libc's tzset has a lock that ThreadSanitizer does not see. */
const char *__tsan_default_suppressions(void);

const char *__tsan_default_suppressions(void)
{
    return "race:tzset_internal\n";
}

static const struct {
    const char *file, *to;
} work[] = {
    { NEWSCONV_SAMPLES "/ferry-returns.txt", "json" },
    { NEWSCONV_SAMPLES "/ferry-returns.txt", "docx" },
    { NEWSCONV_SAMPLES "/harbour-lights.html", "plain" },
    { NEWSCONV_SAMPLES "/harbour-lights.html", "docx" },
    { NEWSCONV_SAMPLES "/island-winter.html", "html" },
    { NEWSCONV_SAMPLES "/island-winter.html", "native" },
};
enum { WORK = sizeof(work) / sizeof(*work) };

typedef struct output {
    char *bytes;
    size_t size;
} output;

static output expected[WORK];

/* Convert piece number `index` of the work; the caller frees the bytes. NULL when that failed. */
static output convert(size_t index)
{
    newsconv *conv = newsconv_open();
    output out = { NULL, 0 };
    const char *bytes;

    if (newsconv_set(conv, "to", work[index].to) != NEWSCONV_OK ||
        newsconv_set(conv, "lua-filter", NEWSCONV_SAMPLES "/plain-quotes.lua") != NEWSCONV_OK ||
        newsconv_input_file(conv, work[index].file) != NEWSCONV_OK ||
        newsconv_convert_memory(conv, &bytes, &out.size) != NEWSCONV_OK) {
        const newsconv_message *error = newsconv_error(conv);
        printf("%s to %s: %s\n", work[index].file, work[index].to, error ? error->text : "?");
    } else if ((out.bytes = malloc(out.size + 1))) {
        memcpy(out.bytes, bytes, out.size);
    }
    newsconv_close(conv);
    return out;
}

/* All of the work, some rounds of it. Returns NULL if every output is as expected. */
static void *run(void *data)
{
    size_t first = *(size_t *)data;
    void *wrong = NULL;

    for (size_t i = 0; i < WORK * ROUNDS; i++) {
        size_t index = (first + i) % WORK;
        output out = convert(index);
        if (!out.bytes || out.size != expected[index].size ||
            memcmp(out.bytes, expected[index].bytes, out.size) != 0)
            wrong = data;
        free(out.bytes);
    }
    return wrong;
}

int main(void)
{
    pthread_t threads[THREADS];
    size_t first[THREADS];
    int wrong = 0;

    for (size_t i = 0; i < WORK; i++) {
        expected[i] = convert(i);
        wrong += !expected[i].bytes;
    }
    for (size_t i = 0; i < THREADS; i++) {
        first[i] = i;
        if (pthread_create(&threads[i], NULL, run, &first[i]) != 0)
            abort();
    }
    for (size_t i = 0; i < THREADS; i++) {
        void *result;
        pthread_join(threads[i], &result);
        wrong += result != NULL;
    }
    for (size_t i = 0; i < WORK; i++)
        free(expected[i].bytes);
    printf("%d threads, %d wrong\n", THREADS, wrong);
    return wrong != 0;
}
