/* SPDX-License-Identifier: MIT */
#include "value/decimal.h"

#include "base/plain.h"
#include "value/number.h"

/* 10^38, the least value with too many digits. */
static const __int128 limit = (__int128)10000000000000000000U * 10000000000000000000U;

/* Appends DIGIT to *VALUE >= 0; false if it then has too many digits. */
static bool append(__int128 *value, int digit)
{
    if (*value >= limit / 10)
        return false;
    *value = *value * 10 + digit;
    return true;
}

static bool append_all(__int128 *value, struct span digits)
{
    for (size_t i = 0; i < digits.len; i++)
        if (!append(value, digits.at[i] - '0'))
            return false;
    return true;
}

enum { SHORT = IS_PLAIN ? 0 : 18 }; /* digits, with a point, that fit into 64 bits */

/* decimal_parse() for short numbers without exponent, in a third of the time. False: maybe a number of another form. */
static bool parse_short(struct span text, struct decimal *d)
{
    const char *end = text.at + text.len;
    const char *start = text.at + (text.len > 0 && *text.at == '-');
    const char *point = end;
    int64_t value = 0;

    if (end - start > SHORT || end == start || (*start == '0' && end - start > 1 && start[1] != '.'))
        return false;
    for (const char *p = start; p < end; p++) {
        unsigned digit = (unsigned char)*p - (unsigned)'0';
        if (digit < 10)
            value = value * 10 + digit;
        else if (*p == '.' && point == end && p > start && p + 1 < end)
            point = p;
        else
            return false;
    }
    *d = (struct decimal){ start > text.at ? -value : value, point < end ? (int)(end - point - 1) : 0 };
    return true;
}

enum decimal_status decimal_parse(struct span text, struct decimal *d)
{
    struct number n;
    __int128 value = 0;

    if (parse_short(text, d))
        return DECIMAL_OK;
    if (!number_parse(text, &n))
        return DECIMAL_NO_NUMBER;
    if (!append_all(&value, n.whole) || !append_all(&value, n.fraction))
        return DECIMAL_TOO_LONG;
    int64_t scale = (int64_t)n.fraction.len - n.exponent;
    for (; scale < 0 && value != 0; scale++)
        if (!append(&value, 0))
            return DECIMAL_TOO_LONG;
    if (scale > DECIMAL_DIGITS)
        return DECIMAL_TOO_LONG;
    *d = (struct decimal){ n.is_negative ? -value : value, scale < 0 ? 0 : (int)scale };
    return DECIMAL_OK;
}

const char *decimal_status_text(enum decimal_status status)
{
    static const char *const texts[] = {
        [DECIMAL_OK] = NULL,
        [DECIMAL_NO_NUMBER] = "is not a number",
        [DECIMAL_TOO_LONG] = "has too many digits to be exact",
    };

    return texts[status];
}

bool decimal_rescale(struct decimal *d, int scale)
{
    __int128 value = d->value < 0 ? -d->value : d->value;

    for (int i = d->scale; i < scale; i++)
        if (!append(&value, 0))
            return false;
    *d = (struct decimal){ d->value < 0 ? -value : value, scale };
    return true;
}

bool decimal_fits(__int128 value)
{
    return value < limit && value > -limit;
}

/* Appends to *QUOTIENT the next decimal place of a division by DIVISOR that left *REST. False as append(). */
static bool divide_on(__int128 *quotient, unsigned __int128 *rest, unsigned __int128 divisor)
{
    unsigned __int128 next = 0;
    int digit = 0;

    for (int i = 0; i < 10; i++) { /* not a product: it could overflow */
        next += *rest;
        if (next >= divisor) {
            next -= divisor;
            digit++;
        }
    }
    *rest = next;
    return append(quotient, digit);
}

/* *VALUE without its last N digits; REST of DIVISOR is left to it. Rounds half to even. */
static void round_off(__int128 *value, int n, unsigned __int128 rest, unsigned __int128 divisor)
{
    int order = (rest > divisor - rest) - (rest < divisor - rest); /* of what is dropped, compared with a half */

    for (; n > 0; n--) {
        int digit = (int)(*value % 10);
        bool is_exact = rest == 0;
        order = digit != 5 ? (digit > 5) - (digit < 5) : !is_exact;
        rest = rest > 0 || digit > 0;
        *value /= 10;
    }
    if (order > 0 || (order == 0 && *value % 2 == 1))
        ++*value;
}

bool decimal_divide(const struct decimal *a, const struct decimal *b, int scale, struct decimal *quotient)
{
    unsigned __int128 divisor = (unsigned __int128)(b->value < 0 ? -b->value : b->value);
    unsigned __int128 dividend = (unsigned __int128)(a->value < 0 ? -a->value : a->value);
    int shift = scale - a->scale + b->scale;

    for (; shift > 0 && dividend < (unsigned __int128)limit / 10; shift--)
        dividend *= 10; /* one division instead of one for each place: a tenth of the time */
    __int128 value = (__int128)(dividend / divisor);
    unsigned __int128 rest = dividend % divisor;
    for (; shift > 0; shift--)
        if (!divide_on(&value, &rest, divisor))
            return false;
    round_off(&value, shift < 0 ? -shift : 0, rest, divisor);
    *quotient = (struct decimal){ (a->value < 0) != (b->value < 0) ? -value : value, scale };
    return decimal_fits(value);
}

size_t decimal_format(const struct decimal *d, char out[DECIMAL_SIZE])
{
    char backwards[DECIMAL_SIZE];
    size_t n = 0;
    size_t len = 0;
    __int128 rest = d->value < 0 ? -d->value : d->value;

    for (int i = 0; i <= d->scale || rest > 0; i++) {
        if (i == d->scale && i > 0)
            backwards[n++] = '.';
        bool is_short = rest <= UINT64_MAX; /* most are: 64 bits are divided in a fraction of the time of 128 */
        backwards[n++] = (char)('0' + (int)(is_short ? (uint64_t)rest % 10 : (uint64_t)(rest % 10)));
        rest = is_short ? (__int128)((uint64_t)rest / 10) : rest / 10;
    }
    if (d->value < 0)
        out[len++] = '-';
    while (n > 0)
        out[len++] = backwards[--n];
    out[len] = '\0';
    return len;
}
