/* SPDX-License-Identifier: MIT */
#include "number_loop.h"

enum { MOST_PAUSE = 63 }; /* data without plain records then cost 1% */

void number_loop_open(struct number_loop *l, const struct distinct *d, const struct stream *s)
{
    const struct columns *key = &d->rules.key;
    size_t column = key->n > 0 ? key->at[0] : 0;
    bool is_one = (key->n > 0 ? key->n : d->rules.n_columns) == 1;
    uint64_t number;

    *l = (struct number_loop){
        .rules = { column, d->rules.n_columns, s->in.max_line },
        .find = VECTOR_PICK(plain_find),
        /* Unless the name of the column is a number, no record with a number equals the header line. */
        .is_on = DISTINCT_HAS_NUMBERS && d->is_immediate && is_one &&
                 (s->header.names == NULL || !intset_parse(s->header.names[column], &number)),
    };
}

#if __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__

/* The value of eight digits without the '0' in each; the first one is the lowest byte. */
static inline uint64_t combine(uint64_t digits)
{
    digits = (digits * 10 + (digits >> 8)) & UINT64_C(0x00ff00ff00ff00ff);
    digits = (digits * 100 + (digits >> 16)) & UINT64_C(0x0000ffff0000ffff);
    return (digits * 10000 + (digits >> 32)) & UINT64_C(0xffffffff);
}

/* intset_parse() without a loop, for up to 16 digits. Eight bytes from TEXT.at on must be readable. */
static inline bool parse(struct span text, uint64_t *number)
{
    const uint64_t zeros = UINT64_C(0x3030303030303030);
    const uint64_t high_bits = UINT64_C(0x8080808080808080);
    const uint64_t to_high_bit = UINT64_C(0x7676767676767676); /* from ten on */
    uint64_t first;
    uint64_t last;

    if (text.len - 1 >= 16 || (*text.at == '0' && text.len > 1))
        return intset_parse(text, number);
    memcpy(&first, text.at, sizeof first);
    first ^= zeros;
    if (text.len > 8) {
        memcpy(&last, text.at + text.len - 8, sizeof last);
        last ^= zeros;
        first <<= 8 * (16 - text.len);
    } else {
        last = first << 8 * (8 - text.len);
        first = 0;
    }
    *number = combine(first) * 100000000 + combine(last);
    return ((first | (first + to_high_bit) | last | (last + to_high_bit)) & high_bits) == 0;
}

#else

static inline bool parse(struct span text, uint64_t *number)
{
    return intset_parse(text, number);
}

#endif

/* A batch of plain records. */
struct found {
    struct plain_record records[INTSET_BATCH];
    uint64_t numbers[INTSET_BATCH];
    uint64_t hashes[INTSET_BATCH];
};

/* Parses and hashes the keys of the N records. Returns how many, up to the first whose key is not a number. */
static size_t find_numbers(const struct intset *set, struct found *found, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        if (!parse(found->records[i].key, &found->numbers[i]))
            return i;
        found->hashes[i] = intset_hash(set, found->numbers[i]);
        intset_prefetch(set, found->hashes[i]);
    }
    return n;
}

static void write_run(struct distinct *d, const char *start, const char *end)
{
    if (end > start)
        xwriter_lines(d->kept.out, (struct span){ start, (size_t)(end - start) });
}

/* Processes the N records from AT on. RUN is where those begin that are kept and not yet written; returns it. */
static const char *xprocess(struct distinct *d, const struct found *found, size_t n, const char *at, const char *run)
{
    for (size_t i = 0; i < n; i++) {
        const char *end = found->records[i].end;
        if (intset_add(&d->numbers, found->hashes[i], found->numbers[i])) {
            d->n_kept++;
        } else {
            write_run(d, run, at);
            xdistinct_drop(d, d->n_read + i, (struct span){ at, (size_t)(end - at) - 1 });
            run = end;
        }
        at = end;
    }
    d->n_read += n;
    return run;
}

void xnumber_loop(struct number_loop *l, struct distinct *d, struct stream *s)
{
    struct found found;
    const char *at = s->in.at;
    const char *run = at;
    size_t n_taken = 0;

    if (!l->is_on || l->waits > 0) {
        l->waits -= l->waits > 0;
        return;
    }
    while (at < s->in.whole) {
        size_t n = l->find(&l->rules, (struct span){ at, (size_t)(s->in.whole - at) }, found.records, INTSET_BATCH);
        n = find_numbers(&d->numbers, &found, n);
        if (n == 0 || !xdistinct_make_room(d, n))
            break;
        run = xprocess(d, &found, n, at, run);
        at = found.records[n - 1].end;
        n_taken += n;
    }
    write_run(d, run, at);
    if (at == s->in.whole || n_taken >= INTSET_BATCH)
        l->pause = 0;
    else if (l->pause < MOST_PAUSE)
        l->pause = 2 * l->pause + 1;
    l->waits = l->pause;
    s->n_read += n_taken;
    s->in.line += n_taken;
    s->in.at += at - s->in.at;
}
