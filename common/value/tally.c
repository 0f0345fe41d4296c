/* SPDX-License-Identifier: MIT */
#include "value/tally.h"

void xtally_open(struct tally *t, size_t memory)
{
    *t = (struct tally){ .memory = memory > TALLY_LEAST_MEMORY ? memory : TALLY_LEAST_MEMORY };
    t->memory -= TALLY_OVERHEAD;
    xtally_keys_open(&t->keys);
}

static void write_key(struct writer *w, const struct tally_key *key)
{
    char text[TALLY_WORD];

    xspill_write(w, &(struct item){ key->group, key->count, tally_key_text(key, text) });
}

/* Ends the run W. */
static void end_run(struct tally *t, struct writer *w)
{
    xspill_reopen(w, &t->runs[t->n_runs++]);
}

/* Moves on to the next key of S. */
static void advance(struct tally *t, struct tally_source *s)
{
    struct item item = { .record = { NULL, 0 } };

    if (s->run != NULL) {
        s->is_at_end = !xspill_read(s->run, &item);
        if (s->is_at_end)
            return;
        s->key.group = item.position;
        s->key.count = item.count;
        tally_key_set(&s->key, item.record);
    } else {
        s->is_at_end = t->n_taken == t->keys.n;
        if (!s->is_at_end)
            tally_keys_next(&t->keys, &t->n_taken, &s->key);
    }
}

static void add_source(struct tally *t, struct reader *run)
{
    struct tally_source *s = &t->sources[t->n_sources++];

    s->run = run;
    advance(t, s);
}

/* The next key of all sources, with the count of all; valid until the next call. NULL after the last. */
static const struct tally_key *merge(struct tally *t)
{
    struct tally_source *end = t->sources + t->n_sources;
    struct tally_source *least = NULL;

    if (t->taken != NULL)
        advance(t, t->taken);
    for (struct tally_source *s = t->sources; s < end; s++) {
        if (s->is_at_end)
            continue;
        int order = least != NULL ? tally_key_compare(&s->key, &least->key) : -1;
        if (order == 0) {
            least->key.count += s->key.count;
            advance(t, s);
        } else if (order < 0) {
            least = s;
        }
    }
    t->taken = least;
    return least != NULL ? &least->key : NULL;
}

/* Merges the oldest runs into one, the newest. */
static void merge_runs(struct tally *t)
{
    const struct tally_key *key;
    struct writer w;

    xspill_create(&w);
    for (size_t i = 0; i < TALLY_FAN_IN; i++)
        add_source(t, &t->runs[i]);
    while ((key = merge(t)) != NULL)
        write_key(&w, key);
    for (size_t i = 0; i < TALLY_FAN_IN; i++)
        spill_close(&t->runs[i]);
    t->n_sources = 0;
    t->n_runs -= TALLY_FAN_IN;
    memmove(t->runs, t->runs + TALLY_FAN_IN, t->n_runs * sizeof *t->runs);
    end_run(t, &w);
}

/* Writes the sorted keys in memory as a run. */
static void spill(struct tally *t)
{
    struct tally_key key;
    struct writer w;

    if (t->n_runs == TALLY_RUNS)
        merge_runs(t);
    xspill_create(&w);
    for (size_t i = 0; i < t->keys.n;) {
        tally_keys_next(&t->keys, &i, &key);
        write_key(&w, &key);
    }
    end_run(t, &w);
    tally_keys_clear(&t->keys);
}

static inline void add(struct tally *t, const struct tally_key *key)
{
    if (xtally_keys_add(&t->keys, key, t->memory))
        return;
    tally_keys_sort(&t->keys);
    tally_keys_forget(&t->keys);
    /* Less than half in use: most keys were equal to others. */
    if (tally_keys_memory(&t->keys) > t->memory / 2 || !xtally_keys_add(&t->keys, key, t->memory)) {
        spill(t);
        xtally_keys_add(&t->keys, key, t->memory);
    }
}

void xtally_add(struct tally *t, uint64_t group, struct span key)
{
    struct tally_key k = { .group = group };

    tally_key_set(&k, key);
    add(t, &k);
}

void xtally_add_word(struct tally *t, uint64_t group, uint64_t word)
{
    add(t, &(struct tally_key){ .group = group, .word = word });
}

static void begin_merging(struct tally *t)
{
    t->is_merging = true;
    tally_keys_sort(&t->keys);
    while (t->n_runs > TALLY_FAN_IN)
        merge_runs(t);
    for (size_t i = 0; i < t->n_runs; i++)
        add_source(t, &t->runs[i]);
    add_source(t, NULL);
}

bool xtally_next(struct tally *t, uint64_t *group, struct span *key, uint64_t *count)
{
    if (!t->is_merging)
        begin_merging(t);
    const struct tally_key *k = merge(t);
    if (k == NULL)
        return false;
    *group = k->group;
    *key = tally_key_text(k, t->key);
    *count = k->count;
    return true;
}

void tally_close(struct tally *t)
{
    for (size_t i = 0; i < t->n_runs; i++)
        spill_close(&t->runs[i]);
    tally_keys_close(&t->keys);
}
