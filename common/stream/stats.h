/* SPDX-License-Identifier: MIT */
/*
 * stats: the record that a program appends to the file of --stats when it ends: what it read and wrote, and what that
 * took (weir(7)). Programs may share a file: each appends its record by one write under flock(2), the first one after a
 * header line.
 */
#ifndef WEIR_STATS_H
#define WEIR_STATS_H

#include <stdbool.h>

#include "base/die.h"

struct stream;

/*
 * Opens or creates the file PATH. From here on the time counts, and a program that dies appends its record. A file that
 * the program uses otherwise, or that has other contents, is a usage error. PATH must stay valid. Call it once.
 */
void xstats_open(const char *path);

/* Takes the counts from S, which must stay valid until the program ends. */
void stats_watch(const struct stream *s);

/*
 * Appends the record of a run that ends with STATUS; does nothing without xstats_open() or a second time. False: that
 * failed, and a message has said why.
 */
bool stats_end(enum status status);

#endif
