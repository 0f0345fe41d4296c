/* SPDX-License-Identifier: MIT */
/* json_column: a column that is asked for as [NAME=]PATH[:TYPE][!], and the values it may hold. */
#ifndef WEIR_JSON_COLUMN_H
#define WEIR_JSON_COLUMN_H

#include <stdbool.h>
#include <stddef.h>

#include "base/quote.h"
#include "stream/writer.h"
#include "value/json_path.h"
#include "value/type.h"
#include "json_value.h"

enum { JSON_COLUMN_REASON_SIZE = 2 * QUOTE_SIZE + 100 };

struct json_column {
    struct span name; /* as given, or the path; a view of the operand */
    enum type type;
    bool is_required; /* ! */
    bool takes_all;   /* derived: neither type nor ! is given */
};

enum json_column_fault {
    JSON_COLUMN_OK,
    JSON_COLUMN_NO_PATH,
    JSON_COLUMN_NO_TYPE,
    JSON_COLUMN_NO_UTF8, /* of the name */
    JSON_COLUMN_MISSING, /* of a value that is required */
    JSON_COLUMN_NULL,    /* likewise */
    JSON_COLUMN_TYPE,    /* the value is not of the column's type */
    JSON_COLUMN_NUL,     /* the value has U+0000 in it, which no field can hold */
};

/*
 * Parses OPERAND into COLUMN and PATH, which is for json_path_free() even after a fault. *OFFSET is the byte of OPERAND
 * where a fault is.
 */
enum json_column_fault xjson_column_parse(struct json_column *column, struct json_path *path, struct span operand,
                                          size_t *offset);

/* Appends VALUE to W as a field if it may stand in COLUMN; after a fault, part of it may have been appended. */
enum json_column_fault xjson_column_write(const struct json_column *column, struct writer *w,
                                          const struct json_value *value);

/* Says in words, to REASON, what FAULT of VALUE keeps it out of COLUMN. */
void json_column_describe(const struct json_column *column, const struct json_value *value, enum json_column_fault fault,
                          char reason[JSON_COLUMN_REASON_SIZE]);

#endif
