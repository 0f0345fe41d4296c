/* SPDX-License-Identifier: MIT */
/* table: the records of a file held in memory by key, for a hash join: of each only the text it gives to its matches. */
#ifndef WEIR_TABLE_H
#define WEIR_TABLE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/block.h"
#include "base/buffer.h"
#include "base/keyset.h"
#include "base/span.h"
#include "stream/columns.h"
#include "stream/record.h"
#include "stream/stream.h"

struct table_rules {
    struct columns key;   /* of the file */
    struct columns added; /* of the file: what a record gives to its matches */
    bool ignore_case;     /* of ASCII letters in keys */
    bool multi;           /* a key may stand there more than once */
};

/* Rows lie one behind the other in the order of the file; the payload of a key says where its first is. */
struct table {
    struct keyset keys;
    struct block rows;
    size_t used; /* bytes of ROWS in use */
    bool ignore_case;
};

/* What is held of a record. */
struct table_row {
    size_t next;   /* where in ROWS the next row with its key is; 0: there is none */
    uint64_t line; /* the number of its line, from 1 */
    size_t len;
    char text[];   /* LEN bytes: for each column added a TAB and the field, then LF */
};

/* A key to look up, and where that leads. All zero before its first use. */
struct table_probe {
    const struct table_row *row; /* set by table_find(): the first row with the key; NULL: none */
    bool has_null;               /* the key matches nothing */
    struct span key;
    uint64_t hash;
    struct buffer buffer; /* for a key that is no view of its record */
};

/*
 * Reads FILE, whose header was read with R, to its end. A record with null in its key is judged and left out. A key
 * that stands there twice ends the program unless RULES allow it.
 */
void xtable_load(struct table *t, struct stream *file, struct record *r, const struct table_rules *rules);

/* Prepares P to look up the fields of R in KEY; it may be a view of R. */
void xtable_probe(const struct table *t, struct table_probe *p, const struct columns *key, const struct record *r);

/* Looks up the N probes at P. Many at once wait for memory together. */
void table_find(const struct table *t, struct table_probe *p, size_t n);

/* The next row with the key of ROW, in the order of the file, or NULL. */
const struct table_row *table_next(const struct table *t, const struct table_row *row);

void table_probe_free(struct table_probe *p);
void table_close(struct table *t);

#endif
