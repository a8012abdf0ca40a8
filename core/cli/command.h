/* SPDX-License-Identifier: MIT */
/* The newsconv command, built on newsconv.h alone. */
#ifndef NEWSCONV_COMMAND_H
#define NEWSCONV_COMMAND_H

#include "core/newsconv.h"

/* What the command itself was asked for; the rest is set on the handle. */
typedef struct command {
    newsconv *conv;
    const char *output;         /* "-" is standard output */
    const char *action;         /* the option to carry out instead of converting: "help", "version", …; NULL: none */
    const char *action_argument;
    bool quiet, verbose;
    double start;               /* of the conversion, in seconds of a clock */
    int exit_status;            /* not 0: a wrong option, which has been said */
} command;

/* Go through the arguments of the program, with the environment's defaults first. */
void read_arguments(command *cmd, int count, char **arguments);

/* Carry out cmd->action. Returns the exit status. */
int run_action(command *cmd);

/* Say the handle's error on standard error. Returns its exit status. */
int say_error(const command *cmd);

/* Say what the conversion noticed on standard error. */
void say_messages(const command *cmd);

/* Show on a terminal what a long conversion is doing. */
void begin_progress(command *cmd);
void end_progress(void);

#endif
