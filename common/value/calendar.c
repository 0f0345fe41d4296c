/* SPDX-License-Identifier: MIT */
#include "value/calendar.h"

#include "value/number.h"

enum { FIRST_DAY = -719162 }; /* 0001-01-01 */

/* The days before each month, and in the whole year; for a common year and a leap year. */
static const short days_before[2][13] = {
    { 0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334, 365 },
    { 0, 31, 60, 91, 121, 152, 182, 213, 244, 274, 305, 335, 366 },
};

static inline bool is_leap(int year)
{
    return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
}

/* The day of D, an existing date. */
static inline int64_t day_of(struct date d)
{
    int past = d.year - 1;

    return FIRST_DAY + past * 365 + past / 4 - past / 100 + past / 400 + days_before[is_leap(d.year)][d.month - 1] +
           d.day - 1;
}

int64_t calendar_day(struct date d)
{
    int past_years = (int)floor_divide(d.month - 1, 12);

    return day_of((struct date){ d.year + past_years, d.month - past_years * 12, d.day });
}

struct date calendar_date(int64_t day)
{
    /* This may be one year early, never late: 400 years have 146097 days. */
    struct date d = { (int)((day - FIRST_DAY) * 400 / 146097), 1, 1 };

    while (day_of((struct date){ d.year + 1, 1, 1 }) <= day)
        d.year++;
    const short *before = days_before[is_leap(d.year)];
    int past = (int)(day - day_of(d));
    while (before[d.month] <= past)
        d.month++;
    d.day = past - before[d.month - 1] + 1;
    return d;
}

size_t calendar_format(int64_t seconds, char out[CALENDAR_TIME_SIZE])
{
    static const unsigned char places[] = { 0, 2, 5, 8, 11, 14, 17 };
    struct date d = calendar_date(floor_divide(seconds, DAY_SECONDS));
    int clock = (int)floor_modulo(seconds, DAY_SECONDS);
    const int pairs[] = {
        d.year / 100, d.year % 100, d.month, d.day, clock / HOUR_SECONDS, clock / 60 % 60, clock % 60,
    };

    memcpy(out, "0000-00-00T00:00:00", CALENDAR_TIME_SIZE);
    for (size_t i = 0; i < sizeof places; i++) {
        out[places[i]] = (char)('0' + pairs[i] / 10);
        out[places[i] + 1] = (char)('0' + pairs[i] % 10);
    }
    return CALENDAR_TIME_SIZE - 1;
}

/* The value of the two digits at P; sets *BAD if they are not digits. */
static inline int pair(const char *p, bool *bad)
{
    unsigned tens = (unsigned char)p[0] - (unsigned)'0';
    unsigned ones = (unsigned char)p[1] - (unsigned)'0';

    *bad |= (tens > 9) | (ones > 9);
    return (int)(tens * 10 + ones);
}

/* Sets NUMBERS to A, B and C of AA-BB-CC at P, with SEPARATOR in place of the hyphens; *BAD: it has another form. */
static inline void triple(const char *p, char separator, int numbers[3], bool *bad)
{
    for (int i = 0; i < 3; i++)
        numbers[i] = pair(p + 3 * i, bad);
    *bad |= p[2] != separator || p[5] != separator;
}

static size_t count_digits(struct span text)
{
    size_t n = 0;

    while (n < text.len && number_is_digit(text.at[n]))
        n++;
    return n;
}

static void skip(struct span *text, size_t n)
{
    text->at += n;
    text->len -= n;
}

/* Parses Z, +HH, +HHMM, +HH:MM, +HH:MM:SS or nothing into *AHEAD, by how many seconds local time is ahead of UTC. */
static bool parse_offset(struct span text, int64_t *ahead)
{
    bool bad = false;
    int numbers[3] = { 0 };

    *ahead = 0;
    if (text.len == 0 || (text.len == 1 && (*text.at | 0x20) == 'z'))
        return true;
    bad |= (*text.at != '+' && *text.at != '-') || (text.len >= 6 && text.at[3] != ':');
    switch (text.len) {
    case 9:
        triple(text.at + 1, ':', numbers, &bad);
        break;
    case 6:
    case 5:
        numbers[1] = pair(text.at + text.len - 2, &bad);
        /* fall through */
    case 3:
        numbers[0] = pair(text.at + 1, &bad);
        break;
    default:
        return false;
    }
    *ahead = numbers[0] * HOUR_SECONDS + numbers[1] * 60 + numbers[2];
    if (*text.at == '-')
        *ahead = -*ahead;
    return !bad && numbers[0] < 24 && numbers[1] < 60 && numbers[2] < 60;
}

/*
 * Adds the clock and offset in TEXT, which starts with the T or space, to *SECONDS, the start of a day. Sets *FRACTION
 * to the digits after the point if there is one.
 */
static inline bool parse_clock(struct span text, int64_t *seconds, struct span *fraction)
{
    bool bad = false;
    int clock[3] = { 0 };
    int64_t ahead;

    if (text.len < 6 || ((*text.at | 0x20) != 't' && *text.at != ' '))
        return false;
    if (text.len >= 9 && text.at[6] == ':') {
        triple(text.at + 1, ':', clock, &bad);
        skip(&text, 9);
        if (text.len > 0 && *text.at == '.') {
            skip(&text, 1);
            size_t n = count_digits(text);
            bad |= n == 0;
            *fraction = (struct span){ text.at, n };
            skip(&text, n);
        }
    } else {
        clock[0] = pair(text.at + 1, &bad);
        clock[1] = pair(text.at + 4, &bad);
        bad |= text.at[3] != ':';
        skip(&text, 6);
    }
    if (bad || clock[0] > 23 || clock[1] > 59 || clock[2] > 60 || !parse_offset(text, &ahead))
        return false;
    *seconds += clock[0] * HOUR_SECONDS + clock[1] * 60 + clock[2] - ahead;
    return clock[2] < 60 || *seconds % DAY_SECONDS == 0;
}

