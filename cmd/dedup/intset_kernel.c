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
