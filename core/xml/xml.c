/* SPDX-License-Identifier: MIT */
/* Parsing XML: libxml2's events build the tree. Declarations of entities are not even noted, so
 * that none can grow. */
#include "core/xml/xml.h"

#include <libxml/parser.h>
#include <libxml/parserInternals.h>

typedef struct builder {
    nc_job *job;
    nc_bytes name;
    nc_xml *root, *open;
    size_t depth;
    bool broken;   /* warned of what breaks the rules of XML */
    bool entities; /* warned of entities */
} builder;

static nc_bytes copied(builder *build, const xmlChar *text)
{
    return text ? nc_copy(build->job, nc_string((const char *)text)) : (nc_bytes){ "", 0 };
}

static void append(builder *build, nc_xml *node)
{
    nc_xml *parent = build->open;

    node->parent = parent;
    if (!parent)
        build->root = build->root ? build->root : node;
    else if (parent->last)
        parent->last->next = node;
    else
        parent->first = node;
    if (parent)
        parent->last = node;
}

static void set_attributes(builder *build, nc_xml *node, size_t count, const xmlChar **from)
{
    nc_xml_attribute *to = count ? nc_alloc(build->job, count * sizeof *to) : NULL;

    for (size_t i = 0; to && i < count; i++, from += 5) {
        to[i].name = copied(build, from[0]);
        to[i].space = copied(build, from[2]);
        to[i].value =
            nc_copy(build->job, (nc_bytes){ (const char *)from[3], (size_t)(from[4] - from[3]) });
    }
    node->attribute_count = to ? count : 0;
    node->attributes = to;
}

static void start_element(void *context, const xmlChar *name, const xmlChar *prefix,
                          const xmlChar *space, int namespace_count, const xmlChar **namespaces,
                          int attribute_count, int defaulted, const xmlChar **attributes)
{
    builder *build = ((xmlParserCtxtPtr)context)->_private;
    nc_xml *node = nc_alloc(build->job, sizeof *node);

    (void)prefix, (void)namespace_count, (void)namespaces, (void)defaulted;
    if (node && ++build->depth > nc_job_limits(build->job)->depth)
        nc_fail(build->job, NC_ELIMIT, "%.*s is nested more than %zu deep", (int)build->name.len,
                build->name.ptr, nc_job_limits(build->job)->depth);
    if (nc_job_status(build->job)) {
        xmlStopParser(context);
        return;
    }
    node->name = copied(build, name);
    node->space = copied(build, space);
    set_attributes(build, node, (size_t)attribute_count, attributes);
    append(build, node);
    build->open = node;
}

static void end_element(void *context, const xmlChar *name, const xmlChar *prefix,
                        const xmlChar *space)
{
    builder *build = ((xmlParserCtxtPtr)context)->_private;

    (void)name, (void)prefix, (void)space;
    if (build->open) {
        build->open = build->open->parent;
        build->depth--;
    }
}

static void characters(void *context, const xmlChar *text, int length)
{
    builder *build = ((xmlParserCtxtPtr)context)->_private;
    nc_xml *node = build->open ? nc_alloc(build->job, sizeof *node) : NULL;

    if (!node)
        return;
    node->text = nc_copy(build->job, (nc_bytes){ (const char *)text, (size_t)length });
    append(build, node);
    ((xmlParserCtxtPtr)context)->wellFormed = 1; /* or &amp; would go behind a first mistake */
}

static void entity_dropped(builder *build, const xmlChar *name)
{
    if (!build->entities)
        nc_warn(build->job, NULL, NC_WARN_PARSE,
                "%.*s: the entity &%.40s; dropped: none is expanded", (int)build->name.len,
                build->name.ptr, (const char *)name);
    build->entities = true;
}

static xmlEntityPtr predefined_entity(void *context, const xmlChar *name)
{
    xmlEntityPtr entity = xmlGetPredefinedEntity(name);

    if (!entity)
        entity_dropped(((xmlParserCtxtPtr)context)->_private, name);
    return entity;
}

static void broken(void *context, xmlErrorPtr error)
{
    builder *build = ((xmlParserCtxtPtr)context)->_private;
    int length = error->message ? (int)strcspn(error->message, "\n") : 0;

    if (error->code == XML_ERR_UNDECLARED_ENTITY || error->code == XML_WAR_UNDECLARED_ENTITY ||
        build->broken || error->level == XML_ERR_WARNING || nc_job_status(build->job))
        return;
    build->broken = true;
    nc_warn(build->job, NULL, NC_WARN_PARSE, "%.*s, line %d: %.*s", (int)build->name.len,
            build->name.ptr, error->line,
            (int)nc_utf8_valid((nc_bytes){ error->message, (size_t)length }),
            error->message ? error->message : "");
}

