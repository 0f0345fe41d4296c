/* SPDX-License-Identifier: MIT */
/*
 * json_scalar: finds the ends of JSON scalars, for fast paths that leave everything unusual to json_check(). Callers
 * ensure that an LF follows the text and that READER_PADDING bytes after it may be read. No scalar contains an LF, so
 * no function here needs the end of the text.
 */
#ifndef WEIR_JSON_SCALAR_H
#define WEIR_JSON_SCALAR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "base/span.h"
#include "base/vector.h"

enum json_kind {
    JSON_MISSING, /* no value */
    JSON_NULL,
    JSON_BOOL,
    JSON_NUMBER,
    JSON_PLAIN,     /* a string without escapes */
    JSON_ESCAPED,   /* a string with escapes */
    JSON_CONTAINER, /* an object or array */
};

/* Whether C in a string is one byte that stands for itself: ASCII, no quote, no backslash, no control character. */
static inline bool json_is_plain(char c)
{
    return c != '"' && c != '\\' && (unsigned char)c >= ' ' && (unsigned char)c < 0x80;
}

/* A bit for each of the VECTOR_BYTES bytes at P that is not plain, the first byte lowest. */
static inline unsigned json_special(const char *p)
{
    struct vector bytes = vector_load(p);
    /* Signed: bytes from 0x80 are less, too. Flipping bit 1 exchanges ' ' and '"'. */
    struct vector above = vector_less_signed(vector_of(' '), vector_xor(bytes, vector_of(2)));

    return 0xffff ^ vector_mask(vector_without(above, vector_equal(bytes, vector_of('\\'))));
}

/* A bit for each of the VECTOR_BYTES bytes at P that is not a digit, and one bit after them. */
static inline unsigned json_no_digits(const char *p)
{
    struct vector bytes = vector_add(vector_load(p), vector_of(0x7f - '9'));

    return 0x1ffff ^ vector_mask(vector_less_signed(vector_of(0x7f - 10), bytes));
}

/* Whether TEXT is an integer of at most 16 digits without a sign. VECTOR_BYTES from TEXT.at may be read. */
static inline bool json_is_short_integer(struct span text)
{
    return text.len > 0 && (size_t)__builtin_ctz(json_no_digits(text.at)) >= text.len &&
           (*text.at != '0' || text.len == 1);
}

/* The first byte from P on that is not white space between tokens of a line. */
static inline const char *json_skip_space(const char *p)
{
    while ((unsigned char)*p <= ' ' && (*p == ' ' || *p == '\t' || *p == '\r'))
        p++;
    return p;
}

/* The first byte from P on that is not plain. */
static inline const char *json_skip_plain(const char *p)
{
    for (;; p += VECTOR_BYTES) {
        uint64_t special = json_special(p);
        if (special != 0)
            return p + __builtin_ctzll(special);
    }
}

/* The closing quote of a string, or NULL, and its kind. */
struct json_string {
    const char *end;
    enum json_kind kind;
};

/* For json_string_end(): goes on at P, the first byte that is not plain. */
struct json_string json_special_string(const char *p, const char *end);

/*
 * The closing quote of the string whose text starts at P, before END. NULL: it is invalid, or only json_check() can
 * tell. Sets KIND.
 */
static inline const char *json_string_end(const char *p, const char *end, enum json_kind *kind)
{
    p = json_skip_plain(p);
    struct json_string string = *p == '"' ? (struct json_string){ p, JSON_PLAIN } : json_special_string(p, end);
    *kind = string.kind;
    return string.end;
}

/* The end of the number at P; NULL if there is none. */
const char *json_number_end(const char *p);

/* The end of the number or literal at P; NULL if there is neither. Sets KIND. */
static inline const char *json_bare_end(const char *p, enum json_kind *kind)
{
    switch (*p) {
    case 't':
        *kind = JSON_BOOL;
        return memcmp(p, "true", 4) == 0 ? p + 4 : NULL;
    case 'f':
        *kind = JSON_BOOL;
        return memcmp(p + 1, "alse", 4) == 0 ? p + 5 : NULL;
    case 'n':
        *kind = JSON_NULL;
        return memcmp(p, "null", 4) == 0 ? p + 4 : NULL;
    default:
        *kind = JSON_NUMBER;
        return json_number_end(p);
    }
}

#endif
