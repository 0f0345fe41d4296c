/* SPDX-License-Identifier: MIT */
/* order: compares two fields. */
#ifndef WEIR_ORDER_H
#define WEIR_ORDER_H

#include "base/span.h"

/*
 * Less than, equal to or greater than 0 if field A sorts before, with or after field B: null first, then numbers
 * (number_parse()) by exact value, then other texts by bytes. All fields have one order, so the greatest of many does
 * not depend on their sequence. Different fields may be equal: 1 and 1.0.
 */
int order_compare(struct span a, struct span b);

#endif
