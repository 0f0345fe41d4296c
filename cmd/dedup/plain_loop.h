/* SPDX-License-Identifier: MIT */
/*
 * plain_loop: the tight loop over plain records whose key is one part of the record. It finds the records of a batch and
 * their keys by masks of 64 bytes, straight in the window of the input. dedup of ids of nine digits takes two thirds of
 * the instructions and of the time of the loop over records, dedup of whole records of 34 bytes 0.85.
 */
#ifndef WEIR_PLAIN_LOOP_H
#define WEIR_PLAIN_LOOP_H

#include <stdbool.h>

#include "stream/stream.h"
#include "distinct.h"
#include "plain_loop_kernel.h"

struct plain_loop {
    bool is_on;     /* a key is one part of its record */
    bool has_numbers; /* keys may belong to the set of numbers */
    unsigned waits; /* calls left that take no record ... */
    unsigned pause; /* ... of so many: more each time that few records were plain */
    struct plain_rules rules;
    plain_kernel *find;
};

/* Makes L the loop for the records of S, to which the rules of D apply. */
void plain_loop_open(struct plain_loop *l, const struct distinct *d, const struct stream *s);

/*
 * Takes records from the window of S until one is not plain, and does for them what xdistinct_add() and
 * xdistinct_finish_batch() do. The batch of D must be empty, and is so afterwards. May take none.
 */
void xplain_loop(struct plain_loop *l, struct distinct *d, struct stream *s);

#endif
