/* SPDX-License-Identifier: MIT */
/* json_survey: every path in a stream of objects, for data without a description. */
#ifndef WEIR_JSON_SURVEY_H
#define WEIR_JSON_SURVEY_H

#include <stdbool.h>

#include "base/buffer.h"
#include "base/keyset.h"
#include "stream/writer.h"
#include "json_tokens.h"

/* The most paths, and the most bytes to hold them. Beyond that, keys are data. */
enum { JSON_SURVEY_PATHS = 100000, JSON_SURVEY_MEMORY = 256 << 20 };

struct json_survey {
    struct keyset paths;
    struct buffer key;   /* of the current path */
    struct buffer value; /* a string that has escapes, decoded */
};

void xjson_survey_open(struct json_survey *s);

/* Adds the object in T. False: this exceeds JSON_SURVEY_PATHS or JSON_SURVEY_MEMORY. */
bool xjson_survey_add(struct json_survey *s, const struct json_tokens *t);

/*
 * Writes a record for each path, in order of first appearance: the path, written as an operand; the narrowest type that
 * an operand can demand of its values, null if there is none; the number of values, of nulls and of empty strings; the
 * lengths in bytes of the shortest and the longest value that is not null (for strings, those between the quotes); the
 * JSON types of the values; the first value that is not null, cut at 60 bytes. JSON_SURVEY_HEADER has the names of
 * these columns, which are those of profile(1) where they mean the same.
 */
void xjson_survey_write(const struct json_survey *s, struct writer *w);

#define JSON_SURVEY_HEADER "Path\tType\tRecords\tNulls\tEmpty\tShortest\tLongest\tKinds\tExample"

void json_survey_close(struct json_survey *s);

#endif
