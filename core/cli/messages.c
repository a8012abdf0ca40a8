/* SPDX-License-Identifier: MIT */
/* What the command says on standard error. */
#include "core/cli/command.h"

#include <stdio.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

static void say_place(const newsconv_message *message)
{
    if (!message->file)
        return;
    fprintf(stderr, "%s:", strcmp(message->file, "-") == 0 ? "standard input" : message->file);
    if (message->line)
        fprintf(stderr, "%zu:%zu:", message->line, message->column);
    fputc(' ', stderr);
}

int say_error(const command *cmd)
{
    const newsconv_message *error = newsconv_error(cmd->conv);

    if (!error)
        return 0;
    fputs("newsconv: ", stderr);
    say_place(error);
    fprintf(stderr, "%s\n", error->text);
    return error->exit_status;
}

static bool is_shown(const command *cmd, const newsconv_message *message)
{
    if (cmd->quiet)
        return false;
    return cmd->verbose || message->verbosity != NEWSCONV_INFO;
}

void say_messages(const command *cmd)
{
    const newsconv_message *message;

    for (size_t i = 0; (message = newsconv_message_at(cmd->conv, i)); i++) {
        if (!is_shown(cmd, message))
            continue;
        fputs(message->verbosity == NEWSCONV_WARNING ? "[WARNING] " : "[INFO] ", stderr);
        say_place(message);
        fputs(message->text, stderr);
        if (message->times > 1)
            fprintf(stderr, " (%zu times)", message->times);
        fputc('\n', stderr);
    }
}

/* ---------------------------------------------------------------- progress */

static double seconds_now(void)
{
    struct timespec now;

    return clock_gettime(CLOCK_MONOTONIC, &now) == 0
               ? (double)now.tv_sec + (double)now.tv_nsec / 1e9
               : 0;
}

/* Only work that has taken a second is worth a line; it is written over and wiped in the end. */
static void show_progress(void *data, const char *stage, double done)
{
    const double *start = data;

    if (seconds_now() - *start > 1)
        fprintf(stderr, "\r\033[Knewsconv: %s (%.0f %%)", stage, done * 100);
}

void begin_progress(command *cmd)
{
    if (cmd->quiet || !isatty(STDERR_FILENO))
        return;
    cmd->start = seconds_now();
    newsconv_on_progress(cmd->conv, show_progress, &cmd->start);
}

void end_progress(void)
{
    if (isatty(STDERR_FILENO))
        fputs("\r\033[K", stderr);
}
