/* SPDX-License-Identifier: MIT */
#include "layout.h"

enum {
    MOST_TRIES = 4, /* layouts of one length to try for a line */
    AHEAD = 8,      /* lines to find at once */
};

typedef char bytes32 __attribute__((vector_size(WRITER_SHORT)));

/* Copies WRITER_SHORT bytes. */
static inline void copy(char *to, const char *from)
{
    bytes32 bytes;

    memcpy(&bytes, from, sizeof bytes);
    memcpy(to, &bytes, sizeof bytes);
}

/* The end of the line that ends at P or after it. */
static inline const char *end_of_line(const char *p)
{
    for (;; p += VECTOR64_BYTES) {
        uint64_t found = vector64_equal(vector64_load(p), '\n');
        if (found != 0)
            return p + __builtin_ctzll(found) + 1;
    }
}

/* Not 0 for each byte of the 64 at P that BLOCK does not allow. */
static inline __attribute__((always_inline)) struct vector64 find_wrong(const struct layout_block *block, const char *p)
{
    return vector64_outside(vector64_load(p), vector64_load(block->lowest), vector64_load(block->range));
}

/* Whether the bytes of the line at P, whose length is that of LAYOUT, are in range. */
static inline __attribute__((always_inline)) bool is_in_range(const struct layout *layout, const char *p)
{
    struct vector64 wrong = find_wrong(layout->blocks, p);

    for (size_t i = 1; i < layout->n_blocks; i++)
        wrong = vector64_or(wrong, find_wrong(&layout->blocks[i], p + i * VECTOR64_BYTES));
    return vector64_is_zero(wrong);
}

/* Whether the texts and times in the line at P, whose bytes are in range, are good. */
static __attribute__((noinline)) bool has_good_texts(const struct layout *layout, const char *p)
{
    uint64_t special = 0;

    for (size_t i = 0; i < layout->n_blocks; i++) {
        struct vector64 bytes = vector64_load(p + i * VECTOR64_BYTES);
        special |= (vector64_equal(bytes, '"') | vector64_equal(bytes, '\\')) & layout->blocks[i].text;
    }
    for (size_t i = 0; i < layout->n_pieces && special == 0; i++) {
        const struct layout_piece *piece = &layout->pieces[i];
        struct json_value value = { { p + piece->from, piece->len }, JSON_PLAIN };
        special = piece->time != NULL && !json_column_checks(piece->time, &value);
    }
    return special == 0;
}

/* Inlined, like what it calls, because the calls would take a sixth of the time. */
static inline __attribute__((always_inline)) bool allows(const struct layout *layout, const char *p)
{
    return is_in_range(layout, p) && (!layout->has_texts || has_good_texts(layout, p));
}

/* The layout of the line at P, LEN bytes with its LF, if it is not the first one of that length. Puts it first. */
static __attribute__((noinline)) struct layout *find_other(struct layouts *l, const char *p, size_t len)
{
    struct layout **at = &l->of_length[len];

    for (int i = 0; i < MOST_TRIES && *at != NULL; i++, at = &(*at)->other) {
        struct layout *layout = *at;
        if (i == 0 || !allows(layout, p))
            continue;
        *at = layout->other;
        layout->other = l->of_length[len];
        l->of_length[len] = layout;
        return layout;
    }
    return NULL;
}

/* Writes the record of the line at P at TO. Returns its end. */
static inline char *write_record(const struct layout *layout, const char *p, char *to)
{
    const struct layout_piece *piece = layout->pieces;

    for (size_t n = layout->n_pieces; n > 0; n--, piece++) {
        const char *from = p + piece->from;
        size_t len = piece->len;
        copy(to, from);
        for (size_t i = WRITER_SHORT; i < len; i += WRITER_SHORT)
            copy(to + i, from + i);
        memcpy(to + len, piece->tail, LAYOUT_TAIL_BYTES);
        to += piece->all_len;
    }
    return to;
}

/* If the line from P to END has a layout, writes its record at TO and returns the record's end; else NULL. */
static inline __attribute__((always_inline)) char *match(struct layouts *l, const char *p, const char *end, char *to)
{
    size_t len = (size_t)(end - p);
    struct layout *layout = len <= LAYOUT_BYTES ? l->of_length[len] : NULL;

    if (layout == NULL || (!allows(layout, p) && (layout = find_other(l, p, len)) == NULL))
        return NULL;
    layout->has_matched = true;
    return write_record(layout, p, to);
}

size_t VECTOR_NAME(xlayouts_match)(struct layouts *l, struct span *lines, struct writer *w)
{
    const char *p = lines->at;
    const char *stop = p + lines->len;
    const size_t shortest = l->shortest;
    char *to = writer_end(w);
    const char *last = w->buffer + w->capacity - AHEAD * l->room;
    size_t n = 0;

    while ((size_t)(stop - p) >= shortest) {
        const char *ends[AHEAD];
        size_t ahead = (size_t)(stop - p) >= AHEAD * shortest ? AHEAD : 1;
        size_t i;
        if (to > last) {
            writer_advance(w, to);
            writer_commit(w);
            to = xwriter_reserve(w, AHEAD * l->room);
            last = w->buffer + w->capacity - AHEAD * l->room;
        }
        /*
         * Assumes that all lines have the length of the shortest, or a little more, so that finding an end need not
         * wait for the one before: saves 8%. A wrong end matches no layout; then its line comes first.
         */
        for (i = 0; i < ahead; i++)
            ends[i] = end_of_line(p + (i + 1) * shortest - 1);
        for (i = 0; i < ahead; i++) {
            char *end = match(l, p, ends[i], to);
            if (end == NULL)
                break;
            p = ends[i];
            to = end;
        }
        n += i;
        if (i == 0)
            break;
    }
    writer_advance(w, to);
    writer_commit(w);
    *lines = (struct span){ p, (size_t)(stop - p) };
    return n;
}
