/* SPDX-License-Identifier: MIT */
/* json_survey: every path that occurs in a stream of objects, for data that nobody has described. */
#ifndef WEIR_JSON_SURVEY_H
#define WEIR_JSON_SURVEY_H

#include <stdbool.h>
#include <stddef.h>

#include "base/keyset.h"
#include "stream/writer.h"
#include "json_tokens.h"

/* Different paths, and bytes to hold them in, at most: with more of them, keys are data. */
enum { JSON_SURVEY_PATHS = 100000, JSON_SURVEY_MEMORY = 256 << 20 };

struct json_survey {
    struct keyset paths;
    char *key; /* of the path at hand */
    size_t key_capacity;
};

void xjson_survey_open(struct json_survey *s);

/* Adds the object in T. False if there are more paths than JSON_SURVEY_PATHS and JSON_SURVEY_MEMORY allow. */
bool xjson_survey_add(struct json_survey *s, const struct json_tokens *t);

/*
 * Writes a record for each path, in the order they appeared: the path as json_path has it, the JSON types seen there,
 * how many values, how many of them null, the bytes of the shortest and of the longest value that is not null (strings
 * as they are written between their quotes), and the first such value, cut at 60 bytes. The names of these columns are
 * JSON_SURVEY_HEADER.
 */
void xjson_survey_write(const struct json_survey *s, struct writer *w);

#define JSON_SURVEY_HEADER "Path\tTypes\tRows\tNulls\tShortest\tLongest\tExample"

void json_survey_close(struct json_survey *s);

#endif
