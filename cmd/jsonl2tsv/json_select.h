/* SPDX-License-Identifier: MIT */
/*
 * json_select: the values of the columns asked for, taken out of an object. Where paths contain `[]` the object gives a
 * record for each element of the innermost array; columns of the levels above repeat.
 */
#ifndef WEIR_JSON_SELECT_H
#define WEIR_JSON_SELECT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "value/json_path.h"
#include "json_tokens.h"
#include "json_tree.h"
#include "json_value.h"

/* An array whose elements are records; the record itself is level 0. */
struct json_level {
    struct json_node *node; /* what is wanted of each element */
    size_t array;           /* its token in the object at hand, 0: it has none */
    size_t element;         /* the token of the current element, 0: none */
    uint64_t ordinal;       /* of the current element, from 0 */
    char ordinal_text[WRITER_SHORT];
};

/* What a column takes its value from. */
struct json_source {
    size_t level;    /* the innermost array in its path, counted from the outermost, 1; 0: none */
    bool is_ordinal; /* the ordinal of that level; at level 0 the number of the line */
};

struct json_select {
    struct json_value *values;   /* of the current record, one for each column */
    struct json_source *sources; /* of these */
    size_t n_columns;
    struct json_level *levels; /* 0 to n_levels */
    size_t n_levels;
    bool outer;
    bool is_begun; /* the object at hand has given a record, or has none to give */
    struct json_tokens tokens;
    char *key; /* room for a decoded key */
    size_t key_capacity;
};

enum json_select_status {
    JSON_SELECT_RECORD,   /* VALUES holds the next record */
    JSON_SELECT_END,      /* the object has no more */
    JSON_SELECT_NO_ARRAY, /* what `[]` names is neither array nor null nor missing */
};

/*
 * Prepares for N paths, a column each. OUTER: an empty or missing array gives one record of nulls and not none. False
 * if two of them cross arrays of which neither is inside the other; *CULPRIT is the column where that shows. The paths
 * may be freed afterwards.
 */
bool xjson_select_open(struct json_select *s, const struct json_path *paths, size_t n, bool outer, size_t *culprit);

/*
 * For paths without `[]` and @line: whether json_scan() knows LINE, whose only record is then in VALUES. If not,
 * xjson_select_object() is the way.
 */
bool json_select_scan(struct json_select *s, struct span line);

/* Turns to TEXT, an object of N_TOKENS tokens as json_check_object() found, on line LINE. It must outlive its records. */
void xjson_select_object(struct json_select *s, struct span text, size_t n_tokens, uint64_t line);

/* The next record of the object. Values are views of the object's text and of S, until the next call. */
enum json_select_status json_select_next(struct json_select *s);

void json_select_close(struct json_select *s);

#endif
