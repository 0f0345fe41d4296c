/* SPDX-License-Identifier: MIT */
/*
 * bulk: inserts many records with one statement, which reads them from a virtual table. This takes half the time of a
 * statement for each, with the same result: it is done only for a table that checks each row by itself, and a record
 * with any fault is left to the caller. A build with WEIR_PLAIN leaves every record to the caller.
 */
#ifndef WEIR_BULK_H
#define WEIR_BULK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buffer.h"
#include "stream/record.h"
#include "stream/stream.h"
#include "batch.h"
#include "sqlite_target.h"

struct bulk {
    sqlite3_vtab table;         /* the records as a virtual table ... */
    sqlite3_vtab_cursor cursor; /* ... and the only cursor on it */
    const struct sqlite_target *target;
    struct stream *stream;
    struct batch *batch;
    sqlite3_stmt *insert;      /* NULL: every record is left to the caller */
    bool skips;                /* it ignores records whose key exists */
    struct record *record;     /* being inserted: that of the batch, or the caller's one of the stream */
    struct bulk_value *values; /* of its fields */
    struct buffer texts;       /* unescaped ones */
    bool is_over;              /* the statement has no more records */
    bool is_left;              /* RECORD is left to the caller */
    size_t n_done;             /* records that the last call loaded */
    size_t n_inserted;         /* those of them that it did not ignore */
    size_t n_waits;            /* records still to leave to the caller, because a statement loaded few */
    size_t patience;           /* the last number of those; it doubles with each such statement */
    size_t key;                /* the field that orders the rows, from 0; TARGET->n: none */
    bool sorts;                /* records come in no order of it */
    uint64_t next_test;        /* line at which to test again whether they do */
};

/*
 * Prepares to load records of S, and of the batch A, into T, whose table and key exist; all must outlive B. With SKIPS
 * a record is ignored if xsqlite_target_insert() skips it. Dies as xdatabase_prepare() does.
 */
void xbulk_open(struct bulk *b, const struct sqlite_target *t, struct stream *s, struct batch *a, bool skips);

/*
 * If records come in no order of the table's only unique key, or to test whether they do: copies R and the good records
 * after it to the batch, until that is full, and sorts it by key. *IS_LEFT: R has become the next record, which is not
 * in the batch and must be loaded by itself. False: it did nothing.
 */
bool xbulk_gather(struct bulk *b, struct record *r, bool *is_left);

/*
 * Loads R and the good records after it that are in the window of the stream or, if R is the record of the batch, in
 * the batch. True: R has become the next record, which is not loaded and must be loaded by itself.
 */
bool xbulk_insert(struct bulk *b, struct record *r);

/* Frees what B holds. B may be all zero. */
void bulk_close(struct bulk *b);

#endif
