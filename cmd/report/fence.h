/* SPDX-License-Identifier: MIT */
/* fence: runs the shell commands of a fence and keeps what they write. */
#ifndef WEIR_FENCE_H
#define WEIR_FENCE_H

#include <stdbool.h>

#include "base/buffer.h"

/* What commands write, each to a pipe of its own. */
enum fence_stream {
    FENCE_RECORDS,  /* standard output */
    FENCE_MESSAGES, /* standard error */
    FENCE_NOTES,    /* notes of the shell (shell.h), and --stats of programs that read others */
    FENCE_SOURCES,  /* --stats of the programs that others read */
    FENCE_PICTURES, /* SVG of chart(1) */
    FENCE_STREAMS,
};

/* Descriptors of the commands: the last three streams, and a duplicate of standard output. Bash uses 10 and 63. */
enum { FENCE_FD_NOTES = 41, FENCE_FD_SOURCES, FENCE_FD_PICTURES, FENCE_FD_RECORDS };

struct fence {
    struct buffer streams[FENCE_STREAMS]; /* a NUL follows the bytes of each */
    int status; /* exit status of the commands, or 128 plus the signal that ended the shell */
};

/*
 * Runs ARGV, found in PATH, in DIRECTORY, with an empty standard input. Waits until it and all that it started have
 * closed their outputs. A signal that ends the program ends them first; so does an output of more than 64 MB, which
 * sets *IS_FULL. Dies if the system fails. The caller calls fence_free().
 */
void xfence_run(struct fence *f, const char *directory, char *const *argv, bool *is_full);

void fence_free(struct fence *f);

#endif
