/* SPDX-License-Identifier: MIT */
#include "table.h"

#include <inttypes.h>
#include <stdlib.h>

#include "base/fold.h"
#include "base/quote.h"

enum { ALIGNMENT = 8 };

/* The payload of a key: offsets in ROWS. */
struct chain {
    size_t first;
    size_t last;
};

static struct table_row *row_at(const struct table *t, size_t place)
{
    return (struct table_row *)(void *)(t->rows.at + place);
}

/* The text of the row of R, built in BUFFER. */
static struct span make_text(const struct record *r, const struct columns *added, struct buffer *buffer)
{
    buffer->len = 0;
    for (size_t i = 0; i < added->n; i++) {
        xbuffer_append(buffer, (struct span){ "\t", 1 });
        xbuffer_append(buffer, record_field(r, added->at[i]));
    }
    xbuffer_append(buffer, (struct span){ "\n", 1 });
    return buffer_span(buffer);
}

/* Adds a row for P. Returns the line of the first row with its key, or 0 if this is the first. */
static uint64_t add_row(struct table *t, const struct table_probe *p, struct span text, uint64_t line)
{
    size_t place = t->used;
    bool is_new;
    struct chain *chain = xkeyset_add(&t->keys, p->hash, p->key, &is_new);

    t->used += (sizeof(struct table_row) + text.len + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    xblock_grow(&t->rows, t->used);
    if (is_new)
        chain->first = place;
    else
        row_at(t, chain->last)->next = place;
    chain->last = place;
    struct table_row *row = row_at(t, place);
    *row = (struct table_row){ .line = line, .len = text.len };
    memcpy(row->text, text.at, text.len);
    return is_new ? 0 : row_at(t, chain->first)->line;
}

void xtable_load(struct table *t, struct stream *file, struct record *r, const struct table_rules *rules)
{
    struct table_probe p = { .row = NULL };
    struct buffer text = { .len = 0 };
    struct quoted q;

    *t = (struct table){ .used = ALIGNMENT, .ignore_case = rules->ignore_case }; /* offset 0 is no row */
    xkeyset_open(&t->keys, sizeof(struct chain));
    while (xstream_record(file, r)) {
        xtable_probe(t, &p, &rules->key, r);
        if (p.is_done)
            continue;
        uint64_t earlier = add_row(t, &p, make_text(r, &rules->added, &text), r->line);
        if (earlier != 0 && !rules->multi)
            xstream_stop(file, r->line,
                         "duplicate key \"%s\", first in line %" PRIu64 "; --multi writes a record for each match",
                         quote(&q, p.key), earlier);
    }
    if (!t->ignore_case) /* the memo needs keys as they are spelled, and folding overwrites them */
        t->memo = xmemo_open();
    buffer_free(&text);
    table_probe_free(&p);
}

void xtable_probe(const struct table *t, struct table_probe *p, const struct columns *key, const struct record *r)
{
    uint64_t known = 0; /* an address or NULL */

    p->is_done = columns_have_null(key, r);
    if (!p->is_done)
        p->key = xcolumns_join(key, r, &p->buffer);
    if (p->is_done || (t->memo != NULL && memo_find(t->memo, p->key, &known))) {
        p->is_done = true;
        p->row = (const struct table_row *)(uintptr_t)known;
        return;
    }
    if (t->ignore_case)
        p->key = xfold(p->key, &p->buffer);
    p->hash = keyset_hash(&t->keys, p->key);
    keyset_prefetch(&t->keys, p->hash);
}

void table_find(const struct table *t, struct table_probe *p, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (!p[i].is_done)
            keyset_prefetch_entry(&t->keys, p[i].hash);
    for (size_t i = 0; i < n; i++) {
        if (p[i].is_done)
            continue;
        const struct chain *chain = keyset_find(&t->keys, p[i].hash, p[i].key);
        p[i].row = chain != NULL ? row_at(t, chain->first) : NULL;
        if (chain != NULL)
            __builtin_prefetch(p[i].row);
        if (t->memo != NULL)
            memo_add(t->memo, p[i].key, (uint64_t)(uintptr_t)p[i].row);
    }
}

const struct table_row *table_next(const struct table *t, const struct table_row *row)
{
    return row->next != 0 ? row_at(t, row->next) : NULL;
}

void table_probe_free(struct table_probe *p)
{
    buffer_free(&p->buffer);
}

void table_free(struct table *t)
{
    keyset_close(&t->keys);
    block_free(&t->rows);
    free(t->memo);
}
