/* SPDX-License-Identifier: MIT */
/* sum: the exact sum of decimal numbers, in any order: whatever it comes to on the way, only the end counts. */
#ifndef WEIR_SUM_H
#define WEIR_SUM_H

#include <stdbool.h>
#include <stdint.h>

#include "value/decimal.h"

enum { SUM_WORDS = 5 }; /* 2^319 is more than 2^64 decimals come to: below 10^38, with DECIMAL_DIGITS places */

/* The number in WORDS, two's complement from the lowest, divided by ten to the power SCALE. All zero: no sum yet. */
struct sum {
    uint64_t words[SUM_WORDS];
    int scale; /* the largest of what was added */
};

/* Adds D to S. */
void sum_add(struct sum *s, const struct decimal *d);

/* Sets *D to what S comes to; false if that has too many digits. */
bool sum_total(const struct sum *s, struct decimal *d);

#endif
