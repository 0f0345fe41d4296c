/* SPDX-License-Identifier: MIT */
/*
 * memo: remembers the results for short texts. Many columns have few distinct texts, such as dates without a clock.
 * There, weekagg needs a quarter of the time that parsing a date takes, and lookup as a whole takes 0.7 of its time.
 * The memo forgets: a new text may replace another.
 */
#ifndef WEIR_MEMO_H
#define WEIR_MEMO_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/span.h"

enum {
    MEMO_WORDS = 4,     /* words of 8 bytes in the longest text that is remembered */
    MEMO_PLACES = 8192, /* a power of two; the days of 22 years do not share places */
};

/* A text as words, which overlap if it is short. The words and the length identify it. */
struct memo_text {
    uint64_t words[MEMO_WORDS];
    uint64_t len; /* 0: none */
};

struct memo {
    int64_t credit; /* an initial credit, plus hits, minus misses; at 0, texts do not repeat and the memo is off */
    struct {
        struct memo_text text;
        uint64_t result;
    } places[MEMO_PLACES];
};

/* An empty memo, for the caller to free. */
struct memo *xmemo_open(void);

/* Sets *RESULT to the last one added for TEXT; false if it is unknown or forgotten. */
bool memo_find(struct memo *m, struct span text, uint64_t *result);

/* Remembers RESULT for TEXT, unless that is empty or too long. */
void memo_add(struct memo *m, struct span text, uint64_t result);

#endif
