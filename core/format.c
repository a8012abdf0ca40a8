/* SPDX-License-Identifier: MIT */
/* Formats by name, extension and content, and the options of formats. */
#include "core/format.h"

#include "core/option.h"

#include <strings.h>

enum { HEAD_SIZE = 4096 };

nc_bytes nc_format_plain_name(const char *spec)
{
    return (nc_bytes){ spec, strcspn(spec, "+-") };
}

static bool has_direction(const nc_known *known, nc_direction direction)
{
    return direction == NC_READING ? known->reads : known->writes;
}

/* ---------------------------------------------------------------- by name */

static nc_known *find_named(const nc_library *library, nc_bytes name, nc_direction direction)
{
    nc_known *known;

    for (size_t i = 0; (known = nc_library_at(library, i)); i++)
        if (has_direction(known, direction) && nc_is(name, known->name))
            return known;
    for (size_t i = 0; (known = nc_library_at(library, i)); i++)
        if (has_direction(known, direction) && nc_word_index(known->aliases, name) >= 0)
            return known;
    return NULL;
}

static void fail_unknown(nc_job *job, const nc_library *library, nc_bytes name,
                         nc_direction direction)
{
    const char *what = direction == NC_READING ? "input" : "output";
    nc_direction other = direction == NC_READING ? NC_WRITING : NC_READING;
    nc_nearest nearest = { .word = name };
    const nc_known *known;
    nc_bytes hint;

    job->stage = direction == NC_READING ? NC_STAGE_INPUT : NC_STAGE_WRITE;
    if (find_named(library, name, other)) {
        nc_fail(job, NC_EUNSUPPORTED, "%.*s is no %s format: newsconv can only %s it",
                (int)name.len, name.ptr, what, direction == NC_READING ? "write" : "read");
        return;
    }
    for (size_t i = 0; (known = nc_library_at(library, i)); i++)
        if (has_direction(known, direction))
            nc_nearest_try(&nearest, nc_string(known->name));
    hint = nc_nearest_hint(job, &nearest, "");
    nc_fail(job, NC_EUNSUPPORTED, "unknown %s format %.*s%.*s", what, (int)name.len, name.ptr,
            (int)hint.len, hint.ptr);
}

nc_known *nc_format_named(nc_job *job, nc_library *library, nc_bytes name, nc_direction direction)
{
    nc_known *known = nc_library_ready(job, library) ? NULL : find_named(library, name, direction);

    if (!known && !nc_job_status(job))
        fail_unknown(job, library, name, direction);
    return known;
}

/* ---------------------------------------------------------------- by extension and content */

static nc_bytes lower_extension(nc_job *job, const char *path)
{
    const char *slash = strrchr(path, '/');
    const char *dot = strrchr(slash ? slash : path, '.');
    nc_bytes extension = nc_copy(job, nc_string(dot ? dot + 1 : ""));
    char *lower = extension.len ? nc_alloc(job, extension.len) : NULL;

    for (size_t i = 0; lower && i < extension.len; i++) {
        char c = extension.ptr[i];

        lower[i] = (char)(c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c);
    }
    return (nc_bytes){ lower, lower ? extension.len : 0 };
}

const char *nc_format_by_extension(nc_job *job, nc_library *library, const char *path,
                                   nc_direction direction)
{
    nc_bytes extension = lower_extension(job, path);
    const char *other = NULL;
    const nc_known *known;

    if (!extension.len || nc_library_ready(job, library))
        return NULL;
    for (size_t i = 0; (known = nc_library_at(library, i)); i++) {
        if (nc_word_index(known->extensions, extension) < 0)
            continue;
        if (has_direction(known, direction))
            return known->name;
        other = known->name;
    }
    return other;
}

const char *nc_format_by_content(nc_job *job, nc_library *library, nc_bytes bytes, const char *name)
{
    nc_bytes head = { bytes.ptr, bytes.len < HEAD_SIZE ? bytes.len : HEAD_SIZE };
    const nc_known *best = NULL;
    nc_known *known;
    int best_step = NC_PROBE_NO;

    if (nc_library_ready(job, library))
        return NULL;
    for (size_t i = 0; (known = nc_library_at(library, i)); i++) {
        const nc_format *format =
            known->probes && known->reads ? nc_library_load(job, library, known) : NULL;
        int step = format ? format->probe(head, name) : NC_PROBE_NO;

        if (step > NC_PROBE_NO && step == best_step)
            nc_fail(job, NC_EUNSUPPORTED, "the formats %s and %s both claim %s: say which with -f",
                    best->name, known->name, name);
        if (step > best_step) {
            best = known;
            best_step = step;
        }
    }
    return best && !nc_job_status(job) ? best->name : NULL;
}

