/* SPDX-License-Identifier: MIT */
/* HTML: the format as newsconv sees it. read.c reads, write.c writes. */
#include "plugins/html/html.h"

#define SWITCH(member, preset, help) NC_OPT_BOOL(#member, html_options, member, preset, help)

static const nc_option options[] = {
    SWITCH(auto_identifiers, true, "give headings without an id one made from their text"),
    SWITCH(ascii_identifiers, false, "keep such identifiers to ASCII"),
    SWITCH(empty_paragraphs, false, "keep paragraphs without content"),
    SWITCH(epub_html_exts, false, "read a chapter of a book: epub:type, epub:switch"),
    SWITCH(line_blocks, true, "read div.line-block as lines of verse"),
    SWITCH(native_divs, true, "keep div, section, main and header as Div"),
    SWITCH(native_spans, true, "keep span as Span"),
    SWITCH(raw_html, false, "keep tags that have no place in the tree as raw HTML"),
    SWITCH(smart, false, "read straight quotes, -- and ... as typographic ones"),
    SWITCH(tex_math_dollars, false, "read $...$ and $$...$$ as TeX math"),
    SWITCH(tex_math_double_backslash, false, "read \\\\(...\\\\) and \\\\[...\\\\] as TeX math"),
    SWITCH(tex_math_single_backslash, false, "read \\(...\\) and \\[...\\] as TeX math"),
    NC_OPT_END
};

static const nc_format html = {
    .name = "html",
    .title = "HTML 5, HTML 4 and XHTML",
    .extensions = "html htm xhtml xht",
    .media_types = "text/html application/xhtml+xml",
    .aliases = "html5",
    .options = options,
    .options_size = sizeof(html_options),
    .template_text = html_template,
    .probe = html_probe,
    .declared_encoding = html_declared_encoding,
    .read = html_read,
    .write = html_write,
};

NC_PLUGIN(&html);
