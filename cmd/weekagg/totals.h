/* SPDX-License-Identifier: MIT */
/* totals: the aggregates of each group and bucket. */
#ifndef WEIR_TOTALS_H
#define WEIR_TOTALS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buffer.h"
#include "base/keyset.h"
#include "base/span.h"
#include "stream/stream.h"
#include "aggregates.h"
#include "bucket.h"
#include "when.h"

enum { TOTALS_MEMO = 8191 }; /* steps; a prime, so that midnights, in seconds or hours, do not share few places */

/* The result for a step of the unit (bucket.h). It saves a calendar computation, and without groups a lookup too. */
struct totals_memo {
    int64_t step;  /* INT64_MIN: none */
    int64_t start; /* the bucket it is in */
    size_t place;  /* without groups: where the totals of that bucket are */
};

/* Which buckets are written besides those with records, and which are not. */
struct totals_rules {
    bool fill;     /* those between the first and the last of a group, too, ... */
    bool fill_all; /* ... or between the first and the last of all groups */
    bool whole;    /* only those of when_is_whole() */
    bool partial;  /* adds a field after the bucket: 0 if when_is_whole(), else 1 */
};

struct totals {
    bool has_groups;
    const struct when *when;
    struct totals_rules rules;
    const struct aggregate *aggregates;
    size_t n;                       /* aggregates */
    struct keyset keys;             /* group and bucket; the payload is the key's place */
    struct aggregate_total *values; /* N for each place */
    struct buffer key;              /* the key found last, which is often the next one too, ... */
    size_t place;                   /* ... and its place */
    struct totals_memo memo[TOTALS_MEMO];
};

/* Makes T empty, for buckets of WHEN and for AGGREGATES, which must outlive T. */
void xtotals_open(struct totals *t, bool has_groups, const struct when *when, const struct aggregates *aggregates,
                  struct totals_rules rules);

/*
 * The place, for totals_at(), of GROUP in the bucket that SECONDS falls into. It is valid as long as T is open. A group
 * is its fields, separated by TABs, the same number in all groups; empty if there are none.
 */
size_t xtotals_find(struct totals *t, struct span group, int64_t seconds);

/* The totals at PLACE, one for each aggregate, all zero at first; valid until the next xtotals_find(). */
static inline struct aggregate_total *totals_at(const struct totals *t, size_t place)
{
    return t->values + place * t->n;
}

/*
 * Writes to S a record for each group and bucket that the rules ask for: the group, the bucket, 0 or 1 if the rules have
 * partial, the totals. Records are sorted by the fields of the group, then by time. Without groups and units there is
 * one, even without values. Ends the program if a total has too many digits.
 */
void xtotals_write(struct totals *t, struct stream *s);

void totals_close(struct totals *t);

#endif
