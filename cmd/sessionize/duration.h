/* SPDX-License-Identifier: MIT */
/* duration: lengths of time as users write them, exact. */
#ifndef WEIR_DURATION_H
#define WEIR_DURATION_H

#include <stdbool.h>

#include "base/span.h"

/*
 * Parses TEXT, a decimal number and behind it us, ms, s, m, h, d or nothing, which is s, into attoseconds (10^-18 s). A
 * day has 24 hours. False if it is none, negative, or not a whole number of 10^-18 of its unit, of up to about 10^20 s.
 */
bool duration_parse(struct span text, __int128 *attoseconds);

#endif
