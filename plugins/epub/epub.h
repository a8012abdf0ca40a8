/* SPDX-License-Identifier: MIT */
/* A book while it is read. The container gives bytes (core/archive), the package document says what they are: items in
 * the manifest, their order in the spine. */
#ifndef NEWSCONV_EPUB_H
#define NEWSCONV_EPUB_H

#include "core/archive/archive.h"
#include "core/plugin.h"
#include "core/xml/xml.h"

typedef struct epub_options {
    bool auto_identifiers;
    bool empty_paragraphs;
    bool native_divs;
    bool native_spans;
    bool raw_html;
} epub_options;

typedef struct epub_item {
    nc_bytes id, media_type, fallback, properties;
    nc_bytes href;              /* as the manifest spells it */
    nc_bytes path;              /* in the container; {NULL, 0} when it leads out of it */
    nc_bytes file;              /* the last part of href: what anchors are named after */
    int64_t entry;
    nc_bytes title;             /* that the navigation gives it */
    bool in_spine;
    bool is_html;               /* its entry is kept as epub_html makes it */
    bool in_document;           /* its text is in the tree */
} epub_item;

/* A set of strings. */
typedef struct epub_set {
    nc_bytes *slots;
    size_t count, capacity;
} epub_set;

typedef struct epub_book {
    nc_job *job;
    const epub_options *options;
    bool raw;                   /* as pandoc does it */
    nc_archive *archive;
    nc_bytes folder;            /* of the package document, "" or ended by a slash */
    nc_xml *package;
    epub_item *items;
    epub_item **by_id, **by_path; /* sorted; of items with a path */
    size_t item_count, path_count;
    epub_item **spine;          /* what is to be read, in order */
    size_t spine_count;
    nc_bytes *spine_files;      /* their file names as addresses, sorted */
    epub_set files;             /* the names of what is in the spine */
    epub_set locked;            /* paths of what is encrypted */
    epub_set targets;           /* of links within the book, as ids in the tree */
    epub_set pages;             /* ids that a page list names */
    nc_node *doc;
} epub_book;

/* ---------------------------------------------------------------- package.c */

/* Find and read the package document: items, spine. Errors: EINPUT when there is none or it is none. */
void epub_read_package(epub_book *book);

epub_item *epub_item_by_id(const epub_book *book, nc_bytes id);
epub_item *epub_item_at(const epub_book *book, nc_bytes path);
bool epub_has_word(nc_bytes list, const char *word);

/* The bytes of the container's file `path`, which are fetched; {NULL, 0} when it is not there.
 * Errors: EINPUT when it is damaged or encrypted. */
nc_bytes epub_file(epub_book *book, nc_bytes path);

/* ---------------------------------------------------------------- locks.c */

/* Errors: EUNSUPPORTED, with the name of the scheme, if an item of the spine is encrypted. */
void epub_check_locks(epub_book *book);

/* ---------------------------------------------------------------- paths.c */

/* The folder part of a path, with its slash; and what follows it. */
nc_bytes epub_folder(nc_bytes path);
nc_bytes epub_file_name(nc_bytes path);

/* `address` seen from `folder`, without "." and "x/..": as pandoc joins them. */
nc_bytes epub_join(nc_job *job, nc_bytes folder, nc_bytes address);

/* The path in the container that a relative address in a file of `folder` names: escapes decoded, query and fragment
 * left out. {NULL, 0} when it leads out of the container. */
nc_bytes epub_path(nc_job *job, nc_bytes folder, nc_bytes address);

nc_bytes epub_decoded(nc_job *job, nc_bytes text);

/* Blanks and what else may not stand in an address as %20 and so on. */
nc_bytes epub_escaped(nc_job *job, nc_bytes text);

/* Whether an address has a scheme or names a host. */
bool epub_is_remote(nc_bytes address);

/* What stands before and behind the first '#'; {NULL, 0} when there is none. */
nc_bytes epub_before_fragment(nc_bytes address);
nc_bytes epub_fragment(nc_bytes address);

/* Add to a set, true if it was not there / ask it. */
bool epub_set_add(nc_job *job, epub_set *set, nc_bytes text);
bool epub_set_has(const epub_set *set, nc_bytes text);

/* ---------------------------------------------------------------- the rest */

/* A copy of XHTML, made such that an HTML parser reads the same from it: <a id="x"/> for one. */
nc_bytes epub_html(nc_job *job, nc_bytes page);

/* Read all that the spine names into the document. */
void epub_read_chapters(epub_book *book);

/* Rewrite addresses and ids below `from`, which is what was read of `item`. */
void epub_rewrite(epub_book *book, const epub_item *item, nc_node *from);

/* Move notes that stand in other chapters to where they are referred to. */
void epub_place_notes(epub_book *book);

/* Put the images that the tree shows into the media bag. */
void epub_add_images(epub_book *book);

/* Titles of items, and the ids of pages, from the navigation document or the NCX. */
void epub_read_navigation(epub_book *book);

/* Metadata as pandoc sets them / in the project's vocabulary, the rest as facts. */
void epub_set_raw_metadata(epub_book *book);
void epub_set_metadata(epub_book *book);

#endif
