/* SPDX-License-Identifier: MIT */
/* type_list: the types of columns as users write them, "Id:int,Text:str". */
#ifndef WEIR_TYPE_LIST_H
#define WEIR_TYPE_LIST_H

#include <stdbool.h>
#include <stddef.h>

#include "base/span.h"
#include "stream/header.h"
#include "stream/options.h"
#include "value/type.h"

struct typed_name {
    struct span name; /* an item of a list of columns; a view of the list */
    enum type type;   /* TYPE_ANY: none is given */
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

/*
 * The type of each column of H, an array for the caller to free; TYPE_ANY: D gives none. Items with the same type form
 * a list as for xcolumns(). A name or number wins over expansions of other items; a second type for a column is a usage
 * error.
 */
enum type *xtype_list_resolve(const struct type_list *d, const struct header *h);

void type_list_free(struct type_list *d);

#endif
