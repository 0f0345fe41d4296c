/* SPDX-License-Identifier: MIT */
/* decimal: exact decimal numbers of up to 38 digits. */
#ifndef WEIR_DECIMAL_H
#define WEIR_DECIMAL_H

#include <stdbool.h>
#include <stddef.h>

#include "base/span.h"

enum {
    DECIMAL_DIGITS = 38,
    DECIMAL_SIZE = DECIMAL_DIGITS + 4, /* room for one as text: sign, zero, point and digits, NUL */
};

/* VALUE divided by ten to the power SCALE. |VALUE| has up to DECIMAL_DIGITS digits; SCALE is 0 to DECIMAL_DIGITS. */
struct decimal {
    __int128 value;
    int scale;
};

enum decimal_status {
    DECIMAL_OK,
    DECIMAL_NO_NUMBER,
    DECIMAL_TOO_LONG, /* not to be held exactly */
};

/* Parses TEXT, a number as in JSON (number.h). Its digits behind the point make the scale: 1.50 has 2, 1e-3 has 3. */
enum decimal_status decimal_parse(struct span text, struct decimal *d);

/* The words for what STATUS says of a field, as "is not a number"; NULL for DECIMAL_OK. */
const char *decimal_status_text(enum decimal_status status);

/* Gives D the scale SCALE, not less than its own; false, D unchanged, if that takes too many digits. */
bool decimal_rescale(struct decimal *d, int scale);

/* Whether VALUE has no more than DECIMAL_DIGITS digits. */
bool decimal_fits(__int128 value);

/* Writes D with all digits of its scale to OUT and returns how many bytes that took; zero has no sign. */
size_t decimal_format(const struct decimal *d, char out[DECIMAL_SIZE]);

#endif
