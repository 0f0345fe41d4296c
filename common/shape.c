/* SPDX-License-Identifier: MIT */
#include "shape.h"

#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>

#include "memory.h"
#include "utf8.h"

#if defined __SSE2__ && !defined WEIR_PLAIN
#include <emmintrin.h>
#endif

enum {
    MOST_GAPS = 500,       /* more values than this in an object, and it is not learned */
    MOST_BYTES = 32 << 10, /* nor is it with more bytes between them */
    VECTOR = 16,
    LONGEST_WAIT = 1 << 10,
};

/* A value and the bytes before it. */
struct gap {
    const char *bytes;  /* and VECTOR more may be read */
    uint32_t len;       /* at least 1 */
    uint32_t n_whole;   /* of these, in vectors before the last one; ... */
    uint32_t rest;      /* ... a bit for each of those in the last one */
    bool is_string;
    bool is_wanted;
    size_t column;      /* the first column that takes the value, if it is wanted */
};

/* A column that takes its value from another, or from none. */
struct copy {
    size_t to;
    size_t from; /* itself: it is missing */
};

struct shape {
    size_t n_gaps;
    struct gap *gaps; /* n_gaps and one more, for the bytes behind the last value, with the LF */
    char *bytes;      /* of all gaps, and VECTOR more */
    size_t n_bytes;
    struct copy *copies;
    size_t n_copies;
    bool has_matched;
};

void shapes_open(struct shapes *s, size_t n_columns)
{
    *s = (struct shapes){ .n_columns = n_columns, .wait = 1 };
}

#if defined __SSE2__ && !defined WEIR_PLAIN

/* A bit for each of the VECTOR bytes at A that is the same at B. */
static inline unsigned compare(const char *a, const char *b)
{
    return (unsigned)_mm_movemask_epi8(_mm_cmpeq_epi8(_mm_loadu_si128((const __m128i *)(const void *)a),
                                                      _mm_loadu_si128((const __m128i *)(const void *)b)));
}

#endif

/* Whether the bytes of GAP stand at P; VECTOR more may be read there. */
static inline bool starts_with(const char *p, const struct gap *gap)
{
#if defined __SSE2__ && !defined WEIR_PLAIN
    for (size_t i = 0; i < gap->n_whole; i += VECTOR)
        if (compare(p + i, gap->bytes + i) != 0xffff)
            return false;
    return (compare(p + gap->n_whole, gap->bytes + gap->n_whole) & gap->rest) == gap->rest;
#else
    return memcmp(p, gap->bytes, gap->len) == 0;
#endif
}

/* The first byte from P on, or END or behind it, that is not ASCII or is a quote, backslash or control character. */
static inline const char *skip_plain(const char *p, const char *end)
{
#if defined __SSE2__ && !defined WEIR_PLAIN
    const __m128i quote = _mm_set1_epi8('"');
    const __m128i backslash = _mm_set1_epi8('\\');
    const __m128i space = _mm_set1_epi8(' ');

    for (; p < end; p += VECTOR) {
        __m128i bytes = _mm_loadu_si128((const __m128i *)(const void *)p);
        /* signed: bytes from 0x80 are below ' ' as well */
        __m128i special = _mm_or_si128(_mm_or_si128(_mm_cmpeq_epi8(bytes, quote), _mm_cmpeq_epi8(bytes, backslash)),
                                       _mm_cmplt_epi8(bytes, space));
        unsigned mask = (unsigned)_mm_movemask_epi8(special);
        if (mask != 0)
            return p + __builtin_ctz(mask);
    }
#else
    while (p < end && *p != '"' && *p != '\\' && (unsigned char)*p >= ' ' && (unsigned char)*p < 0x80)
        p++;
#endif
    return p;
}

