/* SPDX-License-Identifier: MIT */
/* choice: decides which of two records with the same key is kept. */
#ifndef WEIR_CHOICE_H
#define WEIR_CHOICE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/span.h"
#include "stream/columns.h"

enum choice_rule {
    CHOICE_FIRST,
    CHOICE_LAST,
    CHOICE_MAX, /* the greatest by the columns BY; the first of equal ones */
    CHOICE_MIN, /* the least, likewise */
};

/* The words for CHOICE_FIRST and CHOICE_LAST, for an option; NULL after them. */
const char *choice_word(int i);

/* The fields of a record, found when they are needed, so that comparing many columns finds each field once. */
struct choice_fields {
    const char **starts; /* owned: field I ends at starts[i + 1] - 1; room for all columns */
    size_t n;            /* fields found */
    const char *end;     /* of the record */
};

struct choice {
    enum choice_rule rule;
    struct columns by; /* of CHOICE_MAX and CHOICE_MIN; the caller's */
    struct choice_fields later;
    struct choice_fields earlier;
};

/* Opens C for records of N_COLUMNS fields. */
void xchoice_open(struct choice *c, enum choice_rule rule, struct columns by, size_t n_columns);

/* Whether the record LATER replaces the record EARLIER. */
bool choice_replaces(struct choice *c, struct span later, struct span earlier);

void choice_close(struct choice *c);

#endif
