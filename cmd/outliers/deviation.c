/* SPDX-License-Identifier: MIT */
#include "deviation.h"

#include <math.h>
#include <stdlib.h>

#include "base/memory.h"

/* A distance is counted in quarters of a unit and its median in sixteenths: 0.6745 * 16 / 4 = 1349 / 500. */
enum { MAD_FACTOR = 1349, MAD_DIVISOR = 500 };

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

/* Gives VALUES the largest of their scales. False if one of them, LIMIT times, would not fit. */
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

/* Four times the quantile that QUARTERS of N sorted values are below: type 7 of Hyndman and Fan 1996. */
static __int128 find_quantile(const struct decimal *sorted, size_t n, size_t quarters)
{
    size_t place = (n - 1) * quarters;
    const struct decimal *at = &sorted[place / 4];

    return place % 4 == 0 ? 4 * at->value : 4 * at->value + (__int128)(place % 4) * (at[1].value - at->value);
}

/* Sets the baseline to what is DIVISOR times as many units as SUM. */
static void set_baseline(struct deviation *d, __int128 sum, long double divisor)
{
    for (int i = 0; i < d->scale; i++)
        divisor *= 10;
    d->has_baseline = true;
    d->baseline = (double)((long double)sum / divisor);
}

static void measure_mean(struct deviation *d, const struct decimal *values, size_t n)
{
    long double squares = 0;

    for (size_t i = 0; i < n; i++)
        d->low += values[i].value;
    d->high = d->low;
    d->multiple = (__int128)n;
    d->spread = absolute(d->low);
    set_baseline(d, d->low, (long double)n);
    /* Exact distances: those of equal values are 0, and large values keep the digits in which they differ. */
    for (size_t i = 0; i < n; i++) {
        long double distance = (long double)find_distance(d, values[i]);
        squares += distance * distance;
    }
    d->root_spread = n > 1 ? sqrtl(squares / (long double)(n - 1)) : 0;
}

static void measure_quantiles(struct deviation *d, const struct decimal *values, size_t n)
{
    struct decimal *sorted = xcalloc(n, sizeof *sorted);
    bool is_mad = d->method == DEVIATION_MAD;

    memcpy(sorted, values, n * sizeof *sorted);
    qsort(sorted, n, sizeof *sorted, compare);
    d->low = find_quantile(sorted, n, is_mad ? 2 : 1);
    d->high = find_quantile(sorted, n, is_mad ? 2 : 3);
    d->multiple = 4;
    d->spread = absolute(d->high - d->low);
    set_baseline(d, find_quantile(sorted, n, 2), 4);
    if (is_mad) {
        for (size_t i = 0; i < n; i++)
            sorted[i].value = (__int128)absolute(find_distance(d, values[i]));
        qsort(sorted, n, sizeof *sorted, compare);
        d->spread = MAD_DIVISOR * absolute(find_quantile(sorted, n, 2));
        d->factor = MAD_FACTOR;
    }
    free(sorted);
}

bool xdeviation_measure(struct deviation *d, enum deviation_method method, struct decimal *values, size_t n)
{
    static const char *const no_spread[] = {
        [DEVIATION_RATIO] = "the mean is zero",
        [DEVIATION_Z] = "the standard deviation is zero",
        [DEVIATION_MAD] = "the median distance from the median is zero",
        [DEVIATION_IQR] = "the quartiles are equal",
    };
    const bool has_mean = method == DEVIATION_RATIO || method == DEVIATION_Z;

    *d = (struct deviation){ .method = method, .factor = 1, .undefined = "there is no value" };
    if (n == 0)
        return true;
    if (!rescale(values, n, &d->scale, has_mean ? 2 * (uint64_t)n : method == DEVIATION_MAD ? 16000 : 8))
        return false;
    if (has_mean)
        measure_mean(d, values, n);
    else
        measure_quantiles(d, values, n);
    bool is_spread = method == DEVIATION_Z ? d->root_spread > 0 : d->spread > 0;
    d->undefined = n == 1 ? "there is one value" : is_spread ? NULL : no_spread[method];
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
    long double score = distance / (d->method == DEVIATION_Z ? d->root_spread : (long double)d->spread);

    if (d->method == DEVIATION_RATIO || d->method == DEVIATION_IQR)
        score = fabsl(score);
    return (double)score;
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
    if (d->method == DEVIATION_Z)
        return (long double)distance * (long double)threshold.unit > (long double)threshold.n * d->root_spread;
    struct product left = multiply(distance, threshold.unit);
    struct product right = multiply(d->spread, threshold.n);
    return left.high != right.high ? left.high > right.high : left.low > right.low;
}
