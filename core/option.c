/* SPDX-License-Identifier: MIT */
/* The option table, and setting options by name. */
#include "core/option.h"

typedef enum value_type {
    TYPE_COMMAND,
    TYPE_SWITCH,
    TYPE_NUMBER,
    TYPE_SIZE,
    TYPE_CHOICE,
    TYPE_STRING,
    TYPE_LIST,
    TYPE_METADATA,
    TYPE_VARIABLE,
    TYPE_VARIABLE_JSON,
    TYPE_SYNONYM
} value_type;

/* A row of options.def; headings are rows without a name. */
typedef struct option_row {
    newsconv_option shown;
    value_type type;
    size_t offset; /* in nc_config */
    int64_t minimum, maximum;
    const char *other; /* SYNONYM */
} option_row;

#define MEMBER(member) .offset = offsetof(nc_config, member)
#define GROUP(heading) { .shown = { .group = (heading) } },
#define SWITCH(letter_, name_, member, preset_, help_) \
    { .shown = { .letter = (letter_), .name = (name_), .preset = (preset_), .help = (help_) }, \
      .type = TYPE_SWITCH, \
      MEMBER(member) },
#define NUMBER(letter_, name_, member, preset_, minimum_, maximum_, help_) \
    { .shown = { .letter = (letter_), \
                 .name = (name_), \
                 .argument = "NUMBER", \
                 .preset = (preset_), \
                 .help = (help_) }, \
      .type = TYPE_NUMBER, \
      MEMBER(member), \
      .minimum = (minimum_), \
      .maximum = (maximum_) },
#define SIZE(name_, member, preset_, help_) \
    { .shown = { .name = (name_), .argument = "NUMBER", .preset = (preset_), .help = (help_) }, \
      .type = TYPE_SIZE, \
      MEMBER(member), \
      .minimum = 1, \
      .maximum = INT64_MAX },
#define CHOICE(letter_, name_, member, values_, preset_, help_) \
    { .shown = { .letter = (letter_), \
                 .name = (name_), \
                 .argument = "WORD", \
                 .values = (values_), \
                 .preset = (preset_), \
                 .help = (help_) }, \
      .type = TYPE_CHOICE, \
      MEMBER(member) },
#define STRING(letter_, name_, member, argument_, help_) \
    { .shown = { .letter = (letter_), \
                 .name = (name_), \
                 .argument = (argument_), \
                 .preset = "", \
                 .help = (help_) }, \
      .type = TYPE_STRING, \
      MEMBER(member) },
#define LIST(letter_, name_, member, argument_, help_) \
    { .shown = { .letter = (letter_), \
                 .name = (name_), \
                 .argument = (argument_), \
                 .preset = "", \
                 .repeats = true, \
                 .help = (help_) }, \
      .type = TYPE_LIST, \
      MEMBER(member) },
