/* SPDX-License-Identifier: MIT */
/* json_absent: paths that are in no object of the input, which are more likely to be wrong than the data. */
#ifndef WEIR_JSON_ABSENT_H
#define WEIR_JSON_ABSENT_H

#include "stream/stream.h"
#include "json_records.h"

/*
 * Call it after all records. Ends the program if a path that must not be absent is in no object; the message has the
 * path in the first object that is closest to it.
 */
void xjson_absent_check(const struct json_records *r, struct stream *s);

#endif
