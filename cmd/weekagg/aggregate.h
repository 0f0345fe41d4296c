/* SPDX-License-Identifier: MIT */
/* aggregate: one value made from many, such as their sum. Nulls are skipped. */
#ifndef WEIR_AGGREGATE_H
#define WEIR_AGGREGATE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buffer.h"
#include "base/span.h"
#include "stream/tsv.h"
#include "stream/writer.h"
#include "value/decimal.h"
#include "value/sum.h"
#include "moments.h"

/* A value to be added. */
struct aggregate_value {
    bool is_null;
    union {
        struct decimal number;
        struct span text; /* a view */
        struct {
            uint64_t word;    /* of a short number (number_key.h), or 0 */
            struct span text; /* a view */
            int scale;        /* of a number; -1: it is to be taken as a text */
        } key;                /* for functions that tally */
    };
};

/* The values added so far; all zero is none. */
struct aggregate_total {
    uint64_t n; /* their number */
    union {
        struct sum sum;          /* of values that are tallied: their largest scale, and at the end the result */
        struct moments *moments; /* owned */
        struct buffer text;      /* owned */
    };
};

/* How partial results are merged. */
enum aggregate_merge {
    MERGE_COUNTS, /* they are counts, and are added */
    MERGE_ALIKE,  /* the aggregate of the partial results is the result */
    MERGE_NEVER,
};

/* What a function needs to know of all values (tallied.h). */
enum aggregate_tally { TALLY_NOTHING, TALLY_DISTINCT, TALLY_PERCENTILE };

struct aggregate;

/* An aggregate function: a row of the table in aggregate.c. */
struct aggregate_function {
    const char *word;
    /* As aggregate_read(), for a FIELD that is not null; NULL: nothing is read. */
    const char *(*read)(struct span field, struct aggregate_value *value);
    /* Adds VALUE, which TOTAL->n does not count yet; NULL: it only counts. */
    void (*add)(struct aggregate_total *total, const struct aggregate_value *value);
    /* Sets *D to the result; false: it has too many digits (decimal.h). NULL: the result is TOTAL->text. */
    bool (*result)(const struct aggregate *a, const struct aggregate_total *total, struct decimal *d);
    void (*free)(struct aggregate_total *total); /* NULL: it holds nothing */
    uint64_t least;   /* the number of values that a result needs, ... */
    const char *none; /* ... and the field if there are fewer */
    enum aggregate_merge merge;
    bool is_rounded; /* to SCALE decimal places */
    enum aggregate_tally tally;
};

/* An aggregate as users write it: NAME=AGG:COL. */
struct aggregate {
    const struct aggregate_function *function;
    struct span word;   /* AGG as it is spelled */
    struct span name;   /* of the output column, spelled as a field; maybe empty until aggregates_resolve() */
    struct buffer made; /* such a name, AGG_COL */
    struct span of;     /* the input column; AT is NULL if none is named: every record counts */
    size_t column;      /* its index, from 0 */
    int scale;          /* decimal places of a mean or standard deviation */
    uint64_t percent;   /* of a percentile, ... */
    uint64_t hundred;   /* ... divided by this */
};

/* The words for AGG, for words_list(). */
const char *aggregate_word(int i);

/* The number of the function that WORD names, or -1; sets the percentile of A. */
int aggregate_find(struct aggregate *a, struct span word);

/* The function that WORD, number I of these, names. IS_MERGE: the one that merges its results; NULL: there is none. */
const struct aggregate_function *aggregate_function(int i, bool is_merge);

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
bool aggregate_fits(const struct aggregate *a, const struct aggregate_total *total);

/* Appends TOTAL, which must fit, to W as a field. */
void xaggregate_write(struct writer *w, const struct aggregate *a, const struct aggregate_total *total);

#endif
