/* SPDX-License-Identifier: MIT */
/* What the command does instead of converting: help, lists, templates. */
#include "core/cli/command.h"

#include <stdio.h>
#include <string.h>

enum { HELP_COLUMN = 34, HELP_WIDTH = 79 };

/* ---------------------------------------------------------------- help */

/* Words of `text` from column HELP_COLUMN on, the cursor being at `column`. */
static void print_wrapped(const char *text, int column)
{
    if (column >= HELP_COLUMN) {
        putchar('\n');
        column = 0;
    }
    printf("%*s", HELP_COLUMN - column, "");
    column = HELP_COLUMN;
    while (*text) {
        int length = (int)strcspn(text, " ");

        if (column > HELP_COLUMN && column + 1 + length > HELP_WIDTH) {
            printf("\n%*s", HELP_COLUMN, "");
            column = HELP_COLUMN;
        }
        if (column > HELP_COLUMN)
            putchar(' ');
        printf("%.*s", length, text);
        column += length + 1;
        text += length;
        text += *text == ' ';
    }
    putchar('\n');
}

/* "auto|always|never", or what the argument is called. */
static void format_argument(const newsconv_option *option, char *text, size_t size)
{
    snprintf(text, size, "%s",
             option->values     ? option->values
             : option->argument ? option->argument
                                : "");
    for (char *c = text; *c && option->values; c++)
        if (*c == ' ')
            *c = '|';
}

static void print_option(const newsconv_option *option)
{
    char argument[80], letter[8] = "    ";
    int column;

    format_argument(option, argument, sizeof argument);
    if (option->letter)
        snprintf(letter, sizeof letter, "-%c, ", option->letter);
    column = printf("  %s--%s", letter, option->name);
    if (option->argument)
        column += printf(option->argument_optional ? "[=%s]" : "=%s", argument);
    print_wrapped(option->help, column);
}

static int print_help(const command *cmd)
{
    const newsconv_option *option;

    puts("newsconv [OPTION]... [FILE]...\n\n"
         "Converts documents. Without FILE, or for the FILE -, standard input is read.\n"
         "Switches may be turned off: --standalone=false.");
    for (size_t i = 0; (option = newsconv_option_at(cmd->conv, NULL, i)); i++) {
        if (!option->name)
            printf("\n%s:\n", option->group);
        else if (option->help)
            print_option(option);
    }
    puts("\nThe manual, man newsconv, says more.");
    return 0;
}

/* `a`, `b` or `c` */
static void print_choices(const char *values)
{
    while (*values) {
        int length = (int)strcspn(values, " ");
        bool last = !values[length];

        printf("`%.*s`", length, values);
        values += length + !last;
        if (!last)
            fputs(strchr(values, ' ') ? ", " : " or ", stdout);
    }
}

/* A row of the manual's table: the names, what the option does, its values and its default. */
static void print_row(const newsconv_option *option)
{
    const char *argument = option->argument;
    char first = option->help[0];

    fputs("| ", stdout);
    if (option->letter)
        printf("`-%c`%s%s%s, ", option->letter, argument ? " *" : "", argument ? argument : "",
               argument ? "*" : "");
    printf("`--%s", option->name);
    if (argument)
        printf(option->argument_optional ? "[=`*%s*`]`" : "=`*%s*", argument);
    else
        putchar('`');
    printf(" | %c%s", first >= 'a' && first <= 'z' ? first - 'a' + 'A' : first, option->help + 1);
    if (option->values) {
        fputs(": ", stdout);
        print_choices(option->values);
    }
    putchar('.');
    if (option->argument && *option->preset)
        printf(" Default: `%s`.", option->preset);
    puts(option->repeats ? " May be given several times. |" : " |");
}

/* The options as the manual lists them, in Markdown. */
static int print_manual(const command *cmd)
{
    const newsconv_option *option;

    for (size_t i = 0; (option = newsconv_option_at(cmd->conv, NULL, i)); i++) {
        if (!option->name)
            printf("%s### %s\n\n| Option | What it does |\n|---|---|\n", i ? "\n" : "",
                   option->group);
        else if (option->help)
            print_row(option);
    }
    return 0;
}

static int print_version(const command *cmd)
{
    (void)cmd;
    printf("newsconv %s\n", newsconv_version());
    return 0;
}

/* ---------------------------------------------------------------- lists */

static int print_formats(const command *cmd, bool reading)
{
    const newsconv_format *format;

    for (size_t i = 0; (format = newsconv_format_at(cmd->conv, i)); i++)
        if (reading ? format->reads : format->writes)
            puts(format->name);
    return say_error(cmd);
}

static int print_input_formats(const command *cmd)
{
    return print_formats(cmd, true);
}

static int print_output_formats(const command *cmd)
{
    return print_formats(cmd, false);
}

static int print_plugins(const command *cmd)
{
    const newsconv_format *format;

    for (size_t i = 0; (format = newsconv_format_at(cmd->conv, i)); i++)
        printf("%-12s %-6s %-24s %s\n", format->name,
               format->reads && format->writes ? "in,out"
               : format->reads                 ? "in"
                                               : "out",
               format->title, *format->module ? format->module : "(linked in)");
    return say_error(cmd);
}

/* Switches as pandoc lists them, then what -V sets. */
static int print_format_options(const command *cmd, const char *format, const char *prefix)
{
    const newsconv_option *option;
    const char *dot = *prefix ? ": " : "";

    for (size_t i = 0; (option = newsconv_option_at(cmd->conv, format, i)); i++)
        if (option->extension)
            printf("%s%s%c%s\n", prefix, dot, strcmp(option->preset, "true") == 0 ? '+' : '-',
                   option->name);
    for (size_t i = 0; (option = newsconv_option_at(cmd->conv, format, i)); i++)
        if (!option->extension)
            printf("%s%s-V %s=%s\n", prefix, dot, option->name,
                   *option->preset ? option->preset : option->argument);
    return say_error(cmd);
}

static int print_extensions(const command *cmd)
{
    const newsconv_format *format;
    int status = 0;

    if (cmd->action_argument)
        return print_format_options(cmd, cmd->action_argument, "");
    for (size_t i = 0; !status && (format = newsconv_format_at(cmd->conv, i)); i++)
        status = print_format_options(cmd, format->name, format->name);
    return status ? status : say_error(cmd);
}

static int print_template(const command *cmd)
{
    const char *text = newsconv_template(cmd->conv, cmd->action_argument);

    if (text)
        fputs(text, stdout);
    return text ? 0 : say_error(cmd);
}

typedef struct action {
    const char *name;
    int (*run)(const command *cmd);
} action;

static const action actions[] = {
    { "help", print_help },
    { "help-manual", print_manual },
    { "version", print_version },
    { "list-input-formats", print_input_formats },
    { "list-output-formats", print_output_formats },
    { "list-extensions", print_extensions },
    { "list-plugins", print_plugins },
    { "print-default-template", print_template },
};

int run_action(command *cmd)
{
    int status = 0;

    for (size_t i = 0; i < sizeof actions / sizeof actions[0]; i++)
        if (strcmp(actions[i].name, cmd->action) == 0)
            status = actions[i].run(cmd);
    if (fflush(stdout) != 0 && !status) {
        perror("newsconv: standard output");
        status = 1;
    }
    return status;
}
