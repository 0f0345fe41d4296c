/* SPDX-License-Identifier: MIT */
#include "bucket.h"

#include <stdio.h>

enum { MONDAY = 3, SUNDAY = 4 }; /* as weekday of a unit */

/* The first day of the week that DAY is in. */
static int64_t week_of(const struct bucket_unit *u, int64_t day)
{
    return floor_divide(day + u->weekday, 7) * 7 - u->weekday;
}

static int64_t new_year(int year)
{
    return calendar_day((struct date){ year, 1, 1 });
}

/* %Y and %W or %U: New Year splits a week; week 0 is before the first week that is whole. */
static void tell_split_week(const struct bucket_unit *u, int64_t day, int numbers[BUCKET_NUMBERS])
{
    int year = calendar_date(day).year;

    numbers[0] = year;
    numbers[1] = (int)(floor_divide(week_of(u, day) - new_year(year), 7) + 1);
}

static int64_t find_split_week(const struct bucket_unit *u, const int numbers[BUCKET_NUMBERS])
{
    int64_t day = new_year(numbers[0]);

    return numbers[1] == 0 ? day : week_of(u, day + 6) + (numbers[1] - 1) * 7;
}

/* %G and %V: a week belongs to the year that its Thursday is in. */
static void tell_iso_week(const struct bucket_unit *u, int64_t day, int numbers[BUCKET_NUMBERS])
{
    int64_t thursday = week_of(u, day) + 3;
    int year = calendar_date(thursday).year;

    numbers[0] = year;
    numbers[1] = (int)((thursday - new_year(year)) / 7 + 1);
}

static int64_t find_iso_week(const struct bucket_unit *u, const int numbers[BUCKET_NUMBERS])
{
    return week_of(u, new_year(numbers[0]) + 3) + (numbers[1] - 1) * 7; /* 4 January is in week 1 */
}

static void tell_day(const struct bucket_unit *u, int64_t day, int numbers[BUCKET_NUMBERS])
{
    struct date d = calendar_date(day);

    (void)u;
    numbers[0] = d.year;
    numbers[1] = d.month;
    numbers[2] = d.day;
}

static int64_t find_day(const struct bucket_unit *u, const int numbers[BUCKET_NUMBERS])
{
    (void)u;
    return calendar_day((struct date){ numbers[0], numbers[1], numbers[2] });
}

static void tell_week_day(const struct bucket_unit *u, int64_t day, int numbers[BUCKET_NUMBERS])
{
    tell_day(u, week_of(u, day), numbers);
}

static int64_t find_month(const struct bucket_unit *u, const int numbers[BUCKET_NUMBERS])
{
    (void)u;
    return calendar_day((struct date){ numbers[0], numbers[1], 1 });
}

static void tell_quarter(const struct bucket_unit *u, int64_t day, int numbers[BUCKET_NUMBERS])
{
    struct date d = calendar_date(day);

    (void)u;
    numbers[0] = d.year;
    numbers[1] = (d.month + 2) / 3;
}

static int64_t find_quarter(const struct bucket_unit *u, const int numbers[BUCKET_NUMBERS])
{
    (void)u;
    return calendar_day((struct date){ numbers[0], numbers[1] * 3 - 2, 1 });
}

static int64_t find_year(const struct bucket_unit *u, const int numbers[BUCKET_NUMBERS])
{
    (void)u;
    return new_year(numbers[0]);
}

static void tell_hour(const struct bucket_unit *u, int64_t hour, int numbers[BUCKET_NUMBERS])
{
    int64_t day = floor_divide(hour, 24);

    tell_day(u, day, numbers);
    numbers[3] = (int)(hour - day * 24);
}

static int64_t find_hour(const struct bucket_unit *u, const int numbers[BUCKET_NUMBERS])
{
    return find_day(u, numbers) * 24 + numbers[3];
}

enum {
    AHEAD_BITS = 18, /* room for any AHEAD, which is less than 36 hours */
    AHEAD_ZERO = 1 << 17,
    HOUR_LEN = sizeof "YYYY-MM-DDTHH" - 1,
    HOUR_NUMBERS = 4,
};

int64_t bucket_join(int64_t instant, int32_t ahead)
{
    return instant * (1 << AHEAD_BITS) + AHEAD_ZERO + ahead;
}

void bucket_split(int64_t start, int64_t *instant, int32_t *ahead)
{
    *instant = floor_divide(start, 1 << AHEAD_BITS);
    *ahead = (int32_t)(floor_modulo(start, 1 << AHEAD_BITS) - AHEAD_ZERO);
}

static void tell_offset_hour(const struct bucket_unit *u, int64_t start, int numbers[BUCKET_NUMBERS])
{
    int64_t instant;
    int32_t ahead;

    bucket_split(start, &instant, &ahead);
    tell_hour(u, floor_divide(instant + ahead, HOUR_SECONDS), numbers);
}

static const struct bucket_unit weeks[] = {
    { "monday", "Year,WeekNumber", "%d\t%d", DAY_SECONDS, MONDAY, tell_split_week, find_split_week },
    { "sunday", "Year,WeekNumber", "%d\t%d", DAY_SECONDS, SUNDAY, tell_split_week, find_split_week },
    { "iso", "Year,WeekNumber", "%d\t%d", DAY_SECONDS, MONDAY, tell_iso_week, find_iso_week },
    { "date", "Week", "%04d-%02d-%02d", DAY_SECONDS, MONDAY, tell_week_day, find_day },
};

