/* SPDX-License-Identifier: MIT */
/* value: which of two fields is the greater one. */
#ifndef WEIR_ORDER_H
#define WEIR_ORDER_H

#include "base/span.h"

/*
 * Less than, equal to or greater than 0 as field A comes before, with or after field B: null first, then numbers
 * (number_parse()) by their exact value, then all else by its bytes. One order for all fields, so that the greatest of
 * many does not depend on the order they come in; fields that differ may be equal: 1 and 1.0.
 */
int order_compare(struct span a, struct span b);

#endif
