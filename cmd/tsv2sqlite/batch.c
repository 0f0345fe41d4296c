/* SPDX-License-Identifier: MIT */
#include "batch.h"

#include <stdlib.h>

enum {
    BATCH_BYTES = 32 << 20,
    BATCH_RECORDS = 1 << 20,
    AHEAD = 16, /* records to fetch from memory before they are needed: saves a quarter of the time */
};

struct batch_entry {
    uint64_t key;   /* equal for equal keys; of a text, its place and length in the batch */
    uint32_t start; /* of the line */
    uint32_t index; /* from the first record, in the order of the input */
};

static struct batch_entry *entries(const struct batch *b)
{
    return (struct batch_entry *)(void *)b->entries.at;
}

static struct span key_text(const struct batch *b, const struct batch_entry *e)
{
    return (struct span){ b->text.at + (e->key >> 32), (uint32_t)e->key };
}

static int compare(const void *left, const void *right, void *batch)
{
    const struct batch_entry *a = left;
    const struct batch_entry *b = right;
    const struct batch *all = batch;
    int order = all->is_by_text ? span_compare(key_text(all, a), key_text(all, b))
                                : (a->key > b->key) - (a->key < b->key);

    return order != 0 ? order : (a->index > b->index) - (a->index < b->index);
}

/* A number in the order of the values that a numeric column stores, near enough for any but integers. */
static uint64_t rank(const struct sqlite_value *value)
{
    double real = value->real;
    int64_t integer = value->storage == STORED_INTEGER ? value->integer
                      : value->storage == STORED_TEXT || real >= 0x1p63 ? INT64_MAX
                      : real < -0x1p63 ? INT64_MIN : (int64_t)real;

    return (uint64_t)integer ^ (uint64_t)INT64_MIN;
}

/* Adds R, whose values are in READ. */
static void xadd(struct batch *b, const struct stored *read, const struct record *r)
{
    struct span key = record_field(r, (size_t)(read->key - read->columns));

    xblock_grow(&b->text, b->len + r->len + 1 + READER_PADDING);
    xblock_grow(&b->entries, (b->n + 1) * sizeof(struct batch_entry));
    struct batch_entry *e = &entries(b)[b->n];
    *e = (struct batch_entry){ rank(&read->key->value), (uint32_t)b->len, (uint32_t)b->n };
    if (b->is_by_text)
        e->key = (uint64_t)(b->len + (size_t)(key.at - r->text)) << 32 | key.len;
    memcpy(b->text.at + b->len, r->text, r->len);
    b->text.at[b->len + r->len] = '\n';
    b->len += r->len + 1;
    b->n_falls += b->n > 0 && compare(e - 1, e, b) > 0;
    b->n++;
}

/* Takes the next good record, if it is in the window or, with FILLS, comes into it without anything unusual. */
static bool xtake(struct stream *s, struct record *r, bool fills)
{
    while (!stream_next_good(s, r))
        if (!fills || stream_has_buffered(s) || xreader_fill(&s->in) != READ_OK)
            return false;
    return true;
}

bool xbatch_gather(struct batch *b, struct stream *s, struct stored *read, struct record *r, bool fills)
{
    bool is_left;

    xrecord_size(&b->record, read->n);
    b->len = b->n = b->at = b->n_kept = b->n_falls = 0;
    b->first_line = r->line;
    b->is_by_text = read->key->to->in.affinity == AFFINITY_NONE;
    do {
        is_left = !stored_read(read, r);
        if (!is_left)
            xadd(b, read, r);
    } while (!is_left && b->n < BATCH_RECORDS && b->len < BATCH_BYTES && xtake(s, r, fills));
    if (b->n_falls > 0)
        qsort_r(entries(b), b->n, sizeof(struct batch_entry), compare, b);
    return is_left;
}

bool batch_next(struct batch *b)
{
    if (b->at == b->n)
        return false;
    if (b->n - b->at > AHEAD)
        __builtin_prefetch(b->text.at + entries(b)[b->at + AHEAD].start);
    const struct batch_entry *e = &entries(b)[b->at++];
    struct reader line = { .at = b->text.at + e->start, .end = b->text.at + b->len };
    line.line = b->first_line + e->index - 1;
    return record_split(&line, &b->record);
}

void batch_keep(struct batch *b)
{
    entries(b)[b->n_kept++] = entries(b)[b->at - 1];
}

void batch_again(struct batch *b)
{
    for (size_t i = 0; i < b->n_kept; i++)
        entries(b)[i].key = entries(b)[i].index;
    b->is_by_text = false;
    b->n = b->n_kept;
    b->at = b->n_kept = 0;
    qsort_r(entries(b), b->n, sizeof(struct batch_entry), compare, b);
}

void batch_close(struct batch *b)
{
    block_free(&b->entries);
    block_free(&b->text);
    record_free(&b->record);
}
