/* SPDX-License-Identifier: MIT */
#include "plain_loop.h"

#include "base/plain.h"

enum { MOST_PAUSE = 63 }; /* the loop then costs less than 1% on data without plain records */

void plain_loop_open(struct plain_loop *l, const struct distinct *d, const struct stream *s)
{
    const struct columns *key = &d->rules.key;
    size_t first = key->n > 0 ? key->at[0] : 0;
    size_t n = key->n > 0 ? key->n : d->rules.n_columns;
    uint64_t number;

    *l = (struct plain_loop){
        .is_on = !IS_PLAIN && columns_are_adjacent(key),
        .rules = { first, first + n - 1, d->rules.n_columns, s->in.max_line },
        /* Unless the name of the column is a number, no record with a number equals the header line. */
        .has_numbers = d->is_immediate && n == 1 &&
                       (s->header.names == NULL || !intset_parse(s->header.names[first], &number)),
        .find = VECTOR_PICK(plain_record_find),
        .parse = VECTOR_PICK(intset_parse_all),
    };
}

/* Adds the N records of RECORDS, which begin at AT, if all their keys are numbers and there is room. */
static bool xadd_numbers(const struct plain_loop *l, struct distinct *d, const struct plain_record *records, size_t n,
                         const char *at)
{
    struct intset_number numbers[PLAIN_RECORD_BATCH];

    return l->has_numbers && l->parse(&d->numbers, records, n, numbers) &&
           xdistinct_add_numbers(d, records, numbers, n, at);
}

/* Adds the N records of RECORDS, which begin at AT, up to one that equals the header line. Returns their number. */
static size_t xadd_records(struct distinct *d, const struct plain_record *records, size_t n, const char *at,
                           const struct header *header)
{
    size_t i = 0;

    for (; i < n; i++) {
        struct span record = { at, (size_t)(records[i].end - at) - 1 };
        if (distinct_is_full(d))
            xdistinct_process(d);
        if (record.len == header->len && header_is(header, record))
            break;
        xdistinct_add_key(d, record, records[i].part);
        at = records[i].end;
    }
    xdistinct_process(d);
    return i;
}

void xplain_loop(struct plain_loop *l, struct distinct *d, struct stream *s)
{
    struct plain_record records[PLAIN_RECORD_BATCH];
    uint64_t n_before = d->n_read;
    size_t n = PLAIN_RECORD_BATCH;

    if (!l->is_on || l->waits > 0) {
        l->waits -= l->waits > 0;
        return;
    }
    while (n > 0 && s->in.at < s->in.whole) {
        n = l->find(&l->rules, (struct span){ s->in.at, (size_t)(s->in.whole - s->in.at) }, records,
                    PLAIN_RECORD_BATCH);
        if (n > 0 && !xadd_numbers(l, d, records, n, s->in.at))
            n = xadd_records(d, records, n, s->in.at, &s->header);
        if (n > 0)
            s->in.at += records[n - 1].end - s->in.at;
    }
    xdistinct_finish_batch(d);
    if (n > 0 || d->n_read - n_before >= PLAIN_RECORD_BATCH)
        l->pause = 0;
    else if (l->pause < MOST_PAUSE)
        l->pause = 2 * l->pause + 1;
    l->waits = l->pause;
    s->n_read += d->n_read - n_before;
    s->in.line += d->n_read - n_before;
}
