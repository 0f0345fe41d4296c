/* SPDX-License-Identifier: MIT */
#include "bucket.h"

#include <stdio.h>

#include "value/number.h"

enum {
    AHEAD_BITS = 18, /* room for any AHEAD, which is less than 36 hours */
    AHEAD_ZERO = 1 << 17,
};

int64_t bucket_join(int64_t instant, int32_t ahead)
{
    return instant * (1 << AHEAD_BITS) + AHEAD_ZERO + ahead;
}

void bucket_split(int64_t start, int64_t *instant, int32_t *ahead)
{
    *instant = floor_divide(start, 1 << AHEAD_BITS);
    *ahead = (int32_t)(floor_modulo(start, 1 << AHEAD_BITS) - AHEAD_ZERO);
}

int64_t bucket_start(const struct bucket_unit *u, int64_t seconds)
{
    int numbers[BUCKET_NUMBERS] = { 0 };

    if (u->has_offset)
        return seconds;
    u->tell(u, bucket_step(u, seconds), numbers);
    return u->find(u, numbers) * u->step;
}

int64_t bucket_next(const struct bucket_unit *u, int64_t start)
{
    int64_t next = start;

    do
        next += u->step;
    while (bucket_start(u, next) == start);
    return next;
}

/* Writes the offset of START, +HH:MM or +HH:MM:SS. */
static size_t format_offset(int64_t start, char *out, size_t size)
{
    int64_t instant;
    int32_t ahead;

    bucket_split(start, &instant, &ahead);
    int far = ahead < 0 ? -ahead : ahead;
    int len = snprintf(out, size, "%c%02d:%02d", ahead < 0 ? '-' : '+', far / HOUR_SECONDS, far / 60 % 60);
    if (far % 60 != 0)
        len += snprintf(out + len, size - (size_t)len, ":%02d", far % 60);
    return (size_t)len;
}

size_t bucket_format(const struct bucket_unit *u, int64_t start, char out[BUCKET_SIZE])
{
    int n[BUCKET_NUMBERS] = { 0 };

    u->tell(u, bucket_step(u, start), n);
    size_t len = (size_t)snprintf(out, BUCKET_SIZE, u->format, n[0], n[1], n[2], n[3], n[4]);
    return u->has_offset ? len + format_offset(start, out + len, BUCKET_SIZE - len) : len;
}

/* Sets NUMBERS to the runs of digits in TEXT, 0 after the last; false if there are too many or a large number. */
static bool find_numbers(struct span text, int numbers[BUCKET_NUMBERS])
{
    int n = -1;
    bool in_number = false;

    for (size_t i = 0; i < text.len; i++) {
        bool is_digit = number_is_digit(text.at[i]);
        n += is_digit && !in_number;
        if (n == BUCKET_NUMBERS)
            return false;
        if (is_digit)
            numbers[n] = numbers[n] * 10 + (text.at[i] - '0');
        if (is_digit && numbers[n] > 9999)
            return false;
        in_number = is_digit;
    }
    return true;
}

/* Turns *START, which has no offset, into the bucket with OFFSET, a sign and numbers. */
static bool add_offset(struct span offset, int64_t *start)
{
    int n[BUCKET_NUMBERS] = { 0 };

    if (offset.len == 0 || !find_numbers(offset, n) || n[0] > 26)
        return false;
    int32_t ahead = (n[0] * HOUR_SECONDS + n[1] * 60 + n[2]) * (*offset.at == '-' ? -1 : 1);
    *start = bucket_join(*start - ahead, ahead);
    return true;
}

bool bucket_parse(const struct bucket_unit *u, struct span fields, int64_t *start)
{
    char again[BUCKET_SIZE];
    int numbers[BUCKET_NUMBERS] = { 0 };
    size_t len = fields.len; /* without an offset */

    if (u->has_offset && len > 0)
        while (--len > 0 && fields.at[len] != '+' && fields.at[len] != '-')
            ;
    if (!find_numbers((struct span){ fields.at, len }, numbers))
        return false;
    int64_t seconds = u->find(u, numbers) * u->step;
    if (seconds < CALENDAR_FIRST || seconds > CALENDAR_LAST)
        return false;
    *start = bucket_start(u, seconds);
    if (u->has_offset && !add_offset((struct span){ fields.at + len, fields.len - len }, start))
        return false;
    /* If FIELDS are not those of a bucket, or are spelled differently, bucket_format() does not give them back. */
    return span_equal(fields, (struct span){ again, bucket_format(u, *start, again) });
}
