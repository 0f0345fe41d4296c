/* SPDX-License-Identifier: MIT */
/* decimal: exact decimal numbers of up to 38 digits. */
#ifndef WEIR_DECIMAL_H
#define WEIR_DECIMAL_H

#include <stdbool.h>
#include <stddef.h>

#include "base/span.h"

enum {
    DECIMAL_DIGITS = 38,
    DECIMAL_SIZE = DECIMAL_DIGITS + 4, /* room for the text: sign, zero, point, digits and NUL */
};

/* VALUE divided by ten to the power SCALE. VALUE has at most DECIMAL_DIGITS digits; SCALE is 0 to DECIMAL_DIGITS. */
struct decimal {
    __int128 value;
    int scale;
};

enum decimal_status {
    DECIMAL_OK,
    DECIMAL_NO_NUMBER,
    DECIMAL_TOO_LONG, /* a struct decimal cannot hold it exactly */
};

/*
 * Parses TEXT, a number as in JSON (number.h). Its decimal places become the scale: 2 for 1.50, 3 for 1e-3, 0 for 1e3.
 */
enum decimal_status decimal_parse(struct span text, struct decimal *d);

/* The predicate for STATUS, such as "is not a number"; NULL for DECIMAL_OK. */
const char *decimal_status_text(enum decimal_status status);

/* Gives D the scale SCALE, which is at least its own. False, with D unchanged, if it would have too many digits. */
bool decimal_rescale(struct decimal *d, int scale);

/* Whether VALUE has at most DECIMAL_DIGITS digits. */
bool decimal_fits(__int128 value);

/*
 * Sets *QUOTIENT to A divided by B, which is not zero, with SCALE decimal places, rounded half to even. False if it has
 * too many digits.
 */
bool decimal_divide(const struct decimal *a, const struct decimal *b, int scale, struct decimal *quotient);

/* Writes D to OUT with SCALE decimal places and a NUL; returns the length. Zero has no sign. */
size_t decimal_format(const struct decimal *d, char out[DECIMAL_SIZE]);

#endif
