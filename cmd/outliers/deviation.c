/* SPDX-License-Identifier: MIT */
#include "deviation.h"

#include <math.h>
#include <stdlib.h>

#include "base/memory.h"

static unsigned __int128 absolute(__int128 value)
{
    return value < 0 ? -(unsigned __int128)value : (unsigned __int128)value;
}

bool deviation_parse_threshold(struct span text, struct deviation_threshold *threshold)
{
    struct decimal d;

    if (decimal_parse(text, &d) != DECIMAL_OK || d.value < 0)
        return false;
    for (; d.scale > 0 && d.value % 10 == 0; d.scale--)
        d.value /= 10;
    if (d.scale > 19 || d.value > UINT64_MAX)
        return false;
    *threshold = (struct deviation_threshold){ (uint64_t)d.value, 1 };
    for (; d.scale > 0; d.scale--)
        threshold->unit *= 10;
    return true;
}

/* Gives VALUES the largest of their scales. False if one of them, times LIMIT, has too many bits. */
static bool rescale(struct decimal *values, size_t n, int *scale, uint64_t limit)
{
    const unsigned __int128 largest = ~(unsigned __int128)0 / 2 / limit;

    *scale = 0;
    for (size_t i = 0; i < n; i++)
        if (values[i].scale > *scale)
            *scale = values[i].scale;
    for (size_t i = 0; i < n; i++)
        if (!decimal_rescale(&values[i], *scale) || absolute(values[i].value) > largest)
            return false;
    return true;
}

static __int128 find_distance(const struct deviation *d, struct decimal value)
{
    __int128 multiple = value.value * d->multiple;

    if (multiple < d->low)
        return (multiple - d->low) * d->factor;
    return multiple > d->high ? (multiple - d->high) * d->factor : 0;
}

static int compare(const void *left, const void *right)
{
    const struct decimal *a = left;
    const struct decimal *b = right;

    return (a->value > b->value) - (a->value < b->value);
}

/* Four times the quantile at QUARTERS of N sorted values: type 7 of Hyndman and Fan 1996. */
static __int128 find_quantile(const struct decimal *sorted, size_t n, size_t quarters)
{
    size_t place = (n - 1) * quarters;
    const struct decimal *at = &sorted[place / 4];

    return place % 4 == 0 ? 4 * at->value : 4 * at->value + (__int128)(place % 4) * (at[1].value - at->value);
}

/* Sets the baseline to SUM / MULTIPLE. */
static void set_baseline(struct deviation *d, __int128 sum)
{
    long double divisor = (long double)d->multiple;

    for (int i = 0; i < d->scale; i++)
        divisor *= 10;
    d->has_baseline = true;
    d->baseline = (double)((long double)sum / divisor);
}

static void measure_mean(struct deviation *d, const struct decimal *values, size_t n)
{
    for (size_t i = 0; i < n; i++)
        d->low += values[i].value;
    d->high = d->low;
    set_baseline(d, d->low);
}

static void xmeasure_quantiles(struct deviation *d, const struct decimal *values, size_t n)
{
    struct decimal *sorted = xcalloc(n, sizeof *sorted);

    memcpy(sorted, values, n * sizeof *sorted);
    qsort(sorted, n, sizeof *sorted, compare);
    d->low = find_quantile(sorted, n, (size_t)d->method->quarter);
    d->high = find_quantile(sorted, n, (size_t)(4 - d->method->quarter));
    set_baseline(d, find_quantile(sorted, n, 2));
    free(sorted);
}

/* |1 - X / baseline| */
static void spread_ratio(struct deviation *d, const struct decimal *values, size_t n)
{
    (void)values;
    (void)n;
    d->spread = absolute(d->low);
}

/* (X - mean) / standard deviation of the sample */
static void spread_z(struct deviation *d, const struct decimal *values, size_t n)
{
    long double squares = 0;

    /* Exact distances: those of equal values are 0, and large values keep the digits in which they differ. */
    for (size_t i = 0; i < n; i++) {
        long double distance = (long double)find_distance(d, values[i]);
        squares += distance * distance;
    }
    d->root_spread = n > 1 ? sqrtl(squares / (long double)(n - 1)) : 0;
}

