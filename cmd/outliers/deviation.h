/* SPDX-License-Identifier: MIT */
/*
 * deviation: how far values stand from all of them together. Whether that is too far is decided in whole numbers, but
 * for DEVIATION_Z, whose standard deviation is a root.
 */
#ifndef WEIR_DEVIATION_H
#define WEIR_DEVIATION_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/span.h"
#include "value/decimal.h"

/* What the score of a value X is. */
enum deviation_method {
    DEVIATION_RATIO, /* |1 - X / mean| */
    DEVIATION_Z,     /* (X - mean) / standard deviation of the sample */
    DEVIATION_MAD,   /* 0.6745 (X - median) / median of |X - median|; Iglewicz and Hoaglin 1993 */
    DEVIATION_IQR,   /* how far X is outside the quartiles / how far they are apart; Tukey 1977 */
};

/* What values come to together. They count in units of the last place of the scale that is common to them. */
struct deviation {
    enum deviation_method method;
    const char *undefined; /* why there are no scores, in words; NULL: there are */
    bool has_baseline;
    double baseline; /* their mean or median */
    int scale;

    /* The distance of X is FACTOR times what MULTIPLE times X is outside LOW to HIGH, its score that through SPREAD. */
    __int128 multiple;
    __int128 low;
    __int128 high;
    __int128 factor;
    unsigned __int128 spread;
    long double root_spread; /* for DEVIATION_Z, in place of SPREAD */
};

/* A score beyond N / UNIT is too far. */
struct deviation_threshold {
    uint64_t n;
    uint64_t unit; /* a power of ten */
};

/* Parses TEXT, a number (number.h) of up to 19 digits that is not negative; false if it is none. */
bool deviation_parse_threshold(struct span text, struct deviation_threshold *threshold);

/*
 * Measures N values, which get a common scale. False if they have too many digits to do so exactly; what fits is, in
 * that scale, 38 digits less those of 2 N for ratio and z, less 4 for mad, less 1 for iqr.
 */
bool xdeviation_measure(struct deviation *d, enum deviation_method method, struct decimal *values, size_t n);

/* The score of VALUE, one of those measured, if there are scores. */
double deviation_score(const struct deviation *d, struct decimal value);

/* Whether the score of VALUE, one of those measured, is beyond THRESHOLD on either side; false if there are none. */
bool deviation_exceeds(const struct deviation *d, struct decimal value, struct deviation_threshold threshold);

#endif
