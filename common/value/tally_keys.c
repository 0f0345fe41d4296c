/* SPDX-License-Identifier: MIT */
#include "value/tally_keys.h"

#include <stdlib.h>

#include "base/memory.h"
#include "base/plain.h"

enum { AHEAD = 16 }; /* entries whose texts are prefetched */

static inline uint64_t load(const char *at)
{
    uint64_t word;

    memcpy(&word, at, sizeof word);
    return word;
}

/* The four bytes at P, the first one highest. */
static inline uint64_t load_four(const char *p)
{
    const unsigned char *byte = (const unsigned char *)p;

    return (uint32_t)byte[0] << 24 | (uint32_t)byte[1] << 16 | (uint32_t)byte[2] << 8 | byte[3];
}

uint64_t tally_pack(struct span key)
{
    uint64_t word = 0;

    if (key.len >= TALLY_WORD)
        return load_four(key.at) << 32 | load_four(key.at + 4);
    if (key.len >= 4)
        return load_four(key.at) << 32 | load_four(key.at + key.len - 4) << (64 - 8 * key.len);
    for (size_t i = 0; i < key.len; i++)
        word |= (uint64_t)(unsigned char)key.at[i] << (56 - 8 * i);
    return word;
}

void tally_key_set(struct tally_key *k, struct span key)
{
    bool is_long = key.len > TALLY_WORD;

    k->word = tally_pack(key);
    k->rest = is_long ? (struct span){ key.at + TALLY_WORD, key.len - TALLY_WORD } : (struct span){ NULL, 0 };
}

struct span tally_key_text(const struct tally_key *k, char out[TALLY_WORD])
{
    size_t len = 0;

    if (k->rest.len > 0)
        return (struct span){ k->rest.at - TALLY_WORD, k->rest.len + TALLY_WORD };
    for (uint64_t word = k->word; word != 0; word <<= 8)
        out[len++] = (char)(word >> 56);
    return (struct span){ out, len };
}

int tally_key_compare(const struct tally_key *a, const struct tally_key *b)
{
    if (a->group != b->group)
        return a->group < b->group ? -1 : 1;
    if (a->word != b->word)
        return a->word < b->word ? -1 : 1;
    return span_compare(a->rest, b->rest);
}

void xtally_keys_open(struct tally_keys *k)
{
    *k = (struct tally_keys){ .places = xmalloc(TALLY_PLACES * sizeof *k->places) };
    tally_keys_clear(k);
}

/* The place of KEY in the cache. */
static inline uint32_t *place_of(const struct tally_keys *k, const struct tally_key *key)
{
    const uint64_t factor = UINT64_C(0x9e3779b97f4a7c15);
    uint64_t hash = (key->word ^ key->group * UINT64_C(0xbf58476d1ce4e5b9)) * factor;
    const char *at = key->rest.at;

    if (key->rest.len > 0) {
        const char *last = at + key->rest.len - TALLY_WORD; /* overlaps what is before */
        for (; at < last; at += TALLY_WORD)
            hash = (hash ^ hash >> 32 ^ load(at)) * factor;
        hash = (hash ^ hash >> 32 ^ load(last)) * factor;
    }
    return &k->places[(hash ^ hash >> 32) * factor >> 32 & (TALLY_PLACES - 1)];
}

/* Whether KEY is that of E. */
static inline bool is_same(const struct tally_keys *k, const struct tally_entry *e, const struct tally_key *key)
{
    if (e->word != key->word || e->group != key->group || e->is_long != (key->rest.len > 0))
        return false;
    if (!e->is_long)
        return true;
    const char *rest = tally_text_of(k, e)->key + TALLY_WORD;
    return strncmp(rest, key->rest.at, key->rest.len) == 0 && rest[key->rest.len] == '\0';
}

/* Adds 1 to the count of entry NUMBER if it is that of KEY and can hold that. */
static inline bool count(const struct tally_keys *k, uint32_t number, const struct tally_key *key)
{
    struct tally_entry *e = tally_entry_at(k, number > 0 ? number - 1 : 0);

    if (number == 0 || !is_same(k, e, key))
        return false;
    if (e->is_long)
        return tally_text_of(k, e)->count++ > 0;
    return e->rest < TALLY_MOST && e->rest++ > 0;
}

/* Bytes of the text of KEY; 0 if it is short. */
static inline size_t text_size(const struct tally_key *key)
{
    size_t len = sizeof(struct tally_text) + TALLY_WORD + key->rest.len;

    return key->rest.len > 0 ? (len / TALLY_WORD + 1) * TALLY_WORD : 0;
}

/* Appends the text of KEY; returns its place. */
static uint32_t append_text(struct tally_keys *k, const struct tally_key *key, size_t size)
{
    size_t place = k->used / TALLY_WORD;

    xblock_grow(&k->texts, k->used + size);
    struct tally_text *text = (struct tally_text *)(void *)(k->texts.at + k->used);
    memset(text, 0, size);
    text->count = 1;
    memcpy(text->key, key->rest.at - TALLY_WORD, TALLY_WORD + key->rest.len);
    k->used += size;
    return (uint32_t)place;
}

bool xtally_keys_add(struct tally_keys *k, const struct tally_key *key, size_t memory)
{
    int64_t *credit = &k->credits[key->group % TALLY_CREDITS];
    bool is_cached = *credit > 0;
    uint32_t *place = is_cached ? place_of(k, key) : NULL;

    if (is_cached && count(k, *place, key)) {
        ++*credit;
        return true;
    }
    size_t size = text_size(key);
    size_t all = tally_keys_memory(k) + size + sizeof(struct tally_entry);
    if (k->n > 0 && (all > memory || k->n == TALLY_MOST_PLACE || (k->used + size) / TALLY_WORD > TALLY_MOST_PLACE))
        return false;
    xblock_grow(&k->entries, (k->n + 1) * sizeof(struct tally_entry));
    struct tally_entry *e = tally_entry_at(k, k->n++);
    *e = (struct tally_entry){ .word = key->word, .group = (uint32_t)key->group, .is_long = size > 0 };
    e->rest = (size > 0 ? append_text(k, key, size) : 1) & TALLY_MOST_PLACE;
    if (is_cached) {
        *place = (uint32_t)k->n;
        --*credit;
    }
    return true;
}

size_t tally_keys_memory(const struct tally_keys *k)
{
    return k->n * sizeof(struct tally_entry) + k->used;
}

void tally_keys_next(const struct tally_keys *k, size_t *i, struct tally_key *key)
{
    const struct tally_entry *e = tally_entry_at(k, *i);

    *key = (struct tally_key){ .group = e->group, .word = e->word };
    if (e->is_long) {
        if (*i + AHEAD < k->n)
            __builtin_prefetch(tally_text_of(k, e + AHEAD));
        key->rest = span_of(tally_text_of(k, e)->key + TALLY_WORD);
        key->count = tally_text_of(k, e)->count;
        ++*i;
        return;
    }
    do
        key->count += e++->rest;
    while (++*i < k->n && is_same(k, e, key));
}

void tally_keys_forget(struct tally_keys *k)
{
    memset(k->places, 0, TALLY_PLACES * sizeof *k->places);
    for (size_t i = 0; i < TALLY_CREDITS; i++)
        k->credits[i] = IS_PLAIN ? 0 : TALLY_PLACES;
}

void tally_keys_clear(struct tally_keys *k)
{
    k->n = 0;
    k->used = 0;
    tally_keys_forget(k);
}

void tally_keys_close(struct tally_keys *k)
{
    block_free(&k->entries);
    block_free(&k->texts);
    free(k->places);
}
