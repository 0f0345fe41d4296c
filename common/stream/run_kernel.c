/* SPDX-License-Identifier: MIT */
#include "stream/run.h"

#include "base/vector64.h"

enum { MOST_UNICODE = 16 << 10 }; /* a longer run is not scanned again for each invalid character */

/* The length of the escape or control character at P in LINES; 0: it is not canonical. */
static size_t item_length(const char *p, const char *lines)
{
    static const char escapes[] = "\\tnr";
    bool starts_field = p == lines || p[-1] == '\t' || p[-1] == '\n';

    if (*p == '\\' && p[1] == 'N')
        return starts_field && (p[2] == '\t' || p[2] == '\n') ? 2 : 0;
    if (*p == '\\')
        return memchr(escapes, p[1], sizeof escapes - 1) != NULL ? 2 : 0;
    return *p != '\0' && *p != '\r';
}

/*
 * Checks the OTHERS, backslashes and control characters, of the block at P in LINES, before *NEXT known to be
 * canonical. Returns a bit for each byte before the first that is not.
 */
static uint64_t check_others(const char *p, uint64_t others, const char *lines, const char **next)
{
    for (; others != 0; others &= others - 1) {
        const char *at = p + __builtin_ctzll(others);
        if (at < *next)
            continue;
        size_t len = item_length(at, lines);
        if (len == 0)
            return (others & -others) - 1;
        *next = at + len;
    }
    return UINT64_MAX;
}

/* Writes the places of the bits of MASK in the block at P to ENDS, eight at a time: their number is hard to predict. */
static inline void write_ends(const char **ends, const char *p, uint64_t mask)
{
    do {
        _Pragma("GCC unroll 8")
        for (int i = 0; i < 8; i++) {
            ends[i] = p + (mask != 0 ? __builtin_ctzll(mask) : 64);
            mask &= mask - 1;
        }
        ends += 8;
    } while (mask != 0);
}

/* The number of bits in MASK, which are few: a loop is faster than a call of libgcc. */
static inline size_t count_bits(uint64_t mask)
{
    size_t n = 0;

#ifdef __POPCNT__
    n = (size_t)__builtin_popcountll(mask);
#else
    for (; mask != 0; mask &= mask - 1)
        n++;
#endif
    return n;
}

struct scan {
    size_t n_fields; /* of each line */
    struct span header;
    const char *line; /* the current one */
    size_t n_left;    /* TABs to come in it */
    struct run run;
};

/*
 * Takes the lines of LINES that end at LFS, in the block at P with TABS, and the TABs of the next line. False: a line
 * has another number of fields, or equals the header line.
 */
static inline bool take_lines(struct scan *s, const char *lines, const char *p, uint64_t tabs, uint64_t lfs)
{
    for (; lfs != 0; lfs &= lfs - 1) {
        uint64_t before = (lfs & -lfs) - 1;
        const char *lf = p + __builtin_ctzll(lfs);
        if (count_bits(tabs & before) != s->n_left ||
            span_equal((struct span){ s->line, (size_t)(lf - s->line) }, s->header))
            return false;
        tabs &= ~before;
        s->line = lf + 1;
        s->n_left = s->n_fields - 1;
        s->run.len = (size_t)(s->line - lines);
        s->run.n++;
    }
    size_t n_tabs = count_bits(tabs);
    bool is_good = n_tabs <= s->n_left;
    s->n_left -= n_tabs;
    return is_good;
}

struct run VECTOR_NAME(run_scan)(struct span lines, size_t n_fields, struct span header, const char **ends)
{
    struct scan s = { n_fields, header, lines.at, n_fields - 1, { .len = 0 } };
    const char *end = lines.at + lines.len;
    const char **last = ends != NULL ? ends + RUN_ENDS - VECTOR64_BYTES : NULL;
    const char *next = lines.at;
    uint64_t good = UINT64_MAX;

    for (const char *p = lines.at; p < end && good == UINT64_MAX && ends <= last; p += VECTOR64_BYTES) {
        struct vector64 v = vector64_load(p);
        uint64_t tabs = vector64_equal(v, '\t');
        uint64_t lfs = vector64_equal(v, '\n');
        uint64_t others = vector64_special(v, '\\') & ~(tabs | lfs);
        if (end - p < VECTOR64_BYTES)
            good = (UINT64_C(1) << (end - p)) - 1;
        if ((others & good) != 0) {
            uint64_t high = vector64_high(v);
            s.run.is_unicode |= high != 0;
            good &= check_others(p, others & good & ~high, lines.at, &next);
        }
        if (ends != NULL) {
            write_ends(ends, p, (tabs | lfs) & good);
            ends += count_bits((tabs | lfs) & good);
        }
        if (!take_lines(&s, lines.at, p, tabs & good, lfs & good) || (s.run.is_unicode && s.run.len > MOST_UNICODE))
            break;
    }
    return s.run;
}
