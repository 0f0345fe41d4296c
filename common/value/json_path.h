/* SPDX-License-Identifier: MIT */
/*
 * json_path: places in an object, as users write them: a.b  a[2]  ."odd.key"  a[].b  a[#]  @line  @file
 * `[]` means each element, and gives a record for each (Dremel's repeated fields); `[#]` is its ordinal.
 */
#ifndef WEIR_JSON_PATH_H
#define WEIR_JSON_PATH_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buffer.h"
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

/* The steps from the object to the value; none for @line, the line number, and @file. */
struct json_path {
    struct json_step *steps;
    size_t n;
    bool is_file;
};

/* Parses TEXT into PATH. False: the byte at *OFFSET is wrong. Call json_path_free() in both cases. */
bool xjson_path_parse(struct json_path *path, struct span text, size_t *offset);

/* Whether KEY needs no quotes in a path. */
bool json_path_is_bare(struct span key);

/*
 * Appends to PATH the step `.name` to the member with key RAW, valid and still encoded. A path starts without its dot.
 */
void xjson_path_append_key(struct buffer *path, struct span raw);

/* The offset of the first C in TEXT that is not inside a quoted key; TEXT.len if there is none. */
size_t json_path_find(struct span text, char c);

void json_path_free(struct json_path *path);

#endif
