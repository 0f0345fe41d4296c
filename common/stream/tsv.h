/* SPDX-License-Identifier: MIT */
/*
 * tsv: how a value is spelled in a field. The dialect is the common part of PostgreSQL COPY text, MySQL LOAD DATA,
 * ClickHouse TabSeparated and Linear TSV: backslash, TAB, LF and CR are \\ \t \n \r, a field that is just \N is null,
 * everything else stands for itself. So a value has exactly one spelling, its canonical one, and fields compare as
 * bytes.
 */
#ifndef WEIR_TSV_H
#define WEIR_TSV_H

#include <stdbool.h>
#include <stddef.h>

#include "base/span.h"
#include "stream/writer.h"

/* Errors in the bytes of a line. */
enum tsv_error {
    TSV_OK,
    TSV_NUL,
    TSV_CR,     /* not before the LF; it must be written \r */
    TSV_ESCAPE, /* a backslash that starts no escape of the dialect */
    TSV_UTF8,
};

/* The message for ERROR, such as "NUL byte"; a constant. */
const char *tsv_error_text(enum tsv_error error);

/*
 * Checks the line of *LEN bytes at TEXT, without its LF, and rewrites it in place in canonical spelling, which may be
 * shorter: a CR at the end is dropped; \b \f \v \', which are understood on input, become the bytes they stand for. On an
 * error sets *OFFSET to the byte, counted from 0, and leaves the line unchanged.
 */
enum tsv_error tsv_normalize(char *text, size_t *len, size_t *offset);

/* Whether FIELD is null. */
static inline bool tsv_is_null(struct span field)
{
    return field.len == 2 && field.at[0] == '\\' && field.at[1] == 'N';
}

/* Whether TEXT is a field in canonical spelling. */
bool xtsv_is_field(struct span text);

/*
 * Less than, equal to or greater than 0 as A sorts before, with or after B. Each is one field, or several separated by
 * TABs. They are compared field by field, by the bytes of the values; null is less than any value.
 */
int tsv_compare(struct span a, struct span b);

/* Writes VALUE, escaped, to OUT, which has room for twice VALUE.len bytes; returns the number of bytes written. */
size_t tsv_escape(char *out, struct span value);

/* Appends VALUE, escaped, to W as a field or part of one. */
void xtsv_escape(struct writer *w, struct span value);

/*
 * Writes the value of FIELD to OUT, which has room for FIELD.len bytes and may be FIELD.at; returns the number of bytes
 * written. A backslash that starts no escape stands for itself; after tsv_normalize() only null has one.
 */
size_t tsv_unescape(char *out, struct span field);

#endif
