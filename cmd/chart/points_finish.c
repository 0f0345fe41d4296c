/* SPDX-License-Identifier: MIT */
#include <stdlib.h>

#include "base/memory.h"
#include "value/number.h"
#include "value/order.h"
#include "points.h"

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

/* A slot and its label. */
struct slot {
    struct span label;
    size_t slot;
};

static int compare_slots(const void *a, const void *b)
{
    return order_compare(((const struct slot *)a)->label, ((const struct slot *)b)->label);
}

/* If all labels of P, which has groups, are numbers, sorts its slots by them: weeks of two years begin at 0 or 1. */
static void sort_numbers(struct points *p)
{
    const size_t n = p->labels.n;
    struct slot *slots = xcalloc(n + 1, sizeof *slots);
    size_t *places = xcalloc(n + 1, sizeof *places); /* of each slot, after sorting */
    struct span label;
    struct number number;
    size_t i = 0;

    for (void *slot = NULL; (slot = keyset_next(&p->labels, slot, &label)) != NULL; i++) {
        if (!number_parse(label, &number))
            break;
        slots[i] = (struct slot){ label, i };
    }
    if (i == n)
        qsort(slots, n, sizeof *slots, compare_slots);
    for (size_t at = 0; at < n && i == n; at++)
        places[slots[at].slot] = at;
    for (size_t at = 0; at < p->n && i == n; at++)
        p->at[at].slot = places[p->at[at].slot];
    free(slots);
    free(places);
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
        if (p->has_groups)
            sort_numbers(p);
        if (p->n > 0)
            qsort(p->at, p->n, sizeof *p->at, compare_points);
    }
    p->slot_labels = xcalloc(p->n_slots + 1, sizeof *p->slot_labels);
    for (size_t i = 0; i < p->n; i++)
        p->slot_labels[p->at[i].slot] = p->at[i].label;
    return true;
}
