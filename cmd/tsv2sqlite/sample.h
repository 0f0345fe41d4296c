/* SPDX-License-Identifier: MIT */
/* sample: copies of the first records of a stream, for a program that has to look at them before it works on them. */
#ifndef WEIR_SAMPLE_H
#define WEIR_SAMPLE_H

#include <stdbool.h>
#include <stddef.h>

#include "stream/record.h"

enum {
    SAMPLE_RECORDS = 10000,
    SAMPLE_BYTES = 8 << 20, /* full when it holds so many, however few records that are */
};

struct sample {
    size_t n;
    char *text;      /* the lines, one behind the other */
    size_t used;     /* bytes of TEXT in use */
    size_t capacity; /* bytes of TEXT allocated */
    struct sampled_line *lines;
};

/* Starts S without records. */
void xsample_open(struct sample *s);

bool sample_is_full(const struct sample *s);

/* Adds a copy of R to S, which is not full. */
void xsample_add(struct sample *s, const struct record *r);

/* Makes R, which has room for its fields, a view of record I of S, from 0, until the next xsample_add(). */
void sample_record(const struct sample *s, size_t i, struct record *r);

/* Frees what S holds. */
void sample_close(struct sample *s);

#endif
