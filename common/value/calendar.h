/* SPDX-License-Identifier: MIT */
/*
 * calendar: times and days as text and as numbers. The calendar is the proleptic Gregorian calendar of ISO 8601, years
 * 0001 to 9999. Seconds and days count from 1970-01-01T00:00:00Z as in POSIX: a day has 86400 seconds.
 */
#ifndef WEIR_CALENDAR_H
#define WEIR_CALENDAR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/span.h"

enum { DAY_SECONDS = 86400, HOUR_SECONDS = 3600 };

/* The first second of year 0001 and the last of year 9999. */
#define CALENDAR_FIRST INT64_C(-62135596800)
#define CALENDAR_LAST INT64_C(253402300799)

/* Attoseconds, the unit of exact times, per second. */
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

/* What is left of A then: 0 to B - 1. */
static inline int64_t floor_modulo(int64_t a, int64_t b)
{
    return a - floor_divide(a, b) * b;
}

/* The day of D. Month and day may be any numbers: month 13 is the next January, day 0 is the day before day 1. */
int64_t calendar_day(struct date d);

/* The date of DAY. */
struct date calendar_date(int64_t day);

enum { CALENDAR_TIME_SIZE = 20 }; /* YYYY-MM-DDTHH:MM:SS and a NUL */

/* Writes SECONDS, of the years 0001 to 9999, to OUT as YYYY-MM-DDTHH:MM:SS and a NUL; returns the length. */
size_t calendar_format(int64_t seconds, char out[CALENDAR_TIME_SIZE]);

/*
 * Parses TEXT: YYYY-MM-DD, optionally followed by T, t or a space, HH:MM, HH:MM:SS or HH:MM:SS.FRACTION, and optionally
 * Z, z or an offset +HH, +HHMM, +HH:MM or +HH:MM:SS, or one with a minus. A time without an offset is in UTC. SECONDS
 * is rounded down; the leap second 23:59:60 UTC counts as the next second. False if TEXT is not such a time or is
 * outside the years 0001 to 9999.
 */
bool calendar_parse(struct span text, int64_t *seconds);

/* The same in microseconds, also rounded down. */
bool calendar_parse_us(struct span text, int64_t *us);

/* The units of times that are numbers: s, ms, us; a list for words.h. */
const char *calendar_epoch_word(int i);

/* The number of units I in a second. */
int64_t calendar_epoch_per_second(int i);

/* Parses TEXT, a decimal number of units, PER_SECOND in a second; rounds down, and fails as calendar_parse() does. */
bool calendar_parse_epoch(struct span text, int64_t per_second, int64_t *seconds);

/*
 * The same without rounding: also false if the time has more than 18 decimal places of a second, not counting trailing
 * zeros. PER_SECOND is a power of ten.
 */
bool calendar_parse_exact(struct span text, __int128 *attoseconds);
bool calendar_parse_epoch_exact(struct span text, int64_t per_second, __int128 *attoseconds);

#endif
