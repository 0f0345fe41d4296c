/* SPDX-License-Identifier: MIT */
#include "zone_rule.h"

#include "value/calendar.h"
#include "value/number.h"

enum { THURSDAY = 4 }; /* 1970-01-01 was one */

static bool is_next(const struct span *text, char c)
{
    return text->len > 0 && *text->at == c;
}

static bool skip(struct span *text, char c)
{
    bool is = is_next(text, c);

    text->at += is;
    text->len -= is;
    return is;
}

/* Reads a number from LEAST to MOST. */
static bool read_number(struct span *text, int least, int most, int *number)
{
    size_t len = text->len;

    *number = 0;
    for (; text->len > 0 && number_is_digit(*text->at) && *number <= most; text->at++, text->len--)
        *number = *number * 10 + (*text->at - '0');
    return text->len < len && *number >= least && *number <= most;
}

/* Reads [+-]HH[:MM[:SS]]. */
static bool read_clock(struct span *text, int most_hours, int32_t *seconds)
{
    int32_t sign = skip(text, '-') ? -1 : 1;
    int hours;
    int minutes = 0;
    int rest = 0;

    if (sign > 0)
        skip(text, '+');
    bool is_good = read_number(text, 0, most_hours, &hours);
    if (is_good && skip(text, ':'))
        is_good = read_number(text, 0, 59, &minutes);
    if (is_good && skip(text, ':'))
        is_good = read_number(text, 0, 59, &rest);
    *seconds = sign * (hours * HOUR_SECONDS + minutes * 60 + rest);
    return is_good;
}

/* Skips an abbreviation: three letters or more, or anything in angle brackets. */
static bool skip_name(struct span *text)
{
    size_t n = 0;

    if (skip(text, '<')) {
        while (text->len > 0 && !is_next(text, '>'))
            skip(text, *text->at);
        return skip(text, '>');
    }
    for (; text->len > 0 && ((*text->at >= 'A' && *text->at <= 'Z') || (*text->at >= 'a' && *text->at <= 'z')); n++)
        skip(text, *text->at);
    return n >= 3;
}

static bool read_change(struct span *text, struct zone_change *c)
{
    bool is_good;

    *c = (struct zone_change){ .seconds = 2 * HOUR_SECONDS };
    if (!skip(text, ','))
        return false;
    if (skip(text, 'M')) {
        c->kind = 'M';
        is_good = read_number(text, 1, 12, &c->month) && skip(text, '.') && read_number(text, 1, 5, &c->day) &&
                  skip(text, '.') && read_number(text, 0, 6, &c->weekday);
    } else if (skip(text, 'J')) {
        c->kind = 'J';
        is_good = read_number(text, 1, 365, &c->day);
    } else {
        is_good = read_number(text, 0, 365, &c->day);
    }
    return is_good && (!skip(text, '/') || read_clock(text, 167, &c->seconds));
}

bool zone_rule_parse(struct zone_rule *r, struct span text)
{
    int32_t behind;

    *r = (struct zone_rule){ 0 };
    if (!skip_name(&text) || !read_clock(&text, 24, &behind))
        return false;
    r->ahead = -behind;
    r->has_summer = text.len > 0;
    if (!r->has_summer)
        return true;
    if (!skip_name(&text))
        return false;
    r->summer = r->ahead + HOUR_SECONDS;
    if (!is_next(&text, ',')) {
        if (!read_clock(&text, 24, &behind))
            return false;
        r->summer = -behind;
    }
    return read_change(&text, &r->start) && read_change(&text, &r->end) && text.len == 0;
}

/* The day of C in YEAR. */
static int64_t day_of_change(const struct zone_change *c, int year)
{
    int64_t new_year = calendar_day((struct date){ year, 1, 1 });

    if (c->kind == 'J') /* the 29th of February does not count */
        return c->day < 60 ? new_year + c->day - 1 : calendar_day((struct date){ year, 3, 1 }) + c->day - 60;
    if (c->kind != 'M')
        return new_year + c->day;
    int64_t first = calendar_day((struct date){ year, c->month, 1 });
    int64_t day = first + (c->day - 1) * 7;
    day += floor_modulo(c->weekday - (first + THURSDAY), 7);
    return day < calendar_day((struct date){ year, c->month + 1, 1 }) ? day : day - 7;
}

/* When C happens in YEAR, in local time that is AHEAD of UTC. */
static int64_t time_of_change(const struct zone_change *c, int year, int32_t ahead)
{
    return day_of_change(c, year) * DAY_SECONDS + c->seconds - ahead;
}

int32_t zone_rule_ahead(const struct zone_rule *r, int64_t seconds)
{
    if (!r->has_summer)
        return r->ahead;
    int year = calendar_date(floor_divide(seconds, DAY_SECONDS)).year;
    for (int y = year - 1; y <= year + 1; y++) {
        int64_t start = time_of_change(&r->start, y, r->ahead);
        int64_t end = time_of_change(&r->end, y, r->summer);
        if (end < start) /* in the south */
            end = time_of_change(&r->end, y + 1, r->summer);
        if (seconds >= start && seconds < end)
            return r->summer;
    }
    return r->ahead;
}
