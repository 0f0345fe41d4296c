/* SPDX-License-Identifier: MIT */
/* columns: lists of columns as users write them, "a,b" or "2-4,!c", and the fields of a record in them. */
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
 * The columns of LIST, the arguments of an option: items with commas between them (column_item.h). An expansion selects
 * columns in the order of H, without those selected before. Columns that an item with "!" names are left out of what
 * the others select, or of all columns if there are no others. Without arguments there are no columns. Dies with a usage
 * error that starts with WHERE, such as "--key", if an item selects no column (it lists the columns of H), or if none is
 * left. Under -N an empty input has no columns, and the result is empty.
 */
struct columns xcolumns(const struct header *h, const char *where, const struct option_list *list);

/* How else a list is resolved. All zero: as by xcolumns(). */
struct columns_rules {
    /* Columns that expansions do not select, as if they were selected before. */
    const struct columns *hidden;
    /*
     * An item may also be NAME=COLUMN, which renames the column. An item that names a column means that column. Any
     * other item is split at its first "=" that is followed by a column, so both names may contain one. *NAMES gets the
     * new or old name of each column, views of the list and the header, for the caller to free; without a header line,
     * names not given are empty. If an empty input has no columns, the result has one for each item, without a place.
     */
    struct span **names;
};

struct columns xcolumns_by(const struct header *h, const char *where, const struct option_list *list,
                           const struct columns_rules *rules);

/* The same for the N items at ITEMS. WHERE is NULL if operands name the columns. */
struct columns xcolumns_of(const struct header *h, const char *where, const struct span *items, size_t n,
                           const struct columns_rules *rules);

/*
 * The columns of H that have the names of COLUMNS in LIKE, or without names their positions. Dies as xcolumns() does if
 * one is unknown.
 */
struct columns xcolumns_like(const struct header *h, const char *where, const struct header *like,
                             const struct columns *columns);

/* The items of LIST, *N of them: views of LIST in an array for the caller to free. */
struct span *xcolumns_items(const struct option_list *list, size_t *n);

/* The column that COLUMN, a name or a number, means. Dies if there is none. WHERE is NULL if an operand names it. */
size_t xcolumns_one(const struct header *h, const char *where, struct span column);

/* Finds the columns of LIST, names with commas between them. False if one is unknown; call columns_free() even then. */
bool columns_find(struct columns *columns, const struct header *h, const char *list);

/* The first N columns. */
struct columns xcolumns_first(size_t n);

/* Whether COLUMN is one of COLUMNS. */
bool columns_have(const struct columns *columns, size_t column);

/* For each of N columns, whether it is one of COLUMNS: an array for the caller to free. */
bool *xcolumns_set(const struct columns *columns, size_t n);

/* Whether each of COLUMNS follows the one before it in a record, so that their fields are one part of it. */
bool columns_are_adjacent(const struct columns *columns);

/*
 * The fields of R in COLUMNS, separated by TABs. No field contains a TAB, so different fields give different bytes.
 * They are a view of the record if they are adjacent there, else they are built in BUFFER.
 */
struct span xcolumns_join(const struct columns *columns, const struct record *r, struct buffer *buffer);

/* Whether a field of R in COLUMNS is null. */
bool columns_have_null(const struct columns *columns, const struct record *r);

void columns_free(struct columns *columns);

#endif
