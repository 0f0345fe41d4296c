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

/* The hash of BYTES under SECRET: one round per word and three at the end, the variant used for hash tables. */
uint64_t hash_keyed(const uint64_t secret[2], struct span bytes);

/* Fills N bytes at TO from the system's random source, for secrets. Dies with STATUS_SYSTEM if that fails. */
void xhash_draw(void *to, size_t n);

#endif
