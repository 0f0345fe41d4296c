/* SPDX-License-Identifier: MIT */
#include "number_loop_kernel.h"

#include <stdbool.h>

#include "base/vector64.h"

size_t VECTOR_NAME(plain_find)(const struct plain_rules *rules, struct span lines, struct plain_record *records,
                               size_t n)
{
    const char *end = lines.at + lines.len;
    const char *start = lines.at;
    const char *key = lines.at;
    const char *key_end = lines.at;
    size_t column = 0;
    size_t i = 0;

    for (const char *block = lines.at; block < end; block += VECTOR64_BYTES) {
        struct vector64 v = vector64_load(block);
        uint64_t stops = vector64_equal(v, '\t') | vector64_equal(v, '\n');
        /* bytes that no plain record has */
        uint64_t others = (vector64_at_most(v, ' ' - 1) | vector64_high(v) | vector64_equal(v, '\\')) & ~stops;
        if (end - block < VECTOR64_BYTES)
            others |= UINT64_MAX << (end - block);
        if (others != 0)
            stops &= (others & -others) - 1; /* those before the first other byte */
        for (; stops != 0; stops &= stops - 1) {
            const char *stop = block + __builtin_ctzll(stops);
            if (column == rules->key)
                key_end = stop;
            column++;
            if (*stop == '\t') {
                if (column == rules->key)
                    key = stop + 1;
                continue;
            }
            if (column != rules->n_columns || (size_t)(stop - start) > rules->max_line)
                return i;
            records[i].key.at = key;
            records[i].key.len = (size_t)(key_end - key);
            records[i].end = start = key = stop + 1;
            if (++i == n)
                return i;
            column = 0;
        }
        if (others != 0)
            return i;
    }
    return i;
}
