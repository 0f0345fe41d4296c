/* SPDX-License-Identifier: MIT */
/* json_write: the value that a field spells, as JSON text (RFC 8259): what json_text does the other way. */
#ifndef WEIR_JSON_WRITE_H
#define WEIR_JSON_WRITE_H

#include <stddef.h>

#include "base/span.h"
#include "stream/writer.h"
#include "value/type.h"

enum { JSON_WIDEST = 6 }; /* bytes that a byte of a field takes in a string, at most: \u001f */

/*
 * Writes to OUT, with room for JSON_WIDEST times FIELD.len bytes, what stands between the quotes of the string that
 * FIELD spells; returns where that ends. FIELD was checked by tsv_normalize() and is not null: its backslashes begin
 * \\ \t \n \r, which JSON spells alike, so that only quotes and control characters change.
 */
char *json_escape(char *out, struct span field);

enum json_write_fault {
    JSON_WRITE_OK,
    JSON_WRITE_TYPE, /* the field is not of its type */
    JSON_WRITE_DEEP, /* JSON that would be nested deeper than JSON_DEPTH */
};

/*
 * Appends FIELD to W as a value: null; as a string if TYPE is TYPE_ANY, TYPE_STR or TYPE_TIME; else its text, without
 * white space between tokens. 16 bytes may be read where FIELD ends. DEPTH is how many objects it stands in. After a
 * fault, part of it may have been appended.
 */
enum json_write_fault xjson_write_field(struct writer *w, struct span field, enum type type, size_t depth);

#endif
