/* SPDX-License-Identifier: MIT */
/*
 * tallied: the aggregates that need all their values, percentiles and the number of distinct values. A tally holds them
 * in bounded memory.
 */
#ifndef WEIR_TALLIED_H
#define WEIR_TALLIED_H

#include <stddef.h>
#include <stdint.h>

#include "aggregate.h"

struct tallied;

/* No values. They will use at most MEMORY bytes, as in tally.h. */
struct tallied *xtallied_open(size_t memory);

/* Adds VALUE, one for a function that is tallied, to those of total GROUP. */
void xtallied_add(struct tallied *t, size_t group, const struct aggregate_value *value);

/*
 * Sets the results of all totals that were added to, and frees T. TOTALS[G] is of the aggregate AGGREGATES[G % N].
 * Percentiles are those of type 7 of Hyndman and Fan 1996, and exact: a value between two others has as many decimal
 * places as it needs.
 */
void xtallied_finish(struct tallied *t, const struct aggregate *aggregates, size_t n, struct aggregate_total *totals);

#endif
