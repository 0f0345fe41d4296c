/* SPDX-License-Identifier: MIT */
/*
 * number_key: numbers as keys. The order of keys by unsigned bytes, a prefix first, is the order of the numbers. Equal
 * numbers, such as 1, 1.0 and 1e0, have the same key. The form is like that of Oracle's type NUMBER: a byte for the
 * sign and the exponent, then the digits in pairs.
 *
 * A key has no NUL, TAB, LF or CR. Its first byte is from 0x80 to 0xBF, as in no UTF-8 text, so numbers and texts can
 * be keys side by side.
 */
#ifndef WEIR_NUMBER_KEY_H
#define WEIR_NUMBER_KEY_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buffer.h"
#include "base/span.h"
#include "value/decimal.h"
#include "value/number.h"

/*
 * The key of N, which may have any size and precision: a view of BUFFER, valid until that changes. Its length is one
 * byte, half a byte for each digit except zeros at the end, and one more byte if N is negative.
 */
struct span xnumber_key(const struct number *n, struct buffer *buffer);

/*
 * Whether TEXT is a whole number, spelled with digits alone and not -0, whose key has at most 8 bytes: up to 14 digits,
 * or 12 after a minus. If so, sets *WORD to the key, packed as by tally_pack(). A quarter of the time of xnumber_key().
 */
bool number_key_integer(struct span text, uint64_t *word);

/* Whether KEY is the key of a number and not a UTF-8 text. */
static inline bool number_key_is(struct span key)
{
    return key.len > 0 && ((unsigned char)key.at[0] & 0xc0) == 0x80;
}

/* Sets *D to the number with KEY, with no more decimal places than it needs. False: it has too many digits. */
bool number_key_decimal(struct span key, struct decimal *d);

#endif
