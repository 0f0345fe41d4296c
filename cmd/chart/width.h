/* SPDX-License-Identifier: MIT */
/*
 * width: how many columns a text takes on a terminal: none for a combining mark, two for a wide character of East Asia,
 * as wcwidth(3) says whatever the locale. Texts are valid UTF-8.
 */
#ifndef WEIR_WIDTH_H
#define WEIR_WIDTH_H

#include <stddef.h>

#include "base/quote.h"

size_t width_of(const char *text);

/* The length of the longest beginning of TEXT that is at most MOST wide and SIZE bytes long. */
size_t width_fit(const char *text, size_t most, size_t size);

/* TEXT or, if it is wider than MOST or longer than Q, its beginning and an ellipsis, built in Q. */
const char *width_cut(const char *text, size_t most, struct quoted *q);

#endif
