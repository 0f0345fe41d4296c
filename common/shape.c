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
    NO_GAP = UINT16_MAX,
    LONGEST_WAIT = 1 << 10,
};

/* The bytes before a value, and what the value is. */
struct gap {
    uint32_t offset; /* in the shape's bytes */
    uint32_t len;
    bool is_string;
};

struct shape {
    size_t n_gaps;
    struct gap *gaps;       /* n_gaps and one more, the bytes behind the last value, with the LF */
    char *bytes;            /* VECTOR more than are used */
    uint16_t *column_gaps;  /* which gap holds each column, NO_GAP: it is missing */
    struct json_value *now; /* of the line that is being matched, by gap */
    bool has_matched;
};

void shapes_open(struct shapes *s, size_t n_columns)
{
    *s = (struct shapes){ .n_columns = n_columns, .wait = 1 };
}

/* Whether the LEN bytes at P are those at BYTES; both may be read up to VECTOR bytes further. */
static inline bool equal(const char *p, const char *bytes, size_t len)
{
#if defined __SSE2__ && !defined WEIR_PLAIN
    for (;; p += VECTOR, bytes += VECTOR, len -= VECTOR) {
        __m128i a = _mm_loadu_si128((const __m128i *)(const void *)p);
        __m128i b = _mm_loadu_si128((const __m128i *)(const void *)bytes);
        unsigned differ = ~(unsigned)_mm_movemask_epi8(_mm_cmpeq_epi8(a, b));
        if (len <= VECTOR)
            return (differ & ((1u << len) - 1)) == 0;
        if ((differ & 0xffff) != 0)
            return false;
    }
#else
    return memcmp(p, bytes, len) == 0;
#endif
}

/* Where the string ends whose text starts at P: its quote; NULL if it has an escape, or is bad, or does not end. */
static inline const char *end_of_string(const char *p, const char *end)
{
    while (p < end) {
#if defined __SSE2__ && !defined WEIR_PLAIN
        __m128i bytes = _mm_loadu_si128((const __m128i *)(const void *)p);
        /* signed: bytes from 0x80 are below ' ' as well */
        __m128i special = _mm_or_si128(_mm_or_si128(_mm_cmpeq_epi8(bytes, _mm_set1_epi8('"')),
                                                    _mm_cmpeq_epi8(bytes, _mm_set1_epi8('\\'))),
                                       _mm_cmplt_epi8(bytes, _mm_set1_epi8(' ')));
        unsigned mask = (unsigned)_mm_movemask_epi8(special);
        if (mask == 0) {
            p += VECTOR;
            continue;
        }
        p += __builtin_ctz(mask);
#endif
        if (*p == '"')
            return p;
        if (*p == '\\' || (unsigned char)*p < ' ' || p >= end)
            return NULL;
        size_t n = utf8_length(p, (size_t)(end - p));
        if (n == 0)
            return NULL;
        p += n;
    }
    return NULL;
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

/* The length of the line at P if it has shape S, whose NOW then holds its values; else 0. */
static size_t match(const struct shape *s, const char *start, const char *end)
{
    const char *p = start;

    for (size_t i = 0;; i++) {
        const struct gap *gap = &s->gaps[i];
        if (end - p < (ptrdiff_t)gap->len || !equal(p, s->bytes + gap->offset, gap->len))
            return 0;
        p += gap->len;
        if (i == s->n_gaps)
            return (size_t)(p - start);
        const char *value = p;
        enum json_kind kind = JSON_PLAIN;
        p = gap->is_string ? end_of_string(p, end) : end_of_bare(p, &kind);
        if (p == NULL)
            return 0;
        s->now[i] = (struct json_value){ { value, (size_t)(p - value) }, kind };
    }
}

static void free_shape(struct shape *s)
{
    if (s == NULL)
        return;
    free(s->gaps);
    free(s->bytes);
    free(s->column_gaps);
    free(s->now);
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
        size_t len = match(shape, at, end);
        if (len == 0)
            continue;
        for (size_t c = 0; c < s->n_columns; c++)
            values[c] = shape->column_gaps[c] != NO_GAP ? shape->now[shape->column_gaps[c]]
                                                        : (struct json_value){ .kind = JSON_MISSING };
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

/* Makes the gap before the text from VALUE on, which runs from byte FROM of the line. */
static void add_gap(struct shape *s, const struct json_tokens *t, size_t from, size_t value, bool is_string)
{
    struct gap *gap = &s->gaps[s->n_gaps];

    gap->offset = s->n_gaps > 0 ? gap[-1].offset + gap[-1].len : 0;
    gap->len = (uint32_t)(value - from);
    gap->is_string = is_string;
    memcpy(s->bytes + gap->offset, t->text.at + from, gap->len);
}

/* The gap in S, with STARTS where their values start, of VALUE; NO_GAP if it is in none. */
static uint16_t find_gap(const struct shape *s, const char *const *starts, const struct json_value *value)
{
    size_t low = 0;
    size_t high = s->n_gaps;

    if (value->kind == JSON_MISSING)
        return NO_GAP;
    while (high - low > 1) {
        size_t middle = low + (high - low) / 2;
        if (starts[middle] <= value->text.at)
            low = middle;
        else
            high = middle;
    }
    return (uint16_t)low;
}

static struct shape *learn(size_t n_columns, const struct json_tokens *t, const struct json_value *values, size_t n_gaps,
                           size_t n_bytes)
{
    struct shape *s = xcalloc(1, sizeof *s);
    const char **starts = xcalloc(n_gaps + 1, sizeof *starts);
    size_t end = 0;

    s->gaps = xcalloc(n_gaps + 1, sizeof *s->gaps);
    s->bytes = xcalloc(1, n_bytes + VECTOR);
    s->now = xcalloc(n_gaps, sizeof *s->now);
    s->column_gaps = xcalloc(n_columns, sizeof *s->column_gaps);
    for (size_t i = 0; i < t->n; i++) {
        if (!is_scalar_value(t, i))
            continue;
        add_gap(s, t, end, (size_t)t->at[i].start, t->at[i].type == JSMN_STRING);
        starts[s->n_gaps++] = t->text.at + t->at[i].start;
        end = (size_t)t->at[i].end;
    }
    add_gap(s, t, end, t->text.len + 1, false);
    for (size_t c = 0; c < n_columns; c++)
        s->column_gaps[c] = find_gap(s, starts, &values[c]);
    free(starts);
    return s;
}

static bool is_same(const struct shape *a, const struct shape *b)
{
    if (a->n_gaps != b->n_gaps || memcmp(a->gaps, b->gaps, (a->n_gaps + 1) * sizeof *a->gaps) != 0)
        return false;
    return memcmp(a->bytes, b->bytes, a->gaps[a->n_gaps].offset + a->gaps[a->n_gaps].len) == 0;
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

void xshapes_learn(struct shapes *s, const struct json_tokens *t, const struct json_value *values)
{
    size_t n_gaps = 0;
    size_t n_bytes = t->text.len + 1;

    if (s->to_wait > 0) {
        s->to_wait--;
        return;
    }
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
    s->to_wait = s->wait;
    if (s->wait < LONGEST_WAIT)
        s->wait *= 2;
    add(s, learn(s->n_columns, t, values, n_gaps, n_bytes));
}

#endif

void shapes_close(struct shapes *s)
{
    for (unsigned i = 0; i < SHAPES; i++)
        free_shape(s->all[i]);
}
