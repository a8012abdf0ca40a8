/* SPDX-License-Identifier: MIT */
/* What is encrypted: EPUB OCF 3.3, 4.2.6.3.2. Obfuscated fonts are no loss, as fonts are not read;
 * a chapter is. */
#include "plugins/epub/epub.h"

static bool is_obfuscated_font(nc_bytes algorithm)
{
    return nc_is(algorithm, "http://www.idpf.org/2008/embedding") ||
           nc_is(algorithm, "http://ns.adobe.com/pdf/enc#RC");
}

/* What people call the scheme that a book is locked with: each leaves a file of its own. */
static nc_bytes scheme_name(const epub_book *book, nc_bytes algorithm)
{
    static const struct {
        const char *file, *name;
    } schemes[] = {
        { "META-INF/license.lcpl", "Readium LCP" },
        { "META-INF/rights.xml", "Adobe ADEPT" },
        { "META-INF/sinf.xml", "Apple FairPlay" },
    };

    for (size_t i = 0; i < sizeof schemes / sizeof *schemes; i++)
        if (nc_archive_find(book->archive, nc_string(schemes[i].file)) != NC_ARCHIVE_NONE)
            return nc_string(schemes[i].name);
    return algorithm.len ? algorithm : NC_LITERAL("an unnamed scheme");
}

static void check_lock(epub_book *book, const nc_xml *data)
{
    nc_bytes algorithm = nc_xml_value(nc_xml_find(data, "EncryptionMethod"), "Algorithm");
    nc_bytes address = nc_xml_value(nc_xml_find(data, "CipherReference"), "URI");
    nc_bytes path = epub_path(book->job, (nc_bytes){ "", 0 }, address), scheme;
    const epub_item *item = epub_item_at(book, path);

    if (is_obfuscated_font(algorithm) || !path.ptr)
        return;
    epub_set_add(book->job, &book->locked, path);
    if (!item || !item->in_spine)
        return;
    scheme = scheme_name(book, algorithm);
    nc_fail(book->job, NC_EUNSUPPORTED,
            "the book is encrypted with %.*s (%.*s): it can be read only unlocked", (int)scheme.len,
            scheme.ptr, (int)path.len, path.ptr);
}

void epub_check_locks(epub_book *book)
{
    static const char file[] = "META-INF/encryption.xml";
    nc_bytes bytes = epub_file(book, nc_string(file));
    nc_xml *root = bytes.ptr ? nc_xml_parse(book->job, bytes, nc_string(file)) : NULL;

    for (nc_xml *node = root; node; node = nc_xml_following(root, node))
        if (nc_is(node->name, "EncryptedData") && !nc_job_status(book->job))
            check_lock(book, node);
}
