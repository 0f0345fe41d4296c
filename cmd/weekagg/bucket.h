/* SPDX-License-Identifier: MIT */
/*
 * bucket: the weeks, months and other units of the calendar that times fall into. A bucket is identified by its first
 * second (calendar.h), in UTC or in local time, so buckets sort as numbers.
 */
#ifndef WEIR_BUCKET_H
#define WEIR_BUCKET_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/span.h"
#include "value/calendar.h"

enum {
    BUCKET_SIZE = 28,   /* room for a bucket's fields and a NUL */
    BUCKET_NUMBERS = 5, /* numbers in these fields, at most, without an offset */
};

/*
 * A unit: a row of a table in bucket_unit.c. Steps count from 1970; with an offset, what bucket_join() makes stands for one.
 * A bucket has one step or more; those of hours and minutes have one. Its fields are up to BUCKET_NUMBERS numbers,
 * written by FORMAT.
 */
struct bucket_unit {
    const char *word;
    const char *columns; /* their names, separated by commas */
    const char *format;  /* for snprintf() */
    int64_t step;        /* in seconds */
    int weekday;         /* for weeks: days from their first day to Thursday, the weekday of 1970-01-01 */
    /* Sets the numbers of the bucket that STEP is in. The others stay 0. */
    void (*tell)(const struct bucket_unit *u, int64_t step, int numbers[BUCKET_NUMBERS]);
    /* The first step of the bucket with NUMBERS, or any step if there is none. */
    int64_t (*find)(const struct bucket_unit *u, const int numbers[BUCKET_NUMBERS]);
    bool has_offset; /* buckets show the offset of local time: they are those of bucket_join() */
};

/* No unit, for records without times: a bucket without columns. Their time is 0. */
extern const struct bucket_unit bucket_all;

static inline bool bucket_is_all(const struct bucket_unit *u)
{
    return *u->columns == '\0';
}

/*
 * The unit of hours or minutes that begins at INSTANT, in UTC, when local time is AHEAD seconds ahead. It may begin
 * later than others, if the clock changes there. Such buckets sort by INSTANT.
 */
int64_t bucket_join(int64_t instant, int32_t ahead);
void bucket_split(int64_t start, int64_t *instant, int32_t *ahead);

/* The words for units, week first, and for rules of weeks, for words_list(). */
const char *bucket_unit_word(int i);
const char *bucket_week_word(int i);

/*
 * The unit that UNIT names, or if that is NULL or week, the one with rule WEEK; -1 is the first. Dies with a usage error
 * if there is none, or if it cannot have a WEEK or an offset.
 */
struct bucket_unit xbucket_find(const char *unit, int week, bool has_offset);

/* The step that SECONDS is in. */
static inline int64_t bucket_step(const struct bucket_unit *u, int64_t seconds)
{
    /* Dividing by a constant is several times as fast as by u->step. */
    if (u->step == DAY_SECONDS)
        return floor_divide(seconds, DAY_SECONDS);
    return u->has_offset ? seconds : floor_divide(seconds, u->step == HOUR_SECONDS ? HOUR_SECONDS : u->step);
}

/* The bucket that SECONDS, CALENDAR_FIRST to CALENDAR_LAST, falls into. */
int64_t bucket_start(const struct bucket_unit *u, int64_t seconds);

/* The bucket after START; there must be one. Not for units with an offset, which need a zone (when.h). */
int64_t bucket_next(const struct bucket_unit *u, int64_t start);

/* Writes the fields of the bucket START to OUT, separated by TABs, with a NUL; returns their length. */
size_t bucket_format(const struct bucket_unit *u, int64_t start, char out[BUCKET_SIZE]);

/* Sets *START to the bucket with FIELDS, spelled as by bucket_format(); false if there is none. */
bool bucket_parse(const struct bucket_unit *u, struct span fields, int64_t *start);

#endif
