/* SPDX-License-Identifier: MIT */
/* output: a file that a program writes beside its standard output, and that is none of those it has in use. */
#ifndef WEIR_OUTPUT_H
#define WEIR_OUTPUT_H

#include "stream/options.h"
#include "stream/writer.h"

/*
 * Opens the file PATH, the argument of option NAME, for W, and empties it. A regular file that the program has open
 * already, by whatever name, stays as it is: that is a usage error. So a program opens what it reads before what it
 * writes, all with O_CLOEXEC. PATH must outlive W.
 */
void xoutput_open(struct writer *w, const struct stream_options *options, const char *name, const char *path);

#endif
