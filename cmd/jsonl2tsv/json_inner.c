/* SPDX-License-Identifier: MIT */
#include "json_inner.h"

#include <stdbool.h>

#include "base/memory.h"
#include "value/json_scalar.h"

enum {
    LONGEST_WAIT = 1 << 10,
    MOST_CREDIT = 64,
    CREDIT_AFTER_REST = 16,
    REST = 1 << 12,
};

/* json_bare_end(), fastest for an integer of at most 16 digits. */
static inline const char *bare_end(const char *p, enum json_kind *kind)
{
    const char *end = p + __builtin_ctz(json_no_digits(p));

    *kind = JSON_NUMBER;
    return (*end == ',' || *end == '}') && (*p != '0' || end == p + 1) && end > p ? end : json_bare_end(p, kind);
}

/* The end of the object at P if it has the shape of INNER. TAPE has room. */
static inline const char *match(struct json_inner *inner, const char *p, const char *line_end, struct json_tape *tape)
{
    for (struct json_gap *gap = inner->gaps; gap->len > 0; gap++) {
        if ((~vector_mask(vector_equal(vector_load(p), vector_load(gap->bytes))) & gap->mask) != 0)
            return NULL;
        p += gap->len;
        if (!gap->has_value)
            continue;
        bool is_string = *p == '"';
        const char *at = p + is_string;
        enum json_kind kind;
        const char *end = is_string ? json_string_end(at, line_end, &kind) : bare_end(at, &kind);
        if (end == NULL)
            return NULL;
        struct json_value value = { { at, (size_t)(end - at) }, kind };
        if (gap->node->is_wanted)
            json_tape_close(tape, gap->node, xjson_tape_open(tape, gap->node), value);
        /* The guess lets the processor start on the next value before it knows where this one ends; saves 10%. */
        if (value.text.len == gap->value_len) {
            p = at + *(volatile size_t *)&gap->value_len + is_string;
        } else {
            gap->value_len = value.text.len;
            p = end + is_string;
        }
    }
    return p;
}

const char *xjson_inner_match(struct json_node *node, const char *p, const char *line_end, struct json_tape *tape)
{
    struct json_inner *inner = node->inner;
    size_t n = tape->n;

    if (inner->rest > 0) {
        inner->rest--;
        return NULL;
    }
    if (inner->gaps->len == 0)
        return NULL;
    size_t entry = xjson_tape_open(tape, node);
    const char *end = match(inner, p, line_end, tape);
    if (end == NULL) {
        tape->n = n;
        return NULL;
    }
    if (inner->credit < MOST_CREDIT)
        inner->credit++;
    for (const struct json_gap *gap = inner->gaps; tape->n_unseen > 0 && gap->len > 0; gap++)
        if (!gap->has_value && gap->node != NULL)
            json_tape_see(tape, gap->node);
    if (node->is_wanted)
        json_tape_close(tape, node, entry, (struct json_value){ { p, (size_t)(end - p) }, JSON_CONTAINER });
    return end;
}

/* A shape being learned. */
struct draft {
    struct json_gap gaps[JSON_INNER_GAPS];
    size_t n;
    struct json_node *unwanted;
    const char *from; /* end of the last gap and the value after it */
    bool in_array;
    bool is_bad; /* the object has no shape */
};

/* Adds the gaps up to TO, where a value of NODE starts, or the object ends and NODE is NULL. */
static void add_gaps(struct draft *d, const char *to, struct json_node *node, bool has_value)
{
    while (d->from < to && !d->is_bad) {
        struct json_gap *gap = &d->gaps[d->n++];
        size_t left = (size_t)(to - d->from);
        *gap = (struct json_gap){ .len = (uint16_t)(left < VECTOR_BYTES ? left : VECTOR_BYTES) };
        gap->mask = (uint16_t)((1u << gap->len) - 1);
        memcpy(gap->bytes, d->from, gap->len);
        d->from += gap->len;
        if (d->from == to) {
            gap->node = node;
            gap->has_value = has_value;
        }
        d->is_bad = d->n == JSON_INNER_GAPS;
    }
}

/* The end of the scalar at P. */
static const char *scalar_end(const char *p)
{
    if (*p != '"')
        return p + strcspn(p, ",]} \t\r");
    for (p++; *p != '"'; p++)
        p += *p == '\\';
    return p + 1;
}

/*
 * Adds the gaps of the value of NODE at P; returns its end. An object has no shape if it has an array of objects or
 * arrays, or if a column wants an element of its arrays, or an object or array in it.
 */
static const char *learn_value(struct draft *d, struct json_node *node, const char *p)
{
    bool is_object = *p == '{';
    bool is_inside = d->n > 0 || p > d->from;

    if (!is_object && *p != '[') {
        add_gaps(d, p, node, true);
        return d->from = scalar_end(p);
    }
    d->is_bad |= d->in_array || (!is_object && node->n_children > node->n_keys) ||
                 (is_inside && (node->is_kept || node->n_columns > 0));
    if (is_inside && node->is_wanted)
        add_gaps(d, p, node, false);
    d->in_array = !is_object;
    p = json_skip_space(p + 1);
    while (*p != ']' && *p != '}' && !d->is_bad) {
        struct json_node *child = NULL;
        if (is_object) {
            const char *end = scalar_end(p);
            child = json_node_find(node, (struct span){ p + 1, (size_t)(end - p - 2) });
            p = json_skip_space(json_skip_space(end) + 1);
        }
        p = json_skip_space(learn_value(d, child != NULL ? child : d->unwanted, p));
        if (*p == ',')
            p = json_skip_space(p + 1);
    }
    d->in_array = false;
    return p + 1;
}

void xjson_inner_learn(struct json_node *node, struct json_node *unwanted, struct span text)
{
    struct json_inner *inner = node->inner;

    if (inner == NULL) {
        inner = node->inner = xcalloc(1, sizeof *inner);
        *inner = (struct json_inner){ .wait = 1, .credit = MOST_CREDIT };
    }
    if (--inner->credit == 0) {
        inner->rest = REST;
        inner->credit = CREDIT_AFTER_REST;
    }
    if (inner->to_wait > 0) {
        inner->to_wait--;
        return;
    }
    inner->to_wait = inner->wait;
    if (inner->wait < LONGEST_WAIT)
        inner->wait *= 2;
    struct draft d = { .unwanted = unwanted, .from = text.at };
    const char *end = learn_value(&d, node, text.at);
    add_gaps(&d, end, NULL, false);
    if (!d.is_bad)
        memcpy(inner->gaps, d.gaps, sizeof d.gaps); /* a gap without bytes follows the last */
}
