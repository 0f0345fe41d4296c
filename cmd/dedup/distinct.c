/* SPDX-License-Identifier: MIT */
#include "distinct.h"

#include <stdlib.h>

#include "base/memory.h"
#include "value/order.h"

enum {
    OVERHEAD = 6 << 20,     /* blocks of input, output, partitions and runs; libc */
    BITS = 4,               /* of the hash for a level of partitions */
    LEVELS = 32 / BITS,     /* the lower half of the hash; the upper half is the table's */
    MALLOC_OVERHEAD = 16,
};

/* The payload of a key when a record must be held until the end. */
struct held {
    uint64_t position;
    uint64_t count;
    char *record; /* NULL: it went to a partition, and what else comes for this key goes there too */
    size_t len;
};

/* A partition that waits, or the runs of one level. */
struct task {
    struct reader items;
    unsigned level;
};

const char *distinct_keep_word(int i)
{
    static const char *const words[] = { [KEEP_FIRST] = "first", [KEEP_LAST] = "last" };

    return (size_t)i < sizeof words / sizeof *words ? words[i] : NULL;
}

/* Whether a kept record is known as soon as its key appears. */
static bool is_immediate(const struct distinct_rules *rules)
{
    return rules->keep == KEEP_FIRST && !rules->count;
}

/* Whether the key of P goes to the numbers, and then sets which one it is. */
static inline bool find_number(const struct distinct *d, struct distinct_pending *p)
{
#ifdef WEIR_PLAIN
    return false;
#endif
    return is_immediate(&d->rules) && intset_parse(p->key, &p->number);
}

void xdistinct_open(struct distinct *d, const struct distinct_rules *rules, struct writer *out, struct writer *dups)
{
    *d = (struct distinct){ .rules = *rules, .wants_dropped = dups != NULL };
    if (d->rules.memory < DISTINCT_LEAST_MEMORY)
        d->rules.memory = DISTINCT_LEAST_MEMORY;
    d->challenger.starts = xcalloc(rules->n_columns + 1, sizeof *d->challenger.starts);
    d->defender.starts = xcalloc(rules->n_columns + 1, sizeof *d->defender.starts);
    xintset_open(&d->numbers);
    xkeyset_open(&d->keys, is_immediate(rules) ? 0 : sizeof(struct held));
    spill_merge_open(&d->kept, out, rules->count);
    spill_merge_open(&d->dropped, dups, false);
}

/* Finds the key of P, whose fields are those of R. */
static void find_key(struct distinct *d, struct distinct_pending *p, const struct record *r)
{
    p->key = d->rules.key.n > 0 ? xcolumns_join(&d->rules.key, r, &p->buffer) : p->item.record;
    if (d->rules.ignore_case)
        p->key = xcolumns_fold(p->key, &p->buffer);
    p->is_number = find_number(d, p);
    if (p->is_number) {
        p->hash = intset_hash(&d->numbers, p->number);
        intset_prefetch(&d->numbers, p->hash);
    } else {
        p->hash = keyset_hash(&d->keys, p->key);
        keyset_prefetch(&d->keys, p->hash);
    }
}

void xdistinct_add(struct distinct *d, const struct record *r)
{
    struct distinct_pending *p = &d->pending[d->n_pending++];

    p->item = (struct item){ d->n_read++, 1, record_line(r) };
    find_key(d, p, r);
}

/* Makes RECORD the one whose fields FIELDS finds. */
static void fields_begin(struct distinct_fields *fields, struct span record)
{
    fields->end = record.at + record.len;
    fields->starts[0] = record.at;
    fields->n = 0;
}

static struct span field_of(struct distinct_fields *fields, size_t i)
{
    const char **starts = fields->starts;
    const char *end = fields->end;

    while (fields->n <= i) {
        const char *start = starts[fields->n];
        const char *tab = memchr(start, '\t', (size_t)(end - start));
        starts[++fields->n] = (tab != NULL ? tab : end) + 1;
    }
    return (struct span){ starts[i], (size_t)(starts[i + 1] - 1 - starts[i]) };
}

/* Whether CHALLENGER, which came later, takes the place of RECORD. */
static bool wins(struct distinct *d, struct span challenger, struct span record)
{
    const struct distinct_rules *rules = &d->rules;

    if (rules->keep == KEEP_FIRST || rules->keep == KEEP_LAST)
        return rules->keep == KEEP_LAST;
    fields_begin(&d->challenger, challenger);
    fields_begin(&d->defender, record);
    for (size_t i = 0; i < rules->by.n; i++) {
        size_t column = rules->by.at[i];
        int order = order_compare(field_of(&d->challenger, column), field_of(&d->defender, column));
        if (order != 0)
            return rules->keep == KEEP_MAX ? order > 0 : order < 0;
    }
    return false;
}

