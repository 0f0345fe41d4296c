/* SPDX-License-Identifier: MIT */
#include "moments.h"

#include <string.h>

#include "base/memory.h"
#include "value/sum.h"

/* For 2^64 numbers of 38 digits, with up to 38 places as the result has, no number here reaches 2^640. */
enum { WORDS = 640 / 64 + 2 };

/* A whole number of at least 0: N words, lowest first, of which the last is not 0. All others are 0. */
struct natural {
    int n;
    uint64_t words[WORDS];
};

struct moments {
    struct sum sum;
    struct natural squares; /* divided by ten to the power 2 SUM.scale */
};

static void trim(struct natural *a)
{
    while (a->n > 0 && a->words[a->n - 1] == 0)
        a->n--;
}

static struct natural natural_of(unsigned __int128 value)
{
    struct natural a = { 2, { (uint64_t)value, (uint64_t)(value >> 64) } };

    trim(&a);
    return a;
}

/* Adds B times SIGN, 1 or -1, to A. The result must be at least 0. */
static void add(struct natural *a, const struct natural *b, int sign)
{
    __int128 carry = 0;

    a->n = (a->n > b->n ? a->n : b->n) + 1;
    for (int i = 0; i < a->n; i++) {
        carry += a->words[i] + sign * (__int128)b->words[i];
        a->words[i] = (uint64_t)carry;
        carry >>= 64;
    }
    trim(a);
}

static struct natural multiply(const struct natural *a, const struct natural *b)
{
    struct natural product = { .n = a->n + b->n };

    for (int i = 0; i < a->n; i++) {
        unsigned __int128 carry = 0;
        for (int k = 0; k < b->n; k++) {
            carry += (unsigned __int128)a->words[i] * b->words[k] + product.words[i + k];
            product.words[i + k] = (uint64_t)carry;
            carry >>= 64;
        }
        product.words[i + b->n] = (uint64_t)carry;
    }
    trim(&product);
    return product;
}

/* Multiplies A by ten to the power DIGITS, if that is positive. */
static void shift(struct natural *a, int digits)
{
    const struct natural ten = natural_of(10);

    for (; digits > 0; digits--)
        *a = multiply(a, &ten);
}

static int count_bits(const struct natural *a)
{
    return a->n == 0 ? 0 : a->n * 64 - __builtin_clzll(a->words[a->n - 1]);
}

/* Less than, equal to or greater than 0 as the square of ROOT is less than, equal to or greater than A / B. */
static int compare_square(unsigned __int128 root, const struct natural *a, const struct natural *b)
{
    struct natural left = natural_of(root);
    int i = WORDS - 1;

    left = multiply(&left, &left);
    left = multiply(&left, b);
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

/* The square of S, without its scale. */
static struct natural square_of(const struct sum *s)
{
    struct natural a = { .n = SUM_WORDS };
    struct natural power = { SUM_WORDS + 1, { [SUM_WORDS] = 1 } };

    memcpy(a.words, s->words, sizeof s->words);
    if (s->words[SUM_WORDS - 1] >> 63 != 0) { /* negative, in two's complement */
        add(&power, &a, -1);
        a = power;
    }
    return multiply(&a, &a);
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
    const struct natural square = square_of(&m->sum);
    const struct natural four = natural_of(4);

    /* The variance is (N * sum of squares - square of the sum) / (N * (N - 1)). */
    struct natural divisor = natural_of((unsigned __int128)n * (n - 1));
    struct natural dividend = multiply(&m->squares, &n_natural);
    add(&dividend, &square, -1);
    shift(&dividend, 2 * (scale - m->sum.scale));
    shift(&divisor, 2 * (m->sum.scale - scale));

    /* The root of four times that is twice the result, so its last bit tells which way to round. */
    dividend = multiply(&dividend, &four);
    unsigned __int128 twice = find_root(&dividend, &divisor);
    unsigned __int128 root = twice / 2;
    bool is_half = twice % 2 == 1 && compare_square(twice, &dividend, &divisor) == 0;
    *d = (struct decimal){ (__int128)(root + (is_half ? root % 2 : twice % 2)), scale };
    return decimal_fits(d->value);
}
