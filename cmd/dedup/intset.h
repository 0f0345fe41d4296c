/* SPDX-License-Identifier: MIT */
/*
 * intset: a set of whole numbers, a bit each. Those that differ in the lower six bits only share a word, and the words
 * lie in a hash table: ids that are dense take a few bits each, so that the cache holds millions of them, and others no
 * more than they would as text. The hash is simple tabulation of random tables, with which no input makes probes long
 * (Patrascu and Thorup, The Power of Simple Tabulation Hashing, 2012).
 */
#ifndef WEIR_INTSET_H
#define WEIR_INTSET_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/block.h"
#include "base/span.h"

enum { INTSET_DIGITS = 18 }; /* that a number may have */

struct intset {
    struct block slots;
    size_t n_slots;           /* a power of two; 0: nothing was added yet */
    size_t n_words;           /* slots in use */
    uint64_t tables[7][256];  /* of the hash: one for each byte of the 54 bits that tell words apart */
};

/* An empty set. */
void xintset_open(struct intset *s);

/*
 * Whether TEXT is a number that the set can hold, spelled the one way that stands for it: INTSET_DIGITS digits at most,
 * no zero before another. Sets *NUMBER.
 */
bool intset_parse(struct span text, uint64_t *number);

/* The hash that NUMBER is found by, and those that share a word with it: 64 bits, uniform. */
uint64_t intset_hash(const struct intset *s, uint64_t number);

/* Asks the processor for the memory that looking HASH up will touch first. */
void intset_prefetch(const struct intset *s, uint64_t hash);

/* Whether S holds NUMBER, whose hash is HASH. */
bool intset_has(const struct intset *s, uint64_t hash, uint64_t number);

/* Adds NUMBER; false if S holds it already. */
bool xintset_add(struct intset *s, uint64_t hash, uint64_t number);

/* Bytes of memory in use, and what adding a number may bring that to for a moment. */
size_t intset_memory(const struct intset *s);
size_t intset_memory_with(const struct intset *s);

/* Empties S without giving its hash up. */
void intset_clear(struct intset *s);

void intset_close(struct intset *s);

#endif
