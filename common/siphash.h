/* SPDX-License-Identifier: MIT */
/* siphash: SipHash-1-3, a keyed hash that nobody without the key can aim at (Aumasson and Bernstein, 2012). */
#ifndef WEIR_SIPHASH_H
#define WEIR_SIPHASH_H

#include <stdint.h>

#include "span.h"

/* The hash of BYTES under SECRET. One round a word and three at the end: the variant of hash tables. */
uint64_t siphash(const uint64_t secret[2], struct span bytes);

#endif
