/* SPDX-License-Identifier: MIT */
/*
 * parts: the files of a split, PREFIX0000, PREFIX0001 and so on. Until all of them are complete, each name ends in
 * ".part". If die() or a signal (SIGHUP, SIGINT, SIGTERM) ends the program before that, they are removed. A process has
 * one set of parts: a signal handler takes no argument, so parts.c keeps them in a static variable.
 */
#ifndef WEIR_PARTS_H
#define WEIR_PARTS_H

#include <stddef.h>

#include "base/span.h"

enum { PARTS_MAX = 10000 }; /* four digits number them */

/*
 * Creates N empty files, 1 to PARTS_MAX. If one of the files exists already, with ".part" or without, it is a usage
 * error and no file is created.
 */
void xparts_create(const char *prefix, size_t n);

/*
 * Appends LINE and an LF to part I, from 0. A file is open only while it is written, so N may exceed the limit on
 * descriptors.
 */
void xparts_append(size_t i, struct span line);

/*
 * Writes what is buffered, gives all files their names and frees the memory. PREFIX0000 is renamed last: if it exists,
 * all others do.
 */
void xparts_finish(void);

#endif
