/* SPDX-License-Identifier: MIT */
#include "scale.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

enum { MOST_ZEROS = 12, MOST_PLACES = 8 }; /* beyond them a tick is written with an exponent */

static double power_of_ten(int exponent)
{
    double power = 1;

    for (int i = exponent < 0 ? -exponent : exponent; i > 0; i--)
        power *= 10;
    return exponent < 0 ? 1 / power : power;
}

/* VALUE divided by STEP, rounded down. */
static int64_t divide_down(double value, double step)
{
    int64_t whole = (int64_t)(value / step);

    return whole - ((double)whole > value / step);
}

void scale_fit(struct scale *s, double least, double greatest, int most_steps, bool whole)
{
    static const int digits[] = { 1, 2, 5 };
    const double range = greatest > least ? greatest - least : 1;
    int exponent = 0;

    while (range / power_of_ten(exponent) > most_steps)
        exponent++;
    while (range / power_of_ten(exponent - 1) <= most_steps && exponent > (whole ? 0 : -305))
        exponent--;
    *s = (struct scale){ .digit = 1, .exponent = exponent };
    /* That is a step of 1, and a tenth of it is too short. */
    for (int i = 1; i < 3 && exponent > (whole ? 0 : -305) && s->digit == 1; i++)
        if (range / power_of_ten(exponent - 1) / digits[i] <= most_steps)
            *s = (struct scale){ .digit = digits[i], .exponent = exponent - 1 };
    s->step = power_of_ten(s->exponent) * s->digit;
    s->first = divide_down(least, s->step);
    s->last = -divide_down(-greatest, s->step);
    if (s->last == s->first)
        s->last++;
}

double scale_place(const struct scale *s, double value)
{
    return (value / s->step - (double)s->first) / (double)(s->last - s->first);
}

/* Writes DIGITS, of a whole number, to OUT with commas between thousands; returns the end. */
static char *group_thousands(char *out, const char *digits, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        if (i > 0 && (n - i) % 3 == 0)
            *out++ = ',';
        *out++ = digits[i];
    }
    return out;
}

size_t scale_format(const struct scale *s, int64_t tick, char out[SCALE_SIZE])
{
    char digits[SCALE_SIZE];
    char *end = out;
    int64_t number = (tick < 0 ? -tick : tick) * s->digit;
    int places = s->exponent < 0 ? -s->exponent : 0;

    if (tick != 0 && (s->exponent > MOST_ZEROS || places > MOST_PLACES)) {
        int exponent = s->exponent;
        for (; number % 10 == 0; number /= 10)
            exponent++;
        return (size_t)snprintf(out, SCALE_SIZE, "%s%" PRId64 "e%d", tick < 0 ? "-" : "", number, exponent);
    }
    if (tick == 0)
        return (size_t)snprintf(out, SCALE_SIZE, "0");
    size_t n = (size_t)snprintf(digits, sizeof digits, "%0*" PRId64, places + 1, number);
    for (int i = 0; i < s->exponent; i++)
        digits[n++] = '0';
    if (tick < 0)
        *end++ = '-';
    end = group_thousands(end, digits, n - (size_t)places);
    if (places > 0) {
        *end++ = '.';
        memcpy(end, digits + n - (size_t)places, (size_t)places);
        end += places;
    }
    *end = '\0';
    return (size_t)(end - out);
}

size_t scale_width(const struct scale *s)
{
    char text[SCALE_SIZE];
    size_t width = 0;

    for (int64_t tick = s->first; tick <= s->last; tick++) {
        size_t n = scale_format(s, tick, text);
        width = n > width ? n : width;
    }
    return width;
}
