/* SPDX-License-Identifier: MIT */
#include "number.h"

/* The digits that TEXT starts with. */
static struct span digits(struct span text)
{
    size_t n = 0;

    while (n < text.len && text.at[n] >= '0' && text.at[n] <= '9')
        n++;
    return (struct span){ text.at, n };
}

static void skip(struct span *text, size_t n)
{
    text->at += n;
    text->len -= n;
}

static bool starts_with(struct span text, char a, char b)
{
    return text.len > 0 && (*text.at == a || *text.at == b);
}

/* Parses what stands behind the e. */
static bool parse_exponent(struct span text, int64_t *exponent)
{
    bool is_negative = starts_with(text, '-', '-');

    if (starts_with(text, '-', '+'))
        skip(&text, 1);
    if (text.len == 0 || digits(text).len < text.len)
        return false;
    while (text.len > 1 && *text.at == '0')
        skip(&text, 1);
    if (text.len > NUMBER_EXPONENT_DIGITS)
        return false;
    for (size_t i = 0; i < text.len; i++)
        *exponent = *exponent * 10 + (text.at[i] - '0');
    if (is_negative)
        *exponent = -*exponent;
    return true;
}

bool number_parse(struct span text, struct number *n)
{
    *n = (struct number){ .is_negative = starts_with(text, '-', '-') };
    skip(&text, n->is_negative);
    n->whole = digits(text);
    skip(&text, n->whole.len);
    n->fraction = (struct span){ text.at, 0 };
    if (n->whole.len == 0 || (n->whole.len > 1 && *n->whole.at == '0'))
        return false;
    if (starts_with(text, '.', '.')) {
        skip(&text, 1);
        n->fraction = digits(text);
        skip(&text, n->fraction.len);
        if (n->fraction.len == 0)
            return false;
    }
    if (text.len == 0)
        return true;
    if (!starts_with(text, 'e', 'E'))
        return false;
    skip(&text, 1);
    return parse_exponent(text, &n->exponent);
}

/* Digit I of N from its first, as if zeros without end followed the last. */
static char digit(const struct number *n, size_t i)
{
    if (i < n->whole.len)
        return n->whole.at[i];
    i -= n->whole.len;
    return i < n->fraction.len ? n->fraction.at[i] : '0';
}

static size_t count_digits(const struct number *n)
{
    return n->whole.len + n->fraction.len;
}

/* How many zeros N starts with. */
static size_t count_zeros(const struct number *n)
{
    size_t zeros = 0;

    while (zeros < count_digits(n) && digit(n, zeros) == '0')
        zeros++;
    return zeros;
}

/* Compares the absolute values of two numbers that start with so many zeros and are not zero. */
static int compare_absolute(const struct number *a, size_t a_zeros, const struct number *b, size_t b_zeros)
{
    int64_t a_magnitude = (int64_t)(a->whole.len - a_zeros) + a->exponent;
    int64_t b_magnitude = (int64_t)(b->whole.len - b_zeros) + b->exponent;

    if (a_magnitude != b_magnitude)
        return a_magnitude < b_magnitude ? -1 : 1;
    for (size_t i = 0; a_zeros + i < count_digits(a) || b_zeros + i < count_digits(b); i++) {
        int order = digit(a, a_zeros + i) - digit(b, b_zeros + i);
        if (order != 0)
            return order;
    }
    return 0;
}

int number_compare(const struct number *a, const struct number *b)
{
    size_t a_zeros = count_zeros(a);
    size_t b_zeros = count_zeros(b);
    int a_sign = a_zeros == count_digits(a) ? 0 : a->is_negative ? -1 : 1;
    int b_sign = b_zeros == count_digits(b) ? 0 : b->is_negative ? -1 : 1;

    if (a_sign != b_sign)
        return a_sign - b_sign;
    return a_sign == 0 ? 0 : a_sign * compare_absolute(a, a_zeros, b, b_zeros);
}

size_t number_format(uint64_t value, char *out)
{
    char digits[NUMBER_DIGITS];
    size_t n = NUMBER_DIGITS;

    do
        digits[--n] = (char)('0' + value % 10);
    while ((value /= 10) > 0);
    memcpy(out, digits + n, NUMBER_DIGITS - n);
    return NUMBER_DIGITS - n;
}
