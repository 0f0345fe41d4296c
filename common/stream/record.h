/* SPDX-License-Identifier: MIT */
/* record: a line split at its TABs into fields. */
#ifndef WEIR_RECORD_H
#define WEIR_RECORD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/span.h"
#include "stream/reader.h"

/* A line and where its fields are: a view, as long-lived as the bytes it was split from. */
struct record {
    char *text; /* the line without its LF */
    size_t len;
    uint64_t line;       /* its number in the input, from 1 */
    size_t n_fields;     /* how many there are, which may be more than CAPACITY */
    const char **starts; /* where each field starts; starts[i + 1] - 1 is where field I ends; owned by the record */
    size_t capacity;     /* fields that STARTS has room for, and one more for the end */
    bool is_odd;         /* bytes that are not plain: backslash, control, or not ASCII; tsv_normalize() judges them */
};

/* Makes R able to hold N fields; may be called again with another N. */
void xrecord_size(struct record *r, size_t n);

/* Frees what xrecord_size() allocated. */
void record_free(struct record *r);

/* Field I of R, from 0. I < n_fields and I < capacity. */
static inline struct span record_field(const struct record *r, size_t i)
{
    return (struct span){ r->starts[i], (size_t)(r->starts[i + 1] - 1 - r->starts[i]) };
}

/* All of R's line. */
static inline struct span record_line(const struct record *r)
{
    return (struct span){ r->text, r->len };
}

/*
 * Splits the first line of the window of READER into R and takes it. False, and nothing taken, if the window holds no
 * whole line. Sets everything but the line number's meaning: odd bytes are found, not judged.
 */
bool record_split(struct reader *reader, struct record *r);

/* Splits R again after its text has changed to LEN bytes. */
void record_resplit(struct record *r, size_t len);

#endif
