/* SPDX-License-Identifier: MIT */
#include "stream/plain_record.h"

#include "base/vector64.h"

size_t VECTOR_NAME(plain_record_find)(const struct plain_record_rules *rules, struct span lines,
                                      struct plain_record *records, size_t n)
{
    const char *end = lines.at + lines.len;
    const char *start = lines.at;
    const char *part = lines.at;
    const char *part_end = lines.at;
    size_t column = 0;
    size_t i = 0;

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
                part_end = stop;
            column++;
            if (*stop == '\t') {
                if (column == rules->first)
                    part = stop + 1;
                continue;
            }
            if (column != rules->n_columns || (size_t)(stop - start) > rules->max_line)
                return i;
            start = stop + 1;
            records[i] = (struct plain_record){ { part, (size_t)(part_end - part) }, start };
            if (++i == n)
                return i;
            part = start;
            column = 0;
        }
        if (others != 0)
            return i;
    }
    return i;
}
