/* SPDX-License-Identifier: MIT */
/* The tables that kinds.def becomes. */
#include "core/plugin.h"

#define HERE(name, type, member) \
    { \
        name, NC_FIELD_##type, 0, false, offsetof(nc_node, member) \
    }
#define THERE(name, type, record, member) \
    { \
        name, NC_FIELD_##type, 0, true, offsetof(nc_##record, member) \
    }
#define CHILDREN(name, type) \
    { \
        name, NC_FIELD_##type, 0, false, 0 \
    }
#define PART(name, id) \
    { \
        name, NC_FIELD_PART, NC_##id, false, 0 \
    }
#define PARTS(name, id) \
    { \
        name, NC_FIELD_PARTS, NC_##id, false, 0 \
    }
#define F0() \
    0, \
    { \
        { \
            NULL, 0, 0, false, 0 \
        } \
    }
#define F1(a) \
    1, \
    { \
        a \
    }
#define F2(a, b) \
    2, \
    { \
        a, b \
    }
#define F3(a, b, c) \
    3, \
    { \
        a, b, c \
    }
#define F4(a, b, c, d) \
    4, \
    { \
        a, b, c, d \
    }
#define F5(a, b, c, d, e) \
    5, \
    { \
        a, b, c, d, e \
    }
#define F6(a, b, c, d, e, f) \
    6, \
    { \
        a, b, c, d, e, f \
    }
#define NC_KIND(id, name, level, holds, fields) \
    [NC_##id] = { name, NC_LEVEL_##level, holds, fields },

const nc_kind_info nc_kinds[NC_KIND_COUNT] = {
#include "core/kinds.def"
};

const char *const nc_quote_type_names[] = { "SingleQuote", "DoubleQuote", NULL };
const char *const nc_math_type_names[] = { "DisplayMath", "InlineMath", NULL };
const char *const nc_alignment_names[] = { "AlignLeft", "AlignRight", "AlignCenter", "AlignDefault",
                                           NULL };
const char *const nc_list_style_names[] = { "DefaultStyle", "Example",    "Decimal",
                                            "LowerRoman",   "UpperRoman", "LowerAlpha",
                                            "UpperAlpha",   NULL };
const char *const nc_list_delim_names[] = { "DefaultDelim", "Period", "OneParen", "TwoParens",
                                            NULL };
const char *const nc_citation_mode_names[] = { "AuthorInText", "SuppressAuthor", "NormalCitation",
                                               NULL };
