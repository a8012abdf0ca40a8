/* SPDX-License-Identifier: MIT */
/* newsconv [OPTION]... [FILE]... */
#include "core/cli/command.h"

#include <signal.h>
#include <stdio.h>

/* What an interrupt cancels: a signal handler has no other way to it. */
static newsconv *interrupted;

/* The first signal lets the conversion end by itself, so that no temporary file stays; the
 * second kills. */
static void on_signal(int number)
{
    (void)number;
    newsconv_cancel(interrupted);
}

static void handle_signals(newsconv *conv)
{
    struct sigaction action = { .sa_handler = on_signal, .sa_flags = SA_RESETHAND };

    interrupted = conv;
    sigaction(SIGINT, &action, NULL); /* no SA_RESTART: a read from a pipe is to end, too */
    sigaction(SIGTERM, &action, NULL);
    signal(SIGPIPE, SIG_DFL); /* a reader that has seen enough ends newsconv without a word */
}

static int convert(command *cmd)
{
    newsconv_status status;

    begin_progress(cmd);
    status = newsconv_convert_file(cmd->conv, cmd->output);
    end_progress();
    say_messages(cmd);
    return status == NEWSCONV_OK ? 0 : say_error(cmd);
}

int main(int count, char **arguments)
{
    command cmd = { .conv = newsconv_open(), .output = "-" };
    int status;

    if (!cmd.conv) {
        fputs("newsconv: out of memory\n", stderr);
        return 4;
    }
    handle_signals(cmd.conv);
    read_arguments(&cmd, count, arguments);
    status = cmd.exit_status;
    if (!status)
        status = cmd.action ? run_action(&cmd) : convert(&cmd);
    newsconv_close(cmd.conv);
    return status;
}
