/* SPDX-License-Identifier: MIT */
/* csv_copy: writes a marked block of CSV as TSV, and takes the records in it. For csv_kernel.c only; needs AVX2. */
#ifndef WEIR_CSV_COPY_H
#define WEIR_CSV_COPY_H

#include "stream/tsv.h"
#include "csv_block.h"

/* For each subset of 8 bytes, with a bit for each byte: the indexes of its bytes, for a shuffle. */
static unsigned char csv_copy_places[256][8];

/* Fills the table. Call before all other functions; later calls do nothing. */
static inline void csv_copy_init(void)
{
    for (unsigned set = 0; set < 256 && csv_copy_places[255][7] == 0; set++)
        for (unsigned i = 0, n = 0; i < 8; i++)
            if ((set >> i & 1) != 0)
                csv_copy_places[set][n++] = (unsigned char)i;
}

static inline unsigned csv_copy_count(uint64_t bits)
{
    return (unsigned)__builtin_popcountll(bits);
}

/* The lowest bit of BITS, which is not 0, and all bits below it. */
static inline uint64_t csv_copy_up_to(uint64_t bits)
{
    return bits ^ (bits - 1);
}

/* The number of bytes written for PART, a mask of bytes of the block. */
static inline size_t csv_copy_width(const struct csv_marks *m, uint64_t part)
{
    return csv_copy_count(part & ~m->removed) + 2 * csv_copy_count(part & (m->nulls | m->escaped));
}

/* Writes those of the 8 bytes at P that are in the set KEPT. Stores 8 bytes; those after the end are meaningless. */
static inline char *csv_copy_keep(char *out, const char *p, unsigned kept)
{
    const __m128i bytes = _mm_loadl_epi64((const __m128i *)p);

    _mm_storel_epi64((__m128i *)out, _mm_shuffle_epi8(bytes, _mm_loadl_epi64((const __m128i *)csv_copy_places[kept])));
    return out + csv_copy_count(kept);
}

/* Writes the block COPY without removed bytes. Returns the end. */
static inline char *csv_copy_shorten(char *out, const char *copy, const struct csv_marks *m)
{
#pragma GCC unroll 8
    for (int i = 0; i < VECTOR64_BYTES; i += 8)
        out = csv_copy_keep(out, copy + i, (unsigned)(~m->removed >> i) & 0xff);
    return out;
}

/* Does the same with nulls and escapes. P is the block as it was read. */
static __attribute__((noinline)) char *csv_copy_lengthen(char *out, const char *p, const char *copy,
                                                         const struct csv_marks *m)
{
    for (int i = 0; i < VECTOR64_BYTES; i += 8) {
        unsigned kept = (unsigned)(~m->removed >> i) & 0xff;
        uint64_t inserted = (m->nulls | m->escaped) & (UINT64_C(0xff) << i);
        for (; inserted != 0; inserted &= inserted - 1) {
            int at = __builtin_ctzll(inserted);
            unsigned below = (1u << (at - i)) - 1;
            out = csv_copy_keep(out, copy + i, kept & below);
            kept &= ~below;
            if ((m->nulls >> at & 1) != 0)
                out = mempcpy(out, "\\N", 2);
            else
                out += tsv_escape(out, (struct span){ p + at, 1 });
        }
        out = csv_copy_keep(out, copy + i, kept);
    }
    return out;
}

/* Edits the block at P, already written unchanged at OUT: adds nulls and removes bytes, a few. Returns the end. */
static __attribute__((noinline)) char *csv_copy_edit(char *out, const char *p, int delimiter, const struct csv_marks *m)
{
    for (uint64_t edits = m->nulls | m->removed; edits != 0; edits &= edits - 1) {
        int at = __builtin_ctzll(edits);
        if ((m->nulls >> at & 1) != 0) {
            memcpy(out + at, "\\N", 2);
            out += 2;
        }
        if ((m->removed >> at & 1) != 0) {
            at++;
            out--;
        }
        vector64_store(out + at, vector64_replace(vector64_load(p + at), delimiter, '\t'));
    }
    return out + VECTOR64_BYTES;
}

/* Writes BYTES, the block at K, to K->out. Returns the end. */
static inline char *csv_copy_block(const struct csv_rules *rules, const struct csv_place *k, struct vector64 bytes,
                                   const struct csv_marks *m)
{
    char copy[VECTOR64_BYTES];

    vector64_store(copy, vector64_replace(bytes, rules->dialect.delimiter, '\t'));
    char *end = (m->nulls | m->escaped) == 0 ? csv_copy_shorten(k->out, copy, m)
                                             : csv_copy_lengthen(k->out, k->p, copy, m);
    for (uint64_t data = m->data; data != 0; data &= data - 1)
        k->out[csv_copy_width(m, csv_copy_up_to(data)) - 1] = (char)rules->dialect.delimiter;
    return end;
}

/* Those of ENDS, the ends of fields, that must be LFs if every record has the right number of fields. */
static inline uint64_t csv_copy_expect(const struct csv_rules *rules, const struct csv_place *k, uint64_t ends)
{
    return _pdep_u64(k->n_left < VECTOR64_BYTES ? rules->every << k->n_left : 0, ends);
}

/* Takes the records that end in the block, up to one that is not good. */
static inline void csv_copy_records(const struct csv_rules *rules, struct csv_place *k, const struct csv_marks *m)
{
    uint64_t ends = m->ends | m->delimiters;
    uint64_t bad = m->bad | (csv_copy_expect(rules, k, ends) ^ m->ends);

    k->is_stopped = bad != 0;
    k->n_left += rules->n_fields * csv_copy_count(m->ends) - csv_copy_count(ends);
    for (uint64_t good = m->ends & ((bad & -bad) - 1); good != 0; good &= good - 1) {
        char *out = k->out + csv_copy_width(m, csv_copy_up_to(good));
        size_t len = (size_t)(out - k->record_out) - 1;
        if (len == rules->header_len && header_is(rules->header, (struct span){ k->record_out, len })) {
            k->is_stopped = true;
            return;
        }
        k->n_records++;
        k->record = k->p + csv_copy_count(csv_copy_up_to(good));
        k->record_out = out;
    }
}

#endif
