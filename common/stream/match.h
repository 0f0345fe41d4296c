/* SPDX-License-Identifier: MIT */
/* match: the columns of several inputs, matched by name. All headers here have names. */
#ifndef WEIR_MATCH_H
#define WEIR_MATCH_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "stream/header.h"

enum { MATCH_REASON_SIZE = 2000 };

static const size_t MATCH_NONE = SIZE_MAX; /* no column */

/* For each column of WANTED, the column of H with its name or MATCH_NONE: an array for the caller to free. */
size_t *xmatch_columns(const struct header *wanted, const struct header *h);

/*
 * Returns NULL if H has the columns of WANTED, in any order, and no others. Otherwise returns REASON, which says how it
 * differs: "missing column a, b;  unknown column c".
 */
const char *match_differs(const struct header *wanted, const struct header *h, char reason[MATCH_REASON_SIZE]);

#endif
