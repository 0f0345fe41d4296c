/* SPDX-License-Identifier: MIT */
/*
 * run: the fast path: finds many records at a time that can be copied unchanged. It makes the checks of stream.h: the
 * number of fields, bytes, escapes and UTF-8. Records that are bad, or that would be written differently, are left to
 * the stream. A build with WEIR_PLAIN finds no run.
 */
#ifndef WEIR_RUN_H
#define WEIR_RUN_H

#include <stddef.h>
#include <stdint.h>

#include "base/span.h"

struct run {
    size_t len;
    uint64_t n_lines;
};

/*
 * The run at the start of LINES, which are whole lines with READER_PADDING readable bytes after them: lines of N_FIELDS
 * fields, in canonical spelling, none of which is HEADER. It ends before the first other line.
 */
struct run run_find(struct span lines, size_t n_fields, struct span header);

#endif
