/* SPDX-License-Identifier: MIT */
/* record: a line split at its TABs into fields. */
#ifndef WEIR_RECORD_H
#define WEIR_RECORD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/span.h"
#include "stream/reader.h"

/* A line and the places of its fields: a view, valid as long as the bytes it was split from. */
struct record {
    char *text; /* the line without its LF */
    size_t len;
    uint64_t line;       /* its number in the input, from 1 */
    size_t n_fields;     /* fields in the line, even if more than CAPACITY */
    const char **starts; /* owned: where each field starts; field I ends at starts[i + 1] - 1 */
    size_t capacity;     /* fields that STARTS has room for, besides the end */
    bool is_special;     /* it has a backslash, control or non-ASCII byte, which tsv_normalize() must check */
};

/* Makes room in R for N fields; may be called again with another N. */
void xrecord_size(struct record *r, size_t n);

/* Frees what xrecord_size() allocated. */
void record_free(struct record *r);

/* Field I of R, from 0. I < n_fields and I < capacity. */
static inline struct span record_field(const struct record *r, size_t i)
{
    return (struct span){ r->starts[i], (size_t)(r->starts[i + 1] - 1 - r->starts[i]) };
}

/* The whole line of R. */
static inline struct span record_line(const struct record *r)
{
    return (struct span){ r->text, r->len };
}

/*
 * Splits the first line of the window of READER into R and takes it. Special bytes are found but not checked. False:
 * the window holds no whole line, and nothing was taken.
 */
bool record_split(struct reader *reader, struct record *r);

/* Splits R again after its text has changed and has LEN bytes. */
void record_resplit(struct record *r, size_t len);

#endif
