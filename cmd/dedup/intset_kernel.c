/* SPDX-License-Identifier: MIT */
#include "base/vector64.h"
#include "intset.h"

/* A bit for each of the INTSET_LINE words at WORDS that is WORD. */
static inline unsigned equal(const uint64_t *words, uint64_t word)
{
#ifdef VECTOR64_AVX2
    const __m256i all = _mm256_loadu_si256((const __m256i *)(const void *)words);

    return (unsigned)_mm256_movemask_pd((__m256d)_mm256_cmpeq_epi64(all, _mm256_set1_epi64x((long long)word)));
#else
    unsigned mask = 0;

    for (unsigned i = 0; i < INTSET_LINE; i++)
        mask |= (unsigned)(words[i] == word) << i;
    return mask;
#endif
}

uint64_t VECTOR_NAME(intset_look_up)(struct intset *s, const struct intset_number *numbers, size_t n, bool adds)
{
    uint64_t known = 0;

    for (size_t i = 0; i < n && s->n_lines > 0; i++) {
        uint64_t tag = (numbers[i].value >> INTSET_WORD_BITS) + 1;
        uint64_t bit = UINT64_C(1) << (numbers[i].value & ((1 << INTSET_WORD_BITS) - 1));
        struct intset_line *line = intset_line(s, numbers[i].hash);
        unsigned same = equal(line->tags, tag);
        while (same == 0 && line->tags[INTSET_LINE - 1] != 0) {
            line = intset_next_line(s, line);
            same = equal(line->tags, tag);
        }
        if (same != 0) {
            uint64_t *word = &line->words[__builtin_ctz(same)];
            known |= (uint64_t)((*word & bit) != 0) << i;
            *word |= adds ? bit : 0;
        } else if (adds) {
            unsigned at = (unsigned)__builtin_ctz(equal(line->tags, 0));
            line->tags[at] = tag;
            line->words[at] = bit;
            s->n_words++;
        }
    }
    return known;
}

/* intset_parse() for a text that no digit follows. Vectors save an eighth of dedup's time with ids of nine digits. */
static inline bool parse(struct span text, uint64_t *value)
{
#ifdef VECTOR64_AVX2
    static const char places[2 * VECTOR_BYTES] = { -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1,
                                                   0,  1,  2,  3,  4,  5,  6,  7,  8,  9,  10, 11, 12, 13, 14, 15 };

    if (text.len - 1 < VECTOR_BYTES) {
        struct vector digits = { vector_load(text.at).bytes - '0' };
        unsigned others = ~vector_mask(vector_at_most(digits, vector_of(9)));
        __m128i right = _mm_shuffle_epi8((__m128i)digits.bytes, (__m128i)vector_load(places + text.len).bytes);
        __m128i pairs = _mm_maddubs_epi16(right, _mm_set1_epi16(10 | 1 << 8));
        __m128i fours = _mm_madd_epi16(pairs, _mm_set1_epi32(100 | 1 << 16));
        __m128i eights = _mm_madd_epi16(_mm_packus_epi32(fours, fours), _mm_set1_epi32(10000 | 1 << 16));
        uint64_t halves = (uint64_t)_mm_cvtsi128_si64(eights);
        *value = (halves & UINT32_MAX) * 100000000 + (halves >> 32);
        return (unsigned)__builtin_ctz(others) >= text.len && (text.len == 1 || *text.at != '0');
    }
#endif
    return intset_parse(text, value);
}

bool VECTOR_NAME(intset_parse_all)(const struct intset *s, const struct plain_record *records, size_t n,
                                   struct intset_number *numbers)
{
    for (size_t i = 0; i < n; i++) {
        if (!parse(records[i].part, &numbers[i].value))
            return false;
        numbers[i].hash = intset_hash(s, numbers[i].value);
        intset_prefetch(s, numbers[i].hash);
    }
    return true;
}
