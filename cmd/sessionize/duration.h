/* SPDX-License-Identifier: MIT */
/* duration: lengths of time as users write them, exact. */
#ifndef WEIR_DURATION_H
#define WEIR_DURATION_H

#include <stdbool.h>

#include "base/span.h"

/* The units, for words_list(). */
const char *duration_unit(int i);

/*
 * Parses TEXT, a decimal number followed by us, ms, s, m, h, d or nothing, which means s, into attoseconds (10^-18 s).
 * A day has 24 hours. False if TEXT is not a duration, is negative or too large, or is not a whole number of
 * attoseconds (with m, h and d: of 10^-18 of the unit).
 */
bool duration_parse(struct span text, __int128 *attoseconds);

#endif