static bool is_in_range(int64_t seconds)
{
    return seconds >= CALENDAR_FIRST && seconds <= CALENDAR_LAST;
}

/* calendar_parse(), which also sets *FRACTION to the digits of a fraction if there is one. */
static inline bool parse(struct span text, int64_t *seconds, struct span *fraction)
{
    bool bad = false;
    int numbers[3]; /* last two digits of the year, month, day */

    if (text.len < 10)
        return false;
    triple(text.at + 2, '-', numbers, &bad);
    struct date d = { pair(text.at, &bad) * 100 + numbers[0], numbers[1], numbers[2] };
    if (bad || d.year < 1 || d.month < 1 || d.month > 12)
        return false;
    const short *before = days_before[is_leap(d.year)];
    if (d.day < 1 || d.day > before[d.month] - before[d.month - 1])
        return false;
    *seconds = day_of(d) * DAY_SECONDS;
    if (text.len == 10)
        return true;
    skip(&text, 10);
    return parse_clock(text, seconds, fraction) && is_in_range(*seconds);
}

bool calendar_parse(struct span text, int64_t *seconds)
{
    struct span fraction;

    return parse(text, seconds, &fraction);
}

enum { SECOND_PLACES = 18 }; /* decimal places of SECOND_ATTOSECONDS */

static const int64_t powers_of_ten[] = {
    1, 10, 100, 1000, 10000, 100000, 1000000, 10000000, 100000000, 1000000000, 10000000000, 100000000000, 1000000000000,
    10000000000000, 100000000000000, 1000000000000000, 10000000000000000, 100000000000000000, SECOND_ATTOSECONDS,
};

/* Sets *VALUE to 0.DIGITS times ten to the power PLACES; false if it is not a whole number. */
static inline bool scale_fraction(struct span digits, size_t places, int64_t *value)
{
    size_t n = digits.len < places ? digits.len : places;

    *value = 0;
    for (size_t i = 0; i < n; i++)
        *value = *value * 10 + (digits.at[i] - '0');
    *value *= powers_of_ten[places - n];
    for (size_t i = n; i < digits.len; i++)
        if (digits.at[i] != '0')
            return false;
    return true;
}

bool calendar_parse_us(struct span text, int64_t *us)
{
    struct span digits = { "", 0 };
    int64_t seconds;
    int64_t fraction;

    if (!parse(text, &seconds, &digits))
        return false;
    scale_fraction(digits, 6, &fraction); /* what is finer is cut off */
    *us = seconds * 1000000 + fraction;
    return true;
}

bool calendar_parse_exact(struct span text, __int128 *attoseconds)
{
    struct span digits = { "", 0 };
    int64_t seconds;
    int64_t fraction;

    if (!parse(text, &seconds, &digits) || !scale_fraction(digits, SECOND_PLACES, &fraction))
        return false;
    *attoseconds = (__int128)seconds * SECOND_ATTOSECONDS + fraction;
    return true;
}

static const struct {
    const char *word;
    int64_t per_second;
} epochs[] = { { "s", 1 }, { "ms", 1000 }, { "us", 1000000 } };

const char *calendar_epoch_word(int i)
{
    return (size_t)i < sizeof epochs / sizeof *epochs ? epochs[i].word : NULL;
}

int64_t calendar_epoch_per_second(int i)
{
    return epochs[i].per_second;
}

/* A decimal number WHOLE.FRACTION. */
struct epoch {
    bool is_negative;
    int64_t whole;
    struct span fraction; /* digits, possibly none */
};

static bool parse_epoch(struct span text, struct epoch *e)
{
    *e = (struct epoch){ .is_negative = text.len > 0 && *text.at == '-' };
    skip(&text, e->is_negative);
    size_t n = count_digits(text);
    if (n == 0 || n > 18)
        return false;
    for (size_t i = 0; i < n; i++)
        e->whole = e->whole * 10 + (text.at[i] - '0');
    skip(&text, n);
    if (text.len > 0) {
        if (*text.at != '.' || text.len == 1)
            return false;
        skip(&text, 1);
        e->fraction = text;
    }
    return count_digits(text) == text.len;
}

bool calendar_parse_epoch(struct span text, int64_t per_second, int64_t *seconds)
{
    bool has_fraction = false; /* one that is not zero */
    struct epoch e;

    if (!parse_epoch(text, &e))
        return false;
    for (size_t i = 0; i < e.fraction.len; i++)
        has_fraction |= e.fraction.at[i] != '0';
    *seconds = floor_divide(e.is_negative ? -e.whole - has_fraction : e.whole, per_second);
    return is_in_range(*seconds);
}

bool calendar_parse_epoch_exact(struct span text, int64_t per_second, __int128 *attoseconds)
{
    const __int128 last = (__int128)CALENDAR_LAST * SECOND_ATTOSECONDS + (SECOND_ATTOSECONDS - 1);
    size_t places = SECOND_PLACES;
    int64_t fraction;
    struct epoch e;

    while (powers_of_ten[SECOND_PLACES - places] < per_second)
        places--;
    if (!parse_epoch(text, &e) || !scale_fraction(e.fraction, places, &fraction))
        return false;
    *attoseconds = (__int128)e.whole * powers_of_ten[places] + fraction;
    if (e.is_negative)
        *attoseconds = -*attoseconds;
    return *attoseconds >= (__int128)CALENDAR_FIRST * SECOND_ATTOSECONDS && *attoseconds <= last;
}
