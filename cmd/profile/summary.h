/* SPDX-License-Identifier: MIT */
/* summary: describes a column, from its distinct fields and the number of times that each occurs. */
#ifndef WEIR_SUMMARY_H
#define WEIR_SUMMARY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buffer.h"
#include "base/span.h"
#include "stream/writer.h"
#include "value/decimal.h"
#include "value/sum.h"

enum { SUMMARY_TOP = 5 };

/* A common field. */
struct summary_top {
    uint64_t count;
    bool is_integer; /* it was given to xsummary_add_integer() */
    struct buffer field;
};

/* All zero is the summary of no fields. */
struct summary {
    uint64_t n; /* fields that are not null */
    uint64_t n_nulls;
    uint64_t n_empty;
    uint64_t n_distinct; /* not counting null */
    unsigned excluded;   /* types, as a set of type.h, that do not accept all fields */
    size_t shortest;     /* bytes of the values */
    size_t longest;
    struct buffer least[2]; /* in the order of order_compare(), and while all fields are times, of instants */
    struct buffer greatest[2];
    struct sum sum; /* of fields that are numbers, except those of xsummary_add_integer() ... */
    __int128 whole; /* ... which are here; the sum of 2^64 integers of 14 digits fits */
    bool is_inexact; /* a number had too many digits to be added */
    struct summary_top top[SUMMARY_TOP];
    size_t n_top;
    bool has_integers;  /* xsummary_add_integer() was called ... */
    int64_t last;       /* ... last with this; */
    int64_t length_end; /* the next greater integer that has another length */
};

/* Adds FIELD, which occurs COUNT times and was not added before. */
void xsummary_add(struct summary *s, struct span field, uint64_t count);

/*
 * xsummary_add() for an integer of at most 14 digits, greater than any added so before, in a tenth of the time.
 */
void xsummary_add_integer(struct summary *s, int64_t value, uint64_t count);

/* Appends the columns of SUMMARY_HEADER, each after a TAB, to W: Type to Top, see profile(1). */
void xsummary_write(struct summary *s, struct writer *w);

#define SUMMARY_HEADER "Type\tRecords\tNulls\tEmpty\tDistinct\tLeast\tGreatest\tShortest\tLongest\tMean\tTop"

void summary_free(struct summary *s);

#endif