static const struct bucket_unit units[] = {
    { "day", "Date", "%04d-%02d-%02d", DAY_SECONDS, 0, tell_day, find_day },
    { "month", "Month", "%04d-%02d", DAY_SECONDS, 0, tell_day, find_month },
    { "quarter", "Quarter", "%04d-Q%d", DAY_SECONDS, 0, tell_quarter, find_quarter },
    { "year", "Year", "%d", DAY_SECONDS, 0, tell_day, find_year },
    { "hour", "Hour", "%04d-%02d-%02dT%02d", HOUR_SECONDS, 0, tell_hour, find_hour },
};

const struct bucket_unit bucket_offset_hour = {
    "hour", "Hour", "%04d-%02d-%02dT%02d", 1, 0, tell_offset_hour, find_hour
};
const struct bucket_unit bucket_all = { NULL, "", "", DAY_SECONDS, 0, tell_day, find_day };

const char *bucket_week_word(int i)
{
    return (size_t)i < sizeof weeks / sizeof *weeks ? weeks[i].word : NULL;
}

const char *bucket_unit_word(int i)
{
    if (i == 0)
        return "week";
    return (size_t)i <= sizeof units / sizeof *units ? units[i - 1].word : NULL;
}

const struct bucket_unit *bucket_find(int unit, int week)
{
    return unit > 0 ? &units[unit - 1] : &weeks[week > 0 ? week : 0];
}

int64_t bucket_start(const struct bucket_unit *u, int64_t seconds)
{
    int numbers[BUCKET_NUMBERS] = { 0 };

    if (u == &bucket_offset_hour)
        return seconds;
    u->tell(u, bucket_step(u, seconds), numbers);
    return u->find(u, numbers) * u->step;
}

int64_t bucket_next(const struct bucket_unit *u, int64_t start)
{
    int64_t next = start;

    do
        next += u->step;
    while (bucket_start(u, next) == start);
    return next;
}

/* Writes the offset of START, +HH:MM or +HH:MM:SS. */
static size_t format_offset(int64_t start, char *out, size_t size)
{
    int64_t instant;
    int32_t ahead;

    bucket_split(start, &instant, &ahead);
    int far = ahead < 0 ? -ahead : ahead;
    int len = snprintf(out, size, "%c%02d:%02d", ahead < 0 ? '-' : '+', far / HOUR_SECONDS, far / 60 % 60);
    if (far % 60 != 0)
        len += snprintf(out + len, size - (size_t)len, ":%02d", far % 60);
    return (size_t)len;
}

size_t bucket_format(const struct bucket_unit *u, int64_t start, char out[BUCKET_SIZE])
{
    int n[BUCKET_NUMBERS] = { 0 };

    u->tell(u, bucket_step(u, start), n);
    size_t len = (size_t)snprintf(out, BUCKET_SIZE, u->format, n[0], n[1], n[2], n[3]);
    return u == &bucket_offset_hour ? len + format_offset(start, out + len, BUCKET_SIZE - len) : len;
}

/* Sets NUMBERS to the runs of digits in TEXT, 0 after the last; false if there are too many or a large number. */
static bool find_numbers(struct span text, int numbers[BUCKET_NUMBERS])
{
    int n = -1;
    bool in_number = false;

    for (size_t i = 0; i < text.len; i++) {
        bool is_digit = text.at[i] >= '0' && text.at[i] <= '9';
        n += is_digit && !in_number;
        if (n == BUCKET_NUMBERS)
            return false;
        if (is_digit)
            numbers[n] = numbers[n] * 10 + (text.at[i] - '0');
        if (is_digit && numbers[n] > 9999)
            return false;
        in_number = is_digit;
    }
    return true;
}

/* Turns *START, an hour, into the bucket with the offset that is at the end of FIELDS and has NUMBERS. */
static bool add_offset(struct span fields, const int *numbers, int64_t *start)
{
    int32_t ahead = numbers[0] * HOUR_SECONDS + numbers[1] * 60 + numbers[2];
    bool is_behind = fields.len > HOUR_LEN && fields.at[HOUR_LEN] == '-';

    if (numbers[0] > 26)
        return false;
    ahead = is_behind ? -ahead : ahead;
    *start = bucket_join(*start - ahead, ahead);
    return true;
}

bool bucket_parse(const struct bucket_unit *u, struct span fields, int64_t *start)
{
    char again[BUCKET_SIZE];
    int numbers[BUCKET_NUMBERS] = { 0 };

    if (!find_numbers(fields, numbers))
        return false;
    int64_t seconds = u->find(u, numbers) * (u->step > 1 ? u->step : HOUR_SECONDS);
    if (seconds < CALENDAR_FIRST || seconds > CALENDAR_LAST)
        return false;
    *start = bucket_start(u, seconds);
    if (u == &bucket_offset_hour && !add_offset(fields, numbers + HOUR_NUMBERS, start))
        return false;
    /* If FIELDS are not those of a bucket, or are spelled differently, bucket_format() does not give them back. */
    return span_equal(fields, (struct span){ again, bucket_format(u, *start, again) });
}
