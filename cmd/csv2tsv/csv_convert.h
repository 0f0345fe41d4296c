/* SPDX-License-Identifier: MIT */
/* csv_convert: converts the values that spreadsheets write (csv_value.h) and reorders the columns of each record. */
#ifndef WEIR_CSV_CONVERT_H
#define WEIR_CSV_CONVERT_H

#include "base/buffer.h"
#include "base/quote.h"
#include "stream/header.h"
#include "stream/options.h"
#include "stream/record.h"
#include "stream/writer.h"

/* Private to csv_convert.c. */
struct csv_conversion;

struct csv_convert {
    const struct header *header;
    struct csv_conversion *at; /* of each column */
    struct record record;
    struct buffer converted;
    char reason[4 * QUOTE_SIZE];
};

/*
 * Opens C for the columns of H. Converts numbers in the columns of DECIMALS, and times in those of each COL=FORMAT in
 * TIMES; null stays null. Unknown columns, two conversions of a column and invalid formats are usage errors. H and the
 * lists must outlive C.
 */
void xcsv_convert_open(struct csv_convert *c, const struct header *h, const struct option_list *decimals,
                       const struct option_list *times);

/*
 * Changes the record being written to W, fields and an LF. ORDER is the field of each column; NULL: they are in order.
 * LAST is a field to append; empty: append none. Returns NULL, or why the record is bad, valid until the next call.
 */
const char *xcsv_convert(struct csv_convert *c, const size_t *order, struct span last, struct writer *w);

/* Frees what C holds. */
void csv_convert_close(struct csv_convert *c);

#endif
