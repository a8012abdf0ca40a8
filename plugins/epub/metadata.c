/* SPDX-License-Identifier: MIT */
/* Metadata of a book in the project's vocabulary: Dublin Core elements, which EPUB 3 refines by
 * meta elements (EPUB 3.3, 5.5) and EPUB 2 by attributes (OPF 2.0.1, 2.2). What the vocabulary has
 * no key for becomes a fact "opf". */
#include "plugins/epub/epub.h"

#include <stdlib.h>

typedef struct reader {
    nc_job *job;
    nc_node *meta;
    const nc_xml *metadata;
    nc_bytes unique_id;      /* the id of the identifier that counts */
    const nc_xml **refining; /* meta elements that refine others, sorted by what they refine */
    size_t refining_count;
} reader;

/* ---------------------------------------------------------------- values */

static bool is_space(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

/* White space collapsed, none at the ends. */
static nc_bytes collapsed(nc_job *job, nc_bytes text)
{
    char *out = nc_alloc(job, text.len + 1);
    size_t length = 0;

    for (size_t i = 0; out && i < text.len; i++)
        if (!is_space(text.ptr[i]))
            out[length++] = text.ptr[i];
        else if (length && out[length - 1] != ' ')
            out[length++] = ' ';
    if (length && out[length - 1] == ' ')
        length--;
    return (nc_bytes){ out ? out : "", length };
}

static nc_bytes text_of(const reader *in, const nc_xml *node)
{
    return collapsed(in->job, nc_xml_text(in->job, node));
}

static void add_fact(const reader *in, nc_bytes name, nc_bytes value)
{
    nc_fact fact = { .syntax = "opf", .name = name, .value = value, .offset = UINT32_MAX };

    if (value.len)
        nc_fact_add(in->job, &fact);
}

static void set_value(const reader *in, const char *key, nc_bytes text)
{
    nc_text(in->job, nc_meta_set(in->job, in->meta, nc_string(key), NC_META_INLINES), text);
}

/* Set a key unless it has a value; then the text is a fact. */
static void set_once(const reader *in, const char *key, const nc_xml *node, nc_bytes text)
{
    if (nc_meta_value(in->meta, nc_string(key)))
        add_fact(in, node->name, text);
    else if (text.len)
        set_value(in, key, text);
}

static void add_to_list(const reader *in, const char *key, nc_bytes text)
{
    nc_node *list = nc_meta_value(in->meta, nc_string(key));

    if (!text.len)
        return;
    if (!list)
        list = nc_meta_set(in->job, in->meta, nc_string(key), NC_META_LIST);
    nc_text(in->job, nc_append(in->job, list, nc_node_new(in->job, NC_META_INLINES)), text);
}

/* ---------------------------------------------------------------- refinements */

static nc_bytes refined_id(const nc_xml *meta)
{
    nc_bytes id = nc_xml_value(meta, "refines");

    return id.len && id.ptr[0] == '#' ? (nc_bytes){ id.ptr + 1, id.len - 1 } : id;
}

static int compare(nc_bytes a, nc_bytes b)
{
    size_t shorter = a.len < b.len ? a.len : b.len;
    int order = shorter ? memcmp(a.ptr, b.ptr, shorter) : 0;

    return order ? order : (a.len > b.len) - (a.len < b.len);
}

static int compare_refining(const void *a, const void *b)
{
    const nc_xml *left = *(const nc_xml *const *)a, *right = *(const nc_xml *const *)b;
    int order = compare(refined_id(left), refined_id(right));

    return order ? order : (left > right) - (left < right);
}

static void collect_refining(reader *in)
{
    size_t count = 0;

    for (const nc_xml *node = nc_xml_child(in->metadata, "meta"); node;
         node = nc_xml_sibling(node, "meta"))
        count++;
    in->refining = nc_alloc(in->job, (count + 1) * sizeof *in->refining);
    for (const nc_xml *node = nc_xml_child(in->metadata, "meta"); node && in->refining;
         node = nc_xml_sibling(node, "meta"))
        if (nc_xml_value(node, "refines").len)
            in->refining[in->refining_count++] = node;
    if (in->refining)
        qsort(in->refining, in->refining_count, sizeof *in->refining, compare_refining);
}

/* What refines `node` as `property`: a meta element, else an attribute of EPUB 2. */
static nc_bytes refinement(const reader *in, const nc_xml *node, const char *property)
{
    nc_bytes id = nc_xml_value(node, "id");
    size_t low = 0, high = id.len ? in->refining_count : 0;

    while (low < high) {
        size_t middle = low + (high - low) / 2;

        if (compare(refined_id(in->refining[middle]), id) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    for (; id.len && low < in->refining_count && nc_same(refined_id(in->refining[low]), id); low++)
        if (nc_is(nc_xml_value(in->refining[low], "property"), property))
            return text_of(in, in->refining[low]);
    return nc_xml_value(node, property);
}

/* ---------------------------------------------------------------- dates and languages */

static bool digits_at(nc_bytes text, size_t at, size_t count)
{
    for (size_t i = at; i < at + count; i++)
        if (i >= text.len || text.ptr[i] < '0' || text.ptr[i] > '9')
            return false;
    return true;
}

/* CCYY, CCYY-MM, CCYY-MM-DD and what a time may add to it (W3CDTF). */
static bool is_date(nc_bytes text)
{
    if (!digits_at(text, 0, 4) || (text.len > 4 && text.ptr[4] != '-'))
        return false;
    if (text.len > 4 && (!digits_at(text, 5, 2) || (text.len > 7 && text.ptr[7] != '-')))
        return false;
    return text.len <= 7 || (digits_at(text, 8, 2) && (text.len == 10 || text.ptr[10] == 'T'));
}

static void set_date(const reader *in, const char *key, const nc_xml *node)
{
    nc_bytes text = text_of(in, node);

    if (is_date(text)) {
        set_once(in, key, node, text);
        return;
    }
    add_fact(in, NC_LITERAL("date"), text);
    if (text.len)
        nc_warn(in->job, NULL, NC_WARN_METADATA, "the date \"%.*s\" cannot be understood",
                (int)text.len, text.ptr);
}

static void take_date(const reader *in, const nc_xml *node)
{
    nc_bytes event = nc_xml_value(node, "event");

    if (nc_is(event, "modification"))
        set_date(in, "updated", node);
    else if (!event.len || nc_is(event, "publication") || nc_is(event, "original-publication"))
        set_date(in, "date", node);
    else
        add_fact(in, nc_print(in->job, "date:%.*s", (int)event.len, event.ptr), text_of(in, node));
}

/* BCP 47 as far as its shape goes: letters and digits in parts of 1 to 8, the first of 2 or more
 * letters. */
static bool is_language(nc_bytes tag)
{
    size_t length = 0;

    for (size_t i = 0, part = 0; i <= tag.len; i++) {
        char c = i < tag.len ? tag.ptr[i] : '-';
        bool letter = (c | 32) >= 'a' && (c | 32) <= 'z';

        if (c == '-') {
            if (length < (part ? 1 : 2) || length > 8)
                return false;
            part++;
            length = 0;
        } else if (letter || (part && c >= '0' && c <= '9')) {
            length++;
        } else {
            return false;
        }
    }
    return true;
}

static void take_language(const reader *in, const nc_xml *node)
{
    nc_bytes tag = nc_copy(in->job, text_of(in, node));

    for (size_t i = 0; i < tag.len; i++)
        if (tag.ptr[i] == '_')
            ((char *)(uintptr_t)tag.ptr)[i] = '-';
    if (is_language(tag))
        set_once(in, "lang", node, tag);
    else if (tag.len)
        nc_warn(in->job, NULL, NC_WARN_METADATA, "\"%.*s\" is no language tag (BCP 47)",
                (int)tag.len, tag.ptr);
}

/* ---------------------------------------------------------------- titles, persons, subjects */

static void take_title(const reader *in, const nc_xml *node)
{
    nc_bytes type = refinement(in, node, "title-type"), text = text_of(in, node);

    if (nc_is(type, "subtitle"))
        set_once(in, "subtitle", node, text);
    else if (!type.len || nc_is(type, "main"))
        set_once(in, "title", node, text);
    else
        add_fact(in, nc_print(in->job, "title:%.*s", (int)type.len, type.ptr), text);
}

static void add_person_fact(const reader *in, const nc_xml *node, nc_bytes what, nc_bytes value)
{
    add_fact(in,
             what.len ? nc_print(in->job, "%.*s:%.*s", (int)node->name.len, node->name.ptr,
                                 (int)what.len, what.ptr)
                      : node->name,
             value);
}

/* Roles are MARC relator codes: aut wrote it, dst distributes it. */
static void take_person(const reader *in, const nc_xml *node)
{
    nc_bytes role = refinement(in, node, "role"), name = text_of(in, node);
    bool creator = nc_is(node->name, "creator");

    if (creator && (!role.len || nc_is(role, "aut")))
        add_to_list(in, "author", name);
    else if (nc_is(role, "dst"))
        add_to_list(in, "source", name);
    else
        add_person_fact(in, node, role, name);
    add_person_fact(in, node, NC_LITERAL("file-as"), refinement(in, node, "file-as"));
}

static void take_subject(const reader *in, const nc_xml *node)
{
    nc_bytes authority = refinement(in, node, "authority"), term = refinement(in, node, "term");
    nc_bytes text = text_of(in, node);

    if (!term.len) {
        add_to_list(in, "keywords", text);
        return;
    }
    add_to_list(in, "subject",
                authority.len && !memchr(authority.ptr, ':', authority.len)
                    ? nc_print(in->job, "%.*s:%.*s", (int)authority.len, authority.ptr,
                               (int)term.len, term.ptr)
                    : term);
    add_fact(in, NC_LITERAL("subject"), text);
}

/* ---------------------------------------------------------------- the rest of Dublin Core */

/* The identifier that the package names counts; of others, each is a fact with its scheme. */
static void take_identifier(const reader *in, const nc_xml *node)
{
    nc_bytes id = nc_xml_value(node, "id"), scheme = refinement(in, node, "scheme");
    nc_bytes text = text_of(in, node);

    if (!scheme.len)
        scheme = refinement(in, node, "identifier-type");
    if (id.len && nc_same(id, in->unique_id))
        set_value(in, "guid", text);
    else
        add_person_fact(in, node, scheme, text);
}

static void take_rights(const reader *in, const nc_xml *node)
{
    bool second = nc_meta_value(in->meta, NC_LITERAL("copyright")) != NULL;

    set_once(in, second ? "usage" : "copyright", node, text_of(in, node));
}

static void take_source(const reader *in, const nc_xml *node)
{
    nc_bytes text = text_of(in, node);

    if (epub_is_remote(text) && (text.len > 4 && memcmp(text.ptr, "http", 4) == 0))
        set_once(in, "url", node, text);
    else
        add_fact(in, node->name, text);
}

/* Text of the blocks of `page`, apart by blanks. */
static nc_bytes text_of_page(nc_job *job, const nc_node *page)
{
    nc_bytes text;
    nc_buf buf;

    nc_buf_open(&buf, job);
    for (const nc_node *block = page ? page->first : NULL; block; block = block->next) {
        nc_put(&buf, nc_stringify(job, block));
        nc_put_char(&buf, ' ');
    }
    text = collapsed(job, (nc_bytes){ buf.ptr, buf.len });
    nc_buf_close(&buf);
    return text;
}

/* Descriptions are often written as HTML, escaped: its tags go. */
static void take_description(const reader *in, const nc_xml *node)
{
    nc_bytes text = text_of(in, node);
    nc_node *page;

    if (memmem(text.ptr, text.len, "</", 2)) {
        page = nc_node_new(in->job, NC_DOCUMENT);
        nc_read_part(in->job, "html-auto_identifiers+epub_html_exts", node->name, text, page, NULL);
        text = text_of_page(in->job, page);
    }
    set_once(in, "description", node, text);
}

static void take_plain(const reader *in, const nc_xml *node)
{
    static const struct {
        const char *element, *key;
    } keys[] = {
        { "publisher", "publisher" },
        { "type", "genre" },
        { "coverage", "location" },
    };

    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++)
        if (nc_is(node->name, keys[i].element)) {
            set_once(in, keys[i].key, node, text_of(in, node));
            return;
        }
    add_fact(in, node->name, text_of(in, node));
}

static void take_element(const reader *in, const nc_xml *node)
{
    static const struct {
        const char *element;
        void (*take)(const reader *in, const nc_xml *node);
    } elements[] = {
        { "title", take_title },           { "creator", take_person },
        { "contributor", take_person },    { "date", take_date },
        { "language", take_language },     { "subject", take_subject },
        { "identifier", take_identifier }, { "rights", take_rights },
        { "source", take_source },         { "description", take_description },
    };

    for (size_t i = 0; i < sizeof elements / sizeof *elements; i++)
        if (nc_is(node->name, elements[i].element)) {
            elements[i].take(in, node);
            return;
        }
    take_plain(in, node);
}

/* ---------------------------------------------------------------- meta elements */

/* Those of EPUB 3 have a property and a text, those of EPUB 2 a name and a content. */
static void take_meta(const reader *in, const nc_xml *node)
{
    nc_bytes property = nc_xml_value(node, "property"), name = nc_xml_value(node, "name");

    if (nc_xml_value(node, "refines").len || nc_is(name, "cover"))
        return;
    if (nc_is(property, "dcterms:modified"))
        set_date(in, "updated", node);
    else if (property.len)
        add_fact(in, property, text_of(in, node));
    else if (name.len)
        add_fact(in, name, collapsed(in->job, nc_xml_value(node, "content")));
    if (nc_is(property, "belongs-to-collection"))
        add_fact(in, NC_LITERAL("group-position"), refinement(in, node, "group-position"));
}

static bool is_dublin_core(const nc_xml *node)
{
    static const char prefix[] = "http://purl.org/dc/elements/1.";

    return node->space.len >= sizeof prefix - 1 &&
           memcmp(node->space.ptr, prefix, sizeof prefix - 1) == 0;
}

void epub_set_metadata(epub_book *book)
{
    reader in = { .job = book->job,
                  .meta = book->doc->meta,
                  .metadata = nc_xml_find(book->package, "metadata"),
                  .unique_id = nc_xml_value(book->package, "unique-identifier") };

    collect_refining(&in);
    for (const nc_xml *node = in.metadata; node && !nc_job_status(book->job);
         node = nc_xml_following(in.metadata, node))
        if (is_dublin_core(node)) /* OEB 1.2 wraps them in dc-metadata */
            take_element(&in, node);
        else if (nc_is(node->name, "meta"))
            take_meta(&in, node);
}