static void set_handlers(xmlSAXHandler *sax)
{
    *sax = (xmlSAXHandler){
        .initialized = XML_SAX2_MAGIC,
        .startElementNs = start_element,
        .endElementNs = end_element,
        .characters = characters,
        .ignorableWhitespace = characters,
        .cdataBlock = characters,
        .getEntity = predefined_entity,
        .serror = broken,
    };
}

/* Behind the document type declaration that begins at `at`, quotes and internal subset skipped. */
static size_t behind_doctype(nc_bytes bytes, size_t at)
{
    char quote = 0;
    bool subset = false;

    for (; at < bytes.len; at++) {
        char c = bytes.ptr[at];

        if (quote)
            quote = c == quote ? 0 : quote;
        else if (c == '"' || c == '\'')
            quote = c;
        else if (c == '[' || c == ']')
            subset = c == '[';
        else if (c == '>' && !subset)
            return at + 1;
    }
    return at;
}

/* libxml2 looks into declared entities even where nothing expands them: blanks take the place of
 * the declaration. */
static nc_bytes without_doctype(nc_job *job, nc_bytes bytes)
{
    static const char doctype[] = "<!DOCTYPE";
    const char *found = memmem(bytes.ptr, bytes.len, doctype, sizeof doctype - 1);
    size_t start = found ? (size_t)(found - bytes.ptr) : bytes.len;
    size_t end = behind_doctype(bytes, start);
    nc_bytes copy = bytes;

    if (!found)
        return bytes;
    copy = nc_copy(job, bytes);
    for (size_t i = start; i < end && copy.len; i++)
        if (copy.ptr[i] != '\n')
            ((char *)(uintptr_t)copy.ptr)[i] = ' ';
    return copy;
}

nc_xml *nc_xml_parse(nc_job *job, nc_bytes bytes, nc_bytes name)
{
    builder build = { .job = job, .name = name };
    xmlParserCtxtPtr parser;

    if (nc_job_status(job) || !bytes.len)
        return NULL;
    bytes = without_doctype(job, bytes);
    parser = bytes.len && bytes.len <= INT32_MAX
                 ? xmlCreateMemoryParserCtxt(bytes.ptr, (int)bytes.len)
                 : NULL;
    if (parser) {
        set_handlers(parser->sax);
        parser->_private = &build;
        xmlCtxtUseOptions(parser, XML_PARSE_NONET | XML_PARSE_RECOVER);
        xmlParseDocument(parser);
        xmlFreeDoc(parser->myDoc);
        xmlFreeParserCtxt(parser);
    }
    return nc_job_status(job) ? NULL : build.root;
}

/* ---------------------------------------------------------------- looking */

nc_xml *nc_xml_following(const nc_xml *root, const nc_xml *node)
{
    if (node->first)
        return node->first;
    while (node != root && !node->next)
        node = node->parent;
    return node == root ? NULL : node->next;
}

static nc_xml *named(nc_xml *node, const char *name)
{
    while (node && !nc_is(node->name, name))
        node = node->next;
    return node;
}

nc_xml *nc_xml_child(const nc_xml *parent, const char *name)
{
    return parent ? named(parent->first, name) : NULL;
}

nc_xml *nc_xml_sibling(const nc_xml *node, const char *name)
{
    return node ? named(node->next, name) : NULL;
}

nc_xml *nc_xml_find(const nc_xml *root, const char *name)
{
    nc_xml *node = root ? nc_xml_following(root, root) : NULL;

    while (node && !nc_is(node->name, name))
        node = nc_xml_following(root, node);
    return node;
}

nc_bytes nc_xml_value(const nc_xml *node, const char *name)
{
    nc_bytes found = { NULL, 0 };

    for (size_t i = 0; node && i < node->attribute_count; i++) {
        const nc_xml_attribute *attribute = &node->attributes[i];

        if (!nc_is(attribute->name, name))
            continue;
        if (!attribute->space.len)
            return attribute->value;
        if (!found.ptr)
            found = attribute->value;
    }
    return found;
}

nc_bytes nc_xml_text(nc_job *job, const nc_xml *node)
{
    const nc_xml *only = node ? node->first : NULL;
    size_t length = 0, at = 0;
    char *text;

    if (!only || (!only->next && !only->name.len))
        return only ? only->text : (nc_bytes){ "", 0 };
    for (const nc_xml *in = node; in; in = nc_xml_following(node, in))
        length += in->text.len;
    text = nc_alloc(job, length + 1);
    for (const nc_xml *in = node; text && in; in = nc_xml_following(node, in)) {
        if (in->text.len)
            memcpy(text + at, in->text.ptr, in->text.len);
        at += in->text.len;
    }
    return text ? (nc_bytes){ text, length } : (nc_bytes){ "", 0 };
}
