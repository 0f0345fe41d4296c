/* SPDX-License-Identifier: MIT */
/*
 * spill: records put aside in temporary files, each with its position in the input and how often it was there. The
 * files have no name from the start, so nothing is left behind however the program ends. They lie in TMPDIR, or /tmp.
 */
#ifndef WEIR_SPILL_H
#define WEIR_SPILL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/span.h"
#include "stream/reader.h"
#include "stream/writer.h"

struct item {
    uint64_t position; /* of its key's first record in the input */
    uint64_t count;    /* records with its key so far */
    struct span record;
};

/* Opens W on a new temporary file. What fails there later dies with STATUS_SYSTEM and names the directory. */
void xspill_create(struct writer *w);

/* Appends ITEM to the file. */
void xspill_write(struct writer *w, const struct item *item);

/* Ends writing and opens R at the start of the file; W is closed. R owns the file: spill_close(). */
void xspill_reopen(struct writer *w, struct reader *r);

/* Reads the next item, a view until the next call, and longer while spill_has_buffered(); false at the end. */
bool xspill_read(struct reader *r, struct item *item);

/* Whether the next item is in memory already, so that reading it leaves those before it alone. */
static inline bool spill_has_buffered(const struct reader *r)
{
    return r->at < r->whole;
}

void spill_close(struct reader *r);

enum { SPILL_RUNS = 16 }; /* runs that are merged at a time */

/*
 * Items on their way to W, which must come there in the order of their positions. Those that are known to come next go
 * straight there; others arrive in runs, each in order, and are merged at the end.
 */
struct spill_merge {
    struct writer *out;
    bool with_count;    /* write the count as a last field */
    struct writer run;  /* open while a run is being written */
    struct reader runs[SPILL_RUNS];
    size_t n_runs;
};

void spill_merge_open(struct spill_merge *m, struct writer *out, bool with_count);

/* From now on, items belong to a new run. */
void xspill_merge_begin_run(struct spill_merge *m);

/* Adds ITEM: to the run that was begun last, or straight to the output if none was. */
void xspill_merge_add(struct spill_merge *m, const struct item *item);

/* Merges all runs into the output. */
void xspill_merge_finish(struct spill_merge *m);

#endif
