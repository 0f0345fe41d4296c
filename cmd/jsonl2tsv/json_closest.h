/* SPDX-License-Identifier: MIT */
/* json_closest: the path that a user may have meant. */
#ifndef WEIR_JSON_CLOSEST_H
#define WEIR_JSON_CLOSEST_H

#include "base/buffer.h"
#include "base/span.h"

/*
 * Appends to CLOSEST the path of a value in OBJECT, a valid object, that is most like PATH: the same except for case,
 * in another object, or with at most a third of the bytes changed (Levenshtein). Nothing if no path is.
 */
void xjson_closest(struct span object, struct span path, struct buffer *closest);

#endif
