/* SPDX-License-Identifier: MIT */
#include "unit.h"

#include <stdio.h>

#include "value/calendar.h"
#include "value/number.h"

static const struct unit units[] = {
    { "dddd-dd-dd", "days", DAY_SECONDS, 0, 7 },
    { "dddd-dd", "months", 0, 1, 1 },
    { "dddd-Qd", "quarters", 0, 3, 1 },
    { "dddd", "years", 0, 12, 1 },
    { "dddd-dd-ddTdd", "hours", HOUR_SECONDS, 0, 24 },
    { "dddd-dd-ddTdd:dd", "minutes", 60, 0, 24 * 60 },
};

static bool has_form(struct span text, const char *form)
{
    if (text.len != strlen(form))
        return false;
    for (size_t i = 0; i < text.len; i++)
        if (form[i] == 'd' ? !number_is_digit(text.at[i]) : text.at[i] != form[i])
            return false;
    return true;
}

/* Sets *NUMBER to that of TEXT, which has the form of U. False: there is no such unit, as in 2023-02-29. */
static bool read_number(const struct unit *u, struct span text, int64_t *number)
{
    char time[UNIT_SIZE + 6];
    int64_t seconds;
    int month = 1;

    if (u->months == 1)
        month = (text.at[5] - '0') * 10 + text.at[6] - '0';
    else if (u->months == 3)
        month = (text.at[6] - '0') * 3 - 2;
    int n = u->months > 0 ? snprintf(time, sizeof time, "%.4s-%02d-01", text.at, month % 100)
                          : snprintf(time, sizeof time, "%.*s%s", (int)text.len, text.at, text.len == 13 ? ":00" : "");
    if (!calendar_parse((struct span){ time, (size_t)n }, &seconds))
        return false;
    struct date date = calendar_date(floor_divide(seconds, DAY_SECONDS));
    *number = u->months > 0 ? (date.year * 12 + date.month - 1) / u->months : floor_divide(seconds, u->seconds);
    return true;
}

const struct unit *unit_find(struct span text, int64_t *number)
{
    for (size_t i = 0; i < sizeof units / sizeof *units; i++)
        if (has_form(text, units[i].form))
            return read_number(&units[i], text, number) ? &units[i] : NULL;
    return NULL;
}

void unit_format(const struct unit *u, int64_t number, char out[UNIT_SIZE])
{
    int month = (int)number * u->months;

    if (u->months == 0) {
        calendar_format(number * u->seconds, out);
        out[strlen(u->form)] = '\0';
    } else {
        snprintf(out, UNIT_SIZE, u->months == 1 ? "%04d-%02d" : u->months == 3 ? "%04d-Q%d" : "%04d", month / 12,
                 month % 12 / u->months + 1);
    }
}
