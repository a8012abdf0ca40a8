/* SPDX-License-Identifier: MIT */
/* The command line, as pandoc reads it: long options with = or a word behind them, shortened as
 * far as they are unambiguous; letters with their argument joined or apart; options before and
 * behind file names; -- ends them. */
#include "core/cli/command.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

typedef struct cursor {
    char **next, **end;
} cursor;

static void fail_usage(command *cmd, const char *sentence, const char *subject)
{
    fprintf(stderr, "newsconv: ");
    fprintf(stderr, sentence, subject);
    fprintf(stderr, "\nTry newsconv --help for more information.\n");
    cmd->exit_status = 6;
}

static void set(command *cmd, const char *name, const char *value)
{
    if (newsconv_set(cmd->conv, name, value) != NEWSCONV_OK) {
        cmd->exit_status = say_error(cmd);
        if (newsconv_error(cmd->conv)->status == NEWSCONV_EUSAGE)
            fprintf(stderr, "Try newsconv --help for more information.\n");
    }
}

/* ---------------------------------------------------------------- finding an option */

static const newsconv_option *find_letter(const command *cmd, char letter)
{
    const newsconv_option *option;

    for (size_t i = 0; (option = newsconv_option_at(cmd->conv, NULL, i)); i++)
        if (option->name && option->letter == letter)
            return option;
    return NULL;
}

/* By its whole name, or by a beginning that no other option has. */
static const newsconv_option *find_name(command *cmd, const char *name, size_t length)
{
    const newsconv_option *option, *found = NULL;
    bool ambiguous = false;

    for (size_t i = 0; (option = newsconv_option_at(cmd->conv, NULL, i)); i++) {
        if (!option->name || strncmp(option->name, name, length) != 0)
            continue;
        if (!option->name[length])
            return option;
        if (option->command && !option->help)
            continue;
        ambiguous = found != NULL;
        if (ambiguous)
            break;
        found = option;
    }
    if (!ambiguous)
        return found;
    fprintf(stderr, "newsconv: --%.*s may be --%s or --%s\n", (int)length, name, found->name,
            option->name);
    cmd->exit_status = 6;
    return NULL;
}

/* ---------------------------------------------------------------- carrying one out */

static void use_command_option(command *cmd, const newsconv_option *option, const char *value)
{
    bool on = !value || strcmp(value, "false") != 0;

    if (strcmp(option->name, "output") == 0)
        cmd->output = value;
    else if (strcmp(option->name, "quiet") == 0)
        cmd->quiet = on;
    else if (!cmd->action && (option->argument || on)) {
        cmd->action = option->name;
        cmd->action_argument = value;
    }
}

static void use_option(command *cmd, const newsconv_option *option, const char *value)
{
    if (option->command)
        use_command_option(cmd, option, value);
    else
        set(cmd, option->name, value);
    if (strcmp(option->name, "verbose") == 0)
        cmd->verbose = !value || strcmp(value, "true") == 0;
}

static bool takes_argument(const newsconv_option *option)
{
    return option->argument && !option->argument_optional;
}

static const char *following_word(command *cmd, const newsconv_option *option, cursor *at)
{
    if (at->next < at->end)
        return *at->next++;
    fail_usage(cmd, "--%s needs an argument", option->name);
    return NULL;
}

static void read_long(command *cmd, const char *text, cursor *at)
{
    size_t length = strcspn(text, "=");
    const newsconv_option *option = length ? find_name(cmd, text, length) : NULL;
    const char *value = text[length] ? text + length + 1 : NULL;

    if (cmd->exit_status)
        return;
    if (!option) {
        char name[80];

        snprintf(name, sizeof name, "%.*s", (int)length, text);
        set(cmd, name, NULL); /* the library knows the nearest one */
        return;
    }
    if (!value && takes_argument(option))
        value = following_word(cmd, option, at);
    if (!cmd->exit_status)
        use_option(cmd, option, value);
}

/* A switch may have true or false joined to its letter; else more letters follow. */
static const char *read_switch(command *cmd, const newsconv_option *option, const char *rest)
{
    bool given = strcmp(rest, "true") == 0 || strcmp(rest, "false") == 0;

    use_option(cmd, option, given ? rest : NULL);
    return given ? "" : rest;
}

static void read_letters(command *cmd, const char *letters, cursor *at)
{
    while (*letters && !cmd->exit_status) {
        const newsconv_option *option = find_letter(cmd, *letters++);

        if (!option) {
            char name[] = { letters[-1], 0 };

            fail_usage(cmd, "unknown option -%s", name);
        } else if (!takes_argument(option)) {
            letters = read_switch(cmd, option, letters);
        } else {
            const char *value = *letters ? letters : following_word(cmd, option, at);

            if (value)
                use_option(cmd, option, value);
            return;
        }
    }
}

/* ---------------------------------------------------------------- all of it */

static bool is_folder(const char *path)
{
    return access(path, X_OK) == 0;
}

/* Folders apart by colons; those that do not exist are passed over, as for PATH. */
static void read_plugin_path(command *cmd)
{
    const char *path = getenv("NEWSCONV_PLUGIN_PATH");

    while (path && *path) {
        size_t length = strcspn(path, ":");
        char *folder = strndup(path, length);

        if (folder && *folder && is_folder(folder))
            set(cmd, "plugin-dir", folder);
        free(folder);
        path += length + (path[length] == ':');
    }
}

static void read_data_home(command *cmd)
{
    const char *home = getenv("XDG_DATA_HOME");
    const char *below = "newsconv";
    char folder[4096];

    if (!home || !*home) {
        home = getenv("HOME");
        below = ".local/share/newsconv";
    }
    if (home && *home &&
        snprintf(folder, sizeof folder, "%s/%s", home, below) < (int)sizeof folder &&
        is_folder(folder))
        set(cmd, "data-dir", folder);
}

void read_arguments(command *cmd, int count, char **arguments)
{
    cursor at = { arguments + 1, arguments + count };
    bool options_end = count < 1;

    read_data_home(cmd);
    read_plugin_path(cmd);
    while (at.next < at.end && !cmd->exit_status) {
        const char *word = *at.next++;

        if (options_end || word[0] != '-' || !word[1])
            newsconv_input_file(cmd->conv, word);
        else if (word[1] != '-')
            read_letters(cmd, word + 1, &at);
        else if (word[2])
            read_long(cmd, word + 2, &at);
        else
            options_end = true;
    }
}
