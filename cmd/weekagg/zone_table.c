/* SPDX-License-Identifier: MIT */
#include "zone_table.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"

enum {
    HEADER_SIZE = 44,
    TYPE_SIZE = 6,
    LEAST_AHEAD = -89999, /* section 3.2: more than -25 hours, less than 26 */
    MOST_AHEAD = 93599,
};

/* The numbers in a header, in the order of the file. */
enum { N_ISUT, N_ISSTD, N_LEAPS, N_TIMES, N_TYPES, N_CHARS, N_NUMBERS };

struct block {
    uint32_t n[N_NUMBERS];
    const char *at; /* its data */
};

/* The first SIZE bytes of *REST as a big-endian number with a sign. */
static int64_t read_number(const char *at, size_t size)
{
    uint64_t bits = (*at & 0x80) != 0 ? UINT64_MAX : 0;

    for (size_t i = 0; i < size; i++)
        bits = bits << 8 | (unsigned char)at[i];
    return (int64_t)bits;
}

/* Takes a header and its data, with times of TIME_SIZE bytes, from the start of *FILE. */
static const char *take_block(struct span *file, size_t time_size, struct block *b)
{
    if (file->len < HEADER_SIZE)
        return "unexpected end of file";
    if (memcmp(file->at, "TZif", 4) != 0)
        return "not a TZif file";
    if (file->at[4] < '2')
        return "TZif version 1, expected 2 or later";
    for (size_t i = 0; i < N_NUMBERS; i++)
        b->n[i] = (uint32_t)read_number(file->at + 20 + 4 * i, 4);
    /* Fits: seven products below 2^36. */
    uint64_t size = HEADER_SIZE + b->n[N_TIMES] * (uint64_t)(time_size + 1) + b->n[N_TYPES] * (uint64_t)TYPE_SIZE +
                    b->n[N_CHARS] + b->n[N_LEAPS] * (uint64_t)(time_size + 4) + b->n[N_ISSTD] + b->n[N_ISUT];
    if (size > file->len)
        return "unexpected end of file";
    b->at = file->at + HEADER_SIZE;
    *file = (struct span){ file->at + size, file->len - size };
    return NULL;
}

/* Reads the changes and offsets of B, a block of 64-bit times. */
static const char *xread_changes(struct zone_table *t, const struct block *b)
{
    const size_t n = b->n[N_TIMES];
    const char *types = b->at + n * 8;
    const char *offsets = types + n;

    if (b->n[N_TYPES] == 0 || b->n[N_TYPES] > ZONE_TYPES)
        return "invalid number of offsets";
    if (b->n[N_LEAPS] != 0)
        return "times with leap seconds, expected POSIX times";
    for (t->n_offsets = 0; t->n_offsets < b->n[N_TYPES]; t->n_offsets++) {
        int64_t ahead = read_number(offsets + t->n_offsets * TYPE_SIZE, 4);
        if (ahead < LEAST_AHEAD || ahead > MOST_AHEAD)
            return "invalid offset";
        t->offsets[t->n_offsets] = (int32_t)ahead;
    }
    t->before = t->offsets[0];
    t->seconds = xcalloc(n + 1, sizeof *t->seconds);
    t->ahead = xcalloc(n + 1, sizeof *t->ahead);
    for (; t->n < n; t->n++) {
        size_t type = (unsigned char)types[t->n];
        t->seconds[t->n] = read_number(b->at + t->n * 8, 8);
        if (type >= t->n_offsets || (t->n > 0 && t->seconds[t->n] <= t->seconds[t->n - 1]))
            return "invalid change";
        t->ahead[t->n] = t->offsets[type];
    }
    return NULL;
}

/* Reads FOOTER, a rule between two LF, or nothing between them. */
static const char *read_footer(struct zone_table *t, struct span footer)
{
    const char *end = footer.len > 0 ? memchr(footer.at + 1, '\n', footer.len - 1) : NULL;

    if (end == NULL || *footer.at != '\n')
        return "unexpected end of file";
    struct span rule = { footer.at + 1, (size_t)(end - footer.at - 1) };
    t->has_rule = rule.len > 0;
    if (!t->has_rule)
        return NULL;
    if (!zone_rule_parse(&t->rule, rule))
        return "invalid rule at its end";
    t->offsets[t->n_offsets++] = t->rule.ahead;
    if (t->rule.has_summer)
        t->offsets[t->n_offsets++] = t->rule.summer;
    return NULL;
}

const char *xzone_table_parse(struct zone_table *t, struct span file)
{
    struct block b;

    *t = (struct zone_table){ 0 };
    const char *fault = take_block(&file, 4, &b);
    if (fault == NULL)
        fault = take_block(&file, 8, &b);
    if (fault == NULL)
        fault = xread_changes(t, &b);
    return fault != NULL ? fault : read_footer(t, file);
}

int32_t zone_table_ahead(const struct zone_table *t, int64_t seconds)
{
    size_t low = 0; /* changes before this one are not after SECONDS, ... */
    size_t high = t->n; /* ... this one and those after it are */

    while (low < high) {
        size_t middle = (low + high) / 2;
        if (t->seconds[middle] <= seconds)
            low = middle + 1;
        else
            high = middle;
    }
    if (low == t->n && t->has_rule)
        return zone_rule_ahead(&t->rule, seconds);
    return low > 0 ? t->ahead[low - 1] : t->before;
}

void zone_table_free(struct zone_table *t)
{
    free(t->seconds);
    free(t->ahead);
}
