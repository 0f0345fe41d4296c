/* SPDX-License-Identifier: MIT */
/* unit: units of time as weekagg(1) writes them, such as 2024-05-06 or 2024-Q2, and their numbers. */
#ifndef WEIR_UNIT_H
#define WEIR_UNIT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/span.h"

enum { UNIT_SIZE = 20 }; /* room for a unit as text, with a NUL */

struct unit {
    const char *form;      /* its text, with d for each digit */
    const char *noun;      /* what several of them are called */
    int64_t seconds;       /* its length; 0: it is one of months */
    int months;            /* its length in months; 0: in seconds */
    uint64_t longest_step; /* units that belong together are this far apart, or a divisor of it: days may be weeks */
};

/* The kind of unit that TEXT names; sets *NUMBER to its number, in units since a fixed one. NULL: TEXT is no unit. */
const struct unit *unit_find(struct span text, int64_t *number);

/* Writes the unit U with NUMBER to OUT, with a NUL. */
void unit_format(const struct unit *u, int64_t number, char out[UNIT_SIZE]);

#endif
