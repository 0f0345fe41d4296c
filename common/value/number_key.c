/* SPDX-License-Identifier: MIT */
#include "value/number_key.h"

#include "value/calendar.h"

/*
 * A number other than zero is 0.DIGITS times ten to the power POINT, without a zero at either end of DIGITS. The digits
 * follow in pairs. If POINT is from LEAST_POINT to MOST_POINT, the first byte is CENTER plus half of POINT, rounded up,
 * and a zero precedes the digits if POINT is odd. Any other POINT stands before the digits: how many pairs of digits it
 * has, which is itself a number of pairs and these pairs, and then these. Below zero, all is reversed.
 */
enum {
    ZERO = 0xa0,
    LEAST = 0xa1, /* the first byte if POINT is below LEAST_POINT */
    MOST = 0xbf,
    CENTER = 0xaf,
    LEAST_POINT = 2 * (LEAST + 1 - CENTER) - 1,
    MOST_POINT = 2 * (MOST - 1 - CENTER),
    PAIR = '\r' + 1,  /* stands for 00 */
    END = PAIR + 100, /* after the last pair of a negative number: if it had more, it would be less */
    LONGEST = 14,     /* digits in a word */
};

struct key {
    char *end;
    bool is_reversed;
};

static inline int pair_byte(int pair, bool is_reversed)
{
    return PAIR + (is_reversed ? 99 - pair : pair);
}

static inline void put(struct key *k, int pair)
{
    *k->end++ = (char)pair_byte(pair, k->is_reversed);
}

/* Digit I of N, counted from the first. */
static inline int digit(const struct number *n, size_t i)
{
    return (i < n->whole.len ? n->whole.at[i] : n->fraction.at[i - n->whole.len]) - '0';
}

/* Writes digits START to END of N in pairs, after a zero if IS_ODD. */
static void put_digits(struct key *k, const struct number *n, size_t start, size_t end, bool is_odd)
{
    if (is_odd)
        put(k, digit(n, start++));
    for (; start + 1 < end; start += 2)
        put(k, digit(n, start) * 10 + digit(n, start + 1));
    if (start < end)
        put(k, digit(n, start) * 10);
}

/* Writes the number with DIGITS in pairs. */
static void put_whole(struct key *k, struct span digits)
{
    put_digits(k, &(struct number){ .whole = digits }, 0, digits.len, digits.len % 2 == 1);
}

/* Writes the absolute value of N's POINT, which is its exponent plus SHIFT, to OUT in decimal; returns the length. */
static size_t format_point(const struct number *n, int64_t shift, char *out)
{
    int64_t point = n->exponent + shift;
    size_t len = n->exponent_digits.len + 1;
    size_t zeros = 0;

    if (n->exponent < NUMBER_EXPONENT_LIMIT && n->exponent > -NUMBER_EXPONENT_LIMIT)
        return number_format((uint64_t)(point < 0 ? -point : point), out);
    *out = '0';
    memcpy(out + 1, n->exponent_digits.at, len - 1);
    if (n->exponent < 0)
        shift = -shift;
    for (size_t i = len - 1; shift != 0; i--) {
        shift += out[i] - '0';
        out[i] = (char)('0' + floor_modulo(shift, 10));
        shift = floor_divide(shift, 10);
    }
    while (out[zeros] == '0')
        zeros++;
    memmove(out, out + zeros, len - zeros);
    return len - zeros;
}

/* Writes the absolute value of a POINT that has DIGITS. */
static void put_point(struct key *k, struct span digits)
{
    char count[NUMBER_DIGITS];
    size_t len = number_format((digits.len + 1) / 2, count);

    put(k, (int)(len + 1) / 2);
    put_whole(k, (struct span){ count, len });
    put_whole(k, digits);
}

struct span xnumber_key(const struct number *n, struct buffer *buffer)
{
    size_t start = 0;
    size_t end = n->whole.len + n->fraction.len;

