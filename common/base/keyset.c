/* SPDX-License-Identifier: MIT */
#include "base/keyset.h"

#include <limits.h>
#include <string.h>

#include "base/die.h"
#include "base/hash.h"

enum {
    PAYLOAD_UNIT = 8,
    SHIFT = 2,         /* without payloads, units of 4 bytes */
    PAYLOAD_SHIFT = 3, /* with payloads, of 8, which align them */
    FIRST_SLOTS = 1 << 10,
    LONG_KEY = 0xff, /* in the first byte of the length: eight bytes of length follow */
};

/* Place 0 means no entry: the first unit of ENTRIES is unused. */
struct keyset_slot {
    uint32_t hash;  /* the upper half of the hash; its lower bits are where the search starts */
    uint32_t place; /* of the entry, in units */
};

void xkeyset_open(struct keyset *k, size_t payload_size)
{
    *k = (struct keyset){
        .mask = FIRST_SLOTS - 1,
        .shift = payload_size > 0 ? PAYLOAD_SHIFT : SHIFT,
        .used = PAYLOAD_UNIT,
        .payload_size = (payload_size + PAYLOAD_UNIT - 1) / PAYLOAD_UNIT * PAYLOAD_UNIT,
    };
    xblock_grow(&k->slots, FIRST_SLOTS * sizeof(struct keyset_slot));
    xblock_grow(&k->entries, PAYLOAD_UNIT);
    xhash_draw(k->secret, sizeof k->secret);
}

uint64_t keyset_hash(const struct keyset *k, struct span key)
{
    return hash_keyed(k->secret, key);
}

static inline struct keyset_slot *slots_of(const struct keyset *k)
{
    return (struct keyset_slot *)(void *)k->slots.at;
}

static inline size_t slot_of(const struct keyset *k, uint32_t hash)
{
    return hash & k->mask;
}

static void prefetch_slot(const struct keyset *k, uint64_t hash)
{
    const struct keyset_slot *slot = &slots_of(k)[slot_of(k, (uint32_t)(hash >> 32))];

    __builtin_prefetch(slot);
    __builtin_prefetch(slot + 5); /* the search may go on to the next cache line */
}

/* The byte of the filter with the bit for HASH. */
static inline char *filter_byte(const struct keyset *k, uint32_t hash)
{
    return k->filter.at + (hash & k->filter_mask) / CHAR_BIT;
}

void keyset_prefetch(const struct keyset *k, uint64_t hash)
{
    if (k->filter_mask > 0)
        __builtin_prefetch(filter_byte(k, (uint32_t)(hash >> 32)));
    else
        prefetch_slot(k, hash);
}

bool keyset_may_have(const struct keyset *k, uint64_t hash)
{
    uint32_t half = (uint32_t)(hash >> 32);

    if (k->filter_mask > 0 && ((unsigned)*filter_byte(k, half) >> half % CHAR_BIT & 1) == 0)
        return false;
    prefetch_slot(k, hash);
    return true;
}

/* Bytes of an entry after its payload, before padding. */
static size_t tail_size(size_t key_len)
{
    return (key_len < LONG_KEY ? 1 : 9) + key_len;
}

static size_t entry_size(const struct keyset *k, size_t key_len)
{
    return k->payload_size + (((tail_size(key_len) + ((size_t)1 << k->shift) - 1) >> k->shift) << k->shift);
}

static struct span entry_key(const struct keyset *k, const char *entry)
{
    const char *tail = entry + k->payload_size;
    uint64_t len = (unsigned char)*tail;

    if (len < LONG_KEY)
        return (struct span){ tail + 1, len };
    memcpy(&len, tail + 1, sizeof len);
    return (struct span){ tail + 9, len };
}

static char *entry_at(const struct keyset *k, uint32_t place)
{
    return k->entries.at + ((size_t)place << k->shift);
}

void keyset_prefetch_entry(const struct keyset *k, uint64_t hash)
{
    __builtin_prefetch(entry_at(k, slots_of(k)[slot_of(k, (uint32_t)(hash >> 32))].place));
}

/* The slot of KEY, or the empty one where it belongs. */
static struct keyset_slot *probe(const struct keyset *k, uint32_t hash, struct span key)
{
    for (size_t i = slot_of(k, hash);; i = (i + 1) & k->mask) {
        struct keyset_slot *slot = &slots_of(k)[i];
        if (slot->place == 0 || (slot->hash == hash && span_equal(entry_key(k, entry_at(k, slot->place)), key)))
            return slot;
    }
}

void *keyset_find(const struct keyset *k, uint64_t hash, struct span key)
{
    const struct keyset_slot *slot = probe(k, (uint32_t)(hash >> 32), key);

    return slot->place != 0 ? entry_at(k, slot->place) : NULL;
}

/* Full at three quarters: probes stay short, and slots take 11 bytes per key on average. */
static bool is_full(const struct keyset *k)
{
    return k->n >= k->mask / 4 * 3;
}

