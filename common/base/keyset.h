/* SPDX-License-Identifier: MIT */
/*
 * keyset: a set of keys, each with a payload, in the order they were added. Exact whatever an adversary chose as keys:
 * SipHash-1-3 under a key drawn for each run, and keys compared in full.
 */
#ifndef WEIR_KEYSET_H
#define WEIR_KEYSET_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/block.h"
#include "base/span.h"

/*
 * Slots hold half of a hash and the place of an entry; entries (payload, key length, key) lie one behind the other,
 * padded to 8 bytes. A short key costs about 30 bytes beside its payload.
 */
struct keyset {
    struct block slots;
    size_t mask;          /* slots minus one; slots are a power of two */
    size_t n;             /* keys held */
    struct block entries;
    size_t used;          /* bytes of ENTRIES in use */
    size_t payload_size;
    uint64_t secret[2];   /* the key of the hash */
};

/* An empty set whose keys carry PAYLOAD_SIZE bytes each. */
void xkeyset_open(struct keyset *k, size_t payload_size);

/* The hash of KEY under the secret of K: 64 bits, uniform. */
uint64_t keyset_hash(const struct keyset *k, struct span key);

/* Asks the processor for the memory that looking HASH up will touch first. */
void keyset_prefetch(const struct keyset *k, uint64_t hash);

/* After keyset_prefetch(): asks for the entry that HASH most likely leads to. */
void keyset_prefetch_entry(const struct keyset *k, uint64_t hash);

/*
 * The payload of KEY, whose hash is HASH, or NULL if the set does not hold it. Payloads are aligned to 8 bytes and
 * stay where they are until the next xkeyset_add().
 */
void *keyset_find(const struct keyset *k, uint64_t hash, struct span key);

/* As keyset_find(), but adds a KEY that is not there, with a payload of zeros, and says so in *IS_NEW. */
void *xkeyset_add(struct keyset *k, uint64_t hash, struct span key, bool *is_new);

/*
 * Walks the keys in the order they were added: the payload after PREVIOUS (NULL: the first), NULL after the last; KEY
 * is set to its key, a view until the next xkeyset_add().
 */
void *keyset_next(const struct keyset *k, const void *previous, struct span *key);

/* Whether K, which can address 32 GiB of entries, has an address left for a new one; xkeyset_add() dies if not. */
bool keyset_has_room(const struct keyset *k);

/* Bytes of memory in use, and what adding a key of KEY_LEN bytes may bring that to for a moment. */
size_t keyset_memory(const struct keyset *k);
size_t keyset_memory_with(const struct keyset *k, size_t key_len);

/* Empties K without giving its secret up. */
void keyset_clear(struct keyset *k);

void keyset_close(struct keyset *k);

#endif
