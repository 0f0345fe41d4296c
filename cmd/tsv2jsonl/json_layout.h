/* SPDX-License-Identifier: MIT */
/* json_layout: the form of the objects: the order of their members, and the bytes between the values. */
#ifndef WEIR_JSON_LAYOUT_H
#define WEIR_JSON_LAYOUT_H

#include <stdbool.h>
#include <stddef.h>

#include "base/span.h"
#include "stream/header.h"
#include "stream/writer.h"

/* A member that is a value. A member that is an object is called a group. */
struct json_member {
    size_t column;
    size_t depth;       /* number of groups around it */
    size_t shared;      /* how many of them, from the outermost, are also around the member before it */
    struct span before; /* the bytes before its value if the member before it is written: `},"c":` or first `{"c":` */
    struct span path;   /* the keys of its groups and its own: `"a":{"b":{"c":` */
    size_t *levels;     /* where in PATH each of these DEPTH + 1 keys starts */
};

/* Members in the order in which they are written. */
struct json_layout {
    size_t n;
    struct json_member *members;
};

enum json_layout_fault {
    JSON_LAYOUT_OK,
    JSON_LAYOUT_NO_PATH, /* the name of a column is not a path */
    JSON_LAYOUT_ARRAY,   /* it is a path through an array */
    JSON_LAYOUT_DEEP,    /* it is a path of more than JSON_DEPTH keys */
    JSON_LAYOUT_TWICE,   /* two columns have the same path */
    JSON_LAYOUT_INSIDE,  /* the path of the second column is the start of the first one's */
};

/*
 * Makes the layout for the columns of H, which are named by number if H has no names. NESTS: names are paths as in
 * json_path, and members of one object are written together, at the place of the first; else names are keys. After a
 * fault, COLUMNS has the column at fault, or both if there are two. Call json_layout_close() in both cases.
 */
enum json_layout_fault xjson_layout_open(struct json_layout *l, const struct header *h, bool nests, size_t columns[2]);

/*
 * Appends to W the bytes before the value of MEMBER if LAST is the last member written; NULL: none. SHARED is the
 * number of groups around both.
 */
void xjson_layout_between(struct writer *w, const struct json_member *last, const struct json_member *member,
                          size_t shared);

/* Appends to W the end of an object whose last member is LAST; NULL: it has none. */
void xjson_layout_end(struct writer *w, const struct json_member *last);

void json_layout_close(struct json_layout *l);

#endif
