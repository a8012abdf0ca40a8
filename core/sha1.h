/* SPDX-License-Identifier: MIT */
#ifndef NEWSCONV_SHA1_H
#define NEWSCONV_SHA1_H

#include "core/plugin.h"

#pragma GCC visibility push(default)

enum { NC_SHA1_HEX = 40 };

/* The SHA-1 of `text` (FIPS 180-4) in hexadecimal, not terminated. For names only, never for safety. */
void nc_sha1(nc_bytes text, char hex[NC_SHA1_HEX]);

#pragma GCC visibility pop

#endif
