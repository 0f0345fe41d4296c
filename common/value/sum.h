/* SPDX-License-Identifier: MIT */
/* sum: the exact sum of decimal numbers, in any order. Only the result must fit into a decimal. */
#ifndef WEIR_SUM_H
#define WEIR_SUM_H

#include <stdbool.h>
#include <stdint.h>

#include "value/decimal.h"

enum { SUM_WORDS = 5 }; /* 2^319 exceeds the sum of 2^64 decimals, each below 10^38 with DECIMAL_DIGITS places */

/* WORDS, a number in two's complement, lowest word first, divided by ten to the power SCALE. All zero is zero. */
struct sum {
    uint64_t words[SUM_WORDS];
    int scale; /* the largest scale of the numbers added */
};

/* Adds D to S. */
void sum_add(struct sum *s, const struct decimal *d);

/* Adds D to S as often as TIMES says. */
void sum_add_times(struct sum *s, const struct decimal *d, uint64_t times);

/* Sets *D to the value of S; false if it has too many digits. */
bool sum_total(const struct sum *s, struct decimal *d);

#endif
