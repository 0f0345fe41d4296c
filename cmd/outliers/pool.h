/* SPDX-License-Identifier: MIT */
/* pool: all records of the input in memory, each with its value and group. */
#ifndef WEIR_POOL_H
#define WEIR_POOL_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buffer.h"
#include "base/keyset.h"
#include "base/span.h"
#include "value/decimal.h"
#include "deviation.h"

struct pool_record {
    size_t start; /* of its line in TEXT */
    size_t len;
    size_t group; /* index of GROUPS */
    bool has_value;
    struct decimal value;
};

struct pool_group {
    struct decimal *values;
    size_t n;
    struct deviation deviation; /* for the caller */
};

struct pool {
    struct buffer text; /* the lines without LF, one after the other */
    struct pool_record *records;
    size_t n;          /* records */
    struct keyset keys; /* of the groups; the payload is the group's index */
    struct pool_group *groups;
};

/* An empty pool. */
void xpool_open(struct pool *p);

/* Adds the record LINE, in the group with KEY; VALUE is NULL if it has none. */
void xpool_add(struct pool *p, struct span line, struct span key, const struct decimal *value);

/* The line of R, a view of P. */
static inline struct span pool_line(const struct pool *p, const struct pool_record *r)
{
    return (struct span){ p->text.at + r->start, r->len };
}

void pool_close(struct pool *p);

#endif
