/* SPDX-License-Identifier: MIT */
/* json_escape: the escapes in JSON strings (RFC 8259, section 7), and what may be wrong with a JSON text. */
#ifndef WEIR_JSON_ESCAPE_H
#define WEIR_JSON_ESCAPE_H

#include <stddef.h>
#include <stdint.h>

#include "base/span.h"

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
