/* SPDX-License-Identifier: MIT */
/*
 * json: checks JSON text by RFC 8259 and RFC 3629: grammar, numbers, literals, escapes, paired surrogates, UTF-8, no
 * control characters in strings. jsmn accepts more than that, so every text is checked before it is tokenized.
 */
#ifndef WEIR_JSON_H
#define WEIR_JSON_H

#include <stddef.h>
#include <stdint.h>

#include "base/span.h"
#include "value/json_escape.h"

enum { JSON_DEPTH = 1024 }; /* levels of objects and arrays, at most */

struct json_report {
    enum json_error error;
    size_t offset;   /* of the byte at fault, from 0 */
    size_t n_tokens; /* objects, arrays, strings (keys too), numbers and literals; set if there is no error */
};

/* Checks that TEXT is one value, with white space around it. */
struct json_report json_check(struct span text);

/* Checks that TEXT is one object, with white space around it. */
struct json_report json_check_object(struct span text);

/* The message for ERROR, such as "expected an object"; a constant. */
const char *json_error_text(enum json_error error);

#endif
