/* SPDX-License-Identifier: MIT */
/* json_write: writes fields as JSON values (RFC 8259). */
#ifndef WEIR_JSON_WRITE_H
#define WEIR_JSON_WRITE_H

#include <stddef.h>

#include "base/span.h"
#include "stream/writer.h"
#include "value/type.h"

enum { JSON_WIDEST = 6 }; /* bytes in a string for one byte of a field, at most: \u001f */

/*
 * Writes to OUT the string for FIELD, without its quotes, and returns its end. OUT has room for JSON_WIDEST times
 * FIELD.len bytes. FIELD was checked by tsv_normalize() and is not null: its escapes are \\ \t \n \r, the same as in
 * JSON, so only quotes and control characters change.
 */
char *json_write_escape(char *out, struct span field);

enum json_write_fault {
    JSON_WRITE_OK,
    JSON_WRITE_TYPE, /* the field is not of its type */
    JSON_WRITE_DEEP, /* the JSON would be nested deeper than JSON_DEPTH */
};

/*
 * Appends FIELD to W as a value: null; for a type_is_json() type its text without white space between tokens; else a
 * string. VECTOR_BYTES may be read from the end of FIELD. DEPTH is the number of objects around it. After a fault, part
 * of it may have been appended.
 */
enum json_write_fault xjson_write_field(struct writer *w, struct span field, enum type type, size_t depth);

#endif
