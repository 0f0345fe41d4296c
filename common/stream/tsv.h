/* SPDX-License-Identifier: MIT */
/*
 * tsv: how a value is spelled in a field. The dialect is the common part of PostgreSQL COPY text, MySQL LOAD DATA,
 * ClickHouse TabSeparated and Linear TSV: backslash, TAB, LF and CR are \\ \t \n \r, a field that is just \N is null,
 * everything else stands for itself. So a value has one spelling, and fields compare as bytes.
 */
#ifndef WEIR_TSV_H
#define WEIR_TSV_H

#include <stdbool.h>
#include <stddef.h>

#include "base/span.h"
#include "stream/writer.h"

/* A line that is no record. */
enum tsv_mark {
    TSV_NO_MARK,
    TSV_FAILURE, /* \! TAB name TAB reason: the program that wrote this stopped on an error */
    TSV_END,     /* \. alone: everything before it is all there was to come */
};

/* The kind of the line LINE, without its LF. */
enum tsv_mark tsv_mark(struct span line);

/* What can be wrong with the bytes of a line. */
enum tsv_error {
    TSV_OK,
    TSV_NUL,
    TSV_CR,     /* not before the LF, and so to be written \r */
    TSV_ESCAPE, /* a backslash with nothing the dialect knows behind it */
    TSV_UTF8,
};

/* The words for ERROR, as "NUL byte"; a constant. */
const char *tsv_error_text(enum tsv_error error);

/*
 * Checks the line of *LEN bytes at TEXT, without its LF, and brings it to the one spelling in place, which may make it
 * shorter: a CR at its end goes, and \b \f \v, which are understood on input, become the bytes they stand for. On an
 * error sets *OFFSET to the 0-based byte where it is and leaves the line as it was.
 */
enum tsv_error tsv_normalize(char *text, size_t *len, size_t *offset);

/* Whether FIELD is null. */
static inline bool tsv_is_null(struct span field)
{
    return field.len == 2 && field.at[0] == '\\' && field.at[1] == 'N';
}

/* Whether TEXT is spelled as a field, and in the one way it can be. */
bool xtsv_is_field(struct span text);

/* Writes to OUT, with room for twice VALUE.len bytes, VALUE escaped; returns how many bytes that took. */
size_t tsv_escape(char *out, struct span value);

/* Appends the bytes VALUE to W as (a part of) a field, escaped. */
void xtsv_escape(struct writer *w, struct span value);

/*
 * Writes to OUT, with room for FIELD.len bytes, the value that FIELD spells, and returns how many bytes that took. A
 * backslash that starts no escape, of which tsv_normalize() leaves that of null only, stands for itself. OUT may be
 * FIELD.at.
 */
size_t tsv_unescape(char *out, struct span field);

#endif
