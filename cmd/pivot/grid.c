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
    *g = (struct grid){ .used = 0 };
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

/* The number of cells of ROW before COLUMN. Mostly, values come in the order of columns. */
static size_t find(const struct grid_row *row, size_t column)
{
    size_t low = row->n > 0 && row->cells[row->n - 1].column < column ? row->n : 0;

    for (size_t high = row->n; low < high;) {
        size_t middle = low + (high - low) / 2;
        if (row->cells[middle].column < column)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

uint64_t xgrid_add(struct grid *g, struct span key, size_t column, struct span value, uint64_t line)
{
    size_t size = (sizeof(struct value) + value.len + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    bool is_new;
    struct grid_row *row = xkeyset_add(&g->rows, keyset_hash(&g->rows, key), key, &is_new);

    size_t i = find(row, column);
    if (i < row->n && row->cells[i].column == column)
        return value_at(g, row->cells[i].place)->line;
    row->cells = xgrow(row->cells, row->n, sizeof *row->cells);
    memmove(row->cells + i + 1, row->cells + i, (row->n++ - i) * sizeof *row->cells);
    row->cells[i] = (struct grid_cell){ column, g->used };
    xblock_grow(&g->values, g->used + size);
    *value_at(g, g->used) = (struct value){ line, value.len };
    memcpy(value_at(g, g->used)->text, value.at, value.len);
    g->used += size;
    return 0;
}

struct span grid_value(const struct grid *g, const struct grid_cell *cell)
{
    const struct value *value = value_at(g, cell->place);

    return (struct span){ value->text, value->len };
}

void grid_close(struct grid *g)
{
    struct span key;

    for (void *at = NULL; (at = keyset_next(&g->rows, at, &key)) != NULL;)
        free(((struct grid_row *)at)->cells);
    keyset_close(&g->rows);
    keyset_close(&g->columns);
    block_free(&g->values);
}
