/* SPDX-License-Identifier: MIT */
/* columns: lists of columns as users write them, "a,b" or "1,3", and the fields of a record in them. */
#ifndef WEIR_COLUMNS_H
#define WEIR_COLUMNS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buffer.h"
#include "base/span.h"
#include "stream/header.h"
#include "stream/options.h"
#include "stream/record.h"

/* Columns in the order of the list, counted from 0. All zero: no columns. */
struct columns {
    size_t n;
    size_t *at; /* owned */
};

/*
 * The columns of LIST, the arguments of an option: names, spelled as in the header line, or numbers, with commas
 * between them. Without arguments there are no columns. Dies if one is unknown, with a usage error that lists the
 * columns of H and starts with WHERE, such as "--key". Under -N an empty input has no columns, and the result is empty.
 */
struct columns xcolumns(const struct header *h, const char *where, const struct option_list *list);

/* xcolumns() for one column. WHERE is NULL if an operand names it. */
size_t xcolumns_one(const struct header *h, const char *where, struct span column);

/*
 * xcolumns() for a LIST whose items may also be NAME=COLUMN, which renames the column. An item that names a column
 * means that column. Any other item is split at its first "=" that is followed by a column, so both names may contain
 * one. *NAMES gets the new or old name of each column, views of LIST and H, for the caller to free; without a header
 * line, names not given are empty.
 */
struct columns xcolumns_named(const struct header *h, const char *where, const struct option_list *list,
                              struct span **names);

/* Finds the columns of the comma-separated LIST. False if one is unknown; call columns_free() even then. */
bool columns_find(struct columns *columns, const struct header *h, const char *list);

/* The number of items in LIST. */
size_t columns_count(const struct option_list *list);

/* The first N columns. */
struct columns xcolumns_first(size_t n);

/* Whether COLUMN is one of COLUMNS. */
bool columns_have(const struct columns *columns, size_t column);

/* For each of N columns, whether it is one of COLUMNS: an array for the caller to free. */
bool *xcolumns_set(const struct columns *columns, size_t n);

/*
 * The fields of R in COLUMNS, separated by TABs. No field contains a TAB, so different fields give different bytes.
 * They are a view of the record if they are adjacent there, else they are built in BUFFER.
 */
struct span xcolumns_join(const struct columns *columns, const struct record *r, struct buffer *buffer);

/*
 * KEY, as xcolumns_join() returns it, with ASCII letters in lower case, except the N of a null. Built in BUFFER, where
 * KEY may already be.
 */
struct span xcolumns_fold(struct span key, struct buffer *buffer);

/* Whether a field of R in COLUMNS is null. */
bool columns_have_null(const struct columns *columns, const struct record *r);

void columns_free(struct columns *columns);

#endif