/* Puts SLOT into the empty slot where the search for its hash ends. */
static void place(struct keyset *k, struct keyset_slot slot)
{
    size_t i = slot_of(k, slot.hash);

    while (slots_of(k)[i].place != 0)
        i = (i + 1) & k->mask;
    slots_of(k)[i] = slot;
}

/*
 * Doubles the slots in place. Takes slots out in order, from the first one after an empty slot. Each is put back into
 * its place, an earlier one, or the new half, so none is taken out twice.
 */
static void grow_slots(struct keyset *k)
{
    size_t n = k->mask + 1;
    size_t first = 0;

    xblock_grow(&k->slots, 2 * n * sizeof(struct keyset_slot));
    while (slots_of(k)[first].place != 0)
        first++;
    k->mask = 2 * n - 1;
    for (size_t i = 1; i < n; i++) {
        struct keyset_slot *slot = &slots_of(k)[(first + i) & (n - 1)];
        struct keyset_slot taken = *slot;
        slot->place = 0;
        if (taken.place != 0)
            place(k, taken);
    }
}

bool keyset_has_room(const struct keyset *k)
{
    return k->used >> k->shift <= UINT32_MAX;
}

static char *add_entry(struct keyset *k, struct span key)
{
    size_t size = entry_size(k, key.len);

    if (!keyset_has_room(k))
        die(STATUS_SYSTEM, "out of memory: more than 32 GiB of keys");
    xblock_grow(&k->entries, k->used + size);
    char *entry = k->entries.at + k->used;
    char *tail = entry + k->payload_size;
    if (k->payload_size > 0)
        memset(entry, 0, k->payload_size);
    if (key.len < LONG_KEY) {
        *tail++ = (char)(unsigned char)key.len;
    } else {
        uint64_t len = key.len;
        *tail++ = (char)LONG_KEY;
        memcpy(tail, &len, sizeof len);
        tail += sizeof len;
    }
    if (key.len > 0)
        memcpy(tail, key.at, key.len);
    k->used += size;
    return entry;
}

void *xkeyset_add(struct keyset *k, uint64_t hash, struct span key, bool *is_new)
{
    if (is_full(k))
        grow_slots(k);
    struct keyset_slot *slot = probe(k, (uint32_t)(hash >> 32), key);

    *is_new = slot->place == 0;
    if (!*is_new)
        return entry_at(k, slot->place);
    char *entry = add_entry(k, key);
    *slot = (struct keyset_slot){ (uint32_t)(hash >> 32), (uint32_t)((size_t)(entry - k->entries.at) >> k->shift) };
    k->n++;
    return entry;
}

void *keyset_next(const struct keyset *k, const void *previous, struct span *key)
{
    size_t at = PAYLOAD_UNIT;

    if (previous != NULL) {
        const char *entry = previous;
        at = (size_t)(entry - k->entries.at) + entry_size(k, entry_key(k, entry).len);
    }
    if (at >= k->used)
        return NULL;
    *key = entry_key(k, k->entries.at + at);
    return k->entries.at + at;
}

size_t keyset_memory(const struct keyset *k)
{
    return (k->mask + 1) * sizeof(struct keyset_slot) + k->used;
}

size_t keyset_memory_with(const struct keyset *k, size_t key_len)
{
    size_t growing = is_full(k) ? (k->mask + 1) * sizeof(struct keyset_slot) : 0;

    return keyset_memory(k) + growing + entry_size(k, key_len);
}

void xkeyset_freeze(struct keyset *k)
{
    size_t n = FIRST_SLOTS;

    while (n <= k->n && n <= UINT32_MAX / CHAR_BIT / 2)
        n *= 2;
    xblock_grow(&k->filter, n);
    k->filter_mask = n * CHAR_BIT - 1;
    for (size_t i = 0; i <= k->mask; i++)
        if (slots_of(k)[i].place != 0)
            *filter_byte(k, slots_of(k)[i].hash) |= (char)(1 << slots_of(k)[i].hash % CHAR_BIT);
}

void xkeyset_clear(struct keyset *k, size_t n_expected)
{
    size_t n = FIRST_SLOTS;

    while (n / 4 * 3 <= n_expected && n <= k->mask)
        n *= 2;
    if (n <= k->mask) {
        block_free(&k->slots);
        k->mask = n - 1;
        xblock_grow(&k->slots, n * sizeof(struct keyset_slot));
    } else {
        memset(k->slots.at, 0, (k->mask + 1) * sizeof(struct keyset_slot));
    }
    block_free(&k->filter);
    k->filter_mask = 0;
    k->used = PAYLOAD_UNIT;
    k->n = 0;
}

void keyset_close(struct keyset *k)
{
    block_free(&k->slots);
    block_free(&k->entries);
    block_free(&k->filter);
}
