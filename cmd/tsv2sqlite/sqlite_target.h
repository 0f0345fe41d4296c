/* SPDX-License-Identifier: MIT */
/*
 * sqlite_target: where in a table the fields of a stream's records go, and the SQL that puts them there. Functions die
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
#include "sample.h"
#include "sqlite_table.h"

/* What a field goes into. */
struct target_column {
    struct span name;        /* spelled as in the header line; a view of the header */
    struct sqlite_column in; /* of the table; while that does not exist, only its name is known */
    enum type type;          /* what the values have to be; TYPE_ANY: the table decides */
    bool is_guessed;         /* nobody but the first records said so */
};

struct sqlite_target {
    struct sqlite_table *table;
    size_t n;
    struct target_column *columns; /* in the order of the fields */
    struct columns key;            /* which of them make the key; may be empty */
};

/* What an insert does if a row with the record's key is there already. */
enum on_conflict {
    CONFLICT_FAILS,
    CONFLICT_IGNORED,     /* nothing, for any unique key of the table */
    CONFLICT_IGNORED_KEY, /* nothing, for the key of the target */
};

/*
 * Finds the columns of TABLE for those of S, whose header has been read. Without a header line they are those that
 * DECLARED lists, else all of TABLE, and S gets a header with their names. KEY is the argument of --key or NULL. Dies
 * with a usage error where table, stream, declarations and key do not fit. TABLE must outlive T, and S its columns.
 */
void xsqlite_target_open(struct sqlite_target *t, struct sqlite_table *table, struct stream *s,
                         const struct type_list *declared, const char *key);

/*
 * Makes the table: a column declared INTEGER, REAL or TEXT for each of T as its type asks, the key its primary key. A
 * column without a type gets the one that the records of SAMPLE suggest. R is overwritten.
 */
void xsqlite_target_create(struct sqlite_target *t, const struct sample *sample, struct record *r);

/* A statement that inserts the values of the columns, which are its parameters, from 1. */
sqlite3_stmt *xsqlite_target_insert(const struct sqlite_target *t, enum on_conflict on_conflict);

/*
 * A statement with the same parameters that, where the key has the given values, sets the other columns. NULL if there
 * are no others.
 */
sqlite3_stmt *xsqlite_target_update(const struct sqlite_target *t);

/* Frees what T holds. */
void sqlite_target_close(struct sqlite_target *t);

#endif
