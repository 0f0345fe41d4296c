/* SPDX-License-Identifier: MIT */
/*
 * plain_loop: the fast path for plain records whose key is one part of the record. A plain record is a good one that
 * has only ASCII, and neither a backslash nor a control character in a field. A kernel finds a batch of them and their
 * keys in the window of the input, by masks of 64 bytes. dedup then takes half the time for ids of nine digits, and
 * 0.85 of it for whole records of 34 bytes.
 */
#ifndef WEIR_PLAIN_LOOP_H
#define WEIR_PLAIN_LOOP_H

#include <stdbool.h>
#include <stddef.h>

#include "base/span.h"
#include "base/vector.h"
#include "stream/stream.h"
#include "intset.h"

struct distinct;

struct plain_record {
    struct span key; /* a view of the record */
    const char *end; /* of the record, after its LF */
};

struct plain_rules {
    size_t first; /* column of the key, from 0 */
    size_t last;  /* column of the key */
    size_t n_columns;
    size_t max_line; /* bytes of a record, at most */
    const struct intset *numbers; /* the set for keys that are numbers; NULL: keys are not numbers */
};

/* The records found. */
struct plain_batch {
    bool is_numeric; /* all keys are numbers, and NUMBERS has them */
    struct plain_record records[INTSET_BATCH];
    struct intset_number numbers[INTSET_BATCH];
};

typedef size_t plain_kernel(const struct plain_rules *rules, struct span lines, struct plain_batch *batch);

/*
 * Finds the records at the start of LINES, up to the first that is not plain, at most INTSET_BATCH, and returns their
 * number. LINES are whole lines, with 63 readable bytes after them.
 */
VECTOR_DECLARE(plain_kernel, plain_find);

struct plain_loop {
    bool is_on;     /* a key is one part of its record */
    unsigned waits; /* calls that still take no record */
    unsigned pause; /* the last number of those; it doubles with each other call that finds few plain records */
    struct plain_rules rules;
    plain_kernel *find;
};

/* Prepares L for the records of S and the rules of D. */
void plain_loop_open(struct plain_loop *l, const struct distinct *d, const struct stream *s);

/*
 * Takes records from the window of S up to one that is not plain, perhaps none, and does for them what xdistinct_add()
 * and xdistinct_finish_batch() do. The batch of D must be empty, and is empty afterwards.
 */
void xplain_loop(struct plain_loop *l, struct distinct *d, struct stream *s);

#endif
