/* SPDX-License-Identifier: MIT */
/*
 * layout: the fastest path, for lines whose values have the same lengths as those of an earlier line. A layout says
 * which bytes each place of such a line allows: one certain byte, any digit, or any byte of a text. A line whose bytes
 * are all allowed is a valid object with its values in the same places, and a few copies of fixed length make its
 * record. Any other line is left to the shapes, with the same result. Where lengths vary too much, layouts rest. A
 * build with WEIR_PLAIN learns none.
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
    LAYOUT_MOST_ROOM = 4096, /* bytes that writing a record may take, at most */
};

/* What is allowed in 64 bytes. */
struct layout_block {
    char lowest[VECTOR64_BYTES];
    char range[VECTOR64_BYTES];
    uint64_t text; /* a bit for each byte that must be neither quote nor backslash */
};

/* A value, and the TAB, LF or nulls to write after it. */
struct layout_piece {
    uint16_t from;    /* offset in the line */
    uint16_t len;     /* bytes of the value */
    uint16_t all_len; /* with the tail */
    char tail[LAYOUT_TAIL_BYTES];
    const struct json_column *time; /* the column that must check this value, a time; NULL: none must */
};

struct layout {
    struct layout_block blocks[LAYOUT_BYTES / VECTOR64_BYTES];
    size_t n_blocks;
    size_t len; /* of the line with its LF; 0: there is no layout here */
    size_t n_pieces;
    struct layout_piece pieces[LAYOUT_PIECES];
    size_t room;          /* bytes that the copies of the pieces may write */
    bool has_texts;       /* or times: they need a second check */
    bool has_matched;     /* since it was last considered for replacement */
    struct layout *other; /* the next one of the same length; NULL: none */
};

struct layouts {
    const struct json_column *columns;
    size_t n_columns;
    struct layout *all; /* LAYOUTS of them; NULL: none was learned */
    size_t n;           /* learned so far, including those that were replaced */
    size_t shortest;    /* bytes of the shortest line with a layout; SIZE_MAX: there is none */
    size_t room;        /* bytes that writing one record may take */
    struct layout *of_length[LAYOUT_BYTES + 1]; /* most recent match first; NULL: none */
    int credit;         /* a match earns, a miss costs; at 0 layouts rest */
    unsigned rest;      /* lines for which they still rest */
    unsigned next_rest; /* lines for which they will rest next time */
};

/* No layouts yet, for objects with the N COLUMNS, which must outlive L. */
void layouts_open(struct layouts *l, const struct json_column *columns, size_t n);

/* For xlayouts_take(), without the credit: moves the start of LINES past the lines taken. Returns their number. */
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
 * Takes lines from the start of LINES, whole lines, as long as they have a layout; writes and commits their records to
 * W. Returns their number, and sets *END to their end. READER_PADDING bytes after LINES may be read.
 */
size_t xlayouts_take(struct layouts *l, struct span lines, struct writer *w, const char **end);

/*
 * Call if layouts_want(), for a LINE that has a shape but no layout, with its VALUES, one for each column, all views of
 * LINE. Learns its layout if that pays off. An LF must follow LINE, and READER_PADDING bytes after it may be
 * read.
 */
void xlayouts_learn(struct layouts *l, struct span line, const struct json_value *values);

void layouts_close(struct layouts *l);

#endif
