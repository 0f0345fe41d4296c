/* SPDX-License-Identifier: MIT */
/* quote: makes untrusted bytes safe to show on one line of a terminal. It adds no quotation marks. */
#ifndef WEIR_QUOTE_H
#define WEIR_QUOTE_H

#include <stddef.h>

#include "base/span.h"

enum {
    QUOTE_SHOWN = 60,                 /* bytes of the original that a message shows, at most */
    QUOTE_SIZE = QUOTE_SHOWN * 4 + 4, /* room for all of them as \xHH, "..." and a NUL */
};

/* A buffer for quote(), so that one expression can use two of them. */
struct quoted {
    char text[QUOTE_SIZE];
};

/*
 * Writes BYTES into Q and returns Q's text, a C string. Printable ASCII and valid UTF-8 stay; controls (C0, DEL, C1),
 * bidirectional overrides (U+202A..E, U+2066..9; CWE-150) and invalid UTF-8 become \xHH; "..." follows the first
 * QUOTE_SHOWN bytes.
 */
const char *quote(struct quoted *q, struct span bytes);

/* Like quote(), but writes all of the C string MESSAGE into BUFFER of SIZE bytes, truncated if it is too long. */
void quote_message(char *buffer, size_t size, const char *message);

#endif
