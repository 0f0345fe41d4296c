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
#include "base/vector.h"
#include "stream/plain_record.h"

enum {
    INTSET_DIGITS = 18, /* digits of a number, at most */
    INTSET_TABLES = 7,
    INTSET_WORD_BITS = 6,
    INTSET_LINE = 4, /* words in a cache line */
};

/* A cache line of the hash table. Its words are in use from the first on. */
struct intset_line {
    uint64_t tags[INTSET_LINE];  /* the number without its lower bits, plus one; 0: the word is not in use */
    uint64_t words[INTSET_LINE]; /* a bit for each number in the set */
};

struct intset {
    struct block lines;
    size_t n_lines; /* a power of two; 0 before the first number */
    size_t n_words; /* in use */
    uint64_t tables[INTSET_TABLES][256]; /* of the hash: one for each byte of the 54 bits above the lower six */
};

/* A number and its intset_hash(). */
struct intset_number {
    uint64_t value;
    uint64_t hash;
};

/* Makes S an empty set with its own random hash. */
void xintset_open(struct intset *s);

/*
 * Whether TEXT is a number that a set can hold, in canonical spelling: 1 to INTSET_DIGITS digits, no leading zero. If
 * so, sets *NUMBER.
 */
bool intset_parse(struct span text, uint64_t *number);

/* The hash of NUMBER, the same for all numbers that share its word: 64 bits, uniform. */
static inline uint64_t intset_hash(const struct intset *s, uint64_t number)
{
    const uint64_t(*table)[256] = s->tables;
    uint64_t group = number >> INTSET_WORD_BITS;
    uint64_t hash = table[0][group & 0xff] ^ table[1][group >> 8 & 0xff] ^ table[2][group >> 16 & 0xff];

    if (group >> 24 == 0) /* ids up to a billion; saves 4% of dedup's time with them */
        return hash;
    return hash ^ table[3][group >> 24 & 0xff] ^ table[4][group >> 32 & 0xff] ^ table[5][group >> 40 & 0xff] ^
           table[6][group >> 48 & 0xff];
}

/*
 * The cache line where the search for HASH starts; there must be one. Uses the upper half of HASH, because partitions
 * use the lower half.
 */
static inline struct intset_line *intset_line(const struct intset *s, uint64_t hash)
{
    return (struct intset_line *)(void *)s->lines.at + ((size_t)(hash >> 32) & (s->n_lines - 1));
}

/* The line after LINE, or the first one after the last. */
static inline struct intset_line *intset_next_line(const struct intset *s, struct intset_line *line)
{
    struct intset_line *first = (struct intset_line *)(void *)s->lines.at;

    return line + 1 < first + s->n_lines ? line + 1 : first;
}

/* Prefetches the memory that a search for HASH touches first. */
static inline void intset_prefetch(const struct intset *s, uint64_t hash)
{
    if (s->n_lines > 0)
        __builtin_prefetch(intset_line(s, hash));
}

/* Makes room for N more numbers, PLAIN_RECORD_BATCH at most. */
void xintset_make_room(struct intset *s, size_t n);

/*
 * Looks up the N of NUMBERS, PLAIN_RECORD_BATCH at most, in this order. If ADDS, adds those that S does not have; there
 * must be room. Returns a bit for each that S had, the lowest for the first.
 */
typedef uint64_t intset_look_up_kernel(struct intset *s, const struct intset_number *numbers, size_t n, bool adds);
VECTOR_DECLARE(intset_look_up_kernel, intset_look_up);

/*
 * Whether the parts of all N RECORDS are numbers that S can hold; if so, sets NUMBERS and prefetches them. At the start
 * of each part, 16 bytes must be readable.
 */
typedef bool intset_parse_kernel(const struct intset *s, const struct plain_record *records, size_t n,
                                 struct intset_number *numbers);
VECTOR_DECLARE(intset_parse_kernel, intset_parse_all);

/* Bytes of memory in use, and the peak while room is made for N more numbers. */
size_t intset_memory(const struct intset *s);
size_t intset_memory_with(const struct intset *s, size_t n);

/* Empties S but keeps its hash and its memory. */
void intset_clear(struct intset *s);

void intset_close(struct intset *s);

#endif
