/* SPDX-License-Identifier: MIT */
/* aggregates: the aggregates that the operands ask for, and their values in the current record. */
#ifndef WEIR_AGGREGATES_H
#define WEIR_AGGREGATES_H

#include <stdbool.h>
#include <stddef.h>

#include "stream/columns.h"
#include "stream/header.h"
#include "stream/record.h"
#include "aggregate.h"
#include "tallied.h"

struct aggregates {
    size_t n;
    struct aggregate *at;           /* owned */
    struct aggregate_value *values; /* of the current record, for each aggregate; owned */
    struct tallied *tallied;        /* NULL: no aggregate needs it */
};

/*
 * The aggregates that the N OPERANDS describe, [NAME=]AGG[:COL]; SCALE, for means, is the argument of --scale, or
 * UINT64_MAX. IS_MERGE: those that merge their partial results, which are in the columns of their names. Dies with a
 * usage error if an operand or SCALE is wrong.
 */
struct aggregates xaggregates_parse(char **operands, size_t n, uint64_t scale, bool is_merge);

/*
 * Finds the columns of A in H, and makes the names that are not given. Dies with a usage error if one is unknown. Values
 * that must be kept will take at most MEMORY bytes.
 */
void xaggregates_resolve(struct aggregates *a, const struct header *h, size_t memory);

/* Adds to A, which has none, the sums of the columns of H from index FIRST on, except GROUPS, under the same names. */
void xaggregates_rest(struct aggregates *a, const struct header *h, size_t first, const struct columns *groups);

/* Reads the values of R. Returns what is wrong with the field in *COLUMN, or NULL. */
static inline const char *aggregates_read(const struct aggregates *all, const struct record *r, size_t *column)
{
    const char *reason = NULL;

    for (size_t i = 0; i < all->n && reason == NULL; i++) {
        const struct aggregate *a = &all->at[i];
        if (a->of.at == NULL)
            continue;
        *column = a->column;
        reason = aggregate_read(a->function, record_field(r, *column), &all->values[i]);
    }
    return reason;
}

/* Adds the values read to TOTALS, one for each aggregate, which are at PLACE (totals.h). */
static inline void xaggregates_add(const struct aggregates *a, struct aggregate_total *totals, size_t place)
{
    for (size_t i = 0; i < a->n; i++) {
        const struct aggregate_function *f = a->at[i].function;
        if (f->tally != TALLY_NOTHING && !a->values[i].is_null)
            xtallied_add(a->tallied, place * a->n + i, &a->values[i]);
        xaggregate_add(f, &totals[i], &a->values[i]);
    }
}

/* After the last xaggregates_add(): completes TOTALS, those of all places, one after the other. */
void xaggregates_finish(struct aggregates *a, struct aggregate_total *totals);

void aggregates_free(struct aggregates *a);

#endif
