/* SPDX-License-Identifier: MIT */
/*
 * shape: the fast path for lines that look like earlier lines. A shape is the bytes of a valid object between its
 * scalar values: {"Id": ,"PostId": } and the LF. A line with the same bytes, and with any valid scalar in each gap, is
 * a valid object with its values in the same places: it needs neither validator nor tokenizer. Any other line is left
 * to these, with the same result.
 *
 * In lines with many values, shape_kernel.c finds the ends of all values first, as commas outside of strings: then no
 * value waits for the end of the one before. For 250,000 lines of 60 values, jsonl2tsv takes 0.100 CPU s with it and
 * 0.145 without; reading takes 0.040 of them.
 */
#ifndef WEIR_SHAPE_H
#define WEIR_SHAPE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/span.h"
#include "base/vector64.h"
#include "json_tokens.h"
#include "json_value.h"

enum {
    SHAPES = 64,
    SHAPE_COMMAS = 512, /* in the gaps of a shape with an index, at most */
};

/* What follows a gap. */
enum shape_next {
    SHAPE_VALUE,
    SHAPE_WANTED, /* a value that a column takes */
    SHAPE_GAP,    /* more of its bytes */
    SHAPE_END,
};

/* The bytes between two values, without quotes; longer ones take several gaps. */
struct shape_gap {
    char bytes[VECTOR_BYTES]; /* padded with zeros */
    uint32_t len;
    uint32_t ignored; /* a bit for each byte of the padding */
    enum shape_next next;
    uint32_t n_commas; /* up to the end of this gap */
    size_t comma;      /* bytes before its first comma or LF */
    size_t column;     /* the first one that takes the next value */
};

/* A column that copies the value of another column, or has none. */
struct shape_copy {
    size_t to;
    size_t from; /* TO: the value is missing */
};

struct shape {
    size_t n_gaps;
    struct shape_gap *gaps;
    struct shape_copy *copies;
    size_t n_copies;
    size_t n_quotes;        /* in the gaps */
    uint32_t n_commas;      /* likewise */
    bool has_index;         /* lines are matched with shape_match_index() */
    bool has_matched;       /* since it was learned, or considered for replacement */
    struct shape *follower; /* the one that matched after it last time; NULL: none did */
    unsigned char common[SHAPES]; /* for each shape: the leading gaps, at most UINT8_MAX, that both have */
};

/* Whether the bytes at P are those of GAP. VECTOR_BYTES bytes may be read there. */
static inline bool shape_gap_is_at(const struct shape_gap *gap, const char *p)
{
    return (vector_mask(vector_equal(vector_load(p), vector_load(gap->bytes))) | gap->ignored) == 0xffff;
}

struct shapes {
    size_t n_columns;
    struct shape *all[SHAPES];
    unsigned n;
    struct shape *last;  /* the one that matched last; NULL: none did */
    struct shape *guess; /* the one to try first */
    unsigned next;       /* place of the one to replace next */
    unsigned to_wait;    /* lines to skip before the next shape is learned */
    unsigned wait;       /* lines to skip next time; doubles while new shapes do not match */
    int credit;          /* a match with the index earns, a miss costs; at 0 it rests */
    unsigned rest;       /* lines for which it still rests */
};

/* No shapes yet, for objects with N_COLUMNS columns. */
void shapes_open(struct shapes *s, size_t n_columns);

/*
 * Whether the first line of LINES, whole lines, has a known shape. If so, sets LINE to it, and VALUES, one for each
 * column, to views of it. READER_PADDING bytes after LINES may be read.
 */
bool shapes_match(struct shapes *s, struct span lines, struct span *line, struct json_value *values);

/*
 * If the line at LINE has the shape S, which has an index, returns its LF and sets VALUES, except copies. NULL: it has
 * another shape, bytes that are not plain in a string, or an error.
 */
typedef const char *shape_kernel(const struct shape *s, const char *line, struct json_value *values);
VECTOR_DECLARE(shape_kernel, shape_match_index);

/*
 * Call for each line that matched no shape. True: learn it. While new shapes do not match, this becomes rare, down to
 * one line in a thousand; then shapes that never matched are forgotten.
 */
bool shapes_want(struct shapes *s);

/*
 * Learns the shape of the object in T, a line with an LF after it, whose columns have VALUES. Does nothing for objects
 * with many values or with a column that is an object or array: that would not pay off. xshape_learn() returns the
 * shape, for its caller to add, or NULL.
 */
struct shape *xshape_learn(const struct json_tokens *t, const struct json_value *values, size_t n_columns);
void xshapes_learn(struct shapes *s, const struct json_tokens *t, const struct json_value *values);

void shapes_close(struct shapes *s);

#endif
