/* SPDX-License-Identifier: MIT */
/* records: the records that the commands of a fence have written. */
#ifndef WEIR_RECORDS_H
#define WEIR_RECORDS_H

#include <stddef.h>

#include "base/buffer.h"
#include "base/span.h"
#include "place.h"

enum { RECORDS_MOST = 10000 };

struct records {
    size_t n_columns; /* 0: nothing was written */
    size_t n;         /* without the header */
    struct span *fields; /* owned: those of the header, then of each record; views of the text */
};

/*
 * Splits TEXT, a NUL-terminated table that ends with the end mark. Anything else, and more than RECORDS_MOST records,
 * ends the program, with PLACE in the message. TEXT must outlive R. Call records_free().
 */
void xrecords_split(struct records *r, struct span text, const struct place *place);

/* Field COLUMN of record I; record 0 is the header. */
static inline struct span records_field(const struct records *r, size_t i, size_t column)
{
    return r->fields[i * r->n_columns + column];
}

void records_free(struct records *r);

#endif
