/* SPDX-License-Identifier: MIT */
/* json_block: finds strings and brackets in 64 bytes of JSON. For json_array.c only. */
#ifndef WEIR_JSON_BLOCK_H
#define WEIR_JSON_BLOCK_H

#include <stdbool.h>
#include <stdint.h>

#include "base/vector64.h"

/* Masks of the bytes of a block. */
struct json_block {
    uint64_t inside;  /* in a string: from its opening quote to the byte before its closing quote */
    uint64_t special; /* brackets and LFs that are not in a string */
};

/*
 * Marks the VECTOR64_BYTES bytes at P; IN_STRING: the first of them is in a string. False: the block has an LF in a
 * string, a backslash outside of a string, or an escape that its end cuts.
 */
static inline bool json_block_mark(struct json_block *block, const char *p, bool in_string)
{
    struct vector64 bytes = vector64_load(p);
    struct vector64 folded = bytes; /* [ and { are the same, and ] and } */
    uint64_t quotes = vector64_equal(bytes, '"');
    uint64_t backslashes = vector64_equal(bytes, '\\');
    uint64_t lfs = vector64_equal(bytes, '\n');

    VECTOR64_UNROLL
    for (unsigned i = 0; i < VECTOR64_PARTS; i++)
        folded.parts[i] |= 0x20;
    for (uint64_t left = backslashes; left != 0; left &= left - 1) {
        uint64_t escaped = (left & -left) << 1;
        quotes &= ~escaped;
        left &= ~escaped;
        if (escaped == 0)
            return false;
    }
    block->inside = vector64_prefix_xor(quotes) ^ (in_string ? UINT64_MAX : 0);
    block->special = (vector64_equal(folded, '{') | vector64_equal(folded, '}') | lfs) & ~block->inside;
    return ((lfs & block->inside) | (backslashes & ~block->inside)) == 0;
}

#endif
