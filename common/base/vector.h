/* SPDX-License-Identifier: MIT */
/*
 * vector: 16 bytes at once, by SSE2 where the processor has it, else by loops that mean the same. No other file knows
 * the difference. Bytes compare as unsigned ones except where the name says signed.
 */
#ifndef WEIR_VECTOR_H
#define WEIR_VECTOR_H

#include <string.h>

enum { VECTOR_BYTES = 16 };

#if defined __SSE2__ && !defined WEIR_PLAIN

#include <emmintrin.h>

struct vector {
    __m128i bytes;
};

/* VECTOR_BYTES bytes from P, which need not be aligned. */
static inline struct vector vector_load(const char *p)
{
    return (struct vector){ _mm_loadu_si128((const __m128i *)(const void *)p) };
}

static inline void vector_store(char *p, struct vector v)
{
    _mm_storeu_si128((__m128i *)(void *)p, v.bytes);
}

/* BYTE everywhere. */
static inline struct vector vector_of(int byte)
{
    return (struct vector){ _mm_set1_epi8((char)byte) };
}

/* The comparisons give 0xff for a byte where they hold, else 0. */
static inline struct vector vector_equal(struct vector a, struct vector b)
{
    return (struct vector){ _mm_cmpeq_epi8(a.bytes, b.bytes) };
}

static inline struct vector vector_less_signed(struct vector a, struct vector b)
{
    return (struct vector){ _mm_cmplt_epi8(a.bytes, b.bytes) };
}

static inline struct vector vector_at_most(struct vector a, struct vector b)
{
    return (struct vector){ _mm_cmpeq_epi8(_mm_min_epu8(a.bytes, b.bytes), a.bytes) };
}

static inline struct vector vector_or(struct vector a, struct vector b)
{
    return (struct vector){ _mm_or_si128(a.bytes, b.bytes) };
}

static inline struct vector vector_and(struct vector a, struct vector b)
{
    return (struct vector){ _mm_and_si128(a.bytes, b.bytes) };
}

/* The bits of A that are not in B. */
static inline struct vector vector_without(struct vector a, struct vector b)
{
    return (struct vector){ _mm_andnot_si128(b.bytes, a.bytes) };
}

static inline struct vector vector_xor(struct vector a, struct vector b)
{
    return (struct vector){ _mm_xor_si128(a.bytes, b.bytes) };
}

/* Sums modulo 256. */
static inline struct vector vector_add(struct vector a, struct vector b)
{
    return (struct vector){ _mm_add_epi8(a.bytes, b.bytes) };
}

/* Differences, 0 where B is larger. */
static inline struct vector vector_subtract(struct vector a, struct vector b)
{
    return (struct vector){ _mm_subs_epu8(a.bytes, b.bytes) };
}

/* The highest bit of each byte; the first byte's is lowest. */
static inline unsigned vector_mask(struct vector v)
{
    return (unsigned)_mm_movemask_epi8(v.bytes);
}

/* V moved back by N bytes, a constant from 1 to 15, with the last N bytes of BEFORE in front. */
#define vector_shift(v, before, n)                                                                                     \
    ((struct vector){ _mm_or_si128(_mm_srli_si128((before).bytes, VECTOR_BYTES - (n)), _mm_slli_si128((v).bytes, n)) })

#else

struct vector {
    unsigned char bytes[VECTOR_BYTES];
};

/* A vector of EXPRESSION for each place i. */
#define VECTOR_EACH(expression)                                                                                        \
    struct vector result;                                                                                              \
    for (int i = 0; i < VECTOR_BYTES; i++)                                                                             \
        result.bytes[i] = (unsigned char)(expression);                                                                 \
    return result

static inline struct vector vector_load(const char *p)
{
    struct vector v;

    memcpy(v.bytes, p, sizeof v.bytes);
    return v;
}

static inline void vector_store(char *p, struct vector v)
{
    memcpy(p, v.bytes, sizeof v.bytes);
}

static inline struct vector vector_of(int byte)
{
    VECTOR_EACH(byte);
}

static inline struct vector vector_equal(struct vector a, struct vector b)
{
    VECTOR_EACH(a.bytes[i] == b.bytes[i] ? 0xff : 0);
}

static inline struct vector vector_less_signed(struct vector a, struct vector b)
{
    VECTOR_EACH((a.bytes[i] ^ 0x80) < (b.bytes[i] ^ 0x80) ? 0xff : 0);
}

static inline struct vector vector_at_most(struct vector a, struct vector b)
{
    VECTOR_EACH(a.bytes[i] <= b.bytes[i] ? 0xff : 0);
}

static inline struct vector vector_or(struct vector a, struct vector b)
{
    VECTOR_EACH(a.bytes[i] | b.bytes[i]);
}

static inline struct vector vector_and(struct vector a, struct vector b)
{
    VECTOR_EACH(a.bytes[i] & b.bytes[i]);
}

static inline struct vector vector_without(struct vector a, struct vector b)
{
    VECTOR_EACH(a.bytes[i] & ~b.bytes[i]);
}

static inline struct vector vector_xor(struct vector a, struct vector b)
{
    VECTOR_EACH(a.bytes[i] ^ b.bytes[i]);
}

static inline struct vector vector_add(struct vector a, struct vector b)
{
    VECTOR_EACH(a.bytes[i] + b.bytes[i]);
}

static inline struct vector vector_subtract(struct vector a, struct vector b)
{
    VECTOR_EACH(a.bytes[i] > b.bytes[i] ? a.bytes[i] - b.bytes[i] : 0);
}

static inline unsigned vector_mask(struct vector v)
{
    unsigned mask = 0;

    for (int i = 0; i < VECTOR_BYTES; i++)
        mask |= (unsigned)(v.bytes[i] >> 7) << i;
    return mask;
}

static inline struct vector vector_shift(struct vector v, struct vector before, int n)
{
    VECTOR_EACH(i < n ? before.bytes[VECTOR_BYTES - n + i] : v.bytes[i - n]);
}

#undef VECTOR_EACH

#endif

#endif
