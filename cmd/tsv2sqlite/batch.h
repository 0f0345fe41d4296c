/* SPDX-License-Identifier: MIT */
/*
 * batch: copies of some megabytes of records, which can be sorted by the table's only unique key. In input order, each
 * record of a large table would touch another page, which takes four times as long. The table depends only on the order
 * of records with the same key, and sorting keeps that.
 */
#ifndef WEIR_BATCH_H
#define WEIR_BATCH_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buffer.h"
#include "stream/record.h"
#include "sqlite_value.h"

/* All zero is an empty batch. */
struct batch {
    struct buffer text;    /* the lines of the records */
    struct buffer entries; /* a struct batch_entry for each */
    struct buffer spare;   /* to sort them */
    size_t n;
    size_t at;            /* the entry of the next record */
    size_t n_kept;        /* records kept by batch_keep() */
    size_t n_falls;       /* records whose key is less than that of the one before */
    bool is_by_text;      /* the keys are texts, not numbers */
    struct record record; /* the last one that batch_next() moved to: a view, valid until B changes */
};

/* Empties B, for records of N fields. */
void xbatch_clear(struct batch *b, size_t n);

/* Whether B is large enough to be sorted and stored: it takes 96 MB of memory. */
bool batch_is_full(const struct batch *b);

/* Adds a copy of R. Its key is the text of field KEY, from 0, or if VALUE is not NULL, that number. */
void xbatch_add(struct batch *b, const struct record *r, size_t key, const struct sqlite_value *value);

/* Sorts the records by key, those with the same key by line. */
void batch_sort(struct batch *b);

/* Moves to the next record. False: there is none. */
bool batch_next(struct batch *b);

/* Keeps the current record for batch_again(). */
void batch_keep(struct batch *b);

/* Starts again with the records kept, in the order of the input. */
void batch_again(struct batch *b);

/* Frees what B holds. */
void batch_close(struct batch *b);

#endif
