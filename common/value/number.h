/* SPDX-License-Identifier: MIT */
/*
 * number: decimal numbers as text, of any length, compared without conversion to binary. Grammar: RFC 8259, section 6.
 */
#ifndef WEIR_NUMBER_H
#define WEIR_NUMBER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/span.h"

/* A number in its parts, views of the text it was read from: WHOLE.FRACTION times ten to the power EXPONENT. */
struct number {
    bool is_negative;
    struct span whole;           /* digits, at least one, no leading zero */
    struct span fraction;        /* digits, maybe none */
    int64_t exponent;            /* at most NUMBER_EXPONENT_LIMIT, or minus that */
    struct span exponent_digits; /* all of them; none if there is no exponent */
};

#define NUMBER_EXPONENT_LIMIT INT64_C(100000000000000000) /* 10^17: more than any number of digits */

static inline bool number_is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/*
 * Reads the number at *P into its parts: no plus sign, no leading zeros, digits on both sides of the point, an exponent
 * of any size. Moves *P to its end, END at most. False: there is no number, and *P is the invalid byte, or END.
 */
bool number_read(const char **p, const char *end, struct number *n);

/* Whether all of TEXT is one number; if so, sets N to its parts. */
bool number_parse(struct span text, struct number *n);

/* Less than, equal to or greater than 0 as A is less than, equal to or greater than B, exactly. */
int number_compare(const struct number *a, const struct number *b);

enum { NUMBER_DIGITS = 20 }; /* room for any uint64_t in decimal */

/* Writes VALUE in decimal to OUT, which has room for NUMBER_DIGITS bytes; returns the length. */
size_t number_format(uint64_t value, char *out);

#endif
