/* SPDX-License-Identifier: MIT */
/* binder: the fields of a record as the parameters of an SQL statement, if their columns take them unchanged. */
#ifndef WEIR_BINDER_H
#define WEIR_BINDER_H

#include <stdbool.h>
#include <stddef.h>

#include "stream/record.h"
#include "sqlite_target.h"

enum { BINDER_REASON_SIZE = 1000 };

struct binder {
    char *text; /* the values of a record, where their spelling has to change */
    size_t capacity;
    char reason[BINDER_REASON_SIZE]; /* why the last record could not be bound, in words */
};

/*
 * Binds the fields of R to the parameters 1, 2, ... of STATEMENT, made for T. The values live until the next call and
 * no longer than R. False if a column does not take its field: that is of another type than the column's, or would be
 * stored as something else; REASON says so. Dies as xdatabase_prepare() does. B is all zero at first.
 */
bool xbinder_bind(struct binder *b, const struct sqlite_target *t, sqlite3_stmt *statement, const struct record *r);

/* Frees what B holds. */
void binder_close(struct binder *b);

#endif
