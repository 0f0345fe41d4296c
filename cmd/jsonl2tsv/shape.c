/* SPDX-License-Identifier: MIT */
#include "shape.h"

#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>

#include "base/memory.h"
#include "value/json_scalar.h"

enum {
    MOST_VALUES = 500,     /* values in a shape, at most */
    MOST_BYTES = 32 << 10, /* bytes between them, at most */
    LONGEST_WAIT = 1 << 10,
    MOST_COMMON = 255,
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
    bool has_matched;       /* since it was learned, or considered for replacement */
    struct shape *follower; /* the one that matched after it last time; NULL: none did */
    unsigned char common[SHAPES]; /* for each shape: the leading gaps, at most MOST_COMMON, that both have */
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

enum match {
    MATCHED,
    NOT_MATCHED, /* another shape may match */
    SPECIAL,     /* a value is invalid, or json_string_end() cannot tell */
};

/*
 * Whether LINE has shape S; the gaps before *I are known to match, and the next one starts at *AT. Sets VALUES.
 * NOT_MATCHED: *I and *AT are those of the gap that does not match. The LF stops every value, so no other bound is
 * needed.
 */
static inline enum match match(const struct shape *s, size_t *i, const char **at, struct span line,
                               struct json_value *values)
{
    const char *p = *at;

    for (const struct gap *gap = s->gaps + *i; ; gap++) {
        if (!starts_with(p, gap)) {
            *i = (size_t)(gap - s->gaps);
            *at = p;
            return NOT_MATCHED;
        }
        p += gap->len;
        if (gap->next != NEXT_VALUE) {
            if (gap->next == NEXT_GAP)
                continue;
            break;
        }
        enum json_kind kind;
        bool is_string = *p == '"';
        const char *value = is_string ? p + 1 : p;
        const char *value_end = is_string ? json_string_end(value, line.at + line.len, &kind)
                                          : json_bare_end(value, &kind);
        if (value_end == NULL)
            return SPECIAL;
        p = is_string ? value_end + 1 : value_end;
        if (gap->is_wanted)
            values[gap->column] = (struct json_value){ { value, (size_t)(value_end - value) }, kind };
    }
    for (size_t c = 0; c < s->n_copies; c++) {
        const struct copy *copy = &s->copies[c];
        values[copy->to] = copy->from != copy->to ? values[copy->from] : (struct json_value){ .kind = JSON_MISSING };
    }
    return MATCHED;
}

static void free_shape(struct shape *s)
{
    if (s == NULL)
        return;
    free(s->gaps);
    free(s->copies);
    free(s);
}

bool shapes_match(struct shapes *s, struct span line, struct json_value *values)
{
    struct shape *shape = s->guess;
    const char *p = line.at;
    size_t i = 0;
    unsigned k = 0;
    enum match status;

    if (shape == NULL)
        return false;
    while ((status = match(shape, &i, &p, line, values)) == NOT_MATCHED) {
        /* Only shapes that have exactly the first I gaps in common with this one may match. */
        while (k < s->n && shape->common[k] != i)
            k++;
        if (k == s->n)
            return false;
        shape = s->all[k++];
    }
    if (status == SPECIAL)
        return false;
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

/* The number of leading gaps that A and B have in common. */
static size_t count_common(const struct shape *a, const struct shape *b)
{
    size_t n = 0;

    while (n < a->n_gaps && n < b->n_gaps && a->gaps[n].len == b->gaps[n].len && a->gaps[n].next == b->gaps[n].next &&
           a->gaps[n].is_wanted == b->gaps[n].is_wanted && a->gaps[n].column == b->gaps[n].column &&
           memcmp(a->gaps[n].bytes, b->gaps[n].bytes, VECTOR_BYTES) == 0)
        n++;
    return n;
}

/* Forgets shape I. The last one moves to its place. */
static void forget(struct shapes *s, unsigned i)
{
    free_shape(s->all[i]);
    s->all[i] = s->all[--s->n];
    s->all[s->n] = NULL;
    for (unsigned k = 0; k < s->n; k++) {
        s->all[k]->common[i] = s->all[k]->common[s->n];
        s->all[k]->follower = NULL;
    }
    s->last = s->guess = s->all[0];
}

/*
 * Adds SHAPE, replacing one that has not matched lately if there is no room. If it is already known, its line only
 * had special values.
 */
static void add(struct shapes *s, struct shape *shape)
{
    for (unsigned i = 0; i < s->n; i++)
        if (s->all[i]->n_gaps == shape->n_gaps && count_common(s->all[i], shape) == shape->n_gaps) {
            free_shape(shape);
            return;
        }
    while (s->n == SHAPES) {
        unsigned i = s->next++ % SHAPES;
        if (!s->all[i]->has_matched)
            forget(s, i);
        else
            s->all[i]->has_matched = false;
    }
    s->all[s->n++] = shape;
    for (unsigned i = 0; i < s->n; i++) {
        size_t n = count_common(s->all[i], shape);
        shape->common[i] = s->all[i]->common[s->n - 1] = (unsigned char)(n < MOST_COMMON ? n : MOST_COMMON);
    }
    s->last = s->guess = shape;
}

/* Every line without a known shape is compared with many of them, so shapes that never match must go. */
static void forget_unmatched(struct shapes *s)
{
    for (unsigned i = s->n; i-- > 0; )
        if (!s->all[i]->has_matched)
            forget(s, i);
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
