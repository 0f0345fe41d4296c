/* SPDX-License-Identifier: MIT */
/* inputs: the files that the commands of a page have read. */
#ifndef WEIR_INPUTS_H
#define WEIR_INPUTS_H

#include <stddef.h>
#include <time.h>

#include "base/buffer.h"
#include "base/span.h"

struct inputs {
    const char *directory; /* absolute; files in it are shown by names relative to it */
    char **names;          /* owned, each once, absolute */
    size_t n;
};

/*
 * Sets *START to now. Returns when the clock of files, which may be some milliseconds behind, is past it: what is
 * written from then on has a later time.
 */
void inputs_start(struct timespec *start);

/* Adds the file NAME, which is absolute. */
void xinputs_add(struct inputs *inputs, struct span name);

/* Adds the files in the notes of a fence (shell.h). */
void xinputs_add_noted(struct inputs *inputs, struct span notes);

/*
 * Appends a table of the files with size, time and SHA-256, which sha256sum(1) calculates. A file that was changed
 * after START is an output of the page and left out. Dies if a file cannot be read.
 */
void xinputs_write(struct buffer *html, const struct inputs *inputs, const struct timespec *start);

void inputs_free(struct inputs *inputs);

#endif
