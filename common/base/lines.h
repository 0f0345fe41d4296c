/* SPDX-License-Identifier: MIT */
/*
 * lines: many lines at once. LINES are whole, each with its LF, and READER_PADDING bytes after them are readable, as in
 * the window of a reader.
 */
#ifndef WEIR_LINES_H
#define WEIR_LINES_H

#include <stddef.h>
#include <stdint.h>

#include "base/span.h"

/* The number of LINES. */
uint64_t lines_count(struct span lines);

/* The line at offset AT of LINES, without its LF. */
struct span lines_at(struct span lines, size_t at);

/* The offset after the line at AT, where the next line starts. */
size_t lines_next(struct span lines, size_t at);

/* The offset of the first line from FROM, the start of a line, that begins with START; LINES.len if there is none. */
size_t lines_find(struct span lines, size_t from, struct span start);

/* The offset of the first mark among LINES; LINES.len if there is none. */
size_t lines_find_mark(struct span lines);

#endif
