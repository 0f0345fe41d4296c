/* SPDX-License-Identifier: MIT */
/*
 * plain_loop_kernel: finds plain records and their keys by masks of 64 bytes. A plain record is a good one that has
 * only ASCII, and neither a backslash nor a control character in a field.
 */
#ifndef WEIR_PLAIN_LOOP_KERNEL_H
#define WEIR_PLAIN_LOOP_KERNEL_H

#include <stddef.h>

#include "base/span.h"
#include "base/vector.h"
#include "intset.h"

struct plain_record {
    struct span key; /* a view of the record */
    const char *end; /* of the record, after its LF */
};

struct plain_rules {
    size_t first; /* column of the key, from 0 */
    size_t last;  /* column of the key */
    size_t n_columns;
    size_t max_line; /* bytes of a record, at most */
    const struct intset *numbers; /* the set for keys that are numbers; NULL: keys are not numbers */
};

/* The records found. */
struct plain_batch {
    bool is_numeric; /* all keys are numbers, and NUMBERS has them */
    struct plain_record records[INTSET_BATCH];
    struct intset_number numbers[INTSET_BATCH];
};

typedef size_t plain_kernel(const struct plain_rules *rules, struct span lines, struct plain_batch *batch);

/*
 * Finds the records at the start of LINES, up to the first that is not plain, at most INTSET_BATCH, and returns their
 * number. LINES are whole lines, with 63 readable bytes after them.
 */
VECTOR_DECLARE(plain_kernel, plain_find);

#endif
