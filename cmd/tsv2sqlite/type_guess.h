/* SPDX-License-Identifier: MIT */
/* type_guess: the narrowest of int, num and str that fits some values and lets SQLite keep them all. */
#ifndef WEIR_TYPE_GUESS_H
#define WEIR_TYPE_GUESS_H

#include <stdbool.h>

#include "base/span.h"
#include "value/type.h"

/* What the values seen so far have in common; all zero before the first. */
struct type_guess {
    bool has_values;
    bool not_int;
    bool not_num;
};

/* Takes VALUE, which is not null, into account. */
void type_guess_add(struct type_guess *g, struct span value);

/* TYPE_INT if all values are 64-bit integers, TYPE_NUM if all are numbers that a double keeps, else TYPE_STR. */
enum type type_guess_result(const struct type_guess *g);

#endif
