/* SPDX-License-Identifier: MIT */
/* table: the records of a file in memory, by key, for a hash join. Only the text added to matches is held. */
#ifndef WEIR_TABLE_H
#define WEIR_TABLE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/block.h"
#include "base/buffer.h"
#include "base/keyset.h"
#include "base/memo.h"
#include "base/span.h"
#include "stream/columns.h"
#include "stream/record.h"
#include "stream/stream.h"

struct table_rules {
    struct columns key;   /* of the file */
    struct columns added; /* of the file: the columns added to matches */
    bool ignore_case;     /* in keys */
    bool multi;           /* duplicate keys are allowed */
};

/*
 * Rows are stored one after the other, in file order. The payload of a key in KEYS holds the places of its first and
 * last row.
 */
struct table {
    struct keyset keys;
    struct block rows;
    size_t used; /* bytes of ROWS in use */
    bool ignore_case;
    struct memo *memo; /* of keys looked up, with the addresses of their first rows; owned; NULL: none */
};

/* The part of a record that is held. */
struct table_row {
    size_t next;   /* offset in ROWS of the next row with this key; 0: none */
    uint64_t line; /* line number, from 1 */
    size_t len;
    char text[];   /* LEN bytes: a TAB and the field for each column added, then LF */
};

/* A key to look up, and the result. All zero before its first use. */
struct table_probe {
    const struct table_row *row; /* the first row with the key; NULL: none. Valid if is_done, else after table_find() */
    bool is_done;                /* by xtable_probe(): the memo has the key, or it has a null and matches nothing */
    struct span key;             /* not set if it has a null */
    uint64_t hash;               /* not set if is_done */
    struct buffer buffer; /* for a key that is not a view of its record */
};

/*
 * Makes T from the rest of FILE, whose header was read with R. Records with a null in the key are checked and not held.
 * A bad record, or a duplicate key unless RULES allow it, ends the program.
 */
void xtable_load(struct table *t, struct stream *file, struct record *r, const struct table_rules *rules);

/* Prepares P to look up the fields KEY of R. P may hold a view of R. */
void xtable_probe(const struct table *t, struct table_probe *p, const struct columns *key, const struct record *r);

/* Looks up the N probes at P that are not done. In a batch, cache misses overlap. */
void table_find(const struct table *t, struct table_probe *p, size_t n);

/* The next row with the key of ROW, in file order, or NULL. */
const struct table_row *table_next(const struct table *t, const struct table_row *row);

void table_probe_free(struct table_probe *p);
void table_free(struct table *t);

#endif