static void drop(struct distinct *d, uint64_t position, struct span record)
{
    if (d->wants_dropped)
        xspill_merge_add(&d->dropped, &(struct item){ position, 1, record });
}

/* Puts ITEM aside. Then what is dropped from now on is only a part of all that is, and what is kept may be. */
static void put_aside(struct distinct *d, uint64_t hash, const struct item *item)
{
    if (!d->has_partitions) {
        d->has_partitions = true;
        for (int i = 0; i < DISTINCT_PARTITIONS; i++)
            xspill_create(&d->partition[i]);
        if (d->level == 0 && d->wants_dropped)
            xspill_merge_begin_run(&d->dropped);
    }
    xspill_write(&d->partition[hash >> BITS * (d->level % LEVELS) & (DISTINCT_PARTITIONS - 1)], item);
}

/* Whether a record of RECORD_LEN bytes under a key of KEY_LEN fits beside HELD bytes of others. */
static bool fits(const struct distinct *d, size_t key_len, size_t held, size_t record_len)
{
    size_t memory = intset_memory(&d->numbers) + keyset_memory_with(&d->keys, key_len);

    return keyset_has_room(&d->keys) && memory + held + record_len + MALLOC_OVERHEAD + OVERHEAD <= d->rules.memory;
}

/* Whether one more number fits. */
static bool number_fits(const struct distinct *d)
{
    return intset_memory_with(&d->numbers) + keyset_memory(&d->keys) + OVERHEAD <= d->rules.memory;
}

/*
 * Whether to take in a new key that FITS, or the first one, which has to. Once a new key was put aside, all are: in the
 * order of their first appearance they come behind what is held.
 */
static bool has_room_for(const struct distinct *d, bool fits)
{
    bool is_empty = d->keys.n == 0 && d->numbers.n_words == 0;

    return !d->has_partitions && (fits || is_empty);
}

/* Whether HELD may make way for a record of RECORD_LEN bytes: if nothing else is held it must, for levels to end. */
static bool may_replace(const struct distinct *d, const struct held *held, size_t record_len)
{
    size_t others = d->held - (held->len + MALLOC_OVERHEAD);

    return record_len <= held->len || others == 0 || fits(d, 0, others, record_len);
}

static void hold(struct distinct *d, struct held *held, struct span record)
{
    if (held->record != NULL) {
        d->held -= held->len + MALLOC_OVERHEAD;
        free(held->record);
    }
    held->record = xmemdup(record.at, record.len);
    held->len = record.len;
    d->held += held->len + MALLOC_OVERHEAD;
}

static void keep(struct distinct *d, const struct item *item)
{
    d->n_kept++;
    xspill_merge_add(&d->kept, item);
}

/* The first item for a key whose record has to be held. */
static void begin_hold(struct distinct *d, const struct item *item, struct held *held)
{
    d->is_out_of_order |= item->position < d->last_position;
    d->last_position = item->position;
    held->position = item->position;
    held->count = item->count;
    hold(d, held, item->record);
}

/* Another item for a key whose record is held. */
static void challenge(struct distinct *d, const struct distinct_pending *p, struct held *held)
{
    struct span record = { held->record, held->len };
    struct item before = { held->position, held->count, record };

    if (held->record == NULL) {
        put_aside(d, p->hash, &p->item);
        return;
    }
    bool is_better = wins(d, p->item.record, record);
    if (is_better && !may_replace(d, held, p->item.record.len)) {
        put_aside(d, p->hash, &before);
        put_aside(d, p->hash, &p->item);
        d->held -= held->len + MALLOC_OVERHEAD;
        free(held->record);
        held->record = NULL;
        return;
    }
    held->count += p->item.count;
    drop(d, p->item.position, is_better ? record : p->item.record);
    if (is_better)
        hold(d, held, p->item.record);
}

static void settle_number(struct distinct *d, const struct distinct_pending *p)
{
    bool has_room = has_room_for(d, number_fits(d));
    bool is_known = has_room ? !xintset_add(&d->numbers, p->hash, p->number)
                             : intset_has(&d->numbers, p->hash, p->number);

    if (is_known)
        drop(d, p->item.position, p->item.record);
    else if (has_room)
        keep(d, &p->item);
    else
        put_aside(d, p->hash, &p->item);
}

