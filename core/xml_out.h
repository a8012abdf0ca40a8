/* SPDX-License-Identifier: MIT */
/* XML out: text, attributes and plain elements. */
#ifndef NEWSCONV_XML_OUT_H
#define NEWSCONV_XML_OUT_H

#include "core/plugin.h"

#pragma GCC visibility push(default)

/* Write `text` for between tags or quotes. Tabs and line breaks become blanks, unless `lines` keeps them. Characters
 * that XML 1.0 cannot hold are dropped with a warning. */
void nc_put_xml(nc_buf *buf, nc_bytes text, bool lines);

/* Write ` name="value"`; nothing when the value is empty. */
void nc_put_xml_attribute(nc_buf *buf, const char *name, nc_bytes value);

/* Write `<name>text</name>` and a line break; nothing when the text is empty. */
void nc_put_xml_element(nc_buf *buf, const char *name, nc_bytes text);

#pragma GCC visibility pop

#endif
