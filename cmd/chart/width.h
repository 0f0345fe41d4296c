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

/* TEXT or, if it is wider than MOST, its beginning and an ellipsis, built in Q. */
const char *width_cut(const char *text, size_t most, struct quoted *q);

#endif
