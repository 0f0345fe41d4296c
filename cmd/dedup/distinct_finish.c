/* SPDX-License-Identifier: MIT */
#include <stdlib.h>

#include "base/memory.h"
#include "distinct.h"

static int compare_positions(const void *a, const void *b)
{
    uint64_t left = (*(struct item *const *)a)->position;
    uint64_t right = (*(struct item *const *)b)->position;

    return (left > right) - (left < right);
}

/* Writes and releases the records that are held, by position. */
static void write_held(struct distinct *d)
{
    struct item **all = xcalloc(d->keys.n, sizeof *all);
    struct span key;
    size_t n = 0;
    bool is_sorted = true;

    for (struct item *held = NULL; (held = keyset_next(&d->keys, held, &key)) != NULL;)
        if (held->record.at != NULL) {
            is_sorted &= n == 0 || all[n - 1]->position < held->position;
            all[n++] = held;
        }
    /* A partition is not in order if a record that was held was spilled to it after records of later keys. */
    if (!is_sorted)
        qsort(all, n, sizeof *all, compare_positions);
    for (size_t i = 0; i < n; i++) {
        xdistinct_keep(d, all[i]);
        distinct_release(d, all[i]);
    }
    free(all);
}

/* Ends the input or a partition: writes what is held and forgets the keys. */
static void end_level(struct distinct *d)
{
    if (!d->is_immediate) {
        /* Spilled records may belong between those still held, so these are a run, too. */
        if (d->partitions.is_open && d->partitions.level == 0)
            xmerge_begin_run(&d->kept);
        write_held(d);
    }
    xpartitions_end(&d->partitions);
    backlog_end_run(&d->backlog);
    xkeyset_clear(&d->keys, partitions_n_next(&d->partitions));
    intset_clear(&d->numbers);
}

/* Processes the items of a partition as xdistinct_add() and xdistinct_finish_batch() process the input. */
static void process_partition(struct distinct *d, struct reader *items)
{
    struct record r = { .text = NULL };

    xrecord_size(&r, d->rules.n_columns);
    if (!d->is_immediate)
        xmerge_begin_run(&d->kept);
    if (!d->is_immediate && d->dropped.out != NULL)
        xmerge_begin_run(&d->dropped);
    for (;;) {
        if (distinct_is_full(d) || !spill_has_buffered(items))
            xdistinct_finish_batch(d);
        struct distinct_pending *p = &d->pending[d->n_pending];
        if (!xspill_read(items, &p->item))
            break;
        d->n_pending++;
        if (d->is_immediate) {
            p->key = p->item.record;
            distinct_hash_key(d, p);
        } else {
            r.text = (char *)p->item.record.at;
            record_resplit(&r, p->item.record.len);
            xdistinct_find_key(d, p, &r);
        }
    }
    record_free(&r);
    spill_close(items);
}

void xdistinct_finish(struct distinct *d)
{
    struct reader items;

    xdistinct_finish_batch(d);
    end_level(d);
    while (partitions_next(&d->partitions, &items)) {
        process_partition(d, &items);
        end_level(d);
    }
    if (!backlog_is_empty(&d->backlog))
        xbacklog_finish(&d->backlog, d->kept.out, d->dropped.out);
    xmerge_finish(&d->kept);
    if (d->dropped.out != NULL)
        xmerge_finish(&d->dropped);
    keyset_close(&d->keys);
    intset_close(&d->numbers);
    choice_close(&d->choice);
    for (size_t i = 0; i < DISTINCT_BATCH; i++)
        buffer_free(&d->pending[i].buffer);
}
