/* SPDX-License-Identifier: MIT */
#include "day_counts.h"

enum { FIRST_BATCH = 2 }; /* half of it, so that few records are found again if one is left */

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

char *VECTOR_NAME(day_counts_run)(struct day_counts *c, char *at, const char *whole, uint64_t *n)
{
    struct plain_record records[PLAIN_RECORD_BATCH];
    size_t most = FIRST_BATCH;
    size_t taken = most;

    while (taken == most && at < whole) {
        most = most < PLAIN_RECORD_BATCH ? 2 * most : most;
        struct span lines = { at, (size_t)(whole - at) };
        size_t found = VECTOR_NAME(plain_record_find)(&c->rules, lines, records, most);
        for (taken = 0; taken < found; taken++) {
            const struct plain_record *r = &records[taken];
            size_t place = find_place(r->part.at, r->part.len);
            if (place == 0 || (size_t)(r->end - at) == c->header_size)
                break;
            c->at[place]++;
            at += r->end - at;
        }
        *n += taken;
    }
    return at;
}
