/* SPDX-License-Identifier: MIT */
/*
 * number_loop_kernel: finds plain records and their keys by masks of 64 bytes. A plain record is good, has only ASCII
 * without backslash, and its key is one field.
 */
#ifndef WEIR_NUMBER_LOOP_KERNEL_H
#define WEIR_NUMBER_LOOP_KERNEL_H

#include <stddef.h>

#include "base/span.h"
#include "base/vector.h"

struct plain_record {
    struct span key;
    const char *end; /* after its LF */
};

struct plain_rules {
    size_t key; /* its column */
    size_t n_columns;
    size_t max_line; /* bytes of a record, at most */
};

typedef size_t plain_kernel(const struct plain_rules *rules, struct span lines, struct plain_record *records, size_t n);

/*
 * Finds the records at the start of LINES, whole lines with 63 readable bytes after them, up to the first that is not
 * plain, N at most. Returns their number.
 */
VECTOR_DECLARE(plain_kernel, plain_find);

#endif
