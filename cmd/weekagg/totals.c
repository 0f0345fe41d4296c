/* SPDX-License-Identifier: MIT */
#include "totals.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/memory.h"
#include "stream/tsv.h"

/* One group and bucket and its totals: views. */
struct total {
    struct span group;
    int64_t start;
    const struct aggregate_total *values; /* NULL: no records */
};

void xtotals_open(struct totals *t, bool has_groups, const struct bucket_unit *unit,
                  const struct aggregates *aggregates)
{
    *t = (struct totals){ .has_groups = has_groups, .unit = unit, .aggregates = aggregates->at, .n = aggregates->n };
    xkeyset_open(&t->keys, sizeof t->place);
    for (size_t i = 0; i < TOTALS_MEMO; i++)
        t->memo[i].step = INT64_MIN;
}

static bool is_last(const struct totals *t, struct span group, int64_t start)
{
    return t->key.len == group.len + sizeof start && memcmp(t->key.at, group.at, group.len) == 0 &&
           memcmp(t->key.at + group.len, &start, sizeof start) == 0;
}

/* Makes GROUP in the bucket START the key found last. */
static void look_up(struct totals *t, struct span group, int64_t start)
{
    const size_t size = t->n * sizeof *t->values;
    bool is_new;

    t->key.len = 0;
    xbuffer_append(&t->key, group);
    xbuffer_append(&t->key, (struct span){ (const char *)&start, sizeof start });

    struct span key = buffer_span(&t->key);
    size_t *place = xkeyset_add(&t->keys, keyset_hash(&t->keys, key), key, &is_new);
    if (is_new) {
        *place = t->keys.n - 1;
        t->values = xgrow(t->values, *place, size);
        memset(totals_at(t, *place), 0, size);
    }
    t->place = *place;
}

size_t xtotals_find(struct totals *t, struct span group, int64_t seconds)
{
    int64_t step = bucket_step(t->unit, seconds);
    struct totals_memo *memo = &t->memo[(uint32_t)step % TOTALS_MEMO];
    bool is_known = memo->step == step;

    if (is_known && !t->has_groups)
        return memo->place;
    if (!is_known)
        memo->start = bucket_start(t->unit, seconds);
    if (!is_last(t, group, memo->start))
        look_up(t, group, memo->start);
    memo->step = step;
    memo->place = t->place;
    return t->place;
}

static int compare_totals(const void *left, const void *right)
{
    const struct total *a = left;
    const struct total *b = right;
    int order = tsv_compare(a->group, b->group);

    return order != 0 ? order : (a->start > b->start) - (a->start < b->start);
}

/* Splits KEY into *GROUP, a view, and *START. */
static void split_key(struct span key, struct span *group, int64_t *start)
{
    *group = (struct span){ key.at, key.len - sizeof *start };
    memcpy(start, key.at + group->len, sizeof *start);
}

/* All of T, sorted, for the caller to free. */
static struct total *sort(const struct totals *t)
{
    struct total *all = xcalloc(t->keys.n, sizeof *all);
    struct total *next = all;
    struct span key;

    for (const size_t *place = NULL; (place = keyset_next(&t->keys, place, &key)) != NULL; next++) {
        split_key(key, &next->group, &next->start);
        next->values = totals_at(t, *place);
    }
    qsort(all, t->keys.n, sizeof *all, compare_totals);
    return all;
}

/* Writes to REASON that aggregate A of KEY has too many digits. */
static void explain(const struct totals *t, const struct aggregate *a, struct span key, char *reason)
{
    char bucket[BUCKET_SIZE];
    struct span group;
    int64_t start;
    struct quoted column;
    struct quoted of;

    split_key(key, &group, &start);
    bucket[bucket_format(t->unit, start, bucket)] = '\0';
    for (char *tab = bucket; (tab = strchr(tab, '\t')) != NULL;)
        *tab = ' ';
    snprintf(reason, TOTALS_REASON_SIZE, "column %s: the total%s%s%s%s has too many digits", quote(&column, a->name),
             t->has_groups ? " of " : "", quote(&of, group),
             t->unit == &bucket_all ? "" : t->has_groups ? ", " : " of ", bucket);
}

bool totals_fit(const struct totals *t, char reason[TOTALS_REASON_SIZE])
{
    struct span key;

    for (const size_t *place = NULL; (place = keyset_next(&t->keys, place, &key)) != NULL;)
        for (size_t i = 0; i < t->n; i++) {
            const struct aggregate *a = &t->aggregates[i];
            if (!aggregate_fits(a, &totals_at(t, *place)[i])) {
                explain(t, a, key, reason);
                return false;
            }
        }
    return true;
}

static void write_total(const struct totals *t, struct writer *w, const struct total *total)
{
    const struct aggregate_total none = { 0 };
    size_t n = 0;

    if (t->has_groups) {
        xwriter_bytes(w, total->group);
        n++;
    }
    if (t->unit != &bucket_all) {
        char bucket[BUCKET_SIZE];
        if (n++ > 0)
            xwriter_char(w, '\t');
        xwriter_bytes(w, (struct span){ bucket, bucket_format(t->unit, total->start, bucket) });
    }
    for (size_t i = 0; i < t->n; i++) {
        if (n++ > 0)
            xwriter_char(w, '\t');
        xaggregate_write(w, &t->aggregates[i], total->values != NULL ? &total->values[i] : &none);
    }
    xwriter_char(w, '\n');
    writer_commit(w);
}

void xtotals_write(const struct totals *t, struct writer *w, const struct when *fill)
{
    struct total *all = sort(t);

    for (size_t i = 0; i < t->keys.n; i++) {
        struct total gap = all[i];
        gap.values = NULL;
        if (fill != NULL && i > 0 && span_equal(all[i].group, all[i - 1].group))
            gap.start = when_next(fill, all[i - 1].start);
        for (; gap.start < all[i].start; gap.start = when_next(fill, gap.start))
            write_total(t, w, &gap);
        write_total(t, w, &all[i]);
    }
    free(all);
}

void totals_close(struct totals *t)
{
    for (size_t place = 0; place < t->keys.n; place++)
        for (size_t i = 0; i < t->n; i++)
            if (t->aggregates[i].function->free != NULL)
                t->aggregates[i].function->free(&totals_at(t, place)[i]);
    keyset_close(&t->keys);
    free(t->values);
    buffer_free(&t->key);
}
