/* SPDX-License-Identifier: MIT */
/*
 * run: the fast path of programs that copy records: finds many at a time that can be copied unchanged. It makes the
 * checks of stream.h: the number of fields, bytes, escapes and UTF-8. Records that are bad, or that would be written
 * differently, are left to the stream. A build with WEIR_PLAIN finds no run.
 */
#ifndef WEIR_RUN_H
#define WEIR_RUN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/span.h"
#include "base/vector.h"
#include "stream/stream.h"

enum { RUN_ENDS = 2048 }; /* fields of a run whose ends are wanted, at most */

struct run {
    size_t len;
    size_t n;        /* records */
    bool is_unicode; /* not all of its bytes are ASCII */
};

/*
 * The run at the start of the window of S: whole lines in canonical spelling that do not equal the header line, or
 * equal it after that was reported. It ends before the first other line. ENDS has room for RUN_ENDS, and gets the TAB
 * or LF after each field of the run; if it is NULL, the run has any number of fields.
 */
struct run run_find(const struct stream *s, const char **ends);

/* Takes RUN from the window of S and counts its records as read. */
static inline void run_take(struct stream *s, struct run run)
{
    s->in.at += run.len;
    s->in.line += run.n;
    s->n_read += run.n;
}

typedef struct run run_kernel(struct span lines, size_t n_fields, struct span header, const char **ends);

/* The same for LINES, whole lines with READER_PADDING readable bytes after them, but UTF-8 is not checked. */
VECTOR_DECLARE(run_kernel, run_scan);

#endif
