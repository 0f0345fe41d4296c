/* SPDX-License-Identifier: MIT */
#include "shape.h"

#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>

#include "base/memory.h"
#include "base/utf8.h"
#include "value/json_scalar.h"

enum {
    MOST_VALUES = 500,     /* values in a shape, at most */
    MOST_BYTES = 32 << 10, /* bytes between them, at most */
    LONGEST_WAIT = 1 << 10,
};

/* What follows a gap. */
enum next {
    NEXT_GAP, /* more of its bytes */
    NEXT_VALUE,
    NEXT_LINE,
};

/* The bytes between two values, without quotes; longer ones take several gaps. */
struct gap {
    char bytes[VECTOR_BYTES]; /* padded with zeros */
    uint32_t len;
    uint32_t mask; /* a bit for each byte */
    enum next next;
    bool is_wanted; /* a column takes the next value, ... */
    size_t column;  /* ... this one first */
};

/* A column that copies the value of another column, or has none. */
struct copy {
    size_t to;
    size_t from; /* TO: the value is missing */
};

struct shape {
    size_t n_gaps;
    struct gap *gaps;
    struct copy *copies;
    size_t n_copies;
    bool has_matched;
};

void shapes_open(struct shapes *s, size_t n_columns)
{
    *s = (struct shapes){ .n_columns = n_columns, .wait = 1 };
}

/* Whether the bytes at P are those of GAP. VECTOR_BYTES bytes may be read there. */
static inline bool starts_with(const char *p, const struct gap *gap)
{
    return (~vector_mask(vector_equal(vector_load(p), vector_load(gap->bytes))) & gap->mask) == 0;
}

/* end_of_string() from a byte at P that is not plain. */
static __attribute__((noinline)) const char *end_of_special_string(const char *p, const char *end)
{
    while (p < end && *p != '"') {
        size_t n = *p != '\\' && (unsigned char)*p >= ' ' ? utf8_length(p, (size_t)(end - p)) : 0;
        if (n == 0)
            return NULL;
        p = json_skip_plain(p + n);
    }
    return p < end ? p : NULL;
}

/* The closing quote of the string whose text starts at P; NULL if there is an escape or an error before it. */
static inline const char *end_of_string(const char *p, const char *end)
{
    p = json_skip_plain(p);
    return *p == '"' ? p : end_of_special_string(p, end);
}

/* Whether LINE has shape S; if so, sets VALUES. The LF stops every value, so P needs no other bound. */
static bool match(const struct shape *s, struct span line, struct json_value *values)
{
    const char *p = line.at;

    for (const struct gap *gap = s->gaps; ; gap++) {
        if (!starts_with(p, gap))
            return false;
        p += gap->len;
        if (gap->next != NEXT_VALUE) {
            if (gap->next == NEXT_GAP)
                continue;
            break;
        }
        enum json_kind kind = JSON_PLAIN;
        bool is_string = *p == '"';
        const char *value = is_string ? p + 1 : p;
        const char *value_end = is_string ? end_of_string(value, line.at + line.len) : json_bare_end(value, &kind);
        if (value_end == NULL)
            return false;
        p = is_string ? value_end + 1 : value_end;
        if (gap->is_wanted)
            values[gap->column] = (struct json_value){ { value, (size_t)(value_end - value) }, kind };
    }
    for (size_t i = 0; i < s->n_copies; i++) {
        const struct copy *copy = &s->copies[i];
        values[copy->to] = copy->from != copy->to ? values[copy->from] : (struct json_value){ .kind = JSON_MISSING };
    }
    return true;
}

static void free_shape(struct shape *s)
{
    if (s == NULL)
        return;
    free(s->gaps);
    free(s->copies);
    free(s);
}

/* Puts SHAPE first; those before place I move down by one. */
static void put_first(struct shapes *s, struct shape *shape, unsigned i)
{
    memmove(s->all + 1, s->all, i * sizeof *s->all);
    s->all[0] = shape;
}

bool shapes_match(struct shapes *s, struct span line, struct json_value *values)
{
    for (unsigned i = 0; i < SHAPES && s->all[i] != NULL; i++) {
        struct shape *shape = s->all[i];
        if (!match(shape, line, values))
            continue;
        if (i > 0)
            put_first(s, shape, i);
        if (!shape->has_matched) {
            shape->has_matched = true;
            s->wait = 1;
            s->to_wait = 0;
        }
        return true;
    }
    return false;
}

#ifdef WEIR_PLAIN

bool shapes_want(struct shapes *s)
{
    (void)s;
    return false;
}

void xshapes_learn(struct shapes *s, const struct json_tokens *t, const struct json_value *values)
{
    (void)s;
    (void)t;
    (void)values;
}

#else

/* Whether token I is a scalar, but not a key: the parent of a key is its object. */
static bool is_scalar_value(const struct json_tokens *t, size_t i)
{
    const jsmntok_t *token = &t->at[i];

    return token->type == JSMN_PRIMITIVE || (token->type == JSMN_STRING && t->at[token->parent].type != JSMN_OBJECT);
}

