/* SPDX-License-Identifier: MIT */
/* utf8: UTF-8 as RFC 3629 has it: no overlong forms, no surrogates, nothing above U+10FFFF. */
#ifndef WEIR_UTF8_H
#define WEIR_UTF8_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* The length, 1 to 4, of the character that starts at TEXT of LEN > 0 bytes; 0 if none does. */
size_t utf8_length(const char *text, size_t len);

/* The offset of the first byte of TEXT that starts no valid character; LEN if all of it is UTF-8. */
size_t utf8_check(const char *text, size_t len);

/* Writes CODE, a Unicode scalar value, to OUT, which has room for 4 bytes; returns how many it took. */
size_t utf8_encode(char *out, uint32_t code);

#endif
