/* SPDX-License-Identifier: MIT */
#include "base/memo.h"

#include <string.h>

#include "base/memory.h"
#include "base/plain.h"

enum { WORD = sizeof(uint64_t), DATE = 10 };

struct memo *xmemo_open(void)
{
    struct memo *m = xcalloc(1, sizeof *m);

    m->credit = IS_PLAIN ? 0 : 4 * MEMO_PLACES;
    return m;
}

static inline bool is_remembered(const struct memo *m, struct span text)
{
    return m->credit > 0 && text.len > 0 && text.len <= MEMO_WORDS * WORD;
}

static inline uint64_t load(const char *at)
{
    uint64_t word;

    memcpy(&word, at, sizeof word);
    return word;
}

/* TEXT of 1 to 7 bytes as a word, which with its length identifies it. */
static inline uint64_t load_short(struct span text)
{
    const unsigned char *at = (const unsigned char *)text.at;
    uint32_t first;
    uint32_t last;

    if (text.len < sizeof first)
        return at[0] | (uint64_t)at[text.len / 2] << 8 | (uint64_t)at[text.len - 1] << 16;
    memcpy(&first, at, sizeof first);
    memcpy(&last, at + text.len - sizeof last, sizeof last);
    return first | (uint64_t)last << 32;
}

static inline struct memo_text words_of(struct span text)
{
    size_t last = text.len - WORD;

    if (text.len < WORD)
        return (struct memo_text){ { load_short(text) }, text.len };
    return (struct memo_text){
        { load(text.at), load(text.at + (last < 8 ? last : 8)), load(text.at + (last < 16 ? last : 16)),
          load(text.at + last) },
        text.len,
    };
}

/* A hash of the bytes after the first ten; on a big-endian processor, of some others too. */
static inline uint64_t rest_of(const struct memo_text *t)
{
    if (t->len == DATE)
        return 0;
    if (t->len < DATE + WORD)
        return t->words[3] >> 8 * (DATE + WORD - t->len);
    return (t->words[1] >> 16 ^ t->words[2]) * UINT64_C(0x9e3779b97f4a7c15) ^ t->words[3];
}

/*
 * The place of TEXT. For YYYY-MM-DD on a little-endian processor it is 372 YY + 31 MM + DD, so that consecutive days
 * have consecutive places, plus a hash of what follows. For any other text it is arbitrary.
 */
static inline size_t place_of(const struct memo_text *t, const char *text)
{
    if (t->len < DATE)
        return (size_t)((t->words[0] ^ t->words[3] << 1) * UINT64_C(0x9e3779b97f4a7c15) >> 48) % MEMO_PLACES;
    uint64_t digits = load(text + 2) & UINT64_C(0x0f0f000f0f000f0f);
    uint64_t pairs = (digits * 10 + (digits >> 8)) & UINT64_C(0x00ff0000ff0000ff);
    uint64_t day = pairs * (UINT64_C(372) << 48 | UINT64_C(31) << 24 | 1) >> 48;

    return (size_t)((day + (rest_of(t) * UINT64_C(0xbf58476d1ce4e5b9) >> 48)) % MEMO_PLACES);
}

static inline bool is_same(const struct memo_text *a, const struct memo_text *b)
{
    return ((a->words[0] ^ b->words[0]) | (a->words[1] ^ b->words[1]) | (a->words[2] ^ b->words[2]) |
            (a->words[3] ^ b->words[3]) | (a->len ^ b->len)) == 0;
}

bool memo_find(struct memo *m, struct span text, uint64_t *result)
{
    if (!is_remembered(m, text))
        return false;
    struct memo_text t = words_of(text);
    size_t i = place_of(&t, text.at);
    bool is_known = is_same(&t, &m->places[i].text);
    m->credit += is_known ? 1 : -1;
    *result = m->places[i].result;
    return is_known;
}

void memo_add(struct memo *m, struct span text, uint64_t result)
{
    if (!is_remembered(m, text))
        return;
    struct memo_text t = words_of(text);
    size_t i = place_of(&t, text.at);
    m->places[i].text = t;
    m->places[i].result = result;
}
