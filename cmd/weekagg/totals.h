/* SPDX-License-Identifier: MIT */
/* totals: a set of aggregates for each group and bucket. */
#ifndef WEIR_TOTALS_H
#define WEIR_TOTALS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/keyset.h"
#include "base/quote.h"
#include "base/span.h"
#include "stream/writer.h"
#include "aggregate.h"
#include "bucket.h"

enum {
    TOTALS_MEMO = 8191, /* days, or hours, remembered: a prime, or midnights would share few places */
    TOTALS_REASON_SIZE = 2 * QUOTE_SIZE + 100,
};

/* What a day, or under BUCKET_HOUR an hour, came to: saves the calendar, and without groups the lookup too. */
struct totals_memo {
    int64_t day;   /* INT64_MIN: none */
    int64_t start; /* the bucket it is in */
    size_t place;  /* without groups: where that bucket's values are */
};

struct totals {
    bool has_groups;
    enum bucket_unit unit;
    const struct aggregate *aggregates;
    size_t n;                       /* aggregates */
    struct keyset keys;             /* a group's fields and then the bucket; with each its place in VALUES */
    struct aggregate_total *values; /* N for each key */
    size_t capacity;                /* keys that VALUES has room for */
    char *key;                      /* the key found last, which is likely to be wanted again, and ... */
    size_t key_len;
    size_t key_capacity;
    size_t place; /* ... where its values are */
    struct totals_memo memo[TOTALS_MEMO];
};

/* An empty T for buckets of UNIT and N of AGGREGATES, which must outlive T. */
void xtotals_open(struct totals *t, bool has_groups, enum bucket_unit unit, const struct aggregate *aggregates,
                  size_t n);

/*
 * Where the values of GROUP in the bucket that SECONDS falls into are: for totals_at(), as long as T is open. A group is
 * its fields with TABs between them, as many in all groups; empty if there are none.
 */
size_t xtotals_find(struct totals *t, struct span group, int64_t seconds);

/* The values at PLACE, one for each aggregate, all zero if they are new; until the next xtotals_find(). */
static inline struct aggregate_total *totals_at(const struct totals *t, size_t place)
{
    return t->values + place * t->n;
}

/* Whether all totals can be written (aggregate_fits()); if not, REASON says in words which one cannot. */
bool totals_fit(const struct totals *t, char reason[TOTALS_REASON_SIZE]);

/*
 * Appends to W a record for each group and bucket: the group, the bucket, the values, which must fit; sorted by the
 * fields of the group and then by time. FILL: also for the buckets between the first and the last of a group, as if of
 * no value.
 */
void xtotals_write(const struct totals *t, struct writer *w, bool fill);

void totals_close(struct totals *t);

#endif
