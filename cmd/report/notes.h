/* SPDX-License-Identifier: MIT */
/* notes: reads what the shell and the programs have noted about the run of a fence. */
#ifndef WEIR_NOTES_H
#define WEIR_NOTES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/span.h"
#include "fence.h"
#include "place.h"

struct counts {
    uint64_t n_read; /* by the programs that start pipelines */
    uint64_t n_rejected;
    bool are_known; /* such a program ran */
};

/* Adds the counts in the streams of F to C. */
void counts_add(struct counts *c, const struct fence *f);

/* Takes the lines of *NOTES up to one that starts with KIND and a TAB; *REST is its rest. False: there is none. */
bool notes_take(struct span *notes, const char *kind, struct span *rest);

/*
 * Ends the program if the commands F of the fence at PLACE have failed, with the message of the program that failed
 * first. SHELL is what messages of the shell start with.
 */
void notes_check(const struct fence *f, const char *shell, const struct place *place);

#endif
