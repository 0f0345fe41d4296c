/* SPDX-License-Identifier: MIT */
/* merge: makes the header of the output from the headers of the inputs. */
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
 * Adds H, the header of the next input, to MERGED, the header of the inputs before it. Returns NULL, or REASON, which
 * says why RULE does not allow H.
 */
const char *xmerge_add(struct header *merged, const struct header *h, enum merge_rule rule,
                       char reason[MATCH_REASON_SIZE]);

#endif
