/* SPDX-License-Identifier: MIT */
/* The reference document: the newsroom's own styles, page, headers and footers. */
#include "docx.h"
#include "parts.h"

bool docx_reference_open(docx *d)
{
    (void)d;
    return true;
}

void docx_reference_close(docx *d)
{
    (void)d;
}

bool docx_reference_styles(docx *d, nc_buf *buf)
{
    (void)d;
    (void)buf;
    return false;
}

bool docx_reference_settings(docx *d, nc_buf *buf)
{
    (void)d;
    (void)buf;
    return false;
}

bool docx_reference_has_numbers(const docx *d)
{
    (void)d;
    return false;
}

bool docx_reference_numbers(docx *d, nc_buf *buf)
{
    (void)d;
    (void)buf;
    return false;
}

bool docx_reference_section(docx *d, nc_buf *buf)
{
    (void)d;
    (void)buf;
    return false;
}

void docx_reference_add(docx *d)
{
    (void)d;
}