static void settle_text(struct distinct *d, const struct distinct_pending *p)
{
    bool has_room = has_room_for(d, fits(d, p->key.len, d->held, p->item.record.len));
    bool is_new = false;
    void *payload = has_room ? xkeyset_add(&d->keys, p->hash, p->key, &is_new) : keyset_find(&d->keys, p->hash, p->key);

    if (payload == NULL)
        put_aside(d, p->hash, &p->item);
    else if (is_immediate(&d->rules) && is_new)
        keep(d, &p->item);
    else if (is_immediate(&d->rules))
        drop(d, p->item.position, p->item.record);
    else if (is_new)
        begin_hold(d, &p->item, payload);
    else
        challenge(d, p, payload);
}

void xdistinct_settle(struct distinct *d)
{
    for (size_t i = 0; i < d->n_pending; i++)
        if (d->pending[i].is_number)
            settle_number(d, &d->pending[i]);
        else
            settle_text(d, &d->pending[i]);
    d->n_pending = 0;
}

static int compare_positions(const void *a, const void *b)
{
    uint64_t left = (*(struct held *const *)a)->position;
    uint64_t right = (*(struct held *const *)b)->position;

    return (left > right) - (left < right);
}

/* Writes the records that are held, by position. */
static void release(struct distinct *d)
{
    struct held **all = xcalloc(d->keys.n, sizeof *all);
    struct span key;
    size_t n = 0;

    for (struct held *held = NULL; (held = keyset_next(&d->keys, held, &key)) != NULL;)
        if (held->record != NULL)
            all[n++] = held;
    /* They are in order but where a record that had been held was put aside in the end, behind younger ones. */
    if (d->is_out_of_order)
        qsort(all, n, sizeof *all, compare_positions);
    for (size_t i = 0; i < n; i++) {
        keep(d, &(struct item){ all[i]->position, all[i]->count, { all[i]->record, all[i]->len } });
        free(all[i]->record);
    }
    free(all);
    d->held = 0;
    d->is_out_of_order = false;
    d->last_position = 0;
}

/* Ends the work at one level: what is held goes out, and partitions become tasks. */
static void end_pass(struct distinct *d, struct task **tasks, size_t *n_tasks)
{
    if (!is_immediate(&d->rules)) {
        /* Some keys of the input may have gone to partitions after they were seen: no order is known. */
        if (d->has_partitions && d->level == 0)
            xspill_merge_begin_run(&d->kept);
        release(d);
    }
    keyset_clear(&d->keys);
    intset_clear(&d->numbers);
    if (!d->has_partitions)
        return;
    *tasks = xrealloc(*tasks, *n_tasks + DISTINCT_PARTITIONS, sizeof **tasks);
    for (int i = 0; i < DISTINCT_PARTITIONS; i++) {
        struct task *task = &(*tasks)[(*n_tasks)++];
        task->level = d->level + 1;
        xspill_reopen(&d->partition[i], &task->items);
    }
    d->has_partitions = false;
}

/* Works the items of a partition as xdistinct_add() and xdistinct_settle() work the input. */
static void work(struct distinct *d, struct task *task)
{
    struct record r = { .text = NULL };

    d->level = task->level;
    xrecord_size(&r, d->rules.n_columns);
    xspill_merge_begin_run(&d->kept);
    if (d->wants_dropped)
        xspill_merge_begin_run(&d->dropped);
    for (;;) {
        if (distinct_is_full(d) || !spill_has_buffered(&task->items))
            xdistinct_settle(d);
        struct distinct_pending *p = &d->pending[d->n_pending];
        if (!xspill_read(&task->items, &p->item))
            break;
        d->n_pending++;
        r.text = (char *)p->item.record.at;
        record_resplit(&r, p->item.record.len);
        find_key(d, p, &r);
    }
    record_free(&r);
    spill_close(&task->items);
}

void xdistinct_finish(struct distinct *d)
{
    struct task *tasks = NULL;
    size_t n_tasks = 0;

    xdistinct_settle(d);
    end_pass(d, &tasks, &n_tasks);
    while (n_tasks > 0) {
        struct task task = tasks[--n_tasks];
        work(d, &task);
        end_pass(d, &tasks, &n_tasks);
    }
    free(tasks);
    xspill_merge_finish(&d->kept);
    if (d->wants_dropped)
        xspill_merge_finish(&d->dropped);
    keyset_close(&d->keys);
    intset_close(&d->numbers);
    free(d->challenger.starts);
    free(d->defender.starts);
    for (size_t i = 0; i < DISTINCT_BATCH; i++)
        buffer_free(&d->pending[i].buffer);
}
