/* SPDX-License-Identifier: MIT */
/*
 * csv_block: marks the bytes of a block of CSV, 64 bytes: which end a field, which are dropped, which are escaped. For
 * csv_kernel.c only. In every mask the lowest bit belongs to the first byte.
 */
#ifndef WEIR_CSV_BLOCK_H
#define WEIR_CSV_BLOCK_H

#include <stdbool.h>
#include <stdint.h>

#include "base/vector64.h"
#include "stream/header.h"
#include "csv.h"

/* What holds for all blocks. The pointers are the caller's. */
struct csv_rules {
    struct csv_dialect dialect;
    const struct header *header;
    size_t header_len; /* of the header line; SIZE_MAX: do not compare records with it */
    size_t n_fields;   /* that a record must have */
    uint64_t every;    /* every bit whose number is a multiple of N_FIELDS */
};

/* The state of the conversion between two blocks. Loops work on a local copy, which stays in registers. */
struct csv_place {
    const char *p; /* the block */
    char *out;
    const char *record; /* start of the record */
    char *record_out;   /* ... and where it is written */
    size_t n_records;
    size_t n_left;        /* delimiters that the record must still have */
    uint64_t at_start;    /* 1: the block starts a field; else 0 */
    uint64_t inside;      /* all bits: the block starts inside quotes; else 0 */
    uint64_t after_quote; /* 1: the block follows a closing quote, or the first of a doubled one; else 0 */
    uint64_t nulled;      /* mask of the bytes at the start of the block that end a null string */
    uint64_t high;        /* not 0: bytes from 0x80 on have occurred since the last check of UTF-8 */
    bool has_removed;     /* bytes of the previous block were removed, probably quotes */
    bool has_newline;     /* an LF has occurred in quotes */
    bool is_stopped;      /* a record is not good: convert no more blocks */
};

struct csv_marks {
    uint64_t delimiters; /* between fields */
    uint64_t data;       /* delimiters in quotes */
    uint64_t ends;       /* LFs at the end of a record */
    uint64_t nulls;      /* a null is written before the byte */
    uint64_t escaped;    /* an escape is written for the byte */
    uint64_t removed;    /* not copied: quotes except the second of two, the CR of CRLF, null strings, escaped bytes */
    uint64_t bad;        /* the lowest bit is in a record that is not good; marks after it are meaningless */
};

/* Those of the CRs RETURNS that an LF follows. */
static inline uint64_t csv_block_line_ends(const struct csv_place *k, uint64_t returns, uint64_t newlines)
{
    return returns & (newlines >> 1 | (uint64_t)(k->p[VECTOR64_BYTES] == '\n') << 63);
}

/* Those of the STARTS of fields whose first byte is that of a null string. */
static inline uint64_t csv_block_find_nulls(const struct csv_dialect *dialect, struct vector64 bytes, uint64_t starts)
{
    uint64_t found = 0;

    for (size_t i = 0; i < dialect->n_nulls; i++)
        found |= vector64_equal(bytes, *dialect->nulls[i]);
    return found & starts;
}

/* Marks the fields that equal a null string. FOUND: the result of csv_block_find_nulls(). */
static inline void csv_block_mark_nulls(const struct csv_dialect *dialect, struct csv_place *k, uint64_t found,
                                        struct csv_marks *m)
{
    uint64_t nulled = k->nulled;

    k->nulled = 0;
    for (; found != 0; found &= found - 1) {
        int at = __builtin_ctzll(found);
        for (size_t i = 0; i < dialect->n_nulls; i++) {
            size_t len = strlen(dialect->nulls[i]);
            const char *end = k->p + at + len;
            if (memcmp(k->p + at, dialect->nulls[i], len) != 0 ||
                (*end != dialect->delimiter && !csv_is_line_end(end)))
                continue;
            uint64_t field = (UINT64_C(1) << len) - 1;
            m->nulls |= UINT64_C(1) << at;
            nulled |= field << at;
            if (at > 0)
                k->nulled = field >> (VECTOR64_BYTES - at);
        }
    }
    m->removed |= nulled;
    m->escaped &= ~nulled;
}

/* Marks BYTES, the block at K. Updates what K says about quotes and fields; the caller moves K to the next block. */
static inline struct csv_marks csv_block_mark(const struct csv_rules *rules, struct csv_place *k, struct vector64 bytes)
{
    uint64_t delimiters = vector64_equal(bytes, rules->dialect.delimiter);
    uint64_t newlines = vector64_equal(bytes, '\n');
    uint64_t quotes = vector64_equal(bytes, '"');
    uint64_t inside = k->inside ^ vector64_prefix_xor(quotes); /* from an opening quote to before the closing one */
    uint64_t opening = quotes & inside;
    uint64_t after = (quotes & ~inside) << 1 | k->after_quote;
    uint64_t line_ends = 0; /* CRs */
    struct csv_marks m = { .delimiters = delimiters & ~inside, .data = delimiters & inside, .ends = newlines & ~inside,
                           .removed = quotes & ~(opening & after) };
    uint64_t ends = m.delimiters | m.ends;
    uint64_t starts = ends << 1 | k->at_start;
    uint64_t special = (vector64_at_most(bytes, 0x1f) | vector64_equal(bytes, '\\')) & ~ends;

    if (special != 0) {
        uint64_t returns = vector64_equal(bytes, '\r');
        uint64_t backslashes = vector64_equal(bytes, '\\');
        line_ends = csv_block_line_ends(k, returns, newlines) & ~inside;
        m.escaped = special & (backslashes | vector64_equal(bytes, '\t') | ((newlines | returns) & inside));
        m.data &= ~m.escaped;
        m.removed |= line_ends | m.escaped;
        m.bad = vector64_equal(bytes, '\0') | (returns & ~line_ends & ~inside) |
                (backslashes & (m.ends << 1 | (k->record == k->p))); /* it may be a failure mark */
        k->has_newline |= (newlines & inside) != 0;
    }
    m.bad |= (opening & ~after & ~starts) | (after & ~(opening | ends | line_ends));
    m.nulls = starts & (ends | line_ends);
    if (rules->dialect.n_nulls > 0)
        csv_block_mark_nulls(&rules->dialect, k, csv_block_find_nulls(&rules->dialect, bytes, starts), &m);
    k->after_quote = (quotes & ~inside) >> 63;
    k->inside = 0 - (inside >> 63);
    k->at_start = ends >> 63;
    k->high |= vector64_high(bytes);
    return m;
}

#endif
