/* SPDX-License-Identifier: MIT */
#include "base/hash.h"

#include <errno.h>
#include <sys/random.h>

#include "base/die.h"

struct state {
    uint64_t v0, v1, v2, v3;
};

static inline uint64_t rotate(uint64_t x, int bits)
{
    return x << bits | x >> (64 - bits);
}

static inline void round_once(struct state *s)
{
    s->v0 += s->v1;
    s->v1 = rotate(s->v1, 13) ^ s->v0;
    s->v0 = rotate(s->v0, 32);
    s->v2 += s->v3;
    s->v3 = rotate(s->v3, 16) ^ s->v2;
    s->v0 += s->v3;
    s->v3 = rotate(s->v3, 21) ^ s->v0;
    s->v2 += s->v1;
    s->v1 = rotate(s->v1, 17) ^ s->v2;
    s->v2 = rotate(s->v2, 32);
}

static inline void absorb(struct state *s, uint64_t word)
{
    s->v3 ^= word;
    round_once(s);
    s->v0 ^= word;
}

#if __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__

static inline uint64_t load_word(const char *at)
{
    uint64_t word;

    memcpy(&word, at, sizeof word);
    return word;
}

/* The N < 8 bytes at AT, the first one lowest: two loads that overlap, or three bytes, some perhaps the same. */
static inline uint64_t load_tail(const char *at, size_t n)
{
    const unsigned char *u = (const unsigned char *)at;
    uint32_t first;
    uint32_t last;

    if (n == 0)
        return 0;
    if (n < sizeof first)
        return u[0] | (uint64_t)u[n / 2] << (8 * (n / 2)) | (uint64_t)u[n - 1] << (8 * (n - 1));
    memcpy(&first, at, sizeof first);
    memcpy(&last, at + n - sizeof last, sizeof last);
    return first | (uint64_t)last << (8 * (n - sizeof last));
}

#else

static inline uint64_t load_tail(const char *at, size_t n)
{
    uint64_t word = 0;

    for (size_t i = 0; i < n; i++)
        word |= (uint64_t)(unsigned char)at[i] << (8 * i);
    return word;
}

static inline uint64_t load_word(const char *at)
{
    return load_tail(at, sizeof(uint64_t));
}

#endif

uint64_t hash_keyed(const uint64_t secret[2], struct span bytes)
{
    struct state s = {
        secret[0] ^ HASH_START_0,
        secret[1] ^ HASH_START_1,
        secret[0] ^ HASH_START_2,
        secret[1] ^ HASH_START_3,
    };
    size_t i = 0;

    for (; i + 8 <= bytes.len; i += 8)
        absorb(&s, load_word(bytes.at + i));
    absorb(&s, load_tail(bytes.at + i, bytes.len - i) | (uint64_t)bytes.len << 56);
    s.v2 ^= 0xff;
    for (int i_final = 0; i_final < 3; i_final++)
        round_once(&s);
    return s.v0 ^ s.v1 ^ s.v2 ^ s.v3;
}

void xhash_draw(void *to, size_t n)
{
    for (char *at = to; n > 0;) {
        ssize_t got = getrandom(at, n, 0);
        if (got >= 0) {
            at += got;
            n -= (size_t)got;
        } else if (errno != EINTR) {
            die_errno("getrandom");
        }
    }
}
