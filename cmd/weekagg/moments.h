/* SPDX-License-Identifier: MIT */
/* moments: the exact sums of numbers and of their squares, and from them the standard deviation of a sample. */
#ifndef WEIR_MOMENTS_H
#define WEIR_MOMENTS_H

#include <stdbool.h>
#include <stdint.h>

#include "value/decimal.h"

struct moments;

/* Adds D to M, which may be NULL: of no numbers. Returns M, for the caller to free. */
struct moments *xmoments_add(struct moments *m, const struct decimal *d);

/*
 * Sets *D to the standard deviation of the N > 1 numbers in M, with N - 1 as the divisor under the root and SCALE
 * decimal places. It is rounded once, half to even. False if it has too many digits.
 */
bool moments_deviation(const struct moments *m, uint64_t n, int scale, struct decimal *d);

#endif
