/* SPDX-License-Identifier: MIT */
/* points: the records of a chart, each with its place along the axis of labels. Texts are safe to show (quote.h). */
#ifndef WEIR_POINTS_H
#define WEIR_POINTS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buffer.h"
#include "base/keyset.h"
#include "base/quote.h"
#include "base/span.h"
#include "unit.h"

enum {
    POINTS_MOST = 10000, /* points, and places along the axis */
    POINTS_GROUPS = 8,   /* groups that a reader can tell apart */
};

struct point {
    size_t slot;  /* its place along the axis, from 0 */
    size_t group; /* from 0, in order of first appearance */
    size_t label; /* for points_text() */
    size_t text;  /* of the value, as it is spelled; the same */
    double value;
    bool has_value;
    bool is_marked;
    bool is_hatched;
};

/* The points with the least and the greatest value, the first of equals, NULL if none has a value; and counts. */
struct points_summary {
    const struct point *least;
    const struct point *greatest;
    size_t n_values;
    size_t n_marked;
    size_t n_hatched;
    bool is_whole; /* all values are whole numbers */
};

struct points {
    struct point *at; /* sorted by group and slot after xpoints_finish() */
    size_t n;
    size_t n_slots;
    struct keyset groups;               /* the payload is the index of the group */
    size_t group_names[POINTS_GROUPS];  /* for points_text() */
    struct keyset labels;               /* with groups: the payload is the slot; a label has one */
    struct keyset pairs;                /* with groups: of group and label */
    size_t *slot_labels;                /* the label of each slot, for points_text(); 0: it has no record */
    const struct unit *unit;            /* labels are of this unit; NULL: they are any texts */
    int64_t first;                      /* the unit of the first slot */
    int64_t step;                       /* units from slot to slot */
    struct buffer text;
    bool has_groups;
};

void xpoints_open(struct points *p, bool has_groups);

/* The C string at PLACE, valid until a point is added. */
static inline const char *points_text(const struct points *p, size_t place)
{
    return p->text.at + place;
}

/* Sets *GROUP to the group KEY, called NAME. False if there would be more than POINTS_GROUPS. */
bool xpoints_group(struct points *p, struct span key, struct span name, size_t *group);

/*
 * Adds POINT, of which group, value and the flags are set, with LABEL and TEXT, its value. False: there are groups, and
 * this one has a point with this label.
 */
bool xpoints_add(struct points *p, struct point point, struct span label, struct span text);

/*
 * After the last point: gives slots to the points and sorts them. If ARE_UNITS and all labels are units of one kind,
 * none twice in a group, slots are units, and those without a record are empty. Otherwise without groups slots are
 * records; with groups they are labels, sorted if all are numbers, else in order of first appearance. False: there
 * would be more than POINTS_MOST slots.
 */
bool xpoints_finish(struct points *p, bool are_units);

struct points_summary points_summarize(const struct points *p);

/* The label of SLOT: that of its record, or the unit, built in Q. */
const char *points_label(const struct points *p, size_t slot, struct quoted *q);

void points_close(struct points *p);

#endif
