/* SPDX-License-Identifier: MIT */
/* The rules of the kinds of nodes, which write.c puts into its table. */
#ifndef NEWSCONV_HTML_WRITE_RULES_H
#define NEWSCONV_HTML_WRITE_RULES_H

#include "plugins/html/write.h"

#define HTML_OPEN(name) bool html_##name##_open(nc_out *out, const nc_node *node)
#define HTML_CLOSE(name) void html_##name##_close(nc_out *out, const nc_node *node)

HTML_OPEN(plain);
HTML_CLOSE(plain);
HTML_OPEN(para);
HTML_CLOSE(para);
HTML_OPEN(line_block);
HTML_CLOSE(line_block);
HTML_CLOSE(line);
HTML_OPEN(code_block);
HTML_OPEN(raw_block);
HTML_OPEN(rule);
HTML_OPEN(quote);
HTML_CLOSE(quote);
HTML_OPEN(div);
HTML_CLOSE(div);
HTML_OPEN(figure);
HTML_CLOSE(figure);
HTML_OPEN(heading);
HTML_CLOSE(heading);

HTML_OPEN(bullet_list);
HTML_CLOSE(bullet_list);
HTML_OPEN(ordered_list);
HTML_CLOSE(ordered_list);
HTML_OPEN(item);
HTML_CLOSE(item);
HTML_OPEN(definition_list);
HTML_CLOSE(definition_list);
HTML_OPEN(term);
HTML_CLOSE(term);
HTML_OPEN(definition);
HTML_CLOSE(definition);

HTML_OPEN(table);
HTML_CLOSE(table);
HTML_OPEN(caption);
HTML_CLOSE(caption);
HTML_OPEN(table_head);
HTML_CLOSE(table_head);
HTML_OPEN(table_body);
HTML_CLOSE(table_body);
HTML_OPEN(body_head);
HTML_CLOSE(body_head);
HTML_OPEN(table_foot);
HTML_CLOSE(table_foot);
HTML_OPEN(row);
HTML_CLOSE(row);
HTML_OPEN(cell);
HTML_CLOSE(cell);

HTML_OPEN(emph);
HTML_CLOSE(emph);
HTML_OPEN(underline);
HTML_CLOSE(underline);
HTML_OPEN(strong);
HTML_CLOSE(strong);
HTML_OPEN(strikeout);
HTML_CLOSE(strikeout);
HTML_OPEN(superscript);
HTML_CLOSE(superscript);
HTML_OPEN(subscript);
HTML_CLOSE(subscript);
HTML_OPEN(small_caps);
HTML_CLOSE(span_end);
HTML_OPEN(quoted);
HTML_CLOSE(quoted);
HTML_OPEN(cite);
HTML_OPEN(code);
HTML_OPEN(line_break);
HTML_OPEN(math);
HTML_OPEN(raw_inline);
HTML_OPEN(link);
HTML_CLOSE(link);
HTML_OPEN(image);
HTML_OPEN(note);
HTML_CLOSE(note);
HTML_OPEN(span);
HTML_CLOSE(span);

/* Put the checkbox that `run` begins with, if it does; returns how many bytes of the run it stands
 * for. */
size_t html_task_box(html_writer *w, const nc_node *run);

/* What a Div that begins with a heading is. */
typedef enum html_section {
    HTML_SECTION_NONE,  /* no section */
    HTML_SECTION_BARE,  /* one that needs no element of its own */
    HTML_SECTION_MARKED /* one that takes its heading's identifier */
} html_section;

html_section html_section_of(const html_writer *w, const nc_node *div);

/* `<section` with the attributes of the Div and its heading. */
void html_section_open(html_writer *w, const nc_node *div);

/* What follows the caption of a figure. */
void html_figure_end(html_writer *w);

/* Count a heading for its number, and put the number. */
void html_number_heading(html_writer *w, const nc_node *node);
void html_heading_number(html_writer *w, const nc_node *node, const char *class_name);

#endif
