/* SPDX-License-Identifier: MIT */
/*
 * deviation: how far a value is from all values together, and whether that is too far. Comparisons use integers, except
 * with the standard deviation, which is a root.
 */
#ifndef WEIR_DEVIATION_H
#define WEIR_DEVIATION_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/span.h"
#include "value/decimal.h"

struct deviation;

/* A method of measuring: a row of the table in deviation.c. */
struct deviation_method {
    const char *word;
    const char *threshold; /* the default, for deviation_parse_threshold() */
    const char *undefined; /* why there are no scores if the spread is 0 */
    bool is_signed;        /* scores below the baseline are negative */
    int quarter;           /* LOW and HIGH are quartiles (1) or the median (2), and MULTIPLE is 4; 0: the mean, and N */
    uint64_t reach;        /* bounds the numbers computed: at most this times MULTIPLE times the largest value */
    void (*spread)(struct deviation *d, const struct decimal *values, size_t n); /* sets SPREAD, maybe FACTOR */
};

/* The result of measuring values. Integers count units of the last decimal place. */
struct deviation {
    const struct deviation_method *method;
    const char *undefined; /* why there are no scores; NULL: there are */
    bool has_baseline;
    double baseline; /* mean or median */
    int scale;

    /* Distance of X: FACTOR * (MULTIPLE * X - LOW or HIGH), or 0 between LOW and HIGH. Score: distance / SPREAD. */
    __int128 multiple;
    __int128 low;
    __int128 high;
    __int128 factor;
    unsigned __int128 spread;
    long double root_spread; /* replaces SPREAD if that is 0 */
};

/* A score above N / UNIT is too far. */
struct deviation_threshold {
    uint64_t n;
    uint64_t unit; /* a power of ten */
};

/* Method I, from 0, and its word, for words_list(); NULL after the last. */
const struct deviation_method *deviation_method(int i);
const char *deviation_word(int i);

/* Parses TEXT, a number (number.h) of at most 19 digits that is not negative; false if it is not. */
bool deviation_parse_threshold(struct span text, struct deviation_threshold *threshold);

/*
 * Measures N values and gives them a common scale. False if they have too many digits to be exact: in that scale they
 * may have 38 digits, minus the digits of 2 N for methods of the mean, minus 4 for mad, minus 1 for others.
 */
bool xdeviation_measure(struct deviation *d, const struct deviation_method *method, struct decimal *values, size_t n);

/* The score of VALUE, one of those measured. There must be scores. */
double deviation_score(const struct deviation *d, struct decimal value);

/* Whether the absolute score of VALUE, one of those measured, is above THRESHOLD; false if there are no scores. */
bool deviation_exceeds(const struct deviation *d, struct decimal value, struct deviation_threshold threshold);

#endif
