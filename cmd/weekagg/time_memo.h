/* SPDX-License-Identifier: MIT */
/*
 * time_memo: what times met before came to, by their text. Many files have few different times, dates without a clock,
 * say: to find one here takes a quarter of what calendar_parse() and the steps after it take. It forgets: a text takes
 * the place of another.
 */
#ifndef WEIR_TIME_MEMO_H
#define WEIR_TIME_MEMO_H

#include <stdbool.h>
#include <stdint.h>

#include "base/span.h"

enum {
    TIME_MEMO_SHORTEST = 10, /* bytes of a text that is remembered ... */
    TIME_MEMO_WORDS = 4,     /* ... up to so many words of 8 */
    TIME_MEMO_PLACES = 8192, /* a power of two; days of 22 years have places of their own */
};

/* A text's words, which overlap if it is shorter: together and with its length they are all of it. */
struct time_memo_text {
    uint64_t words[TIME_MEMO_WORDS];
    uint64_t len; /* 0: none */
};

struct time_memo {
    int64_t credit; /* finds less misses, and some to start with; at 0 times do not repeat, and it does nothing more */
    struct {
        struct time_memo_text text;
        int64_t value;
    } places[TIME_MEMO_PLACES];
};

/* An empty memo, for the caller to free. */
struct time_memo *xtime_memo_open(void);

/* Sets *VALUE to what was last remembered for TEXT; false if that is not known (any more). */
bool time_memo_find(struct time_memo *m, struct span text, int64_t *value);

/* Remembers VALUE for TEXT, unless it is too short or too long for that. */
void time_memo_add(struct time_memo *m, struct span text, int64_t value);

#endif
