/* SPDX-License-Identifier: MIT */
#include "distinct.h"

#include <stdlib.h>

#include "base/fold.h"
#include "base/memory.h"
#include "base/plain.h"
#include "trim.h"

enum {
    OVERHEAD = 6 << 20, /* blocks of input, output, partitions and runs; libc */
    FILTER = 2, /* bytes for a key, in xkeyset_freeze() */
    MALLOC_OVERHEAD = 24, /* with the pointer that sorts a record */
};

void xdistinct_open(struct distinct *d, const struct distinct_rules *rules, struct writer *out, struct writer *dups)
{
    *d = (struct distinct){
        .rules = *rules,
        .is_immediate = rules->keep == CHOICE_FIRST && !rules->count,
        .kept = { .out = out, .with_count = rules->count },
        .dropped = { .out = dups },
    };
    if (d->rules.memory < DISTINCT_LEAST_MEMORY)
        d->rules.memory = DISTINCT_LEAST_MEMORY;
    xchoice_open(&d->choice, rules->keep, rules->by, rules->n_columns);
    xintset_open(&d->numbers);
    d->look_up = VECTOR_PICK(intset_look_up);
    xkeyset_open(&d->keys, d->is_immediate ? 0 : sizeof(struct item));
}

void distinct_hash_key(struct distinct *d, struct distinct_pending *p)
{
    bool is_packed = pack_is(p->key);

    p->is_number = !IS_PLAIN && d->is_immediate && !is_packed && intset_parse(p->key, &p->number.value);
    if (p->is_number) {
        p->hash = p->number.hash = intset_hash(&d->numbers, p->number.value);
        intset_prefetch(&d->numbers, p->hash);
    } else {
        if (!IS_PLAIN && !is_packed)
            p->key = pack(&d->packer, p->key, p->packed);
        p->may_be_held = true;
        p->hash = keyset_hash(&d->keys, p->key);
        keyset_prefetch(&d->keys, p->hash);
    }
}

/* Makes KEY the key of P. */
static void set_key(struct distinct *d, struct distinct_pending *p, struct span key)
{
    p->key = key;
    if (d->rules.trim)
        p->key = xtrim(p->key, &p->buffer);
    if (d->rules.ignore_case)
        p->key = xfold(p->key, &p->buffer);
    distinct_hash_key(d, p);
}

void xdistinct_find_key(struct distinct *d, struct distinct_pending *p, const struct record *r)
{
    set_key(d, p, d->rules.key.n > 0 ? xcolumns_join(&d->rules.key, r, &p->buffer) : p->item.record);
}

void xdistinct_add(struct distinct *d, const struct record *r)
{
    struct distinct_pending *p = &d->pending[d->n_pending++];

    p->item = (struct item){ d->n_read++, 1, record_line(r) };
    xdistinct_find_key(d, p, r);
}

void xdistinct_add_key(struct distinct *d, struct span record, struct span key)
{
    struct distinct_pending *p = &d->pending[d->n_pending++];

    p->item = (struct item){ d->n_read++, 1, record };
    set_key(d, p, key);
}

void xdistinct_keep(struct distinct *d, const struct item *item)
{
    d->n_kept++;
    if (backlog_is_empty(&d->backlog))
        xmerge_add(&d->kept, item);
}

static void drop(struct distinct *d, uint64_t position, struct span record)
{
    if (d->is_immediate && d->partitions.level > 0)
        xbacklog_drop(&d->backlog, position);
    else if (d->dropped.out != NULL && !backlog_is_empty(&d->backlog))
        xbacklog_drop(&d->backlog, xbacklog_add(&d->backlog, record));
    else if (d->dropped.out != NULL)
        xmerge_add(&d->dropped, &(struct item){ position, 1, record });
}

/* Adds ITEM to a partition. */
static void partition(struct distinct *d, uint64_t hash, const struct item *item)
{
    if (!d->partitions.is_open)
        xkeyset_freeze(&d->keys);
    xpartitions_add(&d->partitions, hash, item);
}

static void spill(struct distinct *d, uint64_t hash, const struct item *item)
{
    /* From here on, dropped records come in runs that must be merged. */
    if (!d->partitions.is_open && d->partitions.level == 0 && d->dropped.out != NULL)
        xmerge_begin_run(&d->dropped);
    partition(d, hash, item);
}

/* spill() if is_immediate: the record is written to the backlog, its place there and its key to a partition. */
static void spill_key(struct distinct *d, const struct distinct_pending *p)
{
    uint64_t place = d->partitions.level == 0 ? xbacklog_add(&d->backlog, p->item.record) : p->item.position;

    partition(d, p->hash, &(struct item){ .position = place, .record = p->key });
}

/* Whether sets of KEYS and NUMBERS bytes and HELD bytes of records fit. */
static bool is_within(const struct distinct *d, size_t keys, size_t numbers, size_t held)
{
    return keys + FILTER * d->keys.n + numbers + held + OVERHEAD <= d->rules.memory;
}

/* Whether a key of KEY_LEN bytes and a record of RECORD_LEN bytes fit in addition to HELD bytes of records. */
static bool fits(const struct distinct *d, size_t key_len, size_t held, size_t record_len)
{
    return keyset_has_room(&d->keys) && is_within(d, keyset_memory_with(&d->keys, key_len), intset_memory(&d->numbers),
                                                  held + record_len + MALLOC_OVERHEAD);
}

