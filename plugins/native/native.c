/* SPDX-License-Identifier: MIT */
/* pandoc's native: the tree as Haskell's `show` has it, laid out for reading. For looking at
 * what a reader made. */
#include "plugins/native/write.h"

static const nc_format native = {
    .name = "native",
    .title = "pandoc's document tree as Haskell shows it",
    .extensions = "native",
    .media_types = "text/plain",
    .write = native_write,
};

NC_PLUGIN(&native);
