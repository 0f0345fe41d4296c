/* SPDX-License-Identifier: MIT */
/*
 * backlog: holds records in a temporary file, in order, until it is known which of them to drop. The places of those,
 * counted from 0, are stored in runs of ascending places, in temporary files too. So each record is written to a file
 * once, however many partitions its key passes through.
 */
#ifndef WEIR_BACKLOG_H
#define WEIR_BACKLOG_H

#include <stdbool.h>
#include <stdint.h>

#include "base/span.h"
#include "stream/writer.h"
#include "merge.h"

/* All zero: empty. */
struct backlog {
    struct writer records; /* buffer NULL: no record was added */
    uint64_t n;            /* records */
    struct merge dropped;  /* the places of records to drop; it has no output */
    bool has_run;          /* places were dropped since the last backlog_end_run() */
};

static inline bool backlog_is_empty(const struct backlog *b)
{
    return b->records.buffer == NULL;
}

/* Adds RECORD and returns its place. */
uint64_t xbacklog_add(struct backlog *b, struct span record);

/* Marks the record at PLACE as one to drop. PLACE is greater than all since the last backlog_end_run(). */
void xbacklog_drop(struct backlog *b, uint64_t place);

/* Ends a run of ascending places: the next place may be less than the last one. */
static inline void backlog_end_run(struct backlog *b)
{
    b->has_run = false;
}

/* Writes those to drop to DROPPED, unless that is NULL, and the other records to KEPT. Closes B, which is not empty. */
void xbacklog_finish(struct backlog *b, struct writer *kept, struct writer *dropped);

#endif
