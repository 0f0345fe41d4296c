/* SPDX-License-Identifier: MIT */
/*
 * json_select: the records of an object. If paths contain `[]`, the object has a record for each element of the
 * innermost array; columns of the levels above it repeat.
 */
#ifndef WEIR_JSON_SELECT_H
#define WEIR_JSON_SELECT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "value/json_path.h"
#include "json_tape.h"
#include "json_tree.h"
#include "json_value.h"

/* An array whose elements are records; level 0 is the object. */
struct json_level {
    const struct json_node *node; /* of its elements */
    size_t first;                 /* first source of this level or a deeper one */
    size_t array;                 /* tape entry of the array; NONE: missing */
    size_t element;               /* tape entry of the current element */
    uint64_t ordinal;             /* of that element, from 0; at level 0 the line number */
    char ordinal_text[WRITER_SHORT];
};

/* Where a column takes its value from. */
struct json_source {
    size_t column;
    size_t level;
    bool is_ordinal; /* of that level; else its node says where */
    bool is_file;    /* it is the file instead */
};

struct json_select {
    struct json_node *root;
    struct json_tape tape;       /* the object */
    struct json_value *values;   /* the current record, one for each column */
    struct json_source *sources; /* in the order of their levels, ordinals first */
    size_t n_columns;
    size_t n_nodes; /* of the tree */
    struct json_level *levels; /* 0 to n_levels */
    size_t n_levels;
    size_t depth; /* level of the current record's innermost element */
    bool outer;
    struct json_value file; /* its name; the text is owned */
    bool takes_place; /* a column takes the line number or the file */
    bool takes_file;
    bool is_begun; /* the first record was taken */
};

enum json_select_status {
    JSON_SELECT_RECORD,   /* VALUES has the next record */
    JSON_SELECT_END,      /* the object has no more records */
    JSON_SELECT_NO_ARRAY, /* the value that `[]` names is neither an array nor null nor missing */
};

/*
 * Prepares for N paths, one column each. OUTER: an object with an empty or missing array has one record, of nulls.
 * False: two paths go through arrays neither of which is inside the other; the second path is that of column *CULPRIT.
 * The paths may be freed afterwards. Call json_select_close() in both cases.
 */
bool xjson_select_open(struct json_select *s, const struct json_path *paths, size_t n, bool outer, size_t *culprit);

/* Call it after json_select_clear() if the object is not one after all: the tape has not seen its paths. */
void json_select_forget(struct json_select *s);

/* Empties the tape and all values, for the next object. The caller then fills the tape. */
void json_select_clear(struct json_select *s);

/* Sets the file of the objects from here on: the string NAME, or null if it is NULL. */
void xjson_select_set_file(struct json_select *s, const char *name);

/* Gives LINE to the columns that take the line number, and the file to those that take it. */
void json_select_set_line(struct json_select *s, uint64_t line);

/* json_select_next() for paths that contain `[]`. */
enum json_select_status json_select_next_element(struct json_select *s);

/* The next record of the object. Values are views of the object's text and of S, until the next call. */
static inline enum json_select_status json_select_next(struct json_select *s)
{
    if (s->n_levels > 0)
        return json_select_next_element(s);
    bool is_end = s->is_begun;
    s->is_begun = true;
    return is_end ? JSON_SELECT_END : JSON_SELECT_RECORD;
}

/* Goes back to before the first record. */
static inline void json_select_rewind(struct json_select *s)
{
    s->is_begun = false;
}

/*
 * Sets IS_ABSENT, an item for each column, where no object so far had the column's path. An array without elements, or
 * without the one with that index, has the rest of a path.
 */
void json_select_find_absent(const struct json_select *s, bool *is_absent);

void json_select_close(struct json_select *s);

#endif