/* Where the string ends whose text goes on at P: its quote; NULL if it has an escape, or is bad, or does not end. */
static const char *end_of_odd_string(const char *p, const char *end)
{
    while (p < end && *p != '"') {
        size_t n = *p != '\\' && (unsigned char)*p >= ' ' ? utf8_length(p, (size_t)(end - p)) : 0;
        if (n == 0)
            return NULL;
        p = skip_plain(p + n, end);
    }
    return p < end ? p : NULL;
}

static const char *skip_digits(const char *p)
{
    while (*p >= '0' && *p <= '9')
        p++;
    return p;
}

/* Where the number at P ends, NULL if there is none. A window ends in something that is no digit. */
static const char *end_of_number(const char *p)
{
    const char *digits = p + (*p == '-');

    p = skip_digits(digits);
    if (p == digits || (*digits == '0' && p != digits + 1))
        return NULL;
    if (*p == '.') {
        digits = p + 1;
        p = skip_digits(digits);
        if (p == digits)
            return NULL;
    }
    if (*p == 'e' || *p == 'E') {
        digits = p + 1 + (p[1] == '+' || p[1] == '-');
        p = skip_digits(digits);
        if (p == digits)
            return NULL;
    }
    return p;
}

/* Where the number or literal at P ends, NULL if there is none; sets KIND. */
static inline const char *end_of_bare(const char *p, enum json_kind *kind)
{
    switch (*p) {
    case 't':
        *kind = JSON_BOOL;
        return memcmp(p, "true", 4) == 0 ? p + 4 : NULL;
    case 'f':
        *kind = JSON_BOOL;
        return memcmp(p, "false", 5) == 0 ? p + 5 : NULL;
    case 'n':
        *kind = JSON_NULL;
        return memcmp(p, "null", 4) == 0 ? p + 4 : NULL;
    default:
        *kind = JSON_NUMBER;
        return end_of_number(p);
    }
}

/* The length of the line at START if it has shape S, and then the VALUES of its columns; else 0. */
static size_t match(const struct shape *s, const char *start, const char *end, struct json_value *values)
{
    const struct gap *gap = s->gaps;
    const struct gap *last = gap + s->n_gaps;
    const char *p = start;

    for (;; gap++) {
        if (end - p < (ptrdiff_t)gap->len || !starts_with(p, gap))
            return 0;
        p += gap->len;
        if (gap == last)
            break;
        const char *value = p;
        enum json_kind kind = JSON_PLAIN;
        if (!gap->is_string)
            p = end_of_bare(p, &kind);
        else if (*(p = skip_plain(p, end)) != '"')
            p = end_of_odd_string(p, end);
        if (p == NULL)
            return 0;
        if (gap->is_wanted)
            values[gap->column] = (struct json_value){ { value, (size_t)(p - value) }, kind };
    }
    for (size_t i = 0; i < s->n_copies; i++) {
        const struct copy *copy = &s->copies[i];
        values[copy->to] = copy->from != copy->to ? values[copy->from] : (struct json_value){ .kind = JSON_MISSING };
    }
    return (size_t)(p - start);
}

static void free_shape(struct shape *s)
{
    if (s == NULL)
        return;
    free(s->gaps);
    free(s->bytes);
    free(s->copies);
    free(s);
}

/* Puts SHAPE first; the others before place I move down by one. */
static void put_first(struct shapes *s, struct shape *shape, unsigned i)
{
    memmove(s->all + 1, s->all, i * sizeof *s->all);
    s->all[0] = shape;
}

