/* SPDX-License-Identifier: MIT */
/* aggregate: one value made from many, such as their sum. Nulls are skipped. */
#ifndef WEIR_AGGREGATE_H
#define WEIR_AGGREGATE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/span.h"
#include "stream/columns.h"
#include "stream/header.h"
#include "stream/tsv.h"
#include "stream/writer.h"
#include "value/decimal.h"
#include "value/sum.h"

/* A value to be added. */
struct aggregate_value {
    bool is_null;
    union {
        struct decimal number;
        struct span text; /* a view */
    };
};

/* The values added so far; all zero is none. */
struct aggregate_total {
    uint64_t n; /* their number */
    union {
        struct sum sum;
        struct span text; /* owned */
    };
};

/* How partial results are merged. */
enum aggregate_merge {
    MERGE_COUNTS, /* they are counts, and are added */
    MERGE_ALIKE,  /* the aggregate of the partial results is the result */
    MERGE_NEVER,
};

/* An aggregate function: a row of the table in aggregate.c. */
struct aggregate_function {
    const char *word;
    /* As aggregate_read(), for a FIELD that is not null; NULL: nothing is read. */
    const char *(*read)(struct span field, struct aggregate_value *value);
    /* Adds VALUE, which TOTAL->n does not count yet; NULL: it only counts. */
    void (*add)(struct aggregate_total *total, const struct aggregate_value *value);
    /* Sets *D to the result for n > 0; false: it has too many digits (decimal.h). NULL: the result is TOTAL->text. */
    bool (*result)(const struct aggregate_total *total, struct decimal *d);
    const char *none; /* the field if there are no values */
    enum aggregate_merge merge;
};

/* An aggregate as users write it: NAME=AGG:COL. */
struct aggregate {
    struct span name; /* of the output column, spelled as a field */
    const struct aggregate_function *function;
    struct span of; /* the input column; AT is NULL if none is named: every record counts */
    size_t column;  /* its index, from 0; set by the caller */
};

/* The words for AGG, for words_list(). */
const char *aggregate_word(int i);

/*
 * The aggregate that OPERAND describes, a view of it. IS_MERGE: the aggregate that merges its partial results, which
 * are in the column of its name. Dies with a usage error if OPERAND is wrong.
 */
struct aggregate xaggregate_parse(const char *operand, bool is_merge);

/*
 * Sets *ALL, which it reallocates, to the sums of the columns of H from index FIRST on, except GROUPS, under the same
 * names. Returns their number.
 */
size_t xaggregate_rest(struct aggregate **all, const struct header *h, size_t first, const struct columns *groups);

/* Reads FIELD into *VALUE. Returns what is wrong with FIELD, or NULL. */
static inline const char *aggregate_read(const struct aggregate_function *f, struct span field,
                                         struct aggregate_value *value)
{
    value->is_null = tsv_is_null(field);
    return value->is_null || f->read == NULL ? NULL : f->read(field, value);
}

/* Adds VALUE to TOTAL. */
static inline void xaggregate_add(const struct aggregate_function *f, struct aggregate_total *total,
                                  const struct aggregate_value *value)
{
    if (value->is_null)
        return;
    if (f->add != NULL)
        f->add(total, value);
    total->n++;
}

/* Whether TOTAL can be written: false if its result has too many digits. */
bool aggregate_fits(const struct aggregate_function *f, const struct aggregate_total *total);

/* Appends TOTAL, which must fit, to W as a field. */
void xaggregate_write(struct writer *w, const struct aggregate_function *f, const struct aggregate_total *total);

/* Frees what TOTAL holds. */
void aggregate_free(const struct aggregate_function *f, struct aggregate_total *total);

#endif
