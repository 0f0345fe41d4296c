/* SPDX-License-Identifier: MIT */
#include "points.h"

#include <stdlib.h>

#include "base/memory.h"

void xpoints_open(struct points *p, bool has_groups)
{
    *p = (struct points){ .has_groups = has_groups };
    xkeyset_open(&p->groups, sizeof(size_t));
    xkeyset_open(&p->labels, sizeof(size_t));
    xkeyset_open(&p->pairs, 0);
    xbuffer_append(&p->text, (struct span){ "", 1 }); /* no text is at place 0 */
}

/* Keeps BYTES, made safe to show; returns its place. */
static size_t keep(struct points *p, struct span bytes)
{
    const size_t place = p->text.len;
    struct quoted q;

    quote(&q, bytes);
    xbuffer_append(&p->text, (struct span){ q.text, strlen(q.text) + 1 });
    return place;
}

bool xpoints_group(struct points *p, struct span key, struct span name, size_t *group)
{
    bool is_new;
    size_t *index = xkeyset_add(&p->groups, keyset_hash(&p->groups, key), key, &is_new);

    if (is_new && p->groups.n > POINTS_GROUPS)
        return false;
    if (is_new) {
        *index = p->groups.n - 1;
        p->group_names[*index] = keep(p, name);
    }
    *group = *index;
    return true;
}

/* Whether LABEL is new in GROUP. */
static bool add_pair(struct points *p, size_t group, struct span label)
{
    struct buffer key = { .len = 0 };
    bool is_new;

    xbuffer_append(&key, (struct span){ (const char *)&group, sizeof group });
    xbuffer_append(&key, label);
    xkeyset_add(&p->pairs, keyset_hash(&p->pairs, buffer_span(&key)), buffer_span(&key), &is_new);
    buffer_free(&key);
    return is_new;
}

bool xpoints_add(struct points *p, struct point point, struct span label, struct span text)
{
    point.slot = p->n;
    if (p->has_groups) {
        bool is_new;
        if (!add_pair(p, point.group, label))
            return false;
        size_t *slot = xkeyset_add(&p->labels, keyset_hash(&p->labels, label), label, &is_new);
        if (is_new)
            *slot = p->labels.n - 1;
        point.slot = *slot;
    }
    point.label = keep(p, label);
    point.text = point.has_value ? keep(p, text) : 0;
    p->at = xgrow(p->at, p->n, sizeof *p->at);
    p->at[p->n++] = point;
    return true;
}

static int compare_points(const void *a, const void *b)
{
    const struct point *x = a;
    const struct point *y = b;

    return x->group != y->group ? (x->group > y->group) - (x->group < y->group)
                                : (x->slot > y->slot) - (x->slot < y->slot);
}

static uint64_t greatest_divisor(uint64_t a, uint64_t b)
{
    while (b > 0) {
        uint64_t rest = a % b;
        a = b;
        b = rest;
    }
    return a;
}

/* Sets *NUMBERS to the units of the points, in an array for the caller to free. NULL: not all are units of one kind. */
static const struct unit *read_units(const struct points *p, int64_t **numbers)
{
    const struct unit *unit = NULL;

    *numbers = xcalloc(p->n, sizeof **numbers);
    for (size_t i = 0; i < p->n; i++) {
        const struct unit *this = unit_find(span_of(points_text(p, p->at[i].label)), &(*numbers)[i]);
        if (this == NULL || (unit != NULL && this != unit))
            return NULL;
        unit = this;
    }
    return unit;
}

/* Whether P, sorted, has no two points of a group in one slot. */
static bool are_distinct(const struct points *p)
{
    for (size_t i = 1; i < p->n; i++)
        if (compare_points(&p->at[i - 1], &p->at[i]) == 0)
            return false;
    return true;
}

/*
 * Gives P, whose points are of UNIT with NUMBERS, slots along the calendar. Leaves N_SLOTS at 0 if they cannot have
 * them, because a unit occurs twice.
 */
static void follow_calendar(struct points *p, const struct unit *unit, const int64_t *numbers)
{
    int64_t least = INT64_MAX;
    int64_t greatest = INT64_MIN;
    uint64_t step = unit->longest_step;
    struct point *old = (struct point *)xmemdup((const char *)p->at, p->n * sizeof *p->at);

    for (size_t i = 0; i < p->n; i++) {
        least = numbers[i] < least ? numbers[i] : least;
        greatest = numbers[i] > greatest ? numbers[i] : greatest;
    }
    for (size_t i = 0; i < p->n; i++)
        step = greatest_divisor(step, (uint64_t)(numbers[i] - least));
    if (least == greatest)
        step = 1;
    for (size_t i = 0; i < p->n; i++)
        p->at[i].slot = (size_t)((uint64_t)(numbers[i] - least) / step);
    qsort(p->at, p->n, sizeof *p->at, compare_points);
    if (are_distinct(p)) {
        p->unit = unit;
        p->first = least;
        p->step = (int64_t)step;
        p->n_slots = (size_t)((uint64_t)(greatest - least) / step) + 1;
    } else {
        memcpy(p->at, old, p->n * sizeof *p->at);
    }
    free(old);
}

bool xpoints_finish(struct points *p, bool are_units)
{
    int64_t *numbers = NULL;
    const struct unit *unit = are_units && p->n > 0 ? read_units(p, &numbers) : NULL;

    if (unit != NULL)
        follow_calendar(p, unit, numbers);
    free(numbers);
    if (p->n_slots > POINTS_MOST)
        return false;
    if (p->n_slots == 0) {
        p->n_slots = p->has_groups ? p->labels.n : p->n;
        if (p->n > 0)
            qsort(p->at, p->n, sizeof *p->at, compare_points);
    }
    p->slot_labels = xcalloc(p->n_slots + 1, sizeof *p->slot_labels);
    for (size_t i = 0; i < p->n; i++)
        p->slot_labels[p->at[i].slot] = p->at[i].label;
    return true;
}

struct points_summary points_summarize(const struct points *p)
{
    struct points_summary s = { .is_whole = true };

    for (size_t i = 0; i < p->n; i++) {
        const struct point *point = &p->at[i];
        s.n_marked += point->is_marked;
        s.n_hatched += point->is_hatched;
        if (!point->has_value)
            continue;
        s.n_values++;
        if (s.least == NULL || point->value < s.least->value)
            s.least = point;
        if (s.greatest == NULL || point->value > s.greatest->value)
            s.greatest = point;
        if (point->value > 1e15 || point->value < -1e15 || (double)(int64_t)point->value != point->value)
            s.is_whole = false;
    }
    return s;
}

const char *points_label(const struct points *p, size_t slot, struct quoted *q)
{
    if (p->slot_labels[slot] != 0)
        return points_text(p, p->slot_labels[slot]);
    unit_format(p->unit, p->first + (int64_t)slot * p->step, q->text);
    return q->text;
}

void points_close(struct points *p)
{
    free(p->at);
    free(p->slot_labels);
    keyset_close(&p->groups);
    keyset_close(&p->labels);
    keyset_close(&p->pairs);
    buffer_free(&p->text);
}
