/* SPDX-License-Identifier: MIT */
/* TeX formulas as text with Unicode characters, or as simple HTML. */
#ifndef NEWSCONV_MATH_H
#define NEWSCONV_MATH_H

#include "core/plugin.h"

#pragma GCC visibility push(default)

/* The formula as text; `scripted` says what the raised ('^') or lowered ('_') form of a character is, 0 if there
 * is none. {NULL, 0}: the formula needs two dimensions, or commands that are unknown. */
nc_bytes nc_math_text(nc_job *job, nc_bytes tex, uint32_t (*scripted)(uint32_t character, int script));

/* The formula as HTML: letters in `em`, scripts in `sup` and `sub`. {NULL, 0} as above. */
nc_bytes nc_math_html(nc_job *job, nc_bytes tex);

#pragma GCC visibility pop
#endif
