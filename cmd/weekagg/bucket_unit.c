/* SPDX-License-Identifier: MIT */
/* bucket_unit: the units of the calendar, as rows of tables, and the choice of one. */
#include "base/die.h"
#include "base/quote.h"
#include "base/words.h"
#include "bucket.h"

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

static void tell_clock(const struct bucket_unit *u, int64_t step, int numbers[BUCKET_NUMBERS])
{
    int64_t instant;
    int32_t ahead;

    if (u->has_offset) {
        bucket_split(step, &instant, &ahead);
        step = floor_divide(instant + ahead, u->step);
    }
    int64_t day = floor_divide(step * u->step, DAY_SECONDS);
    int minutes = (int)(step * u->step - day * DAY_SECONDS) / 60;
    tell_day(u, day, numbers);
    numbers[3] = minutes / 60;
    numbers[4] = minutes % 60;
}

static int64_t find_clock(const struct bucket_unit *u, const int numbers[BUCKET_NUMBERS])
{
    return floor_divide(find_day(u, numbers) * DAY_SECONDS + numbers[3] * HOUR_SECONDS + numbers[4] * 60, u->step);
}

static const struct bucket_unit weeks[] = {
    { "monday", "Year,WeekNumber", "%d\t%d", DAY_SECONDS, MONDAY, tell_split_week, find_split_week, false },
    { "sunday", "Year,WeekNumber", "%d\t%d", DAY_SECONDS, SUNDAY, tell_split_week, find_split_week, false },
    { "iso", "Year,WeekNumber", "%d\t%d", DAY_SECONDS, MONDAY, tell_iso_week, find_iso_week, false },
    { "date", "Week", "%04d-%02d-%02d", DAY_SECONDS, MONDAY, tell_week_day, find_day, false },
};

static const struct bucket_unit units[] = {
    { "day", "Date", "%04d-%02d-%02d", DAY_SECONDS, 0, tell_day, find_day, false },
    { "month", "Month", "%04d-%02d", DAY_SECONDS, 0, tell_day, find_month, false },
    { "quarter", "Quarter", "%04d-Q%d", DAY_SECONDS, 0, tell_quarter, find_quarter, false },
    { "year", "Year", "%d", DAY_SECONDS, 0, tell_day, find_year, false },
    { "hour", "Hour", "%04d-%02d-%02dT%02d", HOUR_SECONDS, 0, tell_clock, find_clock, false },
};

/* A number and one of these words is a unit too. */
static const struct bucket_unit clocks[] = {
    { "m", "Time", "%04d-%02d-%02dT%02d:%02d", 60, 0, tell_clock, find_clock, false },
    { "h", "Hour", "%04d-%02d-%02dT%02d", HOUR_SECONDS, 0, tell_clock, find_clock, false },
};

const struct bucket_unit bucket_all = { NULL, "", "", DAY_SECONDS, 0, tell_day, find_day, false };

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

/* The unit that TEXT, a number with a word of CLOCKS, means. */
static struct bucket_unit parse_clock(const char *text)
{
    const size_t digits = strspn(text, "0123456789");
    struct bucket_unit unit = clocks[strcmp(text + digits, "h") == 0];
    struct words words;
    struct quoted q;
    int64_t n = 0;

    for (size_t i = 0; i < digits && n < DAY_SECONDS; i++)
        n = n * 10 + (text[i] - '0');
    if (*text == '0' || n == 0 || strcmp(text + digits, unit.word) != 0 || DAY_SECONDS % (n * unit.step) != 0)
        die_usage("--unit: \"%s\" must be one of %s, or minutes or hours that divide a day, such as 15m or 6h",
                  quote(&q, span_of(text)), words_list(&words, bucket_unit_word));
    unit.step *= n;
    return unit;
}

struct bucket_unit xbucket_find(const char *unit, int week, bool has_offset)
{
    int i = unit != NULL ? words_find(bucket_unit_word, span_of(unit)) : 0;
    struct bucket_unit found = i == 0 ? weeks[week >= 0 ? week : 0] : i > 0 ? units[i - 1] : parse_clock(unit);

    if (week >= 0 && i != 0)
        die_usage("--week requires --unit week");
    if (has_offset && found.tell != tell_clock)
        die_usage("--offset requires a unit of hours or minutes");
    found.has_offset = has_offset;
    return found;
}
