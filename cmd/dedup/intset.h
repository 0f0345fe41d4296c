/* SPDX-License-Identifier: MIT */
/*
 * intset: a set of whole numbers, one bit each. Numbers that differ only in the lower six bits share a word, and the
 * words are in a hash table. Dense ids take a few bits each, so the cache holds millions of them; others take no more
 * than their text. The hash is simple tabulation with random tables: no input makes probes long (Patrascu and Thorup,
 * The Power of Simple Tabulation Hashing, 2012).
 */
#ifndef WEIR_INTSET_H
#define WEIR_INTSET_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/block.h"
#include "base/span.h"

enum {
    INTSET_DIGITS = 18, /* digits of a number, at most */
    INTSET_BATCH = 64,  /* numbers to make room for at once, at most */
    INTSET_TABLES = 7,
};

struct intset {
    struct block slots;
    size_t n_slots;          /* a power of two; 0 before the first number */
    size_t n_words;          /* slots in use */
    uint64_t tables[INTSET_TABLES][256]; /* of the hash: one for each byte of the 54 bits above the lower six */
};

/* Makes S an empty set with its own random hash. */
void xintset_open(struct intset *s);

/*
 * Whether TEXT is a number that a set can hold, in canonical spelling: 1 to INTSET_DIGITS digits, no leading zero. If
 * so, sets *NUMBER.
 */
bool intset_parse(struct span text, uint64_t *number);

/* The hash of NUMBER, the same for all numbers that share its word: 64 bits, uniform. */
uint64_t intset_hash(const struct intset *s, uint64_t number);

/* Prefetches the memory that a search for HASH touches first. */
void intset_prefetch(const struct intset *s, uint64_t hash);

/* Whether S has NUMBER, whose hash is HASH. */
bool intset_has(const struct intset *s, uint64_t hash, uint64_t number);

/* Makes room for N more numbers, INTSET_BATCH at most. */
void xintset_make_room(struct intset *s, size_t n);

/* Adds NUMBER, whose hash is HASH and for which there is room. False: S had it already. */
bool intset_add(struct intset *s, uint64_t hash, uint64_t number);

/* Bytes of memory in use, and the peak while room is made for N more numbers. */
size_t intset_memory(const struct intset *s);
size_t intset_memory_with(const struct intset *s, size_t n);

/* Empties S but keeps its hash and its memory. */
void intset_clear(struct intset *s);

void intset_close(struct intset *s);

#endif
