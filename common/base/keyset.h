/* SPDX-License-Identifier: MIT */
/*
 * keyset: a set of keys, each with a payload, in the order in which they were added. It is exact, and no choice of keys
 * makes it slow: keys are hashed with SipHash-1-3 under a random secret and compared in full.
 */
#ifndef WEIR_KEYSET_H
#define WEIR_KEYSET_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/block.h"
#include "base/span.h"

/*
 * A slot holds half of a hash and the place of an entry. Entries (payload, key length, key) are stored one after the
 * other, padded to units of 8 bytes, or of 4 without payloads. A short key takes about 30 bytes besides its payload, or
 * about 25 without payloads.
 */
struct keyset {
    struct block slots;
    size_t mask; /* number of slots, a power of two, minus one */
    size_t n;    /* keys */
    unsigned shift; /* a unit of ENTRIES has 1 << SHIFT bytes */
    struct block entries;
    size_t used; /* bytes of ENTRIES in use */
    size_t payload_size;
    uint64_t secret[2]; /* of the hash */
    struct block filter; /* after xkeyset_freeze(): a bit for each hash; see keyset_may_have() */
    size_t filter_mask;  /* number of its bits, a power of two, minus one; 0: not frozen */
};

/* Makes K an empty set whose keys have payloads of PAYLOAD_SIZE bytes. */
void xkeyset_open(struct keyset *k, size_t payload_size);

/* The hash of KEY under the secret of K: 64 bits, uniform. */
uint64_t keyset_hash(const struct keyset *k, struct span key);

/* Prefetches the memory that a search for HASH touches first. */
void keyset_prefetch(const struct keyset *k, uint64_t hash);

/* After keyset_prefetch(): prefetches the entry that HASH most likely leads to. */
void keyset_prefetch_entry(const struct keyset *k, uint64_t hash);

/*
 * The payload of KEY, whose hash is HASH, or NULL if K does not have it. Payloads are aligned to 8 bytes and do not
 * move until the next xkeyset_add().
 */
void *keyset_find(const struct keyset *k, uint64_t hash, struct span key);

/*
 * Like keyset_find(), but adds KEY with a payload of zeros if K does not have it; *IS_NEW tells whether it did. Dies
 * with STATUS_SYSTEM if there is no memory or no room.
 */
void *xkeyset_add(struct keyset *k, uint64_t hash, struct span key, bool *is_new);

/* The place of PAYLOAD in K, an offset that is not 0 and never changes. */
static inline size_t keyset_place(const struct keyset *k, const void *payload)
{
    return (size_t)((const char *)payload - k->entries.at);
}

/* The payload at PLACE, valid until the next xkeyset_add(). */
static inline void *keyset_at(const struct keyset *k, size_t place)
{
    return k->entries.at + place;
}

/*
 * The payload of the key added after the key of PREVIOUS, or of the first key if PREVIOUS is NULL; NULL after the last.
 * Sets *KEY to that key, a view valid until the next xkeyset_add().
 */
void *keyset_next(const struct keyset *k, const void *previous, struct span *key);

/* Whether K has room for an entry: it can address 32 GiB of entries, 16 GiB without payloads. */
bool keyset_has_room(const struct keyset *k);

/* Bytes of memory in use, and the peak while a key of KEY_LEN bytes is added. */
size_t keyset_memory(const struct keyset *k);
size_t keyset_memory_with(const struct keyset *k, size_t key_len);

/*
 * Makes keyset_may_have() a quick test; no key may be added until the set is emptied. The filter (Bloom, Space/Time
 * Trade-offs in Hash Coding with Allowable Errors, 1970) takes at most two bytes for each key. It answers for nine of
 * ten keys that K does not have, from memory that fits the cache: dedup -S 64M takes five sixths of the time for 10
 * million keys.
 */
void xkeyset_freeze(struct keyset *k);

/* After keyset_prefetch(): whether K may have a key with HASH. If so, prefetches for keyset_find(). */
bool keyset_may_have(const struct keyset *k, uint64_t hash);

/* Empties K but keeps its secret, and memory for N_EXPECTED keys if it has so much. */
void xkeyset_clear(struct keyset *k, size_t n_expected);

void keyset_close(struct keyset *k);

#endif
