/* SPDX-License-Identifier: MIT */
#include "shape.h"

#include "base/memory.h"
#include "value/json_scalar.h"

enum {
    MOST_VALUES = 500,     /* values in a shape, at most */
    MOST_BYTES = 32 << 10, /* bytes between them, at most */
#ifdef WEIR_LEVELS
    FEWEST_COMMAS = 1, /* to test the index with lines of any length */
#else
    FEWEST_COMMAS = 15, /* for an index; with fewer it does not pay off */
#endif
};

/* Whether token I is a scalar, but not a key: the parent of a key is its object. */
static bool is_scalar_value(const struct json_tokens *t, size_t i)
{
    const jsmntok_t *token = &t->at[i];

    return token->type == JSMN_PRIMITIVE || (token->type == JSMN_STRING && t->at[token->parent].type != JSMN_OBJECT);
}

/* A bit for each byte C of GAP. */
static unsigned find(const struct shape_gap *gap, int c)
{
    return vector_mask(vector_equal(vector_load(gap->bytes), vector_of(c)));
}

/*
 * Adds the commas and quotes in GAP, the next one of S, for the index. IS_FIRST: a value ends at GAP, so that it must
 * have a comma or LF. IN_STRING: all ones if GAP starts in a key.
 */
static void add_to_index(struct shape *s, struct shape_gap *gap, bool is_first, uint64_t *in_string)
{
    unsigned quotes = find(gap, '"');
    unsigned lfs = find(gap, '\n');
    uint64_t inside = vector64_prefix_xor(quotes) ^ *in_string;
    unsigned commas = find(gap, ',') & ~(unsigned)inside;
    unsigned special = json_special(gap->bytes) & ~(gap->ignored | quotes | lfs);

    s->has_index &= special == 0 && (!is_first || (commas | lfs) != 0);
    s->n_quotes += (size_t)__builtin_popcount(quotes);
    s->n_commas += (uint32_t)__builtin_popcount(commas);
    gap->comma = (size_t)__builtin_ctz(commas | lfs | 1u << VECTOR_BYTES);
    gap->n_commas = s->n_commas;
    *in_string = -(inside >> 63);
}

/* Adds gaps for the bytes from FROM to TO, where NEXT starts. */
static void add_gaps(struct shape *s, const char *from, const char *to, enum shape_next next)
{
    bool is_first = s->n_gaps > 0;
    uint64_t in_string = 0;

    while (from < to) {
        struct shape_gap *gap = &s->gaps[s->n_gaps++];
        gap->len = (uint32_t)(to - from < VECTOR_BYTES ? to - from : VECTOR_BYTES);
        gap->ignored = 0xffff & ~((1u << gap->len) - 1);
        memcpy(gap->bytes, from, gap->len);
        from += gap->len;
        gap->next = from < to ? SHAPE_GAP : next;
        add_to_index(s, gap, is_first, &in_string);
        is_first = false;
    }
}

/* Makes the columns whose values are at AT, NULL if they are missing, take them from the next value of S. */
static void add_columns(struct shape *s, const char *at, const struct json_value *values, size_t n_columns)
{
    struct shape_gap *gap = at != NULL ? &s->gaps[s->n_gaps - 1] : NULL;

    for (size_t c = 0; c < n_columns; c++) {
        if (values[c].text.at != at)
            continue;
        if (gap != NULL && gap->next != SHAPE_WANTED) {
            gap->next = SHAPE_WANTED;
            gap->column = c;
        } else {
            s->copies[s->n_copies++] = (struct shape_copy){ c, gap != NULL ? gap->column : c };
        }
    }
}

/* Whether the object in T, with VALUES, may have a shape. Sets N_GAPS to the most gaps that it may have. */
static bool may_learn(const struct json_tokens *t, const struct json_value *values, size_t n_columns, size_t *n_gaps)
{
    size_t n_values = 0;
    size_t n_bytes = t->text.len + 1;

    for (size_t i = 0; i < t->n; i++)
        if (is_scalar_value(t, i)) {
            n_values++;
            n_bytes -= json_token_text(t, i).len;
        }
    for (size_t c = 0; c < n_columns; c++)
        if (values[c].kind == JSON_CONTAINER)
            return false;
    *n_gaps = n_values + n_bytes / VECTOR_BYTES + 1;
    return n_values <= MOST_VALUES && n_bytes <= MOST_BYTES;
}

struct shape *xshape_learn(const struct json_tokens *t, const struct json_value *values, size_t n_columns)
{
    const char *from = t->text.at;
    size_t n_gaps;

    if (!may_learn(t, values, n_columns, &n_gaps))
        return NULL;
    struct shape *s = xcalloc(1, sizeof *s);
    s->gaps = xcalloc(n_gaps, sizeof *s->gaps);
    s->copies = xcalloc(n_columns, sizeof *s->copies);
    s->has_index = true;
    for (size_t i = 0; i < t->n; i++) {
        if (!is_scalar_value(t, i))
            continue;
        struct span value = json_token_text(t, i);
        size_t quote = t->at[i].type == JSMN_STRING;
        add_gaps(s, from, value.at - quote, SHAPE_VALUE);
        add_columns(s, value.at, values, n_columns);
        from = value.at + value.len + quote;
    }
    add_gaps(s, from, t->text.at + t->text.len + 1, SHAPE_END);
    add_columns(s, NULL, values, n_columns);
    s->has_index &= s->n_commas >= FEWEST_COMMAS && s->n_commas <= SHAPE_COMMAS;
    return s;
}
