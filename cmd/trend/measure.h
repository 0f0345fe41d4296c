/* SPDX-License-Identifier: MIT */
/* measure: a value that a record gets from its own field and those of the records before it in its group. */
#ifndef WEIR_MEASURE_H
#define WEIR_MEASURE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buffer.h"
#include "base/span.h"
#include "stream/writer.h"
#include "value/sum.h"

/* A measure as users write it: [NAME=]FUNC[N][:COL]. The spans are views of the operand; AT is NULL if it lacks them. */
struct measure {
    const struct measure_function *function; /* a row of the table in measure.c */
    struct span name;
    struct span call; /* FUNC[N] */
    struct span of;   /* COL */
    size_t n;         /* N: records to go back, or in a window; 0: FUNC takes no number */
    size_t column;    /* that COL means; set by the caller */
    int scale;        /* decimal places of quotients */
    bool partial;     /* windows may have less than N values */
};

/* What a measure knows of a group; all zero before its first record. */
struct measure_state {
    uint64_t n_records;
    uint64_t n; /* values counted, all or those in the window */
    struct sum sum;
    struct measure_slot *slots; /* of the last N + 1 records: record I, from 0, has slot I modulo N + 1 */
    /* For min and max: the values in the window that no later one beats. The first is the best of all. */
    size_t n_best;
    size_t first; /* its slot */
    size_t last;  /* its slot */
};

struct measure_slot {
    struct buffer field;
    uint32_t previous; /* the slots of the neighbors if the field is one of the n_best */
    uint32_t next;
};

/* Function I of the table, as a word; NULL after the last. */
const char *measure_word(int i);

/* Parses OPERAND, which must outlive the result. Dies with a usage error if it is wrong. */
struct measure xmeasure_parse(const char *operand, int scale, bool partial);

/* Whether M depends on all records of a group. Then give them to measure_gather() before the first xmeasure_write(). */
bool measure_looks_ahead(const struct measure *m);

/* Returns NULL, or a predicate that says what is wrong with FIELD. Give only good fields to the functions below. */
const char *measure_check(const struct measure *m, struct span field);

/* Adds FIELD to the totals of a measure that looks ahead; does nothing for other measures. */
void measure_gather(const struct measure *m, struct measure_state *s, struct span field);

/* Writes the value of the next record, which has FIELD, to OUT. False: it has too many digits. */
bool xmeasure_write(const struct measure *m, struct measure_state *s, struct span field, struct writer *out);

/* Frees what S holds, but not S. */
void measure_free(const struct measure *m, struct measure_state *s);

#endif
