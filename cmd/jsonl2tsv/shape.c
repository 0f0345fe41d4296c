/* SPDX-License-Identifier: MIT */
#include "shape.h"

#include <stdlib.h>

#include "base/memory.h"
#include "value/json_scalar.h"

enum {
    LONGEST_WAIT = 1 << 10,
    MOST_CREDIT = 64,
    MISS_COST = 2, /* in units of the time that a match with the index saves */
    REST = 1 << 12,
};

void shapes_open(struct shapes *s, size_t n_columns)
{
    *s = (struct shapes){ .n_columns = n_columns, .wait = 1, .credit = MOST_CREDIT };
}

enum match {
    MATCHED,
    NOT_MATCHED, /* another shape may match */
    SPECIAL,     /* a value is invalid, or json_string_end() cannot tell */
};

/*
 * Whether LINE has shape S; the gaps before *I are known to match, and the next one starts at *AT. Sets VALUES, except
 * copies. NOT_MATCHED: *I and *AT are those of the gap that does not match. The LF stops every value, so no other bound
 * is needed.
 */
static inline enum match match(const struct shape *s, size_t *i, const char **at, struct span line,
                               struct json_value *values)
{
    const char *p = *at;

    for (const struct shape_gap *gap = s->gaps + *i; ; gap++) {
        if (!shape_gap_is_at(gap, p)) {
            *i = (size_t)(gap - s->gaps);
            *at = p;
            return NOT_MATCHED;
        }
        p += gap->len;
        if (gap->next > SHAPE_WANTED) {
            if (gap->next == SHAPE_GAP)
                continue;
            return MATCHED;
        }
        enum json_kind kind;
        bool is_string = *p == '"';
        const char *value = is_string ? p + 1 : p;
        const char *value_end = is_string ? json_string_end(value, line.at + line.len, &kind)
                                          : json_bare_end(value, &kind);
        if (value_end == NULL)
            return SPECIAL;
        p = is_string ? value_end + 1 : value_end;
        if (gap->next == SHAPE_WANTED)
            values[gap->column] = (struct json_value){ { value, (size_t)(value_end - value) }, kind };
    }
}

/* The shape of LINE; NULL: none is known. Sets VALUES as match(). */
static inline struct shape *find(const struct shapes *s, struct span line, struct json_value *values)
{
    struct shape *shape = s->guess;
    const char *p = line.at;
    size_t i = 0;
    unsigned k = 0;
    enum match status;

    while ((status = match(shape, &i, &p, line, values)) == NOT_MATCHED) {
        /* Only shapes that have exactly the first I gaps in common with this one may match. */
        while (k < s->n && shape->common[k] != i)
            k++;
        if (k == s->n)
            return NULL;
        shape = s->all[k++];
    }
    return status == MATCHED ? shape : NULL;
}

/* shape_match_index(), with the credit. */
static const char *match_index(struct shapes *s, const char *line, struct json_value *values)
{
    if (s->rest > 0) {
        s->rest--;
        return NULL;
    }
    const char *lf = VECTOR_PICK(shape_match_index)(s->guess, line, values);
    if (lf != NULL) {
        s->credit += s->credit < MOST_CREDIT;
    } else if ((s->credit -= MISS_COST) <= 0) {
        s->credit = MOST_CREDIT / 2;
        s->rest = REST;
    }
    return lf;
}

bool shapes_match(struct shapes *s, struct span lines, struct span *line, struct json_value *values)
{
    struct shape *shape = s->guess;
    const char *lf = shape != NULL && shape->has_index ? match_index(s, lines.at, values) : NULL;
    bool has_index = lf != NULL;

    /* Finding the LF first saves a sixth of the time: the next line need not wait for this one's values. */
    if (!has_index)
        lf = memchr(lines.at, '\n', lines.len);
    *line = (struct span){ lines.at, (size_t)(lf - lines.at) };
    if (!has_index && (shape == NULL || (shape = find(s, *line, values)) == NULL))
        return false;
    for (size_t c = 0; c < shape->n_copies; c++) {
        const struct shape_copy *copy = &shape->copies[c];
        values[copy->to] = copy->from != copy->to ? values[copy->from] : (struct json_value){ .kind = JSON_MISSING };
    }
    s->last->follower = shape;
    s->last = shape;
    s->guess = shape->follower != NULL ? shape->follower : shape;
    if (!shape->has_matched) {
        shape->has_matched = true;
        s->wait = 1;
        s->to_wait = 0;
    }
    return true;
}

static void free_shape(struct shape *s)
{
    free(s->gaps);
    free(s->copies);
    free(s);
}

/* Forgets shape I. The last one moves to its place. */
static void forget(struct shapes *s, unsigned i)
{
    free_shape(s->all[i]);
    s->all[i] = s->all[--s->n];
    for (unsigned k = 0; k < s->n; k++) {
        s->all[k]->common[i] = s->all[k]->common[s->n];
        s->all[k]->follower = NULL;
    }
    s->last = s->guess = s->n > 0 ? s->all[0] : NULL;
}

/* The number of leading gaps that A and B have in common. */
static size_t count_common(const struct shape *a, const struct shape *b)
{
    size_t n = 0;

    while (n < a->n_gaps && n < b->n_gaps && a->gaps[n].len == b->gaps[n].len && a->gaps[n].next == b->gaps[n].next &&
           a->gaps[n].column == b->gaps[n].column && shape_gap_is_at(&a->gaps[n], b->gaps[n].bytes))
        n++;
    return n;
}

/*
 * Adds SHAPE, replacing one that has not matched lately if there is no room. If it is already known, its line only
 * had special values.
 */
static void add(struct shapes *s, struct shape *shape)
{
    for (unsigned i = 0; i < s->n; i++) {
        size_t n = count_common(s->all[i], shape);
        if (n == shape->n_gaps && n == s->all[i]->n_gaps) {
            free_shape(shape);
            return;
        }
        shape->common[i] = (unsigned char)(n < UINT8_MAX ? n : UINT8_MAX);
    }
    while (s->n == SHAPES) {
        unsigned i = s->next++ % SHAPES;
        if (s->all[i]->has_matched) {
            s->all[i]->has_matched = false;
            continue;
        }
        forget(s, i);
        shape->common[i] = shape->common[s->n];
    }
    for (unsigned i = 0; i < s->n; i++)
        s->all[i]->common[s->n] = shape->common[i];
    shape->common[s->n] = UINT8_MAX;
    s->all[s->n++] = shape;
    s->last = s->guess = shape;
}

bool shapes_want(struct shapes *s)
{
    if (s->to_wait > 0) {
        s->to_wait--;
        return false;
    }
    s->to_wait = s->wait;
    if (s->wait < LONGEST_WAIT) {
        s->wait *= 2;
        return true;
    }
    /* Every line without a known shape is compared with many of them, so shapes that never match must go. */
    for (unsigned i = s->n; i-- > 0; )
        if (!s->all[i]->has_matched)
            forget(s, i);
    return true;
}

void xshapes_learn(struct shapes *s, const struct json_tokens *t, const struct json_value *values)
{
    struct shape *shape = xshape_learn(t, values, s->n_columns);

    if (shape != NULL)
        add(s, shape);
}

void shapes_close(struct shapes *s)
{
    while (s->n > 0)
        free_shape(s->all[--s->n]);
}