size_t shapes_match(struct shapes *s, const char *at, const char *end, struct json_value *values)
{
    for (unsigned i = 0; i < SHAPES && s->all[i] != NULL; i++) {
        struct shape *shape = s->all[i];
        size_t len = match(shape, at, end, values);
        if (len == 0)
            continue;
        if (i > 0)
            put_first(s, shape, i);
        if (!shape->has_matched) {
            shape->has_matched = true;
            s->wait = 1;
            s->to_wait = 0;
        }
        return len;
    }
    return 0;
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

/* Whether token I is a scalar and no key: what stands behind an object's brace or comma. */
static bool is_scalar_value(const struct json_tokens *t, size_t i)
{
    const jsmntok_t *token = &t->at[i];

    return token->type == JSMN_PRIMITIVE || (token->type == JSMN_STRING && t->at[token->parent].type != JSMN_OBJECT);
}

/* Adds the gap of VALUE, or NULL for the one behind all values; its bytes start at byte FROM of LINE. */
static void add_gap(struct shape *s, struct span line, size_t from, const jsmntok_t *value)
{
    struct gap *gap = &s->gaps[s->n_gaps];
    size_t end = value != NULL ? (size_t)value->start : line.len + 1;

    gap->bytes = s->bytes + s->n_bytes;
    gap->len = (uint32_t)(end - from);
    gap->n_whole = (gap->len - 1) / VECTOR * VECTOR;
    gap->rest = (2u << (gap->len - 1) % VECTOR) - 1;
    gap->is_string = value != NULL && value->type == JSMN_STRING;
    memcpy(s->bytes + s->n_bytes, line.at + from, gap->len);
    s->n_bytes += gap->len;
}

/* The gap in S of the value that starts at AT; STARTS has where those of all gaps start. */
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

/* Notes where COLUMN, which has VALUE now, takes its values from. */
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

static struct shape *learn(size_t n_columns, const struct json_tokens *t, const struct json_value *values, size_t n_gaps,
                           size_t n_bytes)
{
    struct shape *s = xcalloc(1, sizeof *s);
    const char **starts = xcalloc(n_gaps, sizeof *starts);
    size_t end = 0;

    s->gaps = xcalloc(n_gaps + 1, sizeof *s->gaps);
    s->bytes = xcalloc(1, n_bytes + VECTOR);
    s->copies = xcalloc(n_columns, sizeof *s->copies);
    for (size_t i = 0; i < t->n; i++) {
        if (!is_scalar_value(t, i))
            continue;
        add_gap(s, t->text, end, &t->at[i]);
        starts[s->n_gaps++] = t->text.at + t->at[i].start;
        end = (size_t)t->at[i].end;
    }
    add_gap(s, t->text, end, NULL);
    for (size_t c = 0; c < n_columns; c++)
        add_column(s, starts, c, &values[c]);
    free(starts);
    return s;
}

static bool is_same(const struct shape *a, const struct shape *b)
{
    if (a->n_gaps != b->n_gaps || a->n_bytes != b->n_bytes || memcmp(a->bytes, b->bytes, a->n_bytes) != 0)
        return false;
    for (size_t i = 0; i <= a->n_gaps; i++)
        if (a->gaps[i].len != b->gaps[i].len || a->gaps[i].is_string != b->gaps[i].is_string)
            return false;
    return true;
}

/* Adds SHAPE in place of the one that has not matched for longest, unless it is known: its line had odd values then. */
static void add(struct shapes *s, struct shape *shape)
{
    unsigned i = 0;

    for (; i < SHAPES - 1 && s->all[i] != NULL; i++)
        if (is_same(s->all[i], shape)) {
            free_shape(shape);
            return;
        }
    free_shape(s->all[i]);
    put_first(s, shape, i);
}

/* Each shape that is known costs every line that has none of them a compare. */
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
    size_t n_gaps = 0;
    size_t n_bytes = t->text.len + 1;

    for (size_t i = 0; i < t->n && n_gaps <= MOST_GAPS; i++)
        if (is_scalar_value(t, i)) {
            n_gaps++;
            n_bytes -= (size_t)(t->at[i].end - t->at[i].start);
        }
    if (n_gaps > MOST_GAPS || n_bytes > MOST_BYTES)
        return;
    for (size_t c = 0; c < s->n_columns; c++)
        if (values[c].kind == JSON_CONTAINER)
            return;
    add(s, learn(s->n_columns, t, values, n_gaps, n_bytes));
}

#endif

void shapes_close(struct shapes *s)
{
    for (unsigned i = 0; i < SHAPES; i++)
        free_shape(s->all[i]);
}
