/* SPDX-License-Identifier: MIT */
/*
 * parts: the files of a split. Until all of them are complete, each name ends in ".part". If die() or a signal (SIGHUP,
 * SIGINT, SIGTERM) ends the program before that, they are removed. A process has one set of parts: a signal handler
 * takes no argument, so parts.c keeps them in a static variable.
 */
#ifndef WEIR_PARTS_H
#define WEIR_PARTS_H

#include <stddef.h>

#include "base/span.h"

enum { PARTS_NAME_MOST = 250 }; /* bytes after the last slash: most file systems allow 255 with ".part" */

/* Makes room for N files, at least 1. Call it once. */
void xparts_open(size_t n);

/*
 * Creates an empty file and returns its number, from 0. If the file NAME exists already, with ".part" or without, it is
 * a usage error.
 */
size_t xparts_add(const char *name);

/*
 * Appends LINES, with their LF, to part I, from 0. A file is open only while it is written, so N may exceed the limit
 * on descriptors.
 */
void xparts_append(size_t i, struct span lines);

enum { PARTS_SHORT = 64 };

/* The same for a line of which PARTS_SHORT bytes may be read, even if it is shorter. */
void xparts_append_short(size_t i, struct span line);

/*
 * Writes what is buffered, gives all files their names and frees the memory. The first file is renamed last: if it has
 * its name, all others do.
 */
void xparts_finish(void);

#endif
