/* SPDX-License-Identifier: MIT */
/*
 * calendar: times as text, and days as numbers. The calendar is the proleptic Gregorian one of ISO 8601, years 0001 to
 * 9999. Seconds and days count from 1970-01-01T00:00:00Z as POSIX counts: days have 86400 seconds.
 */
#ifndef WEIR_CALENDAR_H
#define WEIR_CALENDAR_H

#include <stdbool.h>
#include <stdint.h>

#include "base/span.h"

enum { DAY_SECONDS = 86400, HOUR_SECONDS = 3600 };

/* The first second of year 0001 and the last of year 9999. */
#define CALENDAR_FIRST INT64_C(-62135596800)
#define CALENDAR_LAST INT64_C(253402300799)

/* 10^-18 s, the unit of exact times, in a second. */
#define SECOND_ATTOSECONDS INT64_C(1000000000000000000)

/* A day; month and day of the month from 1. */
struct date {
    int year;
    int month;
    int day;
};

/* A divided by B > 0, rounded down. */
static inline int64_t floor_divide(int64_t a, int64_t b)
{
    return a / b - (a % b < 0);
}

/* The day of D, whose month and day may be any number: month 13 is the next January, day 0 is the day before day 1. */
int64_t calendar_day(struct date d);

/* The date of DAY. */
struct date calendar_date(int64_t day);

/*
 * Parses TEXT: YYYY-MM-DD, or that, T or a blank, and HH:MM, HH:MM:SS or HH:MM:SS.FRACTION, then maybe Z, +HH:MM or
 * +HHMM (or -). Nothing or a date alone means UTC. SECONDS is rounded down to a second; the leap second 23:59:60 UTC is
 * the second after it. False if that is no such time, or outside the years 0001 to 9999.
 */
bool calendar_parse(struct span text, int64_t *seconds);

/* The units of times that are numbers, as words for options: s, ms, us; NULL after the last. */
const char *calendar_epoch_word(int i);

/* How many of unit I make a second. */
int64_t calendar_epoch_per_second(int i);

/* Parses TEXT, a decimal number of which PER_SECOND make a second, rounded down to one; false as calendar_parse(). */
bool calendar_parse_epoch(struct span text, int64_t per_second, int64_t *seconds);

/*
 * The same, exact: false as well if it takes more than 18 decimal places of a second, zeros at the end aside.
 * PER_SECOND is a power of ten.
 */
bool calendar_parse_exact(struct span text, __int128 *attoseconds);
bool calendar_parse_epoch_exact(struct span text, int64_t per_second, __int128 *attoseconds);

#endif
