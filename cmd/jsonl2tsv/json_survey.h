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
    struct buffer key; /* of the current path */
};

void xjson_survey_open(struct json_survey *s);

/* Adds the object in T. False: this exceeds JSON_SURVEY_PATHS or JSON_SURVEY_MEMORY. */
bool xjson_survey_add(struct json_survey *s, const struct json_tokens *t);

/*
 * Writes a record for each path, in order of first appearance: the path, written as an operand; the JSON types of its
 * values; their number; the number of nulls; the lengths in bytes of the shortest and the longest value that is not
 * null (for strings, those between the quotes); the first such value, cut at 60 bytes. JSON_SURVEY_HEADER has the names
 * of these columns.
 */
void xjson_survey_write(const struct json_survey *s, struct writer *w);

#define JSON_SURVEY_HEADER "Path\tTypes\tRows\tNulls\tShortest\tLongest\tExample"

void json_survey_close(struct json_survey *s);

#endif
