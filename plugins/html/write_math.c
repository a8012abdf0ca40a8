/* SPDX-License-Identifier: MIT */
/* Formulas as HTML. */
#include "plugins/html/write.h"

bool html_formula(html_writer *w, const nc_node *math)
{
    nc_warn(w->job, math, NC_WARN_INLINE, "a formula was left as TeX: %.*s",
            (int)math->math->text.len, math->math->text.ptr);
    return false;
}
