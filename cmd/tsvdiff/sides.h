/* SPDX-License-Identifier: MIT */
/* sides: the columns of two tables, matched by name or, without header lines, by position; and what changed. */
#ifndef WEIR_SIDES_H
#define WEIR_SIDES_H

#include <stdbool.h>
#include <stddef.h>

#include "base/span.h"
#include "stream/columns.h"
#include "stream/header.h"
#include "stream/options.h"
#include "stream/stream.h"

enum change { CHANGE_NONE, CHANGE_ADDED, CHANGE_REMOVED, CHANGE_CHANGED, CHANGES };

/* One table. The fields of its records are taken as xcolumns_join() joins them. */
struct side {
    struct header header; /* set by the caller */
    struct columns key;
    struct columns values; /* those that both tables have, in the order of NEW, then those that only this one has */
};

struct sides {
    struct side old;
    struct side new;
    size_t n_common; /* values that both have */
};

/*
 * Sets the columns of the key, from KEY, and of the values. Dies with a usage error if a table lacks a column of the
 * key; reports other columns that only one table has. NAMES are the names of the files.
 */
void xsides_resolve(struct sides *s, const struct option_list *key, const char *const names[2]);

/* Whether a table has a column that the other one lacks. */
bool sides_differ(const struct sides *s);

/* Writes the header line of the differences. */
void xsides_write_header(const struct sides *s, struct stream *out);

/*
 * Writes how the record with KEY changed from the values OLD to NEW: a record for each value that differs. If OLD or
 * NEW has no record with KEY, its AT is NULL; then writes a record for each value of the other, or one if it has no values.
 * Returns what happened to the record.
 */
enum change xsides_write(const struct sides *s, struct stream *out, struct span key, struct span old, struct span new);

void sides_free(struct sides *s);

#endif
