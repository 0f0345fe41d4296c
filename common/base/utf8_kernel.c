/* SPDX-License-Identifier: MIT */
#include "base/utf8_kernel.h"

#include <stdbool.h>
#include <stdint.h>

#include "base/vector64.h"

enum { SHORT = 16 }; /* for shorter texts, a loop over the characters is faster */

/* Marks each byte of V from LOW to HIGH that follows a byte FIRST. */
static inline uint64_t follows(struct vector64 v, int first, int low, int high)
{
    return vector64_equal(v, first) << 1 & vector64_at_least(v, low) & vector64_at_most(v, high);
}

/*
 * The length of the whole characters at the start of V, where one starts; 0 if one is invalid. The ranges of bytes are
 * those of RFC 3629, section 4.
 */
static inline size_t whole_characters(struct vector64 v)
{
    uint64_t high = vector64_high(v);

    if (high == 0)
        return VECTOR64_BYTES;
    uint64_t lead = vector64_at_least(v, 0xc0) & high;
    uint64_t lead3 = vector64_at_least(v, 0xe0) & high;
    uint64_t lead4 = vector64_at_least(v, 0xf0) & high;
    uint64_t wrong = (lead << 1 | lead3 << 2 | lead4 << 3) ^ (high & ~lead);

    wrong |= vector64_at_most(v, 0xc1) & lead;
    if (lead3 != 0)
        wrong |= (follows(v, 0xe0, 0x80, 0x9f) | follows(v, 0xed, 0xa0, 0xbf)) & high;
    if (lead4 != 0)
        wrong |= (follows(v, 0xf0, 0x80, 0x8f) | follows(v, 0xf4, 0x90, 0xbf) | vector64_at_least(v, 0xf5)) & high;
    if (wrong != 0)
        return 0;
    bool is_cut = (lead >> 63 | lead3 >> 62 | lead4 >> 61) != 0;
    return is_cut ? 63 - (size_t)__builtin_clzll(lead) : VECTOR64_BYTES;
}

size_t VECTOR_NAME(utf8_skip_valid)(const char *text, size_t len)
{
    size_t i = 0;

    if (len < SHORT)
        return 0;
    while (i < len) {
        char last[VECTOR64_BYTES] = { 0 }; /* the zeros after the text end a character that is cut */
        const char *block = text + i;
        if (len - i < VECTOR64_BYTES)
            block = memcpy(last, block, len - i);
        size_t n = whole_characters(vector64_load(block));
        if (n == 0)
            return i;
        i += n;
    }
    return len;
}
