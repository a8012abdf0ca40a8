/* SPDX-License-Identifier: MIT */
/* The default template. Its variables are named as pandoc's; `news-head` holds the metadata of
 * a story. */
#include "plugins/html/write.h"

#define HEAD \
    "<!DOCTYPE html>\n" \
    "<html xmlns=\"http://www.w3.org/1999/xhtml\"$if(lang)$ lang=\"$lang$\" xml:lang=\"$lang$\"" \
    "$endif$$if(dir)$ dir=\"$dir$\"$endif$>\n" \
    "<head>\n" \
    "  <meta charset=\"utf-8\" />\n" \
    "  <meta name=\"generator\" content=\"newsconv\" />\n" \
    "  <meta name=\"viewport\" content=\"width=device-width, initial-scale=1.0\" />\n" \
    "$for(author-meta)$\n" \
    "  <meta name=\"author\" content=\"$author-meta$\" />\n" \
    "$endfor$\n" \
    "$if(date-meta)$\n" \
    "  <meta name=\"dcterms.date\" content=\"$date-meta$\" />\n" \
    "$endif$\n" \
    "$if(keywords-meta)$\n" \
    "  <meta name=\"keywords\" content=\"$for(keywords-meta)$$keywords-meta$$sep$, $endfor$\" " \
    "/>\n" \
    "$endif$\n" \
    "$if(description-meta)$\n" \
    "  <meta name=\"description\" content=\"$description-meta$\" />\n" \
    "$endif$\n" \
    "  <title>$if(title-prefix)$$title-prefix$ \xe2\x80\x93 $endif$$pagetitle$</title>\n" \
    "$if(news-head)$\n" \
    "  $news-head$\n" \
    "$endif$\n"

/* Quiet: a column of readable width, the reader's own fonts, and dark where the reader wants it
 * dark. */
#define STYLE \
    "$if(css)$\n" \
    "$else$\n" \
    "  <style>\n" \
    "    :root { color-scheme: light dark; }\n" \
    "    body { max-width: 40rem; margin: 2rem auto; padding: 0 1rem; " \
    "font: 1.0625rem/1.55 Georgia, serif; }\n" \
    "    h1, h2, h3, h4, h5, h6 { line-height: 1.25; margin: 1.6em 0 0.5em; }\n" \
    "    h1.title { margin-top: 0; }\n" \
    "    .subtitle { font-size: 1.2em; }\n" \
    "    .author, .byline, .date { font-style: italic; margin: 0.2em 0; }\n" \
    "    img, video { max-width: 100%; height: auto; }\n" \
    "    figure { margin: 1.5em 0; }\n" \
    "    figcaption, caption { font-size: 0.9em; margin: 0.4em 0; }\n" \
    "    table { border-collapse: collapse; margin: 1.5em 0; }\n" \
    "    th, td { padding: 0.25em 0.75em; border-bottom: 1px solid; vertical-align: top; }\n" \
    "    th { text-align: left; }\n" \
    "    pre { overflow-x: auto; }\n" \
    "    code, pre { font-size: 0.9em; }\n" \
    "    blockquote { margin: 1em 0; padding-left: 1em; border-left: 3px solid; }\n" \
    "    .smallcaps { font-variant: small-caps; }\n" \
    "    .columns { display: flex; gap: 1rem; }\n" \
    "    .column { flex: auto; }\n" \
    "    .task-list { list-style: none; padding-left: 1em; }\n" \
    "    .math.display { display: block; text-align: center; margin: 0.5em 0; }\n" \
    "  </style>\n" \
    "$endif$\n" \
    "$for(css)$\n" \
    "  <link rel=\"stylesheet\" href=\"$css$\" />\n" \
    "$endfor$\n" \
    "$for(header-includes)$\n" \
    "  $header-includes$\n" \
    "$endfor$\n" \
    "</head>\n"

#define BODY \
    "<body>\n" \
    "$for(include-before)$\n" \
    "$include-before$\n" \
    "$endfor$\n" \
    "$if(title)$\n" \
    "<header id=\"title-block-header\">\n" \
    "<h1 class=\"title\">$title$</h1>\n" \
    "$if(subtitle)$\n" \
    "<p class=\"subtitle\">$subtitle$</p>\n" \
    "$endif$\n" \
    "$for(by)$\n" \
    "<p class=\"author\">$by$</p>\n" \
    "$endfor$\n" \
    "$if(date)$\n" \
    "<p class=\"date\">$date$</p>\n" \
    "$endif$\n" \
    "$if(abstract)$\n" \
    "<div class=\"abstract\">\n" \
    "$if(abstract-title)$\n" \
    "<div class=\"abstract-title\">$abstract-title$</div>\n" \
    "$endif$\n" \
    "$abstract$\n" \
    "</div>\n" \
    "$endif$\n" \
    "</header>\n" \
    "$endif$\n" \
    "$if(table-of-contents)$\n" \
    "<nav id=\"$idprefix$TOC\" role=\"doc-toc\">\n" \
    "$if(toc-title)$\n" \
    "<h2 id=\"$idprefix$toc-title\">$toc-title$</h2>\n" \
    "$endif$\n" \
    "$table-of-contents$\n" \
    "</nav>\n" \
    "$endif$\n" \
    "$body$\n" \
    "$for(include-after)$\n" \
    "$include-after$\n" \
    "$endfor$\n" \
    "</body>\n" \
    "</html>\n"

const char html_template[] = HEAD STYLE BODY;
