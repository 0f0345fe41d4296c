/* SPDX-License-Identifier: MIT */
#include "value/sum.h"

#include <string.h>

static unsigned __int128 low_words(const struct sum *s)
{
    return (unsigned __int128)s->words[1] << 64 | s->words[0];
}

/* Adds VALUE, in the scale of S. The higher words seldom change: this takes a third of the time of adding all. */
static inline void add_value(struct sum *s, __int128 value)
{
    unsigned __int128 low = low_words(s);
    int carry = __builtin_add_overflow(low, (unsigned __int128)value, &low) - (value < 0);

    s->words[0] = (uint64_t)low;
    s->words[1] = (uint64_t)(low >> 64);
    for (int i = 2; carry != 0 && i < SUM_WORDS; i++) {
        s->words[i] += (uint64_t)carry;
        if (s->words[i] != (carry > 0 ? 0 : UINT64_MAX))
            break;
    }
}

/* Adds ADDED, in the scale of S. */
static void add(struct sum *s, const struct sum *added)
{
    unsigned __int128 carry = 0;

    for (int i = 0; i < SUM_WORDS; i++) {
        carry += (unsigned __int128)s->words[i] + added->words[i];
        s->words[i] = (uint64_t)carry;
        carry >>= 64;
    }
}

/* Multiplies the words of S by FACTOR. */
static void multiply(struct sum *s, uint64_t factor)
{
    unsigned __int128 carry = 0;

    for (int i = 0; i < SUM_WORDS; i++) {
        carry += (unsigned __int128)s->words[i] * factor;
        s->words[i] = (uint64_t)carry;
        carry >>= 64;
    }
}

/* Gives S at least the scale SCALE. */
static void rescale(struct sum *s, int scale)
{
    for (; s->scale < scale; s->scale++)
        multiply(s, 10);
}

static struct sum sum_of(const struct decimal *d)
{
    struct sum s = { .scale = d->scale };

    add_value(&s, d->value);
    return s;
}

void sum_add(struct sum *s, const struct decimal *d)
{
    struct decimal same = *d;

    rescale(s, d->scale);
    if (same.scale == s->scale || decimal_rescale(&same, s->scale)) {
        add_value(s, same.value);
    } else {
        struct sum added = sum_of(d);
        rescale(&added, s->scale);
        add(s, &added);
    }
}

void sum_add_times(struct sum *s, const struct decimal *d, uint64_t times)
{
    struct sum added = sum_of(d);

    multiply(&added, times);
    rescale(&added, s->scale);
    rescale(s, added.scale);
    add(s, &added);
}

bool sum_total(const struct sum *s, struct decimal *d)
{
    *d = (struct decimal){ (__int128)low_words(s), s->scale };
    struct sum again = sum_of(d);

    return memcmp(again.words, s->words, sizeof s->words) == 0 && decimal_fits(d->value);
}
