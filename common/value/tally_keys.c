/* SPDX-License-Identifier: MIT */
#include "value/tally_keys.h"

#include <stdlib.h>

#include "base/memory.h"

#ifdef WEIR_PLAIN
enum { FIRST_CREDIT = 0 }; /* no cache */
#else
enum { FIRST_CREDIT = TALLY_PLACES };
#endif

static inline uint64_t load(const char *at)
{
    uint64_t word;

    memcpy(&word, at, sizeof word);
    return word;
}

/* Empties the cache. */
static void forget(struct tally_keys *k)
{
    memset(k->places, 0, TALLY_PLACES * sizeof *k->places);
    for (size_t i = 0; i < TALLY_CREDITS; i++)
        k->credits[i] = FIRST_CREDIT;
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

static inline bool is_same(const struct tally_keys *k, const struct tally_entry *e, const struct tally_key *key)
{
    if (e->word != key->word || e->group != key->group || e->is_long != (key->rest.len > 0))
        return false;
    if (!e->is_long)
        return true;
    const char *rest = tally_text_of(k, e)->key + TALLY_WORD;
    return strncmp(rest, key->rest.at, key->rest.len) == 0 && rest[key->rest.len] == '\0';
}

static inline int64_t *credit_of(struct tally_keys *k, uint64_t group)
{
    return &k->credits[group % TALLY_CREDITS];
}

bool tally_keys_count(struct tally_keys *k, const struct tally_key *key)
{
    int64_t *credit = credit_of(k, key->group);
    bool is_counted = false;

    if (*credit <= 0)
        return false;
    uint32_t number = *place_of(k, key);
    struct tally_entry *e = tally_entry_at(k, number > 0 ? number - 1 : 0);
    if (number > 0 && is_same(k, e, key)) {
        struct tally_text *text = e->is_long ? tally_text_of(k, e) : NULL;
        is_counted = (text != NULL ? text->count : e->rest) < TALLY_MOST;
        if (is_counted && text != NULL)
            text->count++;
        else if (is_counted)
            e->rest++;
    }
    *credit += is_counted ? 1 : -1;
    return is_counted;
}

/* Bytes of the text of a key whose rest has REST_LEN bytes. */
static inline size_t text_size(size_t rest_len)
{
    return sizeof(struct tally_text) + TALLY_WORD + (rest_len / TALLY_WORD + 1) * TALLY_WORD;
}

void xtally_keys_add(struct tally_keys *k, const struct tally_key *key)
{
    size_t size = key->rest.len > 0 ? text_size(key->rest.len) : 0;
    struct tally_entry e = { key->word, (uint32_t)key->group, size > 0, 1 };

    if (size > 0) {
        xblock_grow(&k->texts, k->used + size);
        e.rest = (uint32_t)(k->used / TALLY_WORD) & TALLY_MOST_PLACE;
        struct tally_text *text = tally_text_of(k, &e);
        memset(text, 0, size);
        text->count = 1;
        memcpy(text->key, key->rest.at - TALLY_WORD, TALLY_WORD + key->rest.len);
        k->used += size;
    }
    xblock_grow(&k->entries, (k->n + 1) * sizeof e);
    *tally_entry_at(k, k->n++) = e;
    if (*credit_of(k, key->group) > 0)
        *place_of(k, key) = (uint32_t)k->n;
}

size_t tally_keys_memory(const struct tally_keys *k)
{
    return k->n * sizeof(struct tally_entry) + k->used;
}

bool tally_keys_have_room(const struct tally_keys *k, const struct tally_key *key, size_t memory)
{
    size_t size = key->rest.len > 0 ? text_size(key->rest.len) : 0;

    return tally_keys_memory(k) + sizeof(struct tally_entry) + size <= memory && k->n < TALLY_MOST_PLACE &&
           (k->used + size) / TALLY_WORD <= TALLY_MOST_PLACE;
}

void tally_keys_next(const struct tally_keys *k, size_t *i, struct tally_key *key)
{
    const struct tally_entry *e = tally_entry_at(k, *i);
    const char *text = e->is_long ? tally_text_of(k, e)->key : NULL;

    *key = (struct tally_key){ .group = e->group, .word = e->word };
    if (e->is_long)
        key->rest = span_of(text + TALLY_WORD);
    do {
        key->count += e->is_long ? tally_text_of(k, e)->count : e->rest;
        e++;
    } while (++*i < k->n && is_same(k, e, key));
}

void tally_keys_pack(struct tally_keys *k)
{
    size_t used = 0;

    for (size_t i = 0; i < k->n; i++)
        if (tally_entry_at(k, i)->is_long)
            tally_text_of(k, tally_entry_at(k, i))->owner = (uint32_t)i + 1;
    for (size_t at = 0, size; at < k->used; at += size) {
        struct tally_text *text = (struct tally_text *)(void *)(k->texts.at + at);
        size = text_size(strlen(text->key) - TALLY_WORD);
        if (text->owner == 0)
            continue;
        tally_entry_at(k, text->owner - 1)->rest = (uint32_t)(used / TALLY_WORD) & TALLY_MOST_PLACE;
        text->owner = 0;
        memmove(k->texts.at + used, text, size);
        used += size;
    }
    k->used = used;
    forget(k);
}

void tally_keys_clear(struct tally_keys *k)
{
    k->n = 0;
    k->used = 0;
    forget(k);
}

void tally_keys_close(struct tally_keys *k)
{
    block_free(&k->entries);
    block_free(&k->texts);
    free(k->places);
}
