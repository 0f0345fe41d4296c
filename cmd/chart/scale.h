/* SPDX-License-Identifier: MIT */
/* scale: the axis of values, between two round numbers, with a tick at each multiple of a round step. */
#ifndef WEIR_SCALE_H
#define WEIR_SCALE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { SCALE_SIZE = 48 }; /* room for a tick as text, with a NUL */

/* Ticks are the multiples FIRST to LAST of the step, DIGIT (1, 2 or 5) times ten to the power EXPONENT. */
struct scale {
    int64_t first;
    int64_t last;
    int digit;
    int exponent;
    double step;
};

/*
 * Makes S reach from LEAST to GREATEST, at most 1e300 from zero, in about MOST_STEPS steps or less. With WHOLE, ticks
 * are whole numbers.
 */
void scale_fit(struct scale *s, double least, double greatest, int most_steps, bool whole);

/* The place of VALUE on S: 0 at the first tick, 1 at the last. */
double scale_place(const struct scale *s, double value);

/* Writes TICK, FIRST to LAST, to OUT, with commas between thousands, and a NUL; returns its length. */
size_t scale_format(const struct scale *s, int64_t tick, char out[SCALE_SIZE]);

/* The length of the longest tick. */
size_t scale_width(const struct scale *s);

#endif
