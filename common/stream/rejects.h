/* SPDX-License-Identifier: MIT */
/* rejects: the file of bad records, itself records: line, reason and the bad record, escaped as a field. */
#ifndef WEIR_REJECTS_H
#define WEIR_REJECTS_H

#include <stdint.h>

#include "base/span.h"
#include "stream/writer.h"

/* Opens W on the file PATH of --rejects, as xwriter_create() does, and writes the header line. */
void xrejects_open(struct writer *w, const char *path);

/* Adds the bad record LINE, which was line LINE_NUMBER of the input, and the REASON why it is bad. */
void xrejects_add(struct writer *w, uint64_t line_number, struct span line, const char *reason);

#endif
