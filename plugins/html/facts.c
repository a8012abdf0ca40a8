/* SPDX-License-Identifier: MIT */
/* Facts: what a page says of itself, for the scripts to judge. */
#include "plugins/html/read.h"

void html_collect_facts(html_reader *reader)
{
    (void)reader;
}

void html_pick_article(html_reader *reader)
{
    (void)reader;
}
