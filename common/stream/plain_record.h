/* SPDX-License-Identifier: MIT */
/*
 * plain_record: finds many plain records and one part of each by masks of 64 bytes, for fast paths. A plain record is a
 * good one that has only ASCII, and neither a backslash nor a control character in a field.
 */
#ifndef WEIR_PLAIN_RECORD_H
#define WEIR_PLAIN_RECORD_H

#include <stddef.h>

#include "base/span.h"
#include "base/vector.h"

enum { PLAIN_RECORD_BATCH = 64 };

struct plain_record {
    struct span part; /* a view of it: the fields of the columns in the rules, with the TABs between them */
    const char *end;  /* of the record, after its LF */
};

struct plain_record_rules {
    size_t first; /* column, from 0 */
    size_t last;  /* column */
    size_t n_columns;
    size_t max_line; /* bytes of a record, at most */
};

typedef size_t plain_record_kernel(const struct plain_record_rules *rules, struct span lines,
                                   struct plain_record *records, size_t n);

/*
 * Finds the records at the start of LINES, up to the first that is not plain, at most N; sets RECORDS and returns their
 * number. LINES are whole lines, with 63 readable bytes after them.
 */
VECTOR_DECLARE(plain_record_kernel, plain_record_find);

#endif
