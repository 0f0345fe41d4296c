/* SPDX-License-Identifier: MIT */
/*
 * sqlite_target: which column of a table each field of the records is loaded into, and the SQL for that. Functions die
 * as xdatabase_prepare() does.
 */
#ifndef WEIR_SQLITE_TARGET_H
#define WEIR_SQLITE_TARGET_H

#include <stdbool.h>
#include <stddef.h>

#include "stream/columns.h"
#include "stream/stream.h"
#include "value/type.h"
#include "value/type_list.h"
#include "batch.h"
#include "sqlite_table.h"

/* The column for a field. */
struct target_column {
    struct span name;        /* spelled as in the header line; a view of the stream's header */
    struct sqlite_column in; /* the table's column; the name is owned. Until the table exists only the name is set */
    enum type type;          /* what every value must be; TYPE_ANY: the table decides */
    bool is_guessed;         /* the type is from the sample */
};

struct sqlite_target {
    struct sqlite_table *table;
    size_t n;
    struct target_column *columns; /* in the order of the fields */
    struct columns key;            /* which of them are the key; may be empty */
};

/*
 * Finds the column of TABLE for each column of S, whose header has been read. Under -N the columns are those that
 * DECLARED lists, else all of TABLE, and S gets a header with their names. KEY holds the arguments of --key. Dies with
 * a usage error if table, stream, declarations and key do not match. TABLE and S must outlive T.
 */
void xsqlite_target_open(struct sqlite_target *t, struct sqlite_table *table, struct stream *s,
                         const struct type_list *declared, const struct option_list *key);

/*
 * Creates the table with a column for each of T: INTEGER for TYPE_INT, REAL for TYPE_NUM, else TEXT. The key becomes
 * the primary key, NOT NULL. A column without a type gets the one that fits SAMPLE.
 */
void xsqlite_target_create(struct sqlite_target *t, struct batch *sample);

/*
 * An INSERT of a record; parameter I is field I, from 1. With a SOURCE: of all rows of that table, whose columns are
 * those of T; it ends at a violation and keeps the rows before that. With SKIPS it skips a record if a row with its key
 * exists; without a key in T, any unique key of the table counts. The caller finalizes it.
 */
sqlite3_stmt *xsqlite_target_insert(const struct sqlite_target *t, const char *source, bool skips);

/* Whether the table has a primary key or unique index on the key of T, as ON CONFLICT requires. */
bool xsqlite_target_has_key(const struct sqlite_target *t);

/* An UPDATE, with the same parameters, of the row that has the record's key. NULL if all columns are in the key. */
sqlite3_stmt *xsqlite_target_update(const struct sqlite_target *t);

/*
 * A query that returns a row if the table has one with the record's key or, without a key in T, with the values of any
 * unique key whose columns T has. Parameters as in the INSERT, maybe fewer. NULL if no such index exists.
 */
sqlite3_stmt *xsqlite_target_find(const struct sqlite_target *t);

/* Frees what T holds. */
void sqlite_target_close(struct sqlite_target *t);

#endif
