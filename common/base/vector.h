/* SPDX-License-Identifier: MIT */
/*
 * vector: operations on 16 bytes at once, and the choice of kernels: functions that use longer vectors where the
 * processor has them. The operations use the vector extensions of gcc and clang, which work on every processor. SSE2,
 * where it exists, does what these lack. Bytes are unsigned except where a name says signed.
 *
 * A kernel is a source file, X_kernel.c, that is compiled once for every processor and once for each further level of
 * vector instructions. It names its functions VECTOR_NAME(f); callers call VECTOR_PICK(f). They are declared with all
 * their names by VECTOR_DECLARE.
 */
#ifndef WEIR_VECTOR_H
#define WEIR_VECTOR_H

#include <string.h>

#if defined __SSE2__ && !defined WEIR_PLAIN
#include <emmintrin.h>
#endif

enum { VECTOR_BYTES = 16 };

enum vector_level {
    VECTOR_BASE, /* what every processor of the architecture has */
    VECTOR_AVX2, /* x86-64: AVX2, BMI1, BMI2, POPCNT and PCLMUL */
};

/* The highest level of this processor. A build with WEIR_LEVELS: VECTOR_BASE if WEIR_VECTOR is base. */
enum vector_level vector_level(void);

#define VECTOR_JOIN(name, level) name##_##level
#define VECTOR_JOINED(name, level) VECTOR_JOIN(name, level)

#ifndef VECTOR_LEVEL
#define VECTOR_LEVEL base
#endif

/* The function NAME of the level that this file is compiled for. */
#define VECTOR_NAME(name) VECTOR_JOINED(name, VECTOR_LEVEL)

/* The functions NAME of all levels, of the function type TYPE; and the one for this processor. */
#ifdef VECTOR_HAS_avx2
#define VECTOR_DECLARE(type, name) extern type name##_base, name##_avx2
#define VECTOR_PICK(name) (vector_level() == VECTOR_AVX2 ? name##_avx2 : name##_base)
#else
#define VECTOR_DECLARE(type, name) extern type name##_base
#define VECTOR_PICK(name) name##_base
#endif

typedef unsigned char vector_bytes __attribute__((vector_size(VECTOR_BYTES)));
typedef signed char vector_signed_bytes __attribute__((vector_size(VECTOR_BYTES)));

struct vector {
    vector_bytes bytes;
};

/* The VECTOR_BYTES bytes at P, which need not be aligned. */
static inline struct vector vector_load(const char *p)
{
    struct vector v;

    memcpy(&v.bytes, p, sizeof v.bytes);
    return v;
}

static inline void vector_store(char *p, struct vector v)
{
    memcpy(p, &v.bytes, sizeof v.bytes);
}

/* BYTE, repeated. */
static inline struct vector vector_of(int byte)
{
    return (struct vector){ (unsigned char)byte - (vector_bytes){ 0 } };
}

/* Comparisons give 0xff for each byte where they hold, else 0. */
static inline struct vector vector_equal(struct vector a, struct vector b)
{
    return (struct vector){ (vector_bytes)(a.bytes == b.bytes) };
}

static inline struct vector vector_at_most(struct vector a, struct vector b)
{
    return (struct vector){ (vector_bytes)(a.bytes <= b.bytes) };
}

static inline struct vector vector_less_signed(struct vector a, struct vector b)
{
    return (struct vector){ (vector_bytes)((vector_signed_bytes)a.bytes < (vector_signed_bytes)b.bytes) };
}

static inline struct vector vector_or(struct vector a, struct vector b)
{
    return (struct vector){ a.bytes | b.bytes };
}

static inline struct vector vector_and(struct vector a, struct vector b)
{
    return (struct vector){ a.bytes & b.bytes };
}

/* The bits of A that are not in B. */
static inline struct vector vector_without(struct vector a, struct vector b)
{
    return (struct vector){ a.bytes & ~b.bytes };
}

static inline struct vector vector_xor(struct vector a, struct vector b)
{
    return (struct vector){ a.bytes ^ b.bytes };
}

/* Sums modulo 256. */
static inline struct vector vector_add(struct vector a, struct vector b)
{
    return (struct vector){ a.bytes + b.bytes };
}

#if defined __SSE2__ && !defined WEIR_PLAIN

/* Not 0 for each byte of A that is greater than that of B. */
static inline struct vector vector_excess(struct vector a, struct vector b)
{
    return (struct vector){ (vector_bytes)_mm_subs_epu8((__m128i)a.bytes, (__m128i)b.bytes) };
}

/* The highest bit of each byte; that of the first byte is the lowest bit of the result. */
static inline unsigned vector_mask(struct vector v)
{
    return (unsigned)_mm_movemask_epi8((__m128i)v.bytes);
}

/* V shifted by N places, a constant, after the last N bytes of BEFORE. */
#define vector_shift(v, before, n)                                                                                     \
    ((struct vector){ (vector_bytes)_mm_slli_si128((__m128i)(v).bytes, n) |                                            \
                      (vector_bytes)_mm_srli_si128((__m128i)(before).bytes, VECTOR_BYTES - (n)) })

#else

static inline struct vector vector_excess(struct vector a, struct vector b)
{
    return (struct vector){ (vector_bytes)(a.bytes > b.bytes) };
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
    char both[2 * VECTOR_BYTES];

    vector_store(both, before);
    vector_store(both + VECTOR_BYTES, v);
    return vector_load(both + VECTOR_BYTES - n);
}

#endif

#endif
