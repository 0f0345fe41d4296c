/* SPDX-License-Identifier: MIT */
/*
 * hash: SipHash-1-3, a keyed hash. Without the secret, no attacker can choose inputs that collide (Aumasson and
 * Bernstein, SipHash: a fast short-input PRF, 2012).
 */
#ifndef WEIR_HASH_H
#define WEIR_HASH_H

#include <stddef.h>
#include <stdint.h>

#include "base/span.h"

/* What SipHash begins with: the words of the secret, in turn, with these bits flipped. For hash and hash_kernel alone. */
#define HASH_START_0 UINT64_C(0x736f6d6570736575)
#define HASH_START_1 UINT64_C(0x646f72616e646f6d)
#define HASH_START_2 UINT64_C(0x6c7967656e657261)
#define HASH_START_3 UINT64_C(0x7465646279746573)

/* The hash of BYTES under SECRET: one round per word and three at the end, the variant used for hash tables. */
uint64_t hash_keyed(const uint64_t secret[2], struct span bytes);

/* Fills N bytes at TO from the system's random source, for secrets. Dies with STATUS_SYSTEM if that fails. */
void xhash_draw(void *to, size_t n);

#endif