/* Adds gaps for the bytes from FROM to TO, where NEXT starts. STARTS notes TO for each. */
static void add_gaps(struct shape *s, const char **starts, const char *from, const char *to, enum next next)
{
    while (from < to) {
        struct gap *gap = &s->gaps[s->n_gaps];
        gap->len = (uint32_t)(to - from < VECTOR_BYTES ? to - from : VECTOR_BYTES);
        gap->mask = (1u << gap->len) - 1;
        memcpy(gap->bytes, from, gap->len);
        from += gap->len;
        gap->next = from < to ? NEXT_GAP : next;
        starts[s->n_gaps++] = to;
    }
}

/* The gap in S before the value at AT. add_gaps() has set STARTS. */
static struct gap *find_gap(const struct shape *s, const char *const *starts, const char *at)
{
    size_t low = 0;
    size_t high = s->n_gaps;

    while (high - low > 1) {
        size_t middle = low + (high - low) / 2;
        if (starts[middle] <= at)
            low = middle;
        else
            high = middle;
    }
    return &s->gaps[low];
}

/* Notes where COLUMN takes its values from; in this line, its value is VALUE. */
static void add_column(struct shape *s, const char *const *starts, size_t column, const struct json_value *value)
{
    size_t from = column;

    if (value->kind != JSON_MISSING) {
        struct gap *gap = find_gap(s, starts, value->text.at);
        if (!gap->is_wanted) {
            gap->is_wanted = true;
            gap->column = column;
            return;
        }
        from = gap->column;
    }
    s->copies[s->n_copies++] = (struct copy){ column, from };
}

static struct shape *learn(size_t n_columns, const struct json_tokens *t, const struct json_value *values,
                           size_t n_gaps)
{
    struct shape *s = xcalloc(1, sizeof *s);
    const char **starts = xcalloc(n_gaps, sizeof *starts);
    const char *from = t->text.at;

    s->gaps = xcalloc(n_gaps, sizeof *s->gaps);
    s->copies = xcalloc(n_columns, sizeof *s->copies);
    for (size_t i = 0; i < t->n; i++) {
        if (!is_scalar_value(t, i))
            continue;
        struct span value = json_token_text(t, i);
        size_t quote = t->at[i].type == JSMN_STRING;
        add_gaps(s, starts, from, value.at - quote, NEXT_VALUE);
        from = value.at + value.len + quote;
    }
    add_gaps(s, starts, from, t->text.at + t->text.len + 1, NEXT_LINE);
    for (size_t c = 0; c < n_columns; c++)
        add_column(s, starts, c, &values[c]);
    free(starts);
    return s;
}

static bool is_same(const struct shape *a, const struct shape *b)
{
    if (a->n_gaps != b->n_gaps)
        return false;
    for (size_t i = 0; i < a->n_gaps; i++)
        if (a->gaps[i].len != b->gaps[i].len || a->gaps[i].next != b->gaps[i].next ||
            memcmp(a->gaps[i].bytes, b->gaps[i].bytes, VECTOR_BYTES) != 0)
            return false;
    return true;
}

/*
 * Adds SHAPE, replacing the one that matched least recently if there is no room. If it is already known, its line just
 * had special values.
 */
static void add(struct shapes *s, struct shape *shape)
{
    unsigned n = 0;

    for (; n < SHAPES && s->all[n] != NULL; n++)
        if (is_same(s->all[n], shape)) {
            free_shape(shape);
            return;
        }
    if (n == SHAPES)
        free_shape(s->all[--n]);
    put_first(s, shape, n);
}

/* Every line without a known shape is compared with each of them, so shapes that never match must go. */
static void forget_unmatched(struct shapes *s)
{
    unsigned n = 0;

    for (unsigned i = 0; i < SHAPES && s->all[i] != NULL; i++) {
        struct shape *shape = s->all[i];
        s->all[i] = NULL;
        if (shape->has_matched)
            s->all[n++] = shape;
        else
            free_shape(shape);
    }
}

bool shapes_want(struct shapes *s)
{
    if (s->to_wait > 0) {
        s->to_wait--;
        return false;
    }
    s->to_wait = s->wait;
    if (s->wait < LONGEST_WAIT)
        s->wait *= 2;
    else
        forget_unmatched(s);
    return true;
}

void xshapes_learn(struct shapes *s, const struct json_tokens *t, const struct json_value *values)
{
    size_t n_values = 0;
    size_t n_bytes = t->text.len + 1;

    for (size_t i = 0; i < t->n && n_values <= MOST_VALUES; i++)
        if (is_scalar_value(t, i)) {
            n_values++;
            n_bytes -= (size_t)(t->at[i].end - t->at[i].start);
        }
    if (n_values > MOST_VALUES || n_bytes > MOST_BYTES)
        return;
    for (size_t c = 0; c < s->n_columns; c++)
        if (values[c].kind == JSON_CONTAINER)
            return;
    add(s, learn(s->n_columns, t, values, n_values + n_bytes / VECTOR_BYTES + 1));
}

#endif

void shapes_close(struct shapes *s)
{
    for (unsigned i = 0; i < SHAPES; i++)
        free_shape(s->all[i]);
}
