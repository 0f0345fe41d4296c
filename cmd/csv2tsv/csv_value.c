/* SPDX-License-Identifier: MIT */
#include "csv_value.h"

#include <stdlib.h>
#include <time.h>

#include "value/number.h"

static const char digits[] = "0123456789";
static const char *const separators[] = { ".", " ", "'", "\u2019", "\u00a0", "\u202f", "\u2009" };

bool csv_value_number(const char *text, char *out)
{
    struct span separator = { "", 0 };
    struct number number;
    char *end = out;

    if (*text == '-')
        *end++ = '-';
    text += *text == '-' || *text == '+';
    size_t n = strspn(text, digits);
    for (size_t i = 0; i < sizeof separators / sizeof *separators && n > 0 && n <= 3; i++)
        if (strncmp(text + n, separators[i], strlen(separators[i])) == 0)
            separator = span_of(separators[i]);
    end = mempcpy(end, text, n);
    text += n;
    while (separator.len > 0 && strncmp(text, separator.at, separator.len) == 0) {
        text += separator.len;
        if (strspn(text, digits) != 3)
            return false;
        end = mempcpy(end, text, 3);
        text += 3;
    }
    if (n == 0 || strchr(text, '.') != NULL)
        return false;
    char *comma = end;
    end = stpcpy(end, text);
    if (*comma == ',')
        *comma = '.';
    return number_parse((struct span){ out, (size_t)(end - out) }, &number);
}

bool csv_value_time(const char *format, const char *text, char out[CALENDAR_TIME_SIZE])
{
    struct tm tm = { .tm_wday = -1, .tm_yday = -1 }; /* they stay if they are unknown */

    const char *end = strptime(text, format, &tm);
    if (end == NULL || *end != '\0' || tm.tm_year < 1000 - 1900)
        return false;
    int64_t day = calendar_day((struct date){ tm.tm_year + 1900, tm.tm_mon + 1, tm.tm_mday });
    int64_t seconds = day * DAY_SECONDS + tm.tm_hour * HOUR_SECONDS + tm.tm_min * 60 + tm.tm_sec - tm.tm_gmtoff;
    struct date d = calendar_date(day);
    if (d.month != tm.tm_mon + 1 || d.day != tm.tm_mday || seconds > CALENDAR_LAST ||
        labs(tm.tm_gmtoff) >= DAY_SECONDS ||
        tm.tm_sec > (seconds % DAY_SECONDS == 0 ? 60 : 59) || /* a leap second is the next second */
        (tm.tm_wday >= 0 && tm.tm_wday != floor_modulo(day + 4, 7)) || /* 1970-01-01 was a Thursday */
        (tm.tm_yday >= 0 && tm.tm_yday != day - calendar_day((struct date){ d.year, 1, 1 })))
        return false;
    calendar_format(seconds, out);
    return true;
}

bool csv_value_is_format(const char *format)
{
    static const char *const times[] = { "2003-11-27T14:38:59", "2003-11-27T14:38:00", "2003-11-27T14:00:00",
                                         "2003-11-27T00:00:00" };
    const struct tm tm = { .tm_year = 103, .tm_mon = 10, .tm_mday = 27, .tm_hour = 14, .tm_min = 38, .tm_sec = 59,
                           .tm_wday = 4, .tm_yday = 330 };
    char text[1000];
    char time[CALENDAR_TIME_SIZE];

    for (const char *p = format; (p = strchr(p, '%')) != NULL; p++) {
        char conversion = p[1 + strspn(p + 1, "EO_-^#+0123456789")];
        if (conversion == 'Z' || conversion == 's')
            return false;
    }
    /* The format must read what it writes. */
    if (strftime(text, sizeof text, format, &tm) == 0 || !csv_value_time(format, text, time))
        return false;
    for (size_t i = 0; i < sizeof times / sizeof *times; i++)
        if (strcmp(time, times[i]) == 0)
            return true;
    return false;
}
