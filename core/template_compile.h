/* SPDX-License-Identifier: MIT */
/* The state of compiling a template, and the small pieces of its syntax. Shared by the compiler's files alone. */
#ifndef NEWSCONV_TEMPLATE_COMPILE_H
#define NEWSCONV_TEMPLATE_COMPILE_H

#include "core/template_parts.h"

typedef struct nc_template_compiler {
    nc_job *job;
    nc_template *compiled;
    nc_bytes name;
    const char *start, *at, *end;
    bool nested, breaking; /* inside $^$; inside $~$ */
    size_t nest,
        nest_depth; /* bytes of indentation that the lines inside $^$ have; the depth of its parts */
    size_t depth, partial_depth;
    nc_partial partial;
    void *data;
} nc_template_compiler;

bool nc_template_failed(const nc_template_compiler *c);

/* Fail the job with the line and column of `place`, and end the parsing. */
void nc_template_fail(nc_template_compiler *c, const char *place, const char *what);

bool nc_template_blank(char c);
void nc_template_skip_blanks(nc_template_compiler *c);

/* The bytes of a line end at `at`: 0, 1 or 2. */
size_t nc_template_line_end(const nc_template_compiler *c, const char *at);
bool nc_template_skip_line_end(nc_template_compiler *c);

/* Pass over `word` if it stands here. */
bool nc_template_skip(nc_template_compiler *c, const char *word);

/* A name with dots and pipes. NULL when memory ends. */
nc_variable *nc_template_variable(nc_template_compiler *c);

/* `/pipe/pipe …`, NULL if there is none. */
nc_pipe *nc_template_pipes(nc_template_compiler *c);

/* The name of `name()` if that stands here, else a length of 0. */
nc_bytes nc_template_partial_name(nc_template_compiler *c);

/* `[text]`, if it follows. */
bool nc_template_separator(nc_template_compiler *c, nc_bytes *text);

#endif
