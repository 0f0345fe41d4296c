/* SPDX-License-Identifier: MIT */
#include "sqlite_value.h"

#include <float.h>
#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "value/number.h"

enum {
    INTEGER_DIGITS = 19, /* of the largest int64 */
    DIGITS = DBL_DECIMAL_DIG,
};

enum affinity sqlite_value_affinity(const char *type)
{
    static const struct {
        const char *word;
        enum affinity affinity;
    } rules[] = {
        { "INT", AFFINITY_NUMERIC }, { "CHAR", AFFINITY_NONE }, { "CLOB", AFFINITY_NONE }, { "TEXT", AFFINITY_NONE },
        { "BLOB", AFFINITY_NONE },   { "REAL", AFFINITY_REAL }, { "FLOA", AFFINITY_REAL }, { "DOUB", AFFINITY_REAL },
    };

    if (*type == '\0')
        return AFFINITY_NONE;
    for (size_t i = 0; i < sizeof rules / sizeof *rules; i++)
        if (strcasestr(type, rules[i].word) != NULL)
            return rules[i].affinity;
    return AFFINITY_NUMERIC;
}

/* Whether TEXT is an int64 as SQLite prints it. */
static bool read_integer(struct span text, int64_t *integer)
{
    bool is_negative = text.len > 0 && *text.at == '-';
    size_t n = text.len - is_negative;
    const char *digits = text.at + is_negative;
    uint64_t value = 0;

    if (n == 0 || n > INTEGER_DIGITS || (*digits == '0' && text.len > 1))
        return false;
    for (size_t i = 0; i < n; i++) {
        if (!number_is_digit(digits[i]))
            return false;
        value = value * 10 + (uint64_t)(digits[i] - '0');
    }
    if (value > (uint64_t)INT64_MAX + is_negative)
        return false;
    *integer = (int64_t)(is_negative ? 0 - value : value);
    return true;
}

/* The significant digits of a number: DIGITS * 10^EXPONENT, without trailing zeros. */
struct significand {
    uint64_t digits; /* valid if there are at most INTEGER_DIGITS */
    size_t n_digits;
    int64_t exponent;
};

static void take_digits(struct significand *s, size_t *n_zeros, struct span digits)
{
    for (size_t i = 0; i < digits.len; i++) {
        if (digits.at[i] == '0') {
            *n_zeros += s->n_digits > 0;
            continue;
        }
        s->n_digits += *n_zeros + 1;
        if (s->n_digits <= INTEGER_DIGITS) {
            for (; *n_zeros > 0; --*n_zeros)
                s->digits *= 10;
            s->digits = s->digits * 10 + (uint64_t)(digits.at[i] - '0');
        }
        *n_zeros = 0;
    }
}

static struct significand find_significand(const struct number *n)
{
    struct significand s = { .n_digits = 0 };
    size_t n_zeros = 0;

    take_digits(&s, &n_zeros, n->whole);
    take_digits(&s, &n_zeros, n->fraction);
    s.exponent = n->exponent - (int64_t)n->fraction.len + (int64_t)n_zeros;
    return s;
}

/* Whether REAL, which is positive, prints as the digits of S when rounded to their number. */
static bool keeps_digits(double real, const struct significand *s)
{
    char text[DIGITS + 10];
    int exponent;
    uint64_t bits = (uint64_t)ldexp(frexp(real, &exponent), DBL_MANT_DIG);
    int shift = DBL_MANT_DIG - exponent;

    /* Compares the error of REAL, bits / 2^shift, with half a unit of the last digit: ten times as fast as printing. */
    if (shift >= 0 && shift <= 70 && s->exponent <= 0 && s->exponent >= -19) {
        unsigned __int128 have = bits;
        unsigned __int128 want = (unsigned __int128)s->digits << shift;
        unsigned __int128 unit = (unsigned __int128)1 << shift;
        for (int64_t i = s->exponent; i < 0; i++)
            have *= 10;
        unsigned __int128 twice_off = 2 * (have > want ? have - want : want - have);
        if (twice_off != unit)
            return twice_off < unit;
    }
    snprintf(text, sizeof text, "%#.*e", (int)s->n_digits - 1, real);
    text[1] = text[0]; /* overwrites the decimal point */
    return strtoull(text + 1, NULL, 10) == s->digits;
}

