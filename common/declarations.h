/* SPDX-License-Identifier: MIT */
/* declarations: the types of columns as users write them, "Id:int,Text:str". */
#ifndef WEIR_DECLARATIONS_H
#define WEIR_DECLARATIONS_H

#include <stdbool.h>
#include <stddef.h>

#include "type.h"

struct declaration {
    char *name;     /* spelled as in the header line, or a number */
    enum type type; /* TYPE_ANY: none was given */
};

/* Declarations in the order of the list. */
struct declarations {
    size_t n;
    struct declaration *items;
};

/*
 * Parses the comma-separated LIST; what follows the last colon of an item is its type. False if that is none, and then
 * *WRONG, a view into LIST, is the item. D is for declarations_free() either way.
 */
bool xdeclarations_parse(struct declarations *d, const char *list, struct span *wrong);

void declarations_free(struct declarations *d);

#endif
