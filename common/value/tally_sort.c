/* SPDX-License-Identifier: MIT */
#include "value/tally_keys.h"

enum {
    FEW = 24, /* entries that sort_few() sorts faster */
    BYTE_BITS = 8,
    WORD_BITS = 64,
    GROUP_BITS = 32,
};

/* The byte of E's group and word that is SHIFT bits from the end. */
static inline unsigned byte_of(const struct tally_entry *e, int shift)
{
    return (shift < WORD_BITS ? (unsigned)(e->word >> shift) : e->group >> (shift - WORD_BITS)) & 0xff;
}

static inline bool is_before(const struct tally_entry *a, const struct tally_entry *b)
{
    return a->group != b->group ? a->group < b->group : a->word < b->word;
}

/* Sorts by insertion. */
static void sort_few(struct tally_entry *e, size_t n)
{
    for (size_t i = 1; i < n; i++) {
        struct tally_entry moved = e[i];
        size_t to = i;
        for (; to > 0 && is_before(&moved, &e[to - 1]); to--)
            e[to] = e[to - 1];
        e[to] = moved;
    }
}

/*
 * Moves all entries to the places of their byte at SHIFT: those from STARTS to ENDS. Each entry in turn changes places
 * with the first one that is not yet in its part. The entries are independent of each other, so the processor overlaps
 * their cache misses. Following each displaced entry to its place needs less moves, but made weekagg p95 a third slower.
 */
static void distribute(struct tally_entry *e, int shift, size_t starts[256], const size_t ends[256])
{
    for (bool is_done = false; !is_done;) {
        is_done = true;
        for (unsigned byte = 0; byte < 256; byte++) {
            for (size_t i = starts[byte]; i < ends[byte]; i++) {
                struct tally_entry *home = &e[starts[byte_of(&e[i], shift)]++];
                struct tally_entry moved = e[i];
                e[i] = *home;
                *home = moved;
            }
            is_done &= starts[byte] == ends[byte];
        }
    }
}

static void sort_many(struct tally_entry *e, size_t n, int shift);

/* Sorts N entries, which are equal in the bytes before SHIFT. */
static inline void sort(struct tally_entry *e, size_t n, int shift)
{
    if (n <= FEW)
        sort_few(e, n);
    else
        sort_many(e, n, shift);
}

/* sort() by one byte, and then each part by the next. */
static void sort_many(struct tally_entry *e, size_t n, int shift)
{
    size_t starts[256];
    size_t ends[256] = { 0 };
    size_t end = 0;

    for (size_t i = 0; i < n; i++)
        ends[byte_of(&e[i], shift)]++;
    for (int byte = 0; byte < 256; byte++) {
        starts[byte] = end;
        ends[byte] = end += ends[byte];
    }
    if (ends[byte_of(e, shift)] - starts[byte_of(e, shift)] < n)
        distribute(e, shift, starts, ends);
    for (size_t byte = 0, start = 0; byte < 256 && shift > 0; start = ends[byte++])
        sort(e + start, ends[byte] - start, shift - BYTE_BITS);
}

/* The number of entries from E on, before END, with the same group and word. */
static size_t count_same(const struct tally_entry *e, const struct tally_entry *end)
{
    size_t n = 1;

    while (e + n < end && e[n].word == e->word && e[n].group == e->group)
        n++;
    return n;
}

/* Adds up the counts of N entries with the same long key in the first one, and marks the others by a count of 0. */
static void add_up(const struct tally_keys *k, struct tally_entry *e, size_t n)
{
    for (size_t i = 1; i < n; i++) {
        tally_text_of(k, e)->count += tally_text_of(k, &e[i])->count;
        e[i].is_long = false;
        e[i].rest = 0;
    }
}

/*
 * Sorts entries of long keys with the same first DEPTH bytes: by the next word, then those with equal words by the one
 * after that. Changes the words. The largest part is sorted last and without recursion, so that this is at most as deep
 * as the logarithm of N.
 */
static void sort_long(const struct tally_keys *k, struct tally_entry *e, size_t n, size_t depth)
{
    for (; n > 1; depth += TALLY_WORD) {
        struct tally_entry *end = e + n;
        struct tally_entry *largest = e;
        uint64_t differences = 0;
        size_t same;

        for (size_t i = 0; i < n; i++) {
            e[i].word = tally_pack((struct span){ tally_text_of(k, &e[i])->key + depth, TALLY_WORD });
            differences |= e[i].word ^ e->word;
        }
        if (differences != 0)
            sort(e, n, WORD_BITS - BYTE_BITS);
        n = 0;
        for (; e < end; e += same) {
            same = count_same(e, end);
            if ((e->word & 0xff) == 0) {
                add_up(k, e, same);
            } else if (same <= n) {
                sort_long(k, e, same, depth + TALLY_WORD);
            } else {
                sort_long(k, largest, n, depth + TALLY_WORD);
                largest = e;
                n = same;
            }
        }
        e = largest;
    }
}

/* Sorts N entries with the same group and word: the short keys first, which are all equal. */
static void sort_same(const struct tally_keys *k, struct tally_entry *e, size_t n)
{
    uint64_t word = e->word;
    size_t n_short = 0;

    for (size_t i = 0; i < n; i++)
        if (!e[i].is_long) {
            struct tally_entry moved = e[i];
            e[i] = e[n_short];
            e[n_short++] = moved;
        }
    sort_long(k, e + n_short, n - n_short, TALLY_WORD);
    for (size_t i = n_short; i < n; i++)
        e[i].word = word;
}

/* Adds up the counts of equal short keys and removes the marked entries. */
static void squeeze(struct tally_keys *k)
{
    struct tally_entry *e = tally_entry_at(k, 0);
    size_t n = 0;

    for (size_t i = 0; i < k->n; i++) {
        struct tally_entry *last = &e[n > 0 ? n - 1 : 0];
        bool is_same = n > 0 && e[i].word == last->word && e[i].group == last->group;
        if (is_same && !e[i].is_long && !last->is_long && e[i].rest <= TALLY_MOST - last->rest)
            last->rest += e[i].rest;
        else if (e[i].is_long || e[i].rest > 0)
            e[n++] = e[i];
    }
    k->n = n;
}

void tally_keys_sort(struct tally_keys *k)
{
    struct tally_entry *e = tally_entry_at(k, 0);
    struct tally_entry *end = e + k->n;

    sort(e, k->n, WORD_BITS + GROUP_BITS - BYTE_BITS);
    for (size_t same; e < end; e += same) {
        same = count_same(e, end);
        if (same > 1 && (e->word & 0xff) != 0)
            sort_same(k, e, same);
    }
    squeeze(k);
}
