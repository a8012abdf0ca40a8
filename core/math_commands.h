/* SPDX-License-Identifier: MIT */
/* The commands of TeX that formulas are read by. For core/math and for writers of formulas. */
#ifndef NEWSCONV_MATH_COMMANDS_H
#define NEWSCONV_MATH_COMMANDS_H

#include "core/plugin.h"

/* What a command is. The first are TeX's classes of atoms, which decide about the spaces around them. */
typedef enum math_class {
    MATH_START,                 /* nothing yet */
    MATH_ORDINARY,
    MATH_BINARY,
    MATH_RELATION,
    MATH_OPEN,
    MATH_PUNCTUATION,
    MATH_OPERATOR,              /* a name, such as sin */
    MATH_LIMITS_OPERATOR,       /* such as lim: two scripts go above and below, which text cannot show */
    MATH_LIMITS,                /* such as a sum: the same, and no space behind */
    MATH_SPACE,
    MATH_ACCENT,                /* of the argument */
    MATH_GROUP,                 /* the argument as it is */
    MATH_DOUBLE, MATH_SCRIPT, MATH_FRAKTUR, /* alphabets of the argument */
    MATH_TEXT,                  /* the argument is text */
    MATH_NAME,                  /* the argument is the name of an operator */
    MATH_DROPPED,               /* so is its argument */
    MATH_DELIMITER,             /* left, right */
    MATH_NOTHING,               /* sizes */
    MATH_ENVIRONMENT
} math_class;

typedef struct math_command {
    const char *name;           /* without backslash */
    const char *text;           /* of GROUP and TEXT: the HTML element that they are, "" for upright letters */
    math_class class;
} math_command;

#pragma GCC visibility push(default)

/* The command `name`, without backslash; NULL if it is unknown. */
const math_command *nc_math_command(nc_bytes name);

/* The form of a letter or digit in one of the alphabets; itself where it has none. */
uint32_t nc_math_letter(uint32_t c, math_class alphabet);

#pragma GCC visibility pop

#endif
