/* SPDX-License-Identifier: MIT */
/*
 * json_check: whether a text is JSON, by RFC 8259 and RFC 3629: grammar, numbers, literals, escapes, paired surrogates,
 * UTF-8, no control characters in strings. The tokenizer behind it takes much that is not, so it comes first.
 */
#ifndef WEIR_JSON_H
#define WEIR_JSON_H

#include <stdbool.h>
#include <stddef.h>

#include "base/span.h"

enum { JSON_DEPTH = 1024 }; /* arrays and objects inside each other, at most */

enum json_error {
    JSON_OK,
    JSON_CUT,        /* the text ends too early */
    JSON_NO_OBJECT,  /* a value of another kind stands where an object must */
    JSON_NO_VALUE,
    JSON_NO_KEY,
    JSON_NO_COLON,
    JSON_NO_COMMA,   /* neither comma nor closing bracket after a value */
    JSON_BAD_NUMBER,
    JSON_BAD_LITERAL,
    JSON_BAD_ESCAPE,
    JSON_BAD_SURROGATE,
    JSON_BAD_CONTROL,
    JSON_BAD_UTF8,
    JSON_TOO_DEEP,
    JSON_TRAILING,   /* something follows the value */
};

struct json_report {
    enum json_error error;
    size_t offset;   /* of the byte where the error is, from 0 */
    size_t n_tokens; /* objects, arrays, strings (keys too), numbers and literals; set when there is no error */
};

/* Checks that all of TEXT is one value, with white space around it. */
struct json_report json_check(struct span text);

/* Checks that all of TEXT is one object, with white space around it. */
struct json_report json_check_object(struct span text);

/* The words for ERROR, as "not an object"; a constant. */
const char *json_error_text(enum json_error error);

/*
 * Writes to OUT, with room for RAW.len bytes, the value of a checked string whose text between the quotes is RAW;
 * returns how many bytes that took.
 */
size_t json_unescape(char *out, struct span raw);

/* Writes what the checked escape at P, behind its backslash, stands for to *OUT, moves that on, returns where it ends. */
const char *json_unescape_one(const char *p, char **out);

#endif
