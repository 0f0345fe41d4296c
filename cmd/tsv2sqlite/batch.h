/* SPDX-License-Identifier: MIT */
/*
 * batch: some megabytes of records, to be inserted in the order of the table's only unique key. In the order of the
 * input, each record of a large table touches another page: that takes four times as long. Only the order of records
 * with the same key makes a difference to the table, and sorting keeps it.
 */
#ifndef WEIR_BATCH_H
#define WEIR_BATCH_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/block.h"
#include "stream/record.h"
#include "stream/stream.h"
#include "stored.h"

struct batch {
    struct block text;    /* starts with the lines of the records ... */
    size_t len;           /* ... of so many bytes */
    struct block entries; /* starts with a struct batch_entry for each */
    size_t n;
    size_t at;            /* the entry of the next record */
    size_t n_kept;        /* entries of batch_keep() */
    size_t n_falls;       /* records whose key is less than that of the one before */
    uint64_t first_line;  /* of the input; the records are in this line and those after it */
    bool is_by_text;      /* the keys are texts, not numbers */
    struct record record; /* the last one that batch_next() moved to, a view */
};

/*
 * Gathers R, and the good records of S after it that READ reads, and sorts them: records of equal keys stay in order.
 * With FILLS it goes on until the batch is full or the input needs xstream_record(), else to the end of the window.
 * True: R has become the first record that READ does not read; otherwise R is in the batch.
 */
bool xbatch_gather(struct batch *b, struct stream *s, struct stored *read, struct record *r, bool fills);

/* Moves to the next record, if any. It is valid until the batch is gathered again. */
bool batch_next(struct batch *b);

/* Keeps the current record for batch_again(). */
void batch_keep(struct batch *b);

/* Starts again with the records kept, in the order of the input. */
void batch_again(struct batch *b);

/* Frees what B holds. B may be all zero. */
void batch_close(struct batch *b);

#endif
