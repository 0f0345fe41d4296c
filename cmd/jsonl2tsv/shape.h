/* SPDX-License-Identifier: MIT */
/*
 * shape: the fast path for lines that look like earlier lines. A shape is the bytes of a valid object between its
 * scalar values: {"Id": ,"PostId": } and the LF. A line with the same bytes, and with any valid scalar in each gap, is
 * a valid object with its values in the same places: it needs neither validator nor tokenizer. Any other line is left
 * to these, with the same result. A build with WEIR_PLAIN learns no shape.
 */
#ifndef WEIR_SHAPE_H
#define WEIR_SHAPE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/span.h"
#include "json_tokens.h"
#include "json_value.h"

enum { SHAPES = 64 };

/* Private to shape.c. */
struct shape;

struct shapes {
    size_t n_columns;
    struct shape *all[SHAPES];
    unsigned n;
    struct shape *last;  /* the one that matched last; NULL: none did */
    struct shape *guess; /* the one to try first */
    unsigned next;       /* place of the one to replace next */
    unsigned to_wait;    /* lines to skip before the next shape is learned */
    unsigned wait;       /* lines to skip next time; doubles while new shapes do not match */
};

/* No shapes yet, for objects with N_COLUMNS columns. */
void shapes_open(struct shapes *s, size_t n_columns);

/*
 * Whether LINE has a known shape. If so, sets VALUES, one for each column, to views of it. An LF must follow LINE, and
 * READER_PADDING bytes after it may be read.
 */
bool shapes_match(struct shapes *s, struct span line, struct json_value *values);

/*
 * Call for each line that matched no shape. True: learn it. While new shapes do not match, this becomes rare, down to
 * one line in a thousand; then shapes that never matched are forgotten.
 */
bool shapes_want(struct shapes *s);

/*
 * Learns the shape of the object in T, a line with an LF after it, whose columns have VALUES. Does nothing for objects
 * with many values or with a column that is an object or array: that would not pay off.
 */
void xshapes_learn(struct shapes *s, const struct json_tokens *t, const struct json_value *values);

void shapes_close(struct shapes *s);

#endif
