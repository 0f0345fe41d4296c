/* SPDX-License-Identifier: MIT */
/* json_text: a JSON value and how it is written as a field. */
#ifndef WEIR_JSON_VALUE_H
#define WEIR_JSON_VALUE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/span.h"
#include "stream/writer.h"

enum json_kind {
    JSON_MISSING,
    JSON_NULL,
    JSON_BOOL,
    JSON_NUMBER,
    JSON_PLAIN,     /* a string without escapes */
    JSON_ESCAPED,   /* a string with some */
    JSON_CONTAINER, /* an object or an array */
};

/*
 * A value and its checked text, of a string what is between the quotes. Missing has no text; else WRITER_SHORT bytes may
 * be read where it starts.
 */
struct json_value {
    struct span text;
    enum json_kind kind;
};

/* Whether VALUE as a field is its text, byte for byte. */
static inline bool json_is_field(const struct json_value *value)
{
    return value->kind >= JSON_BOOL && value->kind <= JSON_PLAIN;
}

/*
 * Appends VALUE to W as a field: missing and null as \N, strings decoded, numbers and literals as they are, containers
 * without white space between their tokens. False, with part of it appended, if it is a string with U+0000 in it, which
 * no field can hold.
 */
bool xjson_write(struct writer *w, const struct json_value *value);

#endif
