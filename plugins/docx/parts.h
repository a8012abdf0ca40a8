/* SPDX-License-Identifier: MIT */
/* The writers of the single parts, called by package.c once the tree has been walked. */
#ifndef NEWSCONV_DOCX_PARTS_H
#define NEWSCONV_DOCX_PARTS_H

#include "docx.h"

#define XML_HEAD "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n"
#define OOXML "http://schemas.openxmlformats.org/"
#define NS_W "xmlns:w=\"" OOXML "wordprocessingml/2006/main\""
#define NS_STORY \
    NS_W \
        " xmlns:r=\"" OOXML "officeDocument/2006/relationships\" xmlns:m=\"" OOXML \
        "officeDocument/2006/math\"" \
        " xmlns:wp=\"" OOXML "drawingml/2006/wordprocessingDrawing\" xmlns:a=\"" OOXML \
        "drawingml/2006/main\"" \
        " xmlns:pic=\"" OOXML "drawingml/2006/picture\" xmlns:v=\"urn:schemas-microsoft-com:vml\"" \
        " xmlns:o=\"urn:schemas-microsoft-com:office:office\" xmlns:w10=\"urn:schemas-microsoft-com:office:word\""
#define RELATIONS OOXML "officeDocument/2006/relationships/"

/* styles.c */
void docx_style_known(docx *d, style_type type, nc_bytes id, nc_bytes name);
void docx_styles_settle(docx *d);
void docx_put_missing_styles(docx *d, nc_buf *buf);
void docx_put_styles(docx *d, nc_buf *buf);

/* list.c */
void docx_put_abstract_numbers(docx *d, nc_buf *buf, int64_t first_id);
void docx_put_numbers(docx *d, nc_buf *buf, int64_t first_id);

/* title.c */
void docx_put_title_block(docx *d);
void docx_put_contents(docx *d);
void docx_put_dateline(docx *d);

/* properties.c */
void docx_put_core_properties(docx *d, nc_buf *buf);
void docx_put_app_properties(docx *d, nc_buf *buf);
bool docx_put_custom_properties(docx *d, nc_buf *buf);
nc_bytes docx_meta_text(docx *d, const char *key);

/* media.c */
extern const nc_bytes docx_blank_picture;

/* settings.c */
void docx_measure_page(docx *d);
void docx_put_section(docx *d, nc_buf *buf);
void docx_put_settings(docx *d, nc_buf *buf);
void docx_put_note_settings(docx *d, nc_buf *buf);
void docx_put_numbering(docx *d, nc_buf *buf);

/* note.c */
void docx_end_comments(docx *d);

/* reference.c: what a reference document gives; false when there is none. */
bool docx_reference_open(docx *d); /* false: the job has failed */
void docx_reference_close(docx *d);
bool docx_reference_styles(docx *d, nc_buf *buf);
bool docx_reference_settings(docx *d, nc_buf *buf);
bool docx_reference_has_numbers(const docx *d);
bool docx_reference_numbers(docx *d, nc_buf *buf);
bool docx_reference_section(docx *d, nc_buf *buf);
void docx_reference_add(docx *d); /* theme, fonts, headers and footers */

/* package.c */
void docx_package_write(docx *d, nc_buf *out);
int64_t docx_relate(docx *d, docx_part *part, const char *type, nc_bytes target, bool external);
nc_buf *docx_add_part(docx *d, nc_bytes name, const char *content_type);
void docx_add_bytes(docx *d, nc_bytes name, const char *content_type, nc_bytes bytes,
                    nc_packing packing);

#endif
