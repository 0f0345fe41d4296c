/* SPDX-License-Identifier: MIT */
/* declarations: the types of columns as users write them, "Id:int,Text:str". */
#ifndef WEIR_TYPE_LIST_H
#define WEIR_TYPE_LIST_H

#include <stdbool.h>
#include <stddef.h>

#include "value/type.h"

struct typed_name {
    char *name;     /* spelled as in the header line, or a number */
    enum type type; /* TYPE_ANY: none was given */
};

/* Declarations in the order of the list. */
struct type_list {
    size_t n;
    struct typed_name *items;
};

/*
 * Parses the comma-separated LIST; what follows the last colon of an item is its type. False if that is none, and then
 * *WRONG, a view into LIST, is the item. D is for type_list_free() either way.
 */
bool xtype_list_parse(struct type_list *d, const char *list, struct span *wrong);

void type_list_free(struct type_list *d);

#endif
