/* SPDX-License-Identifier: MIT */
/* aggregate: one value of many: how many there are, their sum, the least, the greatest. Nulls do not count. */
#ifndef WEIR_AGGREGATE_H
#define WEIR_AGGREGATE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/span.h"
#include "stream/columns.h"
#include "stream/header.h"
#include "stream/writer.h"
#include "value/decimal.h"
#include "sum.h"

enum aggregate_kind {
    AGGREGATE_COUNT, /* of records, or of a column's values */
    AGGREGATE_SUM,
    AGGREGATE_MIN, /* by order_compare(); the first of equals */
    AGGREGATE_MAX,
    AGGREGATE_COUNTS, /* the sum of partial counts */
};

/* An aggregate as users write it: NAME=KIND:OF. */
struct aggregate {
    struct span name; /* of the output's column, spelled as a field */
    enum aggregate_kind kind;
    struct span of; /* the column it is made from; AT is NULL if none is named */
    size_t column;  /* where OF is, from 0, once that is known */
};

/* A value to be added; all zero is a null. To count records, IS_SET is all. */
struct aggregate_value {
    bool is_set;
    union {
        struct decimal number;
        struct span text; /* a view */
    };
};

/* The total of the values added so far; all zero is that of none. */
struct aggregate_total {
    bool is_set;
    union {
        uint64_t count;
        struct sum sum;
        struct span text; /* its own */
    };
};

/*
 * Parses OPERAND, of which A becomes a view, all but the column's place. OF_PARTS: A is to be made from its own partial
 * results, which are in a column of its name. Returns what is wrong with OPERAND in words, or NULL.
 */
const char *aggregate_parse(struct aggregate *a, const char *operand, bool of_parts);

/*
 * Makes *ALL, allocated, the sums of all columns of H from FIRST on but GROUPS, which keep their names. Returns how many
 * there are.
 */
size_t xaggregate_rest(struct aggregate **all, const struct header *h, size_t first, const struct columns *groups);

/* Makes of FIELD a value to add. Returns what is wrong with FIELD in words, or NULL. */
const char *aggregate_read(enum aggregate_kind kind, struct span field, struct aggregate_value *value);

/* Adds VALUE to TOTAL. */
void xaggregate_add(enum aggregate_kind kind, struct aggregate_total *total, const struct aggregate_value *value);

/* Whether TOTAL can be written: it is no sum of too many digits (decimal.h), no sum of counts of 2^64 or more. */
bool aggregate_fits(enum aggregate_kind kind, const struct aggregate_total *total);

/* Appends TOTAL, which must fit, to W as a field. */
void xaggregate_write(struct writer *w, enum aggregate_kind kind, const struct aggregate_total *total);

/* Frees what TOTAL holds. */
void aggregate_free(enum aggregate_kind kind, struct aggregate_total *total);

#endif
