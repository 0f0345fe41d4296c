/* SPDX-License-Identifier: MIT */
/*
 * merge: writes items to an output in the order of their positions. At first, items must come in that order and are
 * written directly. Later they come in runs, each in order; runs are kept in temporary files and merged at the end.
 */
#ifndef WEIR_MERGE_H
#define WEIR_MERGE_H

#include <stdbool.h>
#include <stddef.h>

#include "stream/reader.h"
#include "stream/writer.h"
#include "stream/spill.h"

enum { MERGE_RUNS = 16 }; /* runs merged at a time */

struct merge {
    struct writer *out; /* the caller's */
    bool with_count;    /* write the count as the last field */
    struct span lines;  /* records added, one after the other with their LFs, and not yet written */
    struct writer run;  /* the run being written; buffer NULL: none */
    struct reader runs[MERGE_RUNS];
    size_t n_runs;
};

/* Begins a new run. The first run must come after all items that are written directly. */
void xmerge_begin_run(struct merge *m);

/*
 * Adds ITEM to the current run or, before the first run, writes it to the output. If an LF follows its record, that may
 * wait for xmerge_write(): the record must stay valid until then. The byte after the record must be readable.
 */
void xmerge_add(struct merge *m, const struct item *item);

/* Writes what xmerge_add() has not yet written. */
void xmerge_write(struct merge *m);

/* Adds LINES, whole records with their LFs, before the first run; they must be valid until xmerge_write(). */
static inline void xmerge_add_lines(struct merge *m, struct span lines)
{
    /* Adjacent ones are copied at once. */
    if (m->lines.len == 0 || m->lines.at + m->lines.len != lines.at) {
        xmerge_write(m);
        m->lines.at = lines.at;
    }
    m->lines.len += lines.len;
}

/* Merges all runs into the output. */
void xmerge_finish(struct merge *m);

/* Instead: merges all runs into one and opens it as ITEMS, for the caller to spill_close(). False: there are none. */
bool xmerge_read(struct merge *m, struct reader *items);

#endif
