/* SPDX-License-Identifier: MIT */
/* zone: local time in a zone of the IANA time zone database. */
#ifndef WEIR_ZONE_H
#define WEIR_ZONE_H

#include <stdbool.h>
#include <stdint.h>

enum { ZONE_CACHE = 16381 }; /* hours remembered: a prime, or the midnights of many days would share few places */

/*
 * The offsets of hours met before: finding one here takes a tenth of localtime_r(3). AHEAD is in seconds, what local
 * time is ahead of UTC in all of the hour; INT32_MIN if that changes within the hour.
 */
struct zone {
    struct {
        int32_t hour; /* since 1970; INT32_MIN: none yet */
        int32_t ahead;
    } cache[ZONE_CACHE];
};

/*
 * Sets the time zone of the process to the one called NAME, as Europe/Berlin, and empties Z. False if the system's
 * database has none of that name. TZ and TZDIR of the environment are ignored.
 */
bool xzone_open(struct zone *z, const char *name);

/* What the clock shows at SECONDS (calendar.h), as the seconds at which a clock in UTC shows the same. */
int64_t zone_local(struct zone *z, int64_t seconds);

#endif
