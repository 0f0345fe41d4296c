/* SPDX-License-Identifier: MIT */
#include "plain_loop.h"

#ifdef WEIR_PLAIN
enum { HAS_LOOP = false };
#else
enum { HAS_LOOP = true };
#endif

enum { MOST_PAUSE = 63 }; /* the loop then costs less than 1% on data without plain records */

void plain_loop_open(struct plain_loop *l, const struct distinct *d, const struct stream *s)
{
    const struct columns *key = &d->rules.key;
    size_t first = key->n > 0 ? key->at[0] : 0;
    size_t n = key->n > 0 ? key->n : d->rules.n_columns;
    uint64_t number;

    *l = (struct plain_loop){
        .is_on = HAS_LOOP && columns_are_adjacent(key),
        .rules = { first, first + n - 1, d->rules.n_columns, s->in.max_line },
        /* Unless the name of the column is a number, no record with a number equals the header line. */
        .has_numbers = DISTINCT_HAS_NUMBERS && d->is_immediate && n == 1 &&
                       (s->header.names == NULL || !intset_parse(s->header.names[first], &number)),
        .find = VECTOR_PICK(plain_find),
    };
}

/* Adds the N records of RECORDS, which begin at AT, if all their keys are numbers and there is room. */
static bool xadd_numbers(struct distinct *d, const struct plain_record *records, size_t n, const char *at)
{
    struct distinct_number numbers[INTSET_BATCH];
    const char *end = at;

    for (size_t i = 0; i < n; i++) {
        end += records[i].len + 1;
        if (!intset_parse(records[i].key, &numbers[i].number))
            return false;
        numbers[i].end = end;
        numbers[i].hash = intset_hash(&d->numbers, numbers[i].number);
        intset_prefetch(&d->numbers, numbers[i].hash);
    }
    return xdistinct_add_numbers(d, numbers, n, at);
}

/* Adds the N records of RECORDS, which begin at AT, up to one that equals the header line. Returns their number. */
static size_t xadd_records(struct distinct *d, const struct plain_record *records, size_t n, const char *at,
                           const struct header *header)
{
    size_t i = 0;

    for (; i < n; i++) {
        struct span record = { at, records[i].len };
        if (distinct_is_full(d))
            xdistinct_process(d);
        if (record.len == header->len && header_is(header, record))
            break;
        xdistinct_add_key(d, record, records[i].key);
        at += record.len + 1;
    }
    xdistinct_process(d);
    return i;
}

void xplain_loop(struct plain_loop *l, struct distinct *d, struct stream *s)
{
    struct plain_record records[INTSET_BATCH];
    uint64_t n_before = d->n_read;
    size_t n = INTSET_BATCH;

    if (!l->is_on || l->waits > 0) {
        l->waits -= l->waits > 0;
        return;
    }
    while (n > 0 && s->in.at < s->in.whole) {
        n = l->find(&l->rules, (struct span){ s->in.at, (size_t)(s->in.whole - s->in.at) }, records,
                    INTSET_BATCH);
        if (!l->has_numbers || !xadd_numbers(d, records, n, s->in.at))
            n = xadd_records(d, records, n, s->in.at, &s->header);
        for (size_t i = 0; i < n; i++)
            s->in.at += records[i].len + 1;
    }
    xdistinct_finish_batch(d);
    if (n > 0 || d->n_read - n_before >= INTSET_BATCH)
        l->pause = 0;
    else if (l->pause < MOST_PAUSE)
        l->pause = 2 * l->pause + 1;
    l->waits = l->pause;
    s->n_read += d->n_read - n_before;
    s->in.line += d->n_read - n_before;
}
