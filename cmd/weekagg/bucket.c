/* SPDX-License-Identifier: MIT */
#include "bucket.h"

#include <stdio.h>

#include "value/calendar.h"

const char *bucket_columns(enum bucket_unit unit)
{
    static const char *const columns[] = {
        [BUCKET_WEEK_MONDAY] = "Year,WeekNumber",
        [BUCKET_WEEK_SUNDAY] = "Year,WeekNumber",
        [BUCKET_WEEK_ISO] = "Year,WeekNumber",
        [BUCKET_WEEK_DATE] = "Week",
        [BUCKET_DAY] = "Date",
        [BUCKET_MONTH] = "Month",
        [BUCKET_QUARTER] = "Quarter",
        [BUCKET_YEAR] = "Year",
        [BUCKET_HOUR] = "Hour",
        [BUCKET_ALL] = "",
    };

    return columns[unit];
}

/* Days since the last Monday, or Sunday, which DAY may be itself; 1970-01-01 was a Thursday. */
static int64_t days_into_week(enum bucket_unit unit, int64_t day)
{
    int64_t shifted = day + (unit == BUCKET_WEEK_SUNDAY ? 4 : 3);

    return shifted - floor_divide(shifted, 7) * 7;
}

static int64_t new_year(int year)
{
    return calendar_day((struct date){ year, 1, 1 });
}

/* The first day of the unit that DAY is in. */
static int64_t first_day(enum bucket_unit unit, int64_t day)
{
    struct date d = calendar_date(day);
    int64_t week = day - days_into_week(unit, day);

    switch (unit) {
    case BUCKET_WEEK_MONDAY:
    case BUCKET_WEEK_SUNDAY:
        return week > new_year(d.year) ? week : new_year(d.year);
    case BUCKET_WEEK_ISO:
    case BUCKET_WEEK_DATE:
        return week;
    case BUCKET_MONTH:
        return calendar_day((struct date){ d.year, d.month, 1 });
    case BUCKET_QUARTER:
        return calendar_day((struct date){ d.year, (d.month - 1) / 3 * 3 + 1, 1 });
    case BUCKET_YEAR:
        return new_year(d.year);
    case BUCKET_DAY:
    case BUCKET_HOUR:
    case BUCKET_ALL:
        break;
    }
    return day;
}

int64_t bucket_start(enum bucket_unit unit, int64_t seconds)
{
    if (unit == BUCKET_ALL)
        return 0;
    if (unit == BUCKET_HOUR)
        return floor_divide(seconds, HOUR_SECONDS) * HOUR_SECONDS;
    return first_day(unit, floor_divide(seconds, DAY_SECONDS)) * DAY_SECONDS;
}

int64_t bucket_next(enum bucket_unit unit, int64_t start)
{
    int64_t next = start;

    do
        next += unit == BUCKET_HOUR ? HOUR_SECONDS : DAY_SECONDS;
    while (bucket_start(unit, next) == start);
    return next;
}

/* The weeks that have begun in YEAR before or on DAY. */
static int week_number(enum bucket_unit unit, int64_t day, int year)
{
    return (int)((day - new_year(year) + 7 - days_into_week(unit, day)) / 7);
}

size_t bucket_format(enum bucket_unit unit, int64_t start, char out[BUCKET_SIZE])
{
    int64_t day = floor_divide(start, DAY_SECONDS);
    int hour = (int)((start - day * DAY_SECONDS) / HOUR_SECONDS);
    int64_t telling = unit == BUCKET_WEEK_ISO ? day + 3 : day; /* the Thursday tells the year */
    struct date d = calendar_date(telling);
    int len = 0;

    switch (unit) {
    case BUCKET_WEEK_MONDAY:
    case BUCKET_WEEK_SUNDAY:
        len = snprintf(out, BUCKET_SIZE, "%d\t%d", d.year, week_number(unit, day, d.year));
        break;
    case BUCKET_WEEK_ISO:
        len = snprintf(out, BUCKET_SIZE, "%d\t%d", d.year, (int)((telling - new_year(d.year)) / 7 + 1));
        break;
    case BUCKET_WEEK_DATE:
    case BUCKET_DAY:
        len = snprintf(out, BUCKET_SIZE, "%04d-%02d-%02d", d.year, d.month, d.day);
        break;
    case BUCKET_MONTH:
        len = snprintf(out, BUCKET_SIZE, "%04d-%02d", d.year, d.month);
        break;
    case BUCKET_QUARTER:
        len = snprintf(out, BUCKET_SIZE, "%04d-Q%d", d.year, d.month / 3 + 1);
        break;
    case BUCKET_YEAR:
        len = snprintf(out, BUCKET_SIZE, "%d", d.year);
        break;
    case BUCKET_HOUR:
        len = snprintf(out, BUCKET_SIZE, "%04d-%02d-%02dT%02d", d.year, d.month, d.day, hour);
        break;
    case BUCKET_ALL:
        break;
    }
    return (size_t)len;
}

/* Sets NUMBERS to the runs of digits in TEXT, 0 where there are no more; false if it has another form altogether. */
static bool find_numbers(struct span text, int numbers[4])
{
    int n = -1;
    bool in_number = false;

    for (size_t i = 0; i < text.len; i++) {
        bool is_digit = text.at[i] >= '0' && text.at[i] <= '9';
        n += is_digit && !in_number;
        if (n == 4)
            return false;
        if (is_digit)
            numbers[n] = numbers[n] * 10 + (text.at[i] - '0');
        if (is_digit && numbers[n] > 9999)
            return false;
        in_number = is_digit;
    }
    return true;
}

/* A day of the unit that the NUMBERS of its fields tell, if there is one. */
static int64_t day_of(enum bucket_unit unit, const int numbers[4])
{
    int year = numbers[0];
    int64_t day = new_year(year);

    switch (unit) {
    case BUCKET_WEEK_MONDAY:
    case BUCKET_WEEK_SUNDAY:
        return numbers[1] == 0 ? day : day + 6 - days_into_week(unit, day + 6) + (numbers[1] - 1) * 7;
    case BUCKET_WEEK_ISO:
        return day + 3 + (numbers[1] - 1) * 7; /* 4 January is in week 1 */
    case BUCKET_MONTH:
        return calendar_day((struct date){ year, numbers[1], 1 });
    case BUCKET_QUARTER:
        return calendar_day((struct date){ year, numbers[1] * 3, 1 });
    case BUCKET_YEAR:
        return day;
    case BUCKET_WEEK_DATE:
    case BUCKET_DAY:
    case BUCKET_HOUR:
    case BUCKET_ALL:
        break;
    }
    return calendar_day((struct date){ year, numbers[1], numbers[2] });
}

bool bucket_parse(enum bucket_unit unit, struct span fields, int64_t *start)
{
    char again[BUCKET_SIZE];
    int numbers[4] = { 0 };

    if (!find_numbers(fields, numbers))
        return false;
    int64_t seconds = day_of(unit, numbers) * DAY_SECONDS + numbers[3] * HOUR_SECONDS;
    if (seconds < CALENDAR_FIRST || seconds > CALENDAR_LAST)
        return false;
    /* Whatever was not one of the unit's buckets, spelled as it must be, comes out as another. */
    *start = bucket_start(unit, seconds);
    size_t len = bucket_format(unit, *start, again);
    return span_equal(fields, (struct span){ again, len });
}
