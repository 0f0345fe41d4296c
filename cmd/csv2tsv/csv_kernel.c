/* SPDX-License-Identifier: MIT */
#include "csv_kernel.h"

#include "base/lines.h"
#include "base/utf8.h"
#include "base/vector64.h"

#ifdef VECTOR64_AVX2

#include "csv_copy.h"

enum {
    STRETCH = 4096, /* bytes, whole blocks, that are converted before their UTF-8 is checked */
    ROOM = 3 * STRETCH + VECTOR64_BYTES, /* bytes to write, at most: a null for each byte, and the excess of a store */
    LONGEST_NULL = READER_PADDING - 1,
    LEAST_TAKEN = 6, /* records that make a call pay */
};

/* Converts one block with any bytes; and more, up to END, while a quote is open or each block has bytes to remove. */
static void convert_any(const struct csv_rules *rules, struct csv_place *place, const char *end)
{
    struct csv_place k = *place;
    bool is_open;

    do {
        struct vector64 bytes = vector64_load(k.p);
        const struct csv_marks m = csv_block_mark(rules, &k, bytes);
        char *out = csv_copy_block(rules, &k, bytes, &m);
        bool had_removed = k.has_removed;
        csv_copy_records(rules, &k, &m);
        k.has_removed = m.removed != 0;
        k.out = out;
        k.p += VECTOR64_BYTES;
        is_open = (k.inside | k.after_quote | k.nulled) != 0 || (k.has_removed && had_removed);
    } while (is_open && k.p < end && !k.is_stopped);
    *place = k;
}

/* Whether BYTES have a quote, a backslash, or a control character that ends no field. ORs all bytes into SEEN. */
static inline bool is_special(struct vector64 bytes, int delimiter, vector64_part *seen)
{
    vector64_part special = { 0 };

    VECTOR64_UNROLL
    for (unsigned i = 0; i < VECTOR64_PARTS; i++) {
        vector64_part part = bytes.parts[i];
        special |= (vector64_part)((part <= 0x1f) | (part == '\\') | (part == '"')) &
                   ~(vector64_part)((part == (unsigned char)delimiter) | (part == '\n'));
        *seen |= part;
    }
    return vector64_part_mask(special) != 0;
}

/* Whether a record that ends in the block, at one of ENDS, may have the length of the header line. */
static inline bool may_be_header(const struct csv_rules *rules, const struct csv_place *k, uint64_t ends)
{
    size_t first = (size_t)(k->out - k->record_out) + (size_t)__builtin_ctzll(ends | UINT64_C(1) << 63);

    return first == rules->header_len || (ends & ends << 1 << (rules->header_len & 63)) != 0;
}

/*
 * Converts blocks up to END, or up to one with an empty field, a special byte, or a record that may not be good. A
 * block takes a third of its time in convert_any().
 */
static inline void convert_plain(const struct csv_rules *rules, struct csv_place *k, const char *end,
                                 vector64_part *seen)
{
    for (; k->p < end; k->p += VECTOR64_BYTES) {
        struct vector64 bytes = vector64_load(k->p);
        uint64_t newlines = vector64_equal(bytes, '\n');
        uint64_t ends = vector64_equal(bytes, rules->dialect.delimiter) | newlines;
        uint64_t starts = ends << 1 | k->at_start;
        if (is_special(bytes, rules->dialect.delimiter, seen) || (starts & ends) != 0 ||
            csv_copy_expect(rules, k, ends) != newlines || may_be_header(rules, k, newlines) ||
            csv_block_find_nulls(&rules->dialect, bytes, starts) != 0)
            return;
        vector64_store(k->out, vector64_replace(bytes, rules->dialect.delimiter, '\t'));
        if (newlines != 0) {
            unsigned at = VECTOR64_BYTES - (unsigned)__builtin_clzll(newlines);
            k->record = k->p + at;
            k->record_out = k->out + at;
        }
        k->n_left += rules->n_fields * csv_copy_count(newlines) - csv_copy_count(ends);
        k->n_records += csv_copy_count(newlines);
        k->at_start = ends >> 63;
        k->out += VECTOR64_BYTES;
    }
}

/* Converts a block, also with empty fields and CRLF. False: it has another special byte, or perhaps a null string. */
static inline bool convert_edited(const struct csv_rules *rules, struct csv_place *k)
{
    struct vector64 bytes = vector64_load(k->p);
    struct csv_marks m = { .delimiters = vector64_equal(bytes, rules->dialect.delimiter), .ends = vector64_equal(bytes, '\n') };
    uint64_t ends = m.delimiters | m.ends;
    uint64_t starts = ends << 1 | k->at_start;
    uint64_t special = vector64_at_most(bytes, 0x1f) | vector64_equal(bytes, '\\') | vector64_equal(bytes, '"');

    m.removed = csv_block_line_ends(k, vector64_equal(bytes, '\r'), m.ends);
    m.nulls = starts & (ends | m.removed);
    if ((special & ~ends) != m.removed || csv_block_find_nulls(&rules->dialect, bytes, starts) != 0)
        return false;
    vector64_store(k->out, vector64_replace(bytes, rules->dialect.delimiter, '\t'));
    char *out = csv_copy_edit(k->out, k->p, rules->dialect.delimiter, &m);
    csv_copy_records(rules, k, &m);
    k->at_start = ends >> 63;
    k->out = out;
    k->p += VECTOR64_BYTES;
    return true;
}

