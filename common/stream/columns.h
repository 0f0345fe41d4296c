/* SPDX-License-Identifier: MIT */
/* columns: a list of columns as users write it, "a,b" or "1,3". */
#ifndef WEIR_COLUMNS_H
#define WEIR_COLUMNS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/span.h"
#include "stream/header.h"
#include "stream/record.h"

/* Columns in the order of the list, from 0. */
struct columns {
    size_t n;
    size_t *at;
};

/*
 * Looks up in H the comma-separated LIST of names or numbers; names are spelled as in the header line. False if it has
 * no such column, and then *UNKNOWN, a view into LIST, is the first one. COLUMNS is for columns_free() either way.
 */
bool columns_find(struct columns *columns, const struct header *h, const char *list, struct span *unknown);

/*
 * columns_find() for a list whose items may be NAME=COLUMN as well, which gives a column another name. An item that is a
 * column is that column; else the first "=" with a column behind it is meant, so that both names may contain one. *NAMES
 * gets what each column is to be called, views into LIST and H, for the caller to free; under a header without names,
 * those not given are empty.
 */
bool columns_find_named(struct columns *columns, struct span **names, const struct header *h, const char *list,
                        struct span *unknown);

/* How many items LIST has. */
size_t columns_count(const char *list);

/* The first N columns. */
struct columns xcolumns_first(size_t n);

/* Whether COLUMN is one of COLUMNS. */
bool columns_have(const struct columns *columns, size_t column);

/* For each of N columns whether it is one of COLUMNS, for the caller to free. */
bool *xcolumns_set(const struct columns *columns, size_t n);

/*
 * The fields of R in COLUMNS with a TAB between them, which no field contains, so that different fields give different
 * bytes. A view of the record if they stand there in a row; else built in *BUFFER of *CAPACITY bytes, which grows and
 * is the caller's to free.
 */
struct span xcolumns_join(const struct columns *columns, const struct record *r, char **buffer, size_t *capacity);

/*
 * KEY, as xcolumns_join() gives it, with ASCII letters in lower case, but for the N of a null, which is no letter. Built
 * in *BUFFER, where KEY may already be.
 */
struct span xcolumns_fold(struct span key, char **buffer, size_t *capacity);

/* Whether a field of R in COLUMNS is null. */
bool columns_have_null(const struct columns *columns, const struct record *r);

void columns_free(struct columns *columns);

#endif
