/* SPDX-License-Identifier: MIT */
#include "value/json_scalar.h"

#include "value/json_escape.h"
#include "value/number.h"

/* json_number_end() for any number. Separate, so that json_number_end() itself needs no stack. */
static __attribute__((noinline)) const char *any_number_end(const char *p)
{
    const char *end = p + strspn(p, "+-.0123456789Ee");
    struct number number;

    return number_read(&p, end, &number) ? p : NULL;
}

const char *json_number_end(const char *p)
{
    /* Numbers shorter than VECTOR_BYTES, without an exponent. */
    uint64_t others = json_no_digits(p);
    const char *digits = p;

    if (*p == '-') {
        digits++;
        others &= others - 1;
    }
    const char *stop = p + __builtin_ctzll(others);
    bool is_number = stop > digits && (*digits != '0' || stop == digits + 1);
    if (*stop == '.') {
        digits = stop + 1;
        others &= others - 1;
        stop = others != 0 ? p + __builtin_ctzll(others) : p + VECTOR_BYTES;
        is_number = is_number && stop > digits;
    }
    if (stop < p + VECTOR_BYTES && *stop != 'e' && *stop != 'E')
        return is_number ? stop : NULL;
    return any_number_end(p);
}

/* The first byte from P on that is a quote, a backslash or a control character. */
static inline const char *skip_text(const char *p)
{
    for (;; p += VECTOR_BYTES) {
        struct vector bytes = vector_load(p);
        struct vector special = vector_or(vector_equal(bytes, vector_of('"')), vector_equal(bytes, vector_of('\\')));
        unsigned mask = vector_mask(vector_or(special, vector_at_most(bytes, vector_of(' ' - 1))));
        if (mask != 0)
            return p + __builtin_ctz(mask);
    }
}

/*
 * Whether the text of a string from P, where a character starts, to its quote at END is UTF-8. May be false for valid
 * text if bytes after it, in the same vector, are invalid.
 */
static bool is_utf8(const char *p, const char *end)
{
    const struct vector flip = vector_of(0x80); /* signed bytes now compare like unsigned ones */
    struct vector previous = flip;
    struct vector bad = vector_of(0);

    for (; p <= end; p += VECTOR_BYTES) {
        struct vector bytes = vector_load(p);
        struct vector flipped = vector_xor(bytes, flip);
        struct vector first = vector_shift(flipped, previous, 1);
        /* Where a character of two, three or four bytes must continue. */
        struct vector inside = vector_less_signed(vector_of(0xbf ^ 0x80), first);
        inside = vector_or(inside, vector_less_signed(vector_of(0xdf ^ 0x80), vector_shift(flipped, previous, 2)));
        inside = vector_or(inside, vector_less_signed(vector_of(0xef ^ 0x80), vector_shift(flipped, previous, 3)));
        /* Signed: bytes from 0x80 are below all others. */
        struct vector is_next = vector_less_signed(bytes, vector_of(0xc0));
        struct vector below_a0 = vector_less_signed(bytes, vector_of(0xa0));
        struct vector below_90 = vector_less_signed(bytes, vector_of(0x90));
        bad = vector_or(bad, vector_xor(is_next, inside));
        bad = vector_or(bad, vector_equal(vector_and(bytes, vector_of(0xfe)), vector_of(0xc0)));
        bad = vector_or(bad, vector_less_signed(vector_of(0xf4 ^ 0x80), flipped));
        /* Second bytes that RFC 3629, section 4, does not allow. */
        bad = vector_or(bad, vector_and(vector_equal(first, vector_of(0xe0 ^ 0x80)), below_a0));
        bad = vector_or(bad, vector_without(vector_equal(first, vector_of(0xed ^ 0x80)), below_a0));
        bad = vector_or(bad, vector_and(vector_equal(first, vector_of(0xf0 ^ 0x80)), below_90));
        bad = vector_or(bad, vector_without(vector_equal(first, vector_of(0xf4 ^ 0x80)), below_90));
        previous = flipped;
    }
    return vector_mask(bad) == 0;
}

struct json_string json_special_string(const char *p, const char *end)
{
    struct json_string string = { NULL, JSON_PLAIN };
    const char *start = p;
    uint32_t code;

    p = skip_text(p);
    while (*p == '\\') {
        string.kind = JSON_ESCAPED;
        p++;
        if (json_read_escape(&p, end, &code) != JSON_OK)
            return string;
        p = skip_text(p);
    }
    if (*p == '"' && is_utf8(start, p))
        string.end = p;
    return string;
}
