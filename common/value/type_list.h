/* SPDX-License-Identifier: MIT */
/* type_list: the types of columns as users write them, "Id:int,Text:str". */
#ifndef WEIR_TYPE_LIST_H
#define WEIR_TYPE_LIST_H

#include <stdbool.h>
#include <stddef.h>

#include "stream/options.h"
#include "value/type.h"

struct typed_name {
    char *name;     /* spelled as in the header line, or a number; owned */
    enum type type; /* TYPE_ANY: none is given */
};

struct type_list {
    size_t n;
    struct typed_name *items;
};

/*
 * Parses LIST, the arguments of --types, with commas between items. The type of an item follows its last colon. Dies
 * with a usage error if a type is unknown, or missing and REQUIRES_TYPES.
 */
void xtype_list_parse(struct type_list *d, const struct option_list *list, bool requires_types);

void type_list_free(struct type_list *d);

#endif
