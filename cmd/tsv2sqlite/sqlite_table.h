/* SPDX-License-Identifier: MIT */
/* sqlite_table: a table of an SQLite database as it stands. Functions die as xdatabase_prepare() does. */
#ifndef WEIR_SQLITE_TABLE_H
#define WEIR_SQLITE_TABLE_H

#include <stdbool.h>
#include <stddef.h>

#include "database.h"
#include "sqlite_value.h"

/* Names are C strings of any other bytes, to be quoted ("%w" of sqlite3_mprintf()) where they become SQL. */
struct sqlite_column {
    char *name;
    enum affinity affinity;
    bool is_rowid;     /* a null there would become the next free number */
    bool is_generated; /* its values are computed and cannot be given */
};

struct sqlite_table {
    struct database *database;
    char *name;      /* as the database spells it */
    bool exists;     /* if not, the rest is empty */
    bool has_unique; /* a primary key or unique index */
    bool may_fire;   /* it has triggers, or foreign keys refer to it and lead to those of other tables */
    bool may_trace;  /* an insert that adds no row may do something all the same */
    size_t n;
    struct sqlite_column *columns;
};

/*
 * Describes table NAME of D, which must outlive T. Returns NULL, or why it is nothing that records can go to, in words;
 * a constant.
 */
const char *xsqlite_table_open(struct sqlite_table *t, struct database *d, const char *name);

/* Why NAME cannot be a column's or a table's, in words, or NULL if it can; a constant. */
const char *sqlite_name_check(const char *name);

/* The column of T that SQLite would take NAME for (ASCII letters of either case are one), or NULL. */
const struct sqlite_column *sqlite_table_find(const struct sqlite_table *t, const char *name);

/* Deletes all rows of T, which exists. Foreign keys are judged at the commit, when other rows may have come. */
void xsqlite_table_clear(struct sqlite_table *t);

/* Frees what T holds. */
void sqlite_table_close(struct sqlite_table *t);

#endif
