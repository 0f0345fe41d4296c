/* SPDX-License-Identifier: MIT */
#include "table.h"

enum { ALIGNMENT = 8 };

/* The payload of a key: places in ROWS. */
struct chain {
    size_t first;
    size_t last;
};

void xtable_open(struct table *t)
{
    *t = (struct table){ .used = ALIGNMENT }; /* place 0 is no row */
    xkeyset_open(&t->keys, sizeof(struct chain));
}

uint64_t table_hash(const struct table *t, struct span key)
{
    uint64_t hash = keyset_hash(&t->keys, key);

    keyset_prefetch(&t->keys, hash);
    return hash;
}

static struct table_row *row_at(const struct table *t, size_t place)
{
    return (struct table_row *)(void *)(t->rows.at + place);
}

const struct table_row *table_find(const struct table *t, uint64_t hash, struct span key)
{
    const struct chain *chain = keyset_find(&t->keys, hash, key);

    return chain != NULL ? row_at(t, chain->first) : NULL;
}

const struct table_row *table_next(const struct table *t, const struct table_row *row)
{
    return row->next != 0 ? row_at(t, row->next) : NULL;
}

struct table_row *xtable_add(struct table *t, struct span key, uint64_t line, size_t len)
{
    size_t place = t->used;
    bool is_new;
    struct chain *chain = xkeyset_add(&t->keys, keyset_hash(&t->keys, key), key, &is_new);

    t->used += (sizeof(struct table_row) + len + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    xpages_grow(&t->rows, t->used);
    if (is_new)
        chain->first = place;
    else
        row_at(t, chain->last)->next = place;
    chain->last = place;
    struct table_row *row = row_at(t, place);
    *row = (struct table_row){ .line = line, .len = len };
    return row;
}

void table_close(struct table *t)
{
    keyset_close(&t->keys);
    pages_free(&t->rows);
}
