/* SPDX-License-Identifier: MIT */
/* place: where in a page something is, for messages. */
#ifndef WEIR_PLACE_H
#define WEIR_PLACE_H

#include "base/die.h"

struct place {
    const char *page; /* the name of the file; NULL: standard input */
    int line;         /* from 1 */
};

/* die() with the place before the message. */
_Noreturn void die_at(const struct place *place, enum status status, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

#endif
