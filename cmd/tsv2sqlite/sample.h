/* SPDX-License-Identifier: MIT */
/* sample: copies of the first records of a stream, and the column types that fit them. */
#ifndef WEIR_SAMPLE_H
#define WEIR_SAMPLE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buffer.h"
#include "stream/record.h"
#include "value/type.h"

/* A sample is full at either limit. */
enum {
    SAMPLE_RECORDS = 10000,
    SAMPLE_BYTES = 8 << 20,
};

struct sample {
    size_t n;           /* records */
    struct buffer text; /* their lines, one after the other */
    struct sampled_line *lines;
};

/* Makes S empty. */
void xsample_open(struct sample *s);

bool sample_is_full(const struct sample *s);

/* Adds a copy of R to S, which must not be full. */
void xsample_add(struct sample *s, const struct record *r);

/* Makes R, which has room for the fields, a view of record I of S, from 0. Valid until S changes. */
void sample_record(const struct sample *s, size_t i, struct record *r);

/*
 * The types of the first N columns of S, for the caller to free: TYPE_INT if all values are 64-bit integers, TYPE_NUM
 * if all are numbers that a double keeps (sqlite_value_read()), else TYPE_STR. Nulls do not count; a column without
 * values is TYPE_STR. Overwrites R.
 */
enum type *xsample_types(const struct sample *s, size_t n, struct record *r);

/* Frees what S holds. */
void sample_close(struct sample *s);

#endif
