/* SPDX-License-Identifier: MIT */
/* The whole page around the body. */
#include "plugins/html/write.h"

nc_status html_standalone(html_writer *w, const nc_node *doc)
{
    html_body(w, doc);
    nc_put_char(w->buf, '\n');
    return nc_job_status(w->job);
}
