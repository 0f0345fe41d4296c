/* SPDX-License-Identifier: MIT */
#include "totals.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/memory.h"
#include "base/quote.h"
#include "stream/tsv.h"

/* One group and bucket and its totals: views. */
struct total {
    struct span group;
    int64_t start;
    const struct aggregate_total *values; /* NULL: no records */
};

void xtotals_open(struct totals *t, bool has_groups, const struct when *when, const struct aggregates *aggregates,
                  struct totals_rules rules)
{
    *t = (struct totals){ .has_groups = has_groups, .when = when, .rules = rules };
    t->aggregates = aggregates->at;
    t->n = aggregates->n;
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
    int64_t step = bucket_step(&t->when->unit, seconds);
    struct totals_memo *memo = &t->memo[(uint32_t)step % TOTALS_MEMO];
    bool is_known = memo->step == step;

    if (is_known && !t->has_groups)
        return memo->place;
    if (!is_known)
        memo->start = bucket_start(&t->when->unit, seconds);
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

/* All of T, sorted, for the caller to free. */
static struct total *sort(const struct totals *t)
{
    struct total *all = xcalloc(t->keys.n, sizeof *all);
    struct total *next = all;
    struct span key;

    for (const size_t *place = NULL; (place = keyset_next(&t->keys, place, &key)) != NULL; next++) {
        next->group = (struct span){ key.at, key.len - sizeof next->start };
        memcpy(&next->start, key.at + next->group.len, sizeof next->start);
        next->values = totals_at(t, *place);
    }
    qsort(all, t->keys.n, sizeof *all, compare_totals);
    return all;
}

/* Ends the program because aggregate A of TOTAL has too many digits. */
static _Noreturn void stop(const struct totals *t, struct stream *s, const struct total *total,
                           const struct aggregate *a)
{
    char bucket[BUCKET_SIZE];
    struct quoted column;
    struct quoted of;

    bucket_format(&t->when->unit, total->start, bucket);
    for (char *tab = bucket; (tab = strchr(tab, '\t')) != NULL;)
        *tab = ' ';
    xstream_stop(s, s->in.line, "column %s: the total%s%s%s%s has too many digits", quote(&column, a->name),
                 t->has_groups ? " of " : "", quote(&of, total->group),
                 bucket_is_all(&t->when->unit) ? "" : t->has_groups ? ", " : " of ", bucket);
}

/* Whether the bucket START is written. */
static bool is_wanted(const struct totals *t, int64_t start)
{
    return !t->rules.whole || when_is_whole(t->when, start);
}

static void write_total(const struct totals *t, struct writer *w, const struct total *total)
{
    const struct aggregate_total none = { 0 };
    size_t n = 0;

    if (t->has_groups) {
        xwriter_bytes(w, total->group);
        n++;
    }
    if (!bucket_is_all(&t->when->unit)) {
        char bucket[BUCKET_SIZE];
        if (n++ > 0)
            xwriter_char(w, '\t');
        xwriter_bytes(w, (struct span){ bucket, bucket_format(&t->when->unit, total->start, bucket) });
        if (t->rules.partial)
            xwriter_bytes(w, span_of(when_is_whole(t->when, total->start) ? "\t0" : "\t1"));
    }
    for (size_t i = 0; i < t->n; i++) {
        if (n++ > 0)
            xwriter_char(w, '\t');
        xaggregate_write(w, &t->aggregates[i], total->values != NULL ? &total->values[i] : &none);
    }
    xwriter_char(w, '\n');
    writer_commit(w);
}

/* Writes the N totals of one group, and those from bucket FIRST to LAST that the rules ask for. */
static void write_group(const struct totals *t, struct writer *w, const struct total *all, size_t n, int64_t first,
                        int64_t last)
{
    const bool fills = t->rules.fill || t->rules.fill_all;
    struct total next = { all->group, first, NULL };

    for (size_t i = 0; next.start <= last;) {
        bool is_gap = i == n || next.start < all[i].start;
        if (is_wanted(t, next.start))
            write_total(t, w, is_gap ? &next : &all[i]);
        i += !is_gap;
        if (next.start == last)
            return;
        next.start = fills ? when_next(t->when, next.start) : INT64_MAX;
        if (i < n && all[i].start < next.start)
            next.start = all[i].start;
    }
}

void xtotals_write(struct totals *t, struct stream *s)
{
    int64_t first = INT64_MAX;
    int64_t last = INT64_MIN;
    size_t end;

    if (bucket_is_all(&t->when->unit) && !t->has_groups)
        xtotals_find(t, (struct span){ "", 0 }, 0);
    struct total *all = sort(t);
    for (size_t i = 0; i < t->keys.n; i++) {
        first = all[i].start < first ? all[i].start : first;
        last = all[i].start > last ? all[i].start : last;
        for (size_t a = 0; a < t->n; a++)
            if (!aggregate_fits(&t->aggregates[a], &all[i].values[a]) && is_wanted(t, all[i].start))
                stop(t, s, &all[i], &t->aggregates[a]);
    }
    for (size_t i = 0; i < t->keys.n; i = end) {
        for (end = i + 1; end < t->keys.n && span_equal(all[i].group, all[end].group);)
            end++;
        write_group(t, &s->out, &all[i], end - i, t->rules.fill_all ? first : all[i].start,
                    t->rules.fill_all ? last : all[end - 1].start);
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
