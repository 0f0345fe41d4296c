/* SPDX-License-Identifier: MIT */
/*
 * zone_table: local time in one zone, from a file in the TZif format (RFC 8536, and 9636, its successor). The C library
 * reads these files too, but localtime_r(3) shows UTC if that fails, and cannot say so.
 */
#ifndef WEIR_ZONE_TABLE_H
#define WEIR_ZONE_TABLE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/span.h"
#include "zone_rule.h"

enum { ZONE_TYPES = 256 }; /* offsets that a file can have, at most */

struct zone_table {
    size_t n;           /* changes */
    int64_t *seconds;   /* of each change, ascending; owned */
    int32_t *ahead;     /* of UTC, from each change on; owned */
    int32_t before;     /* ahead before the first change */
    bool has_rule;      /* for times after the last change; otherwise they are as far ahead as the last one says */
    struct zone_rule rule;
    size_t n_offsets;
    int32_t offsets[ZONE_TYPES + 2]; /* all values that zone_table_ahead() may have, some more than once */
};

/* Parses the contents of a file. Returns what is wrong with it, or NULL. T is for zone_table_free() in any case. */
const char *xzone_table_parse(struct zone_table *t, struct span file);

/* Seconds that local time is ahead of UTC at SECONDS (calendar.h). */
int32_t zone_table_ahead(const struct zone_table *t, int64_t seconds);

void zone_table_free(struct zone_table *t);

#endif
