/* SPDX-License-Identifier: MIT */
#include "value/number.h"

/* Moves *P over digits, END at most, and returns them. */
static struct span skip_digits(const char **p, const char *end)
{
    const char *start = *p;

    while (*p < end && number_is_digit(**p))
        ++*p;
    return (struct span){ start, (size_t)(*p - start) };
}

/* The rest of number_read(), after the e. */
static bool read_exponent(const char **p, const char *end, struct number *n)
{
    bool is_negative = *p < end && **p == '-';

    if (*p < end && (**p == '-' || **p == '+'))
        ++*p;
    struct span digits = skip_digits(p, end);
    for (size_t i = 0; i < digits.len && n->exponent < NUMBER_EXPONENT_LIMIT; i++)
        n->exponent = n->exponent * 10 + (digits.at[i] - '0');
    if (n->exponent > NUMBER_EXPONENT_LIMIT)
        n->exponent = NUMBER_EXPONENT_LIMIT;
    if (is_negative)
        n->exponent = -n->exponent;
    n->exponent_digits = digits;
    return digits.len > 0;
}

bool number_read(const char **p, const char *end, struct number *n)
{
    *n = (struct number){ .is_negative = *p < end && **p == '-' };
    *p += n->is_negative;
    n->whole = skip_digits(p, end);
    n->fraction = (struct span){ *p, 0 };
    if (n->whole.len > 1 && *n->whole.at == '0')
        *p = n->whole.at + 1;
    if (n->whole.len == 0 || *p != n->fraction.at)
        return false;
    if (*p < end && **p == '.') {
        ++*p;
        n->fraction = skip_digits(p, end);
        if (n->fraction.len == 0)
            return false;
    }
    if (*p == end || (**p != 'e' && **p != 'E'))
        return true;
    ++*p;
    return read_exponent(p, end, n);
}

bool number_parse(struct span text, struct number *n)
{
    const char *p = text.at;

    return number_read(&p, text.at + text.len, n) && p == text.at + text.len;
}

/* Digit I of N, counted from the first; 0 after the last. */
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

/* The number of zeros that N starts with. */
static size_t count_zeros(const struct number *n)
{
    size_t zeros = 0;

    while (zeros < count_digits(n) && digit(n, zeros) == '0')
        zeros++;
    return zeros;
}

/* The digit of N's exponent for ten to the power I, with the exponent's sign. */
static int exponent_digit(const struct number *n, size_t i)
{
    struct span all = n->exponent_digits;
    int value = i < all.len ? all.at[all.len - 1 - i] - '0' : 0;

    return n->exponent < 0 ? -value : value;
}

/*
 * A's exponent minus B's. Beyond NUMBER_EXPONENT_LIMIT only the sign is right, and enough: no number has more digits.
 */
static int64_t subtract_exponents(const struct number *a, const struct number *b)
{
    size_t i = a->exponent_digits.len > b->exponent_digits.len ? a->exponent_digits.len : b->exponent_digits.len;
    int64_t difference = 0;

    while (i-- > 0 && difference < NUMBER_EXPONENT_LIMIT && difference > -NUMBER_EXPONENT_LIMIT)
        difference = difference * 10 + exponent_digit(a, i) - exponent_digit(b, i);
    return difference;
}

/* Compares the absolute values of A and B, which are not zero and start with A_ZEROS and B_ZEROS zeros. */
static int compare_absolute(const struct number *a, size_t a_zeros, const struct number *b, size_t b_zeros)
{
    int64_t higher = subtract_exponents(a, b) + (int64_t)a->whole.len - (int64_t)a_zeros - (int64_t)b->whole.len +
                     (int64_t)b_zeros;

    if (higher != 0)
        return higher < 0 ? -1 : 1;
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
