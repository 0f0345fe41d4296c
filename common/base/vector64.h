/* SPDX-License-Identifier: MIT */
/*
 * vector64: operations on 64 bytes at once, for kernels. A test of the bytes gives a mask: 64 bits, of which the lowest
 * belongs to the first byte. Bytes are unsigned.
 */
#ifndef WEIR_VECTOR64_H
#define WEIR_VECTOR64_H

#include <stdbool.h>
#include <stdint.h>

#include "base/vector.h"

#if defined __AVX2__ && defined __PCLMUL__ && !defined WEIR_PLAIN
#define VECTOR64_AVX2

#include <immintrin.h>

typedef unsigned char vector64_part __attribute__((vector_size(32)));

static inline uint64_t vector64_part_mask(vector64_part part)
{
    return (uint32_t)_mm256_movemask_epi8((__m256i)part);
}

static inline vector64_part vector64_part_excess(vector64_part a, vector64_part b)
{
    return (vector64_part)_mm256_subs_epu8((__m256i)a, (__m256i)b);
}

#else

typedef vector_bytes vector64_part;

static inline vector64_part vector64_part_excess(vector64_part a, vector64_part b)
{
    return vector_excess((struct vector){ a }, (struct vector){ b }).bytes;
}

static inline uint64_t vector64_part_mask(vector64_part part)
{
    return vector_mask((struct vector){ part });
}

#endif

/* Before a loop over the parts: at -O2, gcc does not unroll it and keeps the parts in memory, which takes longer. */
#define VECTOR64_UNROLL _Pragma("GCC unroll 4")

enum { VECTOR64_BYTES = 64, VECTOR64_PARTS = VECTOR64_BYTES / sizeof(vector64_part) };

struct vector64 {
    vector64_part parts[VECTOR64_PARTS];
};

/* The 64 bytes at P, which need not be aligned. */
static inline struct vector64 vector64_load(const char *p)
{
    struct vector64 v;

    VECTOR64_UNROLL
    for (unsigned i = 0; i < VECTOR64_PARTS; i++)
        memcpy(&v.parts[i], p + i * sizeof v.parts[i], sizeof v.parts[i]);
    return v;
}

static inline void vector64_store(char *p, struct vector64 v)
{
    VECTOR64_UNROLL
    for (unsigned i = 0; i < VECTOR64_PARTS; i++)
        memcpy(p + i * sizeof v.parts[i], &v.parts[i], sizeof v.parts[i]);
}

typedef signed char vector64_signed_part __attribute__((vector_size(sizeof(vector64_part))));

/* Defines NAME(v, byte): the mask of the bytes of V for which TEST holds; in it, PART is of V and ALL repeats BYTE. */
#define VECTOR64_TEST(name, test)                                                                                      \
    static inline uint64_t name(struct vector64 v, int byte)                                                          \
    {                                                                                                                  \
        const vector64_part all = (unsigned char)byte - (vector64_part){ 0 };                                          \
        uint64_t mask = 0;                                                                                             \
        VECTOR64_UNROLL                                                                                                \
        for (unsigned i = 0; i < VECTOR64_PARTS; i++) {                                                                \
            vector64_part part = v.parts[i];                                                                           \
            mask |= vector64_part_mask((vector64_part)(test)) << (i * sizeof part);                                    \
        }                                                                                                              \
        return mask;                                                                                                   \
    }

VECTOR64_TEST(vector64_equal, part == all)
VECTOR64_TEST(vector64_at_most, part <= all)
VECTOR64_TEST(vector64_at_least, part >= all)
/* BYTE, control characters, and bytes from 0x80 on, which are less than ' ' when they are signed. */
VECTOR64_TEST(vector64_special, (part == all) | ((vector64_signed_part)part < ' '))

#undef VECTOR64_TEST

/* The mask of the bytes from 0x80 on. */
static inline uint64_t vector64_high(struct vector64 v)
{
    uint64_t mask = 0;

    VECTOR64_UNROLL
    for (unsigned i = 0; i < VECTOR64_PARTS; i++)
        mask |= vector64_part_mask(v.parts[i]) << (i * sizeof v.parts[i]);
    return mask;
}

/* Not 0 for each byte of V that is less than that of LOWEST, or greater by more than that of RANGE. */
static inline struct vector64 vector64_outside(struct vector64 v, struct vector64 lowest, struct vector64 range)
{
    VECTOR64_UNROLL
    for (unsigned i = 0; i < VECTOR64_PARTS; i++)
        v.parts[i] = vector64_part_excess(v.parts[i] - lowest.parts[i], range.parts[i]);
    return v;
}

static inline struct vector64 vector64_or(struct vector64 v, struct vector64 w)
{
    VECTOR64_UNROLL
    for (unsigned i = 0; i < VECTOR64_PARTS; i++)
        v.parts[i] |= w.parts[i];
    return v;
}

static inline bool vector64_is_zero(struct vector64 v)
{
    vector64_part all = v.parts[0];

    VECTOR64_UNROLL
    for (unsigned i = 1; i < VECTOR64_PARTS; i++)
        all |= v.parts[i];
    return vector64_part_mask((vector64_part)(all == 0)) == UINT64_MAX >> (VECTOR64_BYTES - sizeof all);
}

/* V with TO in place of FROM. */
static inline struct vector64 vector64_replace(struct vector64 v, int from, int to)
{
    const vector64_part all = (unsigned char)from - (vector64_part){ 0 };
    const vector64_part change = (unsigned char)(from ^ to) - (vector64_part){ 0 };

    VECTOR64_UNROLL
    for (unsigned i = 0; i < VECTOR64_PARTS; i++)
        v.parts[i] ^= (vector64_part)(v.parts[i] == all) & change;
    return v;
}

/* The place of the first bit of MASK; any number if it is 0. */
static inline uint64_t vector64_first(uint64_t mask)
{
#ifdef VECTOR64_AVX2
    return _tzcnt_u64(mask);
#else
    return (uint64_t)__builtin_ctzll(mask | UINT64_C(1) << 63);
#endif
}

/*
 * Bit I is the XOR of the bits 0 to I of MASK. If MASK has a bit for each quote, the result has a bit for each byte
 * from an opening quote to the byte before its closing quote.
 */
static inline uint64_t vector64_prefix_xor(uint64_t mask)
{
#ifdef VECTOR64_AVX2
    return (uint64_t)_mm_cvtsi128_si64(_mm_clmulepi64_si128(_mm_set_epi64x(0, (long long)mask), _mm_set1_epi8(-1), 0));
#else
    for (int n = 1; n < VECTOR64_BYTES; n *= 2)
        mask ^= mask << n;
    return mask;
#endif
}

#endif
