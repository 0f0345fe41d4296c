/* SPDX-License-Identifier: MIT */
/*
 * json_scan: the fast way through an object of any shape: one pass that checks it and takes the values asked for. What
 * it does not know goes to json_check, json_tokens and json_select, which give the same values, and say what is wrong.
 * With WEIR_PLAIN it knows nothing.
 */
#ifndef WEIR_JSON_SCAN_H
#define WEIR_JSON_SCAN_H

#include <stdbool.h>

#include "json_tree.h"
#include "json_value.h"

/*
 * Whether LINE, with an LF behind it and READER_PADDING bytes more that may be read, is known to be an object as
 * json_check_object() wants it. If so, VALUES of the columns of ROOT that it has are views of it, and the others stay as
 * they were; if not, they may be anything. ROOT has no step `[]`. Not known are objects with an error, with a key asked
 * for that stands twice, with an escape in a key beside one asked for, or nested deeper than is usual.
 */
bool json_scan(struct json_node *root, struct span line, struct json_value *values);

#endif
