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

enum { JSON_DEPTH = 1024 }; /* levels of objects and arrays, at most */

enum json_error {
    JSON_OK,
    JSON_CUT,        /* unexpected end of the text */
    JSON_NO_OBJECT,  /* a value that is not the required object */
    JSON_NO_VALUE,
    JSON_NO_KEY,
    JSON_NO_COLON,
    JSON_NO_COMMA,   /* neither a comma nor a closing bracket after a value */
    JSON_BAD_NUMBER,
    JSON_BAD_LITERAL,
    JSON_BAD_ESCAPE,
    JSON_BAD_SURROGATE,
    JSON_BAD_CONTROL,
    JSON_BAD_UTF8,
    JSON_TOO_DEEP,
    JSON_TRAILING,   /* text after the value */
};

enum json_kind {
    JSON_MISSING, /* no value */
    JSON_NULL,
    JSON_BOOL,
    JSON_NUMBER,
    JSON_PLAIN,     /* a string without escapes */
    JSON_ESCAPED,   /* a string with escapes */
    JSON_CONTAINER, /* an object or array */
};

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

/*
 * Reads the escape at *P, after its backslash, into CODE, the character it means. Moves *P to its end, END at most;
 * after an error to the byte at fault.
 */
enum json_error json_read_escape(const char **p, const char *end, uint32_t *code);

/*
 * Decodes RAW, the checked text of a string without its quotes, into OUT, which has room for RAW.len bytes. Returns the
 * length.
 */
size_t json_unescape(char *out, struct span raw);

#endif
