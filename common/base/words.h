/* SPDX-License-Identifier: MIT */
/*
 * words: a fixed list of words to choose from, given as a function WORD: WORD(I) is word I, from 0, and NULL after the
 * last. A module that has a table of rows offers such a function for options, --help and messages.
 */
#ifndef WEIR_WORDS_H
#define WEIR_WORDS_H

#include "base/span.h"

enum { WORDS_SIZE = 200 };

/* A buffer for words_list(). */
struct words {
    char text[WORDS_SIZE];
};

/* The index of TEXT in the list, or -1. */
int words_find(const char *(*word)(int i), struct span text);

/* Writes all words into W, separated by ", ", and returns W's text; truncated if they do not fit. */
const char *words_list(struct words *w, const char *(*word)(int i));

#endif
