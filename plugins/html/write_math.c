/* SPDX-License-Identifier: MIT */
/* Formulas as HTML. */
#include "core/math.h"
#include "plugins/html/write.h"

bool html_formula(html_writer *w, const nc_node *math)
{
    nc_bytes tex = math->math->text, html = nc_math_html(w->job, tex);

    if (!html.ptr) {
        nc_warn(w->job, math, NC_WARN_INLINE, "a formula was left as TeX: %.*s", (int)tex.len,
                tex.ptr);
        return false;
    }
    html_raw(w, html);
    return true;
}
