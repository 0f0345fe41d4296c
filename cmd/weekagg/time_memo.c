/* SPDX-License-Identifier: MIT */
#include "time_memo.h"

#include <string.h>

#include "base/memory.h"

#ifdef WEIR_PLAIN
enum { FIRST_CREDIT = 0 }; /* always off */
#else
enum { FIRST_CREDIT = 4 * TIME_MEMO_PLACES };
#endif

enum { WORD = sizeof(uint64_t) };

struct time_memo *xtime_memo_open(void)
{
    struct time_memo *m = xcalloc(1, sizeof *m);

    m->credit = FIRST_CREDIT;
    return m;
}

static inline bool is_remembered(const struct time_memo *m, struct span text)
{
    return m->credit > 0 && text.len >= TIME_MEMO_SHORTEST && text.len <= TIME_MEMO_WORDS * WORD;
}

static inline uint64_t load(const char *at)
{
    uint64_t word;

    memcpy(&word, at, sizeof word);
    return word;
}

static inline struct time_memo_text words_of(struct span text)
{
    size_t last = text.len - WORD;

    return (struct time_memo_text){
        { load(text.at), load(text.at + (last < 8 ? last : 8)), load(text.at + (last < 16 ? last : 16)),
          load(text.at + last) },
        text.len,
    };
}

/* A hash of the bytes after the first ten; on a big-endian processor, of some others too. */
static inline uint64_t rest_of(const struct time_memo_text *t)
{
    if (t->len == TIME_MEMO_SHORTEST)
        return 0;
    if (t->len < TIME_MEMO_SHORTEST + WORD)
        return t->words[3] >> 8 * (TIME_MEMO_SHORTEST + WORD - t->len);
    return (t->words[1] >> 16 ^ t->words[2]) * UINT64_C(0x9e3779b97f4a7c15) ^ t->words[3];
}

/*
 * The place of TEXT. For YYYY-MM-DD on a little-endian processor it is 372 YY + 31 MM + DD, so that consecutive days
 * have consecutive places, plus a hash of what follows. For any other text it is arbitrary.
 */
static inline size_t place_of(const struct time_memo_text *t, const char *text)
{
    uint64_t digits = load(text + 2) & UINT64_C(0x0f0f000f0f000f0f);
    uint64_t pairs = (digits * 10 + (digits >> 8)) & UINT64_C(0x00ff0000ff0000ff);
    uint64_t day = pairs * (UINT64_C(372) << 48 | UINT64_C(31) << 24 | 1) >> 48;

    return (size_t)((day + (rest_of(t) * UINT64_C(0xbf58476d1ce4e5b9) >> 48)) % TIME_MEMO_PLACES);
}

static inline bool is_same(const struct time_memo_text *a, const struct time_memo_text *b)
{
    return ((a->words[0] ^ b->words[0]) | (a->words[1] ^ b->words[1]) | (a->words[2] ^ b->words[2]) |
            (a->words[3] ^ b->words[3]) | (a->len ^ b->len)) == 0;
}

bool time_memo_find(struct time_memo *m, struct span text, union time_memo_result *result)
{
    if (!is_remembered(m, text))
        return false;
    struct time_memo_text t = words_of(text);
    size_t i = place_of(&t, text.at);
    bool is_known = is_same(&t, &m->places[i].text);
    m->credit += is_known ? 1 : -1;
    *result = m->places[i].result;
    return is_known;
}

void time_memo_add(struct time_memo *m, struct span text, union time_memo_result result)
{
    if (!is_remembered(m, text))
        return;
    struct time_memo_text t = words_of(text);
    size_t i = place_of(&t, text.at);
    m->places[i].text = t;
    m->places[i].result = result;
}