    while (start < end && digit(n, start) == 0)
        start++;
    while (end > start && digit(n, end - 1) == 0)
        end--;
    int64_t shift = (int64_t)n->whole.len - (int64_t)start;
    int64_t point = n->exponent + shift;
    bool is_near = point >= LEAST_POINT && point <= MOST_POINT;
    size_t rest = end - start + n->exponent_digits.len + 2 * NUMBER_DIGITS; /* bytes after the first, at most */
    char *key = xbuffer_reserve(buffer, 1 + rest + n->exponent_digits.len + NUMBER_DIGITS);
    struct key k = { key + 1, n->is_negative };
    int first = is_near ? CENTER + (int)floor_divide(point + 1, 2) : point > 0 ? MOST : LEAST;
    if (start == end) {
        *key = (char)ZERO;
        return (struct span){ key, 1 };
    }
    if (!is_near) {
        char *digits = key + 1 + rest;
        k.is_reversed ^= point < 0;
        put_point(&k, (struct span){ digits, format_point(n, shift, digits) });
        k.is_reversed = n->is_negative;
    }
    *key = (char)(n->is_negative ? 2 * ZERO - first : first);
    put_digits(&k, n, start, end, is_near && point % 2 != 0);
    if (n->is_negative)
        *k.end++ = (char)END;
    return (struct span){ key, (size_t)(k.end - key) };
}

bool number_key_integer(struct span text, uint64_t *word)
{
    bool is_negative = text.len > 0 && *text.at == '-';
    const char *p = text.at + is_negative;
    const char *end = text.at + text.len;
    size_t len = text.len - is_negative;
    int shift = 56; /* of the byte before the next */
    int last = 56;  /* of the last pair that is not 00 */

    if (len == 0 || len > (is_negative ? LONGEST - 2 : LONGEST) || (*p == '0' && text.len > 1))
        return false;
    int first = *p == '0' ? ZERO : CENTER + (int)(len + 1) / 2;
    *word = (uint64_t)(is_negative ? 2 * ZERO - first : first) << shift;
    while (p < end) {
        unsigned tens = (end - p) % 2 == 0 ? (unsigned)(*p++ - '0') : 0;
        unsigned ones = (unsigned)(*p++ - '0');
        if (tens > 9 || ones > 9)
            return false;
        shift -= 8;
        *word |= (uint64_t)pair_byte((int)(tens * 10 + ones), is_negative) << shift;
        if (tens + ones > 0)
            last = shift;
    }
    *word &= UINT64_MAX << last;
    if (is_negative)
        *word |= (uint64_t)END << (last - 8);
    return true;
}

/* What number_key_decimal() reads. */
struct reading {
    struct span rest;
    bool is_reversed;
};

static inline int take(struct reading *r)
{
    int pair = (unsigned char)*r->rest.at - PAIR;

    r->rest.at++;
    r->rest.len--;
    return r->is_reversed ? 99 - pair : pair;
}

/* Takes a POINT that has at most two digits. False if it has more. */
static bool take_point(struct reading *r, bool is_negative, int *point)
{
    r->is_reversed ^= is_negative;
    if (take(r) != 1 || take(r) != 1)
        return false;
    *point = take(r);
    r->is_reversed ^= is_negative;
    if (is_negative)
        *point = -*point;
    return true;
}

/* Sets *D to 0.DIGITS times ten to the power POINT; the digits are what R has left. False if D has too many digits. */
static bool take_digits(struct reading *r, int point, struct decimal *d)
{
    *d = (struct decimal){ 0, -point };
    while (r->rest.len > 0) {
        int pair = take(r);
        bool is_single = r->rest.len == 0 && pair % 10 == 0;
        if (d->value < INT64_MAX / 100) {
            d->value *= is_single ? 10 : 100;
            d->scale += is_single ? 1 : 2;
        } else if (!decimal_rescale(d, d->scale + (is_single ? 1 : 2))) {
            return false;
        }
        d->value += is_single ? pair / 10 : pair;
    }
    return d->scale <= DECIMAL_DIGITS && (d->scale >= 0 || decimal_rescale(d, 0));
}

bool number_key_decimal(struct span key, struct decimal *d)
{
    int first = (unsigned char)*key.at;
    bool is_negative = first < ZERO;
    struct reading r = { { key.at + 1, key.len - 1 - is_negative }, is_negative };

    *d = (struct decimal){ 0, 0 };
    if (first == ZERO)
        return true;
    if (is_negative)
        first = 2 * ZERO - first;
    int point = 2 * (first - CENTER);
    if ((first == LEAST || first == MOST) && !take_point(&r, first == LEAST, &point))
        return false;
    if (!take_digits(&r, point, d))
        return false;
    if (is_negative)
        d->value = -d->value;
    return true;
}
