/* SPDX-License-Identifier: MIT */
/*
 * bucket: the weeks, months and other units that times fall into. A bucket is known by its first second (calendar.h) in
 * the time that it is cut from, UTC or that of a zone, and so buckets sort as numbers.
 */
#ifndef WEIR_BUCKET_H
#define WEIR_BUCKET_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/span.h"

/* How time is cut: at midnight, if it is not by the hour. */
enum bucket_unit {
    BUCKET_WEEK_MONDAY, /* strftime %Y %W: weeks begin on Monday and on New Year's Day, week 0 is before any Monday */
    BUCKET_WEEK_SUNDAY, /* %Y %U: the same with Sunday */
    BUCKET_WEEK_ISO,    /* %G %V, ISO 8601: a week is of the year that its Thursday is in */
    BUCKET_WEEK_DATE,   /* the date of the week's Monday */
    BUCKET_DAY,
    BUCKET_MONTH,
    BUCKET_QUARTER,
    BUCKET_YEAR,
    BUCKET_HOUR,
    BUCKET_ALL, /* not at all: there is one bucket, and no column tells it */
};

enum { BUCKET_SIZE = 16 }; /* room for a bucket's fields */

/* The bucket that SECONDS, CALENDAR_FIRST to CALENDAR_LAST, falls into. */
int64_t bucket_start(enum bucket_unit unit, int64_t seconds);

/* The bucket that follows START; there must be one. */
int64_t bucket_next(enum bucket_unit unit, int64_t start);

/* The names of the columns that tell a bucket: a constant list, as "Year,WeekNumber", or "". */
const char *bucket_columns(enum bucket_unit unit);

/* Writes the fields of the bucket START to OUT, TABs between them, and returns how many bytes that took. */
size_t bucket_format(enum bucket_unit unit, int64_t start, char out[BUCKET_SIZE]);

/* Sets *START to the bucket that FIELDS, spelled as bucket_format() does, tells; false if there is none. */
bool bucket_parse(enum bucket_unit unit, struct span fields, int64_t *start);

#endif
