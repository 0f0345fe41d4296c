/* SPDX-License-Identifier: MIT */
/*
 * time_memo: results for times seen before, by their text. Many files have few distinct times, for instance dates
 * without a clock; a lookup takes a quarter of the time of calendar_parse() and the steps after it. The memo forgets: a
 * new text may replace another.
 */
#ifndef WEIR_TIME_MEMO_H
#define WEIR_TIME_MEMO_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/span.h"

enum {
    TIME_MEMO_SHORTEST = 10, /* bytes of a text that is remembered, at least ... */
    TIME_MEMO_WORDS = 4,     /* ... and at most, in words of 8 bytes */
    TIME_MEMO_PLACES = 8192, /* a power of two; the days of 22 years do not share places */
};

/* A text as words, which overlap if it is short. The words and the length identify it. */
struct time_memo_text {
    uint64_t words[TIME_MEMO_WORDS];
    uint64_t len; /* 0: none */
};

/* What the caller remembers of a time. One memo holds one kind. */
union time_memo_result {
    int64_t seconds; /* the time itself, calendar.h */
    size_t place;    /* where its totals are, totals.h */
};

struct time_memo {
    int64_t credit; /* an initial credit, plus hits, minus misses; at 0, times do not repeat and the memo is off */
    struct {
        struct time_memo_text text;
        union time_memo_result result;
    } places[TIME_MEMO_PLACES];
};

/* An empty memo, for the caller to free. */
struct time_memo *xtime_memo_open(void);

/* Sets *RESULT to the last one added for TEXT; false if it is unknown or forgotten. */
bool time_memo_find(struct time_memo *m, struct span text, union time_memo_result *result);

/* Remembers RESULT for TEXT, unless that is too short or too long. */
void time_memo_add(struct time_memo *m, struct span text, union time_memo_result result);

#endif
