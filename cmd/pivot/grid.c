/* SPDX-License-Identifier: MIT */
#include "grid.h"

#include <stdlib.h>

#include "base/memory.h"

enum { ALIGNMENT = 8 };

struct value {
    uint64_t line;
    size_t len;
    char text[];
};

void xgrid_open(struct grid *g)
{
    *g = (struct grid){ .used = ALIGNMENT };
    xkeyset_open(&g->rows, sizeof(struct grid_row));
    xkeyset_open(&g->columns, sizeof(size_t));
}

size_t xgrid_column(struct grid *g, struct span name)
{
    bool is_new;
    size_t *column = xkeyset_add(&g->columns, keyset_hash(&g->columns, name), name, &is_new);

    if (is_new)
        *column = g->columns.n - 1;
    return *column;
}

static struct value *value_at(const struct grid *g, size_t place)
{
    return (struct value *)(void *)(g->values.at + place);
}

uint64_t xgrid_add(struct grid *g, struct span key, size_t column, struct span value, uint64_t line)
{
    size_t size = (sizeof(struct value) + value.len + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    bool is_new;
    struct grid_row *row = xkeyset_add(&g->rows, keyset_hash(&g->rows, key), key, &is_new);

    if (column >= row->n) {
        size_t n = 2 * column + 1;
        row->places = xrealloc(row->places, n, sizeof *row->places);
        memset(row->places + row->n, 0, (n - row->n) * sizeof *row->places);
        row->n = n;
    }
    if (row->places[column] != 0)
        return value_at(g, row->places[column])->line;
    xblock_grow(&g->values, g->used + size);
    *value_at(g, g->used) = (struct value){ line, value.len };
    memcpy(value_at(g, g->used)->text, value.at, value.len);
    row->places[column] = g->used;
    g->used += size;
    return 0;
}

struct span grid_value(const struct grid *g, const struct grid_row *row, size_t column, struct span missing)
{
    if (column >= row->n || row->places[column] == 0)
        return missing;
    const struct value *value = value_at(g, row->places[column]);
    return (struct span){ value->text, value->len };
}

void grid_close(struct grid *g)
{
    struct span key;

    for (void *at = NULL; (at = keyset_next(&g->rows, at, &key)) != NULL;)
        free(((struct grid_row *)at)->places);
    keyset_close(&g->rows);
    keyset_close(&g->columns);
    block_free(&g->values);
}
