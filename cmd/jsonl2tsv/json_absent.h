/* SPDX-License-Identifier: MIT */
/* json_absent: reports paths that no object of the input has: most likely the path is wrong, not the data. */
#ifndef WEIR_JSON_ABSENT_H
#define WEIR_JSON_ABSENT_H

#include "stream/stream.h"
#include "json_records.h"

/*
 * Call it after all records. Ends the program if no object has a path that must not be absent; the message suggests the
 * closest path of the first object.
 */
void xjson_absent_check(const struct json_records *r, struct stream *s);

#endif
