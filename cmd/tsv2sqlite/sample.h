/* SPDX-License-Identifier: MIT */
/* sample: the first records of a stream, and the column types that fit them. */
#ifndef WEIR_SAMPLE_H
#define WEIR_SAMPLE_H

#include <stdbool.h>
#include <stddef.h>

#include "value/type.h"
#include "batch.h"

/* Whether B has 10,000 records or 8 MB: enough for a sample. */
bool sample_is_full(const struct batch *b);

/*
 * The types of the N columns of B, for the caller to free: TYPE_INT if all values are 64-bit integers, TYPE_NUM if all
 * are numbers that a double keeps (sqlite_value_read()), else TYPE_STR. Nulls do not count; a column without values is
 * TYPE_STR. Leaves B at its first record.
 */
enum type *xsample_types(struct batch *b, size_t n);

#endif
