/* SPDX-License-Identifier: MIT */
/*
 * encoding: text in another encoding, converted to UTF-8 by iconv(3) as it comes. Bytes that are invalid there become
 * the byte 0xff, which is never valid UTF-8, so the reader that checks the result finds it in the same line.
 */
#ifndef WEIR_ENCODING_H
#define WEIR_ENCODING_H

#include <stdbool.h>

#include "base/span.h"

enum { ENCODING_BYTES = 256 << 10 }; /* the most bytes to convert at once */

/*
 * Whether there are encodings: iconv(3) loads them as modules of the machine's C library, which would clash with the
 * one inside a static program (make static).
 */
#ifdef WEIR_STATIC
enum { ENCODING_HAS_MODULES = 0 };
#else
enum { ENCODING_HAS_MODULES = 1 };
#endif

/* A conversion; private to encoding.c. */
struct encoding;

/* Begins to convert text in the encoding called NAME. NULL: there is none. Dies with STATUS_SYSTEM without memory. */
struct encoding *xencoding_open(const char *name);

/* Converts BYTES and writes the result to FD. False if write(2) fails; errno says why. */
bool encoding_write(struct encoding *e, int fd, struct span bytes);

/* Ends the text: writes what has waited for more bytes. */
bool encoding_end(struct encoding *e, int fd);

/* Frees E. */
void encoding_close(struct encoding *e);

#endif
