/* SPDX-License-Identifier: MIT */
#ifndef NEWSCONV_DOCX_SHA1_H
#define NEWSCONV_DOCX_SHA1_H

#include "core/plugin.h"

enum { DOCX_SHA1_HEX = 40 };

/* The SHA-1 of `text` (FIPS 180-4) in hexadecimal, not terminated. For names only, never for safety. */
void docx_sha1(nc_bytes text, char hex[DOCX_SHA1_HEX]);

#endif
