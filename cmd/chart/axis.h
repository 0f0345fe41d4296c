/* SPDX-License-Identifier: MIT */
/* axis: which labels to write along the axis of slots, so that they do not overlap. */
#ifndef WEIR_AXIS_H
#define WEIR_AXIS_H

#include <stddef.h>

#include "points.h"

enum {
    AXIS_MOST = 64,  /* labels */
    AXIS_WIDTH = 20, /* of a label; the caller cuts longer ones */
};

/* The first LEN bytes of the label of SLOT. */
struct axis_label {
    size_t slot;
    size_t len;
};

/*
 * Sets LABELS to those to write where a slot is SLOT_WIDTH wide and a character is 1 wide, by increasing slot; returns
 * their number. These are all labels if they fit; of times, those where a year or month begins; else every Nth, where N
 * is a round number.
 */
size_t axis_labels(const struct points *p, double slot_width, struct axis_label labels[AXIS_MOST]);

#endif
