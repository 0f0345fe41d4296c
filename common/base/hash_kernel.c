/* SPDX-License-Identifier: MIT */
#include "base/hash_kernel.h"

#include "base/hash.h"
#include "base/vector64.h"

#ifdef VECTOR64_AVX2

enum { WORD = sizeof(uint64_t), LANES = 4, CHAINS = 2, AT_ONCE = CHAINS * LANES };

/* A word of each of four states of SipHash. */
typedef uint64_t words __attribute__((vector_size(LANES * sizeof(uint64_t))));

struct states {
    words v0, v1, v2, v3;
};

static inline words rotate(words x, int bits)
{
    return x << bits | x >> (64 - bits);
}

static inline words swap_halves(words x)
{
    return (words)_mm256_shuffle_epi32((__m256i)x, _MM_SHUFFLE(2, 3, 0, 1));
}

static inline void round_once(struct states *s)
{
    s->v0 += s->v1;
    s->v1 = rotate(s->v1, 13) ^ s->v0;
    s->v0 = swap_halves(s->v0);
    s->v2 += s->v3;
    s->v3 = rotate(s->v3, 16) ^ s->v2;
    s->v0 += s->v3;
    s->v3 = rotate(s->v3, 21) ^ s->v0;
    s->v2 += s->v1;
    s->v1 = rotate(s->v1, 17) ^ s->v2;
    s->v2 = swap_halves(s->v2);
}

static inline uint64_t load_word(const char *at)
{
    uint64_t word;

    memcpy(&word, at, sizeof word);
    return word;
}

/* The word at offset I of each of four KEYS. */
static inline words load(const struct span *keys, size_t i)
{
    return (words){ load_word(keys[0].at + i), load_word(keys[1].at + i), load_word(keys[2].at + i),
                    load_word(keys[3].at + i) };
}

/* The last word of each of four KEYS, with their lengths; those from offset I on have less than a word. */
static inline words load_tail(const struct span *keys, size_t i)
{
    const words len = { keys[0].len, keys[1].len, keys[2].len, keys[3].len };
    const __m256i beyond = _mm256_sllv_epi64(_mm256_set1_epi64x(-1), (__m256i)(len % WORD * 8));

    return (load(keys, i) & ~(words)beyond) | len << 56;
}

static inline void absorb(struct states *s, words all)
{
    s->v3 ^= all;
    round_once(s);
    s->v0 ^= all;
}

/* hash_keyed() for KEYS that have N whole words each. Two chains of four: one waits for its own results. */
static inline void hash(const uint64_t secret[2], const struct span *keys, size_t n, uint64_t *hashes)
{
    const words zero = { 0 };
    struct states s[CHAINS];

    VECTOR64_UNROLL
    for (int c = 0; c < CHAINS; c++) {
        s[c].v0 = zero + (secret[0] ^ HASH_START_0);
        s[c].v1 = zero + (secret[1] ^ HASH_START_1);
        s[c].v2 = zero + (secret[0] ^ HASH_START_2);
        s[c].v3 = zero + (secret[1] ^ HASH_START_3);
    }
    for (size_t i = 0; i < n; i++)
        VECTOR64_UNROLL
        for (int c = 0; c < CHAINS; c++)
            absorb(&s[c], load(keys + c * LANES, i * WORD));
    VECTOR64_UNROLL
    for (int c = 0; c < CHAINS; c++)
        absorb(&s[c], load_tail(keys + c * LANES, n * WORD));
    VECTOR64_UNROLL
    for (int i = 0; i < 3; i++)
        VECTOR64_UNROLL
        for (int c = 0; c < CHAINS; c++) {
            s[c].v2 ^= zero + (i == 0 ? 0xff : 0);
            round_once(&s[c]);
        }
    VECTOR64_UNROLL
    for (int c = 0; c < CHAINS; c++) {
        words all = s[c].v0 ^ s[c].v1 ^ s[c].v2 ^ s[c].v3;
        memcpy(hashes + c * LANES, &all, sizeof all);
    }
}

void VECTOR_NAME(hash_many)(const uint64_t secret[2], const struct span *keys, size_t n, uint64_t *hashes)
{
    size_t i = 0;

    for (; i + AT_ONCE <= n; i += AT_ONCE) {
        size_t n_words = keys[i].len / WORD;
        bool is_same = true;
        for (size_t k = i; k < i + AT_ONCE; k++)
            is_same &= keys[k].len / WORD == n_words;
        if (is_same)
            hash(secret, keys + i, n_words, hashes + i);
        for (size_t k = i; !is_same && k < i + AT_ONCE; k++)
            hashes[k] = hash_keyed(secret, keys[k]);
    }
    for (; i < n; i++)
        hashes[i] = hash_keyed(secret, keys[i]);
}

#else

void VECTOR_NAME(hash_many)(const uint64_t secret[2], const struct span *keys, size_t n, uint64_t *hashes)
{
    for (size_t i = 0; i < n; i++)
        hashes[i] = hash_keyed(secret, keys[i]);
}

#endif
