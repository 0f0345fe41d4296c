/* SPDX-License-Identifier: MIT */
/* type: what a column may hold. A type checks a value and never changes it. */
#ifndef WEIR_TYPE_H
#define WEIR_TYPE_H

#include <stdbool.h>

#include "base/span.h"

enum type {
    TYPE_ANY,
    TYPE_INT,  /* -?digits, no leading zeros, of any length */
    TYPE_NUM,  /* a number of RFC 8259, section 6 */
    TYPE_BOOL, /* true or false */
    TYPE_TIME, /* calendar_parse() */
    TYPE_STR,  /* any text; of a JSON value, a string */
    TYPE_JSON, /* a JSON text of any kind */
};

/* Sets *TYPE to what NAME means: int num bool time str json. False if it is none of them. */
bool type_find(struct span name, enum type *type);

/* Whether TEXT, a value that is not null, is one of TYPE. */
bool type_accepts(enum type type, struct span text);

/* What a value of TYPE is, as in "is not an integer": "an integer"; a constant. */
const char *type_words(enum type type);

#endif
