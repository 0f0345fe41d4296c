/* SPDX-License-Identifier: MIT */
#include "shape.h"

#include "value/json_scalar.h"

enum { AT_ONCE = 4 }; /* commas noted without a branch; most blocks of 64 bytes have fewer */

/* The state of the search for commas that are not in strings. */
struct search {
    uint64_t in_string; /* all ones: the next block starts in a string */
    size_t n_quotes;
    const char **to; /* where the next comma belongs */
};

/* Adds those of the block at P to S. HERE has a bit for each byte of the line. Inlined, or S would be in memory. */
static inline __attribute__((always_inline)) struct search add_block(struct search s, const char *p, uint64_t here)
{
    struct vector64 bytes = vector64_load(p);
    uint64_t quotes = vector64_equal(bytes, '"') & here;
    uint64_t inside = vector64_prefix_xor(quotes) ^ s.in_string;
    uint64_t commas = vector64_equal(bytes, ',') & here & ~inside;
    const char **end = s.to + __builtin_popcountll(commas);

    do {
        VECTOR64_UNROLL
        for (int k = 0; k < AT_ONCE; k++) {
            /* Volatile: gcc would gather them in a vector first, a tenth of the time. */
            *(const char *volatile *)s.to++ = p + vector64_first(commas);
            commas &= commas - 1;
        }
    } while (s.to < end);
    return (struct search){ -(inside >> 63), s.n_quotes + (size_t)__builtin_popcountll(quotes), end };
}

/*
 * Sets COMMAS to those of the line at P, followed by its LF. Returns where the LF is; NULL: the line has too many, or
 * bytes that are not plain in a string.
 */
static inline const char **find_commas(const char **commas, const char *p, size_t *n_quotes)
{
    struct search s = { .to = commas };
    uint64_t special;

    for (; (special = vector64_special(vector64_load(p), '\\')) == 0; p += VECTOR64_BYTES) {
        s = add_block(s, p, UINT64_MAX);
        if (s.to > commas + SHAPE_COMMAS)
            return NULL;
    }
    s = add_block(s, p, (special & -special) - 1);
    *s.to = p + __builtin_ctzll(special);
    *n_quotes = s.n_quotes;
    return **s.to == '\n' ? s.to : NULL;
}

/* Vectors for is_short_number(). */
struct digits {
    struct vector add;
    struct vector limit;
    struct vector point;
};

/* Whether the LEN bytes at P are a number without sign and exponent, shorter than a vector. */
static inline bool is_short_number(const char *p, size_t len, const struct digits *d)
{
    if (len - 1 >= VECTOR_BYTES - 1)
        return false;
    struct vector bytes = vector_load(p);
    unsigned all = (1u << len) - 1;
    unsigned others = all & ~vector_mask(vector_less_signed(d->limit, vector_add(bytes, d->add)));
    /* One byte may not be a digit: a point that is neither first nor last. */
    unsigned wrong = (others & (others - 1)) | (others & (1 | 1u << (len - 1)));
    wrong |= others & ~vector_mask(vector_equal(bytes, d->point));
    return wrong == 0 && (*p != '0' || ((others | ~all) & 2) != 0);
}

const char *VECTOR_NAME(shape_match_index)(const struct shape *s, const char *line, struct json_value *values)
{
    /* Read from memory, because gcc would make such vectors again for each value. */
    static const char *volatile const digits_of = "\x46\x75.";
    const char *bytes = digits_of;
    const struct digits digits = { vector_of(bytes[0]), vector_of(bytes[1]), vector_of(bytes[2]) };
    const char *p = line;
    const char *commas[SHAPE_COMMAS + VECTOR64_BYTES + AT_ONCE];
    size_t n_quotes;
    const char **lf = find_commas(commas, line, &n_quotes);

    if (lf == NULL || (size_t)(lf - commas) != s->n_commas)
        return NULL;
    n_quotes -= s->n_quotes;
    for (const struct shape_gap *gap = s->gaps; ; gap++) {
        if (!shape_gap_is_at(gap, p))
            return NULL;
        p += gap->len;
        if (gap->next > SHAPE_WANTED) {
            if (gap->next == SHAPE_GAP)
                continue;
            break;
        }
        const char *end = commas[gap->n_commas] - gap[1].comma;
        struct json_value value = { { p, (size_t)(end - p) }, JSON_PLAIN };
        if (*p == '"') {
            if (end - p < 2 || end[-1] != '"')
                return NULL;
            value.text.at++;
            value.text.len -= 2;
            n_quotes -= 2;
        } else if (is_short_number(p, value.text.len, &digits)) {
            value.kind = JSON_NUMBER;
        } else if (json_bare_end(p, &value.kind) != end) {
            return NULL;
        }
        if (gap->next == SHAPE_WANTED)
            values[gap->column] = value;
        p = end;
    }
    /* Each string has its two quotes and no other, if all have as many as that. */
    return n_quotes == 0 ? *lf : NULL;
}
