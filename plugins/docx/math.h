/* SPDX-License-Identifier: MIT */
/* What the two files share that read TeX formulas: math.c characters, groups and scripts, math_command.c commands. */
#ifndef NEWSCONV_DOCX_MATH_H
#define NEWSCONV_DOCX_MATH_H

#include "docx.h"

enum { DEEPEST_FORMULA = 32 };

typedef enum base_kind { BASE_PLAIN, BASE_NARY, BASE_LIMIT } base_kind;

typedef struct docx_formula {
    docx *d;
    nc_bytes tex;
    size_t at;
    nc_buf out;
    int depth;
    bool failed, in_option;     /* in the brackets of \sqrt[3] */
    const char *script, *style; /* of letters: m:scr and m:sty, NULL for the usual ones */
    base_kind base;             /* of the atom just written */
    nc_bytes sign;              /* of BASE_NARY */
} docx_formula;

/* The formula as elements of m:oMath; {NULL, 0} when it cannot be had. */
nc_bytes docx_math(docx *d, nc_bytes tex);

/* Reading. */
char docx_math_peek(const docx_formula *f);
void docx_math_skip_blanks(docx_formula *f);
nc_bytes docx_math_peek_command(const docx_formula *f);     /* without backslash; nothing is taken */
nc_bytes docx_math_braced(docx_formula *f);                 /* what stands between { and its }, as it is */

/* Reading and writing: an argument (between tags), a row, the command at the place. */
void docx_math_argument(docx_formula *f);
void docx_math_element(docx_formula *f, const char *open, const char *close);
nc_bytes docx_math_taken_argument(docx_formula *f);         /* not written, to stand elsewhere */
void docx_math_row(docx_formula *f);
bool docx_math_command(docx_formula *f);                    /* false: it ends the row, and is not taken */

/* Writing: XML as it is, letters in the style that holds, signs, words. */
void docx_math_put(docx_formula *f, const char *xml);
void docx_math_letter(docx_formula *f, nc_bytes letter);
void docx_math_sign(docx_formula *f, nc_bytes sign);
void docx_math_words(docx_formula *f, nc_bytes text);

#endif
