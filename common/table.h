/* SPDX-License-Identifier: MIT */
/* table: records of a file held in memory by key, for a hash join: of each only the text that it gives to its matches. */
#ifndef WEIR_TABLE_H
#define WEIR_TABLE_H

#include <stddef.h>
#include <stdint.h>

#include "keyset.h"
#include "pages.h"
#include "span.h"

/* Rows lie one behind the other in the order in which they were added; the payload of a key says where its first is. */
struct table {
    struct keyset keys;
    struct pages rows;
    size_t used; /* bytes of ROWS in use */
};

/* What is held of a record: a view until the next xtable_add(). */
struct table_row {
    size_t next;   /* where in ROWS the next row with its key is; 0: there is none */
    uint64_t line; /* the number of its line, from 1 */
    size_t len;    /* bytes of TEXT */
    char text[];
};

void xtable_open(struct table *t);

/* The hash of KEY, for table_find(), which will touch memory that is asked for here. */
uint64_t table_hash(const struct table *t, struct span key);

/* The first row with KEY, whose hash is HASH, or NULL. */
const struct table_row *table_find(const struct table *t, uint64_t hash, struct span key);

/* The next row with the key of ROW, in the order in which they were added, or NULL. */
const struct table_row *table_next(const struct table *t, const struct table_row *row);

/*
 * Adds a row with KEY, which stands in LINE, behind others that have it, and returns it for the caller to write the LEN
 * bytes of its text.
 */
struct table_row *xtable_add(struct table *t, struct span key, uint64_t line, size_t len);

void table_close(struct table *t);

#endif
