/* SPDX-License-Identifier: MIT */
#include "axis.h"

#include "value/number.h"
#include "width.h"

/* Labels are this far apart, in characters. */
static const double gap = 1.5;

enum { YEAR = 4, MONTH = 7, DAY = 10, FEWEST = 3 }; /* bytes that end with the year, month, day; labels of a level */

/* A level of labels of times: the first LEN bytes, where they change and their last number is a multiple of EVERY. */
struct level {
    size_t len;
    int every;
};

static const struct level levels[] = {
    { DAY, 1 },  { MONTH, 1 }, { MONTH, 3 }, { MONTH, 6 },  { YEAR, 1 },   { YEAR, 2 },
    { YEAR, 5 }, { YEAR, 10 }, { YEAR, 20 }, { YEAR, 50 },  { YEAR, 100 }, { YEAR, 200 },
    { YEAR, 500 }, { YEAR, 1000 },
};

/* The last number of the first LEN bytes of LABEL, from 0. */
static int last_number(const char *label, size_t len)
{
    int two = (label[len - 2] - '0') * 10 + label[len - 1] - '0';

    return len == YEAR ? ((label[0] - '0') * 10 + label[1] - '0') * 100 + two : two - 1;
}

/* Whether LABEL starts with a year. */
static bool has_year(const char *label)
{
    for (size_t i = 0; i < YEAR; i++)
        if (!number_is_digit(label[i]))
            return false;
    return label[YEAR] == '\0' || label[YEAR] == '-';
}

/* Labels each EVERY-th slot; returns their number, or 0 if they do not fit. */
static size_t label_each(const struct points *p, double slot_width, size_t every, struct axis_label labels[AXIS_MOST])
{
    struct quoted q;
    size_t n = 0;

    for (size_t slot = 0; slot < p->n_slots; slot += every) {
        const char *label = points_label(p, slot, &q);
        size_t width = width_of(label);
        double taken = (double)(width < AXIS_WIDTH ? width : AXIS_WIDTH) + gap;
        if (n == AXIS_MOST || taken > slot_width * (double)every)
            return 0;
        labels[n++] = (struct axis_label){ slot, strlen(label) };
    }
    return n;
}

/* Labels those that LEVEL wants; returns their number, or 0 if they do not fit. */
static size_t label_level(const struct points *p, double slot_width, struct level level,
                          struct axis_label labels[AXIS_MOST])
{
    char before[DAY] = "";
    struct quoted q;
    size_t n = 0;

    for (size_t slot = 0; slot < p->n_slots; slot++) {
        const char *label = points_label(p, slot, &q);
        if (!has_year(label) || strlen(label) < level.len || (level.len > YEAR && p->unit == NULL))
            return 0;
        if (memcmp(label, before, level.len) == 0)
            continue;
        memcpy(before, label, level.len);
        if (last_number(label, level.len) % level.every != 0)
            continue;
        if (n > 0 && (double)(slot - labels[n - 1].slot) * slot_width < (double)level.len + gap) {
            if (n > 1 || labels[0].slot > 0)
                return 0;
            n = 0; /* the first month or year may be short */
        }
        if (n == AXIS_MOST)
            return 0;
        labels[n++] = (struct axis_label){ slot, level.len };
    }
    return n;
}

size_t axis_labels(const struct points *p, double slot_width, struct axis_label labels[AXIS_MOST])
{
    size_t n = label_each(p, slot_width, 1, labels);

    for (size_t i = 0; n == 0 && i < sizeof levels / sizeof *levels; i++) {
        if (p->unit != NULL && (p->unit->months == 3 || p->unit->months == 12) && levels[i].len > YEAR)
            continue;
        n = label_level(p, slot_width, levels[i], labels);
        n = n >= FEWEST ? n : 0;
    }
    for (size_t ten = 1; n == 0 && ten < p->n_slots; ten *= 10)
        for (size_t digit = 1; n == 0 && digit <= 5; digit += digit == 1 ? 1 : 3)
            n = label_each(p, slot_width, digit * ten, labels);
    return n;
}