/*
 * 0.6745 (X - median) / median of |X - median|; Iglewicz and Hoaglin 1993. A distance is in quarters of a unit, and the
 * median of distances in sixteenths: 0.6745 * 16 / 4 = 1349 / 500.
 */
static void xspread_mad(struct deviation *d, const struct decimal *values, size_t n)
{
    struct decimal *distances = xcalloc(n, sizeof *distances);

    for (size_t i = 0; i < n; i++)
        distances[i].value = (__int128)absolute(find_distance(d, values[i]));
    qsort(distances, n, sizeof *distances, compare);
    d->spread = 500 * absolute(find_quantile(distances, n, 2));
    d->factor = 1349;
    free(distances);
}

/* The distance of X from the quartiles, if it is outside them / the distance between them; Tukey 1977 */
static void spread_iqr(struct deviation *d, const struct decimal *values, size_t n)
{
    (void)values;
    (void)n;
    d->spread = absolute(d->high - d->low);
}

static const struct deviation_method rows[] = {
    { "ratio", "0.2", "the mean is zero", false, 0, 2, spread_ratio },
    { "z", "3", "the standard deviation is zero", true, 0, 2, spread_z },
    { "mad", "3.5", "the median distance from the median is zero", true, 2, 4000, xspread_mad },
    { "iqr", "1.5", "the quartiles are equal", false, 1, 2, spread_iqr },
    { "median", "0.2", "the median is zero", false, 2, 2, spread_ratio },
};

const struct deviation_method *deviation_method(int i)
{
    return (size_t)i < sizeof rows / sizeof *rows ? &rows[i] : NULL;
}

const char *deviation_word(int i)
{
    return (size_t)i < sizeof rows / sizeof *rows ? rows[i].word : NULL;
}

bool xdeviation_measure(struct deviation *d, const struct deviation_method *method, struct decimal *values, size_t n)
{
    const uint64_t multiple = method->quarter == 0 ? n : 4;

    *d = (struct deviation){ .method = method, .multiple = multiple, .factor = 1, .undefined = "there is no value" };
    if (n == 0)
        return true;
    if (!rescale(values, n, &d->scale, multiple * method->reach))
        return false;
    if (method->quarter == 0)
        measure_mean(d, values, n);
    else
        xmeasure_quantiles(d, values, n);
    method->spread(d, values, n);
    bool has_spread = d->spread > 0 || d->root_spread > 0;
    d->undefined = n == 1 ? "there is only one value" : has_spread ? NULL : method->undefined;
    return true;
}

/* The distance of VALUE, which may not have the common scale yet. */
static __int128 distance_of(const struct deviation *d, struct decimal value)
{
    decimal_rescale(&value, d->scale);
    return find_distance(d, value);
}

double deviation_score(const struct deviation *d, struct decimal value)
{
    long double distance = (long double)distance_of(d, value);
    long double score = distance / (d->spread > 0 ? (long double)d->spread : d->root_spread);

    return (double)(d->method->is_signed ? score : fabsl(score));
}

/* A times B in 192 bits. */
struct product {
    unsigned __int128 high;
    uint64_t low;
};

static struct product multiply(unsigned __int128 a, uint64_t b)
{
    unsigned __int128 low = (unsigned __int128)(uint64_t)a * b;

    return (struct product){ (a >> 64) * b + (low >> 64), (uint64_t)low };
}

bool deviation_exceeds(const struct deviation *d, struct decimal value, struct deviation_threshold threshold)
{
    unsigned __int128 distance = absolute(distance_of(d, value));

    if (d->undefined != NULL)
        return false;
    if (d->spread == 0)
        return (long double)distance * (long double)threshold.unit > (long double)threshold.n * d->root_spread;
    struct product left = multiply(distance, threshold.unit);
    struct product right = multiply(d->spread, threshold.n);
    return left.high != right.high ? left.high > right.high : left.low > right.low;
}
