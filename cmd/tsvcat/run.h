/* SPDX-License-Identifier: MIT */
/*
 * run: the fast path for records that are copied as they are, many at a time. It checks what stream.h checks: fields,
 * bytes, escapes and UTF-8. Whatever is bad or would be written in another way is left to the stream. A build with
 * WEIR_PLAIN finds no run.
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
