/* SPDX-License-Identifier: MIT */
#include "plain_loop.h"

#include "base/vector64.h"

/* intset_parse() for a key that no digit follows. Vectors save an eighth of dedup's time with ids of nine digits. */
static inline bool parse_value(struct span key, uint64_t *value)
{
#ifdef VECTOR64_AVX2
    static const char places[2 * VECTOR_BYTES] = { -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1,
                                                   0,  1,  2,  3,  4,  5,  6,  7,  8,  9,  10, 11, 12, 13, 14, 15 };

    if (key.len - 1 < VECTOR_BYTES) {
        struct vector digits = { vector_load(key.at).bytes - '0' };
        unsigned others = ~vector_mask(vector_at_most(digits, vector_of(9)));
        __m128i right = _mm_shuffle_epi8((__m128i)digits.bytes, (__m128i)vector_load(places + key.len).bytes);
        __m128i pairs = _mm_maddubs_epi16(right, _mm_set1_epi16(10 | 1 << 8));
        __m128i fours = _mm_madd_epi16(pairs, _mm_set1_epi32(100 | 1 << 16));
        __m128i eights = _mm_madd_epi16(_mm_packus_epi32(fours, fours), _mm_set1_epi32(10000 | 1 << 16));
        uint64_t halves = (uint64_t)_mm_cvtsi128_si64(eights);
        *value = (halves & UINT32_MAX) * 100000000 + (halves >> 32);
        return (unsigned)__builtin_ctz(others) >= key.len && (key.len == 1 || *key.at != '0');
    }
#endif
    return intset_parse(key, value);
}

/* Whether KEY is a number of S; if so, sets NUMBER, and prefetches it. */
static inline bool parse(const struct intset *s, struct span key, struct intset_number *number)
{
    if (!parse_value(key, &number->value))
        return false;
    number->hash = intset_hash(s, number->value);
    intset_prefetch(s, number->hash);
    return true;
}

size_t VECTOR_NAME(plain_find)(const struct plain_rules *rules, struct span lines, struct plain_batch *batch)
{
    const char *end = lines.at + lines.len;
    const char *start = lines.at;
    const char *key = lines.at;
    const char *key_end = lines.at;
    size_t column = 0;
    bool is_numeric = rules->numbers != NULL;
    size_t n = 0;

    batch->is_numeric = is_numeric;
    for (const char *block = lines.at; block < end; block += VECTOR64_BYTES) {
        struct vector64 v = vector64_load(block);
        uint64_t stops = vector64_equal(v, '\t') | vector64_equal(v, '\n');
        uint64_t others = vector64_special(v, '\\') & ~stops; /* bytes that no plain record has */
        if (end - block < VECTOR64_BYTES)
            others |= UINT64_MAX << (end - block);
        if (others != 0)
            stops &= (others & -others) - 1; /* those before the first other byte */
        for (; stops != 0; stops &= stops - 1) {
            const char *stop = block + __builtin_ctzll(stops);
            if (column == rules->last)
                key_end = stop;
            column++;
            if (*stop == '\t') {
                if (column == rules->first)
                    key = stop + 1;
                continue;
            }
            if (column != rules->n_columns || (size_t)(stop - start) > rules->max_line)
                return n;
            start = stop + 1;
            batch->records[n] = (struct plain_record){ { key, (size_t)(key_end - key) }, start };
            if (is_numeric && !parse(rules->numbers, batch->records[n].key, &batch->numbers[n]))
                batch->is_numeric = is_numeric = false;
            if (++n == INTSET_BATCH)
                return n;
            key = start;
            column = 0;
        }
        if (others != 0)
            return n;
    }
    return n;
}
