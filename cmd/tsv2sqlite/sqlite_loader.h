/* SPDX-License-Identifier: MIT */
/* sqlite_loader: loads records into a table and counts the outcomes. */
#ifndef WEIR_SQLITE_LOADER_H
#define WEIR_SQLITE_LOADER_H

#include <stdint.h>

#include "base/buffer.h"
#include "bulk.h"
#include "sqlite_target.h"

/* What to do with a record whose key is already in the table. */
enum load_mode {
    LOAD_INSERT, /* reject it, as for any constraint violation */
    LOAD_IGNORE, /* skip it; without a key in the target, any unique key counts */
    LOAD_UPDATE, /* set the columns that the record has */
};

struct sqlite_loader {
    const struct sqlite_target *target;
    sqlite3_stmt *insert;
    sqlite3_stmt *update; /* NULL: the mode needs none */
    sqlite3_stmt *find;   /* finds the row with the record's key; NULL: the mode or the table has none */
    bool inserts_first;   /* the last record was inserted, so try the INSERT before the UPDATE */
    bool undoes;          /* roll back what triggers did for a rejected record */
    struct bulk bulk;     /* for records that need no statement of their own */
    struct buffer values; /* unescaped values of the record being loaded */
    char reason[1000];    /* why the last rejected record was rejected */
    uint64_t n_inserted;
    uint64_t n_updated;
    uint64_t n_ignored;
};

/*
 * Prepares to load records of S and B into T, whose table and key exist; all must outlive L. With CONTINUES the load
 * goes on after a rejected record, which leaves nothing in the database. Dies as xdatabase_prepare() does.
 */
void xsqlite_loader_open(struct sqlite_loader *l, const struct sqlite_target *t, struct stream *s, struct batch *b,
                         enum load_mode mode, bool continues);

/*
 * Loads R. Returns NULL, or why R was rejected: a value that its column would change, or a violated constraint in
 * SQLite's words. The reason is valid until the next call. ON CONFLICT ROLLBACK or RAISE(ROLLBACK) has then ended the
 * transaction: see sqlite3_get_autocommit(). Dies with STATUS_SYSTEM if the record is not at fault.
 */
const char *xsqlite_loader_add(struct sqlite_loader *l, const struct record *r);

/* Loads R and more records, as xbulk_insert() does. False: R has become a record that needs xsqlite_loader_add(). */
bool xsqlite_loader_add_all(struct sqlite_loader *l, struct record *r);

/* Frees what L holds. L may be all zero. */
void sqlite_loader_close(struct sqlite_loader *l);

#endif