#define KEYED(letter_, name_, how, argument_, help_) \
    { .shown = { .letter = (letter_), \
                 .name = (name_), \
                 .argument = (argument_), \
                 .preset = "", \
                 .repeats = true, \
                 .help = (help_) }, \
      .type = TYPE_##how },
#define COMMAND(letter_, name_, argument_, preset_, help_) \
    { .shown = { .letter = (letter_), \
                 .name = (name_), \
                 .argument = (argument_), \
                 .preset = (preset_), \
                 .help = (help_), \
                 .command = true } },
#define OPTIONAL(letter_, name_, argument_, help_) \
    { .shown = { .letter = (letter_), \
                 .name = (name_), \
                 .argument = (argument_), \
                 .preset = "", \
                 .help = (help_), \
                 .argument_optional = true, \
                 .command = true } },
#define SYNONYM(letter_, name_, other_, argument_) \
    { .shown = { .letter = (letter_), .name = (name_), .argument = (argument_) }, \
      .type = TYPE_SYNONYM, \
      .other = (other_) },

static const option_row rows[] = {
#include "core/options.def"
};

enum { ROW_COUNT = sizeof rows / sizeof rows[0] };

const newsconv_option *nc_option_row(size_t index)
{
    return index < ROW_COUNT ? &rows[index].shown : NULL;
}

bool nc_next_word(const char **words, nc_bytes *word)
{
    if (!*words)
        return false;
    const char *start = *words + strspn(*words, " ");

    word->ptr = start;
    word->len = strcspn(start, " ");
    *words = start + word->len;
    return word->len > 0;
}

int nc_word_index(const char *words, nc_bytes word)
{
    nc_bytes candidate;

    for (int index = 0; nc_next_word(&words, &candidate); index++)
        if (nc_same(candidate, word))
            return index;
    return -1;
}

static int64_t scale_of(char suffix)
{
    switch (suffix) {
    case 'k':
    case 'K': return INT64_C(1) << 10;
    case 'm':
    case 'M': return INT64_C(1) << 20;
    case 'g':
    case 'G': return INT64_C(1) << 30;
    default: return 0;
    }
}

bool nc_parse_number(const char *text, int64_t minimum, int64_t maximum, bool scaled,
                     int64_t *number)
{
    const char *at = text + (*text == '-');
    int64_t value = 0;

    if (*at < '0' || *at > '9')
        return false;
    for (; *at >= '0' && *at <= '9'; at++)
        if (__builtin_mul_overflow(value, 10, &value) ||
            __builtin_add_overflow(value, *at - '0', &value))
            return false;
    if (scaled && scale_of(*at) && __builtin_mul_overflow(value, scale_of(*at++), &value))
        return false;
    if (*text == '-')
        value = -value;
    *number = value;
    return !*at && value >= minimum && value <= maximum;
}

static const option_row *row_named(const char *name)
{
    for (size_t i = 0; i < ROW_COUNT; i++)
        if (rows[i].shown.name && strcmp(rows[i].shown.name, name) == 0)
            return rows[i].type == TYPE_SYNONYM ? row_named(rows[i].other) : &rows[i];
    return NULL;
}

static nc_status fail_unknown(nc_job *job, const char *name)
{
    nc_nearest nearest = { .word = nc_string(name) };
    nc_bytes hint;

    for (size_t i = 0; i < ROW_COUNT; i++)
        if (rows[i].shown.name)
            nc_nearest_try(&nearest, nc_string(rows[i].shown.name));
    hint = nc_nearest_hint(job, &nearest, "--");
    return nc_fail(job, NC_EUSAGE, "unknown option --%s%.*s", name, (int)hint.len, hint.ptr);
}

static nc_status fail_value(nc_job *job, const option_row *row, const char *value)
{
    const char *name = row->shown.name;
    nc_nearest nearest = { .word = nc_string(value) };
    const char *words = row->shown.values;
    nc_bytes word, hint;

    switch (row->type) {
    case TYPE_SWITCH:
        return nc_fail(job, NC_EUSAGE, "--%s takes true or false, not '%s'", name, value);
    case TYPE_NUMBER:
        return nc_fail(job, NC_EUSAGE, "--%s takes a number from %lld to %lld, not '%s'", name,
                       (long long)row->minimum, (long long)row->maximum, value);
    case TYPE_SIZE:
        return nc_fail(job, NC_EUSAGE, "--%s takes a number such as 500 or 64M, not '%s'", name,
                       value);
    default:
        while (nc_next_word(&words, &word))
            nc_nearest_try(&nearest, word);
        hint = nc_nearest_hint(job, &nearest, "");
        return nc_fail(job, NC_EUSAGE, "--%s takes one of %s, not '%s'%.*s", name,
                       row->shown.values, value, (int)hint.len, hint.ptr);
    }
}

static bool is_true(nc_bytes text)
{
    return nc_is(text, "true") || nc_is(text, "True") || nc_is(text, "TRUE");
}

static bool is_false(nc_bytes text)
{
    return nc_is(text, "false") || nc_is(text, "False") || nc_is(text, "FALSE");
}

/* KEY, KEY=VALUE or KEY:VALUE; a key alone is true. */
static nc_pair split_keyed(nc_job *job, const char *text)
{
    nc_bytes whole = nc_copy(job, nc_string(text));
    size_t length = strcspn(text, ":=");
    nc_pair pair = { .key = { whole.ptr, length }, .value = NC_LITERAL("true") };

    if (!whole.ptr)
        return (nc_pair){ 0 };
    if (length < whole.len)
        pair.value = (nc_bytes){ whole.ptr + length + 1, whole.len - length - 1 };
    return pair;
}

static nc_node *new_value(nc_job *job, nc_bytes text)
{
    bool boolean = is_true(text) || is_false(text);
    nc_node *value = nc_node_new(job, boolean ? NC_META_BOOL : NC_META_STRING);

    if (value && boolean)
        value->number = is_true(text);
    else if (value)
        value->text = text;
    return value;
}

/* Give `key` the value; a key that is there becomes a list, as pandoc has it. */
static void add_keyed(nc_job *job, nc_node *map, nc_pair pair)
{
    nc_node *before = nc_meta_value(map, pair.key);
    nc_node *value = new_value(job, pair.value);

    if (before && before->kind == NC_META_LIST) {
        nc_append(job, before, value);
        return;
    }
    if (!before) {
        nc_node *slot = nc_meta_set(job, map, pair.key, value ? value->kind : NC_META_STRING);

        if (slot && value && value->kind == NC_META_BOOL)
            slot->number = value->number;
        else if (slot && value)
            slot->text = value->text;
        return;
    }
    nc_detach(before);

    nc_node *list = nc_meta_set(job, map, pair.key, NC_META_LIST);

    nc_append(job, list, before);
    nc_append(job, list, value);
}

static void set_json_variable(nc_job *job, nc_config *config, nc_pair pair)
{
    nc_pair *item = nc_list_push(job, &config->json_variables, sizeof *item);

    if (item)
        *item = pair;
}

static const char *copy_string(nc_job *job, const char *text)
{
    size_t size = strlen(text) + 1;
    char *copy = nc_alloc(job, size);

    return copy ? memcpy(copy, text, size) : NULL;
}

static void push_string(nc_job *job, nc_list *list, const char *text)
{
    const char **item = nc_list_push(job, list, sizeof *item);

    if (item)
        *item = copy_string(job, text);
}

/* Forget what an option without default was given. */
static nc_status clear(nc_job *job, nc_config *config, const option_row *row)
{
    char *member = (char *)config + row->offset;

    switch (row->type) {
    case TYPE_STRING: *(const char **)member = NULL; break;
    case TYPE_LIST: *(nc_list *)member = (nc_list){ 0 }; break;
    case TYPE_METADATA: config->metadata = nc_node_new(job, NC_META_MAP); break;
    case TYPE_VARIABLE: config->variables = nc_node_new(job, NC_META_MAP); break;
    case TYPE_VARIABLE_JSON: config->json_variables = (nc_list){ 0 }; break;
    case TYPE_SWITCH: *(signed char *)member = -1; break;
    default: break;
    }
    return nc_job_status(job);
}

/* Store a value that has one of a few forms; false if it has not. */
static bool store_parsed(nc_config *config, const option_row *row, const char *value)
{
    char *member = (char *)config + row->offset;
    nc_bytes text = nc_string(value);
    int64_t number = 0;

    switch (row->type) {
    case TYPE_SWITCH:
        *(signed char *)member = is_true(text);
        return is_true(text) || is_false(text);
    case TYPE_CHOICE:
        number = nc_word_index(row->shown.values, text);
        *(int *)member = number < 0 ? 0 : (int)number;
        return number >= 0;
    case TYPE_SIZE:
        if (!nc_parse_number(value, row->minimum, row->maximum, true, &number))
            return false;
        *(size_t *)member = (size_t)number;
        return true;
    default:
        if (!nc_parse_number(value, row->minimum, row->maximum, false, &number))
            return false;
        *(int64_t *)member = number;
        return true;
    }
}

static nc_status store(nc_job *job, nc_config *config, const option_row *row, const char *value)
{
    switch (row->type) {
    case TYPE_STRING:
        *(const char **)((char *)config + row->offset) = copy_string(job, value);
        break;
    case TYPE_LIST: push_string(job, (nc_list *)((char *)config + row->offset), value); break;
    case TYPE_METADATA: add_keyed(job, config->metadata, split_keyed(job, value)); break;
    case TYPE_VARIABLE: add_keyed(job, config->variables, split_keyed(job, value)); break;
    case TYPE_VARIABLE_JSON: set_json_variable(job, config, split_keyed(job, value)); break;
    default:
        if (!store_parsed(config, row, value))
            return fail_value(job, row, value);
    }
    return nc_job_status(job);
}

nc_status nc_config_set(nc_job *job, nc_config *config, const char *name, const char *value)
{
    const option_row *row = row_named(name);

    if (!row)
        return fail_unknown(job, name);
    if (row->shown.command)
        return nc_fail(job, NC_EUSAGE, "--%s is an option of the command only", name);
    if (!value && row->type == TYPE_SWITCH)
        value = "true";
    if (!value && !*row->shown.preset)
        return clear(job, config, row);
    return store(job, config, row, value ? value : row->shown.preset);
}

nc_status nc_config_reset(nc_job *job, nc_config *config)
{
    *config = (nc_config){ 0 };
    for (size_t i = 0; i < ROW_COUNT; i++) {
        const option_row *row = &rows[i];

        if (!row->shown.name || row->shown.command || row->type == TYPE_SYNONYM)
            continue;
        if (*row->shown.preset)
            store(job, config, row, row->shown.preset);
        else
            clear(job, config, row);
    }
    return nc_job_status(job);
}
