/* SPDX-License-Identifier: MIT */
/* json_value: a JSON value, and how it is written as a field. */
#ifndef WEIR_JSON_VALUE_H
#define WEIR_JSON_VALUE_H

#include <stdbool.h>

#include "base/span.h"
#include "stream/writer.h"
#include "value/json_scalar.h"

/*
 * A value and its checked text; the text of a string excludes its quotes. A missing value has no text. WRITER_SHORT
 * bytes may be read from the start of any other text.
 */
struct json_value {
    struct span text;
    enum json_kind kind;
};

/*
 * The field for VALUE, whose kind is JSON_PLAIN or less: its text, or \N. WRITER_SHORT bytes may be read from its
 * start.
 */
static inline struct span json_field(const struct json_value *value)
{
    static const char null[WRITER_SHORT] = "\\N";

    return value->kind <= JSON_NULL ? (struct span){ null, 2 } : value->text;
}

/*
 * Appends VALUE to W as a field: missing and null as \N, strings decoded, numbers and literals as written, containers
 * without white space between tokens. False if it is a string with U+0000, which no field can hold; part of it may have
 * been appended.
 */
bool xjson_write(struct writer *w, const struct json_value *value);

#endif
