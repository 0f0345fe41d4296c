/* SPDX-License-Identifier: MIT */
/* merge: the header of an output from those of its inputs. */
#ifndef WEIR_MERGE_H
#define WEIR_MERGE_H

#include "stream/header.h"
#include "stream/match.h"

enum merge_rule {
    MERGE_SAME,   /* all inputs have the same columns */
    MERGE_UNION,  /* the columns of all, in order of first appearance */
    MERGE_COMMON, /* the columns of the first that all have */
};

/*
 * Changes MERGED, the header of the inputs before, for one with the header H. Returns NULL, or REASON, which says why
 * the rule does not allow H.
 */
const char *xmerge_add(struct header *merged, const struct header *h, enum merge_rule rule,
                       char reason[MATCH_REASON_SIZE]);

#endif
