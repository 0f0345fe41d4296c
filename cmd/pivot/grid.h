/* SPDX-License-Identifier: MIT */
/* grid: values by row and column. Rows and columns are in the order in which they were first added. */
#ifndef WEIR_GRID_H
#define WEIR_GRID_H

#include <stddef.h>
#include <stdint.h>

#include "base/block.h"
#include "base/keyset.h"
#include "base/span.h"

struct grid {
    struct keyset rows;    /* by key: struct grid_row */
    struct keyset columns; /* by name: the column's index from 0, a size_t */
    struct block values;
    size_t used; /* bytes of VALUES in use */
};

/* The values of a row, in the order of their columns. */
struct grid_row {
    struct grid_cell *cells; /* owned */
    size_t n;
};

struct grid_cell {
    size_t column;
    size_t place; /* offset in VALUES */
};

/* An empty grid. */
void xgrid_open(struct grid *g);

/* The index of the column NAME, which is added if it is new. */
size_t xgrid_column(struct grid *g, struct span name);

/*
 * Adds VALUE, from line LINE, which is not 0, in the row KEY and the column COLUMN, and returns 0. If that place
 * already has a value, keeps it and returns its line.
 */
uint64_t xgrid_add(struct grid *g, struct span key, size_t column, struct span value, uint64_t line);

/* The value in CELL, a view of G. */
struct span grid_value(const struct grid *g, const struct grid_cell *cell);

void grid_close(struct grid *g);

#endif
