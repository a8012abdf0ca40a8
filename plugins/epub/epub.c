/* SPDX-License-Identifier: MIT */
/* EPUB 2 and 3: books in a zip container. */
#include "plugins/epub/epub.h"

#include <strings.h>

#define SWITCH(member, preset, raw, help) \
    NC_OPT_BOOL_RAW(#member, epub_options, member, preset, raw, help)

static const nc_option options[] = {
    SWITCH(auto_identifiers, false, false, "give headings without an id one made from their text"),
    SWITCH(empty_paragraphs, false, false, "keep paragraphs without content"),
    SWITCH(native_divs, true, true, "keep div, section, main and header as Div"),
    SWITCH(native_spans, true, true, "keep span as Span"),
    SWITCH(raw_html, false, true, "keep tags that have no place in the tree as raw HTML"),
    NC_OPT_END
};

static bool ends_with(const char *name, const char *end)
{
    size_t length = strlen(name), tail = strlen(end);

    return length >= tail && strcasecmp(name + length - tail, end) == 0;
}

/* EPUB OCF 3.3, 4.3.3: the first entry is called mimetype and holds the type, stored. */
static int probe(nc_bytes head, const char *name)
{
    static const char type[] = "mimetypeapplication/epub+zip";

    if (head.len < 4 || memcmp(head.ptr, "PK\3\4", 4) != 0)
        return NC_PROBE_NO;
    if (head.len >= 30 + strlen(type) && memcmp(head.ptr + 30, type, strlen(type)) == 0)
        return NC_PROBE_CERTAIN;
    return ends_with(name, ".epub") ? NC_PROBE_LIKELY : NC_PROBE_NO;
}

static void read_book(epub_book *book)
{
    epub_read_package(book);
    if (!nc_job_status(book->job))
        epub_check_locks(book);
    if (!nc_job_status(book->job) && !book->raw)
        epub_read_navigation(book);
    if (!nc_job_status(book->job))
        epub_read_chapters(book);
    if (nc_job_status(book->job))
        return;
    if (!book->raw)
        epub_place_notes(book);
    epub_add_images(book);
    if (book->raw)
        epub_set_raw_metadata(book);
    else
        epub_set_metadata(book);
}

static nc_status read_epub(nc_job *job, const void *given, nc_bytes in, nc_node *doc)
{
    epub_book book = { .job = job, .options = given, .doc = doc };

    book.raw = nc_job_settings(job)->raw;
    book.archive = nc_archive_open(job, in);
    if (book.archive)
        read_book(&book);
    nc_archive_close(book.archive);
    return nc_job_status(job);
}

static const nc_format epub = {
    .name = "epub",
    .title = "EPUB 2 and 3",
    .extensions = "epub",
    .media_types = "application/epub+zip",
    .aliases = "epub2 epub3",
    .flags = NC_FORMAT_BINARY | NC_FORMAT_BOOK,
    .options = options,
    .options_size = sizeof(epub_options),
    .probe = probe,
    .read = read_epub,
};

NC_PLUGIN(&epub);
