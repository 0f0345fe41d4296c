/* SPDX-License-Identifier: MIT */
/*
 * tally_keys: the part of a tally that is in memory (tally.h). Keys are collected as they come, some of them more than
 * once, and sorted later by a radix sort (McIlroy, Bostic and McIlroy, Engineering Radix Sort, 1993).
 */
#ifndef WEIR_TALLY_KEYS_H
#define WEIR_TALLY_KEYS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/block.h"
#include "base/plain.h"
#include "base/span.h"

enum {
    TALLY_MOST_PLACE = INT32_MAX, /* what an entry can hold */
    TALLY_MOST = IS_PLAIN ? 3 : INT32_MAX, /* the count of a short key; little, to test what exceeds it */
    TALLY_WORD = 8,         /* bytes of a short key, at most */
    TALLY_PLACES = 1 << 14, /* of the cache, a power of two */
    TALLY_CREDITS = 64,     /* a power of two */
};

/* A key and its count, from memory or a file. The key is in WORD or, if it is long, starts TALLY_WORD bytes before REST. */
struct tally_key {
    uint64_t group;
    uint64_t count;
    uint64_t word;    /* as tally_pack() */
    struct span rest; /* of a long key, after its first TALLY_WORD bytes; empty: the key is short */
};

struct tally_entry {
    uint64_t word;
    uint32_t group;
    uint32_t is_long : 1;
    uint32_t rest : 31; /* the count of a short key; the place of the text of a long one, in units of TALLY_WORD */
};

struct tally_text {
    uint64_t count;
    char key[]; /* and zeros, at least one, up to a multiple of TALLY_WORD bytes */
};

/*
 * The cache finds entries of keys seen before, so that a column of few values takes few entries. For groups that are
 * equal modulo TALLY_CREDITS, a credit shows whether this pays: an initial one, plus hits, minus misses. At 0 they do
 * without. A key that is not found is only added again, so keys chosen to miss do no harm.
 */
struct tally_keys {
    struct block entries;
    size_t n;
    struct block texts; /* each a struct tally_text */
    size_t used;        /* bytes of TEXTS */
    uint32_t *places;   /* the cache: the number of an entry, from 1; 0: none */
    int64_t credits[TALLY_CREDITS];
};

/* Entry I, and the text of an entry whose key is long. */
static inline struct tally_entry *tally_entry_at(const struct tally_keys *k, size_t i)
{
    return (struct tally_entry *)(void *)k->entries.at + i;
}

static inline struct tally_text *tally_text_of(const struct tally_keys *k, const struct tally_entry *e)
{
    return (struct tally_text *)(void *)(k->texts.at + (size_t)e->rest * TALLY_WORD);
}

/* The first TALLY_WORD bytes of KEY as a number, the first byte highest; zeros if it has no more. */
uint64_t tally_pack(struct span key);

/* Sets the word and the rest of K to those of KEY, of which it becomes a view. */
void tally_key_set(struct tally_key *k, struct span key);

/* The bytes of K: those it is a view of or, if it is short, a view of OUT. */
struct span tally_key_text(const struct tally_key *k, char out[TALLY_WORD]);

/* Less than, equal to or greater than 0 as A sorts before, with or after B, by group and then by bytes. */
int tally_key_compare(const struct tally_key *a, const struct tally_key *b);

void xtally_keys_open(struct tally_keys *k);

/*
 * Adds 1 to the count of KEY, whose group must be below 2^32. False: this would take more than MEMORY bytes. If there
 * are no keys, it fits, however long it is.
 */
bool xtally_keys_add(struct tally_keys *k, const struct tally_key *key, size_t memory);

/* Bytes in use. */
size_t tally_keys_memory(const struct tally_keys *k);

/* Sorts the keys and makes equal ones one, except if an entry cannot hold their count. */
void tally_keys_sort(struct tally_keys *k);

/* Then sets *KEY to that of entry *I, below n, and moves *I past all entries with this key. */
void tally_keys_next(const struct tally_keys *k, size_t *i, struct tally_key *key);

/* Empties the cache: must be called after tally_keys_sort() before a key is added. */
void tally_keys_forget(struct tally_keys *k);

/* Removes all keys. */
void tally_keys_clear(struct tally_keys *k);

void tally_keys_close(struct tally_keys *k);

#endif
