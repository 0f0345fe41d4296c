/* SPDX-License-Identifier: MIT */
/* command: a child process that reads the bytes sent to it and writes to standard output itself. */
#ifndef WEIR_COMMAND_H
#define WEIR_COMMAND_H

#include <stdbool.h>
#include <sys/types.h>

#include "base/span.h"

struct command {
    char **argv; /* its name and arguments, and NULL; not owned */
    pid_t pid;
    int input;  /* the pipe to its standard input; -1: it has ended */
    int status; /* its exit status, or 128 plus the signal that killed it, as in a shell; set by command_end() */
    void (*broken_pipe)(int); /* what SIGPIPE does while no command runs */
};

/*
 * Starts ARGV, found in PATH. Standard output must be flushed. If it cannot be executed, says so on standard error; its
 * status is then 127 if there is no such program, else 126. Until command_end(), SIGPIPE is ignored, and a signal that
 * ends the program ends the command first.
 */
void xcommand_start(struct command *c, char **argv);

/* Sends BYTES. False: the write failed; errno is EPIPE if the command has closed its standard input or ended. */
bool command_send(struct command *c, struct span bytes);

/* Ends the input of the command and waits until it exits, unless this was done before. Keeps errno. */
void command_end(struct command *c);

#endif
