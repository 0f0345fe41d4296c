/* SPDX-License-Identifier: MIT */
/* sqlite_loader: records into the rows of a table, one by one, and what became of each. */
#ifndef WEIR_SQLITE_LOADER_H
#define WEIR_SQLITE_LOADER_H

#include <stdint.h>

#include "base/quote.h"
#include "binder.h"
#include "sqlite_target.h"

/* What to do with a record whose key the table has already. */
enum load_mode {
    LOAD_INSERT, /* it is a violation as any other */
    LOAD_IGNORE, /* nothing, for the key of the target or, without one, for any unique key */
    LOAD_UPDATE, /* set the columns that the record has */
};

struct sqlite_loader {
    const struct sqlite_target *target;
    sqlite3_stmt *insert;
    sqlite3_stmt *update; /* or NULL */
    bool inserts_first;   /* the last record was inserted, and to try that with the next one does no harm */
    bool undoes; /* what triggers did for a record that is not taken */
    struct binder binder;
    struct quoted violation;
    uint64_t n_inserted;
    uint64_t n_updated;
    uint64_t n_ignored;
};

/*
 * Gets ready to load into T, whose table exists and has the key of T. If the load GOES_ON after a record that the table
 * does not take, that leaves nothing there. Dies as xdatabase_prepare() does.
 */
void xsqlite_loader_open(struct sqlite_loader *l, const struct sqlite_target *t, enum load_mode mode, bool goes_on);

/*
 * Loads R. Returns NULL, or why the table does not take it, in words that live until the next call; a table that says
 * ON CONFLICT ROLLBACK has then ended the transaction. Dies with STATUS_SYSTEM if it is not the record's fault.
 */
const char *xsqlite_loader_add(struct sqlite_loader *l, const struct record *r);

/* Frees what L holds; harmless if it was all zero and never opened. */
void sqlite_loader_close(struct sqlite_loader *l);

#endif
