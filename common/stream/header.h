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
    struct span *names; /* NULL if the stream has no header line: columns have only numbers */
    char *text;         /* the header line; names are views of it */
    size_t len;         /* of TEXT */
    size_t *by_name;    /* the columns sorted by name */
};

enum { HEADER_REASON_SIZE = QUOTE_SIZE + 40 };

/*
 * Makes H from a copy of the header line R. Returns NULL or, if a name is null or a duplicate, REASON, which says so.
 * Call header_free() in both cases.
 */
const char *xheader_make(struct header *h, const struct record *r, char reason[HEADER_REASON_SIZE]);

/* xheader_make() from LINE, names spelled as fields. */
const char *xheader_parse(struct header *h, struct span line, char reason[HEADER_REASON_SIZE]);

/* Makes H for a stream of N columns without a header line. */
void header_number(struct header *h, size_t n);

/* Frees what H holds. */
void header_free(struct header *h);

/*
 * Sets *COLUMN to the column that NAME means: a number from 1 to n, else a name in any spelling that a header line may
 * have. False if there is no such column.
 */
bool header_find(const struct header *h, struct span name, size_t *column);

/* Sets *COLUMN to the column with the number TEXT, from 1 to n. False if TEXT is no such number. */
bool header_find_number(const struct header *h, struct span text, size_t *column);

/* Sets *COLUMN to the column named NAME, in the canonical spelling of a field. False if there is none. */
bool header_find_name(const struct header *h, struct span name, size_t *column);

/* Whether LINE is the header line of H. */
bool header_is(const struct header *h, struct span line);

/* The name of COLUMN for messages, built in Q; without a header line, its number. */
const char *header_label(const struct header *h, size_t column, struct quoted *q);

#endif
