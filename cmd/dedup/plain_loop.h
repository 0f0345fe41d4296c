/* SPDX-License-Identifier: MIT */
/*
 * plain_loop: the fast path for plain records (stream/plain_record.h) whose key is one part of the record. dedup then
 * takes half the time for ids of nine digits, and 0.85 of it for whole records of 34 bytes.
 */
#ifndef WEIR_PLAIN_LOOP_H
#define WEIR_PLAIN_LOOP_H

#include <stdbool.h>

#include "stream/plain_record.h"
#include "stream/stream.h"
#include "distinct.h"
#include "intset.h"

struct plain_loop {
    bool is_on;       /* a key is one part of its record */
    bool has_numbers; /* keys may belong to the set of numbers */
    unsigned waits;   /* calls that still take no record */
    unsigned pause;   /* the last number of those; it doubles with each other call that finds few plain records */
    struct plain_record_rules rules;
    plain_record_kernel *find;
    intset_parse_kernel *parse;
};

/* Prepares L for the records of S and the rules of D. */
void plain_loop_open(struct plain_loop *l, const struct distinct *d, const struct stream *s);

/*
 * Takes records from the window of S up to one that is not plain, perhaps none, and does for them what xdistinct_add()
 * and xdistinct_finish_batch() do. The batch of D must be empty, and is empty afterwards.
 */
void xplain_loop(struct plain_loop *l, struct distinct *d, struct stream *s);

#endif
