/* SPDX-License-Identifier: MIT */
/* One fuzzer, compiled once for each reader (FUZZ_FORMAT): whatever the bytes, reading them ends
 * with a tree, which can be written, or with an error. */
#include "core/newsconv.h"

#include <stdint.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    newsconv *conv = newsconv_open();
    const char *output;
    size_t length;

    if (!conv || newsconv_set(conv, "from", FUZZ_FORMAT) != NEWSCONV_OK ||
        newsconv_set(conv, "to", "json") != NEWSCONV_OK ||
        newsconv_set(conv, "scripts", "none") != NEWSCONV_OK ||
        newsconv_set(conv, "max-memory", "512M") != NEWSCONV_OK)
        abort();
    if (newsconv_input_memory(conv, "fuzz", data, size) == NEWSCONV_OK &&
        newsconv_convert_memory(conv, &output, &length) != NEWSCONV_OK &&
        newsconv_error(conv)->status == NEWSCONV_EIO)
        abort(); /* the reader was not even found */
    newsconv_close(conv);
    return 0;
}