/* ---------------------------------------------------------------- options */

static void set_preset(const nc_option *row, char *options, bool raw)
{
    char *member = options + row->offset;

    switch (row->type) {
    case NC_OPTION_BOOL: *(bool *)member = raw ? row->raw_preset : row->preset != 0; break;
    case NC_OPTION_INT: *(int64_t *)member = row->preset; break;
    case NC_OPTION_ENUM: *(int *)member = (int)row->preset; break;
    default: break;
    }
}

/* The value that -V gave as text; of several the last. NULL: none. */
static const char *variable_text(nc_job *job, const nc_node *value)
{
    if (value && value->kind == NC_META_LIST)
        value = value->last;
    if (!value)
        return NULL;
    if (value->kind == NC_META_BOOL)
        return value->number ? "true" : "false";
    return value->kind == NC_META_STRING
               ? nc_print(job, "%.*s", (int)value->text.len, value->text.ptr).ptr
               : NULL;
}

static void set_value(nc_job *job, const nc_option *row, char *options, const char *text)
{
    char *member = options + row->offset;
    int index;

    switch (row->type) {
    case NC_OPTION_INT:
        if (!nc_parse_number(text, row->minimum, row->maximum, false, (int64_t *)member))
            nc_fail(job, NC_EUSAGE, "-V %s takes a number from %lld to %lld, not '%s'", row->name,
                    (long long)row->minimum, (long long)row->maximum, text);
        break;
    case NC_OPTION_ENUM:
        index = nc_word_index(row->values, nc_string(text));
        if (index < 0)
            nc_fail(job, NC_EUSAGE, "-V %s takes one of %s, not '%s'", row->name, row->values,
                    text);
        *(int *)member = index;
        break;
    case NC_OPTION_STRING: *(const char **)member = text; break;
    default: break;
    }
}

static void fill_options(nc_job *job, const nc_option *rows, char *options)
{
    const nc_node *variables = job->settings.variables;

    for (const nc_option *row = rows; row && row->name; row++) {
        const char *text = variable_text(job, nc_meta_value(variables, nc_string(row->name)));

        set_preset(row, options, job->settings.raw);
        if (text && row->type != NC_OPTION_BOOL)
            set_value(job, row, options, text);
    }
}

static nc_status fail_switch(nc_job *job, const nc_format *format, nc_bytes name)
{
    nc_nearest nearest = { .word = name };
    nc_bytes hint;

    job->stage = NC_STAGE_OPTIONS;
    for (const nc_option *row = format->options; row && row->name; row++)
        if (row->type == NC_OPTION_BOOL)
            nc_nearest_try(&nearest, nc_string(row->name));
    hint = nc_nearest_hint(job, &nearest, "");
    return nc_fail(job, NC_EUNSUPPORTED, "the format %s has no extension %.*s%.*s", format->name,
                   (int)name.len, name.ptr, (int)hint.len, hint.ptr);
}

static nc_status set_switch(nc_job *job, const nc_format *format, char *options, nc_bytes name,
                            bool on)
{
    for (const nc_option *row = format->options; row && row->name; row++) {
        if (row->type == NC_OPTION_BOOL && nc_is(name, row->name)) {
            *(bool *)(options + row->offset) = on;
            return NC_OK;
        }
    }
    return fail_switch(job, format, name);
}

/* The switches behind a format's name: +name and -name. */
static nc_status set_switches(nc_job *job, const nc_format *format, char *options, const char *at)
{
    while (*at && !nc_job_status(job)) {
        bool on = *at++ == '+';
        nc_bytes name = { at, strcspn(at, "+-") };

        set_switch(job, format, options, name, on);
        at += name.len;
    }
    return nc_job_status(job);
}

nc_status nc_format_choose(nc_job *job, nc_library *library, const char *spec,
                           nc_direction direction, nc_chosen *chosen)
{
    nc_bytes name = nc_format_plain_name(spec);
    nc_known *known = nc_format_named(job, library, name, direction);
    const nc_format *format = known ? nc_library_load(job, library, known) : NULL;
    char *options = format ? nc_alloc(job, format->options_size + 1) : NULL;

    *chosen = (nc_chosen){ 0 };
    if (!options)
        return nc_job_status(job);
    fill_options(job, format->options, options);
    if (set_switches(job, format, options, name.ptr + name.len))
        return nc_job_status(job);
    *chosen = (nc_chosen){ format, options };
    return nc_job_status(job);
}
