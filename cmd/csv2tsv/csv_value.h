/* SPDX-License-Identifier: MIT */
/* csv_value: values as spreadsheets write them, and as weir reads them. */
#ifndef WEIR_CSV_VALUE_H
#define WEIR_CSV_VALUE_H

#include <stdbool.h>

#include "value/calendar.h"

/*
 * Reads TEXT, a number with a decimal comma: an optional sign, digits, and optionally a comma and digits, and then an
 * exponent. The digits before the comma may be in groups of three with one and the same separator: a point, space,
 * apostrophe, U+2019, U+00A0, U+202F or U+2009. Writes it to OUT, which has the size of TEXT, as a number of RFC 8259
 * with the same digits, without a plus sign. False: TEXT is no such number, or has leading zeros.
 */
bool csv_value_number(const char *text, char *out);

/*
 * Reads TEXT by FORMAT of strptime(3), in the C locale. Two digits (%y) are a year from 1969 to 2068, an offset (%z) is
 * applied, and a missing time of day is 00:00:00. Writes the time, in UTC, to OUT. False: FORMAT does not match all of
 * TEXT; the day or time does not exist; the day of the week or of the year contradicts the date; or the year is outside
 * 1000 to 9999, as when %Y meets a year of two digits.
 */
bool csv_value_time(const char *format, const char *text, char out[CALENDAR_TIME_SIZE]);

/*
 * Whether FORMAT determines a day, and the time of day completely or not at all, and strptime() applies all of its
 * parts. %d.%m and %I:%M are incomplete; strptime() ignores %G and %Z; %s depends on TZ.
 */
bool csv_value_is_format(const char *format);

#endif
