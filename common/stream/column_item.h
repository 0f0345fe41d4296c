/* SPDX-License-Identifier: MIT */
/* column_item: an item of a list of columns as users write it: user, 3, 2-4, *_id, !note. */
#ifndef WEIR_COLUMN_ITEM_H
#define WEIR_COLUMN_ITEM_H

#include <stdbool.h>
#include <stddef.h>

#include "base/span.h"
#include "stream/header.h"

/* Columns count from 0. */
struct column_item {
    bool excludes;       /* it began with "!" */
    bool is_single;      /* a name or a number; other items are expansions */
    size_t first;        /* of the columns that it may select: of a range, of all for a pattern, the single one */
    size_t last;
    struct span pattern; /* in which "*" stands for any bytes, or none; AT NULL: the item is not a pattern */
};

/*
 * Parses TEXT for the columns of H: a number or the name of a column; else a range of numbers; else a pattern; or "!"
 * and one of these. Patterns are views of TEXT, compared with names in canonical spelling; without a header line,
 * numbers are the names. False: it selects no column; *UNKNOWN is then the part of TEXT that should.
 */
bool column_item_parse(struct column_item *item, const struct header *h, struct span text, struct span *unknown);

/* Whether COLUMN of H is one that ITEM selects, or excludes. */
bool column_item_has(const struct column_item *item, const struct header *h, size_t column);

#endif