/* Converts blocks up to END, or up to one that only convert_any() can convert. */
static void convert_bare(const struct csv_rules *all_rules, struct csv_place *place, const char *end)
{
    const struct csv_rules rules = *all_rules;
    struct csv_place k = *place;
    vector64_part seen = { 0 };

    do
        convert_plain(&rules, &k, end, &seen);
    while (k.p < end && convert_edited(&rules, &k) && !k.is_stopped);
    k.high |= vector64_part_mask(seen);
    k.has_removed = k.has_removed && k.p == place->p;
    *place = k;
}

static void convert_stretch(const struct csv_rules *rules, struct csv_place *k, const char *end)
{
    while (k->p < end && !k->is_stopped) {
        if ((k->inside | k->after_quote | k->nulled) == 0)
            convert_bare(rules, k, end);
        if (k->p < end && !k->is_stopped)
            convert_any(rules, k, end);
    }
}

/* Makes room for a stretch, writing out whole records if necessary. */
static void make_room(struct csv_place *k, struct writer *w)
{
    writer_advance(w, k->record_out);
    writer_commit(w);
    writer_advance(w, k->out);
    k->out = xwriter_reserve(w, ROOM);
    k->record_out = w->buffer + w->committed;
}

/* Converts the whole blocks from K to END while their records are good. */
static void convert(const struct csv_rules *rules, struct csv_place *k, const char *end, struct writer *w)
{
    const char *checked = k->p; /* valid UTF-8 to here */

    while (end - k->p >= VECTOR64_BYTES && !k->is_stopped) {
        make_room(k, w);
        const struct csv_place before = *k;
        size_t len = (size_t)(end - k->p);
        convert_stretch(rules, k, k->p + (len < STRETCH ? len & -(size_t)VECTOR64_BYTES : STRETCH));
        if (k->high == 0 && checked == before.p) {
            checked = k->p;
            continue;
        }
        checked += utf8_check(checked, (size_t)(k->p - checked));
        if (k->record > checked) { /* a record has invalid UTF-8: take only those before it */
            *k = before;
            convert_stretch(rules, k, k->p + (checked - k->p) / VECTOR64_BYTES * VECTOR64_BYTES);
            k->is_stopped = true;
        }
        k->high = 0;
    }
}

/* Whether the options and the window are such that a record can be good. */
static bool is_possible(const struct csv_input *input)
{
    const struct reader *in = &input->stream->in;
    const struct csv_dialect *dialect = &input->dialect;

    for (size_t i = 0; i < dialect->n_nulls; i++)
        if (strlen(dialect->nulls[i]) > LONGEST_NULL)
            return false;
    return !dialect->null_quoted && (size_t)(in->end - in->at) <= in->max_line;
}

/* Takes records. Returns their number. */
static size_t take(struct csv_input *input)
{
    struct stream *s = input->stream;
    const struct header *h = &s->header;
    size_t header_len = h->len > 0 && !s->saw_header_again ? h->len : SIZE_MAX;
    struct csv_rules rules = { input->dialect, h, header_len, h->n, 0 };
    char *out = writer_end(&s->out);
    struct csv_place k = { s->in.at, out, s->in.at, out, .n_left = h->n - 1, .at_start = 1 };

    for (size_t i = 0; i < VECTOR64_BYTES; i += h->n)
        rules.every |= UINT64_C(1) << i;
    convert(&rules, &k, s->in.has_added_lf ? s->in.whole - 1 : s->in.whole, &s->out);
    s->n_read += k.n_records;
    s->in.line += k.has_newline ? lines_count((struct span){ s->in.at, (size_t)(k.record - s->in.at) }) : k.n_records;
    s->in.at += k.record - s->in.at;
    writer_advance(&s->out, k.record_out);
    writer_commit(&s->out);
    return k.n_records;
}

void VECTOR_NAME(xcsv_records)(struct csv_input *input)
{
    if (input->stream->header.n == 0)
        return; /* the first record will set it */
    if (!is_possible(input)) {
        input->credit = 0;
        return;
    }
    csv_copy_init();
    bool pays = take(input) >= LEAST_TAKEN;
    input->credit += pays ? input->credit < CSV_CREDIT : -1;
}

#else

void VECTOR_NAME(xcsv_records)(struct csv_input *input)
{
    input->credit = 0;
}

#endif
