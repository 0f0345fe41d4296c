/* SPDX-License-Identifier: MIT */
/* axis: which labels to write along the axis of slots, so that they do not overlap. */
#ifndef WEIR_AXIS_H
#define WEIR_AXIS_H

#include <stddef.h>

#include "points.h"

enum {
    AXIS_MOST = 64,  /* labels */
    AXIS_WIDTH = 20, /* of a label; longer ones are to be cut */
};

/* The first LEN bytes of the label of SLOT. */
struct axis_label {
    size_t slot;
    size_t len;
};

/*
 * Sets LABELS to those to write where a slot is SLOT_WIDTH wide and a character is 1 wide, by increasing slot; returns
 * their number. All of them, if they fit; of times, the years or months that begin; else each Nth, N round.
 */
size_t axis_labels(const struct points *p, double slot_width, struct axis_label labels[AXIS_MOST]);

#endif
