/* SPDX-License-Identifier: MIT */
/* utf8: UTF-8 as in RFC 3629: no overlong forms, no surrogates, nothing above U+10FFFF. */
#ifndef WEIR_UTF8_H
#define WEIR_UTF8_H

#include <stddef.h>
#include <stdint.h>

/* The length, 1 to 4, of the character at the start of the LEN > 0 bytes at TEXT; 0 if it is invalid. */
size_t utf8_length(const char *text, size_t len);

/* The offset of the first invalid character in the LEN bytes at TEXT; LEN if all are valid. */
size_t utf8_check(const char *text, size_t len);

/* The code of the valid character of LEN bytes at TEXT. */
uint32_t utf8_decode(const char *text, size_t len);

/* Writes CODE, a Unicode scalar value, to OUT, which has room for 4 bytes; returns its length. */
size_t utf8_encode(char *out, uint32_t code);

#endif
