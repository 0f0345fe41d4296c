/* SPDX-License-Identifier: MIT */
/*
 * zone_rule: the rule for local time in all years, a TZ string of POSIX.1-2017, 8.3, with the times from -167 to 167
 * hours of RFC 8536, 3.3.1: <-03>3<-02>,M3.5.0/-2,M10.5.0/-1.
 */
#ifndef WEIR_ZONE_RULE_H
#define WEIR_ZONE_RULE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/span.h"

/* A change of the clock, once a year. */
struct zone_change {
    char kind;       /* M: WEEKDAY in week DAY of MONTH; J: day DAY of a year of 365; 0: DAY days after New Year */
    int month;       /* from 1 */
    int day;         /* week 5 is the last */
    int weekday;     /* from Sunday, 0 */
    int32_t seconds; /* of the local time before the change, after midnight; may be on another day */
};

struct zone_rule {
    bool has_summer;
    int32_t ahead;  /* seconds that local time is ahead of UTC, ... */
    int32_t summer; /* ... and in summer */
    struct zone_change start; /* of summer */
    struct zone_change end;
};

/* Parses all of TEXT into R; false if it is no such rule. */
bool zone_rule_parse(struct zone_rule *r, struct span text);

/* Seconds that local time is ahead of UTC at SECONDS (calendar.h). */
int32_t zone_rule_ahead(const struct zone_rule *r, int64_t seconds);

#endif
