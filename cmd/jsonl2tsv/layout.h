/* SPDX-License-Identifier: MIT */
/*
 * layout: the fastest path, for lines whose values have the same lengths as those of an earlier line. A layout is such a
 * line as the bytes that each place allows: one certain byte, a digit of a number, or a byte of a text. A line with all
 * its bytes allowed is a valid object with its values in the same places, and its record is a few copies of fixed
 * length. Any other line is left to the shapes, with the same result. Where lengths vary too much, layouts rest. A build
 * with WEIR_PLAIN learns none.
 *
 * For 10 million votes of 98 bytes, jsonl2tsv takes 0.15 CPU s with AVX2, 0.18 with SSE2 and 0.31 with shapes alone;
 * reading takes 0.09 of it.
 */
#ifndef WEIR_LAYOUT_H
#define WEIR_LAYOUT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/span.h"
#include "base/vector64.h"
#include "stream/writer.h"
#include "json_column.h"
#include "json_value.h"

enum {
    LAYOUTS = 64,
    LAYOUT_BYTES = 512,     /* of a line with its LF, at most */
    LAYOUT_PIECES = 32,     /* of a record, at most */
    LAYOUT_TAIL_BYTES = 16, /* of a piece, at most */
    LAYOUT_MOST_ROOM = 4096,
};

/* What is allowed in 64 bytes. */
struct layout_block {
    char lowest[VECTOR64_BYTES];
    char range[VECTOR64_BYTES];
    uint64_t text; /* a bit for each byte that must be neither quote nor backslash */
};

/* A value, and the TAB, LF or nulls to write after it. */
struct layout_piece {
    uint16_t from;
    uint16_t len;
    uint16_t all_len; /* with the tail */
    char tail[LAYOUT_TAIL_BYTES];
    const struct json_column *time; /* the column that must check this value; NULL: none must */
};

struct layout {
    struct layout_block blocks[LAYOUT_BYTES / VECTOR64_BYTES];
    size_t n_blocks;
    size_t len; /* of the line with its LF; 0: there is no layout here */
    size_t n_pieces;
    struct layout_piece pieces[LAYOUT_PIECES];
    size_t room; /* bytes that the copies of the pieces may write */
    bool has_texts; /* or times, which need a second look */
    bool has_matched;
    struct layout *other; /* of the same length */
};

struct layouts {
    const struct json_column *columns;
    size_t n_columns;
    struct layout *all; /* LAYOUTS of them; NULL: none was learned */
    size_t n;           /* learned so far, including those that were replaced */
    size_t shortest;    /* bytes of the shortest line with a layout; SIZE_MAX: there is none */
    size_t room;        /* bytes that writing one record may take */
    struct layout *of_length[LAYOUT_BYTES + 1]; /* most recent match first; NULL: none */
    int credit;         /* a match earns, a miss costs; at 0 layouts rest ... */
    unsigned rest;      /* ... for so many lines, ... */
    unsigned next_rest; /* ... and the next time for these */
};

/* No layouts yet, for objects with the N COLUMNS. */
void layouts_open(struct layouts *l, const struct json_column *columns, size_t n);

/* xlayouts_take() without the credit: takes the lines from LINES. */
typedef size_t layouts_kernel(struct layouts *l, struct span *lines, struct writer *w);
VECTOR_DECLARE(layouts_kernel, xlayouts_match);

/* Whether to try the layouts on the next line. Call it once for each. */
static inline bool layouts_want(struct layouts *l)
{
    if (l->rest == 0)
        return true;
    l->rest--;
    return false;
}

/*
 * Takes lines from the start of LINES, whole lines, as long as they have a layout, and appends their records to W,
 * committed. Returns how many, and sets *END to the end of the last. READER_PADDING bytes after LINES may be read.
 */
size_t xlayouts_take(struct layouts *l, struct span lines, struct writer *w, const char **end);

/*
 * Call if layouts_want(), for a LINE that has a shape but no layout, with its VALUES. Learns its layout, unless that
 * would not pay off. An LF must follow LINE, and READER_PADDING bytes after it may be read.
 */
void xlayouts_learn(struct layouts *l, struct span line, const struct json_value *values);

void layouts_close(struct layouts *l);

#endif
