/* SPDX-License-Identifier: MIT */
/* zone: local time in a zone of the IANA time zone database. */
#ifndef WEIR_ZONE_H
#define WEIR_ZONE_H

#include <stdbool.h>
#include <stdint.h>

#include "zone_table.h"

enum { ZONE_CACHE = 16381 }; /* hours; a prime, so that midnights, multiples of 24, do not share few places */

struct zone {
    struct zone_table table;
    /* The offsets of hours seen before. */
    struct {
        int32_t hour;  /* since 1970; INT32_MIN: none yet */
        int32_t ahead; /* seconds that local time is ahead of UTC; INT32_MIN: this changes within the hour */
    } cache[ZONE_CACHE];
};

#define ZONE_DATABASE "/usr/share/zoneinfo"

/* Whether the machine has a time zone database. */
bool zone_has_database(void);

/*
 * Opens the zone NAME, such as Europe/Berlin, of the system's database. NULL if it has no such zone; dies if the file
 * of the zone cannot be read or is damaged. TZ and TZDIR are ignored.
 */
struct zone *xzone_open(const char *name);

/* Seconds that local time is ahead of UTC at SECONDS (calendar.h). */
int32_t zone_ahead(struct zone *z, int64_t seconds);

/* Whether the clock ever shows LOCAL, local time the seconds at which a UTC clock shows the same time. */
bool zone_has(struct zone *z, int64_t local);

/* When the clock changes between FROM and TO, which it does once: the first second with the offset of TO. */
int64_t zone_change(struct zone *z, int64_t from, int64_t to);

/* Z may be NULL. */
void zone_close(struct zone *z);

#endif
