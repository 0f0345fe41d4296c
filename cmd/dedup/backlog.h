/* SPDX-License-Identifier: MIT */
/*
 * backlog: records in a temporary file, in order, until it is known which of them are dropped. Those are marked by their
 * places, counted from 0, in runs of ascending places, also in temporary files. So each record is written to a file once,
 * whatever partitions its key goes through.
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
    struct merge dropped;  /* their places; written to no output */
    bool has_run;          /* places were dropped since the last backlog_end_run() */
};

static inline bool backlog_is_empty(const struct backlog *b)
{
    return b->records.buffer == NULL;
}

/* Adds RECORD and returns its place. */
uint64_t xbacklog_add(struct backlog *b, struct span record);

/* Marks the record at PLACE, which comes after those marked since backlog_end_run(), as dropped. */
void xbacklog_drop(struct backlog *b, uint64_t place);

static inline void backlog_end_run(struct backlog *b)
{
    b->has_run = false;
}

/* Writes the records, those dropped to DROPPED unless that is NULL, the others to KEPT, and empties B. */
void xbacklog_finish(struct backlog *b, struct writer *kept, struct writer *dropped);

#endif
