/* SPDX-License-Identifier: MIT */
/*
 * rejects: the file of bad records, itself records: line, reason and the bad record, escaped as a field. For a program
 * that was given files, the file's name comes first; null means standard input.
 */
#ifndef WEIR_REJECTS_H
#define WEIR_REJECTS_H

#include <stdbool.h>
#include <stdint.h>

#include "base/span.h"
#include "stream/writer.h"

/* Opens W on the file PATH of --rejects, as xwriter_create() does, and writes the header line. */
void xrejects_open(struct writer *w, const char *path, bool has_files);

/* Adds the name of the file of the next bad record; NULL: standard input. Only if W was opened for files. */
void xrejects_add_file(struct writer *w, const char *file);

/* Adds the bad record LINE, which was line LINE_NUMBER of the input, and the REASON why it is bad. */
void xrejects_add(struct writer *w, uint64_t line_number, struct span line, const char *reason);

#endif
