/* SPDX-License-Identifier: MIT */
/* output: writes a whole text, or nothing. */
#ifndef WEIR_OUTPUT_H
#define WEIR_OUTPUT_H

#include "base/span.h"

/*
 * Dies with a usage error if PATH, the argument of --output, exists and is no regular file, or is the file INPUT.
 */
void output_check(const char *path, const char *input);

/*
 * Writes TEXT to a new file that then replaces PATH, or to standard output if PATH is NULL. Dies if that fails; PATH is
 * then unchanged.
 */
void xoutput_write(const char *path, struct span text);

#endif
