/* SPDX-License-Identifier: MIT */
#include "base/vector64.h"
#include "stream/reader.h"
#include "day_counts.h"

/* The form of a time, and the most that each of its bytes may be when XORed with that of the form; -1: any byte. */
static const char date_pattern[VECTOR_BYTES + 1] = "0000-00-00T00:00";
static const char date_most[VECTOR_BYTES] = { 9, 9, 9, 9, 0, 1, 9, 0, 3, 9, -1, 2, 9, 0, 5, 9 };
static const char clock_pattern[VECTOR_BYTES + 1] = ":00.000000000000";
static const char clock_most[VECTOR_BYTES] = { 0, 5, 9, 0, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9 };

/* Sets BYTES to the 16 bytes at P XORed with PATTERN. Returns a bit for each that is more than MOST allows. */
static inline unsigned differ(const char *p, const char *pattern, const char *most, struct vector *bytes)
{
    *bytes = vector_xor(vector_load(p), vector_load(pattern));
    return ~vector_mask(vector_at_most(*bytes, vector_load(most))) & 0xffff;
}

/* The place for the time of LEN bytes at P, or 0: it must be left. READER_PADDING bytes may be read. */
static inline size_t find_place(const char *p, size_t len)
{
    static const unsigned char month_days[32] = { 0, 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };
    struct vector date;
    struct vector clock;
    uint64_t words[2];

    if (len > 11 && (p[len - 1] | 0x20) == 'z')
        len--;
    if (len != 10 && len != 16 && len != 19 && (len < 21 || len > 32))
        return 0;
    unsigned wrong = differ(p, date_pattern, date_most, &date) & ((1u << (len < 16 ? len : 16)) - 1);
    if (len > 16)
        wrong |= differ(p + 16, clock_pattern, clock_most, &clock) & ((1u << (len - 16)) - 1);
    memcpy(words, &date, sizeof words);
    const unsigned char *digits = (const unsigned char *)words;
    unsigned year = digits[0] * 1000u + digits[1] * 100u + digits[2] * 10u + digits[3] - DAY_COUNTS_FIRST_YEAR;
    unsigned month = digits[5] * 10u + digits[6];
    unsigned day = digits[8] * 10u + digits[9];
    unsigned month_length = month_days[month & 31] + ((month == 2) & (year % 4 == 3));
    bool is_clock = ((p[10] | 0x20) == 't' || p[10] == ' ') && digits[11] * 10u + digits[12] < 24;
    if (wrong != 0 || (len > 10 && !is_clock) || year >= DAY_COUNTS_YEARS || day - 1 >= month_length)
        return 0;
    return year * DAY_COUNTS_YEAR + month * DAY_COUNTS_MONTH + day;
}

/* The place of bit N of MASK that is set, from 1; there must be one. */
static inline size_t nth_bit(uint64_t mask, size_t n)
{
    while (--n > 0)
        mask &= mask - 1;
    return (size_t)__builtin_ctzll(mask);
}

/*
 * Finds the ends of the record at P and of its field C->column, which starts at *FIELD and ends before *FIELD_END.
 * Returns the LF, or NULL: the record must be left. Inlined, because a call for each record takes a fifth of the time.
 */
static inline __attribute__((always_inline)) char *find_field(const struct day_counts *c, char *p, char **field,
                                                              char **field_end)
{
    size_t n = 0; /* TABs before the block */

    *field = p;
    for (char *block = p; ; block += VECTOR64_BYTES) {
        struct vector64 bytes = vector64_load(block);
        uint64_t lfs = vector64_equal(bytes, '\n');
        uint64_t tabs = vector64_equal(bytes, '\t');
        uint64_t in_line = lfs != 0 ? (lfs & -lfs) - 1 : UINT64_MAX;
        if ((vector64_special(bytes, '\\') & ~tabs & in_line) != 0)
            return NULL;
        tabs &= in_line;
        size_t here = (size_t)__builtin_popcountll(tabs);
        if (c->column > n && c->column <= n + here)
            *field = block + nth_bit(tabs, c->column - n) + 1;
        if (c->column >= n && c->column < n + here)
            *field_end = block + nth_bit(tabs, c->column - n + 1);
        n += here;
        if (lfs == 0)
            continue;
        char *lf = block + __builtin_ctzll(lfs);
        if (c->column == n)
            *field_end = lf;
        return n + 1 == c->n_fields ? lf : NULL;
    }
}

char *VECTOR_NAME(day_counts_run)(struct day_counts *c, char *at, const char *whole, uint64_t *n)
{
    while (at < whole) {
        char *field;
        char *field_end = NULL;
        char *lf = find_field(c, at, &field, &field_end);
        size_t len = lf != NULL ? (size_t)(lf - at) : SIZE_MAX;
        if (len > c->max_line || len == c->header_len)
            break;
        size_t place = find_place(field, (size_t)(field_end - field));
        if (place == 0)
            break;
        c->at[place]++;
        ++*n;
        at = lf + 1;
    }
    return at;
}
