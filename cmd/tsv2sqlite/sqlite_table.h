/* SPDX-License-Identifier: MIT */
/* sqlite_table: a table of an SQLite database as it is now. Functions die as xdatabase_prepare() does. */
#ifndef WEIR_SQLITE_TABLE_H
#define WEIR_SQLITE_TABLE_H

#include <stdbool.h>
#include <stddef.h>

#include "stream/database.h"
#include "sqlite_value.h"

/* Names are C strings of any bytes: quote them in SQL ("%w" of sqlite3_mprintf()). */
struct sqlite_column {
    char *name;
    enum affinity affinity;
    bool is_rowid;     /* an INTEGER PRIMARY KEY: a null would become the next free rowid */
    bool is_generated; /* takes no values: https://sqlite.org/gencol.html */
    bool takes_null;   /* neither NOT NULL nor in the primary key */
    bool is_order;     /* the first column of the only unique key, in whose order the table stores its rows */
};

struct sqlite_table {
    struct database *database;
    char *name;            /* as the database spells it */
    bool exists;           /* if not, the rest is empty */
    bool has_unique;       /* a primary key or unique index */
    bool has_triggers;     /* its own, or those that foreign key actions may fire */
    bool has_side_effects; /* an INSERT that adds no row may still change something */
    bool checks_rows;      /* only its values and unique keys decide about a row; an INSERT changes no other row */
    bool is_strict;        /* https://sqlite.org/stricttables.html */
    size_t n;
    struct sqlite_column *columns;
};

/*
 * Describes table NAME of D, which must outlive T. Returns NULL, or a constant that says why records cannot be loaded
 * into it. Call sqlite_table_close() in both cases.
 */
const char *xsqlite_table_open(struct sqlite_table *t, struct database *d, const char *name);

/* Returns NULL, or a constant that says why NAME cannot be the name of a table or column. */
const char *sqlite_table_check_name(const char *name);

/* The column of T with this NAME, or NULL. Like SQLite, ignores the case of ASCII letters. */
const struct sqlite_column *sqlite_table_find(const struct sqlite_table *t, const char *name);

/* Deletes all rows of T, which must exist. Foreign keys are checked at the commit: new rows may satisfy them. */
void xsqlite_table_clear(struct sqlite_table *t);

/* Frees what T holds. */
void sqlite_table_close(struct sqlite_table *t);

#endif
