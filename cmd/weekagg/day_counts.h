/* SPDX-License-Identifier: MIT */
/*
 * day_counts: the fast path for records that are only counted, by buckets of whole UTC days. It splits a record by
 * masks of 64 bytes, checks its time by two vectors, and counts it in a table of days. This takes half the time of the
 * general path if times do not repeat. It takes records of ASCII without escapes whose time is in the years 1901 to
 * 2099 and has no offset, and leaves all others to the general path.
 */
#ifndef WEIR_DAY_COUNTS_H
#define WEIR_DAY_COUNTS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/vector.h"
#include "stream/plain_record.h"
#include "stream/stream.h"
#include "aggregates.h"
#include "totals.h"
#include "when.h"

enum {
    DAY_COUNTS_FIRST_YEAR = 1901, /* to 2099, every fourth year is a leap year */
    DAY_COUNTS_YEARS = 199,
    DAY_COUNTS_MONTH = 32, /* places for the days of a month, from 1 */
    DAY_COUNTS_YEAR = 16 * DAY_COUNTS_MONTH, /* places for its months, from 1 */
};

struct day_counts {
    struct plain_record_rules rules; /* their part is the time */
    size_t header_size; /* lines of this size, with their LF, are left: they may equal the header line; 0: no header */
    int64_t credit;    /* an initial credit, plus records taken, minus records left; at 0 the fast path is off */
    uint64_t at[DAY_COUNTS_YEARS * DAY_COUNTS_YEAR]; /* records of each day; the first place is 1901-00-00 */
};

/*
 * Counts for the records of S, which have the time of W and no groups, for the caller to free. NULL: A is more than a
 * count of records, the bucket does not follow from the UTC day, or the build has WEIR_PLAIN.
 */
struct day_counts *xday_counts_open(const struct stream *s, const struct when *w, const struct aggregates *a);

/* Takes and counts the records at the start of the window of S, up to the first that is left. */
void day_counts_take(struct day_counts *c, struct stream *s);

/* Adds the counts to T, the totals of these records. */
void xday_counts_finish(const struct day_counts *c, struct totals *t);

/* Counts the records from AT to WHOLE, up to the first that is left, and returns its start. Adds their number to *N. */
typedef char *day_counts_kernel(struct day_counts *c, char *at, const char *whole, uint64_t *n);
VECTOR_DECLARE(day_counts_kernel, day_counts_run);

#endif
