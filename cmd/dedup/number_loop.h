/* SPDX-License-Identifier: MIT */
/*
 * number_loop: the tight loop for plain records whose key is one field, a number. It splits, parses and looks up a
 * batch of records at a time, straight from the window of the input, and writes those kept as runs. Takes three fifths
 * of the instructions of the loop over records, and two thirds of its time with ids of nine digits.
 */
#ifndef WEIR_NUMBER_LOOP_H
#define WEIR_NUMBER_LOOP_H

#include "distinct.h"
#include "number_loop_kernel.h"
#include "stream/stream.h"

struct number_loop {
    bool is_on;     /* records may be plain */
    unsigned waits; /* calls left that take no record ... */
    unsigned pause; /* ... of so many: more each time that few records were plain */
    struct plain_rules rules;
    plain_kernel *find;
};

/* Makes L the loop for the records of S, to which the rules of D apply. */
void number_loop_open(struct number_loop *l, const struct distinct *d, const struct stream *s);

/*
 * Takes records from the window of S until one is not plain, or the set of numbers of D has no room, and does what
 * xdistinct_add() and xdistinct_finish_batch() would do. The batch of D must be empty. May take none.
 */
void xnumber_loop(struct number_loop *l, struct distinct *d, struct stream *s);

#endif
