/* SPDX-License-Identifier: MIT */
/* XML as small trees in the job's arena: elements, attributes, texts. libxml2 parses, with no network, no DTD and no
 * entities but the five of XML itself. Linked only into the modules that use it. */
#ifndef NEWSCONV_XML_H
#define NEWSCONV_XML_H

#include "core/plugin.h"

typedef struct nc_xml nc_xml;

typedef struct nc_xml_attribute {
    nc_bytes space, name, value; /* space: the namespace, empty for none; name: without prefix */
} nc_xml_attribute;

struct nc_xml {
    nc_xml *parent, *next, *first, *last;
    nc_bytes space, name;       /* as above; a text has no name */
    nc_bytes text;              /* of a text */
    size_t attribute_count;
    const nc_xml_attribute *attributes;
};

/* Parse a document and return its root element. What breaks the rules of XML is a warning as long as something can be
 * read; `name` is that of the document, for messages.
 * Errors: NULL when there is no root element; ELIMIT when it is nested too deeply. */
nc_xml *nc_xml_parse(nc_job *job, nc_bytes bytes, nc_bytes name);

/* The next node below `root` in the order of the document, NULL behind the last. */
nc_xml *nc_xml_following(const nc_xml *root, const nc_xml *node);

/* The first / next child element of that name, whatever its namespace; NULL: there is none. */
nc_xml *nc_xml_child(const nc_xml *parent, const char *name);
nc_xml *nc_xml_sibling(const nc_xml *node, const char *name);

/* The first element of that name below `root`, whatever its namespace. */
nc_xml *nc_xml_find(const nc_xml *root, const char *name);

/* The value of an attribute, {NULL, 0} when there is none. One without a namespace goes before others. */
nc_bytes nc_xml_value(const nc_xml *node, const char *name);

/* All text below `node`, as it stands. */
nc_bytes nc_xml_text(nc_job *job, const nc_xml *node);

#endif
