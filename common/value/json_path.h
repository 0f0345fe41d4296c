/* SPDX-License-Identifier: MIT */
/*
 * json_path: the places of an object that a user names: a.b  a[2]  ."odd.key"  a[].b  a[#]  @line
 * `[]` means each element, and so a record for each (Dremel's repeated fields); `[#]` its ordinal.
 */
#ifndef WEIR_JSON_PATH_H
#define WEIR_JSON_PATH_H

#include <stdbool.h>
#include <stddef.h>

#include "base/span.h"

enum json_step_kind {
    JSON_KEY,     /* .name */
    JSON_INDEX,   /* [n] */
    JSON_EACH,    /* [] */
    JSON_ORDINAL, /* [#], last in its path */
};

struct json_step {
    enum json_step_kind kind;
    struct span key; /* JSON_KEY: decoded; owned by the path */
    size_t index;    /* JSON_INDEX: from 0 */
};

/* Steps from the record to the value; none: the number of the line. */
struct json_path {
    struct json_step *steps;
    size_t n;
};

/*
 * Parses TEXT into PATH. False if it is no path, and then *OFFSET is where it stops being one; PATH is for
 * json_path_free() either way.
 */
bool xjson_path_parse(struct json_path *path, struct span text, size_t *offset);

/* Whether KEY may stand in a path without quotes. */
bool json_path_is_bare(struct span key);

/* Where in TEXT the first C is that is not inside a quoted key; TEXT.len if there is none. */
size_t json_path_find(struct span text, char c);

void json_path_free(struct json_path *path);

#endif