static bool numbers_fit(const struct distinct *d, size_t n)
{
    return is_within(d, keyset_memory(&d->keys), intset_memory_with(&d->numbers, n), 0);
}

/*
 * Whether a new key may be added; FITS says whether there is room. After one new key was spilled, all are, because they
 * appeared after those held. The first key is added even if it does not fit, so that every level makes progress.
 */
static bool may_add(const struct distinct *d, bool fits)
{
    bool is_empty = d->keys.n == 0 && d->numbers.n_words == 0;

    return !d->partitions.is_open && (fits || is_empty);
}

/* Makes HELD, which holds no record, hold a copy of RECORD. */
static void hold(struct distinct *d, struct item *held, struct span record)
{
    held->record = (struct span){ xmemdup(record.at, record.len), record.len };
    d->held += record.len + MALLOC_OVERHEAD;
}

void distinct_release(struct distinct *d, struct item *held)
{
    d->held -= held->record.len + MALLOC_OVERHEAD;
    free((char *)held->record.at);
    held->record.at = NULL;
}

/*
 * Whether a record of RECORD_LEN bytes may replace that of HELD: if it fits, or if no other is held, so that every
 * level makes progress.
 */
static bool may_replace(const struct distinct *d, const struct item *held, size_t record_len)
{
    size_t others = d->held - (held->record.len + MALLOC_OVERHEAD);

    return record_len <= held->record.len || others == 0 || fits(d, 0, others, record_len);
}

/* Keeps the record of P or of HELD and drops the other. If that of P should be kept but does not fit, spills both. */
static void compare(struct distinct *d, const struct distinct_pending *p, struct item *held)
{
    bool is_better = held->record.at != NULL && choice_replaces(&d->choice, p->item.record, held->record);

    if (is_better && !may_replace(d, held, p->item.record.len)) {
        spill(d, p->hash, held);
        distinct_release(d, held);
    }
    if (held->record.at == NULL) {
        spill(d, p->hash, &p->item);
        return;
    }
    held->count += p->item.count;
    drop(d, p->item.position, is_better ? held->record : p->item.record);
    if (is_better) {
        distinct_release(d, held);
        hold(d, held, p->item.record);
    }
}

static void process_number(struct distinct *d, const struct distinct_pending *p)
{
    bool has_room = may_add(d, numbers_fit(d, 1));

    if (has_room)
        xintset_make_room(&d->numbers, 1);
    if (d->look_up(&d->numbers, &p->number, 1, has_room) != 0)
        drop(d, p->item.position, p->item.record);
    else if (has_room)
        xdistinct_keep(d, &p->item);
    else
        spill_key(d, p);
}

static void process_text(struct distinct *d, const struct distinct_pending *p)
{
    bool has_room = !d->partitions.is_open && may_add(d, fits(d, p->key.len, d->held, p->item.record.len));
    bool is_new = false;
    struct item *held = has_room ? xkeyset_add(&d->keys, p->hash, p->key, &is_new)
                     : p->may_be_held ? keyset_find(&d->keys, p->hash, p->key) : NULL;

    if (held == NULL && d->is_immediate)
        spill_key(d, p);
    else if (held == NULL)
        spill(d, p->hash, &p->item);
    else if (d->is_immediate && is_new)
        xdistinct_keep(d, &p->item);
    else if (d->is_immediate)
        drop(d, p->item.position, p->item.record);
    else if (!is_new)
        compare(d, p, held);
    else {
        *held = p->item;
        hold(d, held, p->item.record);
    }
}

bool xdistinct_add_numbers(struct distinct *d, const struct plain_record *records, const struct intset_number *numbers,
                           size_t n, const char *at)
{
    const char *end = records[n - 1].end;

    if (!may_add(d, numbers_fit(d, n)))
        return false;
    xintset_make_room(&d->numbers, n);
    uint64_t known = d->look_up(&d->numbers, numbers, n, true);
    d->n_kept += n - (size_t)__builtin_popcountll(known);
    for (; known != 0; known &= known - 1) {
        size_t i = (size_t)__builtin_ctzll(known);
        const char *start = i > 0 ? records[i - 1].end : at;
        xmerge_add_lines(&d->kept, (struct span){ at, (size_t)(start - at) });
        at = records[i].end;
        drop(d, d->n_read + i, (struct span){ start, (size_t)(at - start) - 1 });
    }
    xmerge_add_lines(&d->kept, (struct span){ at, (size_t)(end - at) });
    d->n_read += n;
    return true;
}

void xdistinct_process(struct distinct *d)
{
    for (size_t i = 0; i < d->n_pending && d->partitions.is_open; i++)
        d->pending[i].may_be_held = keyset_may_have(&d->keys, d->pending[i].hash);
    for (size_t i = 0; i < d->n_pending; i++)
        if (d->pending[i].is_number)
            process_number(d, &d->pending[i]);
        else
            process_text(d, &d->pending[i]);
    d->n_pending = 0;
}

void xdistinct_finish_batch(struct distinct *d)
{
    xdistinct_process(d);
    xmerge_write(&d->kept);
    xmerge_write(&d->dropped);
}
