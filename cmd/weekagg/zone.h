/* SPDX-License-Identifier: MIT */
/* zone: local time in a zone of the IANA time zone database. */
#ifndef WEIR_ZONE_H
#define WEIR_ZONE_H

#include <stdbool.h>
#include <stdint.h>

enum { ZONE_CACHE = 16381 }; /* hours; a prime, so that midnights, multiples of 24, do not share few places */

/* The offsets of hours seen before: a lookup takes a tenth of the time of localtime_r(3). */
struct zone {
    struct {
        int32_t hour;  /* since 1970; INT32_MIN: none yet */
        int32_t ahead; /* seconds that local time is ahead of UTC; INT32_MIN: this changes within the hour */
    } cache[ZONE_CACHE];
};

/*
 * Opens the zone NAME, such as Europe/Berlin. This sets TZ in the environment of the process, because localtime_r(3)
 * has no other way. So a process has one zone, the last one opened. False if the system's database has no such zone. TZ
 * and TZDIR of the caller's environment are ignored.
 */
bool xzone_open(struct zone *z, const char *name);

/* Local time at SECONDS (calendar.h): the seconds at which a UTC clock shows the same time. */
int64_t zone_local(struct zone *z, int64_t seconds);

#endif
