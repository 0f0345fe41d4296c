/* SPDX-License-Identifier: MIT */
/*
 * bulk: inserts many records with one statement, which reads them as a virtual table: half the time of a statement for
 * each. It does so only where that cannot be told from a statement for each record: the table checks each row by
 * itself, and a record that anything is wrong with is left to the caller. A build with WEIR_PLAIN leaves every record.
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
    struct record *record;     /* being inserted; that of the batch, or one of the stream */
    struct bulk_value *values; /* of its fields */
    struct buffer texts;       /* unescaped ones */
    bool is_over;              /* the statement has no more records ... */
    bool is_left;              /* ... because RECORD is left to the caller */
    size_t n_done;             /* records that the last call loaded ... */
    size_t n_inserted;         /* ... and did not ignore */
    size_t n_waits;            /* records still to leave to the caller, because ... */
    size_t patience;           /* ... so many were left after the last statement, which loaded few */
    size_t key;                /* the field that orders the rows, if any */
    bool sorts;                /* records come in no order */
    uint64_t next_test;        /* the line where to test whether they do */
};

/*
 * Prepares to load records of S, and of the batch A, into T, whose table and key exist; all must outlive B. With SKIPS
 * a record is ignored if xsqlite_target_insert() skips it. Dies as xdatabase_prepare() does.
 */
void xbulk_open(struct bulk *b, const struct sqlite_target *t, struct stream *s, struct batch *a, bool skips);

/*
 * If records come in no order of the table's only unique key, or to test whether they do: gathers R and the good
 * records after it, up to a full batch, in the order of their keys. *IS_LEFT: R has become the next record, which is
 * not in the batch and must be loaded by itself. False: it did nothing.
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
