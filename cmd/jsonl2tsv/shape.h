/* SPDX-License-Identifier: MIT */
/*
 * shape: the fast way through lines that look like lines seen before. A shape is the bytes of a valid object between
 * its scalar values: {"Id": ,"PostId": } and the LF. A line with the same bytes there, and with any valid scalar in
 * each gap, is a valid object with its values in the same places, so it needs neither validator nor tokenizer. Whatever
 * does not match goes to these, which give the same result, only slower. A build with WEIR_PLAIN learns no shape.
 */
#ifndef WEIR_SHAPE_H
#define WEIR_SHAPE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/span.h"
#include "json_tokens.h"
#include "json_value.h"

enum { SHAPES = 8 };

/* Private to shape.c. */
struct shape;

struct shapes {
    size_t n_columns;
    struct shape *all[SHAPES]; /* the last one to match first; NULL: none yet */
    unsigned to_wait;          /* lines to let pass before the next one is learned */
    unsigned wait;             /* how many to wait next time: it doubles while what is learned does not match */
};

/* No shapes yet, of objects for N_COLUMNS columns. */
void shapes_open(struct shapes *s, size_t n_columns);

/*
 * Whether LINE, with its LF and READER_PADDING bytes behind it that may be read, has a known shape. If so sets VALUES,
 * one a column, to views of it.
 */
bool shapes_match(struct shapes *s, struct span line, struct json_value *values);

/*
 * To be asked about each line that has no known shape: whether to learn its own. Says so less and less often, down to
 * one line in a thousand, while what is learned does not match, and then forgets what never did.
 */
bool shapes_want(struct shapes *s);

/*
 * Learns the shape of the object in T, a line with its LF behind it, whose columns have VALUES. Does nothing where that
 * would not pay: for objects with many values, or with a column that is an object or array.
 */
void xshapes_learn(struct shapes *s, const struct json_tokens *t, const struct json_value *values);

/* Forgets all. */
void shapes_close(struct shapes *s);

#endif
