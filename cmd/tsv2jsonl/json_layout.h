/* SPDX-License-Identifier: MIT */
/* json_layout: the objects that records become: which member stands where, and the bytes between the values. */
#ifndef WEIR_JSON_LAYOUT_H
#define WEIR_JSON_LAYOUT_H

#include <stdbool.h>
#include <stddef.h>

#include "base/span.h"
#include "stream/header.h"
#include "stream/writer.h"

/* A value's place. Group: an object inside the object. */
struct json_member {
    size_t column;
    size_t depth;       /* groups around it */
    size_t shared;      /* of these, the outer ones that are around the member before it too */
    struct span before; /* what stands before its value if the member before it is there: `},"c":` or first `{"c":` */
    struct span path;   /* its groups' keys and its own, all opened: `"a":{"b":{"c":` */
    size_t *levels;     /* where in PATH each of these keys starts, DEPTH + 1 of them */
};

/* Members in the order they are written. */
struct json_layout {
    size_t n;
    struct json_member *members;
};

enum json_layout_fault {
    JSON_LAYOUT_OK,
    JSON_LAYOUT_NO_PATH, /* the name of a column is no path */
    JSON_LAYOUT_ARRAY,   /* one with an array in it */
    JSON_LAYOUT_DEEP,    /* one of more than JSON_DEPTH keys */
    JSON_LAYOUT_TWICE,   /* two columns have the same path */
    JSON_LAYOUT_INSIDE,  /* the path of a column begins with all of another's */
};

/*
 * Makes the layout of the columns of H, named by number if it has no names. With NESTS, names are paths as json_path
 * has them, and members of one object stand together where the first of them does; else a name is a key. COLUMNS are
 * those that a fault concerns, the second one only if there are two. L is for json_layout_close() either way.
 */
enum json_layout_fault xjson_layout_open(struct json_layout *l, const struct header *h, bool nests, size_t columns[2]);

/*
 * Appends to W what stands before the value of MEMBER if the one before it that is there is LAST; NULL: none. SHARED:
 * the outer groups that are around both.
 */
void xjson_layout_between(struct writer *w, const struct json_member *last, const struct json_member *member,
                          size_t shared);

/* Appends to W what ends an object whose last member is LAST; NULL: it has none. */
void xjson_layout_end(struct writer *w, const struct json_member *last);

void json_layout_close(struct json_layout *l);

#endif
