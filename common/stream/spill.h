/* SPDX-License-Identifier: MIT */
/*
 * spill: records or keys in temporary files, each with its position and a count. The files are in TMPDIR, or else /tmp,
 * and have no names, so nothing is left there however the program ends.
 */
#ifndef WEIR_SPILL_H
#define WEIR_SPILL_H

#include <stdbool.h>
#include <stdint.h>

#include "base/span.h"
#include "stream/reader.h"
#include "stream/writer.h"

struct item {
    uint64_t position;  /* where it belongs; dedup: of the first record with its key, in the input */
    uint64_t count;     /* records with its key so far */
    struct span record; /* any bytes without LF */
};

/* Opens W on a new temporary file. Failures of W, now or later, die with STATUS_SYSTEM and name the directory. */
void xspill_create(struct writer *w);

/* Appends ITEM to the file. */
void xspill_write(struct writer *w, const struct item *item);

/* Closes W and opens R at the start of its file. R owns the file: call spill_close(). */
void xspill_reopen(struct writer *w, struct reader *r);

/* Reads the next item: a view until the next call, and longer while spill_has_buffered(). False at the end. */
bool xspill_read(struct reader *r, struct item *item);

/* For a file of lines that are not items: reads until the window of R has a whole line. False at the end. */
bool xspill_fill(struct reader *r);

/* Whether the next item is in memory, so that reading it keeps views of the items before it valid. */
static inline bool spill_has_buffered(const struct reader *r)
{
    return r->at < r->whole;
}

void spill_close(struct reader *r);

#endif