/* Sets *REAL to the double nearest to S, which is spelled TEXT. False if the double has other digits. */
static bool nearest_double(const struct significand *s, struct span text, double *real)
{
    static const double powers[] = { 1e0,  1e1,  1e2,  1e3,  1e4,  1e5,  1e6,  1e7,  1e8,  1e9,  1e10, 1e11,
                                     1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22 };
    const int64_t n_powers = sizeof powers / sizeof *powers;
    char number[64];

    *real = 0;
    if (s->n_digits == 0)
        return true;
    if (s->n_digits > DIGITS)
        return false;
    /*
     * Digits and power are exact as doubles, so one operation rounds correctly (Clinger 1990). Far faster than
     * strtod(3).
     */
    if (FLT_EVAL_METHOD == 0 && s->n_digits <= DBL_DIG && s->exponent > -n_powers && s->exponent < n_powers) {
        *real = s->exponent < 0 ? (double)s->digits / powers[-s->exponent] : (double)s->digits * powers[s->exponent];
        return true;
    }
    if (text.len < sizeof number) {
        memcpy(number, text.at, text.len); /* a field has no NUL, and a digit may follow it */
        number[text.len] = '\0';
    } else {
        snprintf(number, sizeof number, "%" PRIu64 "e%" PRId64, s->digits, s->exponent);
    }
    *real = strtod(number, NULL);
    return isfinite(*real) && *real > 0 && keeps_digits(*real, s);
}

/* Whether S is a whole number below 2^63; sets *WHOLE to it. */
static bool read_whole(const struct significand *s, uint64_t *whole)
{
    if (s->n_digits > INTEGER_DIGITS || s->exponent < 0 || s->exponent > INTEGER_DIGITS)
        return false;
    *whole = s->digits;
    for (int64_t i = 0; i < s->exponent; i++)
        if (__builtin_mul_overflow(*whole, 10, whole))
            return false;
    return *whole <= INT64_MAX;
}

/*
 * Whether a NUMERIC column keeps N, whose digits are S, as a double; sets *REAL to the absolute value. SQLite turns a
 * double that is a whole number into an integer: then all its digits show, not only 17.
 */
static bool read_numeric(const struct number *n, const struct significand *s, struct span text, double *real)
{
    uint64_t whole;

    if (n->is_negative && s->n_digits == 0)
        return false; /* an integer has no negative zero */
    if (!read_whole(s, &whole) || (double)whole >= 0x1p63)
        return nearest_double(s, text, real);
    *real = (double)whole;
    return (uint64_t)*real == whole;
}

/* Whether a column of AFFINITY keeps N as a double; sets *REAL to it. END is the end of the text of N. */
static bool read_real(const struct number *n, const char *end, enum affinity affinity, double *real)
{
    struct significand s = find_significand(n);
    struct span text = { n->whole.at, (size_t)(end - n->whole.at) };

    if (affinity == AFFINITY_REAL ? !nearest_double(&s, text, real) : !read_numeric(n, &s, text, real))
        return false;
    if (n->is_negative)
        *real = -*real;
    return true;
}

/* SQLite's isspace(). */
static bool is_space(char c)
{
    return c == ' ' || (c >= '\t' && c <= '\r');
}

/* Whether SQLite treats TEXT as a number: it allows a plus sign, leading zeros, and white space on both sides. */
static bool looks_numeric(struct span text)
{
    const char *p = text.at;
    const char *end = text.at + text.len;
    size_t n_digits = 0;

    while (p < end && is_space(*p))
        p++;
    while (end > p && is_space(end[-1]))
        end--;
    if (p < end && (*p == '-' || *p == '+'))
        p++;
    for (; p < end && number_is_digit(*p); p++)
        n_digits++;
    if (p < end && *p == '.')
        for (p++; p < end && number_is_digit(*p); p++)
            n_digits++;
    if (n_digits == 0)
        return false;
    if (p < end && (*p == 'e' || *p == 'E')) {
        p++;
        if (p < end && (*p == '-' || *p == '+'))
            p++;
        if (p == end)
            return false;
        while (p < end && number_is_digit(*p))
            p++;
    }
    return p == end;
}

bool sqlite_value_read(struct sqlite_value *value, struct span text, enum affinity affinity)
{
    struct number n;

    value->storage = STORED_TEXT;
    if (affinity == AFFINITY_NONE)
        return true;
    if (affinity == AFFINITY_NUMERIC && read_integer(text, &value->integer)) {
        value->storage = STORED_INTEGER;
        return true;
    }
    if (!number_parse(text, &n))
        return !looks_numeric(text);
    value->storage = STORED_REAL;
    if (affinity == AFFINITY_NUMERIC && n.fraction.len == 0 && n.exponent_digits.len == 0)
        return false;
    return read_real(&n, text.at + text.len, affinity, &value->real);
}
