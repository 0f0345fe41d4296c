/* SPDX-License-Identifier: MIT */
#include "moments.h"

#include <string.h>

#include "base/memory.h"
#include "value/sum.h"

/* For 2^64 numbers of 38 digits, with up to 38 places as the result has, no number here reaches 2^640. */
enum { WORDS = 10 };

/* A whole number of at least 0, lowest word first. */
struct natural {
    uint64_t words[WORDS];
};

struct moments {
    struct sum sum;
    struct natural squares; /* divided by ten to the power 2 SUM.scale */
};

static struct natural natural_of(unsigned __int128 value)
{
    return (struct natural){ { (uint64_t)value, (uint64_t)(value >> 64) } };
}

/* Adds B times SIGN, 1 or -1, to A. */
static void add(struct natural *a, const struct natural *b, int sign)
{
    __int128 carry = 0;

    for (int i = 0; i < WORDS; i++) {
        carry += a->words[i] + sign * (__int128)b->words[i];
        a->words[i] = (uint64_t)carry;
        carry >>= 64;
    }
}

static struct natural multiply(const struct natural *a, const struct natural *b)
{
    struct natural product = { { 0 } };

    for (int i = 0; i < WORDS; i++) {
        unsigned __int128 carry = 0;
        for (int k = i; k < WORDS && a->words[i] != 0; k++) {
            carry += (unsigned __int128)a->words[i] * b->words[k - i] + product.words[k];
            product.words[k] = (uint64_t)carry;
            carry >>= 64;
        }
    }
    return product;
}

/* Multiplies A by ten to the power DIGITS, if that is positive. */
static void shift(struct natural *a, int digits)
{
    const struct natural ten = natural_of(10);

    for (; digits > 0; digits--)
        *a = multiply(&ten, a);
}

/* The number of binary digits of A. */
static int count_bits(const struct natural *a)
{
    int i = WORDS - 1;

    while (i > 0 && a->words[i] == 0)
        i--;
    return a->words[i] == 0 ? 0 : 64 * (i + 1) - __builtin_clzll(a->words[i]);
}

/* Less than, equal to or greater than 0 as the square of ROOT is less than, equal to or greater than A / B. */
static int compare_square(unsigned __int128 root, const struct natural *a, const struct natural *b)
{
    struct natural left = natural_of(root);

    left = multiply(&left, &left);
    left = multiply(&left, b);
    int i = WORDS - 1;
    while (i > 0 && left.words[i] == a->words[i])
        i--;
    return (left.words[i] > a->words[i]) - (left.words[i] < a->words[i]);
}

/* The root of A / B, rounded down; if it has more than 128 bits, the largest number that has not. */
static unsigned __int128 find_root(const struct natural *a, const struct natural *b)
{
    int bits = (count_bits(a) - count_bits(b)) / 2 + 1; /* of the root, at most */
    unsigned __int128 root = 0;

    for (int i = bits < 128 ? bits : 127; i >= 0; i--)
        if (compare_square(root | (unsigned __int128)1 << i, a, b) <= 0)
            root |= (unsigned __int128)1 << i;
    return root;
}

struct moments *xmoments_add(struct moments *m, const struct decimal *d)
{
    struct natural square = natural_of((unsigned __int128)(d->value < 0 ? -d->value : d->value));

    if (m == NULL)
        m = xcalloc(1, sizeof *m);
    int scale = m->sum.scale;
    sum_add(&m->sum, d);
    square = multiply(&square, &square);
    shift(&square, 2 * (m->sum.scale - d->scale));
    shift(&m->squares, 2 * (m->sum.scale - scale));
    add(&m->squares, &square, 1);
    return m;
}

bool moments_deviation(const struct moments *m, uint64_t n, int scale, struct decimal *d)
{
    const struct natural n_natural = natural_of(n);
    const struct natural four = natural_of(4);
    struct natural sum = { { 0 } };

    memcpy(sum.words, m->sum.words, sizeof m->sum.words);
    if (sum.words[SUM_WORDS - 1] >> 63 != 0) { /* negative, in two's complement */
        const struct natural negative = sum;
        sum = (struct natural){ { [SUM_WORDS] = 1 } };
        add(&sum, &negative, -1);
    }
    sum = multiply(&sum, &sum);

    /* The variance is (N * sum of squares - square of the sum) / (N * (N - 1)). */
    struct natural divisor = natural_of((unsigned __int128)n * (n - 1));
    struct natural dividend = multiply(&n_natural, &m->squares);
    add(&dividend, &sum, -1);
    shift(&dividend, 2 * (scale - m->sum.scale));
    shift(&divisor, 2 * (m->sum.scale - scale));

    /* The root of four times that is twice the result, so its last bit tells which way to round. */
    dividend = multiply(&four, &dividend);
    unsigned __int128 twice = find_root(&dividend, &divisor);
    unsigned __int128 root = twice / 2;
    bool is_half = twice % 2 == 1 && compare_square(twice, &dividend, &divisor) == 0;
    *d = (struct decimal){ (__int128)(root + (is_half ? root % 2 : twice % 2)), scale };
    return decimal_fits(d->value);
}
