/* SPDX-License-Identifier: MIT */
/* json_column: a column, described by an operand [NAME=]PATH[:TYPE][!|?], and the values that it accepts. */
#ifndef WEIR_JSON_COLUMN_H
#define WEIR_JSON_COLUMN_H

#include <stdbool.h>
#include <stddef.h>

#include "base/plain.h"
#include "base/quote.h"
#include "stream/writer.h"
#include "value/json_path.h"
#include "value/json_scalar.h"
#include "value/type.h"
#include "json_value.h"

enum { JSON_COLUMN_REASON_SIZE = 2 * QUOTE_SIZE + 100 };

struct json_column {
    struct span name; /* as given, else the path; both are views of the operand */
    struct span path;
    enum type type;
    bool is_required;     /* ! */
    bool is_optional;     /* ?: the path may be in no object */
    unsigned known_kinds; /* a bit for each kind of value that has a json_field() and is always accepted */
};

enum json_column_fault {
    JSON_COLUMN_OK,
    JSON_COLUMN_NO_PATH,
    JSON_COLUMN_NO_TYPE,
    JSON_COLUMN_NO_UTF8, /* the name is invalid UTF-8 */
    JSON_COLUMN_CROSSES, /* the path goes through an array that is not inside the other paths' arrays */
    JSON_COLUMN_MISSING, /* the value is required, but missing */
    JSON_COLUMN_NULL,    /* the value is required, but null */
    JSON_COLUMN_TYPE,    /* the value is not of the column's type */
    JSON_COLUMN_NUL,     /* the value contains U+0000, which no field can hold */
};

/*
 * Parses OPERAND into COLUMN and PATH. Call json_path_free() even after a fault. *OFFSET is the byte of OPERAND at
 * fault.
 */
enum json_column_fault xjson_column_parse(struct json_column *column, struct json_path *path, struct span operand,
                                          size_t *offset);

/* json_column_knows() for values that neither their kind nor their digits decide. */
bool json_column_checks(const struct json_column *column, const struct json_value *value);

/*
 * Whether COLUMN is known to accept VALUE, so that json_field() is its field. False does not mean that COLUMN rejects
 * it: then xjson_column_write() decides. A build with WEIR_PLAIN always returns false.
 */
static inline bool json_column_knows(const struct json_column *column, const struct json_value *value)
{
    if (IS_PLAIN || column->known_kinds >> value->kind & 1)
        return !IS_PLAIN;
    return column->type == TYPE_INT ? json_is_short_integer(value->text) : json_column_checks(column, value);
}

/* Appends VALUE to W as a field if COLUMN accepts it. After a fault, part of it may have been appended. */
enum json_column_fault xjson_column_write(const struct json_column *column, struct writer *w,
                                          const struct json_value *value);

/* Writes to REASON why COLUMN rejects VALUE; FAULT is not JSON_COLUMN_OK. */
void json_column_describe(const struct json_column *column, const struct json_value *value,
                          enum json_column_fault fault, char reason[JSON_COLUMN_REASON_SIZE]);

#endif
