/* SPDX-License-Identifier: MIT */
/* header: the columns of a stream, by name and by number. */
#ifndef WEIR_HEADER_H
#define WEIR_HEADER_H

#include <stdbool.h>
#include <stddef.h>

#include "base/quote.h"
#include "base/span.h"
#include "stream/record.h"

/* Columns count from 0 here and from 1 for the user. Names are spelled as fields. */
struct header {
    size_t n;           /* columns */
    struct span *names; /* NULL if the stream has no header line: columns have their numbers only */
    char *text;         /* what the names are views of */
    size_t *by_name;    /* the columns in the order of their names' bytes */
};

/* Makes H from the header line R, copying it. Returns a column whose name stands twice, or R's n_fields if none does. */
size_t header_make(struct header *h, const struct record *r);

/* Makes H for a stream of N columns without a header line. */
void header_number(struct header *h, size_t n);

/* Frees what H holds. */
void header_free(struct header *h);

/*
 * Sets *COLUMN to what NAME means: a number from 1 to n, else a name, which may be spelled in all the ways that a header
 * line may. False if there is no such column.
 */
bool header_find(const struct header *h, struct span name, size_t *column);

/* Sets *COLUMN to the one that is called NAME, spelled in the one way a field is; false if there is none. */
bool header_find_name(const struct header *h, struct span name, size_t *column);

/* Whether LINE is the header line of H. */
bool header_is(const struct header *h, struct span line);

/* What messages call COLUMN, a string made in Q: its name or, without a header line, its number. */
const char *header_label(const struct header *h, size_t column, struct quoted *q);

#endif
