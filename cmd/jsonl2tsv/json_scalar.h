/* SPDX-License-Identifier: MIT */
/*
 * json_scalar: where a scalar ends, for the fast ways through a line, which need not know what is wrong with one. Nothing
 * here asks where the line ends: its LF is part of no scalar, and READER_PADDING bytes behind that may be read.
 */
#ifndef WEIR_JSON_SCALAR_H
#define WEIR_JSON_SCALAR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "json_value.h"

#if defined __SSE2__ && !defined WEIR_PLAIN
#include <emmintrin.h>

enum { JSON_VECTOR = 16 };
#endif

/* The first byte from P on that is not ASCII or is a quote, backslash or control character. */
static inline const char *json_skip_plain(const char *p)
{
#if defined __SSE2__ && !defined WEIR_PLAIN
    const __m128i backslash = _mm_set1_epi8('\\');
    const __m128i two = _mm_set1_epi8(2);
    const __m128i space = _mm_set1_epi8(' ');

    for (;; p += JSON_VECTOR) {
        __m128i bytes = _mm_loadu_si128((const __m128i *)(const void *)p);
        /* Signed: bytes from 0x80 are below as well. To change bit 1 exchanges ' ' and '"'. */
        __m128i plain = _mm_andnot_si128(_mm_cmpeq_epi8(bytes, backslash),
                                         _mm_cmpgt_epi8(_mm_xor_si128(bytes, two), space));
        uint64_t mask = 0xffff ^ (unsigned)_mm_movemask_epi8(plain);
        if (mask != 0)
            return p + __builtin_ctzll(mask);
    }
#else
    while (*p != '"' && *p != '\\' && (unsigned char)*p >= ' ' && (unsigned char)*p < 0x80)
        p++;
    return p;
#endif
}

/* The first byte from P on that is no digit. */
static inline const char *json_skip_digits(const char *p)
{
    while (*p >= '0' && *p <= '9')
        p++;
    return p;
}

/* Where the number at P ends (RFC 8259, section 6), NULL if there is none. */
static inline const char *json_any_number_end(const char *p)
{
    const char *digits = p + (*p == '-');

    p = json_skip_digits(digits);
    if (p == digits || (*digits == '0' && p != digits + 1))
        return NULL;
    if (*p == '.') {
        digits = p + 1;
        p = json_skip_digits(digits);
        if (p == digits)
            return NULL;
    }
    if (*p == 'e' || *p == 'E') {
        digits = p + 1 + (p[1] == '+' || p[1] == '-');
        p = json_skip_digits(digits);
        if (p == digits)
            return NULL;
    }
    return p;
}

/* json_any_number_end(), faster for a number that is shorter than a vector and has no exponent. */
static inline const char *json_number_end(const char *p)
{
#if defined __SSE2__ && !defined WEIR_PLAIN
    const __m128i to_highest = _mm_set1_epi8(0x7f - '9');
    const __m128i below_digits = _mm_set1_epi8(0x7f - 10);
    __m128i bytes = _mm_add_epi8(_mm_loadu_si128((const __m128i *)(const void *)p), to_highest);
    /* a bit for each byte that is no digit, and one behind them */
    uint64_t others = 0x1ffff ^ (unsigned)_mm_movemask_epi8(_mm_cmpgt_epi8(bytes, below_digits));
    const char *digits = p;

    if (*p == '-') {
        digits++;
        others &= others - 1;
    }
    const char *end = p + __builtin_ctzll(others);
    bool is_number = end > digits && (*digits != '0' || end == digits + 1);
    if (*end == '.') {
        digits = end + 1;
        others &= others - 1;
        end = others != 0 ? p + __builtin_ctzll(others) : p + JSON_VECTOR;
        is_number = is_number && end > digits;
    }
    if (end < p + JSON_VECTOR && *end != 'e' && *end != 'E')
        return is_number ? end : NULL;
#endif
    return json_any_number_end(p);
}

/* Where the number or literal at P ends, NULL if there is none; sets KIND. */
static inline const char *json_bare_end(const char *p, enum json_kind *kind)
{
    switch (*p) {
    case 't':
        *kind = JSON_BOOL;
        return memcmp(p, "true", 4) == 0 ? p + 4 : NULL;
    case 'f':
        *kind = JSON_BOOL;
        return memcmp(p, "false", 5) == 0 ? p + 5 : NULL;
    case 'n':
        *kind = JSON_NULL;
        return memcmp(p, "null", 4) == 0 ? p + 4 : NULL;
    default:
        *kind = JSON_NUMBER;
        return json_number_end(p);
    }
}

#endif
